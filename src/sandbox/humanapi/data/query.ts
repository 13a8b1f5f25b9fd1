import { type Parameter, text } from '../../form'
import { InvalidRequest } from '../answers'
import { DAY, type Entry } from './subject'

const DEFAULT_LIMIT = 50
const HIGHEST_LIMIT = 500

const KNOWN: ReadonlySet<string> = new Set([
  'limit',
  'offset',
  'created_since',
  'updated_since',
  'created_before',
  'updated_before',
  'source',
  'start_date',
  'end_date',
])

/** What a list was asked for. Times in milliseconds since 1970. */
export interface ListQuery {
  limit: number
  offset: number
  fits(entry: Entry): boolean
}

/** Source: the vendor's "Patterns and Conventions". What cannot be read, and what is not named there, is refused. */
export function readQuery(parameters: readonly Parameter[]): ListQuery {
  assertOnly(parameters, KNOWN)
  const createdSince = time(parameters, 'created_since')
  const updatedSince = time(parameters, 'updated_since')
  const createdBefore = time(parameters, 'created_before')
  const updatedBefore = time(parameters, 'updated_before')
  const source = text(parameters, 'source')
  const start = day(parameters, 'start_date')
  const end = day(parameters, 'end_date')
  if ((start === undefined) !== (end === undefined)) {
    throw new InvalidRequest('"start_date" and "end_date" go together.', 'query', ['start_date', 'end_date'])
  }
  return {
    limit: whole(parameters, 'limit', DEFAULT_LIMIT, 1, HIGHEST_LIMIT),
    offset: whole(parameters, 'offset', 0, 0, Number.MAX_SAFE_INTEGER),
    fits: (entry) =>
      entry.createdAt > (createdSince ?? -Infinity) &&
      entry.updatedAt > (updatedSince ?? -Infinity) &&
      entry.createdAt < (createdBefore ?? Infinity) &&
      entry.updatedAt < (updatedBefore ?? Infinity) &&
      (source === '' || entry.source.id === source) &&
      entry.at >= (start ?? -Infinity) &&
      entry.at < (end ?? Infinity) + DAY,
  }
}

/** Refuses a query with a parameter that is not one of these. */
export function assertOnly(parameters: readonly Parameter[], known: ReadonlySet<string>): void {
  const unknown = parameters.find(({ name }) => !known.has(name))?.name
  if (unknown === undefined) return
  throw new InvalidRequest(`The query has no parameter "${unknown}" here.`, 'query', [unknown])
}

function whole(
  parameters: readonly Parameter[],
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const written = text(parameters, name)
  if (written === '') return otherwise
  const value = /^\d{1,15}$/.test(written) ? Number(written) : NaN
  if (value >= least && value <= most) return value
  throw new InvalidRequest(`"${name}" has to be a whole number from ${least} to ${most}.`, 'query', [name])
}

/** YYYYMMDDTHHmmssZ */
function time(parameters: readonly Parameter[], name: string): number | undefined {
  const written = text(parameters, name)
  if (written === '') return undefined
  const iso = written.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z')
  if (iso === written || !isTime(iso)) {
    throw new InvalidRequest(`"${name}" has to be a time in UTC, as YYYYMMDDTHHmmssZ.`, 'query', [name])
  }
  return Date.parse(iso)
}

function day(parameters: readonly Parameter[], name: string): number | undefined {
  const written = text(parameters, name)
  if (written === '') return undefined
  const start = startOfDay(written)
  if (start === undefined) {
    throw new InvalidRequest(`"${name}" has to be a day, as YYYY-MM-DD.`, 'query', [name])
  }
  return start
}

/** Milliseconds since 1970; `undefined` for what is no day as YYYY-MM-DD. */
export function startOfDay(written: string): number | undefined {
  const iso = `${written}T00:00:00.000Z`
  return isTime(iso) ? Date.parse(iso) : undefined
}

/** A 31 February is none. */
function isTime(iso: string): boolean {
  const parsed = Date.parse(iso)
  return !Number.isNaN(parsed) && new Date(parsed).toISOString() === iso
}
