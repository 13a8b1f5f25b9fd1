import type { Call, Reply, Route } from '../call'
import { Refusal } from '../refusal'
import { InvalidRequest, jsonReply, refusalReply } from './answers'
import { humanApiEndpoints, humanApiPaths } from './endpoints'
import { randomBytes } from 'node:crypto'
import type { HumanApiService } from './service'
import { LIFETIMES, type TokenType } from './tokens'
import type { User } from './users'

/** Tokens for Connect and for the Data API. Source: the vendor's "Web Guide". */
export function tokenRoute(service: HumanApiService): Route {
  return {
    methods: ['POST'],
    path: humanApiPaths.token,
    endpoint: humanApiEndpoints.auth,
    about: 'Human API: session, id and access tokens of a user',
    reader: 'program',
    refuse: refusalReply,
    answer: (call) => issue(service, call),
  }
}

/** Source: the vendor's "Web Guide"; `extra_scopes` is in its OpenAPI description only. */
const FIELDS: ReadonlySet<string> = new Set([
  ...['client_id', 'client_user_id', 'client_user_email', 'client_secret', 'type', 'extra_scopes'],
])

async function issue(service: HumanApiService, call: Call): Promise<Reply> {
  const body = await call.json()
  const unknown = Object.keys(body).find((name) => !FIELDS.has(name))
  if (unknown !== undefined) {
    throw new InvalidRequest(`There is no field "${unknown}".`, 'body', [unknown])
  }
  const type = tokenType(body)
  const clientId = text(body, 'client_id')
  const userId = text(body, 'client_user_id')
  const secret = text(body, 'client_secret')
  const email = type === 'session' ? emailAddress(body) : ''
  if (clientId !== service.client.id || !service.isSecret(secret)) {
    throw new Refusal(401, 'There is no client with this client_id and client_secret.')
  }
  if (type === 'session') return session(service, userId, email)
  const user = service.users.find(userId)
  if (!user) {
    throw new Refusal(403, 'There is no such user. Start a session, so that the user can connect a source.')
  }
  if (user.connections.size === 0) {
    throw new Refusal(403, 'The user has not connected any source. Start a session instead.')
  }
  return type === 'id' ? id(service, user) : access(service, user)
}

function session(service: HumanApiService, userId: string, email: string): Reply {
  if ((service.users.find(userId)?.connections.size ?? 0) > 0) {
    throw new Refusal(403, 'The user has connected a source already. Ask for a token of the type id instead.')
  }
  const user = service.users.know(userId, email)
  return jsonReply({
    session_token: service.tokens.issue('session', user).token,
    human_id: user.humanId,
    expires_in: LIFETIMES.session,
  })
}

function id(service: HumanApiService, user: User): Reply {
  return jsonReply({
    token_type: 'Bearer',
    id_token: service.tokens.issue('id', user).token,
    id_refresh_token: refreshToken('idrt'),
    expires_in: LIFETIMES.id,
  })
}

function access(service: HumanApiService, user: User): Reply {
  return jsonReply({
    access_token: service.tokens.issue('access', user).token,
    expires_in: LIFETIMES.access,
    token_type: 'Bearer',
    refresh_token: refreshToken('atrt'),
  })
}

/** They are to be kept, and are good for nothing in this version of the service. */
function refreshToken(kind: 'idrt' | 'atrt'): string {
  return `${kind}-${randomBytes(32).toString('base64url')}`
}

function tokenType(body: Record<string, unknown>): TokenType {
  const type = text(body, 'type')
  if (!Object.hasOwn(LIFETIMES, type)) {
    throw new InvalidRequest('"type" has to be session, id or access.', 'body', ['type'])
  }
  return type as TokenType
}

/** Half of a character that needs two is no valid UTF-8 when it is sent on. */
const HALF_CHARACTER = /\p{Surrogate}/u

function text(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '' || HALF_CHARACTER.test(value)) {
    throw new InvalidRequest(`"${name}" has to be a text that is not empty.`, 'body', [name])
  }
  return value
}

function emailAddress(body: Record<string, unknown>): string {
  const email = text(body, 'client_user_email')
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new InvalidRequest('"client_user_email" has to be an e-mail address.', 'body', [
      'client_user_email',
    ])
  }
  return email
}
