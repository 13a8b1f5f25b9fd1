import { createHash, timingSafeEqual } from 'node:crypto'
import type { Parameter } from './form'
import { collectParameters, isProtocol, type WireRequest } from './oauth1-parameters'
import { baseStringUri, hmacSignature, signingKey } from './oauth1-signature'
import { Refusal } from './refusal'

/** Seconds that a request's timestamp may be away from this machine's clock, either way. */
const TIMESTAMP_WINDOW = 300

export interface Consumer {
  key: string
  secret: string
  /** What people know it by. */
  name: string
}

export interface Expectation {
  /** Protocol parameters that this endpoint needs besides those that every signature has. */
  required: readonly ('oauth_token' | 'oauth_callback' | 'oauth_verifier')[]
  /** Finds the secret of a token that was given to this consumer. Left out where no token is expected. */
  tokenSecret?: (token: string, consumerKey: string) => string | undefined
  signal: AbortSignal
}

/** A request whose signature is right. */
export interface SignedRequest {
  consumer: Consumer
  /** `oauth_token`, `oauth_callback`, `oauth_verifier`: the empty string when not sent. */
  token: string
  callback: string
  verifier: string
  /** Everything that is not `oauth_*`. */
  parameters: readonly Parameter[]
}

/**
 * Verifies OAuth 1.0 signatures (RFC 5849 section 3.2) from the bytes on the wire. What is wrong is thrown as a
 * `Refusal` with a word of the OAuth Problem Reporting extension: 400 for a request that cannot be right, 401 for
 * one that is not authentic.
 */
export class OAuth1Verifier {
  readonly #nonces = new Nonces()

  constructor(
    private readonly consumers: ReadonlyMap<string, Consumer>,
    private readonly now: () => number,
  ) {}

  async verify(request: WireRequest, expected: Expectation): Promise<SignedRequest> {
    const { protocol, signed } = collectParameters(request)
    const value = (name: string) => protocol.get(name) ?? ''
    const method = checkMethod(value('oauth_signature_method'), request.scheme)
    requireAll(protocol, ['oauth_consumer_key', 'oauth_signature', ...expected.required])
    if (protocol.get('oauth_version') !== undefined && value('oauth_version') !== '1.0') {
      throw new Refusal(400, 'oauth_version has to be 1.0 or left out.', 'version_rejected')
    }
    if (method !== 'PLAINTEXT') requireAll(protocol, ['oauth_timestamp', 'oauth_nonce'])
    this.#checkTimestamp(protocol.get('oauth_timestamp'))

    const consumer = this.consumers.get(value('oauth_consumer_key'))
    if (!consumer)
      throw new Refusal(401, 'Nobody is registered with this consumer key.', 'consumer_key_unknown')
    const token = value('oauth_token')
    const tokenSecret = token === '' ? '' : expected.tokenSecret?.(token, consumer.key)
    if (tokenSecret === undefined) {
      throw new Refusal(401, 'This service did not give this token to this consumer.', 'token_rejected')
    }

    const key = signingKey(consumer.secret, tokenSecret)
    const right =
      method === 'PLAINTEXT'
        ? key
        : await hmacSignature(hashes[method], key, request, signed, expected.signal)
    if (!sameText(value('oauth_signature'), right)) throw wrongSignature(request, signed, method)
    this.#checkNonce(consumer.key, token, protocol)

    return {
      consumer,
      token,
      callback: value('oauth_callback'),
      verifier: value('oauth_verifier'),
      parameters: signed.filter((parameter) => !isProtocol(parameter)),
    }
  }

  #checkTimestamp(timestamp: string | undefined): void {
    if (timestamp === undefined) return
    if (!/^[1-9]\d{0,14}$/.test(timestamp)) {
      throw new Refusal(400, 'oauth_timestamp has to be a whole number of seconds.', 'parameter_rejected')
    }
    const difference = Number(timestamp) - this.#seconds()
    if (Math.abs(difference) > TIMESTAMP_WINDOW) {
      throw new Refusal(
        401,
        `oauth_timestamp is ${Math.abs(difference)} seconds ${difference > 0 ? 'ahead of' : 'behind'} the clock ` +
          `of this service; at most ${TIMESTAMP_WINDOW} are accepted.`,
        'timestamp_refused',
      )
    }
  }

  #checkNonce(consumerKey: string, token: string, protocol: ReadonlyMap<string, string>): void {
    const nonce = protocol.get('oauth_nonce')
    const timestamp = Number(protocol.get('oauth_timestamp') ?? this.#seconds())
    if (nonce === undefined) return
    if (!this.#nonces.add(timestamp, [consumerKey, token, nonce], this.#seconds() - TIMESTAMP_WINDOW)) {
      throw new Refusal(401, 'This nonce was used before with this timestamp.', 'nonce_used')
    }
  }

  #seconds(): number {
    return Math.floor(this.now() / 1000)
  }
}

/** Every nonce that could still be played again, by the second it was made for. */
class Nonces {
  readonly #bySecond = new Map<number, Set<string>>()
  #forgottenBefore = 0

  /** @returns false when it was there */
  add(second: number, parts: readonly string[], forgetBefore: number): boolean {
    this.#forget(forgetBefore)
    const nonces = this.#bySecond.get(second) ?? new Set()
    this.#bySecond.set(second, nonces)
    const entry = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
    if (nonces.has(entry)) return false
    nonces.add(entry)
    return true
  }

  #forget(before: number): void {
    if (before === this.#forgottenBefore) return
    for (const second of this.#bySecond.keys()) if (second < before) this.#bySecond.delete(second)
    this.#forgottenBefore = before
  }
}

const hashes = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' } as const
type Method = keyof typeof hashes | 'PLAINTEXT'

function checkMethod(method: string, scheme: WireRequest['scheme']): Method {
  if (method === '') throw absent(['oauth_signature_method'])
  if (method === 'HMAC-SHA1' || method === 'HMAC-SHA256') return method
  if (method === 'PLAINTEXT' && scheme === 'https') return method
  const why =
    method === 'PLAINTEXT' ? 'PLAINTEXT is accepted over https only' : 'This signature method is unknown'
  throw new Refusal(400, `${why}; use HMAC-SHA1 or HMAC-SHA256.`, 'signature_method_rejected')
}

function requireAll(protocol: ReadonlyMap<string, string>, names: readonly string[]): void {
  const missing = names.filter((name) => !protocol.get(name))
  if (missing.length > 0) throw absent(missing)
}

function absent(names: readonly string[]): Refusal {
  return new Refusal(400, `The request lacks ${names.join(', ')}.`, 'parameter_absent')
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Tells a developer what was signed here, without values and without names of the sender's own: a body that is not
 * escaped properly has pieces of the health record for names.
 */
function wrongSignature(request: WireRequest, signed: readonly Parameter[], method: Method): Refusal {
  const names = signed.filter(isProtocol).map(({ name }) => name)
  return new Refusal(
    401,
    `The signature is wrong. This service signed ${request.method} ${baseStringUri(request)} with ${method}, the ` +
      `parameters ${names.sort().join(', ')} and ${signed.length - names.length} more. ` +
      'Check the consumer secret, the token secret, the URL and the escaping of the parameters.',
    'signature_invalid',
  )
}
