/**
 * The part of FHIR R4 (4.0.1) that this package makes, named as the specification names it. Cardinalities are the
 * specification's: what is optional there is optional here, what repeats is an array. An array is never empty.
 */

/** `0..1` of a vocabulary's concepts. */
export interface Coding {
  /** URI of the vocabulary: `http://loinc.org`. */
  system?: string
  version?: string
  code?: string
  display?: string
}

export interface CodeableConcept {
  coding?: Coding[]
  text?: string
}

export interface Identifier {
  use?: 'usual' | 'official' | 'temp' | 'secondary' | 'old'
  type?: CodeableConcept
  system?: string
  value?: string
}

/** To another resource: by address (`Patient/7`), or by a business identifier where there is no address. */
export interface Reference {
  reference?: string
  /** The type of the resource: `Patient`. */
  type?: string
  identifier?: Identifier
  display?: string
}

export interface Quantity {
  value?: number
  comparator?: '<' | '<=' | '>=' | '>'
  /** As people write it. */
  unit?: string
  /** `http://unitsofmeasure.org` for UCUM. */
  system?: string
  code?: string
}

export interface Annotation {
  time?: string
  text: string
}

export interface ObservationComponent {
  code: CodeableConcept
  valueQuantity?: Quantity
  valueString?: string
}

export type ObservationStatus =
  | 'registered'
  | 'preliminary'
  | 'final'
  | 'amended'
  | 'corrected'
  | 'cancelled'
  | 'entered-in-error'
  | 'unknown'

/** Of `value[x]`, the kinds that this package makes; at most one of them. */
export interface Observation {
  resourceType: 'Observation'
  id?: string
  identifier?: Identifier[]
  status: ObservationStatus
  category?: CodeableConcept[]
  code: CodeableConcept
  subject?: Reference
  /** A date, or a date and time with a zone. */
  effectiveDateTime?: string
  performer?: Reference[]
  valueQuantity?: Quantity
  valueString?: string
  note?: Annotation[]
  device?: Reference
  component?: ObservationComponent[]
}

export interface BundleEntry<R> {
  fullUrl?: string
  resource?: R
}

/** A bundle of resources of the kind `R`. */
export interface Bundle<R> {
  resourceType: 'Bundle'
  type: 'collection'
  timestamp?: string
  entry?: BundleEntry<R>[]
}
