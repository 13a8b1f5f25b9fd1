import { createHmac, randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import OAuth from 'oauth-1.0a'
import { GatewayError } from '../errors'
import { isPlainHttp } from '../http/plain'
import { type ProtocolParameters, signatureBaseString, type SignedRequest } from './base-string'
import { turnIsLong } from '../turn'
import { percentEncode } from './percent-encode'
import { httpUrl, withQuery } from './url'

export type SignatureMethod = 'HMAC-SHA1' | 'HMAC-SHA256' | 'PLAINTEXT'

export interface SignerOptions {
  consumer: { key: string; secret: string }
  /** Default HMAC-SHA1. */
  method?: SignatureMethod
  /** Sent in front of the protocol parameters. Printable ASCII. */
  realm?: string
  /** Milliseconds since 1970; default `Date.now`. */
  clock?: () => number
}

/** A token and its secret: a request token's during the exchange, an access token's afterwards. */
export interface Token {
  key: string
  secret: string
}

/** Protocol parameters beside those of every request: `oauth_callback`, `oauth_verifier`. */
export type ExtraParameters = Readonly<Record<`oauth_${string}`, string>>

const NONCE_BYTES = 16

/** A clock that differs less is right: the Date header has whole seconds and an answer takes its time. */
const TOLERATED_SKEW_MS = 30_000

/** Servers refuse timestamps that are farther off than some minutes; five is the usual number. */
const ACCEPTED_AHEAD_S = 300

const hashes = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' } as const

/**
 * Signs requests as RFC 5849 says.
 *
 * From `oauth-1.0a` come the signing key and the Authorization header. Replaced are: the base string (the library's
 * is wrong for `+`, `=`, encoded names, repeated or empty query values, names that are in query and body, `?` in the
 * query, fragments, upper-case hosts, default ports and empty paths), the nonce (Math.random), the timestamp (follows
 * the clock backwards), the realm (not escaped), the encoding (URIError on lone surrogates), and `authorize`, which
 * builds a body three times in memory, writes into the caller's data and returns the document in its result: that
 * synchronous way is closed.
 */
export class OAuth1Signer extends OAuth {
  readonly #method: SignatureMethod
  readonly #clock: () => number
  #skewMs = 0
  #lastTimestamp = 0

  /** Throws HG_CONFIG for a missing consumer key or secret, an unknown method, or a realm that no header can carry. */
  constructor({ consumer, method = 'HMAC-SHA1', realm, clock = Date.now }: SignerOptions) {
    if (!consumer.key || typeof consumer.secret !== 'string') {
      throw new GatewayError(
        'HG_CONFIG',
        'The consumer key or its secret is missing. Enter both in the account.',
      )
    }
    if (method !== 'PLAINTEXT' && !Object.hasOwn(hashes, method)) {
      throw new GatewayError(
        'HG_CONFIG',
        'Unknown signature method. Use HMAC-SHA1, HMAC-SHA256 or PLAINTEXT.',
      )
    }
    super({
      consumer: { key: consumer.key, secret: consumer.secret },
      signature_method: method,
      hash_function: refuseSynchronousSigning,
      ...(realm ? { realm: quotable(realm) } : {}),
    })
    this.#method = method
    this.#clock = clock
  }

  /**
   * The value of the Authorization header (RFC 5849 section 3.5.1), with a nonce of its own: make a new one for every
   * attempt. Throws HG_INPUT for text that cannot be encoded, HG_CONFIG for PLAINTEXT over an open line.
   */
  async authorizationHeader(request: SignedRequest, token?: Token, extra?: ExtraParameters): Promise<string> {
    const parameters = this.#protocolParameters(token, extra)
    const signature = await this.sign(request, parameters, token?.secret)
    return this.toHeader({ ...parameters, oauth_signature: signature }).Authorization
  }

  /** The URL with the protocol parameters in its query (RFC 5849 section 3.5.3): for a redirect of a browser. */
  async signedUrl(request: { method: 'GET'; url: string }, token?: Token): Promise<string> {
    const parameters = this.#protocolParameters(token)
    const signature = await this.sign(request, parameters, token?.secret)
    const sent = Object.entries({ ...parameters, oauth_signature: signature })
    return withQuery(
      request.url,
      sent.map(([name, value]) => [name, String(value)]),
    )
  }

  /**
   * The signature of a request with the given protocol parameters (RFC 5849 section 3.4). Needs the same few KiB for
   * a form of any size, and gives the event loop a turn every few milliseconds.
   */
  async sign(request: SignedRequest, parameters: ProtocolParameters, tokenSecret = ''): Promise<string> {
    const key = this.getSigningKey(tokenSecret)
    if (this.#method === 'PLAINTEXT') {
      assertPrivate(request.url)
      return key
    }
    const hmac = createHmac(hashes[this.#method], key)
    for (const piece of signatureBaseString(request, parameters)) {
      hmac.update(piece)
      if (typeof piece !== 'string' && turnIsLong()) await nextTurn()
    }
    return hmac.digest('base64')
  }

  /**
   * Sets the clock by the Date header of a provider's answer, when it is off by more than 30 seconds. Returns how far
   * the provider's clock is ahead of this machine's, in milliseconds; 0 when they agree or the header is unreadable.
   */
  adjustClock(dateHeader: string | undefined): number {
    const theirs = Date.parse(dateHeader ?? '')
    if (Number.isNaN(theirs)) return 0
    const skew = theirs - this.#clock()
    this.#skewMs = Math.abs(skew) > TOLERATED_SKEW_MS ? skew : 0
    // A timestamp that far ahead was refused: to stay above it would only prolong that.
    if (this.#lastTimestamp > this.#now() + ACCEPTED_AHEAD_S) this.#lastTimestamp = 0
    return this.#skewMs
  }

  override getNonce(): string {
    return randomBytes(NONCE_BYTES).toString('hex')
  }

  /** Never smaller than the one before, whatever the clock does: a server may refuse an older one. */
  override getTimeStamp(): number {
    this.#lastTimestamp = Math.max(this.#lastTimestamp, this.#now())
    return this.#lastTimestamp
  }

  override percentEncode(value: string | number): string {
    return percentEncode(typeof value === 'number' ? String(value) : value)
  }

  #now(): number {
    return Math.max(1, Math.floor((this.#clock() + this.#skewMs) / 1000))
  }

  #protocolParameters(token?: Token, extra?: ExtraParameters) {
    if (token && (typeof token.key !== 'string' || typeof token.secret !== 'string')) {
      throw new GatewayError('HG_INPUT', 'The token or its secret is missing. Connect the user again.')
    }
    return {
      ...extra,
      oauth_consumer_key: this.consumer.key,
      oauth_nonce: this.getNonce(),
      oauth_signature_method: this.#method,
      oauth_timestamp: this.getTimeStamp(),
      oauth_version: this.version,
      ...(token ? { oauth_token: token.key } : {}),
    }
  }
}

function refuseSynchronousSigning(): never {
  throw new TypeError(
    'Use authorizationHeader or signedUrl: the synchronous authorize of oauth-1.0a is closed',
  )
}

/** The inside of a quoted-string (RFC 9110 section 5.6.4). */
function quotable(realm: string): string {
  if (!/^[\x20-\x7e]*$/.test(realm)) {
    throw new GatewayError(
      'HG_CONFIG',
      'The realm has characters that no header can carry. Use printable ASCII.',
    )
  }
  return realm.replace(/["\\]/g, '\\$&')
}

/** RFC 5849 section 3.4.4: PLAINTEXT sends the secrets themselves. */
function assertPrivate(url: string): void {
  if (!isPlainHttp(httpUrl(url))) return
  throw new GatewayError(
    'HG_CONFIG',
    'The signature method PLAINTEXT sends the secrets readable over http. Use an https address, or HMAC-SHA1.',
  )
}
