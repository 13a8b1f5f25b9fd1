import { GatewayError } from '../../errors'
import { isStream } from '../xml/source'
import { isPlain, type PlainElement } from './content'
import type { CcrDocument } from './model'
import { readAll, theOne, type CcrSource, type ReadCcrOptions } from './read'
import { atOnce, inTurns } from './steps'
import { Checks, ofAll } from './validate/checks'
import type { CcrFinding } from './validate/finding'
import { walk } from './validate/walk'

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
  if (isModel(ccr)) return inTurns(findingsOf(ccr), options.signal)
  const { findings } = await readAll(ccr, options, { validate: true, keep: false })
  return ofAll(findings)
}

/** Reads a CCR and validates it in one go: `readCcr` and `validateCcr` of the same source. */
export async function readAndValidateCcr(
  source: CcrSource,
  options: ReadCcrOptions = {},
): Promise<{ ccr: CcrDocument; findings: CcrFinding[] }> {
  const read = await readAll(source, options, { validate: true })
  return { ccr: theOne(read), findings: ofAll(read.findings) }
}

/** The same for all CCRs of one XML document, such as an Atom feed: `findings` has an array for each. */
export async function readAndValidateCcrs(
  source: CcrSource,
  options: ReadCcrOptions = {},
): Promise<{ documents: CcrDocument[]; findings: CcrFinding[][] }> {
  const { documents, findings } = await readAll(source, options, { validate: true })
  return { documents, findings }
}

/** What `validateCcr` finds in an object, at once: for documents that are small. HG_INPUT: it is no object. */
export function ccrFindings(ccr: CcrDocument): CcrFinding[] {
  if (isModel(ccr)) return atOnce(findingsOf(ccr))
  throw new GatewayError('HG_INPUT', 'There is no CCR to validate. Give it as an object.')
}

function* findingsOf(ccr: CcrDocument): Generator<undefined, CcrFinding[], undefined> {
  const checks = new Checks()
  yield* walk(ccr as PlainElement, checks.begin())
  return ofAll(yield* checks.take({ last: true }))
}

function isModel(value: CcrDocument | CcrSource): value is CcrDocument {
  return isPlain(value) && !isStream(value)
}
