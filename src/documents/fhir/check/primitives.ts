import { dateText, exists, type DateText } from '../calendar'
import { narrativeFault } from './narrative'

/** What is wrong with a primitive value, as the second half of a sentence; undefined where nothing is. */
type Check = (value: unknown) => string | undefined

const DATE_SHAPE = /^\d{4}(-\d\d(-\d\d)?)?$/
/** A date that there is, whatever the month and the year: most are, and need no closer look. */
const USUAL_DATE = /^(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?)?$/
const SECONDS = /T\d\d:\d\d:\d\d(\.\d+)?/
const TIME_SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** In letters: an example in figures would be hidden as a date of a patient's. */
const MOMENT = 'YYYY-MM-DDThh:mm:ssZ'

/** R4: a string is not longer than 1 MB. */
const LONGEST = 1024 * 1024

const text =
  (check: (text: string) => string | undefined): Check =>
  (value) =>
    typeof value !== 'string'
      ? 'has to be a text'
      : value === ''
        ? 'is empty: leave the element out'
        : check(value)

const shaped = (shape: RegExp, sentence: string) =>
  text((value) => (shape.test(value) ? undefined : sentence))

const number =
  (least: number, sentence: string): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= 2_147_483_647
      ? undefined
      : sentence

const string = text((value) =>
  value.length > LONGEST ? 'is longer than the 1 MB that R4 allows' : undefined,
)
const uri = shaped(/^\S+$/, 'has to be a URI, without white space')

const dateTime = text((value) => {
  if (USUAL_DATE.test(value)) return undefined
  const parts = dateText(value)
  return parts && parts.hour === undefined ? ofCalendar(parts) : timeFault(value, parts)
})

const instant = text((value) =>
  DATE_SHAPE.test(value) ? 'has to be a date with time and time zone' : timeFault(value, dateText(value)),
)

function timeFault(value: string, parts: DateText | undefined): string | undefined {
  if (parts?.hour !== undefined && !exists(parts)) return ofCalendar(parts)
  if (parts?.hour !== undefined && parts.zone === undefined) {
    return 'is a local time: add its time zone, Z for UTC'
  }
  if (parts?.hour !== undefined && !SECONDS.test(value)) return `needs seconds: ${MOMENT}`
  return TIME_SHAPE.test(value) ? undefined : `has to be a date, YYYY-MM-DD, or a date and time, ${MOMENT}`
}

function ofCalendar(parts: DateText | undefined): string | undefined {
  return parts && exists(parts) ? undefined : 'does not exist in the calendar or on the clock'
}

/** Characters come in fours (hl7.org/fhir/R4/datatypes.html#base64Binary). */
function isBase64(value: string): boolean {
  if (!/^[\s0-9A-Za-z+/]*(?:=\s*){0,2}$/.test(value)) return false
  return (/\s/.test(value) ? value.replace(/\s+/g, '') : value).length % 4 === 0
}

const faults: Readonly<Record<string, Check>> = {
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'has to be true or false'),
  decimal: (value) =>
    typeof value === 'number' && Number.isFinite(value) ? undefined : 'has to be a number, without quotes',
  integer: number(-2_147_483_648, 'has to be a whole number of 32 bits, without quotes'),
  unsignedInt: number(0, 'has to be a whole number from 0, without quotes'),
  positiveInt: number(1, 'has to be a whole number from 1, without quotes'),
  string,
  markdown: string,
  xhtml: text(narrativeFault),
  code: shaped(/^\S+(?:\s\S+)*$/, 'has to be a code, without white space at its ends, or two of it together'),
  id: shaped(/^[A-Za-z0-9.-]{1,64}$/, 'has to have 1 to 64 letters, digits, hyphens and full stops'),
  uri,
  url: uri,
  canonical: uri,
  oid: shaped(/^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/, 'has to be an OID that begins with urn:oid:'),
  uuid: shaped(
    /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'has to be a UUID that begins with urn:uuid:',
  ),
  base64Binary: text((value) => (isBase64(value) ? undefined : 'has to be base64, with = at its end')),
  date: text((value) => {
    if (USUAL_DATE.test(value)) return undefined
    return DATE_SHAPE.test(value)
      ? ofCalendar(dateText(value))
      : 'has to be a date without time: YYYY, YYYY-MM or YYYY-MM-DD'
  }),
  dateTime,
  instant,
  time: shaped(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/, 'has to be a time of day: 09:30:00'),
}

/** What is wrong with a value of a primitive type, by the type's name. */
export const primitiveFaults: ReadonlyMap<string, Check> = new Map(Object.entries(faults))
