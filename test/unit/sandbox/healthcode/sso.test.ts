import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { type Answer, closeSandboxes, type Json, jsonOf, NOW, request, sandboxFor } from '../support'
import { accessToken, assertion, basic, postToken, tokenEndpoint } from './support'

const GRANT = { grant_type: 'client_credentials' }
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

describe("the sandbox's Healthcode SSO server", () => {
  let sandbox: Sandbox
  let now: number

  beforeEach(async () => {
    now = NOW
    sandbox = await sandboxFor({ now: () => now, secret: 'the same' })
  })
  afterEach(closeSandboxes)

  const refusedAs = (answer: Answer, status: number, error: string) => {
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8', answer.text)
    assert.deepEqual([answer.status, jsonOf(answer).error], [status, error], answer.text)
    assert.ok(String(jsonOf(answer).error_description).length > 10)
    assert.equal('www-authenticate' in answer.headers, status === 401)
  }
  /** Whether an access token is good, as an API says it. */
  const statusWith = async (token: string) => {
    const { siteId } = sandbox.demo.healthcode
    const headers = { authorization: `Bearer ${token}`, 'su-siteid': siteId }
    const { slot_endpoint: url } = jsonOf(await request(sandbox.urls.healthcode.discovery))
    return (await request(String(url), { headers })).status
  }

  it('gives a token for an API key by HTTP Basic', async () => {
    const answer = await postToken(sandbox, GRANT, { authorization: basic(sandbox.demo.healthcode) })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['cache-control'], 'no-store')
    const { access_token: token, ...rest } = jsonOf(answer)
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'system/*.read system/*.write',
    })
    assert.equal(await statusWith(String(token)), 200)
  })

  it('gives a token for an API key in the body', async () => {
    const { apiKeyId, apiKey } = sandbox.demo.healthcode
    const answer = await postToken(sandbox, { ...GRANT, client_id: apiKeyId, client_secret: apiKey })
    assert.equal(await statusWith(String(jsonOf(answer).access_token)), 200)
  })

  it('decodes what HTTP Basic holds as RFC 6749 says', async () => {
    const { apiKeyId, apiKey } = sandbox.demo.healthcode
    const encoded = {
      apiKeyId: apiKeyId.replace('-', '%2D'),
      apiKey: `%${apiKey.charCodeAt(0).toString(16)}${apiKey.slice(1)}`,
    }
    assert.equal((await postToken(sandbox, GRANT, { authorization: basic(encoded) })).status, 200)
  })

  it('keeps its API keys and tokens when it starts again with its secret', async () => {
    const token = await accessToken(sandbox)
    const { apiKey, privateKey } = sandbox.demo.healthcode
    await sandbox.close()
    sandbox = await sandboxFor({ now: () => now, secret: 'the same' })
    assert.equal(sandbox.demo.healthcode.apiKey, apiKey)
    assert.deepEqual(sandbox.demo.healthcode.privateKey, privateKey)
    assert.equal(await statusWith(token), 200)
    const other = await sandboxFor({ secret: 'another' })
    assert.notEqual(other.demo.healthcode.apiKey, apiKey)
  })

  it('refuses a key that is wrong, unknown, missing or unreadable', async () => {
    const { apiKeyId, apiKey } = sandbox.demo.healthcode
    for (const authorization of [
      basic({ apiKeyId, apiKey: 'wrong' }),
      basic({ apiKeyId: 'unknown', apiKey }),
      basic({ apiKeyId, apiKey: '%' }),
      'Basic %%%',
      'Bearer x',
    ]) {
      refusedAs(await postToken(sandbox, GRANT, { authorization }), 401, 'invalid_client')
    }
    refusedAs(await postToken(sandbox, GRANT), 401, 'invalid_client')
    const authorization = basic(sandbox.demo.healthcode)
    const another = { ...GRANT, client_id: 'sandbox-key-2' }
    refusedAs(await postToken(sandbox, another, { authorization }), 401, 'invalid_client')
    refusedAs(await postToken(sandbox, { ...GRANT, client_id: apiKeyId }), 401, 'invalid_client')
  })

  it('refuses a request that is no token request', async () => {
    const authorization = basic(sandbox.demo.healthcode)
    const { apiKeyId: client_id, apiKey: client_secret } = sandbox.demo.healthcode
    refusedAs(await postToken(sandbox, {}, { authorization }), 400, 'invalid_request')
    refusedAs(
      await postToken(sandbox, { grant_type: 'password' }, { authorization }),
      400,
      'unsupported_grant_type',
    )
    refusedAs(await postToken(sandbox, { ...GRANT, scope: 'all' }, { authorization }), 400, 'invalid_scope')
    refusedAs(
      await postToken(sandbox, { ...GRANT, client_id, client_secret }, { authorization }),
      400,
      'invalid_request',
    )
    const url = await tokenEndpoint(sandbox)
    const inAddress = {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    }
    refusedAs(
      await request(`${url}?grant_type=client_credentials`, { ...inAddress, body: '' }),
      400,
      'invalid_request',
    )
    const twice = 'grant_type=client_credentials&grant_type=client_credentials'
    refusedAs(await request(url, { ...inAddress, body: twice }), 400, 'invalid_request')
    const json = { authorization, 'content-type': 'application/json' }
    refusedAs(await request(url, { method: 'POST', headers: json, body: '{}' }), 415, 'invalid_request')
    assert.equal((await request(url, { headers: { authorization } })).status, 405)
  })

  it('gives the scope that is asked for', async () => {
    for (const scope of ['system/*.read', 'system/*.*', 'system/*.read system/*.write']) {
      const authorization = basic(sandbox.demo.healthcode)
      assert.equal(jsonOf(await postToken(sandbox, { ...GRANT, scope }, { authorization })).scope, scope)
    }
  })

  it('has several keys for a site, each deleted by itself', async () => {
    const { secondKey, apiKeyId } = sandbox.demo.healthcode
    const [first, second] = [await accessToken(sandbox), await accessToken(sandbox, secondKey)]
    assert.equal(sandbox.healthcode.revokeKey(apiKeyId), true)
    assert.equal(sandbox.healthcode.revokeKey(apiKeyId), false)
    assert.equal(await statusWith(first), 401)
    assert.equal(await statusWith(second), 200)
    refusedAs(
      await postToken(sandbox, GRANT, { authorization: basic(sandbox.demo.healthcode) }),
      401,
      'invalid_client',
    )
    const added = sandbox.healthcode.addKey({ sites: [sandbox.demo.healthcode.siteId] })
    assert.equal(await statusWith(await accessToken(sandbox, added)), 200)
  })

  it('has tokens that expire: by time, all at once, or sooner', async () => {
    const token = await accessToken(sandbox)
    now += 3_599_999
    assert.equal(await statusWith(token), 200)
    now += 1
    assert.equal(await statusWith(token), 401)
    const another = await accessToken(sandbox)
    sandbox.healthcode.expireTokens()
    assert.equal(await statusWith(another), 401)
    sandbox.healthcode.setTokenLifetime(10)
    const short = await postToken(sandbox, GRANT, { authorization: basic(sandbox.demo.healthcode) })
    assert.equal(jsonOf(short).expires_in, 10)
    now += 10_000
    assert.equal(await statusWith(String(jsonOf(short).access_token)), 401)
  })

  it('misbehaves when told', async () => {
    const authorization = basic(sandbox.demo.healthcode)
    sandbox.misbehave({ endpoint: 'healthcode.token', times: 1, do: 'html' })
    assert.match((await postToken(sandbox, GRANT, { authorization })).text, /^<!DOCTYPE html>/)
    sandbox.misbehave({ endpoint: 'healthcode.token', times: 1, do: 'without', fields: ['access_token'] })
    assert.equal('access_token' in jsonOf(await postToken(sandbox, GRANT, { authorization })), false)
    assert.equal((await postToken(sandbox, GRANT, { authorization })).status, 200)
  })

  describe('takes signed assertions', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    let apiKeyId: string
    let audience: string

    beforeEach(async () => {
      const jwks = [
        { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa', alg: 'RS384' },
        { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec' },
        { ...ec.publicKey.export({ format: 'jwk' }), kid: 'other', alg: 'ES256' },
      ]
      apiKeyId = sandbox.healthcode.addKey({ sites: [sandbox.demo.healthcode.siteId], jwks }).apiKeyId
      audience = await tokenEndpoint(sandbox)
    })

    const rightClaims = () => ({ iss: apiKeyId, sub: apiKeyId, aud: audience, exp: now / 1000 + 300 })
    const rightHeader = { alg: 'ES384', kid: 'ec', typ: 'JWT' }
    const withAssertion = (text: string, fields: Record<string, string> = {}) =>
      postToken(sandbox, { ...GRANT, client_assertion_type: JWT_BEARER, client_assertion: text, ...fields })
    const signed = (header: Json = {}, claims: Json = {}, key: KeyObject = ec.privateKey) =>
      assertion(key, { ...rightHeader, ...header }, { ...rightClaims(), ...claims })

    it('ES384', async () => {
      const answer = await withAssertion(signed())
      assert.equal(await statusWith(String(jsonOf(answer).access_token)), 200, answer.text)
    })

    it('RS384', async () => {
      const answer = await withAssertion(signed({ alg: 'RS384', kid: 'rsa' }, {}, rsa.privateKey))
      assert.equal(await statusWith(String(jsonOf(answer).access_token)), 200, answer.text)
    })

    it('of the demo key', async () => {
      const { privateKey, apiKeyId: id, keyId, algorithm } = sandbox.demo.healthcode.privateKey
      const text = assertion(
        privateKey,
        { alg: algorithm, kid: keyId, typ: 'JWT' },
        { ...rightClaims(), iss: id, sub: id },
      )
      const answer = await withAssertion(text, { client_id: id })
      assert.equal(await statusWith(String(jsonOf(answer).access_token)), 200, answer.text)
    })

    it('each once', async () => {
      const text = signed()
      assert.equal((await withAssertion(text)).status, 200)
      refusedAs(await withAssertion(text), 401, 'invalid_client')
    })

    const wrong: Record<string, [why: RegExp, make: () => string]> = {
      'another algorithm': [/alg has to be/, () => signed({ alg: 'RS256' })],
      none: [/alg has to be/, () => signed({ alg: 'none' }).replace(/[^.]*$/, '')],
      'an unknown kid': [/kid names no/, () => signed({ kid: 'who' })],
      'no kid': [/kid names no/, () => signed({ kid: undefined })],
      'a kid of another algorithm': [/is not for ES384/, () => signed({ kid: 'rsa' })],
      'a kid whose algorithm is another one': [/is not for ES384/, () => signed({ kid: 'other' })],
      'another typ': [/typ has to be/, () => signed({ typ: 'at+jwt' })],
      "another's key": [/signature is not right/, () => signed({}, {}, other.privateKey)],
      'a signature in DER': [
        /signature is not right/,
        () => assertion(ec.privateKey, rightHeader, rightClaims(), 'der'),
      ],
      'another audience': [/aud has to be/, () => signed({}, { aud: 'https://auth.example/token' })],
      'no audience': [/aud has to be/, () => signed({}, { aud: undefined })],
      'an issuer that is not the subject': [/iss and sub/, () => signed({}, { sub: 'x' })],
      'an unknown issuer': [/no key of the id/, () => signed({}, { iss: 'x', sub: 'x' })],
      'no expiry': [/exp is missing/, () => signed({}, { exp: undefined })],
      'a past expiry': [/exp is missing or past/, () => signed({}, { exp: now / 1000 - 61 })],
      'an expiry far away': [/five minutes/, () => signed({}, { exp: now / 1000 + 361 })],
      'a start in the future': [/nbf is in the future/, () => signed({}, { nbf: now / 1000 + 61 })],
      'no jti': [/jti is missing/, () => signed({}, { jti: undefined })],
      'no JWT at all': [/no signed JWT/, () => 'a.b.c'],
    }
    for (const [what, [why, make]] of Object.entries(wrong)) {
      it(`but not with ${what}`, async () => {
        const answer = await withAssertion(make())
        refusedAs(answer, 401, 'invalid_client')
        assert.match(answer.text, why)
      })
    }

    it('but not of another type, for another client, or besides a secret', async () => {
      refusedAs(await withAssertion(signed(), { client_assertion_type: 'jwt' }), 400, 'invalid_request')
      refusedAs(await withAssertion(signed(), { client_id: 'sandbox-key' }), 401, 'invalid_client')
      refusedAs(await withAssertion(signed(), { client_secret: 'x' }), 400, 'invalid_request')
    })

    it('but not once the key is deleted', async () => {
      sandbox.healthcode.revokeKey(apiKeyId)
      refusedAs(await withAssertion(signed()), 401, 'invalid_client')
    })
  })
})
