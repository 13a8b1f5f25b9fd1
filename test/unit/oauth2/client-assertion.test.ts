import assert from 'node:assert/strict'
import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { GatewayError } from '../../../src/errors'
import { clientAssertion } from '../../../src/oauth2/client-assertion'

const url = 'https://auth.example.org/token'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8') =>
  key.export({ type, format: 'pem' } as never).toString()

interface Read {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  isGenuine: (key: KeyObject) => boolean
}

function read(jwt: string): Read {
  const [header = '', claims = '', signature = ''] = jwt.split('.')
  const part = (text: string) =>
    JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>
  return {
    header: part(header),
    claims: part(claims),
    isGenuine: (key) =>
      verify(
        'sha384',
        Buffer.from(`${header}.${claims}`),
        { key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ),
  }
}

const made = (clientSecret: string, keyId?: string, now?: number) =>
  read(clientAssertion({ clientId: 'me', clientSecret, keyId }, url, now))

describe('clientAssertion', () => {
  it('signs with RS384 for an RSA key and with ES384 for one of the curve P-384', () => {
    for (const [alg, pair] of [['RS384', rsa] as const, ['ES384', ec] as const]) {
      const { header, isGenuine } = made(pem(pair.privateKey), 'key-1')
      assert.deepEqual(header, { alg, typ: 'JWT', kid: 'key-1' })
      assert.ok(isGenuine(pair.publicKey))
    }
  })

  it('says who asks, for the token endpoint alone, for less than five minutes, and never twice the same', () => {
    const now = Date.UTC(2026, 0, 1)
    const { claims } = made(pem(ec.privateKey), undefined, now)
    const { jti, ...rest } = claims
    assert.deepEqual(rest, { iss: 'me', sub: 'me', aud: url, exp: now / 1000 + 240 })
    assert.notEqual(jti, made(pem(ec.privateKey)).claims['jti'])
  })

  it('takes the key in each form of PEM, without its line breaks too, and as a JWK with its own kid', () => {
    const ways = [
      pem(rsa.privateKey),
      pem(rsa.privateKey, 'pkcs1'),
      pem(rsa.privateKey).replaceAll('\n', ' '),
      pem(rsa.privateKey).replaceAll('\n', ''),
      pem(rsa.privateKey).replaceAll('\n', '\\n'),
      pem(rsa.privateKey, 'pkcs1').replaceAll('\n', ' '),
      `\r\n${pem(rsa.privateKey).replaceAll('\n', '\r\n')}`,
    ]
    for (const way of ways) assert.ok(made(way).isGenuine(rsa.publicKey), way.slice(0, 60))
    assert.ok(made(pem(ec.privateKey, 'sec1')).isGenuine(ec.publicKey))
    assert.ok(made(pem(ec.privateKey, 'sec1').replaceAll('\n', '')).isGenuine(ec.publicKey))
    const jwk = { ...ec.privateKey.export({ format: 'jwk' }), kid: 'of-the-jwk' }
    const { header, isGenuine } = made(JSON.stringify(jwk))
    assert.deepEqual(header, { alg: 'ES384', typ: 'JWT', kid: 'of-the-jwk' })
    assert.ok(isGenuine(ec.publicKey))
    assert.equal(made(JSON.stringify(jwk), 'entered').header['kid'], 'entered')
  })

  const refused: [string, string, RegExp][] = [
    ['a text', 'my-very-secret-key', /no private key/],
    ['an empty object', '{}', /no private key/],
    ['a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(), /no private key/],
    [
      'an encrypted key',
      rsa.privateKey
        .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
        .toString(),
      /not encrypted/,
    ],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), /2048/],
    ['another curve', pem(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey), /P-384/],
    [
      'an RSA key for another kind of signature',
      pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey),
      /RS384/,
    ],
    ['another kind of key', pem(generateKeyPairSync('ed25519').privateKey), /RS384/],
  ]
  for (const [what, key, sentence] of refused) {
    it(`says HG_CONFIG for ${what}, without a word of it`, () => {
      assert.throws(
        () => made(key),
        (error) => {
          assert.ok(error instanceof GatewayError)
          assert.equal(error.code, 'HG_CONFIG')
          assert.match(error.message, sentence)
          const body = key
            .replace(/-----[^-]*-----/g, '')
            .trim()
            .slice(0, 20)
          assert.ok(key === '{}' || !error.message.includes(body))
          return true
        },
      )
    })
  }
})
