import { giveTurn } from '../../turn'
import { stopped } from '../xml/source'
import type { CcrDocument } from './model'
import type { Lines } from './tree'
import type { CcrFinding } from './validate/finding'
import { checking } from './validate/findings'

/** Elements that are looked at in one go: some tenths of a millisecond's work. */
const ELEMENTS = 200

/**
 * The findings of all CCRs of a source; of several, the paths begin with which one it is. Other work gets its turn in
 * between. Rejects with HG_CLOSED when aborted.
 */
export async function findingsOfDocuments(
  documents: readonly CcrDocument[],
  { lines, signal }: { lines?: Lines | undefined; signal?: AbortSignal | undefined } = {},
): Promise<CcrFinding[]> {
  const all: CcrFinding[] = []
  for (const [index, document] of documents.entries()) {
    const findings = await findingsOfOne(document, lines, signal)
    if (documents.length === 1) return findings
    const root = `ContinuityOfCareRecord[${index + 1}]`
    for (const one of findings) all.push({ ...one, path: one.path === '' ? root : `${root}/${one.path}` })
  }
  return all
}

async function findingsOfOne(
  document: CcrDocument,
  lines: Lines | undefined,
  signal: AbortSignal | undefined,
): Promise<CcrFinding[]> {
  const check = checking(document, lines)
  for (let count = 0; ; count++) {
    const { done, value } = check.next()
    if (done === true) return value
    if (count % ELEMENTS > 0) continue
    if (signal?.aborted) throw stopped()
    await giveTurn()
  }
}
