import type { Call, Reply, Route } from '../call'
import { only, type Parameter, text } from '../form'
import { Refusal } from '../refusal'
import { InvalidRequest, jsonReply, refusalReply } from './answers'
import { assertOnly, type ListQuery, readQuery } from './data/query'
import { findResource, type Found, written } from './data/resources'
import { type Subject, subjectOf } from './data/subject'
import { humanApiEndpoints, humanApiPaths } from './endpoints'
import type { HumanApiService } from './service'
import type { User } from './users'

/** Serves the demo user's data, as on the live service. */
const DEMO_TOKEN = 'demo'

/** Health data of whom the access token belongs to. */
export function dataRoutes(service: HumanApiService): Route[] {
  const route = (path: string, about?: string): Route => ({
    methods: ['GET'],
    path,
    endpoint: humanApiEndpoints.data,
    ...(about === undefined ? {} : { about }),
    reader: 'program',
    refuse: refusalReply,
    answer: (call) => read(service, call),
  })
  return [
    route(humanApiPaths.data, 'Human API: the Data API, with the access token of a user or demo'),
    route(`${humanApiPaths.data}/*`),
  ]
}

function read(service: HumanApiService, call: Call): Reply {
  const subject = subjectOf(holder(service, call), service.now())
  const path = (call.params['*'] ?? '').replace(/\/$/, '')
  const query = call.query()
  const found = findResource(subject, path, text(query, 'format'))
  if (found.kind === 'one' || found.kind === 'raw') assertOnly(query, isReport(path) ? FORMAT : NOTHING)
  if (found.kind === 'raw') return { status: 200, headers: { 'content-type': found.type }, body: found.body }
  if (!/(^|,)\s*application\/json\s*($|[,;])/i.test(call.header('accept'))) {
    throw new InvalidRequest('The header Accept has to name application/json.', 'headers', ['accept'])
  }
  if (found.kind === 'one') return jsonReply(found.value)
  return list(call, subject, found, query)
}

const NOTHING: ReadonlySet<string> = new Set()
const FORMAT: ReadonlySet<string> = new Set(['format'])

function isReport(path: string): boolean {
  return /^medical\/reports\/\w+\/raw$/.test(path)
}

function list(
  call: Call,
  subject: Subject,
  found: Extract<Found, { kind: 'list' | 'values' }>,
  parameters: readonly Parameter[],
): Reply {
  const query = readQuery(parameters)
  const all: readonly object[] =
    found.kind === 'list'
      ? found.entries.filter((entry) => query.fits(entry)).map((entry) => written(subject, entry))
      : found.values
  const total: Record<string, string> = call.isTo('noTotal') ? {} : { 'x-total-count': String(all.length) }
  return jsonReply(pageOf(call, all, query), total)
}

function pageOf(call: Call, all: readonly object[], { limit, offset }: ListQuery): readonly object[] {
  if (call.isTo('emptyPage')) return []
  const from = call.isTo('repeatPage') ? 0 : offset
  return all.slice(from, from + limit)
}

function holder(service: HumanApiService, call: Call): User {
  if (only(call.query(), 'access_token')) {
    throw new Refusal(401, 'The access token goes into the header Authorization, not into the address.')
  }
  const [, bearer] = /^Bearer ([^\s]+)$/i.exec(call.header('authorization')) ?? []
  if (bearer === undefined)
    throw new Refusal(401, 'The header Authorization has to be Bearer and an access token.')
  if (bearer === DEMO_TOKEN && service.users.find(service.demoUser.id) === service.demoUser)
    return service.demoUser
  const token = service.tokens.find(bearer)
  if (token?.type !== 'access') throw new Refusal(401, 'This is no access token of this service.')
  if (call.isTo('expireTokens')) service.tokens.expire(token)
  if (service.tokens.isExpired(token)) throw new Refusal(401, 'This access token has expired.')
  return token.user
}
