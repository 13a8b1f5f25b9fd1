/** A `date` or `dateTime` of FHIR. `cut`: there was a time, without the zone that FHIR wants with it. */
export interface FhirTime {
  text: string
  cut: boolean
}

/** Hour, minute, second and zone as R4 has them in a dateTime. Source: hl7.org/fhir/R4/datatypes.html#dateTime. */
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?$/
const ZONE = /^(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/

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
  const fhirZone = zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2').toUpperCase()
  if (!CLOCK.test(clock) || !ZONE.test(fhirZone)) return undefined
  const written = `${day}T${clock}${fhirZone}`
  const time = Date.parse(written)
  return { text: (written.endsWith('Z') && atPlace(time, clock, offset)) || written, cut: false }
}

/** The moment by the clock of a place, with as much of a second as was there. */
function atPlace(time: number, clock: string, offset: string | undefined): string | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? '') ?? []
  if (offset === undefined || hours === undefined || minutes === undefined || !ZONE.test(offset))
    return undefined
  const minutesEast = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const there = new Date(time + minutesEast * 60_000).toISOString()
  // Outside of the years 1 to 9999, which are all that FHIR has, it stays in UTC.
  return isDay(there.slice(0, 10)) ? `${there.slice(0, 19)}${clock.slice(8)}${offset}` : undefined
}

/** Whether one time is later than another. A day and a moment are compared by their days, as they are written. */
export function isAfter(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => text.slice(0, 10))
  if (one.length === 10 || other.length === 10) return String(first) > String(second)
  return Date.parse(one) > Date.parse(other)
}

function isDay(day: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || day.startsWith('0000')) return false
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
