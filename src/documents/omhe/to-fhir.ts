import { stableUuid } from '../fhir/stable-uuid'
import type {
  Bundle,
  CodeableConcept,
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

/**
 * FHIR R4 Observations of OMHE commands, in a Bundle of type `collection`: LOINC codes, UCUM units, blood pressure as
 * one Observation with components, tags as a note. The subject is `patient.reference`, or else the patient's `id` as an
 * identifier; without both there is none. `fullUrl` is made of patient, time, value and `#id` alone: the same measurement
 * has the same one, whatever else is known of the patient or noted with it. HG_INPUT and HG_TOO_LARGE as `parseOmhe`, and HG_INPUT if there is nothing to observe.
 */
export function omheToFhir(document: OmheDocument, options: OmheRecordOptions = {}): OmheFhir {
  const { observed, findings, people } = observe(document, options)
  const { reference, id: own } = people.patient
  const whom = reference ?? own ?? patientName(people.patient)
  const seen = new Map<string, number>()
  const entry = observed.flatMap((one) =>
    contentsOf(one).map((content, index) => {
      // An id names one thing: where a command becomes several, its id is the first one's.
      const id = index === 0 ? one.command.id : undefined
      const resource = observation(one, id, peopleOf(people), content)
      const same = JSON.stringify([whom, content, one.command.at, id])
      const times = seen.get(same) ?? 0
      seen.set(same, times + 1)
      return { fullUrl: `urn:uuid:${stableUuid(same, times)}`, resource }
    }),
  )
  return { bundle: { resourceType: 'Bundle', type: 'collection', entry }, findings }
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
  return {
    resourceType: 'Observation',
    ...(id === undefined ? {} : { identifier: [{ value: id }] }),
    status: 'final',
    ...(category === undefined ? {} : { category: [categoryOf(category)] }),
    code,
    ...(subject ? { subject } : {}),
    ...(time === undefined ? {} : { effectiveDateTime: time }),
    ...(performer ? { performer } : {}),
    ...(valueQuantity ? { valueQuantity } : {}),
    ...(valueString === undefined ? {} : { valueString }),
    ...(note === undefined ? {} : { note: [{ text: note }] }),
    ...(device ? { device } : {}),
    ...(component ? { component } : {}),
  }
}

/** What becomes of a command's values: one Observation each, but for these. */
function contentsOf({ command, title }: Observed): ObservationContent[] {
  const { content } = command
  if (content !== undefined) return [{ code: { text: title }, valueString: content }]
  const quantities = Object.entries(command.values) as [MeasureName, OmheQuantity][]
  const component = quantities
    .filter(([measure]) => components.has(measure))
    .map(([measure, value]): ObservationComponent => measured(measure, value))
  const single = quantities
    .filter(([measure]) => !components.has(measure))
    .map(([measure, value]) =>
      measure === 'count' ? { ...measured(measure, value), code: { text: title } } : measured(measure, value),
    )
  if (command.command === 'bp') return [{ code: bloodPressure(), component }, ...single]
  return single.map((one) => (component.length === 0 ? one : { ...one, component }))
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
