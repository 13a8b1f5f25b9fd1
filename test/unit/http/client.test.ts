import assert from 'node:assert/strict'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { HttpClient } from '../../../src/http/client'
import type { HttpRequest } from '../../../src/http/types'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const TEXT = 'Blood pressure 120/80, taken twice. '.repeat(200)
const MEGABYTE = 1024 * 1024

interface Echo {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

describe('HttpClient', () => {
  let server: FaultyServer
  let client: HttpClient

  const encoded: Record<string, { as: string; body: Buffer }> = {
    '/gzip': { as: 'gzip', body: gzipSync(TEXT) },
    '/x-gzip': { as: 'X-GZip', body: gzipSync(TEXT) },
    '/deflate': { as: 'deflate', body: deflateSync(TEXT) },
    '/deflate-raw': { as: 'deflate', body: deflateRawSync(TEXT) },
    '/br': { as: 'br', body: brotliCompressSync(TEXT) },
    '/identity': { as: 'identity', body: Buffer.from(TEXT) },
    '/chained': { as: 'deflate, gzip, br', body: brotliCompressSync(gzipSync(deflateSync(TEXT))) },
    '/six-times': { as: Array(6).fill('gzip').join(','), body: Buffer.from(TEXT) },
  }

  before(async () => {
    client = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer({
      '/headers': (_request, response) => {
        response.writeHead(201, {
          'X-Mixed-Case': 'Yes',
          'Set-Cookie': ['a=1', 'b=2'],
          'X-Latin': 'caf\u00e9',
        })
        response.end()
      },
      '/early-hints': (_request, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' })
        response.end('after the hints')
      },
      '/no-content': (_request, response) => response.writeHead(204, { 'content-encoding': 'gzip' }).end(),
      '/one-byte-chunks': (request) => {
        request.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
        request.socket.end('1\r\nx\r\n'.repeat(MEGABYTE) + '0\r\n\r\n')
      },
      '/mixed-chunks': (_request, response) => {
        for (let index = 0; index < 200; index++) {
          response.write(String.fromCharCode(65 + (index % 26)).repeat(index % 3 === 0 ? 9000 : 1 + index))
        }
        response.end()
      },
      ...Object.fromEntries(
        Object.entries(encoded).map(([path, { as, body }]) => [
          path,
          (_request, response) => void response.writeHead(200, { 'content-encoding': as }).end(body),
        ]),
      ),
    })
  })

  after(async () => {
    await client.close()
    await server.close()
  })

  const echo = async (request: Partial<HttpRequest>): Promise<Echo> => {
    const response = await client.request({ method: 'POST', url: `${server.url}/echo`, ...request })
    return JSON.parse(response.body.toString()) as Echo
  }

  describe('what is sent', () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      it(`${method}, with the path and query as given`, async () => {
        const sent = await echo({ method, url: `${server.url}/echo?a=b%20c&d=%2B#fragment` })
        assert.equal(sent.method, method)
        assert.ok(sent.url.endsWith('/echo?a=b%20c&d=%2B'))
      })
    }

    it('HEAD, whose answer has no body', async () => {
      const response = await client.request({ method: 'HEAD', url: `${server.url}/huge` })
      assert.equal(response.statusCode, 200)
      assert.equal(response.headers['content-length'], String(65 * MEGABYTE))
      assert.equal(response.body.length, 0)
    })

    it('a string as UTF-8, with its length in bytes', async () => {
      const sent = await echo({ body: 'Grüße, 世界' })
      assert.equal(Buffer.from(sent.body, 'base64').toString(), 'Grüße, 世界')
      assert.equal(sent.headers['content-length'], String(Buffer.byteLength('Grüße, 世界')))
    })

    it('bytes as they are, also of a part of a buffer', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
      const sent = await echo({ body: bytes.subarray(16, 240) })
      assert.deepEqual(Buffer.from(sent.body, 'base64'), Buffer.from(bytes.subarray(16, 240)))
    })

    it('an empty body with Content-Length 0', async () => {
      assert.equal((await echo({ body: '' })).headers['content-length'], '0')
      assert.equal(
        (await echo({ body: { contentLength: 0, chunks: () => [] } })).headers['content-length'],
        '0',
      )
    })

    it('its own headers, and those of the caller before them', async () => {
      const plain = await echo({})
      assert.equal(plain.headers['accept-encoding'], 'gzip, deflate, br')
      assert.equal(plain.headers['user-agent'], 'health-gateways-node-red')
      const own = await echo({
        headers: { 'User-Agent': 'me/1', 'X-Site': '7', Host: 'evil', 'Content-Length': '3' },
      })
      assert.equal(own.headers['user-agent'], 'me/1')
      assert.equal(own.headers['x-site'], '7')
      assert.equal(own.headers.host, new URL(server.url).host)
      assert.equal(own.headers['content-length'], '0')
    })

    it('the User-Agent of the options', async () => {
      const named = new HttpClient({ proxy: 'none', userAgent: 'health-gateways-node-red/1.2.3' })
      const response = await named.request({ method: 'GET', url: `${server.url}/echo` })
      await named.close()
      const sent = JSON.parse(response.body.toString()) as Echo
      assert.equal(sent.headers['user-agent'], 'health-gateways-node-red/1.2.3')
    })

    it('the authorization that the callback makes for the URL', async () => {
      const asked: string[] = []
      const sent = await echo({
        authorization: async (url) => {
          asked.push(url)
          return Promise.resolve('OAuth made-for-this')
        },
      })
      assert.equal(sent.headers.authorization, 'OAuth made-for-this')
      assert.deepEqual(asked, [`${server.url}/echo`])
    })
  })

  describe('what comes back', () => {
    it('status, lower-case headers, and several values joined', async () => {
      const response = await client.request({ method: 'GET', url: `${server.url}/headers` })
      assert.equal(response.statusCode, 201)
      assert.equal(response.headers['x-mixed-case'], 'Yes')
      assert.equal(response.headers['set-cookie'], 'a=1, b=2')
      assert.equal(response.headers['x-latin'], 'caf\u00e9')
      assert.equal(response.attempts, 1)
      assert.equal(response.url, `${server.url}/headers`)
    })

    it('any status as an answer', async () => {
      for (const code of [400, 401, 404, 500, 503]) {
        const response = await client.request({ method: 'POST', url: `${server.url}/status?code=${code}` })
        assert.equal(response.statusCode, code)
        assert.equal(response.body.toString(), `status ${code}`)
      }
    })

    it('an HTML page and an empty body, which are for the provider to judge', async () => {
      const page = await client.request({ method: 'POST', url: `${server.url}/html` })
      assert.match(page.headers['content-type'] ?? '', /^text\/html/)
      const nothing = await client.request({ method: 'POST', url: `${server.url}/empty` })
      assert.equal(nothing.body.length, 0)
    })

    it('the final answer after an informational one', async () => {
      const response = await client.request({ method: 'GET', url: `${server.url}/early-hints` })
      assert.equal(response.statusCode, 200)
      assert.equal(response.body.toString(), 'after the hints')
      assert.equal(response.headers.link, undefined)
    })

    it('many chunks of mixed size, in order', async () => {
      const response = await client.request({ method: 'GET', url: `${server.url}/mixed-chunks` })
      const expected = Array.from({ length: 200 }, (_, index) =>
        String.fromCharCode(65 + (index % 26)).repeat(index % 3 === 0 ? 9000 : 1 + index),
      ).join('')
      assert.equal(response.body.toString(), expected)
    })

    it('a megabyte in chunks of one byte, without an object for each', async () => {
      const response = await client.request({ method: 'GET', url: `${server.url}/one-byte-chunks` })
      assert.equal(response.body.length, MEGABYTE)
      assert.ok(response.body.equals(Buffer.alloc(MEGABYTE, 'x')))
    })

    it('64 requests at once, each with its own answer', async () => {
      const warnings: Error[] = []
      const onWarning = (warning: Error) => warnings.push(warning)
      process.on('warning', onWarning)
      const { signal } = new AbortController()
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, index) => echo({ body: `request ${index}`, signal })),
      )
      await new Promise((resolve) => setImmediate(resolve))
      process.off('warning', onWarning)
      answers.forEach((answer, index) => {
        assert.equal(Buffer.from(answer.body, 'base64').toString(), `request ${index}`)
      })
      assert.deepEqual(warnings, [])
    })
  })

  describe('compression', () => {
    for (const path of ['/gzip', '/x-gzip', '/deflate', '/deflate-raw', '/br', '/identity', '/chained']) {
      it(`${path.slice(1)} is undone`, async () => {
        const response = await client.request({ method: 'GET', url: server.url + path })
        assert.equal(response.body.toString(), TEXT)
        assert.equal(response.headers['content-encoding'], undefined)
        assert.equal(response.headers['content-length'], undefined)
      })
    }

    for (const path of ['/gzip', '/deflate', '/deflate-raw', '/br', '/chained']) {
      it(`${path.slice(1)} may expand to exactly the limit`, async () => {
        const request = { method: 'GET', url: server.url + path } as const
        const response = await client.request({ ...request, maxResponseBytes: TEXT.length })
        assert.equal(response.body.length, TEXT.length)
        await failing(client.request({ ...request, maxResponseBytes: TEXT.length - 1 }), 'HG_TOO_LARGE')
      })
    }

    it('said of an answer without a body means nothing', async () => {
      const none = await client.request({ method: 'GET', url: `${server.url}/no-content` })
      assert.equal(none.body.length, 0)
      const head = await client.request({ method: 'HEAD', url: `${server.url}/gzip` })
      assert.equal(head.headers['content-encoding'], 'gzip')
    })

    for (const [path, reason] of [
      ['/broken-gzip', 'Z_DATA_ERROR'],
      ['/cut-gzip', 'Z_BUF_ERROR'],
    ] as const) {
      it(`${path.slice(1)} is HG_RESPONSE`, async () => {
        const error = await failing(client.request({ method: 'GET', url: server.url + path }), 'HG_RESPONSE')
        assert.match(error.message, /127\.0\.0\.1:\d+ is compressed, and the compression is broken/)
        assert.deepEqual(error.cause.detail, { reason, arrived: 'unknown', attempts: 1 })
        assert.equal(error.cause.statusCode, 200)
        assert.equal(error.cause.retryable, false)
      })
    }

    it('that was not asked for is HG_RESPONSE', async () => {
      const url = `${server.url}/unknown-encoding`
      const error = await failing(client.request({ method: 'GET', url }), 'HG_RESPONSE')
      assert.match(error.message, /compressed in a way that was not asked for \(lzw\)/)
      await failing(client.request({ method: 'GET', url: `${server.url}/six-times` }), 'HG_RESPONSE')
    })
  })

  describe('the size limit', () => {
    it('is 64 MiB if nothing is said, and fails before reading when Content-Length is over it', async () => {
      const error = await failing(
        client.request({ method: 'GET', url: `${server.url}/huge` }),
        'HG_TOO_LARGE',
      )
      assert.match(error.message, /larger than the limit of 64 MiB/)
      assert.deepEqual(error.cause.detail, { reason: 'RESPONSE_SIZE', arrived: 'unknown', attempts: 1 })
    })

    it('holds while reading where there is no Content-Length', async () => {
      const url = `${server.url}/huge-chunked`
      const error = await failing(client.request({ method: 'GET', url }), 'HG_TOO_LARGE')
      assert.match(error.message, /64 MiB/)
    })

    it('lets an answer of exactly its size through, and not one byte more', async () => {
      for (const path of ['/huge', '/huge-chunked']) {
        const url = `${server.url}${path}?bytes=${2 * MEGABYTE}`
        const response = await client.request({ method: 'GET', url, maxResponseBytes: 2 * MEGABYTE })
        assert.equal(response.body.length, 2 * MEGABYTE)
        const request = client.request({ method: 'GET', url, maxResponseBytes: 2 * MEGABYTE - 1 })
        await failing(request, 'HG_TOO_LARGE')
      }
    })

    it('of the client holds where the request brings none', async () => {
      const small = new HttpClient({ proxy: 'none', maxResponseBytes: MEGABYTE / 2 })
      const error = await failing(
        small.request({ method: 'GET', url: `${server.url}/huge?bytes=${MEGABYTE}` }),
        'HG_TOO_LARGE',
      )
      await small.close()
      assert.match(error.message, /0\.5 MiB/)
    })

    it('holds for the expanded size: a bomb is HG_TOO_LARGE', async () => {
      const error = await failing(
        client.request({ method: 'GET', url: `${server.url}/bomb` }),
        'HG_TOO_LARGE',
      )
      assert.match(error.message, /limit of 64 MiB/)
    })

    it('stops the expansion itself', async () => {
      const url = `${server.url}/bomb`
      const before = process.memoryUsage().rss
      let highest = before
      const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 2)
      const request = client.request({ method: 'GET', url, maxResponseBytes: MEGABYTE })
      await failing(request, 'HG_TOO_LARGE').finally(() => clearInterval(watch))
      assert.ok(highest - before < 64 * MEGABYTE, `memory grew by ${(highest - before) / MEGABYTE} MiB`)
    })
  })

  describe('what cannot be sent', () => {
    for (const [url, sentence] of [
      ['', /not a URL/],
      ['example.org/path', /not a URL/],
      ['http://', /not a URL/],
      ['ftp://example.org/', /must begin with https: or http:, not with ftp:/],
      ['file:///etc/passwd', /not with file:/],
      ['https://me:hunter2@example.org/', /must not contain a user name or password/],
    ] as const) {
      it(`the address "${url}" is HG_CONFIG`, async () => {
        const error = await failing(client.request({ method: 'GET', url }), 'HG_CONFIG')
        assert.match(error.message, sentence)
        assert.doesNotMatch(error.message, /hunter2|passwd/)
      })
    }

    for (const [name, value] of [
      ['x-note', 'two\r\nlines'],
      ['x-note', 'snowman \u2603'],
      ['x note', 'space in the name'],
      ['transfer-encoding', 'chunked'],
      ['expect', '100-continue'],
    ] as const) {
      it(`the header ${JSON.stringify(`${name}: ${value}`)} is HG_INPUT`, async () => {
        const before = server.hits.length
        const request = client.request({
          method: 'POST',
          url: `${server.url}/ok`,
          headers: { [name]: value },
        })
        const error = await failing(request, 'HG_INPUT')
        assert.match(error.message, /Check the headers/)
        assert.ok(!error.message.includes(value))
        assert.equal(server.hits.length, before)
      })
    }

    it('a limit that is no limit is HG_CONFIG', async () => {
      await failing(client.request({ method: 'GET', url: `${server.url}/ok`, timeoutMs: 0 }), 'HG_CONFIG')
      await failing(
        client.request({ method: 'GET', url: `${server.url}/ok`, timeoutMs: Number.NaN }),
        'HG_CONFIG',
      )
      await failing(
        client.request({ method: 'GET', url: `${server.url}/ok`, maxResponseBytes: 0 }),
        'HG_CONFIG',
      )
    })

    it('a deadline longer than a timer can hold is no deadline of 1 ms', async () => {
      const forever = { method: 'GET', url: `${server.url}/ok`, timeoutMs: Infinity } as const
      assert.equal((await client.request(forever)).statusCode, 200)
    })
  })
})
