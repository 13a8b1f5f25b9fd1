import { GatewayError } from '../errors'
import { isPlainHttp } from '../http/plain'
import type { RequestFacts } from '../http/status'

export interface TrustOptions {
  /** Addresses that a person has entered: their hosts are trusted. */
  entered: readonly string[]
  /** Domains that are trusted with all below them. */
  domains?: readonly string[]
  /** Domains within those that are not, with all below them. */
  barred?: readonly string[]
  /** Hosts besides, as a person writes them: `name`, `name:port`, `*.name` for all below a name. */
  allowed?: readonly string[]
  /** Plain http is taken from hosts that were entered with it, and not from this machine alone. */
  plainHttp?: boolean
}

/** Which addresses found in documents and answers may get tokens and health data. */
export class TrustedHosts {
  readonly #entered: readonly string[]
  readonly #allowed: readonly string[]
  readonly #allowedDomains: readonly string[]
  readonly #domains: readonly string[]
  readonly #barred: readonly string[]
  /** Hosts. */
  readonly #plainHttp: readonly string[]

  constructor({ entered, domains = [], barred = [], allowed = [], plainHttp = false }: TrustOptions) {
    const names = allowed.map((name) => name.trim().toLowerCase()).filter(Boolean)
    const urls = entered.filter((url) => URL.canParse(url)).map((url) => new URL(url))
    this.#entered = urls.map(({ host }) => host)
    this.#allowed = names
    this.#allowedDomains = names.filter((name) => name.startsWith('*.')).map((name) => name.slice(2))
    this.#domains = domains
    this.#barred = barred
    this.#plainHttp = plainHttp ? urls.filter((url) => isPlainHttp(url)).map(({ host }) => host) : []
  }

  /**
   * An address that may be used. HG_RESPONSE for what is no absolute https address (http on this machine alone), or
   * has a user name or a fragment in it; HG_CONFIG for a host that the account does not allow.
   * @param what as it reads in "<what> is a relative address"
   */
  check(address: unknown, what: string, facts: RequestFacts): URL {
    const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined
    if (!url) throw refused('HG_RESPONSE', `${what} is no absolute web address.`, facts)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw refused(
        'HG_RESPONSE',
        `${what} begins with ${url.protocol.slice(0, 20)} and not with https:`,
        facts,
      )
    }
    if (isPlainHttp(url) && !this.#plainHttp.includes(url.host)) {
      throw refused('HG_RESPONSE', `${what} is plain http, which anybody on the way can read.`, facts)
    }
    if (url.username || url.password) {
      throw refused('HG_RESPONSE', `${what} has a user name or password in it.`, facts)
    }
    if (String(address).includes('#')) throw refused('HG_RESPONSE', `${what} has a fragment in it.`, facts)
    if (this.#trusts(url)) return url
    throw refused(
      'HG_CONFIG',
      `${what} is at ${url.host}, a host that the account does not allow. Is that right, enter it in the account, "Allowed hosts".`,
      facts,
    )
  }

  #trusts({ host, hostname }: URL): boolean {
    if (this.#entered.includes(host)) return true
    if (this.#allowed.some((name) => name === host || name === hostname)) return true
    const isBelow = (domain: string) => hostname === domain || hostname.endsWith(`.${domain}`)
    if (this.#allowedDomains.some(isBelow)) return true
    return this.#domains.some(isBelow) && !this.#barred.some(isBelow)
  }
}

function refused(
  code: 'HG_CONFIG' | 'HG_RESPONSE',
  sentence: string,
  { provider, operation }: RequestFacts,
): GatewayError {
  return new GatewayError(code, `${sentence} It is not used.`, {
    ...(provider ? { provider } : {}),
    ...(operation ? { operation } : {}),
  })
}
