import assert from 'node:assert/strict'
import { getEventListeners, once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import { HttpClient } from '../../../src/http/client'
import type { HttpRequest } from '../../../src/http/types'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What ends a request from outside: deadline, signal, close. */
describe('HttpClient: deadline, abort and close', () => {
  let server: FaultyServer
  let client: HttpClient
  /** Accepts connections and says nothing: a TLS handshake with it never ends. */
  let silent: net.Server
  let silentUrl: string
  const silentSockets = new Set<Socket>()

  beforeEach(async () => {
    client = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer()
    silent = net.createServer((socket) => {
      silentSockets.add(socket)
      socket.on('error', () => undefined).on('close', () => silentSockets.delete(socket))
      socket.resume()
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    silentUrl = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  })

  afterEach(async () => {
    await client.close()
    await server.close()
    for (const socket of silentSockets) socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
  })

  const send = (path: string, more: Partial<HttpRequest> = {}) =>
    client.request({ method: 'POST', url: server.url + path, ...more })

  /** A body of which half is sent, and the rest never comes. */
  const stuckBody = (onStart: () => void): HttpRequest['body'] => ({
    contentLength: 20,
    async *chunks() {
      yield Buffer.from('0123456789')
      onStart()
      await new Promise(() => undefined)
    },
  })

  /** When the server has had so many requests of a path. */
  const arrivals = async (path: string, many = 1) => {
    while (server.count(path) < many) await soon(5)
  }

  /** Requests that stand at different points when they are stopped; `begun` says that they are there. */
  const points: Record<
    string,
    (more: Partial<HttpRequest>) => { request: Promise<unknown>; begun: Promise<unknown> }
  > = {
    connecting: (more) => ({
      begun: once(silent, 'connection'),
      request: client.request({ method: 'POST', url: silentUrl, ...more }),
    }),
    sending: (more) => {
      let start = (): void => undefined
      const begun = new Promise<void>((resolve) => (start = resolve))
      return { begun, request: send('/ok', { body: stuckBody(start), ...more }) }
    },
    waiting: (more) => ({ begun: arrivals('/hang'), request: send('/hang', more) }),
    receiving: (more) => ({ begun: arrivals('/drip').then(() => soon(50)), request: send('/drip', more) }),
    'between two attempts': (more) => ({
      begun: arrivals('/status').then(() => soon(50)),
      request: send('/status?code=503&retryAfter=50', { timeoutMs: 60_000, ...more }),
    }),
    authorizing: (more) => ({
      begun: soon(10),
      request: send('/ok', { authorization: () => new Promise<string>(() => undefined), ...more }),
    }),
  }

  const surelyNotThere = new Set(['connecting', 'between two attempts', 'authorizing'])

  for (const [point, start] of Object.entries(points)) {
    it(`an abort while ${point} ends at once with HG_CLOSED`, async () => {
      const controller = new AbortController()
      const { request, begun } = start({ signal: controller.signal })
      const outcome = failing(request, 'HG_CLOSED')
      await begun
      controller.abort()
      const error = await outcome
      assert.match(error.message, /^The request to 127\.0\.0\.1:\d+ was given up, because the node/)
      const arrived = surelyNotThere.has(point) ? 'no' : 'unknown'
      assert.deepEqual(error.cause.detail, { reason: 'CLOSED', arrived, attempts: 1 })
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0)
    })

    it(`close() while ${point} ends at once with HG_CLOSED`, async () => {
      const { request, begun } = start({})
      const outcome = failing(request, 'HG_CLOSED')
      await begun
      await Promise.all([client.close(), outcome])
    })

    if (point !== 'between two attempts') {
      it(`the deadline while ${point} is HG_TIMEOUT`, async () => {
        const { request } = start({ timeoutMs: 150 })
        const error = await failing(request, 'HG_TIMEOUT')
        assert.match(error.message, /0\.15 s/)
        assert.equal(error.cause.retryable, true)
        const arrived = surelyNotThere.has(point) ? 'no' : 'unknown'
        assert.deepEqual(error.cause.detail, { reason: 'TIMEOUT', arrived, attempts: 1 })
      })
    }
  }

  it('a connection that is being made for a stopped request is given up', async () => {
    const controller = new AbortController()
    const request = client.request({ method: 'POST', url: silentUrl, signal: controller.signal })
    const outcome = failing(request, 'HG_CLOSED')
    const [socket] = (await once(silent, 'connection')) as [Socket]
    controller.abort()
    await Promise.all([outcome, once(socket, 'close')])
  })

  it('and is kept while another request waits for one', async () => {
    const controller = new AbortController()
    const one = client.request({ method: 'POST', url: silentUrl, signal: controller.signal })
    const other = client.request({ method: 'POST', url: silentUrl, timeoutMs: 300 })
    const outcome = failing(other, 'HG_TIMEOUT')
    await once(silent, 'connection')
    await soon(20)
    controller.abort()
    await failing(one, 'HG_CLOSED')
    await soon(50)
    assert.equal(silentSockets.size, 2)
    await outcome
    await soon(50)
    assert.equal(silentSockets.size, 0)
  })

  it('the connection of a stopped request is closed', async () => {
    const controller = new AbortController()
    let closed: Promise<unknown> = Promise.resolve()
    const watched = await startFaultyServer({
      '/watched': (request) => {
        closed = once(request.socket, 'close')
        controller.abort()
      },
    })
    const url = `${watched.url}/watched`
    await failing(client.request({ method: 'GET', url, signal: controller.signal }), 'HG_CLOSED')
    await closed
    assert.equal(watched.count('/watched'), 1)
    await watched.close()
  })

  it('a signal that is aborted already lets nothing out', async () => {
    await failing(send('/ok', { signal: AbortSignal.abort() }), 'HG_CLOSED')
    assert.equal(server.hits.length, 0)
  })

  it('nothing stays on a signal that lives on', async () => {
    const { signal } = new AbortController()
    await Promise.all([
      send('/ok', { signal }),
      send('/ok', { signal }),
      failing(send('/close', { signal }), 'HG_UNAVAILABLE'),
    ])
    await failing(send('/hang', { signal, timeoutMs: 50 }), 'HG_TIMEOUT')
    assert.equal(getEventListeners(signal, 'abort').length, 0)
  })

  it('one signal stops many requests', async () => {
    const controller = new AbortController()
    const requests = Array.from({ length: 20 }, () => send('/hang', { signal: controller.signal }))
    const outcomes = Promise.all(requests.map((request) => failing(request, 'HG_CLOSED')))
    await arrivals('/hang', 20)
    controller.abort()
    await outcomes
  })

  it('requests beyond the 64 connections wait, and their wait counts', async () => {
    const stuck = Array.from({ length: 64 }, () => failing(send('/hang'), 'HG_CLOSED'))
    await arrivals('/hang', 64)
    const error = await failing(send('/ok', { timeoutMs: 100 }), 'HG_TIMEOUT')
    assert.equal((error.cause.detail as { arrived: string }).arrived, 'no')
    assert.equal(server.count('/ok'), 0)
    const patient = send('/ok')
    await soon(20)
    await Promise.all([client.close(), ...stuck, failing(patient, 'HG_CLOSED')])
  })

  it('after close() every request is HG_CLOSED, and close() can be called again', async () => {
    await send('/ok')
    await client.close()
    await client.close()
    await failing(send('/ok'), 'HG_CLOSED')
    assert.equal(server.count('/ok'), 1)
    const other = await startFaultyServer()
    await failing(client.request({ method: 'GET', url: `${other.url}/ok` }), 'HG_CLOSED')
    assert.equal(other.hits.length, 0)
    await other.close()
  })

  it('close() closes idle connections too', async () => {
    const closed: Promise<unknown>[] = []
    const watched = await startFaultyServer({
      '/watched': (request, response) => {
        closed.push(once(request.socket, 'end'))
        response.end()
      },
    })
    const url = `${watched.url}/watched`
    await Promise.all([1, 2, 3].map(() => client.request({ method: 'GET', url })))
    await client.close()
    await Promise.all(closed)
    assert.equal(closed.length, 3)
    await watched.close()
  })

  it('an error of the authorization is the error', async () => {
    const authorization = () => Promise.reject(new TypeError('no token'))
    const error = await failing(send('/ok', { authorization }), 'HG_INTERNAL')
    assert.match(error.message, /no token/)
    assert.equal(server.hits.length, 0)
  })
})
