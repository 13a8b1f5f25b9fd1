import { GatewayError, toGatewayError } from '../errors'
import { causeOf, errorForStatus, isHtml } from '../http/status'
import type { Http, HttpResponse } from '../http/types'
import type { ExtraParameters, OAuth1Signer, Token } from './signer'
import { withQuery } from './url'

/** A token answer has two values; anything longer is not one. */
const LONGEST_ANSWER = 65_536

/** What the OAuth Problem Reporting extension lets a server say; only these words are repeated in an error. */
const PROBLEMS =
  /^(?:version_rejected|parameter_(?:absent|rejected)|timestamp_refused|nonce_used|signature_(?:method_rejected|invalid)|consumer_key_(?:unknown|rejected|refused)|token_(?:used|expired|revoked|rejected)|additional_authorization_required|permission_(?:unknown|denied)|verifier_invalid|user_refused)$/

interface Exchange {
  url: string
  /** For errors; left out: "the provider". */
  provider?: string
  signal?: AbortSignal
}

export interface RequestTokenInput extends Exchange {
  /** Where the provider sends the browser back to, or `oob`. */
  callback: string
}

export interface RequestToken {
  token: string
  secret: string
  /** False: the provider may predate OAuth 1.0a, and may ignore the callback. Warn, and go on. */
  callbackConfirmed: boolean
  attempts: number
}

/** A request token that waits for its user, and the page on which they decide. `secret` must stay on the server. */
export interface PendingAuthorization extends RequestToken {
  page: string
}

export interface AccessTokenInput extends Exchange {
  requestToken: string
  requestTokenSecret: string
  verifier: string
}

export interface AccessToken {
  token: string
  secret: string
  /** What the provider sent besides. */
  extra: Record<string, string>
  attempts: number
}

/**
 * Obtains temporary credentials (RFC 5849 section 2.1). Not repeated where its fate is unknown: an answer that was lost may have been given.
 * Throws HG_AUTH, HG_RATE_LIMITED, HG_UNAVAILABLE, HG_REJECTED, HG_RESPONSE, and what `http` throws.
 */
export async function requestToken(
  http: Http,
  signer: OAuth1Signer,
  input: RequestTokenInput,
): Promise<RequestToken> {
  const answer = await askForToken(http, signer, {
    ...input,
    operation: 'requestToken',
    extra: { oauth_callback: input.callback },
    refused: 'Check the consumer key and the consumer secret of the account.',
  })
  const { oauth_callback_confirmed: confirmed = '' } = answer.extra
  return {
    token: answer.token,
    secret: answer.secret,
    callbackConfirmed: confirmed.toLowerCase() === 'true',
    attempts: answer.attempts,
  }
}

/**
 * Exchanges the authorized request token for token credentials (RFC 5849 section 2.3), signed with the request
 * token's secret. Repeated as little; throws as `requestToken` does.
 */
export async function accessToken(
  http: Http,
  signer: OAuth1Signer,
  input: AccessTokenInput,
): Promise<AccessToken> {
  return askForToken(http, signer, {
    ...input,
    operation: 'accessToken',
    token: { key: input.requestToken, secret: input.requestTokenSecret },
    extra: { oauth_verifier: input.verifier },
    refused: 'The request token may have expired or been used: begin again with a new connection.',
  })
}

/** Where to send the browser (RFC 5849 section 2.2): `url`, which may have a query already, with `oauth_token`. */
export function authorizeUrl(url: string, token: string, extra: Record<string, string> = {}): string {
  return withQuery(url, [['oauth_token', token], ...Object.entries(extra)])
}

interface TokenRequest extends Exchange {
  operation: 'requestToken' | 'accessToken'
  token?: Token
  extra: ExtraParameters
  /** What to do when the provider does not accept the request. */
  refused: string
}

async function askForToken(http: Http, signer: OAuth1Signer, request: TokenRequest): Promise<AccessToken> {
  const { url, token, extra, signal, provider, operation } = request
  const response = await http
    .request({
      method: 'POST',
      url,
      authorization: (target) => signer.authorizationHeader({ method: 'POST', url: target }, token, extra),
      idempotent: false,
      maxResponseBytes: LONGEST_ANSWER,
      ...(signal ? { signal } : {}),
    })
    .catch((error: unknown) => {
      throw toGatewayError(error).with({ ...(provider ? { provider } : {}), operation })
    })
  const clockSkewMs = signer.adjustClock(response.headers.date)
  if (response.statusCode < 200 || response.statusCode > 299) throw refusal(response, request, clockSkewMs)
  return readToken(response, request)
}

function readToken(response: HttpResponse, request: TokenRequest): AccessToken {
  const values = parameters(response)
  const { oauth_token: token, oauth_token_secret: secret, ...extra } = values
  if (token && secret) return { token, secret, extra, attempts: response.attempts }
  const { problem } = problemOf(response)
  const answer = problem ?? kindOf(response, values)
  throw new GatewayError(
    'HG_RESPONSE',
    `${subject(request)} answered the ${request.operation} call with ${answer} where a token and its secret belong. ` +
      'Check the URL of the account, and that no proxy or sign-in page stands between.',
    causeOf(response, request, {
      detail: { ...(problem ? { problem } : {}), bytes: response.body.length },
    }),
  )
}

function refusal(response: HttpResponse, request: TokenRequest, clockSkewMs: number): GatewayError {
  const { statusCode } = response
  const { provider, operation } = request
  if (statusCode < 400 || statusCode > 499 || [407, 408, 429].includes(statusCode)) {
    return errorForStatus(response, { provider, operation, what: 'a token' })
  }
  const { problem } = problemOf(response)
  const reason = `HTTP ${statusCode}${problem ? `, ${problem}` : ''}`
  const skew = Math.round(clockSkewMs / 1000)
  const detail = { ...(problem ? { problem } : {}), ...(skew ? { clockSkewSeconds: skew } : {}) }
  if (![400, 401, 403].includes(statusCode)) {
    const sentence = `${subject(request)} refuses the ${operation} call at this address (${reason}). Check the URL of the account.`
    return new GatewayError('HG_REJECTED', sentence, causeOf(response, request, { detail }))
  }
  const sentence = `${subject(request)} did not accept the ${operation} call (${reason}). ${request.refused}`
  return new GatewayError(
    'HG_AUTH',
    sentence + clockSentence(clockSkewMs),
    causeOf(response, request, { detail }),
  )
}

/** What to add to an error when the provider's clock differs; empty when it does not. */
export function clockSentence(skewMs: number): string {
  const seconds = Math.round(skewMs / 1000)
  if (seconds === 0) return ''
  const which = seconds > 0 ? 'behind' : 'ahead'
  return ` The clock of this machine is ${Math.abs(seconds)} seconds ${which}; the next try allows for it.`
}

function subject({ provider }: TokenRequest): string {
  return provider ?? 'The provider'
}

/**
 * The values of a form-encoded answer, whatever content type it calls itself: old services say text/html. None for
 * markup and JSON, where a link could hold what looks like a token.
 */
function parameters(response: HttpResponse): Record<string, string> {
  const text = response.body.toString('utf8').trim()
  return /^[<{["]/.test(text) ? {} : Object.fromEntries(new URLSearchParams(text))
}

/** In words, without a word of the answer itself. */
function kindOf(response: HttpResponse, values: Record<string, string>): string {
  const text = response.body.toString('utf8').trim()
  if (text === '') return 'an empty body'
  if (isHtml(response)) return 'an HTML page'
  if (text.startsWith('<')) return 'XML'
  if (/^[{["]/.test(text)) return 'JSON'
  if (values.oauth_token) return 'oauth_token without oauth_token_secret'
  if (values.oauth_token_secret) return 'oauth_token_secret without oauth_token'
  return 'text that has no oauth_token'
}

/** `oauth_problem` of the answer's body or of its WWW-Authenticate header (OAuth Problem Reporting). */
export function problemOf(response: HttpResponse): { problem?: string } {
  const inHeader = /oauth_problem="?([a-z_]+)/.exec(response.headers['www-authenticate'] ?? '')?.[1]
  const problem = parameters(response).oauth_problem ?? inHeader ?? ''
  return PROBLEMS.test(problem) ? { problem } : {}
}
