import { stableUuid } from '../fhir/stable-uuid'
import type {
  Bundle,
  CodeableConcept,
  Extension,
  Observation,
  ObservationComponent,
  Quantity,
  Reference,
} from '../fhir/types'
import { bloodPressurePanel, factsOf, shownUnit, type MeasureName } from './commands'
import type { OmheFinding, OmheQuantity } from './model'
import { observe, patientName } from './record'
import type { Observed, OmheDocument, OmheRecordOptions, People } from './record'

export interface OmheFhir {
  bundle: Bundle<Observation>
  findings: OmheFinding[]
}

/** R4's profile for them wants a subject and a time: where one is not known, the resource says so. */
const VITAL = 'vital-signs'

/**
 * FHIR R4 Observations of OMHE commands, in a Bundle of type `collection`: LOINC codes, UCUM units, blood pressure as
 * one Observation with components, tags as a note. The subject is `patient.reference`, or else the patient's `id` as an
 * identifier. A vital sign without a subject or a time has the extension `data-absent-reason` in its place, and a
 * finding. `fullUrl` is made of patient, command, time, values and `#id` alone: the same measurement has the same one,
 * whatever else is known of the patient or noted with it. HG_INPUT and HG_TOO_LARGE as `parseOmhe`, and HG_INPUT if
 * there is nothing to observe.
 */
export function omheToFhir(document: OmheDocument, options: OmheRecordOptions = {}): OmheFhir {
  const { observed, findings, people } = observe(document, options, VITAL)
  const seen = new Map<string, number>()
  const entry = observed.flatMap((one) =>
    partsOf(one).map(({ said, content }, index) => {
      const { command, at, id: given } = one.command
      // An id names one thing: where a command becomes several, its id is the first one's.
      const id = index === 0 ? given : undefined
      const resource = observation(one, id, peopleOf(people), content)
      const same = JSON.stringify([whose(people), command, one.kind, said, at, id])
      const times = seen.get(same) ?? 0
      seen.set(same, times + 1)
      return { fullUrl: `urn:uuid:${stableUuid(same, times)}`, resource }
    }),
  )
  return { bundle: { resourceType: 'Bundle', type: 'collection', entry }, findings }
}

/** The caller's id comes first: where the Patient resource is may be learned later, or change. */
function whose({ patient }: People): string[] {
  if (patient.id !== undefined) return ['id', patient.id]
  if (patient.reference !== undefined) return ['reference', patient.reference]
  return ['name', patientName(patient) ?? '']
}

type Taking = Pick<Observation, 'subject' | 'performer' | 'device'>
type ObservationContent = Pick<Observation, 'code' | 'valueQuantity' | 'valueString' | 'component'>

function peopleOf({ patient, source }: People): Taking {
  const { reference, id } = patient
  const name = patientName(patient)
  const known = reference !== undefined || id !== undefined || name !== undefined
  const subject: Reference = {
    ...(reference === undefined ? {} : { reference }),
    type: 'Patient',
    ...(reference === undefined && id !== undefined ? { identifier: { value: id } } : {}),
    ...(name === undefined ? {} : { display: name }),
  }
  return {
    ...(known ? { subject } : {}),
    ...(source === undefined && known ? { performer: [{ ...subject }] } : {}),
    ...(source !== undefined && 'organization' in source
      ? { performer: [{ type: 'Organization', display: source.organization }] }
      : {}),
    ...(source !== undefined && 'system' in source
      ? { device: { type: 'Device', display: [source.system, source.version].filter(Boolean).join(' ') } }
      : {}),
  }
}

function observation(
  { facts: { category }, time, note }: Observed,
  id: string | undefined,
  { subject, performer, device }: Taking,
  { code, valueQuantity, valueString, component }: ObservationContent,
): Observation {
  const isVital = category === VITAL
  return {
    resourceType: 'Observation',
    ...(id === undefined ? {} : { identifier: [{ value: id }] }),
    status: 'final',
    ...(category === undefined ? {} : { category: [categoryOf(category)] }),
    code,
    ...(subject ? { subject } : isVital ? { subject: { ...unknown(), type: 'Patient' } } : {}),
    ...(time !== undefined ? { effectiveDateTime: time } : isVital ? { _effectiveDateTime: unknown() } : {}),
    ...(performer ? { performer } : {}),
    ...(valueQuantity ? { valueQuantity } : {}),
    ...(valueString === undefined ? {} : { valueString }),
    ...(note === undefined ? {} : { note: [{ text: note }] }),
    ...(device ? { device } : {}),
    ...(component ? { component } : {}),
  }
}

/** What R4 has in the place of something that has to be there, and is not known. */
function unknown(): { extension: Extension[] } {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
  return { extension: [{ url, valueCode: 'unknown' }] }
}

/** What becomes one Observation: that, and what it says, in numbers and words that no other release would change. */
interface Part {
  said: unknown
  content: ObservationContent
}

/** What becomes of a command's values: one Observation each, but for components. */
function partsOf({ command, title }: Observed): Part[] {
  const { content } = command
  if (content !== undefined) {
    return [{ said: content, content: { code: { text: title }, valueString: content } }]
  }
  const quantities = Object.entries(command.values) as [MeasureName, OmheQuantity][]
  const inside = quantities.filter(([measure]) => components.has(measure))
  const parts = quantities
    .filter(([measure]) => !components.has(measure))
    .map(([measure, quantity]): Part => {
      const { code, valueQuantity } = measured(measure, quantity)
      const text = measure === 'count' ? { text: title } : code
      return { said: [saidBy([measure, quantity])], content: { code: text, valueQuantity } }
    })
  if (command.command === 'bp') parts.unshift({ said: [], content: { code: bloodPressure() } })
  const [first] = parts
  if (first && inside.length > 0) {
    first.said = [first.said, inside.map(saidBy)]
    first.content.component = inside.map(([measure, quantity]): ObservationComponent =>
      measured(measure, quantity),
    )
  }
  return parts
}

function saidBy([measure, { value, unit }]: [MeasureName, OmheQuantity]): unknown {
  return [measure, value, unit]
}

/** Parts of another observation: pressures of the blood pressure panel, the duration of the steps. */
const components: ReadonlySet<MeasureName> = new Set(['systolic', 'diastolic', 'duration'])

const LOINC = 'http://loinc.org'

/** R4's blood pressure profile asks for this code, with the pressures as components. */
function bloodPressure(): CodeableConcept {
  return { coding: [{ system: LOINC, ...bloodPressurePanel }], text: 'Blood pressure' }
}

function measured(
  measure: MeasureName,
  { value, unit }: OmheQuantity,
): { code: CodeableConcept; valueQuantity: Quantity } {
  const { title, loinc } = factsOf(measure)
  return {
    code: { ...(loinc ? { coding: [{ system: LOINC, ...loinc }] } : {}), text: title },
    valueQuantity: { value, unit: shownUnit(measure, unit), system: 'http://unitsofmeasure.org', code: unit },
  }
}

const categories = {
  'vital-signs': 'Vital Signs',
  laboratory: 'Laboratory',
  survey: 'Survey',
  activity: 'Activity',
  'social-history': 'Social History',
} as const

function categoryOf(code: keyof typeof categories): CodeableConcept {
  const system = 'http://terminology.hl7.org/CodeSystem/observation-category'
  return { coding: [{ system, code, display: categories[code] }] }
}
