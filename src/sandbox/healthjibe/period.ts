import { Refusal } from '../refusal'

export interface Period {
  /** Whether one of these dates, as a CCR writes them, lies in the period. */
  includes(dates: readonly string[]): boolean
}

/**
 * Days from `start` to `end`, both included, as mmddyyyy; empty is open. A date is taken as it is written, without a
 * change of time zone; one without a day or month lies in a period that it touches. With a start or an end, what has
 * no date lies in none.
 */
export function readPeriod(start: string, end: string): Period {
  const first = readDay('startdate', start)
  const last = readDay('enddate', end)
  if (first === undefined && last === undefined) return { includes: () => true }
  const [from, to] = [first ?? '0000-01-01', last ?? '9999-12-31']
  if (from > to) throw new Refusal(400, 'startdate is after enddate.')
  return {
    includes: (dates) =>
      dates.some((date) => {
        const [written] = /^\d{4}(?:-\d\d){0,2}/.exec(date) ?? []
        return (
          written !== undefined && fill(written, '0000-01-01') <= to && fill(written, '9999-12-31') >= from
        )
      }),
  }
}

/** @returns yyyy-mm-dd, so that text order is order in time */
function readDay(name: string, day: string): string | undefined {
  if (day === '') return undefined
  const [, month, dayOfMonth, year] = /^(\d\d)(\d\d)(\d{4})$/.exec(day) ?? []
  const iso = `${year}-${month}-${dayOfMonth}`
  const date = new Date(`${iso}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso)) {
    throw new Refusal(400, `${name} has to be a day of the calendar as mmddyyyy, 12312011 for instance.`)
  }
  return iso
}

/** The rest of a date from a whole one. */
function fill(written: string, whole: string): string {
  return written + whole.slice(written.length)
}
