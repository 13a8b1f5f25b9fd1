import { createRequire } from 'node:module'
import type * as simpleOAuth2 from 'simple-oauth2'
import type { ModuleOptions } from 'simple-oauth2'
import { GatewayError, type ErrorCode } from '../errors'
import { errorForStatus, type RequestFacts } from '../http/status'
import type { Http, LentAnswer, RequestAgent } from '../http/types'
import { excerpt } from '../redact'
import { clientAssertion } from './client-assertion'
import { expiryOf, type TimedToken } from './lifetime'

/**
 * How the client proves who it is: by HTTP Basic (RFC 6749 section 2.3.1), by fields of the form, or by a JWT that it
 * signs (RFC 7523; SMART Backend Services).
 */
export const clientAuthentications = ['basic', 'body', 'privateKeyJwt'] as const
export type ClientAuthentication = (typeof clientAuthentications)[number]

export interface ClientCredentials {
  clientId: string
  /** For privateKeyJwt the private key: PEM, or a JWK as JSON text. */
  clientSecret: string
  authentication: ClientAuthentication
  /** Of the key, as it is registered with the server (`kid`); privateKeyJwt only. */
  keyId?: string
  /** Separated by spaces. */
  scope?: string
}

export interface TokenRequest {
  http: Http
  /** The token endpoint. */
  url: string
  client: ClientCredentials
  /** By the clock that the token's life is counted by. */
  askedAt: number
  provider: string
  /** Default 10,000. */
  timeoutMs?: number
}

const TIMEOUT_MS = 10_000
/** A token answer has some five short values. */
const LONGEST_ANSWER = 64 * 1024

/**
 * An access token by client credentials (RFC 6749 section 4.4). HG_AUTH where the server does not accept the client,
 * HG_CONFIG for a scope that it does not give and for what cannot be sent, else by the status of its answer or as `Http`
 * says. No error holds a secret, an assertion or a token.
 */
export async function requestToken(request: TokenRequest): Promise<TimedToken> {
  const { http, url, client, askedAt, timeoutMs = TIMEOUT_MS } = request
  const { tokenHost, clientId } = checked(url, client)
  const { ClientCredentials: Grant } = await library()
  const terms = { url, timeoutMs, maxResponseBytes: LONGEST_ANSWER, idempotent: true }
  const answer = await http.lend(terms, async (agent) => {
    const grant = new Grant({
      client: { id: clientId, ...proofOf(client, url) },
      auth: { tokenHost, tokenPath: url },
      ...transport(agent, client),
    })
    return (await grant.getToken(parametersOf(client))).token
  })
  return tokenIn(answer, request, askedAt)
}

function transport(
  agent: RequestAgent,
  { authentication }: ClientCredentials,
): Pick<ModuleOptions, 'http' | 'options'> {
  return {
    // Without `force`, what is not labelled as JSON becomes an error 406 that hides the status.
    http: { agent, json: 'force', maxBytes: LONGEST_ANSWER },
    options: { authorizationMethod: authentication === 'basic' ? 'header' : 'body' },
  }
}

function proofOf(client: ClientCredentials, url: string): { secret: string; secretParamName?: string } {
  if (client.authentication !== 'privateKeyJwt') return { secret: client.clientSecret }
  return { secret: clientAssertion(client, url), secretParamName: 'client_assertion' }
}

function parametersOf({ authentication, scope }: ClientCredentials): { scope?: string } {
  const type = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }
  return {
    ...(scope ? { scope } : {}),
    ...(authentication === 'privateKeyJwt' ? type : {}),
  }
}

/** The library would put what it does not take into its error. */
function checked(url: string, client: ClientCredentials): { tokenHost: string; clientId: string } {
  const { clientId, clientSecret, authentication } = client
  const printable = /^[\x20-\x7e]+$/
  if (!printable.test(clientId)) throw unusable('the id has characters that no client id can have')
  if (authentication !== 'privateKeyJwt' && !printable.test(clientSecret)) {
    throw unusable('the secret has characters that no client secret can have')
  }
  return { tokenHost: new URL(url).origin, clientId }
}

function unusable(why: string): GatewayError {
  return new GatewayError(
    'HG_CONFIG',
    `The credentials of the account cannot be used: ${why}. Enter them again.`,
  )
}

function tokenIn(
  answer: LentAnswer<Readonly<Record<string, unknown>>>,
  { client, provider }: TokenRequest,
  askedAt: number,
): TimedToken {
  const facts = { provider, operation: 'token', what: 'an access token' }
  if ('thrown' in answer || answer.statusCode > 299) throw refusal(answer, client, facts)
  const { access_token: token, token_type: type, expires_in: expiresIn } = answer.value
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,16384}$/.test(token)) {
    throw unreadable(answer, facts, 'without one in it')
  }
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
    throw unreadable(answer, facts, 'of a type other than Bearer')
  }
  const expiresAt = expiryOf(expiresIn, askedAt)
  return { token, askedAt, ...(expiresAt === undefined ? {} : { expiresAt }) }
}

type Answered = LentAnswer<unknown>

function responseOf({ statusCode, headers, attempts, url }: Answered) {
  return { statusCode, headers, attempts, url, body: Buffer.alloc(0) }
}

function unreadable(answer: Answered, facts: RequestFacts, how: string): GatewayError {
  const { cause } = errorForStatus(responseOf(answer), facts)
  return new GatewayError(
    'HG_RESPONSE',
    `${facts.provider ?? 'The server'} answered for an access token ${how}. Check the address of the token endpoint, and that no proxy or sign-in page stands between.`,
    cause,
  )
}

function refusal(answer: Answered, client: ClientCredentials, facts: RequestFacts): GatewayError {
  const { statusCode } = answer
  if (statusCode < 300) return unreadable(answer, facts, 'with something that is no JSON object')
  const general = errorForStatus(responseOf(answer), facts)
  const { error, description } = said(answer, client)
  const own = meaningOf(statusCode, error)
  const words = [own?.sentence ?? general.message, error && `Its error is ${error}.`, description]
  return new GatewayError(own?.code ?? general.code, words.filter(Boolean).join(' '), {
    ...general.cause,
    ...(own ? { retryable: false } : {}),
  })
}

/** By the codes of RFC 6749 section 5.2. */
function meaningOf(
  statusCode: number,
  error: string | undefined,
): { code: ErrorCode; sentence: string } | undefined {
  if (statusCode >= 500 || statusCode === 429) return undefined
  if (error === 'invalid_scope') {
    const sentence = 'The token server does not give this scope. Correct the scope of the account.'
    return { code: 'HG_CONFIG', sentence }
  }
  if (statusCode === 401 || /^(?:invalid_client|invalid_grant|unauthorized_client)$/.test(error ?? '')) {
    const sentence =
      'The token server does not accept the key of the account. Check its id, the key, and how it is sent (Authentication); the key may have been deleted.'
    return { code: 'HG_AUTH', sentence }
  }
  return undefined
}

/** The error of an answer, fit to be told: without what was sent. */
function said(answer: Answered, client: ClientCredentials): { error?: string; description?: string } {
  if (!('thrown' in answer)) return {}
  const { payload } = (answer.thrown as { data?: { payload?: unknown } }).data ?? {}
  const { error, error_description: description } = (payload ?? {}) as Record<string, unknown>
  return {
    ...(typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? { error } : {}),
    ...(typeof description === 'string' ? { description: described(description, client) } : {}),
  }
}

function described(description: string, { clientId, clientSecret }: ClientCredentials): string {
  const safe = [clientSecret, clientId].reduce(
    (left, secret) => left.split(secret).join('[redacted]'),
    description,
  )
  const words = excerpt(safe, clientSecret)
  return words && `It says: ${words}`
}

type Library = typeof simpleOAuth2

let loaded: Promise<Library> | undefined

/** Loaded when first needed: it takes longer than all else of this package. */
function library(): Promise<Library> {
  hush()
  return (loaded ??= import('simple-oauth2'))
}

interface Debug {
  formatArgs: (this: { namespace: string }, args: unknown[]) => void
}

const hushed = new WeakSet<Debug>()

/**
 * simple-oauth2 writes each request with its credentials to `debug`, for whoever sets DEBUG=* or switches it on later.
 * Its lines come without what they would say.
 */
function hush(): void {
  const debug = createRequire(require.resolve('simple-oauth2'))('debug') as Debug
  if (hushed.has(debug)) return
  hushed.add(debug)
  const { formatArgs } = debug
  debug.formatArgs = function (args) {
    if (this.namespace.startsWith('simple-oauth2:')) args.splice(0, args.length, '[redacted]')
    formatArgs.call(this, args)
  }
}
