/**
 * The day of the calendar, as yyyy-mm-dd, that a Date or an ISO 8601 text means: of a Date its day where this process
 * runs, of a text the day as it is written, whatever time and zone follow. Undefined for what is neither, and for a day
 * that does not exist.
 */
export function isoDay(value: unknown): string | undefined {
  const iso =
    value instanceof Date ? dayOfDate(value) : typeof value === 'string' ? dayOfText(value) : undefined
  return iso !== undefined && isDay(iso) ? iso : undefined
}

/** @param iso yyyy-mm-dd */
export function isDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
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
  const [, year, month, day] = ISO.exec(text.trim()) ?? []
  return year === undefined ? undefined : `${year}-${month}-${day}`
}
