import type { Steps } from '../../../turn'
import { isObject, type Findings, type JsonObject, type Place } from './finding'

/** The rules of a Bundle that tie its entries together. Source: hl7.org/fhir/R4/bundle.html, invariants bdl-1 to bdl-12. */
export function* checkBundle(bundle: JsonObject, place: Place, findings: Findings): Steps<void> {
  const type = String(bundle.type)
  const entries = Array.isArray(bundle.entry) ? (bundle.entry as unknown[]) : []
  const entryPlace: Place = { parent: place, key: 'entry' }
  const isRequest = ['batch', 'transaction'].includes(type)
  const isResponse = ['batch-response', 'transaction-response'].includes(type)
  if (bundle.total !== undefined && !['searchset', 'history'].includes(type)) {
    findings.add('invariant', { parent: place, key: 'total' }, 'is for searchset and history only (bdl-1)')
  }
  if (type === 'document') checkDocument(bundle, entries, place, findings)
  if (type === 'message' && typeAt(entries[0]) !== 'MessageHeader') {
    findings.add('invariant', place, 'of type message begins with a MessageHeader (bdl-12)')
  }
  const urls = new Set<string>()
  const changed = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    if (!isObject(entry)) continue
    const at: Place = { parent: entryPlace, key: index }
    if (entry.search !== undefined && type !== 'searchset') {
      findings.add('invariant', { parent: at, key: 'search' }, 'is for searchset only (bdl-2)')
    }
    if (type !== 'history') {
      checkPresence(entry, 'request', isRequest, 'bdl-3', at, findings)
      checkPresence(entry, 'response', isResponse, 'bdl-4', at, findings)
    }
    if (entry.resource === undefined && entry.request === undefined && entry.response === undefined) {
      findings.add('invariant', at, 'needs a resource (bdl-5)')
    }
    checkFullUrl(entry, type, urls, at, findings)
    if (isRequest) checkRequest(entry, type, changed, at, findings)
    yield
  }
}

function checkDocument(bundle: JsonObject, entries: unknown[], place: Place, findings: Findings): void {
  const { identifier, timestamp } = bundle
  if (!isObject(identifier) || identifier.system === undefined || identifier.value === undefined) {
    findings.add('invariant', place, 'of type document needs an identifier with system and value (bdl-9)')
  }
  if (timestamp === undefined) findings.add('invariant', place, 'of type document needs a timestamp (bdl-10)')
  if (typeAt(entries[0]) !== 'Composition') {
    findings.add('invariant', place, 'of type document begins with a Composition (bdl-11)')
  }
}

function typeAt(entry: unknown): unknown {
  return isObject(entry) && isObject(entry.resource) ? entry.resource.resourceType : undefined
}

function checkPresence(
  entry: JsonObject,
  name: 'request' | 'response',
  isWanted: boolean,
  key: string,
  at: Place,
  findings: Findings,
): void {
  if (isWanted === (entry[name] !== undefined)) return
  if (isWanted) findings.add('required', at, `needs ${name} in a Bundle of this type (${key})`)
  else findings.add('invariant', { parent: at, key: name }, `has no place in a Bundle of this type (${key})`)
}

function checkFullUrl(
  entry: JsonObject,
  type: string,
  urls: Set<string>,
  at: Place,
  findings: Findings,
): void {
  const { fullUrl, resource } = entry
  if (typeof fullUrl !== 'string') return
  const place: Place = { parent: at, key: 'fullUrl' }
  if (fullUrl.includes('/_history/')) findings.add('invariant', place, 'names a version (bdl-8)')
  if (type === 'history') return
  const meta = isObject(resource) ? resource.meta : undefined
  const version = isObject(meta) ? String(meta.versionId) : ''
  const identity = `${fullUrl} ${version}`
  if (urls.has(identity)) findings.add('duplicate', place, 'is that of an entry before it (bdl-7)')
  urls.add(identity)
}

const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH']

/** Source: hl7.org/fhir/R4/http.html#transaction. */
function checkRequest(
  entry: JsonObject,
  type: string,
  changed: Set<string>,
  at: Place,
  findings: Findings,
): void {
  const { request, resource } = entry
  if (!isObject(request) || typeof request.method !== 'string' || typeof request.url !== 'string') return
  const { method, url } = request
  const place: Place = { parent: at, key: 'request' }
  const urlPlace: Place = { parent: place, key: 'url' }
  const isOperation = url.includes('$') || /\/_search(?:\?|$)/.test(url)
  if (METHODS_WITH_BODY.includes(method)) {
    if (resource === undefined && !isOperation) findings.add('required', at, `needs a resource for ${method}`)
  } else if (resource !== undefined) {
    findings.warn('structure', { parent: at, key: 'resource' }, `is not looked at beside ${method}`)
  }
  const [path = '', query] = url.replace(/^\//, '').split('?', 2)
  const [target, id] = path.split('/')
  const own = isObject(resource) ? resource : {}
  const isPatch = method === 'PATCH'
  if (!isPatch && METHODS_WITH_BODY.includes(method) && !isOperation && !/^https?:/.test(url)) {
    if (typeof own.resourceType === 'string' && target !== own.resourceType && url !== '') {
      findings.add('value', urlPlace, "names another type than the resource's")
    }
    if (method === 'PUT' && id !== undefined && own.id !== undefined && own.id !== id) {
      findings.add('value', urlPlace, "names another id than the resource's")
    }
  }
  if (method === 'PUT' && id === undefined && query === undefined) {
    findings.add('value', urlPlace, 'needs an id or a search for PUT')
  }
  if (type !== 'transaction' || id === undefined || !['PUT', 'PATCH', 'DELETE'].includes(method)) return
  if (changed.has(path)) findings.add('duplicate', urlPlace, 'is changed by an entry before it')
  changed.add(path)
}
