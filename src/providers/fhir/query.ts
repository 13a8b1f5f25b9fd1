import { GatewayError } from '../../errors'
import { isDay } from '../day'

/**
 * Parameters of a search, or criteria of a conditional request: an object {name: value | value[]}, a query string, or
 * pairs. Dates become UTC instants. Names may have a modifier, values a prefix, as FHIR has them.
 */
export type FhirQuery = Readonly<Record<string, unknown>> | string | readonly (readonly [string, string])[]

export type Pairs = (readonly [name: string, value: string])[]

/**
 * How several values of one name are sent. `repeat`: the name comes again, and all have to fit (FHIR R4, search.html,
 * "AND"). `comma`: one of them has to fit, as Healthcode's list operations have it; inclusions are repeated even there.
 */
export type SeveralValues = 'repeat' | 'comma'

const REPEATED = /^_(?:rev)?include(?::|$)/

/**
 * The query as pairs, without the parameters of the result that have no value. HG_INPUT for what cannot be sent, and for a
 * criterion without a value: the request would be about others as well, or about everybody.
 */
export function pairsOf(query: FhirQuery | undefined, several: SeveralValues = 'repeat'): Pairs {
  if (query === undefined) return []
  const given = rawPairs(query, several)
  const empty = given.find(([name, value]) => isBlank(value) && !OF_RESULT.test(name))
  if (empty) {
    throw unusable(
      `The criterion ${shown(empty[0])} has no value, or an empty one. Leave it out of the query, or give a value.`,
    )
  }
  const pairs = given.filter(([, value]) => !isBlank(value))
  for (const [name, value] of pairs) check(name, value)
  return pairs
}

/** Parameters of a result, not of what is looked for. Source: hl7.org/fhir/R4/search.html#return */
const OF_RESULT =
  /^(?:_(?:sort|count|include|revinclude|summary|total|elements|contained|containedType|format|pretty)(?::.*)?|page|count)$/

/**
 * The criteria of a conditional request. HG_INPUT where a criterion has no value, or all are about the result: the
 * request would be about other resources, or about all of them.
 */
export function criteriaOf(query: FhirQuery, several: SeveralValues = 'repeat'): Pairs {
  const pairs = rawPairs(query, several)
  const empty = pairs.find(([, value]) => isBlank(value))
  if (empty) {
    throw unusable(`The criterion ${shown(empty[0])} has no value. A conditional request needs all of them.`)
  }
  if (pairs.every(([name]) => OF_RESULT.test(name)))
    throw unusable('A conditional request needs criteria, as {"identifier": "system|value"}.')
  for (const [name, value] of pairs) check(name, value)
  return pairs
}

/** As it stands in an address, without `?`; and as a form. */
export function encoded(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}

const NINETY_DAYS_MS = 90 * 86_400_000

/**
 * `_since` as Healthcode takes it: in UTC, and at most 90 days back. HG_INPUT for an earlier one, since only data of
 * the last 90 days would be considered, and for a time without a zone. Source: Healthcode, "List operations".
 */
export function withinNinetyDays(pairs: Pairs, now = Date.now()): Pairs {
  return pairs.map(([name, value]) => (name === '_since' ? [name, recentInstant(value, now)] : [name, value]))
}

function recentInstant(value: string, now: number): string {
  const at = isDay(value) ? Date.parse(value) : instantOf(value)
  if (at === undefined) {
    throw unusable('_since has to be a date and time with its zone, as YYYY-MM-DDThh:mm:ssZ, or a Date.')
  }
  if (at < now - NINETY_DAYS_MS) {
    throw unusable(
      '_since goes back more than 90 days, and Healthcode has no earlier changes. Give a later time.',
    )
  }
  return isDay(value) ? value : new Date(at).toISOString()
}

function instantOf(value: string): number | undefined {
  const [, day = ''] =
    /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.exec(value) ?? []
  const at = isDay(day) ? Date.parse(value) : NaN
  return Number.isNaN(at) ? undefined : at
}

function rawPairs(query: FhirQuery, several: SeveralValues): Pairs {
  if (typeof query === 'string') return [...new URLSearchParams(query.trim().replace(/^\?/, ''))]
  if (isPairs(query)) {
    if (query.every((pair) => isPair(pair))) return [...query]
    throw unusable('The query is a list, and not one of pairs of a name and a value.')
  }
  // A flow's message may hold anything, also a Map or a Date, which have no names; and objects of another realm.
  if (Object.prototype.toString.call(query) !== '[object Object]') {
    throw unusable('The query is no object. Give one whose names are the parameters, or a query string.')
  }
  return Object.entries(query).flatMap(([name, value]): Pairs => {
    if (!Array.isArray(value) || value.length === 0) return [[name, written(name, value)]]
    const values = (value as unknown[]).map((one) => written(name, one))
    if (several === 'repeat' || REPEATED.test(name)) return values.map((one) => [name, one])
    if (values.some((one) => one.includes(','))) {
      throw unusable(
        `One of the values of ${shown(name)} has a comma, which stands between values here. Ask for it without the others, as a text.`,
      )
    }
    const given = values.filter((one) => !isBlank(one))
    // Of a criterion all are needed: what was meant by one without a value is not known.
    const isWhole = given.length === values.length || OF_RESULT.test(name)
    return [[name, isWhole ? given.join(',') : '']]
  })
}

function isPairs(query: Exclude<FhirQuery, string>): query is readonly (readonly [string, string])[] {
  return Array.isArray(query)
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string')
}

function written(name: string, value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value)
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  throw unusable(`The value of ${shown(name)} in the query is no text, number, boolean or Date.`)
}

function isBlank(value: string): boolean {
  return value.trim() === ''
}

function check(name: string, value: string): void {
  if (name === '' || /[\p{Cc}\p{Cs}]/u.test(name)) throw unusable('A name in the query is empty or no text.')
  if (/[\p{Cs}\0]/u.test(value)) throw unusable(`The value of ${shown(name)} in the query is no valid text.`)
}

function shown(name: string): string {
  return /^[\w.:-]{1,60}$/.test(name) ? `"${name}"` : 'of one name'
}

function unusable(sentence: string): GatewayError {
  return new GatewayError('HG_INPUT', sentence)
}
