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

/**
 * Reads a date or a date and time in ISO 8601, extended or basic format, at any precision from year to fractions of a
 * second. `format`: it is something else. `calendar`: there is no such day or time.
 */
export function period(text: string): Period | 'format' | 'calendar' {
  const parts = extended.exec(text) ?? basic.exec(text)
  if (!parts) return 'format'
  const [, year, month, day, hour, minute, second, zone] = parts
  const first = [year, month ?? '01', day ?? '01', hour ?? '00', minute ?? '00', second ?? '00'].map(Number)
  const from = instant(first)
  if (from === undefined) return 'calendar'
  const offset = offsetOf(zone)
  if (offset === undefined) return 'calendar'
  // The last part that is given is the one that counts on by one.
  const given = [year, month, day, hour, minute, second].filter((part) => part !== undefined).length
  const to = later(first, given - 1) - 1
  return { from: from - offset, to: to - offset, hasTime: hour !== undefined, hasZone: zone !== undefined }
}

/** Milliseconds of year, month, day, hour, minute, second; undefined where the calendar or the clock has none. */
function instant([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]):
  number | undefined {
  const midnight = hour === 24 && minute === 0 && second === 0
  // A minute may have a leap second.
  if ((hour > 23 && !midnight) || minute > 59 || second > 60) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000
}

/** The instant when the given part, from 0 for the year, is one more. */
function later(parts: number[], part: number): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((value, index) =>
    index === part ? value + 1 : value,
  )
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
