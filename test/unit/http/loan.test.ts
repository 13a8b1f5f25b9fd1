import assert from 'node:assert/strict'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { HttpClient } from '../../../src/http/client'
import type { HttpClientOptions, LoanTerms, RequestAgent } from '../../../src/http/types'
import { makeAuthority, makeServerCertificate, type Certificate } from '../../support/certificates'
import { closedAfterEach } from '../../support/closing'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'
import { startProxy, type TestProxyOptions } from '../../support/proxy'

/** A library with an HTTP client of its own: it gives the body, and throws its own error at a status of failure. */
function library(url: string, body = 'document') {
  return (agent: RequestAgent) =>
    new Promise<string>((resolve, reject) => {
      // What the types call an agent is a class; what Node asks of it is `addRequest`.
      const options = { method: 'POST', agent: agent as unknown as http.Agent }
      const answered = (response: IncomingMessage) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', () => reject(new Error('the library hides why')))
        response.on('end', () => {
          if ((response.statusCode ?? 0) < 300) resolve(Buffer.concat(pieces).toString())
          else reject(new Error('the library hides the status'))
        })
      }
      const request = url.startsWith('https:')
        ? https.request(url, options, answered)
        : http.request(url, options, answered)
      request.on('error', () => reject(new Error('the library hides why')))
      request.end(body)
    })
}

describe('HttpClient: what a library is lent', () => {
  let authority: Certificate
  let plain: FaultyServer
  let secure: FaultyServer
  const closed = closedAfterEach()

  before(async () => {
    authority = await makeAuthority()
    const certificate = await makeServerCertificate({ authority })
    plain = await startFaultyServer()
    secure = await startFaultyServer({}, certificate)
  })
  afterEach(() => {
    plain.hits.length = secure.hits.length = 0
  })
  after(async () => {
    await plain.close()
    await secure.close()
  })

  const clientWith = (options: HttpClientOptions = {}) =>
    closed(new HttpClient({ proxy: 'none', ...options }))
  const proxyWith = async (options?: TestProxyOptions) => closed(await startProxy(options))
  const lend = (url: string, client = clientWith(), terms: Partial<LoanTerms> = {}) =>
    client.lend({ url, idempotent: true, timeoutMs: 5000, ...terms }, library(url))

  it('is an agent for one request, with the answer of the library and what the connection has seen', async () => {
    const answer = await lend(`${plain.url}/echo`)
    assert.ok('value' in answer)
    const { method, headers, body } = JSON.parse(answer.value) as {
      method: string
      headers: Record<string, string>
      body: string
    }
    assert.equal(method, 'POST')
    assert.equal(Buffer.from(body, 'base64').toString(), 'document')
    assert.equal(headers['user-agent'], 'health-gateways-node-red')
    assert.deepEqual([answer.statusCode, answer.attempts], [200, 1])
    assert.equal(answer.headers['content-type'], 'application/json')
  })

  it('uses the TLS material of the client, and no other', async () => {
    const answer = await lend(`${secure.url}/ok`, clientWith({ tls: { ca: authority.cert } }))
    assert.ok('value' in answer)
    assert.equal(answer.value, 'ok')
    const error = await failing(lend(`${secure.url}/ok`), 'HG_UNAVAILABLE')
    assert.match(error.message, /certificate .* is not trusted/)
    assert.equal(secure.count('/ok'), 1)
  })

  it('goes through the tunnel of a proxy to https', async () => {
    const proxy = await proxyWith({ authorization: `Basic ${Buffer.from('me:secret').toString('base64')}` })
    const options = {
      tls: { ca: authority.cert },
      proxy: { url: proxy.url, username: 'me', password: 'secret' },
    }
    const answer = await lend(`${secure.url}/ok`, clientWith(options))
    assert.ok('value' in answer)
    assert.deepEqual(proxy.connects, [new URL(secure.url).host])
  })

  it('goes to http through a proxy as a whole URL, and says HG_CONFIG where the proxy refuses the user', async () => {
    const proxy = await proxyWith()
    const answer = await lend(`${plain.url}/ok?a=b`, clientWith({ proxy: { url: proxy.url } }))
    assert.ok('value' in answer)
    assert.deepEqual(proxy.requests, [`${plain.url}/ok?a=b`])
    const strict = await proxyWith({ authorization: 'Basic x' })
    const error = await failing(
      lend(`${plain.url}/ok`, clientWith({ proxy: { url: strict.url } })),
      'HG_CONFIG',
    )
    assert.match(error.message, /407/)
  })

  it('tells the status and the headers of a refusal, whatever the library says', async () => {
    const answer = await lend(`${plain.url}/status?code=429&retryAfter=3600`)
    assert.ok('thrown' in answer)
    assert.match(String(answer.thrown), /hides the status/)
    assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [429, '3600'])
  })

  it('waits as a Retry-After says and tries again, within the deadline', async () => {
    const answer = await lend(`${plain.url}/status?code=503&retryAfter=0`)
    assert.deepEqual([answer.statusCode, answer.attempts], [503, 3])
    assert.equal(plain.count('/status'), 3)
  })

  const failures: [string, 'HG_UNAVAILABLE' | 'HG_RESPONSE', RegExp][] = [
    ['/close', 'HG_UNAVAILABLE', /closed the connection without an answer/],
    ['/reset', 'HG_UNAVAILABLE', /closed the connection without an answer \(ECONNRESET\)/],
    ['/garbage', 'HG_RESPONSE', /not an HTTP answer/],
    ['/big-headers', 'HG_RESPONSE', /headers/],
    ['/cut', 'HG_RESPONSE', /cut off/],
    ['/cut-chunked', 'HG_RESPONSE', /cut off/],
    ['/cut-reset', 'HG_RESPONSE', /cut off/],
  ]
  for (const [path, code, sentence] of failures) {
    it(`says ${code} for ${path}, in the words of all requests`, async () => {
      const error = await failing(lend(plain.url + path, clientWith(), { idempotent: false }), code)
      assert.match(error.message, sentence)
      assert.doesNotMatch(error.message, /library/)
    })
  }

  it('tries again what may arrive twice, and nothing else', async () => {
    const error = await failing(lend(`${plain.url}/reset`), 'HG_UNAVAILABLE')
    assert.deepEqual(error.cause.detail, { reason: 'ECONNRESET', arrived: 'unknown', attempts: 3 })
    assert.equal(plain.count('/reset'), 3)
    await failing(lend(`${plain.url}/reset`, clientWith(), { idempotent: false }), 'HG_UNAVAILABLE')
    assert.equal(plain.count('/reset'), 4)
  })

  it('ends at its deadline: HG_TIMEOUT', async () => {
    for (const path of ['/hang', '/drip']) {
      await failing(lend(plain.url + path, clientWith(), { timeoutMs: 200 }), 'HG_TIMEOUT')
    }
  })

  it('ends when the client is closed, and when its caller stops it: HG_CLOSED', async () => {
    const client = clientWith()
    const hanging = lend(`${plain.url}/hang`, client)
    setImmediate(() => void client.close())
    await failing(hanging, 'HG_CLOSED')
    await failing(lend(`${plain.url}/ok`, client), 'HG_CLOSED')
    const stop = new AbortController()
    const stopped = lend(`${plain.url}/hang`, clientWith(), { signal: stop.signal })
    setImmediate(() => stop.abort())
    await failing(stopped, 'HG_CLOSED')
  })

  it('says HG_INTERNAL where the library makes no request at all', async () => {
    const lent = clientWith().lend({ url: `${plain.url}/ok`, idempotent: true }, () =>
      Promise.reject(new Error('it will not')),
    )
    assert.match((await failing(lent, 'HG_INTERNAL')).message, /it will not/)
  })
})
