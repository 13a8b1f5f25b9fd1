import assert from 'node:assert/strict'
import { HttpClient } from '../../../src/http/client'
import type { HttpRequest } from '../../../src/http/types'
import { makeServerCertificate } from '../../support/certificates'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const secrets = {
  Authorization: 'Bearer secret',
  Cookie: 'session=secret',
  'X-Api-Key': 'secret',
  'Content-Type': 'text/plain',
  Accept: 'application/xml',
}

describe('HttpClient: redirects', () => {
  let server: FaultyServer
  let other: FaultyServer
  let client: HttpClient

  before(() => (client = new HttpClient({ proxy: 'none' })))
  after(() => client.close())

  beforeEach(async () => {
    server = await startFaultyServer()
    other = await startFaultyServer()
  })

  afterEach(async () => {
    await server.close()
    await other.close()
  })

  const send = (to: string, code: number, request: Partial<HttpRequest> = {}) =>
    client.request({
      method: 'GET',
      url: `${server.url}/redirect?code=${code}&to=${encodeURIComponent(to)}`,
      redirects: 3,
      ...request,
    })

  it('are answers like any other unless redirects are asked for', async () => {
    const response = await send('/ok', 302, { redirects: undefined })
    assert.equal(response.statusCode, 302)
    assert.equal(response.headers.location, '/ok')
    assert.equal(server.count('/ok'), 0)
  })

  for (const code of [301, 302, 303, 307, 308]) {
    for (const method of ['GET', 'HEAD'] as const) {
      it(`${code} of ${method} is followed with the same method`, async () => {
        const response = await send('/echo?x=1', code, { method })
        assert.equal(response.statusCode, 200)
        assert.equal(response.url, `${server.url}/echo?x=1`)
        assert.equal(response.attempts, 1)
        assert.equal(server.hits.at(-1)?.method, method)
      })
    }
  }

  for (const code of [307, 308]) {
    it(`${code} of POST is followed with method and body`, async () => {
      const body = { contentLength: 8, chunks: () => [Buffer.from('document')] }
      await send('/echo', code, { method: 'POST', body })
      assert.equal(server.hits.at(-1)?.method, 'POST')
      assert.equal(server.hits.at(-1)?.body.toString(), 'document')
    })
  }

  for (const code of [301, 302, 303]) {
    it(`${code} of POST is the answer: a document must not turn into a GET`, async () => {
      const response = await send('/ok', code, { method: 'POST', body: 'document' })
      assert.equal(response.statusCode, code)
      assert.equal(server.hits.length, 1)
    })
  }

  for (const code of [300, 304, 305, 200]) {
    it(`${code} with a Location is no redirect`, async () => {
      assert.equal((await send('/ok', code)).statusCode, code)
    })
  }

  it('keep everything within the origin, with a new authorization for each', async () => {
    const asked: string[] = []
    const authorization = (url: string) => `OAuth ${asked.push(new URL(url).pathname)}`
    await send('/echo', 302, { headers: { cookie: 'a=1', 'x-api-key': 'k' }, authorization })
    const last = server.hits.at(-1)!
    assert.deepEqual(asked, ['/redirect', '/echo'])
    assert.equal(last.headers.authorization, 'OAuth 2')
    assert.equal(last.headers.cookie, 'a=1')
    assert.equal(last.headers['x-api-key'], 'k')
  })

  it('take no secret to another origin', async () => {
    let asked = 0
    const authorization = () => `OAuth ${++asked}`
    const response = await send(`${other.url}/echo`, 302, { headers: secrets, authorization })
    assert.equal(response.statusCode, 200)
    assert.equal(asked, 1)
    const hit = other.hits[0]!
    assert.doesNotMatch(JSON.stringify(hit.headers), /secret|OAuth/)
    assert.equal(hit.headers.accept, 'application/xml')
    assert.equal(hit.headers.host, new URL(other.url).host)
  })

  it('take no secret back either', async () => {
    const back = `${other.url}/redirect?to=${encodeURIComponent(`${server.url}/echo`)}`
    await send(back, 302, { headers: secrets, authorization: () => 'OAuth x' })
    assert.doesNotMatch(JSON.stringify(server.hits.at(-1)?.headers), /secret|OAuth/)
    assert.equal(server.hits.at(-1)?.path, '/echo')
  })

  it('take no body to another origin', async () => {
    const response = await send(`${other.url}/echo`, 307, { method: 'POST', body: 'document' })
    assert.equal(response.statusCode, 307)
    assert.equal(other.hits.length, 0)
  })

  it('end after as many as were allowed, with the last redirect as the answer', async () => {
    const response = await client.request({ method: 'GET', url: `${server.url}/loop`, redirects: 4 })
    assert.equal(response.statusCode, 302)
    assert.equal(server.count('/loop'), 5)
  })

  for (const to of ['ftp://example.org/', 'javascript:alert(1)', 'http://', 'http://me:pw@127.0.0.1/', '']) {
    it(`to "${to}" are the answer`, async () => {
      assert.equal((await send(to, 302)).statusCode, 302)
      assert.equal(server.hits.length, 1)
    })
  }

  it('never lead from https to http', async () => {
    const certificate = await makeServerCertificate()
    const secure = await startFaultyServer({}, certificate)
    const trusting = new HttpClient({ proxy: 'none', tls: { ca: certificate.cert } })
    const ask = (to: string) =>
      trusting.request({
        method: 'GET',
        url: `${secure.url}/redirect?to=${encodeURIComponent(to)}`,
        redirects: 3,
      })
    assert.equal((await ask(`${other.url}/ok`)).statusCode, 302)
    assert.equal(other.hits.length, 0)
    assert.equal((await ask(`${secure.url}/ok`)).statusCode, 200)
    await trusting.close()
    await secure.close()
  })

  it('share one deadline', async () => {
    const request = send('/hang', 302, { timeoutMs: 300 })
    await assert.rejects(request, { code: 'HG_TIMEOUT' })
  })
})
