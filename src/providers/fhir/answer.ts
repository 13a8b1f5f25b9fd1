import type { GatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import { isObject, type JsonObject, noJson, parsedJson, unreadable } from '../json-answer'
import { type FhirFacts, refusalOf, saysFailure } from './operation-outcome'
import { resourceTypes } from './r4-names'
import { xmlOutcome } from './xml-outcome'

/** Where a resource is, as Location or Content-Location of an answer says. */
export interface ResourceLocation {
  type: string
  id: string
  versionId?: string
}

export interface FhirAnswer {
  /** Absent where the answer has no body. */
  resource?: JsonObject
  /** Of what was created or changed, where the answer says it. */
  location?: ResourceLocation
  response: HttpResponse
}

/**
 * What an answer brought. Rejects with what an OperationOutcome says where the answer is no success, and with
 * HG_RESPONSE for what is no FHIR resource or of another version than R4.
 */
export function answerOf(response: HttpResponse, facts: FhirFacts): FhirAnswer {
  const { statusCode, body, headers } = response
  if (statusCode < 200 || statusCode > 299) throw refusalOf(response, facts)
  checkVersion(response, facts)
  const answer: FhirAnswer = { response }
  const place = headers.location ?? headers['content-location']
  const location = place === undefined ? undefined : locationIn(place)
  if (location) answer.location = location
  if (body.length === 0) return answer
  const resource = valueIn(response, facts)
  if (!isObject(resource) || typeof resource.resourceType !== 'string') {
    throw notFhir(response, facts, 'JSON that is no FHIR resource')
  }
  answer.resource = resource
  return answer
}

/** The same where a success with an OperationOutcome of errors is none, and a body is needed. */
export function resourceOf(response: HttpResponse, facts: FhirFacts): FhirAnswer & { resource: JsonObject } {
  const answer = successOf(response, facts)
  if (hasResource(answer)) return answer
  throw notFhir(response, facts, 'an empty body')
}

function hasResource(answer: FhirAnswer): answer is FhirAnswer & { resource: JsonObject } {
  return answer.resource !== undefined
}

/** The same where an answer may have no body. */
export function successOf(response: HttpResponse, facts: FhirFacts): FhirAnswer {
  const answer = answerOf(response, facts)
  if (saysFailure(answer.resource)) throw refusalOf(response, facts)
  return answer
}

export function bundleOf(response: HttpResponse, facts: FhirFacts): JsonObject {
  const { resource } = resourceOf(response, facts)
  if (resource.resourceType === 'Bundle') return resource
  const type = String(resource.resourceType)
  const shown = resourceTypes.has(type) ? `a resource of the type ${type}` : 'another resource'
  throw notFhir(response, facts, `${shown}, where a Bundle belongs`)
}

/** `[base]/Patient/7/_history/2`, absolute or relative. */
export function locationIn(address: string): ResourceLocation | undefined {
  const [, type, id, versionId] =
    /(?:^|\/)([A-Z][A-Za-z]{1,60})\/([^/?#]{1,200})(?:\/_history\/([^/?#]{1,200}))?\/?$/.exec(address) ?? []
  if (type === undefined || id === undefined) return undefined
  return { type, id, ...(versionId === undefined ? {} : { versionId }) }
}

/** R4 is 4.0; R4B, 4.3, differs in types that are rare. Source: hl7.org/fhir/R4/versioning.html */
export function isR4(fhirVersion: string): boolean {
  return /^4(?:\.|$)/.test(fhirVersion)
}

/** Source: hl7.org/fhir/R4/http.html#version-parameter */
function checkVersion(response: HttpResponse, facts: FhirFacts): void {
  const type = response.headers['content-type'] ?? ''
  const [, version] = /;\s*fhirversion\s*=\s*"?([\d.]{1,10})/i.exec(type) ?? []
  if (version === undefined || isR4(version)) return
  throw notFhir(response, facts, `FHIR ${version}, where FHIR R4 (4.0) belongs`)
}

/** What cannot be used of an answer with a status of success. What was to be changed may have been changed. */
export function notFhir(response: HttpResponse, facts: FhirFacts, answered: string): GatewayError {
  return unusable(unreadable(response, facts.inWords, answered), facts)
}

function unusable(error: GatewayError, { provider, changes }: FhirFacts): GatewayError {
  const detail = { ...(error.cause.detail as JsonObject), ...(changes ? { arrived: 'unknown' } : {}) }
  return error.with({ provider, detail })
}

function valueIn(response: HttpResponse, facts: FhirFacts): unknown {
  const value = parsedJson(response)
  if (value !== undefined) return value
  // What an operation answers may be an OperationOutcome of errors and no failure: $validate.
  const isRefusal = facts.operation !== 'operation' && saysFailure(xmlOutcome(response.body))
  throw isRefusal ? refusalOf(response, facts) : unusable(noJson(response, facts.inWords), facts)
}
