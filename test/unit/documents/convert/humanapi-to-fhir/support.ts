import { fhirFindings } from '../../../../../src/documents/fhir/check'
import assert from 'node:assert/strict'
import type { HumanApiFhirResource } from '../../../../../src/documents/convert/humanapi-to-fhir/conversion'
import type { HumanApiFinding } from '../../../../../src/documents/convert/humanapi-to-fhir/findings'
import {
  humanApiToFhir,
  type HumanApiFhir,
} from '../../../../../src/documents/convert/humanapi-to-fhir/humanapi-to-fhir'
import type { CodeableConcept } from '../../../../../src/documents/fhir/types'

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
  isWellFormed(bundle)
  const resources = (bundle.entry ?? []).map((entry) => entry.resource as unknown as Json)
  return { resources, found: findings.map(shown) }
}

export function shown({ code, path }: HumanApiFinding): string {
  return path === '' ? code : `${code} ${path}`
}

export function codesOf({ code }: Json): string[] {
  return ((code as CodeableConcept).coding ?? []).map((coding) => coding.code ?? '')
}

const required: Record<HumanApiFhirResource['resourceType'], string[]> = {
  AllergyIntolerance: ['patient', 'code'],
  Condition: ['subject', 'code'],
  Encounter: ['status', 'class'],
  Immunization: ['status', 'vaccineCode', 'patient'],
  MedicationStatement: ['status', 'medicationCodeableConcept', 'subject'],
  Observation: ['status', 'code', 'subject'],
  Procedure: ['status', 'subject', 'code'],
}

/** R4's own expression of a dateTime. Source: hl7.org/fhir/R4/datatypes.html#dateTime. */
export const DATE_TIME =
  /^([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?$/

/** The units that the profiles of R4's vital signs allow. Source: hl7.org/fhir/R4/observation-vitalsigns.html. */
export const profileUnits: Readonly<Record<string, string[]>> = {
  '9279-1': ['/min'],
  '8867-4': ['/min'],
  '2708-6': ['%'],
  '8310-5': ['Cel', '[degF]'],
  '8302-2': ['cm', '[in_i]'],
  '9843-4': ['cm', '[in_i]'],
  '29463-7': ['g', 'kg', '[lb_av]'],
  '39156-5': ['kg/m2'],
  '8480-6': ['mm[Hg]'],
  '8462-4': ['mm[Hg]'],
}

/** What FHIR R4 demands of a bundle such as is made here, and of every resource in it. */
export function isWellFormed({ entry = [] }: HumanApiFhir['bundle']): void {
  const urls = entry.map(({ fullUrl }) => fullUrl)
  assert.equal(new Set(urls).size, urls.length, 'bdl-7')
  for (const { resource } of entry) {
    assert.ok(resource, 'bdl-5')
    assert.deepEqual(
      fhirFindings(resource).filter(({ severity }) => severity === 'error'),
      [],
    )
    for (const name of required[resource.resourceType])
      assert.ok(name in resource, `${resource.resourceType}.${name}`)
    walk(resource, '')
    holdsInvariants(resource)
  }
}

function holdsInvariants(resource: HumanApiFhirResource): void {
  const first = (concept: CodeableConcept | undefined) => concept?.coding?.[0]?.code
  if (resource.resourceType === 'Observation') {
    const { valueQuantity, valueString, component, hasMember, note, effectiveDateTime, effectivePeriod } =
      resource
    assert.ok(!(valueQuantity && valueString !== undefined) && !(effectiveDateTime && effectivePeriod))
    assert.ok(!resource.dataAbsentReason || !(valueQuantity ?? valueString), 'obs-6')
    assert.ok(
      valueQuantity ?? valueString ?? component ?? hasMember ?? note ?? resource.dataAbsentReason,
      'it says nothing',
    )
    for (const each of [resource, ...(component ?? [])]) {
      for (const { system, code } of each.code.coding ?? []) {
        const units = system === 'http://loinc.org' ? profileUnits[code ?? ''] : undefined
        if (!units || each.dataAbsentReason) continue
        assert.ok(units.includes(each.valueQuantity?.code ?? ''), `${code} in ${each.valueQuantity?.code}`)
      }
    }
    for (const { low, high, text } of resource.referenceRange ?? []) assert.ok(low ?? high ?? text, 'obs-3')
  }
  if (resource.resourceType === 'Immunization') {
    assert.notEqual(resource.occurrenceDateTime === undefined, resource.occurrenceString === undefined)
  }
  if (resource.resourceType === 'Condition') {
    const [clinical, verification] = [first(resource.clinicalStatus), first(resource.verificationStatus)]
    const isError = verification === 'entered-in-error'
    assert.ok(clinical !== undefined || isError || !resource.category, 'con-3')
    const isOver = ['inactive', 'remission', 'resolved'].includes(clinical ?? '')
    assert.ok(resource.abatementDateTime === undefined || isOver, 'con-4')
    assert.ok(!isError || clinical === undefined, 'con-5')
  }
  if (resource.resourceType === 'AllergyIntolerance') {
    const isError = first(resource.verificationStatus) === 'entered-in-error'
    assert.notEqual(isError, first(resource.clinicalStatus) !== undefined, 'ait-1, ait-2')
  }
}

function walk(value: unknown, path: string): void {
  assert.notEqual(value, undefined, path)
  assert.notEqual(value, null, path)
  if (typeof value === 'string') {
    // R4: no control characters but tab, line feed and carriage return.
    assert.match(value, /^[\P{Cc}\t\r\n]*$/u, path)
    assert.notEqual(value.trim(), '', path)
    if (/(DateTime|Date|\.start|\.end)$/.test(path)) assert.match(value, DATE_TIME, path)
  } else if (Array.isArray(value)) {
    assert.ok(value.length > 0, path)
    for (const item of value) walk(item, path)
  } else if (typeof value === 'object') {
    assert.ok(Object.keys(value as Json).length > 0, path)
    const { start, end } = value as Json
    if (typeof start === 'string' && typeof end === 'string') {
      const length = Math.min(start.length, end.length) > 10 ? undefined : 10
      const [from, to] = [start, end].map((text) => Date.parse(text.slice(0, length)))
      assert.ok((from ?? NaN) <= (to ?? NaN), `${path}: per-1`)
    }
    for (const [name, inner] of Object.entries(value as Json)) walk(inner, `${path}.${name}`)
  }
}
