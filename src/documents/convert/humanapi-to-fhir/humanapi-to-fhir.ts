import { GatewayError } from '../../../errors'
import { stableUuid } from '../../fhir/stable-uuid'
import type { Bundle, Reference } from '../../fhir/types'
import { allergies } from './allergies'
import { conditions } from './conditions'
import {
  present,
  recordIdentifier,
  type Conversion,
  type Converter,
  type HumanApiFhirResource,
} from './conversion'
import { encounters } from './encounters'
import { Findings, type HumanApiFinding } from './findings'
import { immunizations } from './immunizations'
import { measurements } from './measurements'
import { medications } from './medications'
import { procedures } from './procedures'
import { isFields, plainText, Reading } from './reading'
import { testResults } from './test-results'
import { vitals } from './vitals'

export interface HumanApiFhirOptions {
  /** The patient's address on the FHIR server: `Patient/7`. Default: the patient is told by Human API's own id. */
  patient?: string
}

export interface HumanApiFhir {
  /** Of type `collection`; without `entry` where there is nothing to tell. */
  bundle: Bundle<HumanApiFhirResource>
  findings: HumanApiFinding[]
}

const converters: Readonly<Record<string, Converter>> = {
  ...measurements,
  'medical/vitals': vitals,
  'medical/test_results': testResults,
  'medical/allergies': allergies,
  'medical/issues': conditions,
  'medical/medications': medications,
  'medical/immunizations': immunizations,
  'medical/procedures': procedures,
  'medical/encounters': encounters,
}

/** The resources of the Data API that have a form in FHIR here, by name. */
export const humanApiFhirResources: readonly string[] = Object.keys(converters)

/**
 * FHIR R4 of what was read from Human API's Data API: vital signs and other values as Observations (LOINC, UCUM), and the
 * medical record as AllergyIntolerance, Condition, MedicationStatement, Immunization, Procedure, Encounter and
 * Observation. Nothing is made up: what a record does not say is not told, and a status that FHIR demands and the record
 * lacks is reported; so is every field that has no place in the resource. No clock is asked: what was still to come is
 * told from what was over by the time at which the record was written (`updatedAt`, or else `createdAt`). `fullUrl` is
 * made of the record's id: the same record has the same one, and one that comes twice in a list is told once.
 * @param resource its name: `heart_rate/readings`, `medical/vitals`
 * @param data one record, or a list of them, as read
 * @throws GatewayError HG_INPUT for a resource without a form in FHIR and for data that are no records
 */
export function humanApiToFhir(
  resource: string,
  data: unknown,
  options: HumanApiFhirOptions = {},
): HumanApiFhir {
  const convert = Object.hasOwn(converters, resource) ? converters[resource] : undefined
  if (!convert) {
    throw new GatewayError(
      'HG_INPUT',
      'This resource of Human API has no form in FHIR here. Read it as it is, or choose one of the vital signs or of the medical record.',
    )
  }
  const records: unknown[] = Array.isArray(data) ? data : [data]
  const findings = new Findings()
  const told = new Set<string>()
  const entry = records.flatMap((record, index) => {
    if (!isFields(record)) {
      throw new GatewayError('HG_INPUT', `Record ${index} is no object as Human API gives it.`)
    }
    findings.at(index)
    const conversion = conversionOf(record, resource, index, options, findings)
    const url = conversion.fullUrl()
    if (told.has(url)) {
      findings.add('warning', 'repeated', 'id', 'is that of a record before it; only the first was told')
      return []
    }
    told.add(url)
    const made = convert(conversion)
    conversion.of.end()
    if (made.length === 0) findings.add('warning', 'not-converted', '', 'gave no resource')
    return made.map((one) => ({ fullUrl: conversion.fullUrl(one.part), resource: one.resource }))
  })
  const bundle: HumanApiFhir['bundle'] = {
    resourceType: 'Bundle',
    type: 'collection',
    ...(entry.length > 0 ? { entry } : {}),
  }
  return { bundle, findings: findings.list() }
}

function conversionOf(
  record: Readonly<Record<string, unknown>>,
  resource: string,
  index: number,
  options: HumanApiFhirOptions,
  findings: Findings,
): Conversion {
  const id = plainText(record.id)
  // The latest value, the readings and those of a day are the same records.
  const name = resource.replace(/(?:\/readings)?(?:\/daily)?$/, '')
  return {
    of: new Reading(record, findings),
    subject: subjectOf(record, options, findings),
    identifier: (part) => (id === undefined ? {} : { identifier: [recordIdentifier(name, id, part)] }),
    fullUrl: (part = '') => {
      // Without an id it is the content that tells it from others, and its place where two are alike.
      const known = id === undefined ? [record, index] : [id]
      return `urn:uuid:${stableUuid('humanapi', name, ...known, part)}`
    },
  }
}

function subjectOf(
  record: Readonly<Record<string, unknown>>,
  options: HumanApiFhirOptions,
  findings: Findings,
): Reference {
  const humanId = plainText(record.humanId)
  const display = isFields(record.patient) ? plainText(record.patient.name) : undefined
  if (options.patient === undefined && humanId === undefined) {
    findings.add(
      'warning',
      'patient-unknown',
      'humanId',
      'is missing, and no patient was given: whom the resource is about is not told',
    )
  }
  return present({
    reference: options.patient,
    type: 'Patient',
    identifier:
      options.patient === undefined && humanId !== undefined
        ? { system: 'https://api.humanapi.co/v1/human', value: humanId }
        : undefined,
    display,
  })
}
