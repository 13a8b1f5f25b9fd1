import {
  badValue,
  criterion,
  type Criterion,
  matches,
  rangeOf,
  referenceIn,
  relative,
  sortKey,
} from './matching'
import { type About, refuse } from './outcome'
import { parameterOf, parametersOf, type SearchParameter, valuesAt } from './parameters'
import { isLive, type LiveVersion, type ResourceStore } from './store'

export type Query = readonly (readonly [name: string, value: string])[]

/** How lists are asked for: as R4 has it, or by page and count as Healthcode's own APIs do. */
export type ListStyle = 'fhir' | 'healthcode'

export interface SearchContext {
  store: ResourceStore
  /** Of references to this server. */
  base: string
  lists: ListStyle
  now: number
}

export interface Search {
  type: string
  criteria: readonly Criterion[]
  sort: readonly SortBy[]
  include: readonly Include[]
  revinclude: readonly Include[]
  /** Milliseconds since 1970; changed then or later. */
  since: number | undefined
  /** From 1. */
  page: number
  count: number
  /** How many match is all that is asked. */
  countOnly: boolean
}

type SortBy = { descending: boolean } & ({ by: 'created' } | { by: 'parameter'; parameter: SearchParameter })

interface Include {
  source: string
  /** Any reference there is, when it is `*`. */
  name: string
  target: string | undefined
}

export const COUNTS = { fhir: { usual: 20, most: 200 }, healthcode: { usual: 20, most: 100 } } as const
const NINETY_DAYS = 90 * 86_400_000

const controls: Readonly<Record<ListStyle, ReadonlySet<string>>> = {
  fhir: new Set(['_count', '_format', '_include', '_pretty', '_revinclude', '_sort', '_summary', '_total']),
  healthcode: new Set(['page', 'count', '_format', '_include', '_revinclude', '_since', '_sort']),
}

const repeatable: ReadonlySet<string> = new Set(['_include', '_revinclude'])

/**
 * @param lenient leaves out parameters that are not known, instead of refusing
 * @throws FhirRefusal for what cannot be read
 */
export function readSearch(type: string, query: Query, context: SearchContext, lenient = false): Search {
  const known = controls[context.lists]
  const given = (name: string) => query.filter(([one]) => one === name).map(([, value]) => value)
  for (const name of known) {
    if (repeatable.has(name) || given(name).length < 2) continue
    throw invalid(`The parameter ${name} was sent more than once.`, name, 'MSG_PARAM_NO_REPEAT')
  }
  const criteria = query
    .filter(([name]) => !known.has(name))
    .flatMap(([name, value]) => criterionOf(type, name, value, lenient))
  const [since] = given('_since')
  return {
    type,
    criteria,
    sort: (given('_sort')[0]?.split(',') ?? []).map((field) => sortBy(type, field.trim(), context.lists)),
    include: given('_include').map((text) => includeOf('_include', text)),
    revinclude: given('_revinclude').map((text) => includeOf('_revinclude', text)),
    since: since === undefined ? undefined : sinceOf(since, context.now),
    ...pageOf(given, context.lists),
    countOnly: summaryOf(given('_summary')[0]) || given('_count')[0] === '0',
  }
}

function invalid(text: string, expression: string, message: About['message'] = 'MSG_PARAM_INVALID') {
  return refuse(400, 'invalid', text, { message, expression })
}

function criterionOf(type: string, written: string, value: string, lenient: boolean): Criterion[] {
  const [name = '', modifier = ''] = written.split(':', 2)
  const parameter = parameterOf(type, name)
  if (parameter) return [criterion(parameter, modifier, value)]
  if (lenient) return []
  const known = parametersOf(type).map((one) => one.name)
  throw refuse(
    400,
    'not-supported',
    `A search for ${type} has no parameter ${written}. It has: ${known.sort().join(', ')}.`,
    { message: 'MSG_PARAM_UNKNOWN', expression: written },
  )
}

function sortBy(type: string, field: string, lists: ListStyle): SortBy {
  const descending = field.startsWith('-')
  const name = field.replace(/^-/, '')
  if (name === 'createdOn' && lists === 'healthcode') return { descending, by: 'created' }
  const parameter = parameterOf(type, name)
  if (parameter) return { descending, by: 'parameter', parameter }
  throw invalid(`${type} cannot be sorted by ${name}.`, '_sort', 'MSG_SORT_UNKNOWN')
}

function includeOf(parameter: string, text: string): Include {
  const [source = '', name = '', target, ...more] = text.split(':')
  const all = text === '*'
  if (!all && (more.length > 0 || (name !== '*' && parameterOf(source, name)?.type !== 'reference'))) {
    throw invalid(
      `${parameter} has to be Type:parameter, with a parameter that is a reference, or Type:parameter:Type.`,
      parameter,
    )
  }
  return { source: all ? '*' : source, name: all ? '*' : name, target }
}

/** Milliseconds since 1970. A time without a zone is UTC, as in Healthcode's sample. */
export function sinceOf(text: string, now: number): number {
  const from = rangeOf(text)?.[0]
  if (from === undefined || /[+-]\d\d:\d\d$/.test(text.replace(/[+-]00:00$/, 'Z'))) {
    throw refuse(400, 'value', '_since has to be a date and time in UTC, as 2026-03-01T09:00:00Z.', {
      message: 'MSG_DATE_FORMAT',
      expression: '_since',
    })
  }
  if (from < now - NINETY_DAYS) {
    throw refuse(400, 'business-rule', '_since goes back 90 days at most.', {
      message: 'MSG_PARAM_INVALID',
      expression: '_since',
    })
  }
  return from
}

function summaryOf(text = 'false'): boolean {
  if (text !== 'false' && text !== 'count') {
    throw refuse(400, 'not-supported', '_summary can be count or false.', {
      message: 'MSG_PARAM_INVALID',
      expression: '_summary',
    })
  }
  return text === 'count'
}

export function pageOf(
  given: (name: string) => readonly string[],
  lists: ListStyle,
): Pick<Search, 'page' | 'count'> {
  const { usual, most } = COUNTS[lists]
  const number = (name: string, least: number, otherwise: number) => {
    const [text = String(otherwise)] = given(name)
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text)
    throw badValue(name, `it has to be a whole number from ${least} on`)
  }
  if (lists === 'healthcode') {
    const count = number('count', 1, usual)
    if (count > most) throw badValue('count', `it is ${most} at most`)
    return { page: number('page', 1, 1), count }
  }
  return { page: 1, count: Math.min(number('_count', 0, usual), most) }
}

/** What matches, sorted; in the order of its creation where nothing else is asked. */
export function found(search: Search, { store, base }: SearchContext): LiveVersion[] {
  const { type, criteria, since = -Infinity, sort } = search
  const matching = store
    .live(type)
    .filter((version) => version.at >= since)
    .filter(({ resource }) => criteria.every((one) => matches(resource, one, base)))
  return sort.length === 0 ? matching : matching.sort((one, other) => compare(one, other, sort))
}

function compare(one: LiveVersion, other: LiveVersion, sort: readonly SortBy[]): number {
  for (const by of sort) {
    const [left, right] = [one, other].map((version) =>
      by.by === 'created' ? version.createdAt : sortKey(version.resource, by.parameter),
    )
    if (left === right) continue
    if (left === undefined) return 1
    if (right === undefined) return -1
    return (left < right ? -1 : 1) * (by.descending ? -1 : 1)
  }
  return 0
}

/** What the search wants to have besides these matches: each once, and none that is a match itself. */
export function included(
  { include, revinclude }: Search,
  page: readonly LiveVersion[],
  { store, base }: SearchContext,
): LiveVersion[] {
  const seen = new Set(page)
  const more: LiveVersion[] = []
  const take = (version: LiveVersion) => {
    if (seen.has(version)) return
    seen.add(version)
    more.push(version)
  }
  for (const version of page) {
    for (const one of include) {
      for (const target of targetsOf(version, one, base)) {
        const [type = '', id = ''] = target.split('/')
        const newest = store.newest(type, id)
        if (newest && isLive(newest) && (one.target ?? type) === type) take(newest)
      }
    }
  }
  const here = new Set(page.map(({ type, id }) => `${type}/${id}`))
  for (const one of revinclude) {
    for (const type of one.source === '*' ? store.types() : [one.source]) {
      for (const version of store.live(type)) {
        if (targetsOf(version, one, base).some((target) => here.has(target))) take(version)
      }
    }
  }
  return more
}

/** `Type/id` of what the resource points to. */
function targetsOf({ type, resource }: LiveVersion, { source, name }: Include, base: string): string[] {
  if (source !== '*' && source !== type) return []
  const parameters = name === '*' ? parametersOf(type) : [parameterOf(type, name)]
  return parameters
    .filter((parameter) => parameter?.type === 'reference')
    .flatMap((parameter) => valuesAt(resource, parameter as SearchParameter))
    .map((value) => relative(referenceIn(value), base))
}

/**
 * What a conditional request is about.
 * @throws FhirRefusal for criteria that are empty or not known: they would fit anything
 */
export function conditional(type: string, query: Query, context: SearchContext): LiveVersion[] {
  const isControl = ([name]: Query[number]) => controls.fhir.has(name) || controls.healthcode.has(name)
  if (query.length === 0 || query.some(isControl)) {
    throw refuse(400, 'invalid', 'A conditional request needs criteria, and nothing else, in its query.')
  }
  const matching = found(readSearch(type, query, { ...context, lists: 'fhir' }), context)
  if (matching.length > 1) {
    throw refuse(
      412,
      'multiple-matches',
      `${matching.length} resources of the type ${type} fit the criteria.`,
    )
  }
  return matching
}

/** A query as text, such as `If-None-Exist` has it. */
export function queryOf(text: string): Query {
  return [...new URLSearchParams(text.replace(/^\?/, ''))]
}
