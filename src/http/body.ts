import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { tooLarge, unreadable } from './failure'

/** Pieces smaller than this are copied together. */
const SMALL = 4 * 1024
const BLOCK = 64 * 1024

/** More than any server has a reason for; each costs one pass of up to the size limit. */
const MOST_ENCODINGS = 5

/**
 * Gathers the bytes of an answer. A server may send them in chunks of one byte: kept as they come, each would hold a
 * Buffer object of about 100 bytes, and an answer within the limit of 64 MiB would take gigabytes.
 */
export class Gathered {
  size = 0
  private readonly pieces: Uint8Array[] = []
  private block = Buffer.alloc(0)
  private start = 0
  private end = 0

  add(piece: Buffer): void {
    this.size += piece.length
    if (piece.length >= SMALL || this.pieces.length === 0) {
      this.flush()
      this.pieces.push(piece)
    } else {
      this.copy(piece)
    }
  }

  toBuffer(): Buffer {
    this.flush()
    const [only, ...more] = this.pieces
    if (only instanceof Buffer && more.length === 0) return only
    return Buffer.concat(this.pieces, this.size)
  }

  private copy(piece: Buffer): void {
    if (this.end + piece.length > this.block.length) {
      this.flush()
      this.block = Buffer.allocUnsafeSlow(BLOCK)
      this.start = this.end = 0
    }
    this.end += piece.copy(this.block, this.end)
  }

  private flush(): void {
    if (this.end > this.start) this.pieces.push(this.block.subarray(this.start, this.end))
    this.start = this.end
  }
}

type Expand = (body: Buffer, options: zlib.ZlibOptions & zlib.BrotliOptions) => Promise<Buffer>

const gunzip: Expand = promisify(zlib.gunzip)
const inflate: Expand = promisify(zlib.inflate)
const inflateRaw: Expand = promisify(zlib.inflateRaw)
const brotli: Expand = promisify(zlib.brotliDecompress)

const expanders: Record<string, Expand> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  br: brotli,
  // RFC 9110 section 8.4.1.2 means the zlib format; some servers send the bare deflate stream
  deflate: (body, options) =>
    (body[0] ?? 0) % 16 === 8 ? inflate(body, options) : inflateRaw(body, options),
}

/**
 * Undoes a Content-Encoding, last step first. No step expands beyond the limit: HG_TOO_LARGE. HG_RESPONSE for broken
 * data and for an encoding that was not asked for.
 */
export async function expand(
  body: Buffer,
  contentEncoding: string,
  { host, limit, statusCode }: { host: string; limit: number; statusCode: number },
): Promise<Buffer> {
  let expanded = body
  for (const step of stepsOf(contentEncoding, host, statusCode).reverse()) {
    if (expanded.length === 0) break
    try {
      expanded = await step(expanded, { maxOutputLength: limit })
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'ERROR'
      if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(host, limit, statusCode)
      throw unreadable(
        `The answer of ${host} is compressed, and the compression is broken.`,
        code,
        statusCode,
      )
    }
  }
  return expanded
}

function stepsOf(contentEncoding: string, host: string, statusCode: number): Expand[] {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  const steps = names.map((name) => (Object.hasOwn(expanders, name) ? expanders[name] : undefined))
  if (names.length <= MOST_ENCODINGS && steps.every((step) => step !== undefined)) return steps
  const odd = names.find((_, index) => !steps[index])
  const which = odd && /^[\w-]{1,20}$/.test(odd) ? ` (${odd})` : ''
  const sentence = `The answer of ${host} is compressed in a way that was not asked for${which}.`
  throw unreadable(sentence, 'CONTENT_ENCODING', statusCode)
}
