import type { MedicationStatement } from '../../fhir/types'
import { codingsOf, conceptOf } from './coding'
import { organizationOf, present, type Converter } from './conversion'
import type { Reading } from './reading'
import { statuses, statusOf } from './statuses'

/** Source: reference, "Medications". */
export const medications: Converter = ({ of, subject, identifier }) => {
  // A code of R4 has no two blanks in a row.
  const ndc = of.text('ndcCode')?.replace(/\s+/g, ' ')
  const coding = [
    ...codingsOf(of.parts('codes')),
    ...(ndc === undefined ? [] : [{ system: 'http://hl7.org/fhir/sid/ndc', code: ndc }]),
  ]
  const name = of.text('name')
  const medication = conceptOf(coding, name ?? of.text('productName'))
  if (!medication) {
    of.warn('value-missing', 'name', 'is missing; the record was left out')
    return []
  }
  if (name !== undefined) of.skip('productName')
  const resource: MedicationStatement = present({
    resourceType: 'MedicationStatement' as const,
    ...identifier(),
    status: statusOf(of, known, 'unknown'),
    medicationCodeableConcept: medication,
    subject,
    effectivePeriod: of.period('startDate', 'endDate'),
    dateAsserted: of.time('dateTime'),
    informationSource: organizationOf(of),
    dosage: dosageOf(of),
  })
  return [{ resource }]
}

const known = statuses<MedicationStatement['status']>(
  [
    [/^active$/i, 'active'],
    [/^(?:complete|finish)/i, 'completed'],
    [/^(?:stop|discontinue|inactive|suspend)/i, 'stopped'],
    [/^(?:on[\s-]+hold|hold|held)\b/i, 'on-hold'],
  ],
  [[/^not[\s-]+tak/i, 'not-taken']],
)

/** As text: the parts of `details` do not say enough for FHIR's timing and dose. */
function dosageOf(of: Reading): MedicationStatement['dosage'] {
  const [instructions, info] = [of.text('instructions'), of.text('dosageInfo')]
  const details = of.part('details')
  const route = details?.text('route')
  details?.end()
  const text = [instructions, info].filter((each) => each !== undefined).join('; ')
  if (text === '' && route === undefined) return undefined
  return [present({ text: text === '' ? undefined : text, route: route ? { text: route } : undefined })]
}
