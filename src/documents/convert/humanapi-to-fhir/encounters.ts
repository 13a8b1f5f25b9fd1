import type { CodeableConcept, Coding, Encounter } from '../../fhir/types'
import { codingsOf, conceptOf } from './coding'
import { organizationOf, present, type Converter } from './conversion'
import type { Reading } from './reading'

/** A visit of the past. Source: reference, "Encounters". */
export const encounters: Converter = ({ of, subject, identifier }) => {
  const visitType = of.text('visitType')
  const type = conceptOf(codingsOf(of.parts('codes')), visitType)
  const period = present({ start: of.time('dateTime'), end: of.time('endDateTime') })
  const provider = of.part('provider')
  const name = provider?.text('name')
  provider?.end()
  const diagnoses = conceptsOf(of, 'diagnoses')
  const resource: Encounter = present({
    resourceType: 'Encounter' as const,
    ...identifier(),
    status: 'finished' as const,
    class: classOf([visitType, ...(type?.coding ?? []).map(({ display }) => display)].join(' '), of),
    type: type ? [type] : undefined,
    subject,
    participant: name === undefined ? undefined : [{ individual: { display: name } }],
    period: Object.keys(period).length > 0 ? period : undefined,
    reasonCode: conceptsOf(of, 'reasons'),
    diagnosis: diagnoses.flatMap(({ text, coding }) => {
      const display = text ?? coding?.[0]?.display
      return display === undefined ? [] : [{ condition: { type: 'Condition', display } }]
    }),
    serviceProvider: organizationOf(of),
  })
  return [{ resource }]
}

/** Texts, or objects with a name and codes. */
function conceptsOf(of: Reading, field: string): CodeableConcept[] {
  const texts = of.list(field).flatMap((each) => (typeof each === 'string' ? [{ text: each }] : []))
  const concepts = of.parts(field).flatMap((part) => {
    const concept = conceptOf(codingsOf(part.parts('codes')), part.text('name'))
    part.end()
    return concept ? [concept] : []
  })
  return [...texts, ...concepts]
}

const classes: [RegExp, code: string, display: string][] = [
  [/emergency|\bED\b|\bER\b/i, 'EMER', 'emergency'],
  [/outpatient|office|ambulatory|clinic/i, 'AMB', 'ambulatory'],
  [/inpatient/i, 'IMP', 'inpatient encounter'],
  [/telephone|video|virtual|tele/i, 'VR', 'virtual'],
  [/\bhome\b/i, 'HH', 'home health'],
]

/** FHIR wants one; where the visit's type does not tell, it is said to be unknown. */
function classOf(type: string, of: Reading): Coding {
  const found = classes.find(([pattern]) => pattern.test(type))
  const terminology = 'http://terminology.hl7.org/CodeSystem'
  if (found) return { system: `${terminology}/v3-ActCode`, code: found[1], display: found[2] }
  of.warn('status-assumed', 'visitType', 'does not tell the class of the encounter; it was taken as unknown')
  return { system: `${terminology}/v3-NullFlavor`, code: 'UNK', display: 'unknown' }
}
