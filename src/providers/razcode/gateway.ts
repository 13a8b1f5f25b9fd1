import { isUtf8 } from 'node:buffer'
import { accessToken, authorizeUrl, clockSentence, problemOf, requestToken } from '../../oauth1/exchange'
import { formBody } from '../../oauth1/form-body'
import { OAuth1Signer } from '../../oauth1/signer'
import { GatewayError } from '../../errors'
import { excerpt } from '../../redact'
import { errorForStatus, isHtml } from '../../http/status'
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
  tokens: Readonly<Record<string, string | undefined>>
}

export interface GatewayOptions {
  consumerKey: string
  consumerSecret: string
  endpoints: GatewayEndpoints
  http: Http
}

/** A request token that waits for its user. `secret` must stay on the server. */
export interface PendingAuthorization {
  token: string
  secret: string
  /** False where the provider did not confirm the callback: it may predate OAuth 1.0a (RFC 5849 section 2.1). */
  callbackConfirmed: boolean
  attempts: number
}

/** What the browser brought back from an authorization page: the query, decoded. */
export type CallbackQuery = Readonly<Record<string, string | undefined>>

type Fields = readonly (readonly [name: string, value: string])[]

interface Operation {
  provider: string
  operation: string
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

  /** Obtains an unauthorized request token: step 1 of every browser exchange. */
  requestToken(callback: string, signal?: AbortSignal): Promise<PendingAuthorization> {
    return requestToken(this.#http, this.#signer, {
      url: this.endpoints.requestToken,
      callback,
      signal,
      provider: PROVIDER,
    })
  }

  /** Where the browser goes to have a request token authorized: step 2. */
  authorizationPage(page: 'authorize' | 'authenticate' | 'activate', token: string): string {
    return authorizeUrl(this.endpoints[page], token)
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
  signedPage(
    grant: Grant,
    page: 'configure',
    query: Readonly<Record<string, string | undefined>>,
  ): Promise<string> {
    const url = new URL(this.endpoints[page])
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.append(name, value)
    }
    return this.#signer.signedUrl({ method: 'GET', url: url.href }, signingToken(grant))
  }

  /** Sends a signed form. Any answer but 2xx, and any HTML page, is a GatewayError. */
  async post(
    operation: Operation,
    url: string,
    grant: Grant,
    fields: Fields,
    signal?: AbortSignal,
  ): Promise<HttpResponse> {
    const token = signingToken(grant)
    const form = formBody(fields)
    const response = await this.#http.request({
      method: 'POST',
      url,
      headers: { 'content-type': form.contentType },
      body: form,
      authorization: () => this.#signer.authorizationHeader({ method: 'POST', url, form }, token),
      signal,
      idempotent: false,
    })
    const skewMs = this.#signer.adjustClock(response.headers.date)
    if (response.statusCode === 401) throw notAccepted(grant, response, operation, skewMs)
    if (response.statusCode < 200 || response.statusCode > 299) throw refused(response, operation, fields)
    if (isHtml(response)) {
      throw unreadable('A web page came back instead of an answer of the gateway.', response, operation)
    }
    if (!isText(response.body)) {
      throw unreadable('What came back is not text.', response, operation)
    }
    return response
  }
}

function signingToken({ user, tokens }: Grant): { key: string; secret: string } {
  const { oauth_token: key, oauth_token_secret: secret } = tokens
  if (key && secret) return { key, secret }
  throw new GatewayError(
    'HG_NOT_CONNECTED',
    `The connection of the user "${user}" holds no token. Let them connect again.`,
    { user },
  )
}

/** The pages do not say what the answers look like, only names of parameters: text in any case. */
function isText(body: Buffer): boolean {
  return isUtf8(body) && !body.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)
}

function unreadable(what: string, { statusCode }: HttpResponse, operation: Operation): GatewayError {
  return new GatewayError(
    'HG_RESPONSE',
    `${what} Check the address, and whether a proxy or a sign-in page stands in between. Whether the document was taken is not known.`,
    { ...operation, statusCode },
  )
}

/** With the gateway's own words where it gives a reason: a web page gives none that is worth quoting. */
function refused(response: HttpResponse, operation: Operation, fields: Fields): GatewayError {
  const error = errorForStatus(response, operation)
  if (response.statusCode >= 500 || response.body.length === 0 || isHtml(response)) return error
  const sent = fields.map(([, value]) => value).join('\n')
  return new GatewayError(error.code, error.message, {
    ...error.cause,
    detail: { ...(error.cause.detail as object | undefined), answer: excerpt(response.body, sent) },
  })
}

/**
 * The services document no way to tell a revoked token from a wrong consumer. Where the answer uses the OAuth Problem
 * Reporting extension it is told apart; otherwise the sentence names both.
 */
function notAccepted(
  { user }: Grant,
  response: HttpResponse,
  operation: Operation,
  skewMs: number,
): GatewayError {
  const { problem = '' } = problemOf(response)
  const { cause } = errorForStatus(response, operation)
  const facts = { ...cause, user, detail: problem ? { problem } : undefined }
  if (/^(?:timestamp|nonce)_/.test(problem)) {
    const sentence = `The gateway refused the time or the nonce of the request (${problem}). Send it again.`
    return new GatewayError('HG_AUTH', sentence + clockSentence(skewMs), { ...facts, retryable: true })
  }
  if (/^(?:consumer|signature)_/.test(problem)) {
    const sentence = `The gateway does not accept the account (${problem}), here for the user "${user}". Check its consumer key and secret.`
    return new GatewayError('HG_AUTH', sentence, facts)
  }
  const sentence = `The connection of the user "${user}" is not accepted any more. Let them connect again; if that fails for every user, check the consumer key and secret of the account.`
  return new GatewayError('HG_AUTH', sentence, facts)
}
