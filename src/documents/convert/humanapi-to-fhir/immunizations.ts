import type { Immunization } from '../../fhir/types'
import { codingsOf, conceptOf } from './coding'
import { organizationOf, present, type Converter } from './conversion'
import { fhirTime } from './times'

/** One for each date on which it was given. */
export const immunizations: Converter = ({ of, subject, identifier }) => {
  const vaccineCode = conceptOf(codingsOf(of.parts('codes')), of.text('name'))
  if (!vaccineCode) {
    of.warn('value-missing', 'name', 'is missing; the record was left out')
    return []
  }
  const organization = organizationOf(of)
  const given = of.list('dates').flatMap((date) => {
    const time = fhirTime(date)
    if (!time) of.warn('date-unreadable', 'dates', 'has a date that cannot be read; it was left out')
    return time ? [time.text] : []
  })
  const single = of.time('dateTime')
  const dates = given.length > 0 ? given : [single]
  if (dates[0] === undefined) of.warn('value-missing', 'dates', 'is missing; when it was given is unknown')
  return dates.map((date, index) => {
    const part = dates.length > 1 ? String(index) : undefined
    const resource: Immunization = present({
      resourceType: 'Immunization' as const,
      ...identifier(part),
      status: 'completed' as const,
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
