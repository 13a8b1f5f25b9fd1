import { GatewayError, toGatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import { isObject, type JsonObject } from '../json-answer'
import { segmentsOf, typeNamedBy } from './address'
import { answerOf, type FhirAnswer, resourceOf, successOf } from './answer'
import { type BundleAnswer, bundleTypeOf, sendBundle } from './bundle'
import { sameHistory, sameResource, tagIn } from './identity'
import { FhirFacts } from './operation-outcome'
import { type FhirPage, pagesOf } from './paging'
import {
  criteriaOf,
  encoded,
  type FhirQuery,
  type Pairs,
  pairsOf,
  type SeveralValues,
  withinNinetyDays,
} from './query'
import type { FhirRequest, FhirService } from './service'

export type { FhirAnswer, ResourceLocation } from './answer'
export type { BundleAnswer, EntryOutcome } from './bundle'
export type { Issue } from './operation-outcome'
export type { FhirPage } from './paging'
export type { FhirQuery } from './query'

/** What an interaction is about. */
export interface Target {
  /** As in FhirRequest; further segments may follow after a slash: `Patient/1/Observation`. */
  endpoint: string
  /** Of the resources there, if it is known: at Healthcode the name of an endpoint alone does not say it for certain. */
  type?: string
  siteId?: string
  apiVersion?: string
  signal?: AbortSignal
}

const FHIR_JSON = 'application/fhir+json'
const JSON_PATCH = 'application/json-patch+json'
const FORM = 'application/x-www-form-urlencoded'
const accepting = { accept: FHIR_JSON } as const
const sending = { accept: FHIR_JSON, 'content-type': FHIR_JSON } as const

type Parts = Omit<FhirRequest, 'operation' | 'endpoint' | 'siteId' | 'apiVersion' | 'signal'>

/**
 * FHIR R4's RESTful API, one method an interaction. Source: hl7.org/fhir/R4/http.html
 *
 * All reject as the service does; with what the answer's OperationOutcome says, in `cause.detail.issues`; with
 * HG_RESPONSE for an answer that is no FHIR R4, or of another resource than the one that was asked for; with HG_INPUT for
 * what cannot be sent.
 *
 * Compared with what was asked for are type, id and version of what a read, an update, a patch or a delete by id is
 * answered with, of a change its Location too; the type of what a create or a change by criteria is answered with; each
 * entry of the history of one resource; and each entry of a batch or transaction whose request names a resource,
 * `Patient/7`. Not compared are what lists of several resources and operations give, what has no id, an OperationOutcome
 * for a change, the content of a Binary, an address that names no type, and at Healthcode a Bundle (Get Remittance gives
 * one for an id, and no page says what its entries are called) and a type that only the name of an endpoint suggests.
 */
export class FhirClient {
  constructor(readonly service: FhirService) {}

  /**
   * @param ifNoneExist criteria: nothing is created where a resource fits them. Such a create may be tried again.
   */
  async create(
    target: Target & {
      resource: JsonObject
      ifNoneExist?: FhirQuery
      prefer?: 'minimal' | 'representation' | 'OperationOutcome'
    },
  ): Promise<FhirAnswer> {
    const { resource, ifNoneExist, prefer } = target
    const type = typeOf(resource)
    checkType(type, target.endpoint, this.service)
    const pairs = ifNoneExist === undefined ? [] : this.criteria(target.endpoint, ifNoneExist)
    const headers: Record<string, string> = { ...sending }
    if (ifNoneExist !== undefined) headers['if-none-exist'] = encoded(pairs)
    if (prefer !== undefined) headers.prefer = `return=${prefer}`
    const facts = this.facts('create', target, resource, valuesOf(pairs))
    const response = await this.send(facts, target, {
      method: 'POST',
      path: target.endpoint === '' ? [type] : [],
      headers,
      body: jsonOf(resource),
      idempotent: ifNoneExist !== undefined,
    })
    // An endpoint without a type of its own may be an operation, which answers with what it likes.
    const asked = target.endpoint === '' ? { ...target, endpoint: type } : target
    return sameResource(successOf(response, facts), asked, facts)
  }

  /** @param id may have segments: `ICD10/2024` of a code set, `Patient/7` at the base */
  async read(
    target: Target & { id: string; versionId?: string; query?: FhirQuery },
  ): Promise<FhirAnswer & { resource: JsonObject }> {
    const { id, query } = target
    const versionId =
      target.versionId === undefined ? undefined : (tagIn(target.versionId) ?? target.versionId)
    const pairs = this.pairs(target.endpoint, query)
    const path = this.pathOf(target.endpoint, id)
    if (versionId !== undefined) path.push('_history', ...segmentsOf(versionId, 'version'))
    const facts = this.facts('read', target, valuesOf(pairs))
    const response = await this.send(facts, target, {
      method: 'GET',
      path,
      query: pairs,
      headers: accepting,
    })
    const asked = versionId === undefined ? target : { ...target, versionId }
    return sameResource(resourceOf(response, facts), asked, facts)
  }

  /**
   * By id, of the resource if none is given; or with criteria, which makes a resource where none fits them. By id it may
   * be tried again, as HTTP has it; by criteria not.
   * @param ifMatch an ETag or a `meta.versionId`
   */
  async update(
    target: Target & { resource: JsonObject; id?: string; ifMatch?: string; query?: FhirQuery },
  ): Promise<FhirAnswer> {
    const { resource, query } = target
    const type = typeOf(resource)
    const which = query === undefined ? (target.id ?? idOf(resource)) : target.id
    const place = target.endpoint === '' ? (which?.split('/').slice(0, -1).join('/') ?? '') : target.endpoint
    checkType(type, place, this.service)
    const known = this.which('update', { ...target, id: which })
    const named = which === undefined ? resource : withId(resource, which)
    const path = target.endpoint === '' && !which?.includes('/') ? [type, ...known.path] : known.path
    const facts = this.facts('update', target, resource, valuesOf(known.query))
    const response = await this.send(facts, target, {
      method: 'PUT',
      ...{ ...known, path },
      headers: { ...sending, ...matching(target.ifMatch) },
      body: jsonOf(named),
    })
    return sameResource(successOf(response, facts), { ...target, id: which, sent: type }, facts)
  }

  /** @param patch a JSON Patch (RFC 6902), or a Parameters resource with a FHIRPath Patch */
  async patch(
    target: Target & { patch: unknown; id?: string; ifMatch?: string; query?: FhirQuery },
  ): Promise<FhirAnswer> {
    const { patch } = target
    const isParameters = isObject(patch) && patch.resourceType === 'Parameters'
    if (!isParameters && !(Array.isArray(patch) && patch.every(isObject))) {
      throw unusable('The patch is neither a list of JSON Patch operations nor a Parameters resource.')
    }
    const known = this.which('patch', target)
    const facts = this.facts('patch', target, patch, valuesOf(known.query))
    const response = await this.send(facts, target, {
      method: 'PATCH',
      ...known,
      headers: {
        accept: FHIR_JSON,
        'content-type': isParameters ? FHIR_JSON : JSON_PATCH,
        ...matching(target.ifMatch),
      },
      body: jsonOf(patch),
    })
    return sameResource(successOf(response, facts), target, facts)
  }

  /** By id it may be tried again, as HTTP has it; by criteria not. */
  async delete(target: Target & { id?: string; query?: FhirQuery; ifMatch?: string }): Promise<FhirAnswer> {
    const known = this.which('delete', target)
    const facts = this.facts('delete', target, valuesOf(known.query))
    const response = await this.send(facts, target, {
      method: 'DELETE',
      ...known,
      headers: { ...accepting, ...matching(target.ifMatch) },
    })
    return sameResource(successOf(response, facts), target, facts)
  }

  /**
   * The pages of a search or of a history (of a resource, a type or all). One page is held at a time. What ends or breaks
   * a list: see `pagesOf`.
   * @param count entries of a page; the server may give fewer
   * @param mostPages default 10,000
   */
  async *pages(
    target: Target & {
      what: 'search' | 'searchPost' | 'history'
      id?: string
      query?: FhirQuery
      count?: number
      all: boolean
      mostPages?: number
    },
  ): AsyncGenerator<FhirPage, void, undefined> {
    const { what, id, all, mostPages } = target
    const pairs = this.listPairs(target)
    const facts = this.facts(what, target, valuesOf(pairs))
    const path = id === undefined ? [] : this.pathOf(target.endpoint, id)
    if (what === 'history') path.push('_history')
    const isForm = what === 'searchPost'
    if (isForm && !this.isHealthcodeApi(target.endpoint)) path.push('_search')
    const pages = pagesOf({
      ...{ facts, pairs, all, mostPages },
      byNumber: this.isHealthcode,
      isAnotherName: (url) => this.service.isAnotherName(url),
      send: (request) => this.sent(request, facts),
      request: {
        ...placeOf(target),
        operation: what,
        path,
        ...(isForm
          ? {
              method: 'POST',
              headers: { accept: FHIR_JSON, 'content-type': FORM },
              body: encoded(pairs),
              // It changes nothing.
              idempotent: true,
            }
          : { method: 'GET', headers: accepting, query: pairs }),
      },
    })
    yield* what === 'history' && id !== undefined ? ofOneResource(pages, target, facts) : pages
  }

  /**
   * The pages of what an operation has answered, the answer itself first: whether it is a list is known only by then.
   * `$everything` gives one.
   * @param answer with a Bundle
   */
  async *pagesOfAnswer(
    target: Target & { query?: FhirQuery; all: boolean; mostPages?: number },
    { response }: FhirAnswer,
  ): AsyncGenerator<FhirPage, void, undefined> {
    const { endpoint, query, all, mostPages } = target
    const facts = this.facts('operation', target, valuesOf(this.pairs(endpoint, query))).changing(false)
    let first: HttpResponse | undefined = response
    yield* pagesOf({
      ...{ facts, pairs: [], all, mostPages },
      byNumber: false,
      isAnotherName: (url) => this.service.isAnotherName(url),
      send: async (request) => {
        const given = first
        first = undefined
        return given ?? (await this.sent(request, facts))
      },
      request: { ...placeOf(target), operation: 'operation', path: [], method: 'GET', headers: accepting },
    })
  }

  /** A batch or a transaction, and what became of each entry: see `sendBundle`. */
  async bundle(
    target: Target & { bundle: JsonObject; most?: number; splitTransaction?: boolean },
  ): Promise<BundleAnswer> {
    const { bundle, most, splitTransaction } = target
    const facts = this.facts(bundleTypeOf(bundle), target, bundle)
    return sendBundle({
      ...{ bundle, most, splitTransaction, facts },
      send: (part, idempotent) =>
        this.send(facts, target, {
          method: 'POST',
          headers: sending,
          body: jsonOf(part),
          idempotent,
        }),
    })
  }

  /**
   * With parameters a POST, else a GET: an operation that changes something takes only the first, so give it
   * `{resourceType: 'Parameters'}` where it has none.
   * @param name with or without `$`
   * @param parameters a Parameters resource, or the one resource that the operation takes
   */
  async operation(
    target: Target & { name: string; id?: string; parameters?: JsonObject; query?: FhirQuery },
  ): Promise<FhirAnswer> {
    const { name, id, parameters, query } = target
    const path = [...(id === undefined ? [] : this.pathOf(target.endpoint, id)), operationName(name)]
    const pairs = this.pairs(target.endpoint, query)
    if (parameters !== undefined) typeOf(parameters)
    const facts = this.facts('operation', target, parameters, valuesOf(pairs)).changing(
      parameters !== undefined,
    )
    const response = await this.send(facts, target, {
      ...{ path, query: pairs },
      ...(parameters === undefined
        ? { method: 'GET', headers: accepting }
        : { method: 'POST', headers: sending, body: jsonOf(parameters) }),
    })
    return answerOf(response, facts)
  }

  private send(facts: FhirFacts, target: Target, parts: Parts): Promise<HttpResponse> {
    const { endpoint, siteId, apiVersion, signal } = target
    const { method, path, query, headers, body, idempotent } = parts
    const { operation } = facts
    return this.sent(
      { operation, endpoint, siteId, apiVersion, signal, method, path, query, headers, body, idempotent },
      facts,
    )
  }

  private async sent(request: FhirRequest, { provider, operation }: FhirFacts): Promise<HttpResponse> {
    try {
      return await this.service.send(request)
    } catch (thrown) {
      throw toGatewayError(thrown).with({ provider, operation })
    }
  }

  /** Of `sent`, of the address, and of the query's values nothing may be told; names of parameters may. */
  private facts(
    operation: string,
    { endpoint, id, versionId }: Target & { id?: string; versionId?: string },
    ...sent: unknown[]
  ): FhirFacts {
    return new FhirFacts(this.service.provider, operation, endpoint, [id, versionId, ...sent])
  }

  /** By id, or by criteria. HG_INPUT for neither, which would be about all resources of the type. */
  private which(
    operation: string,
    { endpoint, id, query }: { endpoint: string; id?: string; query?: FhirQuery },
  ): { path: string[]; query: Pairs; idempotent?: boolean } {
    if (id !== undefined && query !== undefined) {
      throw unusable(`The ${operation} has an id and criteria. Give one of them.`)
    }
    if (endpoint === '' && operation !== 'update' && !id?.includes('/')) {
      throw unusable(
        `The ${operation} has no endpoint, so it would be about the whole server. Choose the type of the resource.`,
      )
    }
    if (id !== undefined) return { path: this.pathOf(endpoint, id), query: [] }
    // When the answer is lost, the second one may find, or make, another resource than the first.
    if (query !== undefined) return { path: [], query: this.criteria(endpoint, query), idempotent: false }
    throw unusable(
      `The ${operation} has neither an id nor criteria, so it is not known which resource is meant.`,
    )
  }

  /** HG_INPUT for an id that is a reference where the endpoint has the type already. */
  private pathOf(endpoint: string, id: string): string[] {
    const path = pathOf(id)
    if (this.isHealthcode || path.length === 1 || typeNamedBy(endpoint) === undefined) return path
    throw unusable('The id has a slash in it, as a reference has. Give the id alone: 7 and not Patient/7.')
  }

  private pairs(endpoint: string, query: FhirQuery | undefined): Pairs {
    const pairs = pairsOf(query, this.several(endpoint))
    return this.isHealthcode ? withinNinetyDays(pairs) : pairs
  }

  private criteria(endpoint: string, query: FhirQuery): Pairs {
    return criteriaOf(query, this.several(endpoint))
  }

  private several(endpoint: string): SeveralValues {
    return this.isHealthcodeApi(endpoint) ? 'comma' : 'repeat'
  }

  private listPairs({
    endpoint,
    what,
    query,
    count,
  }: Target & { what: string; query?: FhirQuery; count?: number }) {
    const pairs = this.pairs(endpoint, query)
    if (count === undefined) return pairs
    if (!Number.isInteger(count) || count < 1)
      throw unusable('The number of entries of a page has to be 1 or more.')
    const name = what !== 'history' && this.isHealthcodeApi(endpoint) ? 'count' : '_count'
    if (pairs.some(([given]) => given === name)) return pairs
    return [...pairs, [name, String(count)] as const]
  }

  private get isHealthcode(): boolean {
    return this.service.provider === 'healthcode'
  }

  /** One of Healthcode's own; below a namespace there may be FHIR's API. */
  private isHealthcodeApi(endpoint: string): boolean {
    return this.isHealthcode && !/^[^/]*_namespace(?:\/|$)/.test(endpoint)
  }
}

async function* ofOneResource(
  pages: AsyncIterable<FhirPage>,
  asked: Target & { id?: string },
  facts: FhirFacts,
): AsyncGenerator<FhirPage, void, undefined> {
  for await (const page of pages) {
    sameHistory(page.entries, page.response, asked, facts)
    yield page
  }
}

/** HG_INPUT for what JSON cannot say. */
function jsonOf(value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined
    if (text !== undefined) return text
  } catch {
    // Its message has names of properties.
  }
  throw new GatewayError(
    'HG_INPUT',
    'What is to be sent cannot be written as JSON: it has a BigInt, or an object that holds itself.',
    { detail: { arrived: 'no' } },
  )
}

function valuesOf(pairs: Pairs): string[] {
  return pairs.map(([, value]) => value)
}

function placeOf({ endpoint, siteId, apiVersion, signal }: Target): Target {
  return { endpoint, siteId, apiVersion, signal }
}

/** HG_INPUT for an id that would choose another interaction: no id begins as those do. */
function pathOf(id: string): string[] {
  const segments = segmentsOf(id, 'id')
  if (segments.every((one) => !/^[$_]/.test(one))) return segments
  throw unusable(
    'The id is none: no part of an id begins with $ or _. Choose the operation for that instead.',
  )
}

function operationName(name: string | undefined): string {
  const bare = name?.replace(/^\$/, '') ?? ''
  if (/^[\w.-]{1,80}$/.test(bare)) return `$${bare}`
  throw unusable('The name of the operation is missing, or is none. Give one as $validate.')
}

/** HG_INPUT for what is no resource. */
function typeOf(resource: unknown): string {
  const { resourceType } = isObject(resource) ? resource : {}
  if (typeof resourceType === 'string' && /^[A-Z][A-Za-z]{1,60}$/.test(resourceType)) return resourceType
  throw unusable('What is to be sent is no FHIR resource: it has no resourceType.')
}

/** At Healthcode the name of an endpoint does not tell its type. */
function checkType(type: string, endpoint: string, { provider }: FhirService): void {
  const last = endpoint.split('/').at(-1) ?? ''
  if (provider === 'healthcode' || last === type || !/^[A-Z][A-Za-z]+$/.test(last)) return
  throw unusable(`A resource of the type ${type} cannot be sent to ${last}. Choose the endpoint ${type}.`)
}

function idOf({ id }: JsonObject): string | undefined {
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** A server refuses an update whose resource has not the id of the address. */
function withId(resource: JsonObject, id: string): JsonObject {
  const last = id.slice(id.lastIndexOf('/') + 1)
  const own = idOf(resource)
  if (own === undefined) return { ...resource, id: last }
  if (own === last) return resource
  throw unusable('The id of the resource is not the id that is to be updated. Give the same, or one of them.')
}

/** A version as it is in `meta.versionId` becomes an ETag. */
function matching(ifMatch: string | undefined): { 'if-match'?: string } {
  if (ifMatch === undefined || ifMatch === '') return {}
  const tag = tagIn(ifMatch) !== undefined || ifMatch === '*' ? ifMatch : `W/"${ifMatch}"`
  if (/^[\x20-\x7e]{1,200}$/.test(tag)) return { 'if-match': tag }
  throw unusable('The version for If-Match is none. Give the meta.versionId of the resource, or an ETag.')
}

function unusable(sentence: string): GatewayError {
  return new GatewayError('HG_INPUT', sentence)
}
