import { createPrivateKey, randomUUID, sign, type JsonWebKey, type KeyObject } from 'node:crypto'
import { GatewayError } from '../errors'

/** A server refuses more than five minutes; its clock and ours differ. Source: SMART App Launch, "Client Authentication: Asymmetric". */
const LIFE_S = 240

/** RSA keys below this are refused by RFC 7518 section 3.3. */
const SHORTEST_RSA = 2048

type Algorithm = 'RS384' | 'ES384'

/**
 * A JWT that proves who asks for a token, good for one request: RS384 for an RSA key, ES384 for one of the curve P-384.
 * Source: RFC 7523 section 3; SMART App Launch, "Client Authentication: Asymmetric". It has no `iat`, which a server whose
 * clock is behind would refuse. HG_CONFIG for a key that cannot be used.
 * @param audience the token endpoint
 */
export function clientAssertion(
  { clientId, clientSecret, keyId }: { clientId: string; clientSecret: string; keyId?: string },
  audience: string,
  now = Date.now(),
): string {
  const { key, alg, kid } = signingKey(clientSecret)
  const header = { alg, typ: 'JWT', kid: keyId || kid }
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    exp: Math.floor(now / 1000) + LIFE_S,
    jti: randomUUID(),
  }
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha384', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

function signingKey(text: string): { key: KeyObject; alg: Algorithm; kid?: string } {
  const jwk = jwkIn(text)
  const key = privateKey(jwk, text)
  return { key, alg: algorithmOf(key), ...(typeof jwk?.kid === 'string' ? { kid: jwk.kid } : {}) }
}

function privateKey(jwk: JsonWebKey | undefined, text: string): KeyObject {
  try {
    return jwk ? createPrivateKey({ key: jwk, format: 'jwk' }) : createPrivateKey(pemIn(text))
  } catch {
    // The library's words may quote the key.
    throw unusable(
      'it is no private key. Enter one in PEM ("-----BEGIN PRIVATE KEY-----") or as a JWK, not encrypted',
    )
  }
}

function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): Algorithm {
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= SHORTEST_RSA) return 'RS384'
  if (type === 'ec' && details?.namedCurve === 'secp384r1') return 'ES384'
  throw unusable(
    'it has to be an RSA key of at least 2048 bits (RS384) or an EC key of the curve P-384 (ES384)',
  )
}

function jwkIn(text: string): JsonWebKey | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as JsonWebKey) : undefined
  } catch {
    return undefined
  }
}

/** A field of one line, or an environment variable, has lost the line breaks or has them as `\n`. */
function pemIn(text: string): string {
  const [, label, body] = /-----BEGIN ((?:[A-Z]+ )*PRIVATE KEY)-----([^-]+)-----END \1-----/.exec(text) ?? []
  if (label === undefined || body === undefined) return text
  const base64 = body.replace(/\\[rn]|\s/g, '')
  return [`-----BEGIN ${label}-----`, ...(base64.match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ''].join(
    '\n',
  )
}

function unusable(why: string): GatewayError {
  return new GatewayError('HG_CONFIG', `The private key of the account cannot be used: ${why}.`)
}
