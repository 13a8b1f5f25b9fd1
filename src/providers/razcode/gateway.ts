import { isUtf8 } from 'node:buffer'
import {
  accessToken,
  authorizeUrl,
  clockSentence,
  problemOf,
  requestToken,
  type PendingAuthorization,
  type RequestToken,
} from '../../oauth1/exchange'
import { formBody } from '../../oauth1/form-body'
import { OAuth1Signer } from '../../oauth1/signer'
import { withQuery } from '../../oauth1/url'
import { GatewayError } from '../../errors'
import { excerpt } from '../../redact'
import { errorForStatus, isHtml, type RequestFacts } from '../../http/status'
import type { Http, HttpResponse } from '../../http/types'
import { healthJibeEndpoints } from '../healthjibe/endpoints'
import { razcodeEndpoints } from './endpoints'

/** Who answers token requests, in sentences and causes. */
const PROVIDER = 'RAZCODE'

/** Every address of the RAZCODE platform, HealthJibe's among them: one registration serves both. */
export const gatewayEndpoints = { ...razcodeEndpoints, ...healthJibeEndpoints }
export type GatewayEndpoints = typeof gatewayEndpoints

/** What a user or organisation has granted, by the protocol's own names. */
export interface AccessTokens {
  oauth_token: string
  oauth_token_secret: string
}

/** Who has granted it, by the integrator's own id, and the tokens as they were stored. */
export interface Grant {
  user: string
  /** `razcode`: an organisation that was activated. Anything else: a person. */
  provider?: string
  tokens: Readonly<Record<string, string | undefined>>
}

export interface GatewayOptions {
  consumerKey: string
  consumerSecret: string
  endpoints: GatewayEndpoints
  http: Http
}

/** What the browser brought back from an authorization page: the query, decoded. */
export type CallbackQuery = Readonly<Record<string, string | undefined>>

export type Fields = readonly (readonly [name: string, value: string])[]

interface SignedRequest extends RequestFacts {
  /** The fields go into the query, or as a form into the body. */
  method: 'GET' | 'POST'
  url: string
  fields?: Fields
  /** Left out: signed with the account alone, as OAuth 1.0a allows it (RFC 5849 section 3.1). */
  grant?: Grant
  signal?: AbortSignal
  /** Of the answer. Default: the HTTP client's. */
  maxResponseBytes?: number
}

/** Requests to the RAZCODE platform, signed with OAuth 1.0a: what HealthJibe and RAZCODE have in common. */
export class RazcodeGateway {
  readonly endpoints: GatewayEndpoints
  readonly #http: Http
  readonly #signer: OAuth1Signer

  constructor({ consumerKey, consumerSecret, endpoints, http }: GatewayOptions) {
    this.endpoints = endpoints
    this.#http = http
    this.#signer = new OAuth1Signer({ consumer: { key: consumerKey, secret: consumerSecret } })
  }

  /** A request token that is never used: it proves address, key and secret. */
  async test(): Promise<void> {
    await this.#requestToken('oob')
  }

  /** An unauthorized request token, and the page that authorizes it: steps 1 and 2 of every browser exchange. */
  async beginAuthorization(
    page: 'authorize' | 'authenticate' | 'activate',
    callback: string,
    signal?: AbortSignal,
  ): Promise<PendingAuthorization> {
    const pending = await this.#requestToken(callback, signal)
    return { ...pending, page: authorizeUrl(this.endpoints[page], pending.token) }
  }

  #requestToken(callback: string, signal?: AbortSignal): Promise<RequestToken> {
    return requestToken(this.#http, this.#signer, {
      url: this.endpoints.requestToken,
      callback,
      signal,
      provider: PROVIDER,
    })
  }

  /**
   * Exchanges the authorized request token: step 3. Refuses a callback that is not the answer to `pending`, and
   * tells a user's refusal (HG_FORBIDDEN) from a failure.
   */
  async accessToken(
    pending: Pick<PendingAuthorization, 'token' | 'secret'>,
    query: CallbackQuery,
    signal?: AbortSignal,
  ): Promise<AccessTokens> {
    if (query.denied !== undefined || query.oauth_problem === 'user_refused') {
      throw new GatewayError(
        'HG_FORBIDDEN',
        'The user did not approve the connection. Ask them to begin again.',
      )
    }
    if (query.oauth_problem !== undefined) {
      throw new GatewayError('HG_REJECTED', 'The authorization page reported a problem. Begin again.', {
        detail: { oauthProblem: query.oauth_problem },
      })
    }
    if (query.oauth_token !== pending.token || !query.oauth_verifier) {
      throw new GatewayError(
        'HG_RESPONSE',
        'The browser came back without the verifier of the request token that it left with. Begin again.',
      )
    }
    const { token, secret } = await accessToken(this.#http, this.#signer, {
      url: this.endpoints.accessToken,
      requestToken: pending.token,
      requestTokenSecret: pending.secret,
      verifier: query.oauth_verifier,
      signal,
      provider: PROVIDER,
    })
    return { oauth_token: token, oauth_token_secret: secret }
  }

  /** A signed URL for the browser to follow: the protocol parameters are in its query. */
  signedPage(grant: Grant, page: 'configure', fields: Fields): Promise<string> {
    return this.#signer.signedUrl(
      { method: 'GET', url: withQuery(this.endpoints[page], fields) },
      tokenOf(grant),
    )
  }

  /** Sends a signed request. Any answer but 2xx, and any HTML page, is a GatewayError. */
  async send({ method, fields = [], grant, ...request }: SignedRequest): Promise<HttpResponse> {
    const { provider, operation, what, signal, maxResponseBytes } = request
    const token = grant && tokenOf(grant)
    const form = method === 'POST' ? formBody(fields) : undefined
    const url = form ? request.url : withQuery(request.url, fields)
    const response = await this.#http.request({
      method,
      url,
      ...(form ? { headers: { 'content-type': form.contentType }, body: form } : {}),
      authorization: () => this.#signer.authorizationHeader({ method, url, form }, token),
      signal,
      ...(maxResponseBytes === undefined ? {} : { maxResponseBytes }),
      // A second notification or staging could not be told from the first.
      idempotent: method === 'GET',
    })
    const exchange = { response, facts: { provider, operation, what }, sent: form && fields }
    const skewMs = this.#signer.adjustClock(response.headers.date)
    if (isRefusedToken(response)) throw notAccepted(grant, exchange, skewMs)
    if (response.statusCode < 200 || response.statusCode > 299) throw refused(exchange)
    if (isHtml(response))
      throw unreadable('A web page came back instead of an answer of the gateway.', exchange)
    return response
  }
}

/** An answer, and what it is an answer to. */
export interface Exchange {
  response: HttpResponse
  facts: RequestFacts
  /** What was sent in the body; left out for a read. */
  sent?: Fields | undefined
}

/**
 * The text of an answer, or HG_RESPONSE: the pages do not say what the answers look like, only names of parameters.
 */
export function textOf(exchange: Exchange): string {
  const { body } = exchange.response
  const isText =
    isUtf8(body) && !body.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)
  if (isText) return body.toString().replace(/^\uFEFF/, '')
  throw unreadable('What came back is not text.', exchange)
}

/** The token that a grant signs with, or HG_NOT_CONNECTED. */
export function tokenOf(grant: Grant): { key: string; secret: string } {
  const { oauth_token: key, oauth_token_secret: secret } = grant.tokens
  if (key && secret) return { key, secret }
  const { whose, again } = inWords(grant)
  throw new GatewayError('HG_NOT_CONNECTED', `${whose} holds no token. ${again}`, { user: grant.user })
}

function inWords({ user, provider }: Grant): { whose: string; again: string } {
  return provider === 'razcode'
    ? { whose: `The activation of the organisation "${user}"`, again: 'Activate it again.' }
    : { whose: `The connection of the user "${user}"`, again: 'Let them connect again.' }
}

/** HG_RESPONSE, with what may be shown of the answer. */
export function unreadable(sentence: string, exchange: Exchange): GatewayError {
  const { facts, response, sent } = exchange
  const { provider, operation } = facts
  const advice = sent
    ? 'Check the address, and whether a proxy or a sign-in page stands in between. What was sent may have been taken all the same.'
    : 'Check the address, and whether a proxy or a sign-in page stands in between.'
  return new GatewayError('HG_RESPONSE', `${sentence} ${advice}`, {
    provider,
    operation,
    statusCode: response.statusCode,
    ...quoted(exchange),
  })
}

/** With the gateway's own words where it gives a reason. */
function refused(exchange: Exchange): GatewayError {
  const { response, facts } = exchange
  const error = errorForStatus(response, facts)
  if (response.statusCode >= 500 || response.body.length === 0 || isHtml(response)) return error
  const { detail } = quoted(exchange)
  return new GatewayError(error.code, error.message, {
    ...error.cause,
    ...(detail ? { detail: { ...(error.cause.detail as object | undefined), ...detail } } : {}),
  })
}

/**
 * The beginning of an answer, without a word of what was sent. The answer to a read is about a person in words that
 * nobody knows beforehand: of it nothing is shown.
 */
function quoted({ response, sent }: Exchange): { detail?: { answer: string } } {
  return sent ? { detail: { answer: excerpt(response.body, sentText(sent)) } } : {}
}

/** What an answer may quote, and an error then must not. */
export function sentText(fields: Fields): string {
  return fields.map(([, value]) => value).join('\n')
}

/** 401; or another refusal that says so in the words of the OAuth Problem Reporting extension. */
function isRefusedToken(response: HttpResponse): boolean {
  const { statusCode } = response
  if (statusCode === 401) return true
  return (
    (statusCode === 400 || statusCode === 403) && (problemOf(response).problem ?? '').startsWith('token_')
  )
}

/**
 * The services document no way to tell a revoked token from a wrong consumer. Where the answer uses the OAuth Problem
 * Reporting extension it is told apart; otherwise the sentence names both.
 */
function notAccepted(grant: Grant | undefined, { response, facts }: Exchange, skewMs: number): GatewayError {
  const { problem = '' } = problemOf(response)
  const cause = {
    ...errorForStatus(response, facts).cause,
    ...(grant ? { user: grant.user } : {}),
    detail: problem ? { problem } : undefined,
  }
  if (/^(?:timestamp|nonce)_/.test(problem)) {
    const sentence = `The gateway refused the time or the nonce of the request (${problem}). Send it again.`
    return new GatewayError('HG_AUTH', sentence + clockSentence(skewMs), { ...cause, retryable: true })
  }
  if (!grant || /^(?:consumer|signature)_/.test(problem)) {
    const why = [problem && ` (${problem})`, grant && `, here for the user "${grant.user}"`].join('')
    const sentence = `The gateway does not accept the account${why}. Check its consumer key and secret.`
    return new GatewayError('HG_AUTH', sentence, cause)
  }
  const { whose, again } = inWords(grant)
  const sentence = `${whose} is not accepted any more. ${again} If that fails for all of them, check the consumer key and secret of the account.`
  return new GatewayError('HG_AUTH', sentence, cause)
}
