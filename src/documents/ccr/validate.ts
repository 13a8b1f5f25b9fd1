import { isPlain } from './content'
import { findingsOfDocuments } from './findings-of-documents'
import { findingsOf } from './findings-of-source'
import type { CcrDocument } from './model'
import { readAll, theOne, type CcrSource, type ReadCcrOptions } from './read'
import { isStream } from '../xml/source'
import type { CcrFinding } from './validate/finding'

/**
 * Holds a CCR to E2369-05: to its schema (a document without a finding of severity `error` is valid), and to what the
 * standard says beyond it (`warning`, `information`): ids, links, dates, codes. Takes the model, or a source as
 * `readCcr` does, of which the findings have line numbers too. They are in the order of the document and have no
 * patient data in them; of each severity, after 10 000 the rest is only counted. Other work gets its turn in between.
 *
 * HG_INPUT: neither a model nor a source, or the source is not well-formed XML, or has no CCR in it. HG_TOO_LARGE, HG_CLOSED: as `readCcr`.
 */
export async function validateCcr(
  ccr: CcrDocument | CcrSource,
  options: ReadCcrOptions = {},
): Promise<CcrFinding[]> {
  return isModel(ccr) ? await findingsOfDocuments([ccr], options) : await findingsOf(ccr, options)
}

/** Reads a CCR and validates it in one go: `readCcr` and `validateCcr` of the same source. */
export async function readAndValidateCcr(
  source: CcrSource,
  options: ReadCcrOptions = {},
): Promise<{ ccr: CcrDocument; findings: CcrFinding[] }> {
  const read = await readAll(source, options, { validate: true })
  return { ccr: theOne(read), findings: read.findings }
}

/**
 * The same for all CCRs of one XML document, such as an Atom feed. Where there are several, the paths of the findings
 * begin with which one it is.
 */
export async function readAndValidateCcrs(
  source: CcrSource,
  options: ReadCcrOptions = {},
): Promise<{ documents: CcrDocument[]; findings: CcrFinding[] }> {
  const { documents, findings } = await readAll(source, options, { validate: true })
  return { documents, findings }
}

/** The findings of each of so many CCRs, out of those of all, with the paths in each alone. */
export function findingsOfEach(findings: readonly CcrFinding[], count: number): CcrFinding[][] {
  const each = Array.from({ length: count }, (): CcrFinding[] => [])
  for (const finding of findings) {
    const [, ordinal = '1', path = finding.path] = ofSeveral.exec(finding.path) ?? []
    each[Number(ordinal) - 1]?.push({ ...finding, path })
  }
  return each
}

/** How a path begins where there are several CCRs. */
const ofSeveral = /^ContinuityOfCareRecord\[(\d+)\](?:\/|$)(.*)/

function isModel(value: CcrDocument | CcrSource): value is CcrDocument {
  return isPlain(value) && !isStream(value)
}
