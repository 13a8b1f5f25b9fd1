import { setImmediate } from 'node:timers/promises'

/**
 * How much of a large document is worked on before the event loop gets its turn. Reading XML is the slowest work:
 * 128 KiB of it are about 3 ms.
 */
const SLICE_BYTES = 128 * 1024

/** The buffer in pieces, with a turn of the event loop between them. Rejects when `signal` aborts. */
export async function* slices(bytes: Buffer, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await setImmediate(undefined, { signal })
    yield bytes.subarray(at, at + SLICE_BYTES)
  }
}

/** Entries of a document, each a few kilobytes at most, are worked on in some microseconds. */
const TURN_ITEMS = 200

/** The items, with a turn of the event loop now and then. Rejects when `signal` aborts. */
export async function* inTurns<T>(items: readonly T[], signal: AbortSignal): AsyncGenerator<T> {
  for (const [at, item] of items.entries()) {
    if (at > 0 && at % TURN_ITEMS === 0) await setImmediate(undefined, { signal })
    yield item
  }
}
