import { GatewayError } from '../../errors'
import { causeOf } from '../../http/status'
import type { HttpResponse } from '../../http/types'
import { isObject, type JsonObject } from '../json-answer'
import { typeNamedBy } from './address'
import { type FhirAnswer, locationIn, type ResourceLocation } from './answer'
import { FhirFacts, subjectOf } from './operation-outcome'
import { resourceTypes } from './r4-names'

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

/** The same, as an answer is compared with it. */
interface Sought {
  type?: string
  /** At Healthcode the name of an endpoint is no promise: what is there may have other ids as well. */
  isCertain: boolean
  id?: string
  versionId?: string
}

/** What of an answer says which resource it is of. */
interface Told {
  resource?: JsonObject
  location?: ResourceLocation
  etag?: unknown
}

type Difference = 'type' | 'id' | 'version'

/**
 * The answer, if it is not of another resource than the one that was asked for. HG_RESPONSE for one that is: a server or
 * a cache that mixes up answers gives another patient's record. What counts is what was asked for, wherever a redirect
 * has led; and of a change too: a server that keeps a resource under an id of its own choice has changed another one, be
 * it that only its Location says so. An answer without id or version is taken.
 */
export function sameResource<T extends FhirAnswer>(answer: T, asked: Asked, facts: FhirFacts): T {
  const { resource, location, response } = answer
  const what = differenceOf(
    { resource, location, etag: response.headers.etag },
    soughtBy(asked, facts),
    facts,
  )
  if (what === undefined) return answer
  throw another(what, response, facts)
}

/** HG_RESPONSE where the history of one resource has a version of another one, whose type may not be known. */
export function sameHistory(
  entries: readonly JsonObject[],
  response: HttpResponse,
  asked: Asked,
  facts: FhirFacts,
): void {
  const { type, isCertain, id } = soughtBy(asked, facts)
  for (const { resource } of entries) {
    if (!isObject(resource)) continue
    const own = isCertain ? type : String(resource.resourceType)
    const what = differenceOf({ resource }, { type: own, isCertain, id }, facts)
    if (what !== undefined) throw another(what, response, facts)
  }
}

/** What an entry of a Bundle is, by the method of its request. */
const interactions: Readonly<Partial<Record<string, string>>> = {
  ...{ GET: 'read', PUT: 'update', PATCH: 'patch', DELETE: 'delete' },
}

/**
 * The error of an entry of a batch or transaction whose answer is of another resource than the one that its request
 * names, `Patient/7`; undefined where it is not, or where the request names none.
 */
export function anotherInEntry(
  { request }: JsonObject,
  answered: JsonObject,
  response: HttpResponse,
  facts: FhirFacts,
): GatewayError | undefined {
  const { method, url } = isObject(request) ? request : {}
  const interaction = interactions[String(method)]
  const [address = ''] = String(url).split(/[?#]/)
  const named = locationIn(address)
  if (interaction === undefined || !named || !resourceTypes.has(named.type) || /^[$_]/.test(named.id)) {
    return undefined
  }
  const { status, location, etag } = isObject(answered.response) ? answered.response : {}
  const told: Told = { location: locationIn(String(location)), etag }
  const { resource } = answered
  // Why it failed, which older servers have here.
  const isWhy =
    isObject(resource) && resource.resourceType === 'OperationOutcome' && !/^\s*2/.test(String(status))
  if (isObject(resource) && !isWhy) told.resource = resource
  const own = new FhirFacts(facts.provider, interaction, '')
  const what = differenceOf(told, { ...named, isCertain: true }, own)
  return what === undefined ? undefined : another(what, response, facts.changing(own.changes))
}

/**
 * At Healthcode a type is certain where the caller knows it, where it was sent, and where a segment below a namespace
 * is one of R4's types, be it of the endpoint or of the id: the name of an endpoint may be any.
 */
function soughtBy({ endpoint, id, versionId, type: known, sent }: Asked, { provider }: FhirFacts): Sought {
  const before = id?.split('/') ?? []
  const own = before.pop()
  const place = [...endpoint.split('/'), ...before]
  const type = sent ?? typeNamedBy(place.join('/'))
  const isCertain =
    type !== undefined &&
    (provider !== 'healthcode' ||
      sent !== undefined ||
      type === known ||
      resourceTypes.has(place.at(-1) ?? ''))
  return { type, isCertain, id: own, versionId }
}

function differenceOf(
  { resource, location, etag }: Told,
  { type, isCertain, id, versionId }: Sought,
  facts: FhirFacts,
): Difference | undefined {
  // Where the address names no type, its last part is the id of nothing that FHIR knows: `metadata`, a set of codes.
  if (type === undefined) return undefined
  if (location && facts.changes) {
    const { type: told } = location
    if (told === type && differs(id, decoded(location.id))) return 'id'
    if (told !== type && isCertain && resourceTypes.has(told) && !mayBe(told, type, facts)) return 'type'
  }
  if (resource === undefined) return undefined
  if (resource.resourceType !== type) {
    return isCertain && !mayBe(String(resource.resourceType), type, facts) ? 'type' : undefined
  }
  if (differs(id, resource.id)) return 'id'
  const { versionId: version } = isObject(resource.meta) ? resource.meta : {}
  return differs(versionId, version ?? versionIn(etag, versionId)) ? 'version' : undefined
}

/** What a server may give in place of the type that was asked for. */
function mayBe(type: string, asked: string, { provider, operation }: FhirFacts): boolean {
  // The content of a Binary may be a resource of any type.
  if (asked === 'Binary' && operation === 'read') return true
  if (type === 'OperationOutcome') return operation !== 'read' || provider === 'healthcode'
  // A resource with those that belong to it, as Get Remittance gives it.
  return type === 'Bundle' && provider === 'healthcode' && operation !== 'history'
}

/** Ids are compared as FHIR has them, by case too; a server may write one as a number. */
function differs(asked: string | undefined, given: unknown): boolean {
  if (asked === undefined || given === undefined || given === null || given === '') return false
  return typeof given === 'number' ? String(given) !== asked : given !== asked
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** What stands in an ETag: of `W/"2"` the 2. Undefined for what is no ETag. */
export function tagIn(etag: string): string | undefined {
  return /^(?:W\/)?"([^"]*)"$/.exec(etag)?.[1]
}

/**
 * The version in an ETag, `W/"2"`. Servers that know no versions, and proxies, have tags of the content: one is taken
 * for a version where it is written as the one that was asked for, in figures or in as many characters.
 */
function versionIn(etag: unknown, asked: string | undefined): string | undefined {
  const tag = tagIn(String(etag))
  const isAlike = tag?.length === asked?.length || [tag, asked].every((one) => /^\d+$/.test(one ?? ''))
  return isAlike ? tag : undefined
}

/** Without the ids: both may say who the patient is. */
function another(what: Difference, response: HttpResponse, facts: FhirFacts): GatewayError {
  const { changes } = facts
  const sentences = [
    `${subjectOf(facts.provider)} answered for ${facts.what} with a resource of another ${what} than the one that was asked for, so it is not passed on: it may be somebody else's.`,
    changes ? 'What was sent may have been carried out, there or elsewhere: look before you repeat it.' : '',
    what === 'id' ? 'If the record was merged or moved, ask for it by its new id.' : '',
    'Check that no cache or proxy in between mixes up answers, and tell those who run the server.',
  ]
  return new GatewayError(
    'HG_RESPONSE',
    sentences.filter(Boolean).join(' '),
    causeOf(response, facts, changes ? { detail: { arrived: 'unknown' } } : {}),
  )
}
