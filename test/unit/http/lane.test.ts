import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { Pool } from 'undici'
import { HttpClient } from '../../../src/http/client'
import { makeServerCertificate } from '../../support/certificates'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('HttpClient: connections', () => {
  let server: http.Server
  let url: string
  let client: HttpClient
  let sockets: Socket[]
  /** When the server closes an idle connection; it never says so. */
  let closeAfterMs: number | undefined

  beforeEach(async () => {
    sockets = []
    closeAfterMs = undefined
    client = new HttpClient({ proxy: 'none' })
    server = http.createServer((request, response) => {
      const { socket } = request
      request.resume().on('end', () => response.end('ok'))
      response.on('finish', () => {
        if (closeAfterMs !== undefined) setTimeout(() => socket.end(), closeAfterMs)
      })
    })
    // without this, Node says "Keep-Alive: timeout=5"
    server.keepAliveTimeout = 0
    server.on('connection', (socket) => sockets.push(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })

  afterEach(async () => {
    await client.close()
    await new Promise((resolve) => server.close(resolve))
  })

  const post = () => client.request({ method: 'POST', url, body: 'document' })

  it('are used again', async () => {
    for (let round = 0; round < 20; round++) await post()
    // undici takes a second one while the first comes to rest
    assert.ok(sockets.length <= 2, `${sockets.length} connections`)
  })

  it('are at most 64', async () => {
    await Promise.all(Array.from({ length: 200 }, post))
    assert.ok(sockets.length <= 64, `${sockets.length} connections`)
  })

  it('that the server has closed in the meantime make no POST fail', async () => {
    closeAfterMs = 100
    for (let round = 0; round < 3; round++) {
      const responses = await Promise.all(Array.from({ length: 8 }, post))
      assert.ok(responses.every(({ attempts }) => attempts === 1))
      await pause(150)
    }
    assert.equal(sockets.filter((socket) => !socket.destroyed).length, 0)
  })

  it('are closed by us before a server does that says nothing and closes after 2 s', async () => {
    await post()
    const order: string[] = []
    const ours = once(sockets[0]!, 'close').then(() => order.push('ours'))
    // a second client beside it, idle from later on, keeps its connection for 2 s
    const yardstick = new Pool(url, { keepAliveTimeout: 2_000 })
    const { body } = await yardstick.request({ method: 'POST', path: '/' })
    await body.dump()
    const itsOwn = once(sockets.at(-1)!, 'close').then(() => order.push('after 2 s'))
    await Promise.all([ours, itsOwn])
    assert.deepEqual(order, ['ours', 'after 2 s'])
    await yardstick.close()
  })

  it('that undici dropped from its pool after a failure are closed by close() all the same', async () => {
    const certificate = await makeServerCertificate()
    const https = tls.createServer(certificate, (socket) => {
      socket.on('error', () => undefined)
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
    })
    const accepted: Socket[] = []
    // the first 64 connections fail, and the requests that waited behind them take over their places
    const front = net.createServer((socket) => {
      accepted.push(socket.on('error', () => undefined))
      if (accepted.length > 64) https.emit('connection', socket)
      else socket.once('data', () => socket.resetAndDestroy())
    })
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
    const trusting = new HttpClient({ proxy: 'none', tls: { ca: certificate.cert } })
    const to = `https://127.0.0.1:${(front.address() as AddressInfo).port}/`
    await Promise.all(Array.from({ length: 80 }, () => trusting.request({ method: 'GET', url: to })))
    await trusting.close()
    await pause(200)
    assert.equal(accepted.filter((socket) => !socket.destroyed).length, 0)
    await new Promise((resolve) => front.close(resolve))
  })

  it("do not keep a process alive when idle, and are not the global fetch's", async () => {
    const script = `
      const { HttpClient } = require('./src/http/client.ts')
      void new HttpClient({ proxy: 'none' }).request({ method: 'POST', url: '${url}', body: 'x' }).then(() => {
        const fetchIsTouched = Symbol.for('undici.globalDispatcher.1') in globalThis
        setTimeout(() => {
          console.log(JSON.stringify({ active: process.getActiveResourcesInfo(), fetchIsTouched }))
        }, 50)
      })`
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', '--eval', script])
    const { active, fetchIsTouched } = JSON.parse(stdout) as { active: string[]; fetchIsTouched: boolean }
    assert.equal(sockets.length, 1)
    assert.ok(!active.includes('TCPSocketWrap'), stdout)
    assert.equal(fetchIsTouched, false)
    // the timer that wrote the list
    assert.equal(active.filter((resource) => resource === 'Timeout').length, 1)
  })
})
