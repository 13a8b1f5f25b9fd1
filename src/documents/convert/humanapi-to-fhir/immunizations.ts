import type { Immunization } from '../../fhir/types'
import { codingsOf, conceptOf } from './coding'
import { organizationOf, present, type Converter } from './conversion'
import type { Reading } from './reading'
import { statuses, statusIn } from './statuses'
import { fhirTime } from './times'

/** One for each date on which it was given. FHIR has none that are planned or due. */
export const immunizations: Converter = ({ of, subject, identifier }) => {
  const vaccineCode = conceptOf(codingsOf(of.parts('codes')), of.text('name'))
  if (!vaccineCode) {
    of.warn('value-missing', 'name', 'is missing; the record was left out')
    return []
  }
  const organization = organizationOf(of)
  const text = of.text('status')
  const told = text === undefined ? undefined : statusIn(text, known)
  const dates = datesOf(of, told === undefined)
  if (text !== undefined && told === undefined) {
    of.warn('status-unknown', 'status', 'is none that an immunization has in FHIR; the record was left out')
    return []
  }
  if (dates.length === 0) return []
  if (told === undefined) of.warn('status-assumed', 'status', 'is missing; it was taken as completed')
  return dates.map((date, index) => {
    const part = dates.length > 1 ? String(index) : undefined
    const resource: Immunization = present({
      resourceType: 'Immunization' as const,
      ...identifier(part),
      status: told ?? 'completed',
      vaccineCode,
      patient: subject,
      occurrenceDateTime: date,
      occurrenceString: date === undefined ? 'unknown' : undefined,
      lotNumber: of.text('lotNumber'),
      performer: organization ? [{ actor: organization }] : undefined,
    })
    return { ...(part === undefined ? {} : { part }), resource }
  })
}

const known = statuses<Immunization['status']>(
  [[/^(?:complete|done|final|given|administered|historical|active)/i, 'completed']],
  [[/\bnot[\s-]+(?:done|given|administered)|(?<!\bnot )\b(?:refus|declin|defer)/i, 'not-done']],
)

/**
 * Undefined in it is a date that nobody knows.
 * @param isAssumed that it was given is an assumption: a date that was still to come does not allow it
 */
function datesOf(of: Reading, isAssumed: boolean): (string | undefined)[] {
  const given = of.list('dates').flatMap((date) => {
    const time = fhirTime(date)
    if (!time) of.warn('date-unreadable', 'dates', 'has a date that cannot be read; it was left out')
    return time ? [time.text] : []
  })
  const single = of.time('dateTime')
  const [dates, name] = given.length > 0 ? [given, 'dates'] : [[single], 'dateTime']
  if (dates[0] === undefined) of.warn('value-missing', 'dates', 'is missing; when it was given is unknown')
  if (!isAssumed) return dates
  return dates.filter((date) => {
    const isAhead = date !== undefined && of.isAhead(date)
    if (isAhead) of.warn('status-unknown', name, 'was still to come, and no status says that it was given')
    return !isAhead
  })
}
