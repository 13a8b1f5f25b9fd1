import { piecesOf } from '../xml/source'
import type { CcrSource, ReadCcrOptions } from './read'
import { CcrReader } from './reader'
import type { CcrEntry } from './tree'

/** 1 GiB: no more than a few entries are held at once. */
const MAX_BYTES = 1024 * 1024 * 1024

/**
 * Reads a document entry by entry: each `Problem`, `Result`, … of the body's sections, and each of the actors,
 * references, comments and signatures, in document order. What is left of each CCR without them (ids, dates, patient)
 * comes at its end, as the entry of the section `ContinuityOfCareRecord`. A section that the schema does not know has
 * entries as well, and one may stand there twice; comments between entries are left out, and text there. Takes constant memory
 * however large the document is, if the entries are not kept.
 *
 *     for await (const { section, entry } of ccrEntries(stream)) if (section === 'Problems') …
 *
 * Other work gets its turn every few milliseconds, in this thread: by way of another one, the same takes twice the
 * memory and no less of the event loop. Reads at most 1 GiB, unless `maxBytes` says otherwise. Rejects as `readCcr`,
 * though a document may hold several CCRs, and with
 * HG_TOO_LARGE where one entry, or what belongs to none, is too large to be held; entries before the fault have been handed out then.
 */
export async function* ccrEntries(
  source: CcrSource,
  { maxDepth, maxBytes = MAX_BYTES, signal }: ReadCcrOptions = {},
): AsyncGenerator<CcrEntry, void, undefined> {
  let entries: CcrEntry[] = []
  const reader = new CcrReader({ maxDepth, onEntry: (entry) => void entries.push(entry) })
  for await (const piece of piecesOf(source, { maxBytes, signal })) {
    reader.write(piece)
    const read = entries
    entries = []
    yield* read
  }
  reader.end()
  yield* entries
}
