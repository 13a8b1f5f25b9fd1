import { types } from 'node:util'
import { GatewayError } from '../errors'
import { assertCcr } from './ccr/well-formed'
import { kindOf } from './kind-of'
import { isOmhe } from './omhe/commands'
import { Pieces } from './xml/pieces'
import { textOf } from './xml/source'

/** A document that has been looked through and may leave. */
export interface OutgoingDocument {
  kind: 'ccr' | 'omhe'
  text: string
}

const MIB = 1024 * 1024
/** The largest document that is sent. The largest real CCR known to us is far smaller (354 kB). */
export const MAX_DOCUMENT_BYTES = 64 * MIB

/** OMHE is made for text messages; more than this is something else. */
const MAX_OMHE_BYTES = MIB

/**
 * Takes what a flow wants to send, a CCR as string or Buffer or a string of OMHE commands, and makes sure that it is
 * one. HG_INPUT: empty, of another type, not well-formed, neither CCR nor OMHE. HG_TOO_LARGE: over 64 MiB.
 */
export async function outgoingDocument(value: unknown): Promise<OutgoingDocument> {
  if (typeof value !== 'string' && !types.isUint8Array(value)) {
    throw new GatewayError(
      'HG_INPUT',
      `The document is ${kindOf(value)}. Give it as a string or a Buffer: a CCR in XML, or OMHE commands.`,
    )
  }
  const size = typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
  if (size > MAX_DOCUMENT_BYTES) {
    throw new GatewayError(
      'HG_TOO_LARGE',
      `The document has ${Math.ceil(size / MIB)} MiB; at most ${MAX_DOCUMENT_BYTES / MIB} MiB are sent. Send it in parts.`,
    )
  }
  const text = await documentText(value)
  if (text.trim() === '') {
    throw new GatewayError('HG_INPUT', 'The document is empty. Give it a CCR in XML, or OMHE commands.')
  }
  if (text.trimStart().startsWith('<')) {
    await assertCcr(text)
    return { kind: 'ccr', text }
  }
  if (size > MAX_OMHE_BYTES) {
    throw new GatewayError(
      'HG_TOO_LARGE',
      'The document is not XML, and for OMHE commands it is too long: at most 1 MiB of them are sent.',
    )
  }
  if (isOmhe(text)) return { kind: 'omhe', text }
  throw new GatewayError(
    'HG_INPUT',
    'The document is neither XML nor OMHE. A CCR begins with "<", an OMHE line with a command such as bp=120/80.',
  )
}

/**
 * The text of a document, from bytes by their byte order mark, else by the `charset` that a Content-Type says, else by
 * the XML declaration (RFC 7303). Its own declaration says UTF-8 afterwards, whatever it was before: as text it leaves
 * in UTF-8. Other work gets its turn. HG_INPUT for bytes of another encoding.
 */
export async function documentText(document: string | Uint8Array, charset?: string): Promise<string> {
  if (typeof document === 'string') return inUtf8(document)
  const text = new Pieces()
  let begun = false
  for await (const piece of textOf(document, { charset, maxBytes: Infinity })) {
    // The first one has all of an XML declaration. To change it in the whole text would take a copy of that.
    text.add(begun ? piece : inUtf8(piece))
    begun ||= piece !== ''
  }
  return text.joined()
}

const inUtf8 = (text: string): string =>
  text
    .replace(/^\uFEFF+/, '')
    .replace(/^(<\?xml[^>]*?\sencoding\s*=\s*["'])(?!(?:UTF|utf)-8["'])[\w.:-]+/, '$1UTF-8')
