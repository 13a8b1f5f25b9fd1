import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { ErrorCode } from '../../../src/errors'
import { HttpClient } from '../../../src/http/client'
import { requestToken, type ClientCredentials } from '../../../src/oauth2/client-credentials'
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const SECRET = 'a-Secret+of/the=client'

describe('requestToken', () => {
  let provider: Sandbox
  let server: FaultyServer
  let http: HttpClient
  let body: string
  let type: string
  let status: number

  before(async () => {
    provider = await startSandbox()
    http = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer({
      '/token': (_request, response) => {
        response.writeHead(status, { 'content-type': type }).end(body)
      },
      '/lost': (request, response) => {
        if (server.hits.length === 1) request.socket.resetAndDestroy()
        else response.end(body)
      },
    })
  })
  beforeEach(() => {
    server.hits.length = 0
    status = 200
    type = 'application/json'
    body = JSON.stringify({ access_token: 'abc', token_type: 'Bearer', expires_in: 60 })
  })
  after(async () => {
    await http.close()
    await server.close()
    await provider.close()
  })

  const ask = (url: string, client: Partial<ClientCredentials> = {}, timeoutMs?: number) =>
    requestToken({
      ...{ http, url, askedAt: 1000, provider: 'healthcode', timeoutMs },
      client: { clientId: 'me', clientSecret: SECRET, authentication: 'basic', ...client },
    })
  const atServer = (client: Partial<ClientCredentials> = {}) => ask(`${server.url}/token`, client)
  const sent = () => {
    const { headers, body: form } = server.hits[0]!
    return { authorization: headers.authorization, form: new URLSearchParams(form.toString()) }
  }
  const atSandbox = async (client: Partial<ClientCredentials> = {}) => {
    const { apiKeyId, apiKey } = provider.demo.healthcode
    const url = `${provider.url}/healthcode/auth/token`
    return ask(url, { clientId: apiKeyId, clientSecret: apiKey, ...client })
  }

  it('gets a token by HTTP Basic, in the body, and by a signed assertion', async () => {
    const { apiKeyId, privateKey, keyId } = provider.demo.healthcode.privateKey
    const signed = {
      authentication: 'privateKeyJwt',
      clientId: apiKeyId,
      clientSecret: privateKey,
      keyId,
    } as const
    for (const client of [{}, { authentication: 'body' } as const, signed]) {
      const { token, askedAt, expiresAt } = await atSandbox(client)
      assert.match(token, /^\S{20,}$/)
      assert.deepEqual([askedAt, expiresAt], [1000, 3_601_000])
    }
  })

  it('sends id and key form-encoded in the header, and no scope, unless there is one', async () => {
    await atServer({ clientId: 'me:too' })
    const { authorization = '', form } = sent()
    const [, encoded = ''] = authorization.split(' ')
    assert.equal(Buffer.from(encoded, 'base64').toString(), 'me%3Atoo:a-Secret%2Bof%2Fthe%3Dclient')
    assert.deepEqual([...form], [['grant_type', 'client_credentials']])
    server.hits.length = 0
    await atServer({ scope: 'system/*.read system/*.write' })
    assert.equal(sent().form.get('scope'), 'system/*.read system/*.write')
  })

  it('sends them as fields of the form alone where that is chosen', async () => {
    await atServer({ authentication: 'body' })
    const { authorization, form } = sent()
    assert.equal(authorization, undefined)
    assert.deepEqual(Object.fromEntries(form), {
      ...{ grant_type: 'client_credentials', client_id: 'me', client_secret: SECRET },
    })
  })

  it('asks with a new assertion each time, never with the private key', async () => {
    const { privateKey } = provider.demo.healthcode.privateKey
    const client = { authentication: 'privateKeyJwt', clientSecret: privateKey } as const
    await atServer(client)
    await atServer(client)
    const assertions = server.hits.map((hit) => {
      const form = new URLSearchParams(hit.body.toString())
      assert.equal(hit.headers.authorization, undefined)
      assert.deepEqual([...form.keys()].sort(), [
        ...['client_assertion', 'client_assertion_type', 'client_id', 'grant_type'],
      ])
      assert.doesNotMatch(hit.body.toString(), /PRIVATE/)
      return form.get('client_assertion')
    })
    assert.equal(new Set(assertions).size, 2)
  })

  it('reads an answer that is not labelled as JSON, a life as text, and one without', async () => {
    type = 'text/plain'
    body = JSON.stringify({ access_token: 'abc', expires_in: '60' })
    assert.deepEqual(await atServer(), { token: 'abc', askedAt: 1000, expiresAt: 61_000 })
    body = JSON.stringify({ access_token: 'abc' })
    assert.deepEqual(await atServer(), { token: 'abc', askedAt: 1000 })
  })

  it('asks again where the answer was lost', async () => {
    assert.equal((await ask(`${server.url}/lost`)).token, 'abc')
    assert.equal(server.hits.length, 2)
  })

  describe('tells of a refusal', () => {
    const refused = async (answer: unknown, code: ErrorCode, answered = 400) => {
      status = answered
      body = JSON.stringify(answer)
      return (await failing(atServer(), code)).message
    }

    it('what the server says, but neither key nor id', async () => {
      const error_description = `The client me with ${SECRET} is unknown here.`
      const message = await refused({ error: 'invalid_client', error_description }, 'HG_AUTH')
      assert.match(message, /says: The .*\[redacted\] with \[redacted\] is unknown here/)
    })

    it('nothing where it says nothing, or what is no code', async () => {
      const error = `invalid_client ${SECRET}`
      for (const answer of [
        null,
        {},
        { error, error_description: '' },
        { error: 7, error_description: {} },
      ]) {
        const message = await refused(answer, 'HG_REJECTED')
        assert.doesNotMatch(message, /says|Its error/)
        assert.ok(!message.includes(SECRET))
      }
    })

    it('what its status means where that is not about the key', async () => {
      const answer = { error: 'invalid_client' }
      await refused(answer, 'HG_RATE_LIMITED', 429)
      await refused(answer, 'HG_UNAVAILABLE', 500)
      await refused({ error: 'not_invalid_client' }, 'HG_REJECTED')
    })
  })

  describe('says', () => {
    const refusals: [string, () => void, ErrorCode, RegExp][] = [
      [
        'a key that is not accepted',
        () => oauth(401, 'invalid_client'),
        'HG_AUTH',
        /does not accept the key/,
      ],
      ['the same with status 400', () => oauth(400, 'invalid_client'), 'HG_AUTH', /invalid_client/],
      ['a key that may not', () => oauth(400, 'unauthorized_client'), 'HG_AUTH', /unauthorized_client/],
      ['a scope that is not given', () => oauth(400, 'invalid_scope'), 'HG_CONFIG', /scope of the account/],
      ['a request that is refused', () => oauth(400, 'invalid_request'), 'HG_REJECTED', /invalid_request/],
      ['a server that is out of order', () => (status = 500), 'HG_UNAVAILABLE', /out of order/],
      ['a page in place of an address', () => page(404), 'HG_NOT_FOUND', /404/],
      ['a web page', () => page(200), 'HG_RESPONSE', /no JSON object/],
      ['a web page at a refusal', () => page(403), 'HG_FORBIDDEN', /403/],
      ['an empty answer', () => (body = ''), 'HG_RESPONSE', /no JSON object/],
      ['JSON that is no object', () => (body = '"abc"'), 'HG_RESPONSE', /no JSON object/],
      ['JSON that is cut', () => (body = '{"access_tok'), 'HG_RESPONSE', /no JSON object/],
      ['no token', () => (body = '{"token_type":"Bearer"}'), 'HG_RESPONSE', /without one in it/],
      [
        'a token that fits no header',
        () => (body = '{"access_token":"a\\nb"}'),
        'HG_RESPONSE',
        /without one/,
      ],
      [
        'a token of another type',
        () => (body = '{"access_token":"a","token_type":"mac"}'),
        'HG_RESPONSE',
        /Bearer/,
      ],
      [
        'a life of nothing',
        () => (body = '{"access_token":"a","expires_in":0}'),
        'HG_RESPONSE',
        /expires_in/,
      ],
      ['an endless answer', () => (body = ' '.repeat(70_000)), 'HG_TOO_LARGE', /limit/],
    ]
    const oauth = (code: number, error: string) => {
      status = code
      body = JSON.stringify({ error, error_description: `The client me with ${SECRET} is unknown here.` })
    }
    const page = (code: number) => {
      status = code
      type = 'text/html'
      body = `<!doctype html><html><body>${SECRET}</body></html>`
    }
    for (const [what, prepare, code, sentence] of refusals) {
      it(`${code} for ${what}, without the key`, async () => {
        prepare()
        const error = await failing(atServer({ authentication: 'body' }), code)
        assert.match(error.message, sentence)
        const told = JSON.stringify([error, error.message, error.stack, error.cause])
        assert.ok(!told.includes(SECRET), told)
        // Neither what Http refuses by itself nor a life that cannot be read has one.
        if (/limit|expires_in/.test(error.message)) return
        assert.deepEqual([error.cause.provider, error.cause.operation], ['healthcode', 'token'])
      })
    }

    it('HG_RATE_LIMITED with the wait that the server asks for', async () => {
      const error = await failing(ask(`${server.url}/status?code=429&retryAfter=120`), 'HG_RATE_LIMITED')
      assert.deepEqual([error.cause.statusCode, error.cause.retryable], [429, true])
      assert.deepEqual(error.cause.detail, { retryAfterMs: 120_000 })
    })

    it('HG_RESPONSE for a redirect, and does not follow it', async () => {
      const error = await failing(ask(`${server.url}/redirect?to=/token`), 'HG_RESPONSE')
      assert.equal(error.cause.statusCode, 302)
      assert.equal(server.count('/token'), 0)
    })

    it('HG_TIMEOUT for a server that does not answer, HG_UNAVAILABLE for one that is down', async () => {
      await failing(ask(`${server.url}/hang`, {}, 200), 'HG_TIMEOUT')
      await failing(ask(`${server.url}/drip`, {}, 200), 'HG_TIMEOUT')
      const error = await failing(ask('http://127.0.0.1:1/token'), 'HG_UNAVAILABLE')
      assert.match(error.message, /^127\.0\.0\.1:1 does not accept connections \(ECONNREFUSED\)/)
      assert.equal(error.cause.retryable, true)
    })

    it('HG_CONFIG for credentials that cannot be sent, without them', async () => {
      for (const client of [{ clientId: 'schlüßel' }, { clientSecret: 'geheimnis-ß' }, { clientId: '' }]) {
        const { message } = await failing(atServer(client), 'HG_CONFIG')
        assert.doesNotMatch(message, /schl|geheimnis/)
      }
      assert.equal(server.hits.length, 0)
    })
  })

  it('prints no key where DEBUG is set for all', function () {
    this.timeout(60_000)
    const program = `
      const { HttpClient } = require(${JSON.stringify(join(__dirname, '../../../src/http/client'))})
      const { requestToken } = require(${JSON.stringify(join(__dirname, '../../../src/oauth2/client-credentials'))})
      const http = new HttpClient({ proxy: 'none' })
      const ask = (authentication) => requestToken({
        http, url: 'http://127.0.0.1:1/token', askedAt: 0, provider: 'x',
        client: { clientId: 'me', clientSecret: ${JSON.stringify(SECRET)}, authentication },
      }).catch((error) => console.log(error.code))
      ask('basic').then(() => ask('body')).then(() => http.close())`
    const { stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', program], {
      env: { ...process.env, DEBUG: '*', DEBUG_COLORS: 'no' },
      cwd: join(__dirname, '../../..'),
      encoding: 'utf8',
    })
    assert.equal(stdout, 'HG_UNAVAILABLE\nHG_UNAVAILABLE\n')
    assert.match(stderr, /simple-oauth2:\S+ \[redacted\]/)
    const forms = [
      SECRET,
      encodeURIComponent(SECRET),
      Buffer.from(`me:${encodeURIComponent(SECRET)}`).toString('base64'),
    ]
    for (const form of forms) assert.ok(!stderr.includes(form), form)
  })
})
