/** A `date` or `dateTime` of FHIR. `cut`: there was a time, without the zone that FHIR wants with it. */
export interface FhirTime {
  text: string
  cut: boolean
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:?\d\d)?)?$/i

/** As JavaScript writes a Date: `Mon, dd Jul yyyy hh:mm:ss GMT`, `Mon Jul dd yyyy hh:mm:ss GMT-hhmm (PDT)`. */
const WORDS =
  /^[a-z]{3},? (?:(\d\d?) ([a-z]{3})|([a-z]{3}) (\d\d?)) (\d{4})(?: (\d\d:\d\d:\d\d)(?: (?:GMT|UTC)?([+-]\d{4})?(?: \(.*\))?)?)?$/i

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Human API's times: ISO 8601, and in medical resources also words. Undefined for anything else; 01/02/2014 could be two
 * days, and is none here.
 * @param offset of the place where it was (`tzOffset`, `-07:00`): the same moment is then told by the clock there
 */
export function fhirTime(value: unknown, offset?: string): FhirTime | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  const [, isoDay, clock, seconds = '00', isoZone] = ISO.exec(text) ?? []
  if (isoDay !== undefined) return timeOf(isoDay, clock && `${clock}:${seconds}`, isoZone, offset)
  const [, day, month, monthFirst, dayAfter, year, wordClock, wordZone] = WORDS.exec(text) ?? []
  const number = MONTHS.indexOf((month ?? monthFirst ?? '').toLowerCase()) + 1
  if (year === undefined || number === 0) return undefined
  const two = (part: number | string | undefined) => String(part).padStart(2, '0')
  const zone = wordZone ?? (/(?:GMT|UTC)/i.test(text) ? 'Z' : undefined)
  return timeOf(`${year}-${two(number)}-${two(day ?? dayAfter)}`, wordClock, zone, offset)
}

function timeOf(
  day: string,
  clock: string | undefined,
  zone: string | undefined,
  offset: string | undefined,
): FhirTime | undefined {
  if (!isDay(day)) return undefined
  if (clock === undefined) return { text: day, cut: false }
  if (zone === undefined) return { text: day, cut: true }
  const written = `${day}T${clock}${zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2').toUpperCase()}`
  const time = Date.parse(written)
  if (Number.isNaN(time)) return undefined
  return { text: (written.endsWith('Z') && atPlace(time, clock, offset)) || written, cut: false }
}

/** The moment by the clock of a place, with as much of a second as was there. */
function atPlace(time: number, clock: string, offset: string | undefined): string | undefined {
  const [, sign, hours, minutes] = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(offset ?? '') ?? []
  if (hours === undefined || minutes === undefined) return undefined
  const minutesEast = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const there = new Date(time + minutesEast * 60_000).toISOString()
  return `${there.slice(0, 19)}${clock.slice(8)}${offset}`
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
