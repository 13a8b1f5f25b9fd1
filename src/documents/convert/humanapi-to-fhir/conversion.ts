import type {
  AllergyIntolerance,
  Condition,
  Encounter,
  Identifier,
  Immunization,
  MedicationStatement,
  Observation,
  Procedure,
  Reference,
} from '../../fhir/types'
import type { Reading } from './reading'

/** What Human API's resources become. */
export type HumanApiFhirResource =
  AllergyIntolerance | Condition | Encounter | Immunization | MedicationStatement | Observation | Procedure

/** One record on its way, with what all resources that are made of it have in common. */
export interface Conversion {
  of: Reading
  /** The patient. */
  subject: Reference
  /** The record's own id; `part` tells those apart that are made of one record. */
  identifier: (part?: string) => Pick<Observation, 'identifier'>
  /** The address of the resource in the bundle; the same record has the same one. */
  fullUrl: (part?: string) => string
}

export interface Made {
  part?: string
  resource: HumanApiFhirResource
}

export type Converter = (conversion: Conversion) => Made[]

const SYSTEM = 'https://api.humanapi.co/v1/human'

export function recordIdentifier(resource: string, id: string, part?: string): Identifier {
  return { system: `${SYSTEM}/${resource}`, value: part === undefined ? id : `${id}#${part}` }
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Only the properties that have a value: in FHIR an absent one is not there at all, and no array is empty. */
export function present<T extends object>(properties: T): Present<T> {
  const entries = Object.entries(properties).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(entries) as Present<T>
}

/** The place of care that has the record. */
export function organizationOf(of: Reading): Reference | undefined {
  const organization = of.part('organization')
  const [id, name] = [organization?.text('id'), organization?.text('name')]
  // The source is then the connection to this organization.
  if (organization) of.skip('source', 'sourceData')
  if (id === undefined && name === undefined) return undefined
  return present({
    type: 'Organization',
    identifier: id === undefined ? undefined : { system: `${SYSTEM}/medical/organizations`, value: id },
    display: name,
  })
}

/** The device or service that measured. */
export function sourceOf(of: Reading): Reference | undefined {
  const id = of.text('source')
  return id === undefined
    ? undefined
    : { type: 'Device', identifier: { system: `${SYSTEM}/sources`, value: id } }
}

/** Somebody who is known by name only. */
export function personNamed(name: string | undefined): Reference | undefined {
  return name === undefined ? undefined : { display: name }
}

/** Those of a list that are there; undefined for none. */
export function listOf<T>(...items: (T | undefined)[]): T[] | undefined {
  const there = items.filter((item) => item !== undefined)
  return there.length > 0 ? there : undefined
}
