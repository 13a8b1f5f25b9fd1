import { GatewayError } from '../../errors'
import { isDay, isoDay } from '../day'
import { isObject } from '../json-answer'
import { MOST_RECORDS } from './endpoints'

/** What is asked of a list. */
export interface DataQuery {
  /** How many records at a time, 1 to 500. */
  limit?: number
  /** How many records are left out at the beginning. */
  offset?: number
  /**
   * By the vendor's names: `created_since`, `updated_since`, `created_before`, `updated_before` (a Date or ISO 8601),
   * `source` (an id), `start_date` and `end_date` (days, both or none). Source: reference, "Patterns and Conventions".
   */
  filters?: unknown
}

const TIMES = ['created_since', 'updated_since', 'created_before', 'updated_before']
const DAYS = ['start_date', 'end_date']
/** The vendor's names of all filters. */
export const filterNames = [...TIMES, 'source', ...DAYS]

/** The filters as they are sent. HG_INPUT for a name that the Data API does not know and for a value that is no date. */
export function filterParameters(filters: unknown): [name: string, value: string][] {
  if (filters === undefined || filters === null || filters === '') return []
  if (!isObject(filters)) {
    throw new GatewayError(
      'HG_INPUT',
      'The filters are no object. Give one whose names are the filters, as updated_since or source.',
    )
  }
  const unknown = Object.keys(filters).find((name) => !filterNames.includes(name))
  if (unknown !== undefined) {
    const named = /^\w{1,40}$/.test(unknown) ? ` "${unknown}"` : ''
    throw new GatewayError(
      'HG_INPUT',
      `The filter${named} is not known. There are: ${filterNames.join(', ')}.`,
    )
  }
  const given = filterNames.filter((name) => ![undefined, null, ''].includes(filters[name] as null))
  if (given.includes('start_date') !== given.includes('end_date')) {
    throw new GatewayError('HG_INPUT', 'The filters start_date and end_date go together: give both.')
  }
  const parameters = given.map((name): [string, string] => [name, written(name, filters[name])])
  const { start_date: first = '', end_date: last = '' } = Object.fromEntries(parameters)
  if (first > last) {
    throw new GatewayError('HG_INPUT', 'The filter start_date is after end_date, so nothing could be found.')
  }
  return parameters
}

function written(name: string, value: unknown): string {
  if (TIMES.includes(name)) return utcTime(value, name)
  if (DAYS.includes(name)) {
    const day = isoDay(value)
    if (day !== undefined) return day
    throw new GatewayError('HG_INPUT', `The filter ${name} is no day. Give a Date or ISO 8601 (yyyy-mm-dd).`)
  }
  if (typeof value === 'string' && value.length <= 200) return value
  throw new GatewayError('HG_INPUT', `The filter ${name} is no text. Give the id of a source.`)
}

/** As the limit is sent. HG_INPUT for what is not a whole number of 1 to 500. */
export function limitOf(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_RECORDS) return limit
  throw new GatewayError('HG_INPUT', `The limit has to be a whole number from 1 to ${MOST_RECORDS}.`)
}

/** As the offset is sent. HG_INPUT for what is not a whole number of 0 or more. */
export function offsetOf(offset: number): number {
  if (Number.isSafeInteger(offset) && offset >= 0) return offset
  throw new GatewayError('HG_INPUT', 'The offset has to be a whole number, 0 or more.')
}

const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/**
 * A Date or an ISO 8601 text as `YYYYMMDDTHHmmssZ`, which is UTC. A text without a zone is taken as UTC too, so that it
 * means the same on every machine. Parts of a second are left off.
 */
export function utcTime(value: unknown, name: string): string {
  const time = value instanceof Date ? value.getTime() : typeof value === 'string' ? timeOf(value) : NaN
  const iso = Number.isNaN(time) ? '' : new Date(time).toISOString()
  if (/^\d{4}-/.test(iso)) return `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`
  throw new GatewayError(
    'HG_INPUT',
    `The filter ${name} is no time. Give a Date or ISO 8601 (yyyy-mm-ddThh:mm:ssZ).`,
  )
}

function timeOf(text: string): number {
  const match = ISO.exec(text.trim())
  if (!match) return NaN
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = match
  if (!isDay(`${year}-${month}-${day}`)) return NaN
  const [, sign = '', hours = '', minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  const offset = sign === '' ? 'Z' : `${sign}${hours}:${minutes}`
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
}
