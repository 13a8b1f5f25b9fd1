import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { Refusal } from '../../refusal'
import { type Asked, etagOf, interact, otherId, type Place, type Told } from './interactions'
import { FhirRefusal, outcomeOf, refuse } from './outcome'
import { isObject, isResourceType, type JsonObject, type Resource } from './resource'
import { conditional, type Query, queryOf } from './search'

export interface BundleOptions {
  place: Place
  /** A search or any other reading that is no single resource. */
  readMore: (path: readonly string[], query: Query) => Resource
  /** Entries that a Bundle has at most. */
  most: number
  /** Answers without the resources that were written. */
  minimal: boolean
}

interface Step extends Asked {
  /** In the Bundle, from 0. */
  at: number
  fullUrl: string
  /** Criteria of a create that is to happen unless something fits them. */
  once: string
  /** A create that turned out to be unnecessary: what is there already. */
  existing?: Told
}

/** In this order a transaction carries out what it holds. Source: hl7.org/fhir/R4/http.html#trules */
const order = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET']

/** A batch, each entry for itself, or a transaction, all or nothing. */
export function processBundle(bundle: Resource, options: BundleOptions): Resource {
  const { type, entry = [] } = bundle
  if (type !== 'batch' && type !== 'transaction') {
    throw refuse(400, 'value', 'What is posted here is a Bundle of the type batch or transaction.', {
      expression: 'Bundle.type',
    })
  }
  if (!Array.isArray(entry) || !entry.every(isObject)) {
    throw refuse(400, 'structure', "A Bundle's entry is an array of objects.", { expression: 'Bundle.entry' })
  }
  if (entry.length > options.most) {
    throw refuse(413, 'too-costly', `A ${type} has ${options.most} entries at most.`, {
      expression: 'Bundle.entry',
    })
  }
  return {
    resourceType: 'Bundle',
    id: randomUUID(),
    type: `${type}-response`,
    ...(entry.length === 0 ? {} : { entry: (type === 'batch' ? batch : transaction)(entry, options) }),
  }
}

function batch(entries: readonly JsonObject[], options: BundleOptions): object[] {
  const named = new Set(entries.map(({ fullUrl }) => fullUrl))
  return entries.map((entry, at) => {
    try {
      const step = readStep(entry, at, options)
      withReferences(step.body, (reference) => {
        if (reference !== step.fullUrl && named.has(reference)) {
          throw refuse(400, 'processing', 'The entries of a batch cannot refer to each other.')
        }
        return reference
      })
      return entryOf(carryOut(step, options), options)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { response: { status: statusLine(error.status), outcome: outcomeOf(error) } }
    }
  })
}

function transaction(entries: readonly JsonObject[], options: BundleOptions): object[] {
  const steps = entries.map((entry, at) => placed(at, () => readStep(entry, at, options)))
  return options.place.store.atomically(() => {
    const ids = new Map<string, string>()
    for (const step of steps) placed(step.at, () => settleId(step, ids, options.place))
    checkDuplicates(steps)
    for (const step of steps) {
      placed(step.at, () => {
        step.body = withReferences(step.body, (reference) => resolved(reference, ids, options.place))
      })
    }
    const told: object[] = []
    for (const step of [...steps].sort((one, other) => rank(one) - rank(other))) {
      told[step.at] = entryOf(
        placed(step.at, () => step.existing ?? carryOut(step, options)),
        options,
      )
    }
    return told
  })
}

function rank({ method }: Step): number {
  return order.indexOf(method)
}

/** A refusal of an entry says which one. */
function placed<T>(at: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof FhirRefusal) throw error.at(`Bundle.entry[${at}]`)
    throw error
  }
}

function readStep({ fullUrl, request, resource }: JsonObject, at: number, { place }: BundleOptions): Step {
  if (!isObject(request)) {
    throw refuse(400, 'required', 'The entry needs a request.', { expression: 'request' })
  }
  const { method, url } = request
  if (typeof method !== 'string' || !order.includes(method)) {
    throw refuse(400, 'value', `request.method has to be one of ${order.join(', ')}.`, {
      expression: 'request.method',
    })
  }
  if (typeof url !== 'string' || url === '' || url.startsWith('/')) {
    throw refuse(400, 'value', 'request.url has to be relative to the base, as Patient/1.', {
      expression: 'request.url',
    })
  }
  const writes = method !== 'GET' && method !== 'DELETE'
  if (writes !== isObject(resource)) {
    const text = writes ? `A ${method} needs a resource.` : `A ${method} has no resource.`
    throw refuse(400, writes ? 'required' : 'structure', text, { expression: 'resource' })
  }
  const [path = '', query = ''] = (
    url.startsWith(`${place.base}/`) ? url.slice(place.base.length + 1) : url
  ).split('?', 2)
  const text = (name: string) => (typeof request[name] === 'string' ? request[name] : '')
  const ifNoneExist = text('ifNoneExist')
  return {
    ...{ at, method, path: path.split('/'), query: queryOf(query) },
    fullUrl: typeof fullUrl === 'string' ? fullUrl : '',
    body: method === 'PATCH' ? patchOf(resource) : resource,
    conditions: {
      ifMatch: text('ifMatch'),
      ifNoneMatch: text('ifNoneMatch'),
      ifNoneExist,
    },
    once: ifNoneExist,
  }
}

/** In a Bundle a JSON Patch is the data of a Binary. */
function patchOf(resource: unknown): unknown {
  const { resourceType, contentType, data } = isObject(resource) ? resource : {}
  if (
    resourceType === 'Binary' &&
    contentType === 'application/json-patch+json' &&
    typeof data === 'string'
  ) {
    try {
      return JSON.parse(Buffer.from(data, 'base64').toString())
    } catch {
      throw refuse(400, 'structure', "The Binary's data is no JSON.", { expression: 'resource.data' })
    }
  }
  throw refuse(400, 'invalid', 'A PATCH has a Binary with a JSON Patch: application/json-patch+json.', {
    expression: 'resource',
  })
}

/**
 * What is created gets its id before anything is written, so that others can refer to it; what is named by criteria is
 * what fits them now, whatever the transaction does.
 */
function settleId(step: Step, ids: Map<string, string>, place: Place): void {
  const { method, path, query, conditions, fullUrl } = step
  const [type = ''] = path
  if (!isResourceType(type)) return
  if (method === 'POST' && path.length === 1) {
    const { ifNoneExist } = conditions
    const [existing] = ifNoneExist === '' ? [] : conditional(type, queryOf(ifNoneExist), place)
    if (existing) step.existing = { status: 200, body: existing.resource, version: existing, located: true }
    step.newId = existing?.id ?? randomUUID()
    step.conditions = { ...conditions, ifNoneExist: '' }
  } else if (method !== 'GET' && path.length === 1) {
    const [existing] = conditional(type, query, place)
    const given = method === 'PUT' ? (step.body as Resource).id : undefined
    const id = existing?.id ?? given ?? (method === 'PUT' ? randomUUID() : undefined)
    if (existing && given !== undefined && given !== existing.id) throw otherId(type)
    if (id !== undefined) Object.assign(step, { path: [type, id], query: [] })
    if (method === 'PUT') step.body = { ...(step.body as Resource), id }
  }
  const id = step.newId ?? step.path[1]
  if (fullUrl === '' || id === undefined) return
  if (ids.has(fullUrl)) {
    throw refuse(400, 'invalid', 'Two entries have the same fullUrl.', {
      message: 'MSG_TRANSACTION_DUPLICATE_ID',
      expression: 'fullUrl',
    })
  }
  ids.set(fullUrl, `${type}/${id}`)
}

function checkDuplicates(steps: readonly Step[]): void {
  const seen = new Set<string>()
  for (const { at, method, path, newId, existing, once } of steps) {
    const [type, id = newId] = path
    if (method === 'GET' || existing || id === undefined) continue
    const key = `${type ?? ''}${once === '' ? `/${id}` : `?${once}`}`
    if (seen.has(key)) {
      throw refuse(400, 'invalid', 'A transaction changes each resource once at most.', {
        message: 'MSG_TRANSACTION_DUPLICATE_ID',
        expression: `Bundle.entry[${at}].request.url`,
      })
    }
    seen.add(key)
  }
}

/** The reference as it is kept: to the id that an entry got, or to the one resource that fits its criteria. */
function resolved(reference: string, ids: ReadonlyMap<string, string>, place: Place): string {
  const id = ids.get(reference)
  if (id !== undefined) return id
  if (reference.startsWith('urn:uuid:')) {
    throw refuse(400, 'value', 'A reference names a fullUrl that no entry has.', { expression: 'resource' })
  }
  const [, type = '', query = ''] = /^([A-Z][A-Za-z]+)\?(.+)$/.exec(reference) ?? []
  if (!isResourceType(type)) return reference
  const [only] = conditional(type, queryOf(query), place)
  if (only) return `${type}/${only.id}`
  throw refuse(412, 'not-found', 'A conditional reference fits no resource.', { message: 'MSG_NO_MATCH' })
}

/** The value with each reference in it replaced, and texts that are a fullUrl. */
function withReferences(value: unknown, replace: (reference: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, replace))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === 'reference' && typeof item === 'string' ? replace(item) : withReferences(item, replace),
    ]),
  )
}

function carryOut(step: Step, { place, readMore }: BundleOptions): Told {
  const { method, path, query } = step
  const isOne = path.length === 2 || (path.length === 4 && path[2] === '_history')
  if (method !== 'GET') {
    if (path.length === 1 || (path.length === 2 && method !== 'POST')) return interact(step, place)
    throw refuse(400, 'not-supported', `A Bundle cannot ask for ${method} ${path.join('/')}.`, {
      expression: 'request.url',
    })
  }
  return isOne ? interact(step, place) : { status: 200, body: readMore(path, query) }
}

function entryOf({ status, body, version, located }: Told, { place, minimal }: BundleOptions): object {
  const path = version && `${version.type}/${version.id}`
  const isOutcome = body?.resourceType === 'OperationOutcome'
  return {
    ...(version?.resource && path ? { fullUrl: `${place.base}/${path}` } : {}),
    ...(body === undefined || isOutcome || (minimal && version) ? {} : { resource: body }),
    response: {
      status: statusLine(status),
      ...(located && version && path ? { location: `${place.base}/${path}/_history/${version.number}` } : {}),
      ...(version ? { etag: etagOf(version), lastModified: new Date(version.at).toISOString() } : {}),
      ...(isOutcome ? { outcome: body } : {}),
    },
  }
}

function statusLine(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim()
}
