import { randomUUID } from 'node:crypto'
import { checkedResource, findings, typedResource } from './checks'
import { FhirRefusal, issue, type OperationOutcome, outcome, refuse } from './outcome'
import { patched } from './patch'
import { ID, isObject, isResourceType, type Resource } from './resource'
import { conditional, type Query, queryOf, type SearchContext } from './search'
import type { LiveVersion, Version } from './store'
import { isLive } from './store'

export interface Conditions {
  ifMatch: string
  ifNoneMatch: string
  ifNoneExist: string
}

/** One interaction on one resource, of a request or of a Bundle's entry. */
export interface Asked {
  method: string
  path: readonly string[]
  query: Query
  body: unknown
  conditions: Conditions
  /** The id that a create gets, where a transaction has settled it already. */
  newId?: string | undefined
}

export interface Told {
  status: number
  body: Resource | OperationOutcome | undefined
  /** What the answer is about, for its headers. */
  version?: Version
  /** The answer says where it is. */
  located?: boolean
}

/** Where interactions take place. */
export interface Place extends SearchContext {
  /** Times have to be in UTC. */
  utc: boolean
  /** An update may make what was not there. */
  createByUpdate: boolean
  /** The caller's scopes allow to change something. */
  mayWrite: boolean
}

/** Read, version read, create, update, patch and delete, each also conditional. */
export function interact(asked: Asked, place: Place): Told {
  const { method, path } = asked
  const [type = '', id] = path
  if (!isResourceType(type)) {
    throw refuse(404, 'not-supported', `FHIR R4 has no type ${type}.`, { message: 'MSG_UNKNOWN_TYPE' })
  }
  if (id !== undefined && !ID.test(id)) throw unknownId(type, id)
  if (method === 'GET') return read(asked, type, id ?? '', place)
  if (!place.mayWrite) {
    throw refuse(403, 'forbidden', 'The scope of this access token does not allow to change anything.')
  }
  switch (method) {
    case 'POST':
      return create(asked, type, place)
    case 'PUT':
      return update(asked, type, id, place)
    case 'PATCH':
      return patch(asked, type, id, place)
    default:
      return remove(asked, type, id, place)
  }
}

function read({ path, conditions }: Asked, type: string, id: string, { store }: Place): Told {
  const [, , history, number] = path
  const versions = store.versions(type, id)
  const version =
    history === undefined ? versions.at(-1) : versions.find((one) => String(one.number) === number)
  if (!version) throw unknownId(type, id)
  if (!isLive(version)) throw deleted(version)
  const { ifNoneMatch } = conditions
  if (ifNoneMatch !== '' && (ifNoneMatch === '*' || tags(ifNoneMatch).includes(String(version.number)))) {
    return { status: 304, body: undefined, version }
  }
  return { status: 200, body: version.resource, version }
}

function create({ body, conditions, newId }: Asked, type: string, place: Place): Told {
  if (type === 'Parameters' || type === 'OperationOutcome') {
    throw refuse(405, 'not-supported', `Nothing of the type ${type} is kept.`, {
      message: 'MSG_OP_NOT_ALLOWED',
    })
  }
  const resource = checkedResource(body, { utc: place.utc, type })
  if (conditions.ifNoneExist !== '') {
    const [existing] = conditional(type, queryOf(conditions.ifNoneExist), place)
    if (existing) return { status: 200, body: existing.resource, version: existing, located: true }
  }
  const version = place.store.write('POST', type, newId ?? randomUUID(), resource)
  return { status: 201, body: version.resource, version, located: true }
}

function update(
  { body, query, conditions, newId }: Asked,
  type: string,
  id: string | undefined,
  place: Place,
) {
  const resource = checkedResource(body, { utc: place.utc, type })
  if (id !== undefined) {
    if (resource.id !== id) {
      throw refuse(400, 'invalid', "The resource's id has to be the one in the address.", {
        message: 'MSG_RESOURCE_ID_MISMATCH',
        expression: `${type}.id`,
      })
    }
    return put(resource, type, id, conditions, place)
  }
  const [existing] = conditional(type, query, place)
  if (existing && resource.id !== undefined && resource.id !== existing.id) {
    throw otherId(type)
  }
  return put(resource, type, existing?.id ?? newId ?? resource.id ?? randomUUID(), conditions, place)
}

export function otherId(type: string): FhirRefusal {
  return refuse(400, 'invalid', 'The resource has another id than the one that fits the criteria.', {
    message: 'MSG_RESOURCE_ID_MISMATCH',
    expression: `${type}.id`,
  })
}

function put(resource: Resource, type: string, id: string, conditions: Conditions, place: Place): Told {
  const before = place.store.newest(type, id)
  if (!before && !place.createByUpdate) throw unknownId(type, id)
  checkConditions(before, conditions)
  const version = place.store.write('PUT', type, id, resource)
  const isNew = !before || !isLive(before)
  return { status: isNew ? 201 : 200, body: version.resource, version, located: isNew }
}

function patch({ body, query, conditions }: Asked, type: string, id: string | undefined, place: Place): Told {
  const before = existing(type, id, query, place)
  checkConditions(before, conditions)
  const after = patched(before.resource, body)
  if (!isObject(after) || after.resourceType !== type || after.id !== before.id) {
    throw refuse(422, 'processing', 'A patch cannot change what a resource is: resourceType and id stay.')
  }
  const version = place.store.write('PATCH', type, before.id, checkedPatch(after, place))
  return { status: 200, body: version.resource, version }
}

/** A patch is well-formed whatever it makes of a resource, so what it makes is unprocessable, not malformed. */
function checkedPatch(resource: Resource, { utc }: Place): Resource {
  const [first, ...more] = findings(resource, { utc })
  if (first) throw new FhirRefusal(422, [first, ...more])
  return resource
}

function remove({ query, conditions }: Asked, type: string, id: string | undefined, place: Place): Told {
  const gone = id === undefined ? undefined : place.store.newest(type, id)
  if (gone && !isLive(gone)) return { status: 200, body: deletion('It was deleted already.'), version: gone }
  const before = existing(type, id, query, place)
  checkConditions(before, conditions)
  const version = place.store.remove(type, before.id)
  return { status: 200, body: deletion(`${type}/${before.id} is deleted.`), version }
}

function deletion(text: string): OperationOutcome {
  return outcome(issue('informational', text, { message: 'MSG_DELETED_DONE' }, 'information'))
}

/** By id, or the one that fits the criteria. */
function existing(type: string, id: string | undefined, query: Query, place: Place): LiveVersion {
  const [version] = id === undefined ? conditional(type, query, place) : [place.store.newest(type, id)]
  if (!version && id === undefined) {
    throw refuse(404, 'not-found', `No resource of the type ${type} fits the criteria.`, {
      message: 'MSG_NO_MATCH',
    })
  }
  if (!version) throw unknownId(type, id ?? '')
  if (!isLive(version)) throw deleted(version)
  return version
}

function checkConditions(before: Version | undefined, { ifMatch, ifNoneMatch }: Conditions): void {
  if (ifNoneMatch === '*' && before && isLive(before)) {
    throw refuse(412, 'conflict', 'The resource exists, and If-None-Match says that it must not.')
  }
  if (ifMatch === '') return
  const wanted = tags(ifMatch)
  if (!before || !isLive(before) || !wanted.includes(String(before.number))) {
    throw refuse(
      412,
      'conflict',
      `The resource is at version ${before?.number ?? 'none'}, and If-Match names ${wanted.join(', ')}.`,
      { message: 'MSG_VERSION_AWARE_CONFLICT' },
    )
  }
}

/** The versions that a header with ETags names. */
function tags(header: string): string[] {
  return header.split(',').map((text) => {
    const tag = /^(?:W\/)?"([^"]+)"$/.exec(text.trim())?.[1]
    if (tag !== undefined) return tag
    throw refuse(400, 'value', 'If-Match and If-None-Match take ETags as the server gives them: W/"1".')
  })
}

export function etagOf({ number }: Version): string {
  return `W/"${number}"`
}

function unknownId(type: string, id: string): FhirRefusal {
  return refuse(404, 'not-found', `There is no ${type}/${id} here.`, { message: 'MSG_NO_EXIST' })
}

function deleted(version: Version): FhirRefusal {
  const text = `${version.type}/${version.id} has been deleted.`
  return new FhirRefusal(410, [issue('deleted', text, { message: 'MSG_DELETED_ID' })], {
    etag: etagOf(version),
  })
}

/** `$validate`: what is wrong with a resource, or that nothing is. */
export function validated(body: unknown, type: string | undefined, { utc }: Place): OperationOutcome {
  const given = isObject(body) && body['resourceType'] === 'Parameters' ? parameterResource(body) : body
  const found = findings(typedResource(given, type), { utc })
  if (found.length > 0) return outcome(...found)
  return outcome(issue('informational', 'Nothing is wrong with it.', {}, 'information'))
}

function parameterResource({ parameter }: Record<string, unknown>): unknown {
  const parameters = [parameter ?? []].flat().filter(isObject)
  return parameters.find(({ name }) => name === 'resource')?.['resource']
}
