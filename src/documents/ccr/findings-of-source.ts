import { measured } from '../xml/source'
import { LARGE, readAll, type CcrSource, type ReadCcrOptions } from './read'
import type { CcrFinding } from './validate/finding'
import { inThread } from './workers'

/** The findings of all CCRs in a source, with line numbers. Rejects as `readCcr`. */
export async function findingsOf(source: CcrSource, options: ReadCcrOptions): Promise<CcrFinding[]> {
  const { large, source: given } = await measured(source, LARGE, options.signal)
  if (!large) return (await readAll(given, options, { validate: true })).findings
  let found: CcrFinding[] = []
  for await (const { findings } of inThread({ validate: true, maxDepth: options.maxDepth }, given, options)) {
    if (findings) found = findings
  }
  return found
}
