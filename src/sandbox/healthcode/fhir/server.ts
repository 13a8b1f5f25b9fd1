import type { Call, Reply } from '../../call'
import { processBundle } from './bundles'
import { capabilities } from './capabilities'
import { typedResource } from './checks'
import { etagOf, interact, type Place, type Told, validated } from './interactions'
import { collection, type Entry, type Listing, Listings } from './lists'
import { rangeOf, referenceIn, relative } from './matching'
import { fhirReply, FhirRefusal, issue, outcome, refuse } from './outcome'
import { parametersOf, valuesAt } from './parameters'
import { isResourceType, keptTypes, type Resource } from './resource'
import { COUNTS, found, included, type Query, readSearch } from './search'
import { isLive, type LiveVersion, type Version } from './store'

/** A FHIR server as one caller sees it. */
export interface Front extends Place {
  /** One type, with what Healthcode's CRUD has and no more. */
  isCrud?: true
}

/** Entries of a batch or transaction are many; a resource with a document in it is large. */
const MOST_BYTES = 16 * 1024 * 1024

/** What looks through a body calls itself for each level. */
const MOST_LEVELS = 100

const FHIR_TYPES = ['application/fhir+json']
const PATCH_TYPES = ['application/json-patch+json']

/** FHIR R4's RESTful API over the resources of a front. Source: hl7.org/fhir/R4/http.html */
export class FhirServer {
  readonly #listings: Listings
  /** Entries that a Bundle has at most. */
  mostEntries = 1000

  constructor(now: () => number) {
    this.#listings = new Listings(now)
  }

  /** @param path below the front's base */
  async respond(call: Call, path: readonly string[], front: Front): Promise<Reply> {
    checkAccept(call)
    const method = call.method === 'HEAD' ? 'GET' : call.method
    const query: Query = call.query().map(({ name, value }) => [name, value.toString()])
    if (front.isCrud) checkCrud(method, path)
    if (method === 'POST' && path.at(-1) === '_search') {
      const form = await call.form(MOST_BYTES, true)
      const criteria = form.map(({ name, value }) => [name, value.toString()] as const)
      return fhirReply(200, this.#search(call, path.slice(0, -1), [...query, ...criteria], front))
    }
    if (method === 'GET') return this.#get(call, path, query, front)
    const body = method === 'DELETE' ? undefined : await readBody(call, method, path)
    if (path.at(-1)?.startsWith('$')) return fhirReply(200, this.#operation(call, path, query, body, front))
    if (path.length === 0) return this.#bundle(call, body, front)
    checkMethod(method, path)
    return reply(interact({ method, path, query, body, conditions: conditionsOf(call) }, front), call, front)
  }

  #get(call: Call, path: readonly string[], query: Query, front: Front): Reply {
    const isOne = path.length === 2 && !/^[_$]/.test(path[1] ?? '')
    const isVersion = path.length === 4 && path[2] === '_history'
    if (isOne || isVersion) {
      const asked = { method: 'GET', path, query, body: undefined, conditions: conditionsOf(call) }
      return reply(interact(asked, front), call, front)
    }
    return fhirReply(200, this.#readMore(call, path, query, front))
  }

  /** What is read with GET and is no single resource. */
  #readMore(call: Call, path: readonly string[], query: Query, front: Front): Resource {
    const [page] = query
    if (path.length === 0 && page?.[0] === '_getpages') {
      const offset = query.find(([name]) => name === '_getpagesoffset')?.[1] ?? ''
      return this.#listings.nextPage(page[1], offset, front.base, front.store, call.isTo)
    }
    if (path.length === 1 && path[0] === 'metadata') return capabilities(front)
    if (path.at(-1)?.startsWith('$')) return this.#operation(call, path, query, undefined, front)
    if (path.at(-1) === '_history') return this.#history(call, path.slice(0, -1), query, front)
    return this.#search(call, path, query, front)
  }

  #bundle(call: Call, body: unknown, front: Front): Reply {
    const answer = processBundle(typedResource(body, 'Bundle'), {
      place: front,
      readMore: (path, query) => this.#readMore(call, path, query, front),
      most: this.mostEntries,
      minimal: preference(call, 'return') === 'minimal',
    })
    return fhirReply(200, answer)
  }

  #search(call: Call, path: readonly string[], query: Query, front: Front): Resource {
    const [type, ...rest] = path
    if (type === undefined) {
      throw refuse(400, 'not-supported', 'A search here is of one type: name it in the address.')
    }
    if (rest.length > 0) throw noSuchAddress()
    if (!isResourceType(type)) {
      throw refuse(404, 'not-supported', `FHIR R4 has no type ${type}.`, { message: 'MSG_UNKNOWN_TYPE' })
    }
    checkFormat(query)
    const search = readSearch(type, query, front, preference(call, 'handling') === 'lenient')
    const all = found(search, front).map((version) => entryOf(version, front.base, 'match'))
    const more = (entries: readonly Entry[]): Entry[] => {
      const page = entries.flatMap(({ resource }) => newestOf(resource, front))
      return included(search, page, front).map((version) => entryOf(version, front.base, 'include'))
    }
    if (front.lists === 'healthcode') return collection(all, search, call.isTo, more)
    const listing = { type: 'searchset', entries: all, more } as const
    const count = search.countOnly ? 0 : search.count
    return this.#list(call, { ...listing, self: address(front, path, call, query), count }, front)
  }

  #history(call: Call, path: readonly string[], query: Query, front: Front): Resource {
    const [type, id] = path
    if (path.length > 2 || (type !== undefined && !isResourceType(type))) throw noSuchAddress()
    const versions =
      type === undefined || id === undefined
        ? front.store.history(type)
        : [...front.store.versions(type, id)].reverse()
    if (id !== undefined && versions.length === 0) {
      throw refuse(404, 'not-found', `There is no ${type ?? ''}/${id} here.`, { message: 'MSG_NO_EXIST' })
    }
    const { since, count } = readHistory(query)
    const entries = versions
      .filter(({ at }) => at >= since)
      .map((version) => historyEntry(version, front.base))
    const self = address(front, [...path, '_history'], call, query)
    return this.#list(call, { type: 'history', entries, more: () => [], self, count }, front)
  }

  #list(call: Call, listing: Omit<Listing, 'owner'>, front: Front): Resource {
    return this.#listings.firstPage({ ...listing, owner: front.store }, front.base, call.isTo)
  }

  #operation(call: Call, path: readonly string[], query: Query, body: unknown, front: Front): Resource {
    const name = path.at(-1)
    const [type, id] = path.slice(0, -1)
    if (name === '$validate' && body !== undefined && path.length <= 3) {
      return validated(body, type, front)
    }
    if (name === '$everything' && type === 'Patient' && id !== undefined) {
      const { version } = interact(
        { method: 'GET', path: [type, id], query, body: undefined, conditions: unconditional },
        front,
      )
      const entries = everything(version as LiveVersion, front)
      const self = address(front, path, call, query)
      const { count } = readHistory(query)
      return this.#list(call, { type: 'searchset', entries, more: () => [], self, count }, front)
    }
    throw refuse(404, 'not-supported', `There is no operation ${path.join('/')} here.`, {
      message: 'MSG_UNKNOWN_OPERATION',
    })
  }
}

const unconditional = { ifMatch: '', ifNoneMatch: '', ifNoneExist: '' }

function conditionsOf(call: Call): typeof unconditional {
  return {
    ifMatch: call.header('if-match'),
    ifNoneMatch: call.header('if-none-match'),
    ifNoneExist: call.header('if-none-exist'),
  }
}

async function readBody(call: Call, method: string, path: readonly string[]): Promise<unknown> {
  const types = method === 'PATCH' ? PATCH_TYPES : FHIR_TYPES
  const isEmpty = call.header('content-type') === '' && path.at(-1)?.startsWith('$') === true
  if (isEmpty) return undefined
  const bytes = await call.utf8(types, MOST_BYTES)
  const [, version = '4.0'] = /;\s*fhirversion="?([\d.]+)/i.exec(call.header('content-type')) ?? []
  if (version !== '4.0') throw refuse(415, 'not-supported', `This is FHIR 4.0, and the body is ${version}.`)
  const body = parsed(bytes)
  if (isDeeperThan(body, MOST_LEVELS)) {
    throw refuse(400, 'structure', `The body is nested more than ${MOST_LEVELS} levels deep.`)
  }
  return body
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw refuse(400, 'structure', 'The body is not JSON.', { message: 'MSG_BAD_SYNTAX' })
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(one, levels - 1))
}

/** Healthcode's own APIs create, read, search, update and delete, and no more. */
function checkCrud(method: string, path: readonly string[]): void {
  if (path.length > 2 || (path[1] !== undefined && /^[_$]/.test(path[1]))) {
    throw noSuchAddress()
  }
  const allowed = path.length === 1 ? ['GET', 'POST'] : ['GET', 'PUT', 'DELETE']
  if (!allowed.includes(method)) throw notAllowed(`${method} is not for this address.`, allowed)
}

function checkMethod(method: string, [, id, ...more]: readonly string[]): void {
  if (more.length > 0 || id?.startsWith('_')) throw noSuchAddress()
  if (method !== 'POST' || id === undefined) return
  throw notAllowed('A create goes to the type, without an id.', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])
}

export function notAllowed(text: string, methods: readonly string[]): FhirRefusal {
  return new FhirRefusal(405, [issue('not-supported', text, { message: 'MSG_OP_NOT_ALLOWED' })], {
    allow: methods.join(', '),
  })
}

export function noSuchAddress(): FhirRefusal {
  return refuse(404, 'not-found', 'There is nothing at this address.')
}

const ACCEPTED = /^(?:application\/(?:fhir\+json|json|json\+fhir|\*)|\*\/\*)$/

/** @throws FhirRefusal 406 for a caller who takes no JSON */
export function checkAccept(call: Call): void {
  const accept = call.header('accept')
  const types = accept.split(',').map((one) => one.split(';')[0]?.trim().toLowerCase() ?? '')
  if (accept === '' || types.some((type) => ACCEPTED.test(type))) return
  throw refuse(406, 'not-supported', 'Answers are application/fhir+json, and Accept does not allow that.')
}

function checkFormat(query: Query): void {
  const format = query.find(([name]) => name === '_format')?.[1].replace(' ', '+') ?? 'json'
  if (/^(?:json|text\/json|application\/(?:fhir\+)?json)$/.test(format)) return
  throw refuse(406, 'not-supported', 'Answers are application/fhir+json, and _format asks for another.', {
    expression: '_format',
  })
}

/** Of the header Prefer (RFC 7240). */
function preference(call: Call, name: 'return' | 'handling'): string {
  return new RegExp(`(?:^|[,;\\s])${name}=(\\w+)`).exec(call.header('prefer'))?.[1] ?? ''
}

function reply(told: Told, call: Call, { base }: Front): Reply {
  const { status, body, version, located } = told
  const headers: Record<string, string> = {}
  if (version) {
    headers['etag'] = etagOf(version)
    headers['last-modified'] = new Date(version.at).toUTCString()
    if (located) headers['location'] = `${base}/${version.type}/${version.id}/_history/${version.number}`
  }
  const isWritten = version !== undefined && call.method !== 'GET' && call.method !== 'HEAD'
  return fhirReply(status, isWritten ? asPreferred(body, preference(call, 'return')) : body, headers)
}

function asPreferred(body: Told['body'], preferred: string): Told['body'] {
  if (body?.resourceType === 'OperationOutcome') return body
  if (preferred === 'minimal') return undefined
  if (preferred !== 'OperationOutcome') return body
  return outcome(issue('informational', 'It is done.', {}, 'information'))
}

function entryOf(version: LiveVersion, base: string, mode: 'match' | 'include'): Entry {
  return { fullUrl: `${base}/${version.type}/${version.id}`, resource: version.resource, search: { mode } }
}

function newestOf(resource: Resource | undefined, { store }: Front): LiveVersion[] {
  const newest = resource && store.newest(resource.resourceType, resource.id ?? '')
  return newest && isLive(newest) ? [newest] : []
}

const statusOf = { POST: '201 Created', PUT: '200 OK', PATCH: '200 OK', DELETE: '204 No Content' } as const

function historyEntry(version: Version, base: string): Entry {
  const { type, id, number, method, at, resource } = version
  const url = method === 'POST' ? type : `${type}/${id}`
  return {
    fullUrl: `${base}/${type}/${id}`,
    ...(resource ? { resource } : {}),
    request: { method, url },
    response: {
      status: method === 'PUT' && number === 1 ? '201 Created' : statusOf[method],
      etag: etagOf(version),
      lastModified: new Date(at).toISOString(),
    },
  }
}

function readHistory(query: Query): { since: number; count: number } {
  let [since, count]: [number, number] = [-Infinity, COUNTS.fhir.usual]
  for (const [name, value] of query) {
    const range = rangeOf(value)
    if (name === '_since' && range && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(value)) since = range[0]
    else if (name === '_count' && /^[1-9]\d{0,8}$/.test(value))
      count = Math.min(Number(value), COUNTS.fhir.most)
    else if (name !== '_format') {
      throw refuse(400, 'value', `The parameter ${name} is not known here, or its value cannot be read.`, {
        message: 'MSG_PARAM_INVALID',
        expression: name,
      })
    }
  }
  return { since, count }
}

/** The patient, and what refers to the patient. */
function everything(patient: LiveVersion, front: Front): Entry[] {
  const reference = `${patient.type}/${patient.id}`
  const refers = ({ type, resource }: LiveVersion) =>
    parametersOf(type)
      .filter((parameter) => parameter.type === 'reference')
      .flatMap((parameter) => valuesAt(resource, parameter))
      .some((value) => relative(referenceIn(value), front.base) === reference)
  const others = keptTypes().flatMap((type) => front.store.live(type).filter(refers))
  return [patient, ...others].map((version) => entryOf(version, front.base, 'match'))
}

/** A posted search's criteria may be about a person, and are not repeated in an address. */
function address({ base }: Front, path: readonly string[], call: Call, query: Query): string {
  const text = new URLSearchParams(query.map(([name, value]) => [name, value])).toString()
  const isPlain = text !== '' && call.method !== 'POST'
  return [base, ...path].join('/') + (isPlain ? `?${text}` : '')
}
