import assert from 'node:assert/strict'
import { HttpClient } from '../../../src/http/client'
import { proxyChooser } from '../../../src/http/proxy'
import type { HttpClientOptions, ProxyOptions } from '../../../src/http/types'
import { makeAuthority, makeServerCertificate, type Certificate } from '../../support/certificates'
import { closedAfterEach } from '../../support/closing'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'
import { startProxy, type TestProxyOptions } from '../../support/proxy'

const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy']

describe('HttpClient: proxies', () => {
  let authority: Certificate
  let certificate: Certificate
  let plain: FaultyServer
  let secure: FaultyServer
  const closed = closedAfterEach()

  before(async () => {
    authority = await makeAuthority()
    certificate = await makeServerCertificate({ authority })
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

  const proxyWith = async (options?: TestProxyOptions) => closed(await startProxy(options))

  const clientWith = (options: HttpClientOptions) =>
    closed(new HttpClient({ tls: { ca: authority.cert }, ...options }))

  const post = (client: HttpClient, url: string) =>
    client.request({ method: 'POST', url, body: 'document', timeoutMs: 5000 })

  describe('by option', () => {
    it('http goes through in absolute form', async () => {
      const proxy = await proxyWith()
      const response = await post(clientWith({ proxy: { url: proxy.url } }), `${plain.url}/echo?a=b`)
      const echo = JSON.parse(response.body.toString()) as { headers: Record<string, string>; body: string }
      assert.deepEqual(proxy.requests, [`${plain.url}/echo?a=b`])
      assert.deepEqual(proxy.connects, [])
      assert.equal(echo.headers.host, new URL(plain.url).host)
      assert.equal(Buffer.from(echo.body, 'base64').toString(), 'document')
      assert.equal(response.url, `${plain.url}/echo?a=b`)
    })

    it('https goes through a tunnel, with our own CA for the target', async () => {
      const proxy = await proxyWith()
      const client = clientWith({ proxy: { url: proxy.url } })
      for (let round = 0; round < 3; round++)
        assert.equal((await post(client, `${secure.url}/ok`)).statusCode, 200)
      // a tunnel is used again; undici may take a second one while the first comes to rest
      assert.ok(proxy.connects.length <= 2)
      assert.deepEqual([...new Set(proxy.connects)], [new URL(secure.url).host])
      assert.deepEqual(proxy.requests, [])
    })

    it('and is checked as without a proxy', async () => {
      const proxy = await proxyWith()
      const error = await failing(
        post(clientWith({ proxy: { url: proxy.url }, tls: {} }), `${secure.url}/ok`),
        'HG_UNAVAILABLE',
      )
      assert.match(
        error.message,
        new RegExp(`^The certificate of ${new URL(secure.url).host} is not trusted`),
      )
      assert.equal(proxy.connects.length, 1)
    })

    it('a proxy that is spoken to over TLS', async () => {
      const proxy = await proxyWith({ tls: certificate })
      const client = clientWith({ proxy: { url: proxy.url } })
      assert.equal((await post(client, `${secure.url}/ok`)).statusCode, 200)
      assert.equal((await post(client, `${plain.url}/ok`)).statusCode, 200)
      assert.deepEqual(proxy.connects, [new URL(secure.url).host])
      assert.deepEqual(proxy.requests, [`${plain.url}/ok`])
      const error = await failing(
        post(clientWith({ proxy: { url: proxy.url }, tls: {} }), `${secure.url}/ok`),
        'HG_UNAVAILABLE',
      )
      assert.match(error.message, new RegExp(`^The certificate of the proxy ${proxy.host} is not trusted`))
    })

    const authorization = `Basic ${Buffer.from('me:s3cret').toString('base64')}`
    for (const [how, options] of [
      ['of the option', (url: string) => ({ url, username: 'me', password: 's3cret' })],
      ['in the URL', (url: string) => ({ url: url.replace('://', '://me:s3cret@') })],
      ['escaped in the URL', (url: string) => ({ url: url.replace('://', '://%6De:s3cr%65t@') })],
    ] as const) {
      it(`user name and password ${how} are sent to the proxy alone`, async () => {
        const proxy = await proxyWith({ authorization })
        const client = clientWith({ proxy: options(proxy.url) })
        await post(client, `${plain.url}/ok`)
        await post(client, `${secure.url}/ok`)
        assert.deepEqual(proxy.credentials, [authorization, authorization])
        for (const { headers } of [...plain.hits, ...secure.hits])
          assert.equal(headers['proxy-authorization'], undefined)
      })
    }

    for (const kind of ['http', 'https'] as const) {
      it(`a proxy that does not accept them for ${kind} is HG_CONFIG`, async () => {
        const proxy = await proxyWith({ authorization })
        const client = clientWith({ proxy: { url: proxy.url, username: 'me', password: 'wrong' } })
        const error = await failing(
          post(client, `${kind === 'http' ? plain.url : secure.url}/ok`),
          'HG_CONFIG',
        )
        assert.match(
          error.message,
          new RegExp(`^The proxy ${proxy.host} does not accept the user name and password`),
        )
        assert.doesNotMatch(JSON.stringify([error.message, error.cause]), /wrong|Basic/)
        assert.deepEqual(error.cause.detail, { reason: 'PROXY_407', arrived: 'no', attempts: 1 })
      })
    }

    it('noProxy names what is reached directly', async () => {
      const proxy = await proxyWith()
      const client = clientWith({ proxy: { url: proxy.url, noProxy: ['127.0.0.1'] } })
      await post(client, `${plain.url}/ok`)
      await post(client, `${secure.url}/ok`)
      assert.deepEqual([proxy.requests, proxy.connects], [[], []])
    })
  })

  describe('that fail', () => {
    it('a proxy that is not there is named, and surely nothing arrived', async () => {
      const client = clientWith({ proxy: { url: 'http://127.0.0.1:1' } })
      for (const url of [plain.url, secure.url]) {
        const error = await failing(post(client, `${url}/ok`), 'HG_UNAVAILABLE')
        assert.match(error.message, /^The proxy 127\.0\.0\.1:1 does not accept connections \(ECONNREFUSED\)/)
        assert.deepEqual(error.cause.detail, { reason: 'ECONNREFUSED', arrived: 'no', attempts: 3 })
      }
    })

    it('a proxy that forbids the target is HG_UNAVAILABLE, once', async () => {
      const proxy = await proxyWith({ connectStatus: 403 })
      const error = await failing(
        post(clientWith({ proxy: { url: proxy.url } }), `${secure.url}/ok`),
        'HG_UNAVAILABLE',
      )
      assert.match(
        error.message,
        /did not open a connection \(PROXY_403\)\. Check that it allows this address/,
      )
      assert.equal(error.cause.retryable, false)
      assert.equal(proxy.connects.length, 1)
    })

    it('a proxy that cannot reach the target just now is tried again', async () => {
      const proxy = await proxyWith({ connectStatus: 503 })
      const error = await failing(
        post(clientWith({ proxy: { url: proxy.url } }), `${secure.url}/ok`),
        'HG_UNAVAILABLE',
      )
      assert.deepEqual(error.cause.detail, { reason: 'PROXY_503', arrived: 'no', attempts: 3 })
      assert.equal(proxy.connects.length, 3)
    })

    it('a proxy that does not answer is under the deadline, and let go', async () => {
      const proxy = await proxyWith({ connectStatus: 'hang' })
      const client = clientWith({ proxy: { url: proxy.url } })
      const error = await failing(
        client.request({ method: 'GET', url: secure.url, timeoutMs: 200 }),
        'HG_TIMEOUT',
      )
      assert.equal((error.cause.detail as { arrived: string }).arrived, 'no')
    })

    it('an http proxy named with https is HG_UNAVAILABLE', async () => {
      const proxy = await proxyWith()
      const client = clientWith({ proxy: { url: proxy.url.replace('http', 'https') } })
      const error = await failing(post(client, `${secure.url}/ok`), 'HG_UNAVAILABLE')
      assert.match(error.message, /^No secure connection to the proxy/)
    })

    for (const url of ['', 'http://', 'socks5://127.0.0.1:1080', 'not a url']) {
      it(`the address "${url}" is HG_CONFIG`, async () => {
        const error = await failing(post(clientWith({ proxy: { url } }), `${plain.url}/ok`), 'HG_CONFIG')
        assert.match(
          error.message,
          /^The proxy's address in the proxy setting cannot be used\. It must look like http/,
        )
        assert.equal(plain.hits.length, 0)
      })
    }
  })

  describe('by the environment', () => {
    const saved = process.env

    beforeEach(() => {
      const others = Object.entries(saved).filter(([name]) => !variables.includes(name))
      process.env = Object.fromEntries(others)
    })

    afterEach(() => {
      process.env = saved
    })

    for (const [http, https] of [
      ['HTTP_PROXY', 'HTTPS_PROXY'],
      ['http_proxy', 'https_proxy'],
    ] as const) {
      it(`${http} and ${https} are each for their scheme`, async () => {
        const one = await proxyWith()
        const other = await proxyWith()
        process.env[http] = one.url
        process.env[https] = other.url
        const client = clientWith({})
        await post(client, `${plain.url}/ok`)
        await post(client, `${secure.url}/ok`)
        assert.deepEqual([one.requests, one.connects], [[`${plain.url}/ok`], []])
        assert.deepEqual([other.requests, other.connects], [[], [new URL(secure.url).host]])
      })
    }

    it('is read when the client is made', async () => {
      const proxy = await proxyWith()
      const before = clientWith({ proxy: 'environment' })
      process.env.HTTP_PROXY = proxy.host
      const after = clientWith({ proxy: 'environment' })
      await post(before, `${plain.url}/ok`)
      assert.equal(proxy.requests.length, 0)
      await post(after, `${plain.url}/ok`)
      assert.equal(proxy.requests.length, 1)
    })

    it('means nothing for a client with a proxy of its own, or with none', async () => {
      const proxy = await proxyWith()
      const own = await proxyWith()
      process.env.HTTP_PROXY = proxy.url
      process.env.NO_PROXY = '127.0.0.1'
      await post(clientWith({ proxy: 'none' }), `${plain.url}/ok`)
      await post(clientWith({ proxy: { url: own.url } }), `${plain.url}/ok`)
      assert.equal(proxy.requests.length, 0)
      assert.equal(own.requests.length, 1)
    })

    it('NO_PROXY names what is reached directly', async () => {
      const proxy = await proxyWith()
      process.env.HTTP_PROXY = proxy.url
      process.env.NO_PROXY = 'example.org, 127.0.0.1'
      await post(clientWith({}), `${plain.url}/ok`)
      assert.equal(proxy.requests.length, 0)
      process.env.no_proxy = ''
      await post(clientWith({}), `${plain.url}/ok`)
      assert.equal(proxy.requests.length, 1)
    })

    it('a bad value names its variable', async () => {
      process.env.HTTP_PROXY = 'socks5://me:hunter2@127.0.0.1:1080'
      const error = await failing(post(clientWith({}), `${plain.url}/ok`), 'HG_CONFIG')
      assert.match(error.message, /in the environment variable HTTP_PROXY cannot be used/)
      assert.doesNotMatch(error.message, /hunter2/)
    })
  })
})

describe('proxyChooser', () => {
  const proxied = (noProxy: string, url: string) => {
    const options: ProxyOptions = { url: 'http://proxy.example:3128', noProxy: [noProxy] }
    return proxyChooser(options)(new URL(url)) !== undefined
  }

  for (const [noProxy, url, direct] of [
    ['', 'http://example.org/', false],
    ['*', 'http://example.org/', true],
    ['example.org', 'http://example.org/', true],
    ['EXAMPLE.org', 'https://Example.ORG/', true],
    ['example.org', 'http://api.example.org/', true],
    ['.example.org', 'http://api.example.org/', true],
    ['*.example.org', 'http://api.example.org/', true],
    ['example.org', 'http://badexample.org/', false],
    ['example.org', 'http://example.org.evil/', false],
    ['example.org:8080', 'http://example.org:8080/', true],
    ['example.org:8080', 'http://example.org/', false],
    ['example.org:443', 'https://example.org/', true],
    ['example.org:80', 'https://example.org/', false],
    ['a.example b.example,c.example', 'http://b.example/', true],
    ['127.0.0.1', 'http://127.0.0.1:1880/', true],
    ['::1', 'http://[::1]:1880/', true],
    ['[::1]', 'http://[::1]/', true],
    ['[::1]:1880', 'http://[::1]:1880/', true],
    ['[::1]:1880', 'http://[::1]:1881/', false],
  ] as const) {
    it(`with NO_PROXY "${noProxy}" ${url} goes ${direct ? 'directly' : 'through the proxy'}`, () => {
      assert.equal(proxied(noProxy, url), !direct)
    })
  }
})
