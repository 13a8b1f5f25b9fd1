import type { ClientRequest } from 'node:http'

/** A request body that can be sent more than once: `chunks` is called anew for every attempt. */
export interface StreamBody {
  contentLength: number
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** An http: or https: URL without user name and password. */
  url: string
  /** Host and Content-Length are the client's own and ignored here. */
  headers?: Record<string, string>
  body?: string | Uint8Array | StreamBody
  /**
   * Makes the Authorization header. Called for every attempt and every same-origin redirect, so that a nonce or a
   * renewed token is never sent twice. Never called for another origin.
   */
  authorization?: (url: string) => string | Promise<string>
  /** Aborts at once, with HG_CLOSED. */
  signal?: AbortSignal
  /** Over the whole request: connect, all attempts, waits between them, the last byte of the answer. Default: the client's. */
  timeoutMs?: number
  /** Bytes of the answer after decompression. Default: the client's. */
  maxResponseBytes?: number
  /** True for a request that may safely arrive twice. Default: true for GET, HEAD, PUT and DELETE. */
  idempotent?: boolean
  /**
   * How many redirects are followed. Default 0: a redirect is an answer like any other, and so is one that must not be
   * followed (see `nextHop` in redirect.ts).
   */
  redirects?: number
  /** Called with the address of a redirect before it is followed; what it throws the request rejects with. */
  checkRedirect?: (url: string) => void
}

export interface HttpResponse {
  statusCode: number
  /**
   * Lower-case names; several values of one name joined with `, `. Of a decompressed answer without `content-encoding`
   * and `content-length`, which no longer hold.
   */
  headers: Record<string, string>
  /** Decompressed. */
  body: Buffer
  /** 1 to 3: how often it was sent or tried. A redirect that was followed is no further attempt. */
  attempts: number
  /** Where the answer came from, after redirects. */
  url: string
}

/** PEM or PFX material, in the form in which Node-RED's `tls-config` node gives it. */
export interface TlsOptions {
  ca?: string | Buffer
  cert?: string | Buffer
  key?: string | Buffer
  pfx?: string | Buffer
  passphrase?: string
  servername?: string
  rejectUnauthorized?: boolean
  ALPNProtocols?: string[]
}

/** `environment`: HTTP_PROXY, HTTPS_PROXY and NO_PROXY as the process has them. `none`: never a proxy. */
export type ProxyOptions =
  'environment' | 'none' | { url: string; username?: string; password?: string; noProxy?: string[] }

export interface HttpClientOptions {
  tls?: TlsOptions
  proxy?: ProxyOptions
  /** Default 30,000. */
  timeoutMs?: number
  /** Default 64 MiB. */
  maxResponseBytes?: number
  /** Sent as User-Agent, unless a request brings its own. Default `health-gateways-node-red`. */
  userAgent?: string
}

/** What is known of a request that failed. */
export interface FailureDetail {
  /** The system's own word where there is one (ECONNREFUSED, CERT_HAS_EXPIRED), else one of ours (CUT, TIMEOUT). */
  reason: string
  /** `no`: the provider surely has not got it, so that sending it again cannot make it arrive twice. */
  arrived: 'no' | 'unknown'
  /** As in HttpResponse. */
  attempts: number
}

/** What http.request() and https.request() take as their `agent`. */
export interface RequestAgent {
  readonly protocol: string
  addRequest(request: ClientRequest): void
}

/** The library itself has to see to `maxResponseBytes`. */
export interface LoanTerms extends Pick<HttpRequest, 'url' | 'signal' | 'timeoutMs' | 'maxResponseBytes'> {
  /** True for a request that may safely arrive twice. */
  idempotent: boolean
}

export type LentAnswer<T> = Pick<HttpResponse, 'statusCode' | 'headers' | 'attempts' | 'url'> &
  ({ value: T } | { thrown: unknown })

export interface Http {
  /**
   * Any HTTP answer, whatever its status, resolves; what is no answer rejects with a GatewayError: HG_UNAVAILABLE,
   * HG_TIMEOUT, HG_TOO_LARGE, HG_RESPONSE, HG_CLOSED. A request that cannot be sent at all rejects with HG_CONFIG
   * (address, TLS material, proxy) or HG_INPUT (headers, a body of another length than announced). The error's
   * `cause.detail` is a `FailureDetail`, except for an error that a body or `authorization` threw, which comes as it is.
   */
  request(request: HttpRequest): Promise<HttpResponse>
  /**
   * For a library that brings an HTTP client of its own: it makes one request with the agent that it is given, which
   * goes the way of all others (TLS material, proxy, deadline, retries, close). `use` is called anew for every attempt.
   * Resolves with what the library made of an answer of any status, or threw at it; rejects as `request` does.
   */
  lend<T>(terms: LoanTerms, use: (agent: RequestAgent) => Promise<T>): Promise<LentAnswer<T>>
  /** Ends every request with HG_CLOSED and every connection. */
  close(): Promise<void>
}
