import { GatewayError } from '../errors'
import type { RequestFacts } from '../http/status'
import type { Http } from '../http/types'
import type { TokenAddress } from '../oauth2/client-tokens'
import { textOf, type JsonObject } from './json-answer'
import type { TrustedHosts } from './trusted-hosts'
import { type LastGood, WellKnown } from './well-known'

export interface TokenEndpointOptions {
  /** Of the document that names the token endpoint. */
  url: string
  /** `openid`: OpenID Connect Discovery 1.0, with an issuer to be checked. `smart`: SMART App Launch. */
  kind: 'openid' | 'smart'
  http: Http
  trusted: TrustedHosts
  provider: string
  lastGood?: LastGood
  now?: () => number
}

const named = { openid: 'the OpenID configuration', smart: 'the SMART configuration' }

/** The token endpoint, as a server's own document names it. */
export class TokenEndpoint implements TokenAddress {
  readonly #document: WellKnown<{ url: string }>

  constructor({ url, kind, http, trusted, provider, lastGood, now }: TokenEndpointOptions) {
    const what = named[kind]
    const facts: RequestFacts = { provider, operation: 'token', what }
    const check = (address: string) =>
      void trusted.check(address, `The address that ${what} comes from`, facts)
    const subject = `The token endpoint in ${what}`
    this.#document = new WellKnown({
      ...{ url, http, facts, lastGood, now, check },
      read(document, from) {
        check(from)
        if (kind === 'openid') checkIssuer(document, url, facts)
        const address = textOf(document, 'token_endpoint')
        if (address === undefined) {
          throw fault(`${what[0]?.toUpperCase()}${what.slice(1)} names no token_endpoint.`, facts)
        }
        return { url: trusted.check(address, subject, facts).href }
      },
    })
  }

  async get(): Promise<string> {
    return (await this.#document.get()).url
  }

  async elsewhere(url: string): Promise<string | undefined> {
    const seen = await this.#document.get()
    const found = seen.url === url ? await this.#document.refresh(seen) : seen
    return found && found.url !== url ? found.url : undefined
  }
}

const WELL_KNOWN = '/.well-known/openid-configuration'

/**
 * The document has to be about the issuer at whose address it is (OpenID Connect Discovery 1.0 section 4.3). A slash at
 * the end of the issuer's address makes no difference.
 */
function checkIssuer(document: JsonObject, url: string, facts: RequestFacts): void {
  const issuer = textOf(document, 'issuer')
  const { origin, pathname } = new URL(url)
  // An address that was entered may be any; then only the origin can be compared.
  const expected = pathname.endsWith(WELL_KNOWN) ? origin + pathname.slice(0, -WELL_KNOWN.length) : origin
  const bare = (text: string) => text.replace(/\/$/, '')
  const isRight =
    issuer !== undefined &&
    URL.canParse(issuer) &&
    (pathname.endsWith(WELL_KNOWN) ? bare(issuer) === bare(expected) : new URL(issuer).origin === origin)
  if (isRight) return
  const whose = issuer !== undefined && URL.canParse(issuer) ? new URL(issuer).host : 'nobody'
  throw fault(
    `The OpenID configuration names ${whose} as its issuer, and not ${expected}, where it is. It is not used. Check its address in the account.`,
    facts,
  )
}

function fault(sentence: string, { provider, operation }: RequestFacts): GatewayError {
  return new GatewayError('HG_RESPONSE', sentence, { provider, operation })
}
