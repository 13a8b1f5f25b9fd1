import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { listen, type TestServer } from '../../../support/server'
import { closeSandboxes, sandboxFor } from '../support'
import { Clock, newUser, sourceId } from './support'

interface Received {
  headers: http.IncomingHttpHeaders
  body: string
}

describe('the sandbox of Human API notifies', () => {
  let sandbox: Sandbox
  let clock: Clock
  let received: Received[]
  let server: http.Server
  let listening: TestServer
  let address: string
  let respond: (response: http.ServerResponse) => void

  beforeEach(async () => {
    clock = new Clock()
    sandbox = await sandboxFor({ now: clock.now })
    received = []
    respond = (response) => response.end()
    server = http.createServer((incoming, response) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        received.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() })
        respond(response)
      })
    })
    listening = await listen(server)
    address = `${listening.url}/hook`
  })
  afterEach(async () => {
    await closeSandboxes()
    await listening.close()
  })

  const signature = ({ body, headers }: Received, encoding: 'hex' | 'base64' = 'hex') =>
    createHmac('sha1', sandbox.demo.humanapi.clientSecret)
      .update(body + String(headers['x-humanapi-timestamp']) + String(headers['x-humanapi-nonce']))
      .digest(encoding)
  const types = () => received.map(({ body }) => (JSON.parse(body) as [{ eventType: string }])[0].eventType)
  const outcomes = () => sandbox.humanapi.notifications().map(({ outcome }) => outcome)
  const oneOfMaria = async () => {
    await newUser(sandbox, 'maria', 'Demo Smart Scale')
    sandbox.humanapi.notifyAt(address)
    sandbox.humanapi.newData('maria')
    await sandbox.humanapi.settled()
    return received
  }

  it('nobody, until an address is registered, and none any more once that is taken back', async () => {
    sandbox.humanapi.newData('demo')
    assert.deepEqual(sandbox.humanapi.notifications(), [])
    await oneOfMaria()
    sandbox.humanapi.notifyAt(undefined)
    sandbox.humanapi.newData('maria')
    await sandbox.humanapi.settled()
    assert.equal(received.length, 1)
  })

  it('no address that is not on this machine', () => {
    for (const elsewhere of [
      'https://example.org/hook',
      'http://127.0.0.1.example.org',
      'ftp://127.0.0.1',
      'hook',
      '',
    ]) {
      assert.throws(() => sandbox.humanapi.notifyAt(elsewhere), RangeError, elsewhere)
    }
    for (const here of ['http://localhost:1880/hook', 'https://127.0.0.1/', 'http://[::1]:1880/']) {
      sandbox.humanapi.notifyAt(here)
    }
  })

  it('of a source that is connected, of its data, and of one that is disconnected', async () => {
    sandbox.humanapi.notifyAt(address)
    await newUser(sandbox, 'maria', 'Demo Smart Scale', 'Example Street Pharmacy')
    sandbox.humanapi.disconnect('maria', sourceId(sandbox, 'Demo Smart Scale'))
    await sandbox.humanapi.settled()
    assert.deepEqual(types().toSorted(), [
      'medical.DataUpdated',
      'sources.SourceConnected',
      'sources.SourceConnected',
      'sources.SourceDisconnected',
      'wellness.DataUpdated',
    ])
    assert.deepEqual(outcomes(), [200, 200, 200, 200, 200])
  })

  it('with a JSON array, signed over its bytes, the timestamp and the nonce', async () => {
    const [one] = await oneOfMaria()
    assert.equal(one!.headers['content-type'], 'application/json')
    assert.equal(one!.headers['x-humanapi-timestamp'], String(clock.time))
    assert.match(String(one!.headers['x-humanapi-nonce']), /^[0-9a-f]{32}$/)
    assert.match(String(one!.headers['x-humanapi-signature']), /^[0-9a-f]{40}$/)
    assert.equal(one!.headers['x-humanapi-signature'], signature(one!))
    const [{ eventId, humanId, ...event }] = JSON.parse(one!.body) as [Record<string, unknown>]
    assert.match(String(eventId), /^[0-9a-f-]{36}$/)
    assert.match(String(humanId), /^[0-9a-f]{32}$/)
    assert.deepEqual(event, {
      timestamp: new Date(clock.time).toISOString(),
      eventType: 'wellness.DataUpdated',
      eventGroup: 'wellness',
      clientId: sandbox.demo.humanapi.clientId,
      clientUserId: 'maria',
      eventPayload: {
        source: { name: 'Demo Smart Scale', id: sourceId(sandbox, 'Demo Smart Scale') },
        dataTypes: ['weight', 'bmi', 'body_fat', 'height'],
      },
    })
  })

  it('with another nonce and event id each time, but not when one is repeated', async () => {
    await oneOfMaria()
    sandbox.humanapi.newData('maria')
    await sandbox.humanapi.settled()
    sandbox.humanapi.repeat(sandbox.humanapi.notifications()[0]!)
    await sandbox.humanapi.settled()
    const [first, second, repeated] = received
    assert.notEqual(first!.headers['x-humanapi-nonce'], second!.headers['x-humanapi-nonce'])
    assert.notEqual(first!.body, second!.body)
    assert.deepEqual(
      [repeated!.body, repeated!.headers['x-humanapi-signature'], repeated!.headers['x-humanapi-nonce']],
      [first!.body, first!.headers['x-humanapi-signature'], first!.headers['x-humanapi-nonce']],
    )
  })

  it('and keeps what came back', async () => {
    respond = (response) => response.writeHead(500).end()
    await oneOfMaria()
    assert.deepEqual(outcomes(), [500])
    respond = (response) => response.destroy()
    sandbox.humanapi.newData('maria')
    await sandbox.humanapi.settled()
    assert.deepEqual(outcomes(), [500, 'no answer'])
  })

  it('and waits three seconds for an answer, no longer', async () => {
    respond = () => undefined
    await oneOfMaria()
    assert.deepEqual(outcomes(), ['too late'])
  })

  it('and gives up those on their way when it is closed', async () => {
    respond = () => undefined
    await newUser(sandbox, 'maria', 'Demo Smart Scale')
    sandbox.humanapi.notifyAt(address)
    const arrived = once(server, 'request')
    sandbox.humanapi.newData('maria')
    await arrived
    await sandbox.close()
    await sandbox.humanapi.settled()
    assert.deepEqual(outcomes(), ['no answer'])
  })

  describe('wrongly when told', () => {
    it('wrongSignature, base64Signature', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.notification', times: 1, do: 'wrongSignature' })
      const [wrong] = await oneOfMaria()
      assert.match(String(wrong!.headers['x-humanapi-signature']), /^[0-9a-f]{40}$/)
      assert.notEqual(wrong!.headers['x-humanapi-signature'], signature(wrong!))
      sandbox.misbehave({ times: 1, do: 'base64Signature' })
      sandbox.humanapi.newData('maria')
      await sandbox.humanapi.settled()
      assert.equal(received[1]!.headers['x-humanapi-signature'], signature(received[1]!, 'base64'))
    })

    it('oldTimestamp: rightly signed, of the day before', async () => {
      sandbox.misbehave({ times: 1, do: 'oldTimestamp' })
      const [old] = await oneOfMaria()
      assert.equal(old!.headers['x-humanapi-timestamp'], String(clock.time - 86_400_000))
      assert.equal(old!.headers['x-humanapi-signature'], signature(old!))
    })

    it('sendTwice: the same bytes', async () => {
      sandbox.misbehave({ times: 1, do: 'sendTwice' })
      await oneOfMaria()
      assert.equal(received.length, 2)
      assert.equal(received[0]!.body, received[1]!.body)
      assert.equal(received[0]!.headers['x-humanapi-nonce'], received[1]!.headers['x-humanapi-nonce'])
    })
  })
})
