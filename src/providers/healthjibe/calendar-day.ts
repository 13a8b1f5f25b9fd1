import { GatewayError } from '../../errors'

/** A day of the Gregorian calendar, without a time zone. `iso` is yyyy-mm-dd, so that its order is the order in time. */
export interface CalendarDay {
  readonly iso: string
}

/**
 * The day that a value means: a Date (its day where this process runs), ISO 8601 (the day as it is written, whatever
 * time and zone follow) or mmddyyyy. HG_INPUT, naming `what`, for anything else and for a day that does not exist.
 */
export function calendarDay(value: unknown, what: string): CalendarDay {
  const iso =
    value instanceof Date ? dayOfDate(value) : typeof value === 'string' ? dayOfText(value) : undefined
  if (iso !== undefined && exists(iso)) return { iso }
  throw new GatewayError(
    'HG_INPUT',
    `The ${what} is not a day of the calendar. Give a Date, ISO 8601 (yyyy-mm-dd, a time may follow) or mmddyyyy.`,
  )
}

/** As HealthJibe wants it. */
export function mmddyyyy({ iso }: CalendarDay): string {
  return iso.slice(5, 7) + iso.slice(8, 10) + iso.slice(0, 4)
}

/** Whole days are asked for, and a person at the machine means the day on the wall there. */
function dayOfDate(date: Date): string | undefined {
  if (Number.isNaN(date.getTime())) return undefined
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return `${String(year).padStart(4, '0')}-${pair(month)}-${pair(day)}`
}

function pair(value: number): string {
  return String(value).padStart(2, '0')
}

const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/i

function dayOfText(text: string): string | undefined {
  const trimmed = text.trim()
  if (/^\d{8}$/.test(trimmed)) return dayOfEightDigits(trimmed)
  const [, year, month, day] = ISO.exec(trimmed) ?? []
  return year === undefined ? undefined : `${year}-${month}-${day}`
}

/** mmddyyyy, HealthJibe's own; ISO 8601's yyyymmdd is not understood, for 12111012 could be both. */
function dayOfEightDigits(digits: string): string {
  return `${digits.slice(4)}-${digits.slice(0, 2)}-${digits.slice(2, 4)}`
}

function exists(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
}
