/** What a date or time stands for. */
export interface Period {
  /** Its first and last millisecond since 1970, in its zone, or as if it were UTC where it has none. */
  from: number
  to: number
  hasTime: boolean
  hasZone: boolean
}

const time = (colon: string) =>
  `(?:T(\\d\\d)(?:${colon}(\\d\\d)(?:${colon}(\\d\\d)(?:[.,]\\d+)?)?)?(Z|[+-]\\d\\d(?::?\\d\\d)?)?)?`
const extended = new RegExp(`^(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)${time(':')})?)?$`)
const basic = new RegExp(`^(\\d{4})(\\d\\d)(\\d\\d)${time('')}$`)

/** The parts of a date or a date and time; those that are not given are the first of their kind. */
interface Moment {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** How many of these are given. */
  given: number
  /** Of its zone, in milliseconds. */
  offset: number
  hasTime: boolean
  hasZone: boolean
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Reads a date or a date and time in ISO 8601, extended or basic format, at any precision from year to fractions of a
 * second. `format`: it is something else. `calendar`: there is no such day or time.
 */
export function moment(text: string): Moment | 'format' | 'calendar' {
  const parts = extended.exec(text) ?? basic.exec(text)
  if (!parts) return 'format'
  const [, years, months, days, hours, minutes, seconds, zone] = parts
  const year = Number(years)
  const month = Number(months ?? 1)
  const day = Number(days ?? 1)
  const hour = Number(hours ?? 0)
  const minute = Number(minutes ?? 0)
  const second = Number(seconds ?? 0)
  const midnight = hour === 24 && minute === 0 && second === 0
  // A minute may have a leap second.
  if ((hour > 23 && !midnight) || minute > 59 || second > 60) return 'calendar'
  if (day < 1 || day > (DAYS[month - 1] ?? 0) || (month === 2 && day === 29 && !isLeap(year)))
    return 'calendar'
  const offset = offsetOf(zone)
  if (offset === undefined) return 'calendar'
  const given = [years, months, days, hours, minutes, seconds].findLastIndex((part) => part !== undefined) + 1
  const has = { hasTime: hours !== undefined, hasZone: zone !== undefined }
  return { year, month, day, hour, minute, second, given, offset, ...has }
}

/** The same as a stretch of time. */
export function period(text: string): Period | 'format' | 'calendar' {
  const read = moment(text)
  if (typeof read === 'string') return read
  const { year, month, day, hour, minute, second, given, offset, hasTime, hasZone } = read
  const first = [year, month, day, hour, minute, second]
  // The last part that is given is the one that counts on by one.
  const next = first.map((part, index) => (index === given - 1 ? part + 1 : part))
  return { from: instant(first) - offset, to: instant(next) - 1 - offset, hasTime, hasZone }
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Milliseconds of year, month, day, hour, minute, second. */
function instant([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const [hours = 0, minutes = 0] = [zone.slice(1, 3), zone.slice(3).replace(':', '') || '0'].map(Number)
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
