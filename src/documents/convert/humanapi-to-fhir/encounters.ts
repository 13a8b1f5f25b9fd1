import type { CodeableConcept, Coding, Encounter, Period } from '../../fhir/types'
import { codingsOf, conceptOf } from './coding'
import { organizationOf, present, type Converter } from './conversion'
import { plainText, type Reading } from './reading'
import { statuses, statusOf } from './statuses'

/** A visit. Source: reference, "Encounters". */
export const encounters: Converter = ({ of, subject, identifier }) => {
  const visitType = of.text('visitType')
  const type = conceptOf(codingsOf(of.parts('codes')), visitType)
  const period = of.period('dateTime', 'endDateTime')
  const provider = of.part('provider')
  const name = provider?.text('name')
  provider?.end()
  const diagnoses = conceptsOf(of, 'diagnoses')
  const resource: Encounter = present({
    resourceType: 'Encounter' as const,
    ...identifier(),
    status: of.has('status') ? statusOf(of, known, 'unknown') : statusBy(period, of),
    class: classOf([visitType, ...(type?.coding ?? []).map(({ display }) => display)], of),
    type: type ? [type] : undefined,
    subject,
    participant: name === undefined ? undefined : [{ individual: { display: name } }],
    period,
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
  const texts = of.list(field).flatMap((each) => {
    const text = plainText(each)
    return text === undefined ? [] : [{ text }]
  })
  const concepts = of.parts(field).flatMap((part) => {
    const concept = conceptOf(codingsOf(part.parts('codes')), part.text('name'))
    part.end()
    return concept ? [concept] : []
  })
  return [...texts, ...concepts]
}

const known = statuses<Encounter['status']>(
  [
    [/^(?:planned|scheduled|booked)/i, 'planned'],
    [/^(?:arrived|checked in)\b/i, 'arrived'],
    [/^(?:in.progress|active)/i, 'in-progress'],
    [/^(?:complete|finish|discharged|closed)/i, 'finished'],
    [/^cancel/i, 'cancelled'],
  ],
  [[/^no.?show/i, 'cancelled']],
)

/** As of when the record was written, since no clock is asked: one that had not ended by then may have gone any way. */
function statusBy(period: Period | undefined, of: Reading): Encounter['status'] {
  const status =
    period?.start !== undefined && of.isAhead(period.start)
      ? 'planned'
      : period?.end !== undefined && of.isOver(period.end)
        ? 'finished'
        : 'unknown'
  of.warn('status-assumed', 'status', `is missing; by its times it was taken as ${status}`)
  return status
}

/** What comes before a word that says it is something else: "Non-emergency", "after ED visit". */
const OTHERWISE = String.raw`(?<!\b(?:non|not an?|not|no|after|post|since|prior|previous)[\s-]+(?:an? )?)`

const special = (word: string) => new RegExp(String.raw`${OTHERWISE}\b${word}\b(?![\s-]+follow)`, 'i')

/** The more special ones first. */
const classes: [RegExp, code: string, display: string][] = [
  [special('emergency'), 'EMER', 'emergency'],
  [special('in-?patient'), 'IMP', 'inpatient encounter'],
  [/\b(?:telephone|phone|video|virtual|tele-?(?:health|medicine|visit))\b/i, 'VR', 'virtual'],
  [/(?<!\bnursing )\bhome\b/i, 'HH', 'home health'],
  [/\b(?:out-?patient|office|ambulatory|clinic)\b/i, 'AMB', 'ambulatory'],
]

/** FHIR wants one; where the visit's type does not tell, it is said to be unknown. */
function classOf(types: (string | undefined)[], of: Reading): Coding {
  // In small letters they are no abbreviations.
  const texts = types.map((type) => type?.replace(/\b(?:ED|ER)\b/g, 'emergency') ?? '')
  const found = classes.find(([pattern]) => texts.some((text) => pattern.test(text)))
  const terminology = 'http://terminology.hl7.org/CodeSystem'
  if (found) return { system: `${terminology}/v3-ActCode`, code: found[1], display: found[2] }
  of.warn('status-assumed', 'visitType', 'does not tell the class of the encounter; it was taken as unknown')
  return { system: `${terminology}/v3-NullFlavor`, code: 'UNK', display: 'unknown' }
}
