import { GatewayError } from '../../errors'
import { causeOf } from '../../http/status'
import { isObject } from '../json-answer'
import { typeNamedBy } from './address'
import type { FhirAnswer } from './answer'
import { type FhirFacts, subjectOf } from './operation-outcome'

/** Which resource was asked for. What is left out is not compared. */
export interface Asked {
  endpoint: string
  /** With the segments before it. */
  id?: string
  versionId?: string
  /** What the caller knows to be at the endpoint. */
  type?: string
  /** The type of what was sent. */
  sent?: string
}

/**
 * The answer, if it is not of another resource than the one that was asked for. HG_RESPONSE for one that is: a server or
 * a cache that mixes up answers gives another patient's record. What counts is what was asked for, wherever a redirect
 * has led; and of a change too: a server that keeps a resource under an id of its own choice has changed another one. An
 * answer without id or version is taken.
 */
export function sameResource<T extends FhirAnswer>(answer: T, asked: Asked, facts: FhirFacts): T {
  const { resource } = answer
  const before = asked.id?.split('/') ?? []
  const id = before.pop()
  const type = asked.sent ?? typeNamedBy([asked.endpoint, ...before].join('/'))
  // Where the address names no type, its last part is the id of nothing that FHIR knows: `metadata`, a set of codes.
  if (resource === undefined || type === undefined) return answer
  if (resource.resourceType !== type) {
    // At Healthcode the name of an endpoint is no promise: what is there may have other ids as well.
    const isCertain = facts.provider !== 'healthcode' || type === asked.type
    if (!isCertain || mayBe(String(resource.resourceType), type, facts)) return answer
    throw another('type', answer, facts)
  }
  if (differs(id, resource.id)) throw another('id', answer, facts)
  const { versionId } = isObject(resource.meta) ? resource.meta : {}
  if (differs(asked.versionId, versionId)) throw another('version', answer, facts)
  return answer
}

/** What a server may give in place of the type that was asked for. */
function mayBe(type: string, asked: string, { provider, operation }: FhirFacts): boolean {
  // The content of a Binary may be a resource of any type.
  if (asked === 'Binary' && operation === 'read') return true
  if (type === 'OperationOutcome') return operation !== 'read' || provider === 'healthcode'
  // A resource with those that belong to it, as Get Remittance gives it.
  return type === 'Bundle' && provider === 'healthcode'
}

/** Ids are compared as FHIR has them, by case too; a server may write one as a number. */
function differs(asked: string | undefined, given: unknown): boolean {
  if (asked === undefined || given === undefined || given === null || given === '') return false
  return typeof given === 'number' ? String(given) !== asked : given !== asked
}

/** Without the ids: both may say who the patient is. */
function another(what: string, { response }: FhirAnswer, facts: FhirFacts): GatewayError {
  const isRead = facts.operation === 'read'
  const sentences = [
    `${subjectOf(facts.provider)} answered for ${facts.what} with a resource of another ${what} than the one that was asked for, so it is not passed on: it may be somebody else's.`,
    isRead ? '' : 'What was sent may have been carried out, there or elsewhere: look before you repeat it.',
    'Check that no cache or proxy in between mixes up answers, and tell those who run the server.',
  ]
  return new GatewayError(
    'HG_RESPONSE',
    sentences.filter(Boolean).join(' '),
    causeOf(response, facts, isRead ? {} : { detail: { arrived: 'unknown' } }),
  )
}
