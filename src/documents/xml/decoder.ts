import { isAscii, isUtf8 } from 'node:buffer'
import { GatewayError } from '../../errors'

/** An XML declaration is over before this many bytes. */
const HEAD = 1024

/**
 * Turns the bytes of a document into text, piece by piece: by the byte order mark, else by the XML declaration, else
 * as UTF-8. ISO-8859-1 is read as windows-1252, and US-ASCII as UTF-8, as in every browser. A declaration that is
 * readable byte by byte and says UTF-16 cannot be true, and is taken as UTF-8. Bytes that are not of their encoding
 * are HG_INPUT, never replaced.
 */
export class XmlDecoder {
  readonly #charset: string | undefined
  #head: Buffer | undefined = Buffer.alloc(0)
  #decode: ((bytes: Buffer, last: boolean) => string) | undefined

  /** `charset`: counts unless there is a byte order mark, such as that of a Content-Type (RFC 7303). */
  constructor(charset?: string) {
    this.#charset = named(charset)
  }

  /** Returns the text as far as it is certain. */
  write(bytes: Uint8Array): string {
    return this.#next(asBuffer(bytes), false)
  }

  /** Returns what is left. */
  end(): string {
    return this.#next(Buffer.alloc(0), true)
  }

  #next(bytes: Buffer, last: boolean): string {
    if (this.#decode) return this.#decode(bytes, last)
    const head = Buffer.concat([this.#head ?? Buffer.alloc(0), bytes])
    const encoding = encodingOf(head, last, this.#charset)
    if (encoding === undefined) {
      this.#head = head
      return ''
    }
    this.#head = undefined
    this.#decode = decoderOf(encoding)
    return this.#decode(head, last)
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The encoding of a document that begins so; undefined as long as that cannot be said. */
function encodingOf(head: Buffer, last: boolean, charset: string | undefined): string | undefined {
  if (head.length < 4 && !last) return undefined
  const certain = markedEncoding(head) ?? charset
  if (certain !== undefined) return certain
  const [first, second] = head
  if (first === 0x3c && second === 0) return 'utf-16le'
  if (first === 0 && second === 0x3c) return 'utf-16be'
  const text = head.toString('latin1', 0, HEAD)
  const begun = text.startsWith('<?xml') || '<?xml'.startsWith(text)
  if (begun && !text.includes('?>') && text.length < HEAD && !last) return undefined
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1]
  return named(/^utf-?16/i.test(declared ?? '') ? undefined : declared) ?? 'utf-8'
}

function markedEncoding([first, second, third]: Buffer): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined
}

function named(encoding: string | undefined): string | undefined {
  return encoding !== undefined && /^(?:utf-?8|us-ascii)$/i.test(encoding) ? 'utf-8' : encoding
}

function decoderOf(encoding: string): (bytes: Buffer, last: boolean) => string {
  if (encoding === 'utf-8') return utf8()
  if (/^(?:iso-?8859-1|latin1|windows-1252)$/i.test(encoding)) return windows1252
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    throw new GatewayError(
      'HG_INPUT',
      'The encoding that the document declares is not supported. Send it in UTF-8.',
    )
  }
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last })
    } catch {
      throw unreadable(encoding)
    }
  }
}

/** What windows-1252 has from 0x80 on where ISO-8859-1 has control characters; five are undefined. */
const PRINTABLE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** Node's TextDecoder reads one or the other, depending on its version. */
const windows1252 = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (control) => PRINTABLE[control.charCodeAt(0) - 0x80] ?? control)

/** Measured: checking and decoding apart is several times as fast as TextDecoder's check. */
function utf8(): (bytes: Buffer, last: boolean) => string {
  let rest: Buffer | undefined
  return (bytes, last) => {
    const buffer = rest ? Buffer.concat([rest, bytes]) : bytes
    const end = last ? buffer.length : wholeCharacters(buffer)
    rest = end < buffer.length ? Buffer.from(buffer.subarray(end)) : undefined
    const whole = buffer.subarray(0, end)
    if (isAscii(whole)) return whole.toString('latin1')
    if (!isUtf8(whole)) throw unreadable('UTF-8')
    return whole.toString('utf8')
  }
}

/** Where a character begins that does not end in the buffer; its length if there is none. */
function wholeCharacters(buffer: Buffer): number {
  for (let at = buffer.length - 1; at >= 0 && at >= buffer.length - 3; at--) {
    const byte = buffer[at] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return at + length > buffer.length ? at : buffer.length
    }
  }
  return buffer.length
}

function unreadable(encoding: string): GatewayError {
  return new GatewayError(
    'HG_INPUT',
    `The document's bytes are not ${encoding}: its XML declaration names another encoding than it has, or none.`,
  )
}
