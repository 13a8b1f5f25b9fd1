import { createHash, timingSafeEqual } from 'node:crypto'
import type { Call, Reply, Route } from '../../call'
import { type Parameter, text } from '../../form'
import { Refusal } from '../../refusal'
import { scopes } from '../directory'
import { healthcodePaths } from '../endpoints'
import type { Assertions } from './assertion'
import type { Keys, RegisteredKey } from './keys'
import type { AccessTokens } from './tokens'

export interface Sso {
  keys: Keys
  tokens: AccessTokens
  assertions: Assertions
}

/** OAuth 2.0 token endpoint for client credentials. Source: RFC 6749 sections 2.3, 4.4 and 5. */
export function tokenRoute(sso: Sso): Route {
  return {
    methods: ['POST'],
    path: healthcodePaths.token,
    endpoint: 'healthcode.token',
    about: 'Healthcode: access tokens by client credentials (Basic, body, or private_key_jwt)',
    reader: 'program',
    refuse: oauthError,
    answer: (call) => issue(sso, call),
  }
}

async function issue({ keys, tokens, assertions }: Sso, call: Call): Promise<Reply> {
  if (call.query().some(({ name }) => /^(?:client_|grant_type$)/.test(name))) {
    throw invalidRequest('Parameters go into the body, not into the address.')
  }
  const form = await call.form(undefined, true)
  const key = authenticated(keys, assertions, call, form)
  const grant = text(form, 'grant_type')
  if (grant === '') throw invalidRequest('grant_type is missing.')
  if (grant !== 'client_credentials') {
    throw new Refusal(400, 'grant_type has to be client_credentials.', 'unsupported_grant_type')
  }
  const scope = scopeOf(text(form, 'scope'))
  return json(200, {
    access_token: tokens.issue(key.id, scope),
    token_type: 'Bearer',
    expires_in: tokens.lifetime,
    scope,
  })
}

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

function authenticated(
  keys: Keys,
  assertions: Assertions,
  call: Call,
  form: readonly Parameter[],
): RegisteredKey {
  const authorization = call.header('authorization')
  const assertion = text(form, 'client_assertion')
  const bodySecret = text(form, 'client_secret')
  const ways = [authorization, assertion, bodySecret].filter((way) => way !== '').length
  if (ways > 1) throw invalidRequest('Only one way of client authentication is allowed at a time.')
  const clientId = text(form, 'client_id')
  if (assertion !== '') {
    if (text(form, 'client_assertion_type') !== JWT_BEARER) {
      throw invalidRequest(`client_assertion_type has to be ${JWT_BEARER}.`)
    }
    const key = assertions.check(assertion)
    if (clientId !== '' && clientId !== key.id) throw noSuchKey()
    return key
  }
  const [id, secret] = authorization === '' ? [clientId, bodySecret] : basic(authorization)
  const key = keys.find(id)
  if (!key || !isSame(key.secret, secret) || (clientId !== '' && clientId !== id)) throw noSuchKey()
  return key
}

/** Both are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function basic(authorization: string): [id: string, secret: string] {
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? []
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  if (id === undefined || secret === undefined) throw noSuchKey()
  try {
    return [decodeURIComponent(id.replaceAll('+', ' ')), decodeURIComponent(secret.replaceAll('+', ' '))]
  } catch {
    throw noSuchKey()
  }
}

function isSame(right: string, given: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(right), digest(given))
}

/** All scopes where none is asked for. */
function scopeOf(asked: string): string {
  if (asked === '') return scopes.join(' ')
  const wanted = asked.split(' ')
  if (wanted.every((scope) => scope === 'system/*.*' || scopes.some((one) => one === scope))) return asked
  throw new Refusal(400, `The scopes are ${scopes.join(', ')} and system/*.*.`, 'invalid_scope')
}

function invalidRequest(message: string): Refusal {
  return new Refusal(400, message, 'invalid_request')
}

function noSuchKey(): Refusal {
  return new Refusal(401, 'There is no API key with this id and secret.', 'invalid_client')
}

/** RFC 6749 section 5.2. */
function oauthError({ status, message, problem = 'invalid_request' }: Refusal): Reply {
  const headers: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Basic realm="Healthcode sandbox"' } : {}
  return json(status, { error: problem, error_description: message }, headers)
}

function json(status: number, value: object, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', pragma: 'no-cache', ...headers },
    body: JSON.stringify(value),
  }
}
