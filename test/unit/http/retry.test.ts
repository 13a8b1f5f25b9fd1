import assert from 'node:assert/strict'
import net, { type AddressInfo } from 'node:net'
import { HttpClient } from '../../../src/http/client'
import { Failure } from '../../../src/http/failure'
import { Attempts, sendWithRetries } from '../../../src/http/retry'
import type { HttpRequest } from '../../../src/http/types'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

/** A timer may fire up to a millisecond early by the finer clock. */
const waitedOneSecond = (begun: number) => {
  const waited = performance.now() - begun
  assert.ok(waited >= 990, `waited ${waited} ms`)
}

describe('HttpClient: retries', () => {
  let server: FaultyServer
  let client: HttpClient
  let failuresLeft = 0

  before(() => (client = new HttpClient({ proxy: 'none' })))
  after(() => client.close())

  beforeEach(async () => {
    server = await startFaultyServer({
      '/reset-first': (request, response) => {
        if (failuresLeft-- > 0) request.socket.resetAndDestroy()
        else response.end('at last')
      },
      '/busy-first': (_request, response, { url }) => {
        if (failuresLeft-- <= 0) return void response.end('at last')
        response.statusCode = Number(url.searchParams.get('code'))
        response.setHeader('retry-after', url.searchParams.get('after') ?? '')
        response.end('busy')
      },
      '/busy-until': (_request, response) => {
        if (failuresLeft-- <= 0) return void response.end('at last')
        // a server whose clock is a day ahead: both dates are its own
        const now = Date.now() + 24 * 3600 * 1000
        response.sendDate = false
        response.setHeader('date', new Date(now).toUTCString())
        response.writeHead(503, { 'retry-after': new Date(now + 1000).toUTCString() }).end()
      },
    })
  })

  afterEach(() => server.close())

  const send = (request: Partial<HttpRequest> & { path: string }) =>
    client.request({ method: 'POST', url: server.url + request.path, ...request })

  describe('when the fate of a request is unknown', () => {
    it('GET, HEAD, PUT and DELETE are sent three times', async () => {
      const methods = ['GET', 'HEAD', 'PUT', 'DELETE'] as const
      const errors = await Promise.all(
        methods.map((method) => failing(send({ method, path: '/reset' }), 'HG_UNAVAILABLE')),
      )
      for (const [index, method] of methods.entries()) {
        assert.equal(server.hits.filter((hit) => hit.method === method).length, 3, method)
        assert.deepEqual(errors[index]?.cause.detail, {
          reason: 'ECONNRESET',
          arrived: 'unknown',
          attempts: 3,
        })
      }
    })

    it('POST and PATCH are sent once', async () => {
      for (const method of ['POST', 'PATCH'] as const) {
        const error = await failing(send({ method, path: '/close', body: 'document' }), 'HG_UNAVAILABLE')
        assert.equal(server.hits.filter((hit) => hit.method === method).length, 1)
        assert.equal((error.cause.detail as { arrived: string }).arrived, 'unknown')
      }
    })

    it('the request itself can say otherwise', async () => {
      await Promise.all([
        failing(send({ path: '/close', idempotent: true }), 'HG_UNAVAILABLE'),
        failing(send({ method: 'PUT', path: '/reset', idempotent: false }), 'HG_UNAVAILABLE'),
      ])
      assert.deepEqual([server.count('/close'), server.count('/reset')], [3, 1])
    })

    it('a cut answer counts as unknown too', async () => {
      await failing(send({ method: 'GET', path: '/cut' }), 'HG_RESPONSE')
      assert.equal(server.count('/cut'), 3)
    })

    it('what cannot change is not tried again', async () => {
      await failing(send({ method: 'GET', path: '/garbage' }), 'HG_RESPONSE')
      await failing(send({ method: 'GET', path: '/broken-gzip' }), 'HG_RESPONSE')
      await failing(send({ method: 'GET', path: '/huge' }), 'HG_TOO_LARGE')
      assert.deepEqual(
        [server.count('/garbage'), server.count('/broken-gzip'), server.count('/huge')],
        [1, 1, 1],
      )
    })

    it('a later attempt that succeeds is the answer', async () => {
      failuresLeft = 2
      const response = await send({ method: 'GET', path: '/reset-first' })
      assert.equal(response.body.toString(), 'at last')
      assert.equal(response.attempts, 3)
    })

    it('stays unknown when the next attempt surely did not arrive', async () => {
      let accepted = 0
      const once = net.createServer((socket) => {
        accepted++
        once.close()
        socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy())
      })
      await new Promise<void>((resolve) => once.listen(0, '127.0.0.1', resolve))
      const url = `http://127.0.0.1:${(once.address() as AddressInfo).port}/`
      const error = await failing(client.request({ method: 'PUT', url, body: 'x' }), 'HG_UNAVAILABLE')
      assert.deepEqual(error.cause.detail, { reason: 'ECONNREFUSED', arrived: 'unknown', attempts: 3 })
      assert.equal(accepted, 1)
    })
  })

  describe('when a request surely did not arrive', () => {
    it('a POST is tried again, and arrives once the service is there', async () => {
      const { port } = new URL(server.url)
      await server.close()
      let body = ''
      const late = net.createServer((socket) => {
        socket.on('error', () => undefined)
        socket.on('data', (piece) => {
          body += piece.toString()
          if (body.includes('document')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate')
        })
      })
      const listen = () =>
        new Promise<void>((resolve) => late.listen(Number(port), '127.0.0.1', () => resolve()))
      let asked = 0
      const response = await client.request({
        method: 'POST',
        url: `http://127.0.0.1:${port}/`,
        body: 'document',
        // asked before every attempt: the service comes up between the first and the second
        authorization: async () => {
          if (++asked === 2) await listen()
          return 'OAuth x'
        },
      })
      assert.equal(response.body.toString(), 'late')
      assert.equal(response.attempts, 2)
      assert.equal(body.match(/POST/g)?.length, 1)
      late.close()
      server = await startFaultyServer()
    })

    it('the deadline holds over all attempts: the last failure stands when no further wait fits', async () => {
      const refused = new Failure('HG_UNAVAILABLE', 'Nobody listens.', {
        reason: 'ECONNREFUSED',
        arrived: 'no',
        temporary: true,
      })
      const attempts = new Attempts()
      const waits: number[] = []
      // a clock that only waiting moves: 0.1 to 0.2 s fit in, 0.4 to 0.8 s more do not
      let remainingMs = 250
      const sending = sendWithRetries(() => Promise.reject(refused), {
        attempts,
        idempotent: false,
        remainingMs: () => remainingMs,
        sleep: (ms) => {
          waits.push(ms)
          remainingMs -= ms
          return Promise.resolve()
        },
      })
      await assert.rejects(sending, refused)
      assert.equal(attempts.made, 2)
      assert.equal(waits.length, 1)
      assert.ok(waits[0]! >= 100 && waits[0]! <= 200, `waited ${waits[0]} ms`)
    })
  })

  describe('when the answer is 429 or 503 with Retry-After', () => {
    for (const code of [429, 503]) {
      it(`a POST waits as ${code} says, and is sent again`, async () => {
        failuresLeft = 1
        const begun = performance.now()
        const response = await send({ path: `/busy-first?code=${code}&after=1`, body: 'document' })
        waitedOneSecond(begun)
        assert.equal(response.body.toString(), 'at last')
        assert.equal(response.attempts, 2)
        assert.deepEqual(
          server.hits.map((hit) => hit.body.toString()),
          ['document', 'document'],
        )
      })
    }

    it('a date is read by the clock of the server', async () => {
      failuresLeft = 1
      const begun = performance.now()
      const response = await send({ path: '/busy-until' })
      // by the clock here the date is a day ahead: that would not fit the deadline, and 503 would be the answer
      assert.equal(response.statusCode, 200)
      waitedOneSecond(begun)
    })

    it('a date that has passed is no wait', async () => {
      const path = `/status?code=503&retryAfter=${encodeURIComponent(new Date(0).toUTCString())}`
      assert.equal((await send({ path })).attempts, 3)
    })

    it('three times is enough: the answer is returned', async () => {
      const response = await send({ path: '/status?code=429&retryAfter=0' })
      assert.equal(response.statusCode, 429)
      assert.equal(response.attempts, 3)
      assert.equal(server.count('/status'), 3)
    })

    it('a wait that does not fit the deadline is not begun', async () => {
      // once begun, it would end in HG_TIMEOUT
      const response = await send({ path: '/status?code=503&retryAfter=5', timeoutMs: 4000 })
      assert.equal(response.statusCode, 503)
      assert.equal(response.headers['retry-after'], '5')
      assert.equal(response.attempts, 1)
    })

    for (const path of [
      '/status?code=503',
      '/status?code=429&retryAfter=soon',
      '/status?code=429&retryAfter=-1',
      '/status?code=500&retryAfter=0',
      '/status?code=200&retryAfter=0',
    ]) {
      it(`${path} is the answer at once`, async () => {
        assert.equal((await send({ path })).attempts, 1)
        assert.equal(server.hits.length, 1)
      })
    }
  })

  describe('every attempt', () => {
    it('has an authorization of its own', async () => {
      let nonce = 0
      await send({ path: '/status?code=429&retryAfter=0', authorization: () => `OAuth nonce-${++nonce}` })
      assert.deepEqual(
        server.hits.map((hit) => hit.headers.authorization),
        ['OAuth nonce-1', 'OAuth nonce-2', 'OAuth nonce-3'],
      )
    })

    it('reads a streamed body anew', async () => {
      let readings = 0
      const chunks = function* () {
        readings++
        yield Buffer.from('one ')
        yield Buffer.from('two')
      }
      await send({ path: '/status?code=503&retryAfter=0', body: { contentLength: 7, chunks } })
      assert.equal(readings, 3)
      assert.deepEqual(
        server.hits.map((hit) => hit.body.toString()),
        ['one two', 'one two', 'one two'],
      )
    })
  })
})
