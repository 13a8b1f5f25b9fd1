import { types } from 'node:util'
import { GatewayError } from '../../errors'
import { helperNames, type HelperName, type OmheTags, type Problem } from './model'

/**
 * A tag is a helper if its name is reserved and is followed by `=`, a digit or a sign, or by nothing: `#dt2012…`,
 * `#id=a7`. So `#idea` and `#tmi` are plain tags.
 */
const helper = new RegExp(`^(${helperNames.join('|')})(?:\\s*=|(?=[\\d+-])|$)`, 'i')

/** A longer one is none: dates and offsets are short. */
const LONGEST = 64

/** Reads the tags of a command. What is wrong with them is told to `problem`. */
export function readTags(texts: readonly string[], problem: Problem): OmheTags {
  const read: OmheTags = { tags: [] }
  const seen = new Set<string>()
  for (const text of texts) {
    const tag = text.trim()
    const named = helper.exec(tag)
    if (tag === '') problem('empty-tag', '', 'a "#" without a tag was left out')
    if (!named) {
      if (tag !== '') read.tags.push(tag)
      continue
    }
    const name = (named[1] ?? '').toLowerCase() as HelperName
    if (seen.has(name)) {
      problem('repeated-helper', `#${name}`, `#${name} stands twice; the first one counts`)
      continue
    }
    seen.add(name)
    const value = tag.slice(named[0].length).trim()
    const understood = readHelper(name, value, problem)
    Object.assign(read, understood ?? { unread: { ...read.unread, [name]: value } })
  }
  return read
}

function readHelper(name: HelperName, value: string, problem: Problem): Partial<OmheTags> | undefined {
  const malformed = (form: string): Partial<OmheTags> | undefined => {
    problem('malformed-helper', `#${name}`, `#${name} is not of the form ${form}; it was kept unread`)
    return undefined
  }
  const short = value.length <= LONGEST ? value : ''
  switch (name) {
    case 'dt': {
      const at = fromCompact(short)
      return at === undefined ? malformed('#dtYYYYMMDD:HHMMSSz, a date and time in UTC') : { at }
    }
    case 'tz': {
      const minutes = offsetMinutes(short)
      if (minutes === undefined) return malformed('#tz-5, #tz5:30 or #tz5.5, the hours from UTC')
      if (minutes >= -12 * 60 && minutes <= 14 * 60) return { offset: isoOffset(minutes) }
      problem('out-of-range', '#tz', '#tz is not between -12 and +14 hours; it was kept unread')
      return undefined
    }
    case 'points':
      return /^[+-]?\d{1,9}$/.test(short)
        ? { points: Number(short) || 0 }
        : malformed('#points5, a whole number')
    case 'id':
      return value === '' ? malformed('#id=value') : { id: value }
    default:
      return undefined
  }
}

/** The command with the time given, unless it says one of its own, be it one that cannot be read. */
export function withTime<T extends OmheTags>(command: T, at: string | undefined): T {
  if (at === undefined || command.at !== undefined || command.unread?.dt !== undefined) return command
  return { ...command, at }
}

/** The tags as they are written, each with its `#`. */
export function writeTags({ tags, at, offset, id, points, unread }: OmheTags): string {
  const helpers = [
    ...(at === undefined ? [] : [`dt${compact(at)}`]),
    ...(offset === undefined ? [] : [`tz${shortOffset(offset)}`]),
    ...(id === undefined ? [] : [`id=${id}`]),
    ...(points === undefined ? [] : [`points${points}`]),
    ...Object.entries(unread ?? {}).map(([name, value]) => `${name}=${value}`),
  ]
  return [...tags, ...helpers].map((tag) => `#${tag}`).join('')
}

/** `-05:00` as `-5`, the shape that every reader of OMHE knows. */
function shortOffset(offset: string): string {
  return offset.replace(/^(?:\+|(-))0?/, '$1').replace(/:00$/, '')
}

/** `20120501:083059z` as `2012-05-01T08:30:59Z`; undefined if there is no such day or time. */
function fromCompact(value: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d):(\d\d)(\d\d)(\d\d)z?$/i.exec(value)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts.map(String)
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  const time = new Date(iso)
  // A day that does not exist, such as 30 February, becomes another one. The year 0000 is none in ISO 8601's use here.
  const exists = year !== '0000' && !Number.isNaN(time.getTime()) && toSecond(time) === iso
  return exists ? iso : undefined
}

/** `2012-05-01T08:30:59Z` as `20120501:083059z`. */
function compact(at: string): string {
  return at.replace(/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/, '$1$2$3:$4$5$6z')
}

function toSecond(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** HG_INPUT for options that are no object: scripts have no types. */
export function checkOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null) return
  throw new GatewayError('HG_INPUT', 'The options are no object. Give them as one, or leave them out.')
}

/** A point in time that a caller gave, in UTC to the second. HG_INPUT if it is none, or has no zone. */
export function utcOf(given: string | Date): string {
  const time = types.isDate(given) || zoned.test(given) ? new Date(given) : new Date(Number.NaN)
  const year = time.getUTCFullYear()
  if (Number.isNaN(year) || year < 1 || year > 9999) {
    throw new GatewayError(
      'HG_INPUT',
      'The time is not usable. Give a Date, or ISO 8601 with a zone (yyyy-mm-ddThh:mm:ssZ).',
    )
  }
  return toSecond(time)
}

/** A point in time with the offset of the person's clock, if it is known: `2012-05-01T03:30:59-05:00`. */
export function localTime(at: string, offset: string | undefined): string {
  const minutes = offset === undefined ? 0 : (offsetMinutes(offset) ?? 0)
  const local = new Date(new Date(at).getTime() + minutes * 60_000)
  // Near the ends of the calendar the local year has no four digits.
  if (offset === undefined || local.getUTCFullYear() < 1 || local.getUTCFullYear() > 9999) return at
  return toSecond(local).replace('Z', offset)
}

/** `-5`, `5:30` and `5.5` in minutes; undefined if it is none of these. Whether there is such a zone is not checked. */
function offsetMinutes(value: string): number | undefined {
  const parts = /^([+-]?)(\d{1,4})(?::([0-5]\d)|\.(\d{1,3}))?$/.exec(value)
  if (!parts) return undefined
  const [, sign, hours, minutes, fraction] = parts
  const total = Number(hours) * 60 + Number(minutes ?? 0) + 60 * Number(`0.${fraction ?? 0}`)
  if (!Number.isInteger(total)) return undefined
  return sign === '-' ? -total : total
}

function isoOffset(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
