import { Readable } from 'node:stream'
import { types } from 'node:util'
import { GatewayError } from '../../errors'
import { giveTurn } from '../../turn'
import { XmlDecoder } from './decoder'

/** A document: as text, as bytes, or as a stream of either, such as a Node stream. */
export type XmlSource = string | Uint8Array | AsyncIterable<string | Uint8Array>

export interface XmlSourceOptions {
  /** Ends the reading at once, with HG_CLOSED. */
  signal?: AbortSignal | undefined
  /** The largest document that is read; a larger one is HG_TOO_LARGE. */
  maxBytes?: number | undefined
}

export interface XmlTextOptions extends XmlSourceOptions {
  /** The encoding of bytes without a byte order mark, such as a Content-Type says it; else what the document declares. */
  charset?: string | undefined
}

/** 64 MiB. */
export const MAX_BYTES = 64 * 1024 * 1024
const MIB = 1024 * 1024

/**
 * What is looked at in one go: some tenths of a millisecond's work. Measured with 50 MB in another thread: with 64 KiB
 * the answers are so large that the event loop is held about twice as long, and nothing is faster.
 */
const PIECE = 16 * 1024

/**
 * The text of a document in pieces, decoded as it declares. Other work gets its turn in between. Of the errors of a
 * stream, its own pass through.
 */
export async function* textOf(
  source: XmlSource,
  options: XmlTextOptions = {},
): AsyncGenerator<string, void, undefined> {
  const decoder = new XmlDecoder(options.charset)
  for await (const piece of piecesOf(source, options)) {
    yield typeof piece === 'string' ? piece : decoder.write(piece)
  }
  yield decoder.end()
}

/** A document as it comes, in pieces of at most 16 KiB. */
export async function* piecesOf(
  source: XmlSource,
  { signal, maxBytes = MAX_BYTES }: XmlSourceOptions = {},
): AsyncGenerator<string | Uint8Array, void, undefined> {
  assertSource(source)
  if (isWhole(source) && source.length > maxBytes) throw tooLarge(maxBytes)
  let bytes = 0
  for await (const chunk of isWhole(source) ? [source] : untilAborted(source, signal)) {
    if (!isWhole(chunk)) throw unreadable('The stream gives something else than text and bytes.')
    for (const piece of cut(chunk)) {
      if (signal?.aborted) throw stopped()
      bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.byteLength
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      yield piece
      await giveTurn()
    }
  }
}

/**
 * Says whether a document is larger than that, and gives it back: of a stream, so much has been read then.
 * Rejects with HG_CLOSED when aborted.
 */
export async function measured(
  source: XmlSource,
  size: number,
  signal?: AbortSignal,
): Promise<{ large: boolean; source: XmlSource }> {
  assertSource(source)
  if (isWhole(source)) return { large: source.length > size, source }
  const rest = untilAborted(source, signal)
  const read: (string | Uint8Array)[] = []
  for (let length = 0; length <= size;) {
    const { done, value } = await rest.next()
    if (done === true) return { large: false, source: replay(read) }
    if (!isWhole(value)) throw unreadable('The stream gives something else than text and bytes.')
    read.push(value)
    length += value.length
  }
  return { large: true, source: replay(read, rest) }
}

async function* replay<T>(read: T[], rest?: AsyncGenerator<T, void, undefined>): AsyncGenerator<T> {
  try {
    for (let next = read.shift(); next !== undefined; next = read.shift()) yield next
    if (rest) yield* rest
  } finally {
    await rest?.return()
  }
}

/** Bytes may be of another realm, such as a function node's. */
export const isWhole = (source: unknown): source is string | Uint8Array =>
  typeof source === 'string' || types.isUint8Array(source)

export const isStream = (source: unknown): source is AsyncIterable<unknown> =>
  typeof source === 'object' && source !== null && Symbol.asyncIterator in source

/** HG_INPUT for what is neither text nor bytes nor a stream. */
function assertSource(source: unknown): asserts source is XmlSource {
  if (isWhole(source) || isStream(source)) return
  throw unreadable('There is no document to read.')
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('HG_INPUT', `${reason} Give a string, a Buffer, or a stream of either.`)
}

export function stopped(): GatewayError {
  return new GatewayError('HG_CLOSED', 'The work on a document was stopped before its end.', {
    retryable: true,
  })
}

export function tooLarge(maxBytes: number): GatewayError {
  const size = maxBytes >= MIB ? `${Math.floor(maxBytes / MIB)} MiB` : `${maxBytes} bytes`
  return new GatewayError('HG_TOO_LARGE', `The document is larger than ${size}, the most that is read.`)
}

function* cut(chunk: string | Uint8Array): Generator<string | Uint8Array> {
  if (chunk.length <= PIECE) yield chunk
  else if (typeof chunk === 'string') {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.slice(at, at + PIECE)
  } else {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE)
  }
}

/** The same chunks; a source that stalls does not hold up the signal. */
async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  if (!signal) {
    for await (const chunk of source) yield chunk
    return
  }
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(stopped())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
  })
  // Without a reader of its own it would be an unhandled rejection where nobody waits.
  aborted.catch(() => undefined)
  const iterator = source[Symbol.asyncIterator]()
  let ended = false
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted])
      if (next.done === true) {
        ended = true
        return
      }
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // Not waited for: what stalls may stall here too.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined)
    // A Node stream that stalls only ends so: `return` waits for its next chunk.
    if (!ended && signal.aborted && source instanceof Readable) source.destroy()
  }
}
