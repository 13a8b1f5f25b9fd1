import { createECDH, createHmac, createPrivateKey, type JsonWebKey, randomUUID } from 'node:crypto'
import type { ApiKey } from '../endpoints'

/** What is allowed to call: an API key of one or more sites. */
export interface RegisteredKey {
  /** API Key Id; `client_id` in OAuth. */
  id: string
  /** API Key; `client_secret`. */
  secret: string
  /** Ids of the sites that it may name in SU-SiteId. */
  sites: readonly string[]
  /** The APIs that its sites have subscribed to; `undefined`: all. */
  apis: readonly ApiKey[] | undefined
  /** Public keys for private_key_jwt, each with `kid` and `alg`. */
  jwks: readonly JsonWebKey[]
}

export interface KeyOptions {
  sites: readonly string[]
  apis?: readonly ApiKey[]
  jwks?: readonly JsonWebKey[]
}

export class Keys {
  readonly #byId = new Map<string, RegisteredKey>()

  constructor(private readonly secret: string) {}

  /** @param id the same id gives the same API key */
  add({ sites, apis, jwks = [] }: KeyOptions, id: string = randomUUID()): RegisteredKey {
    const secret = createHmac('sha256', this.secret).update(`healthcode key ${id}`).digest('base64url')
    const key = { id, secret, sites, apis, jwks }
    this.#byId.set(id, key)
    return key
  }

  /** Its tokens are worth nothing any more. */
  revoke(id: string): boolean {
    return this.#byId.delete(id)
  }

  find(id: string): RegisteredKey | undefined {
    return this.#byId.get(id)
  }
}

/** A pair of keys for ES384 that is the same for the same secret. */
export function demoKeyPair(secret: string): { privateKey: string; publicKey: JsonWebKey } {
  const d = createHmac('sha384', secret).update('healthcode private key').digest()
  const curve = createECDH('secp384r1')
  curve.setPrivateKey(d)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 49), point.subarray(49)].map((part) => part.toString('base64url'))
  const publicKey = { kty: 'EC', crv: 'P-384', x: x ?? '', y: y ?? '', kid: 'sandbox-1', alg: 'ES384' }
  const key = createPrivateKey({ key: { ...publicKey, d: d.toString('base64url') }, format: 'jwk' })
  return { privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(), publicKey }
}
