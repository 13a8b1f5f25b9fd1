/** A date, or a date and time, as FHIR writes it. */
export interface DateText {
  year: string
  month: string | undefined
  day: string | undefined
  hour: string | undefined
  minute: string | undefined
  second: string | undefined
  /** With its point: `.250`. */
  fraction: string
  zone: string | undefined
}

const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?)?)?$/

/** The parts of what looks like a date or a date and time; FHIR wants seconds, `T`, `Z` and a colon in the zone. */
export function dateText(text: string): DateText | undefined {
  const [, year, month, day, hour, minute, second, fraction = '', zone] = DATE.exec(text) ?? []
  return year === undefined ? undefined : { year, month, day, hour, minute, second, fraction, zone }
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the calendar and the clock have it. A minute may have a leap second. */
export function exists({
  year,
  month,
  day,
  hour = '00',
  minute = '00',
  second = '00',
  zone,
}: DateText): boolean {
  const [y, m, d] = [Number(year), Number(month ?? '01'), Number(day ?? '01')]
  const isLeap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
  const last = m === 2 && isLeap ? 29 : (DAYS[m - 1] ?? 0)
  return (
    y > 0 &&
    d >= 1 &&
    d <= last &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) <= 60 &&
    isOffset(zone ?? 'Z')
  )
}

/** R4: -14:00 to +14:00. */
function isOffset(zone: string): boolean {
  if (/^z$/i.test(zone)) return true
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  return minutes < 60 && (hours < 14 || (hours === 14 && minutes === 0))
}
