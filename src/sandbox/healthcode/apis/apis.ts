import type { Call, Method, Reply } from '../../call'
import type { Caller } from '../caller'
import { type Member } from '../data/members'
import type { Remittance } from '../data/remittances'
import { type ApiKey, crudTypes } from '../endpoints'
import type { Place } from '../fhir/interactions'
import { collection } from '../fhir/lists'
import { fhirReply } from '../fhir/outcome'
import type { Resource } from '../fhir/resource'
import { checkAccept, type FhirServer, noSuchAddress, notAllowed } from '../fhir/server'
import type { ResourceStore } from '../fhir/store'
import { findMember } from './find-member'
import type { Fields } from './fields'
import { searchPractitioners } from './practitioners'
import { getRemittance, listRemittances, searchDetails, searchSummaries } from './remittances'
import { valueSet } from './value-sets'

/** What a caller works on. */
export interface SiteData {
  store: ResourceStore
  remittances: readonly Remittance[]
}

export interface Request {
  call: Call
  caller: Caller
  /** Below the API's address. */
  path: readonly string[]
  /** Of the API. */
  url: string
  site: SiteData
  members: readonly Member[]
  server: FhirServer
  now: number
}

/** One API of the discovery document. */
export function answerApi(key: ApiKey, request: Request): Reply | Promise<Reply> {
  const { call, path, site, now, members, caller } = request
  switch (key) {
    case 'find_member_endpoint':
      return form(request, (fields) => ({ found: findMember(members, fields) }))
    case 'search_remittance_summary_endpoint':
      return form(request, (fields) => searchSummaries(site.remittances, fields, now))
    case 'search_remittance_detail_advanced_endpoint':
      return form(request, (fields) => searchDetails(site.remittances, fields, now))
    case 'get_remittance_endpoint': {
      checkGet(call, path, 1)
      const [id] = path
      if (id === undefined) return list(request, listRemittances(site.remittances, call.query(), now))
      return fhirReply(
        200,
        collectionOf(getRemittance(site.remittances, id), request, { page: 1, count: 100 }),
      )
    }
    case 'search_practitioner_endpoint':
      checkGet(call, path, 0)
      return list(request, searchPractitioners(call.query(), caller.version))
    case 'codes_valueset_namespace':
      checkGet(call, path, 3)
      return fhirReply(200, valueSet(path, now))
    case 'create_schedule_endpoint':
      checkMethod(call, path, ['POST'], 0)
      return crud('Schedule', request)
    case 'fhir_namespace':
      return request.server.respond(call, path, {
        ...placeOf(request, request.url),
        ...{ lists: 'fhir', createByUpdate: true },
      })
    default:
      return crud(crudTypes[key], request)
  }
}

/** Create, read, search, update, delete, as "CRUD APIs" has it. */
function crud(type: string, request: Request): Promise<Reply> {
  const { server, call, path, url } = request
  const base = url.slice(0, url.lastIndexOf('/'))
  return server.respond(call, [type, ...path], {
    ...placeOf(request, base),
    ...{ lists: 'healthcode', createByUpdate: false, isCrud: true },
  })
}

function placeOf({ site, now, caller }: Request, base: string): Omit<Place, 'lists' | 'createByUpdate'> {
  return { base, store: site.store, now, utc: true, mayWrite: caller.mayWrite }
}

/** A search that is a posted form. */
async function form(
  request: Request,
  search: (fields: Awaited<ReturnType<Call['form']>>) => { found: Resource[]; fields?: Fields },
): Promise<Reply> {
  const { call, path } = request
  checkMethod(call, path, ['POST'], 0)
  return list(request, search(await call.form(undefined, true)))
}

function list(request: Request, { found, fields }: { found: Resource[]; fields?: Fields }): Reply {
  return fhirReply(200, collectionOf(found, request, fields?.page()))
}

function collectionOf(
  found: readonly Resource[],
  { call, url }: Request,
  page: { page: number; count: number } | undefined,
): Resource {
  const base = url.slice(0, url.lastIndexOf('/'))
  const entries = found.map((resource) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id ?? ''}`,
    resource,
  }))
  return collection(entries, page, call.isTo)
}

function checkGet(call: Call, path: readonly string[], deepest: number): void {
  checkMethod(call, path, ['GET', 'HEAD'], deepest)
}

function checkMethod(
  call: Call,
  path: readonly string[],
  methods: readonly (Method | 'HEAD')[],
  deepest: number,
): void {
  checkAccept(call)
  if (path.length > deepest) throw noSuchAddress()
  if (methods.some((method) => method === call.method)) return
  throw notAllowed(`This API takes ${methods.join(', ')} only.`, methods)
}
