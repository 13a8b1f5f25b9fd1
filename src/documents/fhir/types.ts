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

/** What an element says beside what R4 has a place for. Of `value[x]`, the kinds that this package makes. */
export interface Extension {
  /** URI of its definition. */
  url: string
  valueCode?: string
}

/** To another resource: by address (`Patient/7`), or by a business identifier where there is no address. */
export interface Reference {
  extension?: Extension[]
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

export interface Period {
  start?: string
  end?: string
}

export interface ObservationComponent {
  code: CodeableConcept
  valueQuantity?: Quantity
  valueString?: string
  dataAbsentReason?: CodeableConcept
}

export interface ObservationReferenceRange {
  low?: Quantity
  high?: Quantity
  text?: string
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
  /** Instead of the time: why there is none. */
  _effectiveDateTime?: { extension: Extension[] }
  effectivePeriod?: Period
  performer?: Reference[]
  valueQuantity?: Quantity
  valueString?: string
  dataAbsentReason?: CodeableConcept
  /** High, low, abnormal … */
  interpretation?: CodeableConcept[]
  note?: Annotation[]
  device?: Reference
  referenceRange?: ObservationReferenceRange[]
  /** The observations of a panel. */
  hasMember?: Reference[]
  component?: ObservationComponent[]
}

export interface AllergyIntolerance {
  resourceType: 'AllergyIntolerance'
  id?: string
  identifier?: Identifier[]
  clinicalStatus?: CodeableConcept
  verificationStatus?: CodeableConcept
  code?: CodeableConcept
  patient: Reference
  onsetDateTime?: string
  recordedDate?: string
  note?: Annotation[]
  reaction?: { manifestation: CodeableConcept[] }[]
}

export interface Condition {
  resourceType: 'Condition'
  id?: string
  identifier?: Identifier[]
  clinicalStatus?: CodeableConcept
  verificationStatus?: CodeableConcept
  category?: CodeableConcept[]
  code?: CodeableConcept
  subject: Reference
  onsetDateTime?: string
  abatementDateTime?: string
  recordedDate?: string
  note?: Annotation[]
}

export interface MedicationStatement {
  resourceType: 'MedicationStatement'
  id?: string
  identifier?: Identifier[]
  status:
    'active' | 'completed' | 'entered-in-error' | 'intended' | 'stopped' | 'on-hold' | 'unknown' | 'not-taken'
  medicationCodeableConcept: CodeableConcept
  subject: Reference
  effectivePeriod?: Period
  dateAsserted?: string
  informationSource?: Reference
  note?: Annotation[]
  dosage?: { text?: string; route?: CodeableConcept }[]
}

export interface Immunization {
  resourceType: 'Immunization'
  id?: string
  identifier?: Identifier[]
  status: 'completed' | 'entered-in-error' | 'not-done'
  vaccineCode: CodeableConcept
  patient: Reference
  /** One of the two has to be there. */
  occurrenceDateTime?: string
  occurrenceString?: string
  lotNumber?: string
  performer?: { actor: Reference }[]
  note?: Annotation[]
}

export interface Procedure {
  resourceType: 'Procedure'
  id?: string
  identifier?: Identifier[]
  status:
    | 'preparation'
    | 'in-progress'
    | 'not-done'
    | 'on-hold'
    | 'stopped'
    | 'completed'
    | 'entered-in-error'
    | 'unknown'
  code?: CodeableConcept
  subject: Reference
  performedDateTime?: string
  performer?: { actor: Reference }[]
  note?: Annotation[]
}

export interface Encounter {
  resourceType: 'Encounter'
  id?: string
  identifier?: Identifier[]
  status:
    | 'planned'
    | 'arrived'
    | 'triaged'
    | 'in-progress'
    | 'onleave'
    | 'finished'
    | 'cancelled'
    | 'entered-in-error'
    | 'unknown'
  class: Coding
  type?: CodeableConcept[]
  subject?: Reference
  participant?: { individual: Reference }[]
  period?: Period
  reasonCode?: CodeableConcept[]
  diagnosis?: { condition: Reference }[]
  serviceProvider?: Reference
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
