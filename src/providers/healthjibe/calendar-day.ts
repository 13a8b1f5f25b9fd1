import { GatewayError } from '../../errors'
import { isDay, isoDay } from '../day'

/** A day of the Gregorian calendar, without a time zone. `iso` is yyyy-mm-dd, so that its order is the order in time. */
export interface CalendarDay {
  readonly iso: string
}

/**
 * The day that a value means: a Date (its day where this process runs), ISO 8601 (the day as it is written, whatever
 * time and zone follow) or mmddyyyy. HG_INPUT, naming `what`, for anything else and for a day that does not exist.
 */
export function calendarDay(value: unknown, what: string): CalendarDay {
  const iso = typeof value === 'string' ? (dayOfEightDigits(value.trim()) ?? isoDay(value)) : isoDay(value)
  if (iso !== undefined && isDay(iso)) return { iso }
  throw new GatewayError(
    'HG_INPUT',
    `The ${what} is not a day of the calendar. Give a Date, ISO 8601 (yyyy-mm-dd, a time may follow) or mmddyyyy.`,
  )
}

/** As HealthJibe wants it. */
export function mmddyyyy({ iso }: CalendarDay): string {
  return iso.slice(5, 7) + iso.slice(8, 10) + iso.slice(0, 4)
}

/** mmddyyyy, HealthJibe's own; ISO 8601's yyyymmdd is not understood, for 12111012 could be both. */
function dayOfEightDigits(text: string): string | undefined {
  return /^\d{8}$/.test(text) ? `${text.slice(4)}-${text.slice(0, 2)}-${text.slice(2, 4)}` : undefined
}
