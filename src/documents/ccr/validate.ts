import { isPlain } from './content'
import { findingsOfDocuments } from './findings-of-documents'
import { findingsOf } from './findings-of-source'
import type { CcrDocument } from './model'
import { readAll, theOne, type CcrSource, type ReadCcrOptions } from './read'
import type { CcrFinding } from './validate/finding'

/**
 * Holds a CCR to E2369-05: to its schema (a document without a finding of severity `error` is valid), and to what the
 * standard says beyond it (`warning`, `information`): ids, links, dates, codes. Takes the model, or a source as
 * `readCcr` does, of which the findings have line numbers too. They are in the order of the document and have no
 * patient data in them; after 10 000 the rest is only counted. Other work gets its turn in between.
 *
 * HG_INPUT: the source is not well-formed XML, or has no CCR in it. HG_TOO_LARGE, HG_CLOSED: as `readCcr`.
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

function isModel(value: CcrDocument | CcrSource): value is CcrDocument {
  return isPlain(value) && !(value instanceof Uint8Array) && !(Symbol.asyncIterator in value)
}
