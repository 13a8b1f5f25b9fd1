import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { isObject, type JsonObject } from '../fhir/resource'
import { Refusal } from '../../refusal'
import { ShortLived } from '../../short-lived'
import type { Keys, RegisteredKey } from './keys'

const FIVE_MINUTES = 300_000
/** How far the caller's clock may be off. */
const LEEWAY = 60_000

/**
 * Client authentication by a signed JWT. Source: hl7.org/fhir/smart-app-launch, "Client Authentication: Asymmetric";
 * RFC 7523 section 3.
 */
export class Assertions {
  readonly #used: ShortLived<true>

  constructor(
    private readonly keys: Keys,
    /** The token endpoint's URL. */
    private readonly audience: string,
    private readonly now: () => number,
  ) {
    this.#used = new ShortLived(FIVE_MINUTES + 2 * LEEWAY, now)
  }

  /** @throws Refusal for an assertion that proves nothing */
  check(assertion: string): RegisteredKey {
    const parts = assertion.split('.')
    const [header, claims] = parts.slice(0, 2).map(jsonPart)
    if (parts.length !== 3 || !header || !claims) throw wrong('it is no signed JWT')
    const { iss, sub, aud, exp, iat, nbf, jti } = claims
    if (typeof iss !== 'string' || iss === '' || iss !== sub) {
      throw wrong('iss and sub have to be the API Key Id, both')
    }
    const key = this.keys.find(iss)
    if (!key) throw wrong('there is no key of the id in iss')
    checkSignature(key, header, assertion)
    if (![aud].flat().includes(this.audience)) throw wrong(`aud has to be ${this.audience}`)
    const now = this.now()
    if (typeof exp !== 'number' || exp * 1000 <= now - LEEWAY) throw wrong('exp is missing or past')
    if (exp * 1000 > now + FIVE_MINUTES + LEEWAY) throw wrong('exp is more than five minutes away')
    for (const time of [iat, nbf]) {
      if (time !== undefined && (typeof time !== 'number' || time * 1000 > now + LEEWAY)) {
        throw wrong('iat or nbf is in the future')
      }
    }
    if (typeof jti !== 'string' || jti === '') throw wrong('jti is missing')
    if (this.#used.get(`${iss} ${jti}`)) throw wrong('its jti was used already')
    this.#used.set(`${iss} ${jti}`, true)
    return key
  }
}

function checkSignature({ jwks }: RegisteredKey, { alg, kid, typ }: JsonObject, assertion: string): void {
  if (alg !== 'RS384' && alg !== 'ES384') throw wrong('alg has to be RS384 or ES384')
  if (typ !== undefined && typ !== 'JWT') throw wrong('typ has to be JWT')
  const jwk = jwks.find((one) => one['kid'] === kid)
  if (kid === undefined || !jwk) throw wrong('kid names no registered public key')
  if (!isFor(alg, jwk)) throw wrong(`the registered public key is not for ${alg}`)
  const end = assertion.lastIndexOf('.')
  const isRight = verify(
    'sha384',
    Buffer.from(assertion.slice(0, end)),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(assertion.slice(end + 1), 'base64url'),
  )
  if (!isRight) throw wrong('its signature is not right')
}

function isFor(alg: 'RS384' | 'ES384', { kty, crv, alg: of = alg }: JsonWebKey): boolean {
  return of === alg && (alg === 'RS384' ? kty === 'RSA' : kty === 'EC' && crv === 'P-384')
}

function jsonPart(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function wrong(why: string): Refusal {
  return new Refusal(401, `The client assertion proves nothing: ${why}.`, 'invalid_client')
}
