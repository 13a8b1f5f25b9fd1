import { fhirFindings } from '../../../../../src/documents/fhir/check'
import assert from 'node:assert/strict'
import type { HumanApiFhirResource } from '../../../../../src/documents/convert/humanapi-to-fhir/conversion'
import type { HumanApiFinding } from '../../../../../src/documents/convert/humanapi-to-fhir/findings'
import { humanApiToFhir } from '../../../../../src/documents/convert/humanapi-to-fhir/humanapi-to-fhir'

export type Json = Record<string, unknown>

/** Where a record comes from, as Human API gives it with each. */
export const common = {
  id: '550b8a8e834dd16f259683b2',
  humanId: '5dc2527186aaf9de560e5841f1a44bd6',
  createdAt: '2015-03-20T02:48:46.945Z',
  updatedAt: '2015-03-20T02:48:46.945Z',
}

/** The one resource that a record becomes, and what was found. */
export function one(resource: string, fields: Json): { made: Json; found: string[] } {
  const { resources, found } = several(resource, fields)
  assert.equal(resources.length, 1)
  return { made: resources[0] ?? {}, found }
}

export function several(resource: string, fields: Json): { resources: Json[]; found: string[] } {
  const { bundle, findings } = humanApiToFhir(resource, { ...common, ...fields })
  const resources = (bundle.entry ?? []).map((entry) => entry.resource as unknown as Json)
  for (const each of resources) isWellFormed(each as unknown as HumanApiFhirResource)
  return { resources, found: findings.map(shown) }
}

export function shown({ code, path }: HumanApiFinding): string {
  return path === '' ? code : `${code} ${path}`
}

const required: Record<HumanApiFhirResource['resourceType'], string[]> = {
  AllergyIntolerance: ['patient', 'clinicalStatus', 'code'],
  Condition: ['subject', 'code'],
  Encounter: ['status', 'class'],
  Immunization: ['status', 'vaccineCode', 'patient'],
  MedicationStatement: ['status', 'medicationCodeableConcept', 'subject'],
  Observation: ['status', 'code', 'subject'],
  Procedure: ['status', 'subject', 'code'],
}

const DATE_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/

/** What FHIR R4 demands of every resource that is made here. */
export function isWellFormed(resource: HumanApiFhirResource): void {
  assert.deepEqual(
    fhirFindings(resource).filter(({ severity }) => severity === 'error'),
    [],
  )
  for (const name of required[resource.resourceType])
    assert.ok(name in resource, `${resource.resourceType}.${name}`)
  walk(resource, '')
  if (resource.resourceType === 'Observation') {
    const { valueQuantity, valueString, component, hasMember, note, effectiveDateTime, effectivePeriod } =
      resource
    assert.ok(!(valueQuantity && valueString !== undefined) && !(effectiveDateTime && effectivePeriod))
    assert.ok(
      valueQuantity ?? valueString ?? component ?? hasMember ?? note ?? resource.dataAbsentReason,
      'it says nothing',
    )
  }
  if (resource.resourceType === 'Immunization') {
    assert.notEqual(resource.occurrenceDateTime === undefined, resource.occurrenceString === undefined)
  }
}

function walk(value: unknown, path: string): void {
  assert.notEqual(value, undefined, path)
  assert.notEqual(value, null, path)
  if (typeof value === 'string') {
    assert.notEqual(value, '', path)
    if (/(DateTime|Date|\.start|\.end)$/.test(path)) assert.match(value, DATE_TIME, path)
  } else if (Array.isArray(value)) {
    assert.ok(value.length > 0, path)
    for (const item of value) walk(item, path)
  } else if (typeof value === 'object') {
    assert.ok(Object.keys(value as Json).length > 0, path)
    for (const [name, inner] of Object.entries(value as Json)) walk(inner, `${path}.${name}`)
  }
}
