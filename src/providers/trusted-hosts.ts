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
  /** Hosts besides, as a person writes them: `name` with any port, `name:port`, a web address, `*.name` for all below a name. */
  allowed?: readonly string[]
  /** Plain http is taken from hosts that were entered with it, and not from this machine alone. */
  plainHttp?: boolean
}

interface AllowedHost {
  name: string
  /** As in a URL: empty for the usual one. Undefined for any. */
  port: string | undefined
  isBelow: boolean
}

/** Which addresses found in documents and answers may get tokens and health data. */
export class TrustedHosts {
  readonly #entered: readonly string[]
  readonly #allowed: readonly AllowedHost[]
  readonly #domains: readonly string[]
  readonly #barred: readonly string[]
  /** Hosts. */
  readonly #plainHttp: readonly string[]

  /** HG_CONFIG where one of those that are allowed is no host. */
  constructor({ entered, domains = [], barred = [], allowed = [], plainHttp = false }: TrustOptions) {
    const urls = entered.filter((url) => URL.canParse(url)).map((url) => new URL(url))
    this.#entered = urls.map(({ host }) => host)
    this.#allowed = allowed.map((text) => text.trim()).flatMap((text) => (text === '' ? [] : [hostIn(text)]))
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

  /** Whether it is one of those that are allowed besides, be it by http or https. */
  isAllowed({ hostname, port }: URL): boolean {
    return this.#allowed.some((one) => {
      const isName = one.isBelow ? hostname.endsWith(`.${one.name}`) : hostname === one.name
      return isName && (one.port ?? port) === port
    })
  }

  #trusts(url: URL): boolean {
    const { host, hostname } = url
    if (this.#entered.includes(host) || this.isAllowed(url)) return true
    const isBelow = (domain: string) => hostname === domain || hostname.endsWith(`.${domain}`)
    return this.#domains.some(isBelow) && !this.#barred.some(isBelow)
  }
}

function hostIn(text: string): AllowedHost {
  const [, scheme, wildcard, rest = ''] = /^(https?:\/\/)?(\*\.)?(.*)$/is.exec(text) ?? []
  const url = URL.canParse(`https://${rest}`) ? new URL(`https://${rest}`) : undefined
  if (!url?.hostname || url.username || url.password || /[\s*]|:\/\//.test(rest)) {
    // It is not repeated: a secret may have been entered in the wrong field.
    throw new GatewayError(
      'HG_CONFIG',
      'One of the allowed hosts of the account is none. Enter names of hosts, as fhir.example.org, fhir.example.org:8443 or *.example.org.',
    )
  }
  const isAnyPort = scheme === undefined && !/:\d+(?:\/|$)/.test(rest)
  return {
    name: url.hostname,
    port: isAnyPort ? undefined : url.port,
    isBelow: wildcard !== undefined,
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
