import { isUtf8 } from 'node:buffer'
import { Refusal } from './refusal'

/** One decoded name and value. The value stays bytes, so that a large document is not copied into a string. */
export interface Parameter {
  name: string
  value: Buffer
}

const MOST_PARAMETERS = 256

/**
 * Reads `application/x-www-form-urlencoded` (also the query of a URL, RFC 5849 section 3.4.1.3.1) as the bytes come
 * in. Strict: what is not ASCII, not properly escaped or not UTF-8 is refused with 400.
 */
export class FormDecoder {
  readonly #parameters: Parameter[] = []
  #name: string | undefined
  #pieces: Buffer[] = []
  /** Hex digits still to come of a `%XX`. */
  #escape = 0
  #high = 0

  write(chunk: Uint8Array): void {
    const decoded = Buffer.allocUnsafe(chunk.length)
    let start = 0
    let end = 0
    const keep = () => {
      if (end > start) this.#pieces.push(decoded.subarray(start, end))
      start = end
    }
    for (const byte of chunk) {
      if (this.#escape > 0) {
        const digit = hexValue(byte)
        if (this.#escape === 2) this.#high = digit
        else decoded[end++] = this.#high * 16 + digit
        this.#escape--
      } else if (byte === 0x25) {
        this.#escape = 2
      } else if (byte === 0x2b) {
        decoded[end++] = 0x20
      } else if (byte === 0x26) {
        keep()
        this.#closeParameter()
      } else if (byte === 0x3d && this.#name === undefined) {
        keep()
        this.#name = this.#takeText()
      } else if (byte > 0x20 && byte < 0x7f) {
        decoded[end++] = byte
      } else {
        throw new Refusal(400, 'A form or query holds a byte that has to be percent-encoded.')
      }
    }
    keep()
  }

  end(): Parameter[] {
    if (this.#escape > 0) throw brokenEscape()
    this.#closeParameter()
    return this.#parameters
  }

  #closeParameter(): void {
    if (this.#name === undefined) {
      const name = this.#takeText()
      if (name !== '') this.#add(name, Buffer.alloc(0))
    } else {
      this.#add(this.#name, this.#takeBytes())
      this.#name = undefined
    }
  }

  #add(name: string, value: Buffer): void {
    if (this.#parameters.length === MOST_PARAMETERS) {
      throw new Refusal(400, `A request has at most ${MOST_PARAMETERS} parameters.`)
    }
    this.#parameters.push({ name, value })
  }

  #takeText(): string {
    return this.#takeBytes().toString()
  }

  #takeBytes(): Buffer {
    const [only, ...more] = this.#pieces
    const bytes = only && more.length === 0 ? only : Buffer.concat(this.#pieces)
    this.#pieces = []
    if (!isUtf8(bytes)) throw new Refusal(400, 'A form or query holds text that is not UTF-8.')
    return bytes
  }
}

/** @param text as it stood on the wire, one character a byte */
export function decodeForm(text: string): Parameter[] {
  const decoder = new FormDecoder()
  decoder.write(Buffer.from(text, 'latin1'))
  return decoder.end()
}

/** The one value of a parameter; `undefined` when it is not there; refused when it is there twice. */
export function only(parameters: readonly Parameter[], name: string): Buffer | undefined {
  const [first, ...more] = parameters.filter((parameter) => parameter.name === name)
  if (more.length > 0) throw new Refusal(400, `The parameter ${name} was sent more than once.`)
  return first?.value
}

/** `only` as text; the empty string when it is not there. */
export function text(parameters: readonly Parameter[], name: string): string {
  return only(parameters, name)?.toString() ?? ''
}

export function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  if (letter >= 0x61 && letter <= 0x66) return letter - 0x57
  throw brokenEscape()
}

function brokenEscape(): Refusal {
  return new Refusal(
    400,
    'A percent sign in a form, query or header is not followed by two hexadecimal digits.',
  )
}
