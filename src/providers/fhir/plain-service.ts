import { GatewayError } from '../../errors'
import type { Http, HttpRequest, HttpResponse } from '../../http/types'
import { isObject, type JsonObject } from '../json-answer'
import { addressOf, samePlace, segmentsOf } from './address'
import { isR4, notFhir, resourceOf } from './answer'
import { FhirFacts, subjectOf } from './operation-outcome'
import { TrustedHosts } from '../trusted-hosts'
import type { FhirRequest, FhirService } from './service'

/** Sends a request with a token, once more with a renewed one where the answer is 401. */
export interface FhirAccess {
  use(send: (authorization: string) => Promise<HttpResponse>, signal?: AbortSignal): Promise<HttpResponse>
}

export interface PlainServiceOptions {
  /** `https://host/fhir/r4` */
  base: string
  http: Http
  /** Left out: requests have no token. */
  access?: FhirAccess
  /** Which hosts a redirect may lead to. Default: that of the base. */
  trusted?: TrustedHosts
}

/** Of GET, and of any method where the method is kept (307, 308). */
const MOST_MOVES = 3

/** Any FHIR R4 server, at its base address. */
export class PlainFhirService implements FhirService {
  readonly provider = 'fhir'
  readonly #base: string
  readonly #origin: string
  readonly #http: Http
  readonly #access: FhirAccess | undefined
  readonly #trusted: TrustedHosts

  /** HG_CONFIG for a base that is no address. */
  constructor({ base, http, access, trusted }: PlainServiceOptions) {
    this.#base = base
    this.#origin = originOf(base)
    this.#http = http
    this.#access = access
    this.#trusted = trusted ?? new TrustedHosts({ entered: [base], plainHttp: true })
  }

  async send(request: FhirRequest): Promise<HttpResponse> {
    const access = this.#access
    const url = this.#address(request)
    // Where a read has been redirected to, a list goes on, and without the token there as well: see nextHop of src/http.
    if (!access || (request.url !== undefined && new URL(url).origin !== this.#origin)) {
      return await this.#http.request(this.#outgoing(url, request, request.headers))
    }
    return await access.use(
      (authorization) =>
        this.#http.request(this.#outgoing(url, request, Object.assign({ authorization }, request.headers))),
      request.signal,
    )
  }

  isAnotherName(url: URL): boolean {
    return this.#trusted.isAllowed(url)
  }

  /** The types that the server says it has. */
  async endpoints(signal?: AbortSignal): Promise<string[]> {
    const { rest } = await this.#capabilities(signal)
    const parts = Array.isArray(rest) ? (rest as unknown[]).filter(isObject) : []
    const types = parts.flatMap(({ resource }) => (Array.isArray(resource) ? (resource as unknown[]) : []))
    const names = types.map((one) => (isObject(one) ? one.type : undefined))
    return [...new Set(names.filter((name) => typeof name === 'string'))].sort()
  }

  /** Reads the CapabilityStatement. HG_RESPONSE where it is none, or of another version than R4. */
  async test(signal?: AbortSignal): Promise<'server'> {
    await this.#capabilities(signal)
    return 'server'
  }

  async #capabilities(signal: AbortSignal | undefined): Promise<JsonObject> {
    const facts = new FhirFacts(this.provider, 'metadata', '')
    const response = await this.send({
      operation: 'metadata',
      method: 'GET',
      endpoint: 'metadata',
      headers: { accept: 'application/fhir+json' },
      ...(signal ? { signal } : {}),
    })
    const { resource } = resourceOf(response, facts)
    const { resourceType, fhirVersion } = resource
    if (resourceType !== 'CapabilityStatement') throw notFhir(response, facts, 'something else')
    if (typeof fhirVersion !== 'string' || isR4(fhirVersion)) return resource
    const version = /^[\w.-]{1,20}$/.test(fhirVersion) ? fhirVersion : 'of another version'
    throw notFhir(response, facts, `FHIR ${version}, where FHIR R4 (4.0.1) belongs`)
  }

  #outgoing(
    url: string,
    { operation, method, body, idempotent, signal }: FhirRequest,
    headers: FhirRequest['headers'],
  ): HttpRequest {
    const facts = { provider: this.provider, operation }
    const checkRedirect = (target: string) => {
      this.#trusted.check(target, 'The address that the FHIR server leads to', facts)
    }
    return { method, url, headers, redirects: MOST_MOVES, checkRedirect, body, idempotent, signal }
  }

  #address({
    endpoint,
    path = [],
    query,
    url,
    from = this.#origin,
  }: Pick<FhirRequest, 'endpoint' | 'path' | 'query' | 'url' | 'from'>): string {
    if (url !== undefined) return samePlace(url, from, subjectOf(this.provider)).href
    const segments = endpoint === '' ? path : [...segmentsOf(endpoint, 'endpoint'), ...path]
    return addressOf(this.#base, segments, query)
  }
}

function originOf(base: string): string {
  const url = URL.canParse(base) ? new URL(base) : undefined
  if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash) return url.origin
  throw new GatewayError(
    'HG_CONFIG',
    'The base address of the FHIR server is not one. It must look like https://host/fhir.',
  )
}
