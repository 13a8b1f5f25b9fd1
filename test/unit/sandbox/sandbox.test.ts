import assert from 'node:assert/strict'
import net from 'node:net'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSandbox } from '../../../src/sandbox/sandbox'
import { authorizationHeader, formEncoded, signed } from './plain-signer'
import { CCR, closeSandboxes, demoUser, FORM, notify, request, sandboxFor } from './support'

/** Takes some tenths of a second to check. */
const LARGE = `<ContinuityOfCareRecord>${'<T>a &amp; b</T>'.repeat(500_000)}</ContinuityOfCareRecord>`

describe('the sandbox', () => {
  afterEach(closeSandboxes)

  it('is reached on 127.0.0.1 only', async () => {
    const sandbox = await sandboxFor()
    const { port, hostname } = new URL(sandbox.url)
    assert.equal(hostname, '127.0.0.1')
    // 127.0.0.2 is this machine too, and a server on all addresses would answer there
    const other = net.connect(Number(port), '127.0.0.2')
    const outcome = await new Promise((resolve) => {
      other.once('connect', () => resolve('connected'))
      other.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
    })
    other.destroy()
    assert.equal(outcome, 'ECONNREFUSED')
  })

  describe('the port', () => {
    let taken: number
    const blocker = http.createServer()

    before(async () => {
      await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
      taken = (blocker.address() as AddressInfo).port
    })
    after(() => blocker.close())

    it('is the one asked for', async () => {
      const first = await sandboxFor()
      const { port } = new URL(first.url)
      await first.close()
      const second = await sandboxFor({ port: Number(port) })
      assert.equal(second.url, first.url)
    })

    it('is an error when it is taken, which says so', async () => {
      await assert.rejects(startSandbox({ port: taken }), (error: Error) => {
        assert.match(
          error.message,
          new RegExp(`cannot listen on 127\\.0\\.0\\.1:${taken}\\. Choose another port`),
        )
        assert.equal((error.cause as NodeJS.ErrnoException).code, 'EADDRINUSE')
        return true
      })
    })

    it('is another one when that is allowed', async () => {
      const sandbox = await sandboxFor({ port: taken, fallbackToAnyPort: true })
      assert.notEqual(new URL(sandbox.url).port, String(taken))
      assert.equal((await request(sandbox.url)).status, 200)
    })
  })

  it('has a demo user who is connected', async () => {
    const sandbox = await sandboxFor()
    assert.equal(sandbox.demo.connectedUser.user, 'demo')
    assert.equal((await notify(sandbox, CCR)).status, 200)
    assert.equal(sandbox.documents()[0]?.her, CCR)
  })

  describe('closes at once', () => {
    it('with idle, silent, uploading, slow and hanging connections', async () => {
      const sandbox = await sandboxFor()
      const { port } = new URL(sandbox.url)
      const agent = new http.Agent({ keepAlive: true })
      await new Promise((resolve) =>
        http.get(sandbox.url, { agent }, (answer) => answer.resume().on('end', resolve)),
      )
      const silent = net.connect(Number(port), '127.0.0.1')
      await new Promise((resolve) => silent.once('connect', resolve))
      const uploading = http.request(sandbox.urls.razcode.sourceNotification, {
        method: 'POST',
        headers: { 'content-type': FORM, 'content-length': 1000 },
        agent: false,
      })
      uploading.write('her=')
      await request(sandbox.url)
      const ended = [silent, uploading].map(
        (connection) =>
          new Promise<void>((resolve) => {
            connection.on('error', () => undefined).once('close', () => resolve())
          }),
      )
      sandbox.misbehave({ times: 1, do: 'slow', ms: 3_600_000 })
      sandbox.misbehave({ times: 1, do: 'hang' })
      const waiting = [notify(sandbox, CCR), notify(sandbox, CCR)]
      const outcomes = Promise.allSettled(waiting)
      await request(sandbox.url)

      await Promise.all([sandbox.close(), sandbox.close()])
      assert.deepEqual(
        (await outcomes).map(({ status }) => status),
        ['rejected', 'rejected'],
      )
      await Promise.all(ended)
      await assert.rejects(request(sandbox.url), { code: 'ECONNREFUSED' })
      agent.destroy()
    })

    it('in the middle of checking a large document', async () => {
      const sandbox = await sandboxFor()
      const outcome = notify(sandbox, LARGE).then(
        () => 'answered',
        () => 'ended',
      )
      await request(sandbox.url)
      await sandbox.close()
      assert.equal(await outcome, 'ended')
      assert.equal(sandbox.documents().length, 0)
    })
  })

  it('lives on when a caller goes away in the middle of the upload', async () => {
    const sandbox = await sandboxFor()
    const outgoing = http.request(sandbox.urls.razcode.sourceNotification, {
      method: 'POST',
      headers: { 'content-type': FORM, 'content-length': 1000 },
      agent: false,
    })
    outgoing.on('error', () => undefined)
    await new Promise((resolve) => outgoing.write('her=', resolve))
    await request(sandbox.url)
    outgoing.destroy()
    assert.equal((await notify(sandbox, CCR)).status, 200)
  })

  it('takes nothing from a caller who goes away before the answer', async () => {
    const sandbox = await sandboxFor()
    const uri = sandbox.urls.razcode.sourceNotification
    const parameters = [['her', LARGE]] as const
    const authorization = authorizationHeader(signed({ method: 'POST', uri, parameters }, demoUser(sandbox)))
    const headers = { 'content-type': FORM, authorization }
    const outgoing = http.request(uri, { method: 'POST', headers, agent: false })
    outgoing.on('error', () => undefined)
    await new Promise((resolve) => outgoing.end(formEncoded(parameters), () => resolve(undefined)))
    outgoing.destroy()
    assert.equal((await notify(sandbox, LARGE)).status, 200)
    assert.equal(sandbox.documents().length, 1)
  })
})
