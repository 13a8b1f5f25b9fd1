import { isObject, type JsonObject } from './resource'

export type ParameterType = 'date' | 'number' | 'quantity' | 'reference' | 'string' | 'token' | 'uri'

export interface SearchParameter {
  name: string
  type: ParameterType
  /** Elements whose values count, as `name.family`; `effective[x]` is any of that choice. */
  paths: readonly string[]
  /** Only references to this type count. */
  target?: string
}

/** `type:path|path=Target` by name. */
type Table = Readonly<Record<string, string>>

const everywhere: Table = {
  _id: 'token:id',
  _lastUpdated: 'date:meta.lastUpdated',
  _profile: 'uri:meta.profile',
  _security: 'token:meta.security',
  _source: 'uri:meta.source',
  _tag: 'token:meta.tag',
}

const identified: Table = { identifier: 'token:identifier' }

const person: Table = {
  ...identified,
  active: 'token:active',
  address: 'string:address',
  'address-city': 'string:address.city',
  'address-postalcode': 'string:address.postalCode',
  birthdate: 'date:birthDate',
  email: 'token:telecom',
  family: 'string:name.family',
  gender: 'token:gender',
  given: 'string:name.given',
  name: 'string:name',
  phone: 'token:telecom',
  telecom: 'token:telecom',
}

const organisation: Table = {
  ...identified,
  active: 'token:active',
  address: 'string:address',
  'address-city': 'string:address.city',
  'address-postalcode': 'string:address.postalCode',
  name: 'string:name',
  type: 'token:type',
}

const ofSubject: Table = {
  ...identified,
  code: 'token:code',
  encounter: 'reference:encounter',
  patient: 'reference:subject=Patient',
  status: 'token:status',
  subject: 'reference:subject',
}

const ofPatient: Table = { ...identified, patient: 'reference:patient', status: 'token:status' }

const published: Table = {
  ...identified,
  date: 'date:date',
  name: 'string:name',
  status: 'token:status',
  title: 'string:title',
  url: 'uri:url',
  version: 'token:version',
}

/** Of types that are met often, what R4 defines (hl7.org/fhir/R4, each type's own page); not all of it. */
const byType: Readonly<Record<string, Table>> = {
  AllergyIntolerance: {
    ...ofPatient,
    'clinical-status': 'token:clinicalStatus',
    category: 'token:category',
    code: 'token:code',
    criticality: 'token:criticality',
    date: 'date:recordedDate',
  },
  Appointment: {
    ...identified,
    actor: 'reference:participant.actor',
    date: 'date:start',
    location: 'reference:participant.actor=Location',
    'part-status': 'token:participant.status',
    patient: 'reference:participant.actor=Patient',
    practitioner: 'reference:participant.actor=Practitioner',
    'service-type': 'token:serviceType',
    slot: 'reference:slot',
    specialty: 'token:specialty',
    status: 'token:status',
  },
  CarePlan: {
    ...ofSubject,
    category: 'token:category',
    date: 'date:period',
    intent: 'token:intent',
  },
  Claim: {
    ...ofPatient,
    created: 'date:created',
    insurer: 'reference:insurer',
    priority: 'token:priority',
    provider: 'reference:provider',
    use: 'token:use',
  },
  ClaimResponse: {
    ...ofPatient,
    created: 'date:created',
    insurer: 'reference:insurer',
    outcome: 'token:outcome',
    request: 'reference:request',
    requestor: 'reference:requestor',
    use: 'token:use',
  },
  Composition: {
    ...ofSubject,
    author: 'reference:author',
    date: 'date:date',
    title: 'string:title',
    type: 'token:type',
  },
  Condition: {
    ...ofSubject,
    category: 'token:category',
    'clinical-status': 'token:clinicalStatus',
    'onset-date': 'date:onset[x]',
    'recorded-date': 'date:recordedDate',
    severity: 'token:severity',
    'verification-status': 'token:verificationStatus',
  },
  Coverage: {
    ...identified,
    beneficiary: 'reference:beneficiary',
    patient: 'reference:beneficiary=Patient',
    payor: 'reference:payor',
    'policy-holder': 'reference:policyHolder',
    status: 'token:status',
    type: 'token:type',
  },
  DiagnosticReport: {
    ...ofSubject,
    category: 'token:category',
    date: 'date:effective[x]',
    issued: 'date:issued',
    result: 'reference:result',
  },
  DocumentReference: {
    ...ofSubject,
    category: 'token:category',
    date: 'date:date',
    type: 'token:type',
  },
  Encounter: {
    ...ofSubject,
    class: 'token:class',
    date: 'date:period',
    participant: 'reference:participant.individual',
    type: 'token:type',
  },
  Immunization: { ...ofPatient, date: 'date:occurrence[x]', 'vaccine-code': 'token:vaccineCode' },
  Invoice: { ...ofSubject, date: 'date:date', recipient: 'reference:recipient' },
  Location: organisation,
  Medication: { ...identified, code: 'token:code', status: 'token:status' },
  MedicationRequest: {
    ...ofSubject,
    authoredon: 'date:authoredOn',
    code: 'token:medicationCodeableConcept',
    intent: 'token:intent',
    medication: 'reference:medicationReference',
    requester: 'reference:requester',
  },
  MedicationStatement: {
    ...ofSubject,
    code: 'token:medicationCodeableConcept',
    effective: 'date:effective[x]',
    medication: 'reference:medicationReference',
  },
  Observation: {
    ...ofSubject,
    category: 'token:category',
    'combo-code': 'token:code|component.code',
    'component-code': 'token:component.code',
    date: 'date:effective[x]',
    device: 'reference:device',
    performer: 'reference:performer',
    'value-concept': 'token:valueCodeableConcept',
    'value-quantity': 'quantity:valueQuantity',
    'value-string': 'string:valueString',
  },
  Organization: { ...organisation, partof: 'reference:partOf' },
  Patient: {
    ...person,
    'death-date': 'date:deceasedDateTime',
    deceased: 'token:deceasedBoolean',
    'general-practitioner': 'reference:generalPractitioner',
    organization: 'reference:managingOrganization',
  },
  PaymentReconciliation: {
    ...identified,
    created: 'date:created',
    outcome: 'token:outcome',
    'payment-issuer': 'reference:paymentIssuer',
    request: 'reference:request',
    requestor: 'reference:requestor',
    status: 'token:status',
  },
  Practitioner: person,
  PractitionerRole: {
    ...identified,
    active: 'token:active',
    location: 'reference:location',
    organization: 'reference:organization',
    practitioner: 'reference:practitioner',
    role: 'token:code',
    specialty: 'token:specialty',
  },
  Procedure: {
    ...ofSubject,
    category: 'token:category',
    date: 'date:performed[x]',
    performer: 'reference:performer.actor',
  },
  QuestionnaireResponse: {
    ...ofSubject,
    author: 'reference:author',
    authored: 'date:authored',
    questionnaire: 'uri:questionnaire',
  },
  RelatedPerson: { ...person, patient: 'reference:patient' },
  Schedule: {
    ...identified,
    active: 'token:active',
    actor: 'reference:actor',
    date: 'date:planningHorizon',
    'service-category': 'token:serviceCategory',
    'service-type': 'token:serviceType',
    specialty: 'token:specialty',
  },
  ServiceRequest: {
    ...ofSubject,
    authored: 'date:authoredOn',
    category: 'token:category',
    intent: 'token:intent',
    requester: 'reference:requester',
  },
  Slot: {
    ...identified,
    schedule: 'reference:schedule',
    'service-category': 'token:serviceCategory',
    'service-type': 'token:serviceType',
    specialty: 'token:specialty',
    start: 'date:start',
    status: 'token:status',
  },
  Task: {
    ...identified,
    code: 'token:code',
    focus: 'reference:focus',
    owner: 'reference:owner',
    patient: 'reference:for=Patient',
    status: 'token:status',
    subject: 'reference:for',
  },
  ValueSet: published,
  CodeSystem: published,
  Questionnaire: published,
}

/** For types that are not in the table. */
const otherwise: Table = {
  ...identified,
  code: 'token:code',
  date: 'date:date',
  patient: 'reference:patient|subject=Patient',
  status: 'token:status',
  subject: 'reference:subject',
  type: 'token:type',
}

export function parameterOf(type: string, name: string): SearchParameter | undefined {
  const table = tableOf(type)
  const written = Object.hasOwn(table, name) ? table[name] : undefined
  if (written === undefined) return undefined
  const [kind = '', places = ''] = written.split(':')
  const [paths = '', target] = places.split('=')
  return {
    name,
    type: kind as ParameterType,
    paths: paths.split('|'),
    ...(target === undefined ? {} : { target }),
  }
}

export function parametersOf(type: string): SearchParameter[] {
  return Object.keys(tableOf(type)).flatMap((name) => parameterOf(type, name) ?? [])
}

function tableOf(type: string): Table {
  return { ...(byType[type] ?? otherwise), ...everywhere }
}

/** What a resource has at the parameter's paths, arrays laid out flat. */
export function valuesAt(resource: JsonObject, { paths }: Pick<SearchParameter, 'paths'>): unknown[] {
  return paths.flatMap((path) =>
    path
      .split('.')
      .reduce<unknown[]>((values, name) => values.flatMap((value) => member(value, name)), [resource]),
  )
}

function member(value: unknown, name: string): unknown[] {
  if (!isObject(value)) return []
  const choice = /^(\w+)\[x\]$/.exec(name)?.[1]
  const names =
    choice === undefined
      ? [name]
      : Object.keys(value).filter((key) => key.startsWith(choice) && /^[A-Z]/.test(key.slice(choice.length)))
  return names.flatMap((one) => value[one] ?? [])
}
