import { GatewayError } from '../../errors'
import { textOf } from '../xml/source'
import { XmlTokenizer, type XmlHandler } from '../xml/tokenizer'
import { isCcrName } from './tree'

/**
 * Reads a document to its end and resolves if it is well-formed XML (namespaces included) with a CCR as its root;
 * rejects with HG_INPUT and the place of the first fault otherwise. A DOCTYPE is a fault: no CCR needs one, and
 * entities and external references come with it. Constant memory; other work gets a turn every few milliseconds.
 */
export async function assertCcr(xml: string): Promise<void> {
  let root = ''
  const nothing = () => undefined
  const handler: XmlHandler = {
    open: ({ local }) => void (root ||= local),
    close: nothing,
    text: nothing,
    comment: nothing,
    instruction: nothing,
  }
  const tokenizer = new XmlTokenizer(handler, { mayName: isCcrName, skipBlanks: true })
  for await (const text of textOf(xml, { maxBytes: Infinity })) tokenizer.write(text)
  tokenizer.end()
  if (root !== 'ContinuityOfCareRecord') {
    throw new GatewayError(
      'HG_INPUT',
      `The document is XML, but not a CCR: its root element is ${root}, not ContinuityOfCareRecord.`,
    )
  }
}
