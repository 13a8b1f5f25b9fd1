import type { ObservationStatus } from '../../fhir/types'
import type { Reading } from './reading'

/** What a status in words says, by the first pattern that fits; undefined: that cannot be told. */
export type Statuses<S> = readonly (readonly [RegExp, S | undefined])[]

const NO_ERROR = /\b(?:no|not|non|without)\b(?:[\s-]+(?:an?|any|in|entered))*[\s-]+errors?\b/i
const ERROR = /\berror(?![\s-]*free)/i
const DOUBT = /\b(?:no|not|non|never|without|to be|pending|await\w*|in-?complete\w*|un\w+)\b|n't\b/i

/**
 * Statuses in words, where an error counts before all else, and a denial ("Not final", "Incomplete", "Unedited") makes
 * what follows it unknown.
 * @param denials that have a status of their own ("Not done")
 */
export function statuses<S extends string>(
  words: Statuses<S>,
  denials: Statuses<S> = [],
): Statuses<S | 'entered-in-error'> {
  return [[NO_ERROR, undefined], [ERROR, 'entered-in-error'], ...denials, [DOUBT, undefined], ...words]
}

export function statusIn<S>(text: string, known: Statuses<S>): S | undefined {
  return known.find(([pattern]) => pattern.test(text))?.[1]
}

/** The record's status; one that is missing or not known is reported, and taken as told here. */
export function statusOf<S extends string>(of: Reading, known: Statuses<S>, assumed: S): S {
  const text = of.text('status')
  const found = text === undefined ? undefined : statusIn(text, known)
  if (found === undefined) {
    of.warn('status-assumed', 'status', `is missing or not known; it was taken as ${assumed}`)
  }
  return found ?? assumed
}

/** `Final result`, `Edited`, `Edited Result - FINAL`: the more special one counts. */
export const observationStatuses = statuses<ObservationStatus>([
  [/\bcancel/i, 'cancelled'],
  [/\b(?:prelim|partial|interim)/i, 'preliminary'],
  [/\b(?:edit|correct)/i, 'corrected'],
  [/\bamend/i, 'amended'],
  [/\b(?:final|complete)/i, 'final'],
])

/** Of what was measured: Human API gives it no status as a rule, and has what was measured already. */
export function measuredStatusOf(of: Reading): ObservationStatus {
  if (of.has('status')) return statusOf(of, observationStatuses, 'unknown')
  of.note('status-assumed', 'status', 'is missing, as with all of these records; it was taken as final')
  return 'final'
}
