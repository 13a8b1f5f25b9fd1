import { XmlDecoder } from '../../../../src/documents/xml/decoder'

/** All of a document's bytes as text. */
export function decodeXml(bytes: Uint8Array): string {
  const decoder = new XmlDecoder()
  return decoder.write(bytes) + decoder.end()
}
