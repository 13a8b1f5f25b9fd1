import { GatewayError, toGatewayError } from '../../errors'
import { needed } from '../../http/needed'
import type { Http, HttpResponse } from '../../http/types'
import type { ClientCredentials } from '../../oauth2/client-credentials'
import { ClientTokens } from '../../oauth2/client-tokens'
import type { TokenCacheOptions } from '../../oauth2/token-cache'
import { addressOf, samePlace, segmentsOf } from '../fhir/address'
import { FhirFacts, refusalOf } from '../fhir/operation-outcome'
import type { FhirRequest, FhirService } from '../fhir/service'
import { TokenEndpoint } from '../token-endpoint'
import type { TrustedHosts } from '../trusted-hosts'
import type { LastGood } from '../well-known'
import { Discovery, type Place } from './discovery'
import { DEFAULT_API_VERSION, harmlessRequests, type HealthcodeEndpoints } from './endpoints'

export interface HealthcodeServiceOptions {
  endpoints: HealthcodeEndpoints
  http: Http
  client: ClientCredentials
  /** Sent as SU-SiteId, unless a request names another one. */
  siteId?: string
  /** Sent as HC-API-Version, unless a request names another one. Default: 1 */
  apiVersion?: string
  /** Which hosts may get tokens and health data. */
  trusted: TrustedHosts
  tokens?: TokenCacheOptions
  /** Of the two documents. */
  lastGood?: LastGood
  /** Of the two documents' age, in milliseconds; never back. */
  now?: () => number
}

const provider = 'healthcode'

/** Of one request; a way that goes on is no way. */
const MOST_MOVES = 3

/**
 * Healthcode's APIs: addresses by the discovery document, access tokens by client credentials, and the headers that
 * each request needs. Source: apidocs.healthcode.co.uk, "API overview".
 */
export class HealthcodeService implements FhirService {
  readonly provider = provider
  readonly #http: Http
  readonly #siteId: string
  readonly #apiVersion: string
  readonly #trusted: TrustedHosts
  readonly #discovery: Discovery
  readonly #tokens: ClientTokens

  constructor({ endpoints, http, client, trusted, lastGood, now, ...options }: HealthcodeServiceOptions) {
    this.#http = http
    this.#siteId = options.siteId?.trim() ?? ''
    this.#apiVersion = options.apiVersion?.trim() || DEFAULT_API_VERSION
    this.#trusted = trusted
    this.#discovery = new Discovery({ url: endpoints.discovery, http, trusted, lastGood, now })
    this.#tokens = new ClientTokens({
      ...{ http, client, provider },
      address: new TokenEndpoint({
        ...{ url: endpoints.openidConfiguration, kind: 'openid', http, trusted, provider },
        ...{ lastGood, now },
      }),
      ...(options.tokens ? { cache: options.tokens } : {}),
    })
  }

  async send(request: FhirRequest): Promise<HttpResponse> {
    const headers = this.#headersOf(request)
    const [key = '', ...below] = segmentsOf(request.endpoint, 'endpoint')
    const place = await needed('The address of the API could not be looked up', () =>
      this.#discovery.find(key, request.operation),
    )
    return await this.#tokens.use(
      (authorization) =>
        new Delivery(this.#way(key, below), request, { ...headers, authorization }).run(place),
      request.signal,
    )
  }

  isAnotherName(url: URL): boolean {
    return this.#trusted.isAllowed(url)
  }

  endpoints(): Promise<string[]> {
    return this.#discovery.keys()
  }

  /** Says which of discovery, key and site does not work. */
  async test(signal?: AbortSignal): Promise<'site' | 'key'> {
    const keys = await part('The discovery document', () => this.#discovery.keys())
    await part('The API key', () => this.#tokens.ready(signal))
    return await part('The site', () => this.#testSite(keys, signal))
  }

  /** A site that has no subscription for one API may have one for another. Of patients nothing is asked. */
  async #testSite(keys: readonly string[], signal: AbortSignal | undefined): Promise<'site' | 'key'> {
    const asked = harmlessRequests.filter(({ endpoint }) => keys.some((key) => endpoint.startsWith(key)))
    let answer: HttpResponse | undefined
    for (const { endpoint, query } of asked) {
      const request = { operation: 'test', method: 'GET', endpoint, query } as const
      answer = await this.send({ ...request, ...(signal ? { signal } : {}) })
      if (answer.statusCode < 300) return 'site'
      if (answer.statusCode !== 403 && answer.statusCode !== 404) break
    }
    if (answer && answer.statusCode !== 404) throw siteRefused(answer)
    return 'key'
  }

  #way(key: string, below: readonly string[]): Way {
    return {
      key,
      below,
      http: this.#http,
      trusted: this.#trusted,
      discovery: this.#discovery,
    }
  }

  #headersOf({ headers, siteId, apiVersion, operation }: FhirRequest): Record<string, string> {
    const site = siteId ?? this.#siteId
    const version = apiVersion ?? this.#apiVersion
    if (site === '') {
      throw new GatewayError(
        'HG_CONFIG',
        'The account has no site id. Enter it in the account, or set it in the node or the message.',
        { provider, operation },
      )
    }
    if (!/^[\x21-\x7e]{1,64}$/.test(site)) throw unusableHeader('site id', operation)
    if (!/^[\w.-]{1,20}$/.test(version)) throw unusableHeader('API version', operation)
    return { accept: 'application/fhir+json', ...headers, 'su-siteid': site, 'hc-api-version': version }
  }
}

function unusableHeader(what: string, operation: string): GatewayError {
  return new GatewayError('HG_INPUT', `The ${what} has characters that none can have. Check it.`, {
    ...{ provider, operation },
  })
}

interface Way {
  key: string
  below: readonly string[]
  http: Http
  trusted: TrustedHosts
  discovery: Discovery
}

interface Next {
  place: Place
  url: string
}

/**
 * One request on its way to where the API is. It goes on to another address where the discovery document has a new one,
 * or else where a 301 or 302 leads ("you should retry the request at the alternative endpoint"): nothing was done at the
 * old one, so it goes with its method and body.
 */
class Delivery {
  readonly #tried = new Set<string>()
  #attempts = 0
  /** Of all addresses: what may have arrived at one is not undone by another that cannot be reached. */
  #arrived: 'no' | 'unknown' = 'no'

  constructor(
    private readonly way: Way,
    private readonly request: FhirRequest,
    private readonly headers: Record<string, string>,
  ) {}

  async run(first: Place): Promise<HttpResponse> {
    let place = first
    let url = this.#addressAt(first)
    for (;;) {
      this.#tried.add(url)
      const outcome = await this.#ask(url)
      const next = this.#tried.size > MOST_MOVES ? undefined : await this.#onward(outcome, url, place)
      if (!next || this.#tried.has(next.url)) {
        if (outcome instanceof GatewayError) throw this.#told(outcome)
        return { ...outcome, attempts: this.#attempts }
      }
      ;({ place, url } = next)
    }
  }

  async #onward(outcome: HttpResponse | GatewayError, url: string, place: Place): Promise<Next | undefined> {
    try {
      return await this.#next(outcome, url, place)
    } catch (thrown) {
      throw this.#told(toGatewayError(thrown))
    }
  }

  #told(error: GatewayError): GatewayError {
    const detail = { ...(error.cause.detail as object | undefined) }
    return error.with({ detail: { ...detail, arrived: this.#arrived, attempts: this.#attempts } })
  }

  async #ask(url: string): Promise<HttpResponse | GatewayError> {
    const { method, body, idempotent, signal } = this.request
    try {
      const response = await this.way.http.request({
        ...{ method, url, headers: this.headers },
        ...(body === undefined ? {} : { body }),
        ...(idempotent === undefined ? {} : { idempotent }),
        ...(signal ? { signal } : {}),
      })
      this.#attempts += response.attempts
      return response
    } catch (thrown) {
      const error = toGatewayError(thrown)
      const { arrived, attempts } = (error.cause.detail ?? {}) as { arrived?: unknown; attempts?: unknown }
      if (arrived !== 'no') this.#arrived = 'unknown'
      this.#attempts += typeof attempts === 'number' ? attempts : 1
      return error
    }
  }

  async #next(outcome: HttpResponse | GatewayError, url: string, place: Place): Promise<Next | undefined> {
    if (outcome instanceof GatewayError) return this.#unreached(outcome, place)
    const { statusCode, headers } = outcome
    // Both may be about a resource; 410 is what FHIR has for a deleted one.
    if (statusCode === 404 || statusCode === 410) return this.#elsewhere(place, false)
    if (![301, 302, 307, 308].includes(statusCode)) return undefined
    const found = await this.#elsewhere(place, false)
    if (found || !headers.location) return found
    const { operation } = this.request
    const target = URL.canParse(headers.location, url) ? new URL(headers.location, url).href : undefined
    const what = `The address that "${this.way.key}" has moved to`
    return { place, url: this.way.trusted.check(target, what, { provider, operation }).href }
  }

  async #unreached({ code, cause: { detail } }: GatewayError, place: Place): Promise<Next | undefined> {
    const { arrived } = (detail ?? {}) as { arrived?: unknown }
    const { idempotent = ['GET', 'PUT', 'DELETE'].includes(this.request.method) } = this.request
    if (code === 'HG_UNAVAILABLE' && (arrived === 'no' || idempotent)) return this.#elsewhere(place, true)
    if (code === 'HG_UNAVAILABLE' || (code === 'HG_TIMEOUT' && arrived === 'no')) {
      // Too late for this request, or not to be sent again: the next one has the new address.
      this.#elsewhere(place, true).catch(() => undefined)
    }
    return undefined
  }

  async #elsewhere(place: Place, certain: boolean): Promise<Next | undefined> {
    const { key, discovery } = this.way
    const page = this.request.url
    // A further page is where the list is, if it was below one of the API's addresses.
    const tail = page === undefined ? undefined : tailOf(page, discovery.addressesOf(key))
    if (page !== undefined && tail !== undefined && !page.startsWith(place.url)) {
      return { place, url: place.url + tail }
    }
    const found = await discovery.elsewhere(key, place, this.request.operation, certain)
    if (!found) return undefined
    if (page === undefined) return { place: found, url: this.#addressAt(found) }
    return tail === undefined ? undefined : { place: found, url: found.url + tail }
  }

  #addressAt({ url }: Place): string {
    const { url: page, from, operation, path = [], query } = this.request
    if (page !== undefined) {
      const { href } = samePlace(page, from ?? new URL(url).origin, 'Healthcode')
      return this.way.trusted.check(href, 'The address of a further page', { provider, operation }).href
    }
    return addressOf(url, [...this.way.below, ...path], query)
  }
}

function tailOf(page: string, addresses: readonly string[]): string | undefined {
  const address = addresses.find((one) => page.startsWith(one))
  return address === undefined ? undefined : page.slice(address.length)
}

/** Names what does not work in front of why. */
async function part<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const { code, message, cause } = toGatewayError(thrown)
    throw new GatewayError(code, `${what} does not work: ${message}`, cause)
  }
}

function siteRefused(answer: HttpResponse): GatewayError {
  const general = refusalOf(answer, new FhirFacts(provider, 'test', ''))
  if (answer.statusCode !== 403) return general
  return new GatewayError(
    general.code,
    'Healthcode refuses it (403). Check the site id, that the API key is of this site, and that the site has a subscription.',
    general.cause,
  )
}
