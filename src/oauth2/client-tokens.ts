import { GatewayError } from '../errors'
import { needed } from '../http/needed'
import type { Http, HttpResponse } from '../http/types'
import { requestToken, type ClientCredentials } from './client-credentials'
import type { TimedToken } from './lifetime'
import { TokenCache, type TokenCacheOptions } from './token-cache'

/** Where tokens are asked for. */
export interface TokenAddress {
  /** The token endpoint. */
  get(): Promise<string>
  /** After there was no token endpoint at `url`: another address, if there is one by now. */
  elsewhere(url: string): Promise<string | undefined>
}

export interface ClientTokensOptions {
  http: Http
  client: ClientCredentials
  address: TokenAddress
  /** For errors. */
  provider: string
  cache?: TokenCacheOptions
}

const KEY = 'client'

/** The access tokens of one client: in memory only, asked for once however many requests need one, renewed in time. */
export class ClientTokens {
  readonly #options: ClientTokensOptions
  readonly #cache: TokenCache<TimedToken>

  constructor(options: ClientTokensOptions) {
    this.#options = options
    this.#cache = new TokenCache(options.cache)
  }

  /**
   * Sends a request with the value of its Authorization header; where the answer is 401, once more with a new token.
   * Rejects as `requestToken` does, with "arrived": "no" in the detail; and with HG_CLOSED when `signal` ends the waiting.
   */
  use(send: (authorization: string) => Promise<HttpResponse>, signal?: AbortSignal): Promise<HttpResponse> {
    const source = { obtain: () => this.#obtain() }
    return this.#cache.use(KEY, source, ({ token }) => send(`Bearer ${token}`), signal)
  }

  /** Asks for a token, if there is none. */
  async ready(signal?: AbortSignal): Promise<void> {
    await this.#cache.get(KEY, { obtain: () => this.#obtain() }, signal)
  }

  #obtain(): Promise<TimedToken> {
    return needed('The access token could not be got', () => this.#asked())
  }

  async #asked(): Promise<TimedToken> {
    const { address } = this.#options
    const url = await address.get()
    try {
      return await this.#ask(url)
    } catch (error) {
      const other = isGone(error) ? await address.elsewhere(url) : undefined
      if (other === undefined) throw error
      return this.#ask(other)
    }
  }

  #ask(url: string): Promise<TimedToken> {
    const { http, client, provider } = this.#options
    return requestToken({ http, url, client, provider, askedAt: this.#cache.now() })
  }
}

/** The endpoint may have moved. */
function isGone(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return false
  const { statusCode } = error.cause
  if (statusCode === undefined) return error.code === 'HG_UNAVAILABLE'
  return (statusCode >= 300 && statusCode < 400) || statusCode === 404 || statusCode === 410
}
