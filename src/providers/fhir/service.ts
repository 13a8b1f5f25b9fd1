import type { HttpResponse } from '../../http/types'

/** One interaction of FHIR's RESTful API, before it has an address and credentials. */
export interface FhirRequest {
  /** For messages and errors: create, read, search … */
  operation: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Which API: a key of the discovery document; at a plain server a path under the base: a resource type, or '' for the base. */
  endpoint: string
  /** Segments after the endpoint, unencoded: [id], [id, '_history', '2'], ['$validate']. */
  path?: readonly string[]
  /** Instead of endpoint and path: the absolute address of a further page. */
  url?: string
  /** Where the page before came from: `url` has to be of the same origin. Default: where the endpoint is. */
  from?: string
  query?: readonly (readonly [string, string])[]
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** It may safely arrive twice. Default: as HTTP says by method. */
  idempotent?: boolean
  /** For this request, instead of the account's (Healthcode only). */
  siteId?: string
  apiVersion?: string
  signal?: AbortSignal
}

/** Where requests go: Healthcode's APIs, or any FHIR R4 server. */
export interface FhirService {
  /** healthcode or fhir, for errors. */
  readonly provider: string
  /**
   * Any HTTP answer resolves, but 401 has been tried again with a renewed token and a move has been followed. Rejects as
   * Http does, and with HG_CONFIG, HG_AUTH, HG_INPUT, HG_UNAVAILABLE where there is no address or token.
   */
  send(request: FhirRequest): Promise<HttpResponse>
  /** The keys that `endpoint` may have, where the service tells: discovery document; types of the CapabilityStatement. */
  endpoints(signal?: AbortSignal): Promise<string[]>
  /** Whether links to further pages that name this host mean the server itself: it may know itself by another name. */
  isAnotherName(url: URL): boolean
  /** By harmless requests. @returns what works: the server; of Healthcode the site, or the key alone where no API is harmless */
  test(signal?: AbortSignal): Promise<'server' | 'site' | 'key'>
}
