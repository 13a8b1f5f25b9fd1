import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import type { GatewayError } from '../../../../src/errors'
import {
  HumanApiNotifications,
  type IncomingNotification,
  type NotificationMemory,
} from '../../../../src/providers/humanapi/webhook'
import { startSandbox, type Misbehaviour, type Sandbox } from '../../../../src/sandbox/sandbox'
import { failure } from '../../../support/failing'
import { listen, type TestServer } from '../../../support/server'

const NOW = Date.UTC(2026, 2, 10, 12)
const clientSecret = 'k3y-of-the-client'

function signed(
  body: string,
  timestamp = String(NOW),
  nonce = 'n1',
  encoding: 'hex' | 'base64' | 'base64url' = 'hex',
): { headers: Record<string, string>; body: Buffer } {
  const signature = createHmac('sha1', clientSecret)
    .update(body + timestamp + nonce)
    .digest(encoding)
  return {
    headers: {
      'x-humanapi-signature': signature,
      'x-humanapi-timestamp': timestamp,
      'x-humanapi-nonce': nonce,
    },
    body: Buffer.from(body),
  }
}

describe("Human API's notifications", () => {
  let time: number
  let notifications: HumanApiNotifications
  const verify = (notification: IncomingNotification) => notifications.verify(notification)
  const reasonOf = async (notification: IncomingNotification) => {
    const { code, cause } = await failure(verify(notification))
    return [code, (cause.detail as { reason?: string } | undefined)?.reason]
  }

  beforeEach(() => {
    time = NOW
    notifications = new HumanApiNotifications({ clientSecret, now: () => time })
  })

  it('are taken with a right signature, in hexadecimal digits or base64 of either alphabet', async () => {
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      assert.deepEqual(await verify(signed('{"a":1}', String(NOW), encoding, encoding)), [{ a: 1 }])
    }
    const upper = signed('{"a":1}', String(NOW), 'upper')
    upper.headers['x-humanapi-signature'] = `SHA1=${upper.headers['x-humanapi-signature']?.toUpperCase()}`
    await verify(upper)
  })

  it('are one event or several, as text or bytes', async () => {
    assert.deepEqual(await verify(signed('[{"a":1},{"b":"é"}]')), [{ a: 1 }, { b: 'é' }])
    const { headers } = signed('{"b":"é"}', String(NOW), 'n2')
    assert.deepEqual(await verify({ headers, body: '{"b":"é"}' }), [{ b: 'é' }])
  })

  it('may have timestamp and nonce in the payload', async () => {
    for (const body of [`{"timestamp":${NOW},"nonce":"p1"}`, `[{"timestamp":${NOW},"nonce":"p2"},{}]`]) {
      const { headers } = signed(body, String(NOW), body.includes('p1') ? 'p1' : 'p2')
      await verify({ headers: { 'x-humanapi-signature': headers['x-humanapi-signature'] }, body })
    }
  })

  it('may have the time in seconds, milliseconds or ISO 8601', async () => {
    for (const timestamp of [String(NOW / 1000), String(NOW), new Date(NOW).toISOString()]) {
      await verify(signed('{}', timestamp))
    }
    for (const timestamp of ['yesterday', '12', 'NaN', '2026-99-01T00:00:00Z', String(NOW * 1000)]) {
      assert.deepEqual(await reasonOf(signed('{}', timestamp)), ['HG_FORBIDDEN', 'TIMESTAMP_REFUSED'])
    }
  })

  it('are refused with a signature of another key, body, timestamp or nonce', async () => {
    const other = new HumanApiNotifications({ clientSecret: 'another', now: () => time })
    assert.equal((await failure(other.verify(signed('{}')))).code, 'HG_FORBIDDEN')
    const { headers, body } = signed('{"a":1}')
    const forged: IncomingNotification[] = [
      { headers, body: '{"a":2}' },
      { headers, body: '{"a":1} ' },
      { headers: { ...headers, 'x-humanapi-timestamp': String(NOW + 1) }, body },
      { headers: { ...headers, 'x-humanapi-nonce': 'n2' }, body },
      { headers: { ...headers, 'x-humanapi-signature': 'A'.repeat(27) + '=' }, body },
      { headers: { ...headers, 'x-humanapi-signature': '0'.repeat(40) }, body },
    ]
    for (const one of forged) assert.deepEqual(await reasonOf(one), ['HG_FORBIDDEN', 'SIGNATURE_INVALID'])
  })

  it('are refused without a signature, or with one that is none', async () => {
    const { headers, body } = signed('{}')
    for (const signature of [undefined, '', 'x', '0'.repeat(41), ['a', 'b'], '%'.repeat(40)]) {
      const one = { headers: { ...headers, 'x-humanapi-signature': signature }, body }
      assert.deepEqual(await reasonOf(one), ['HG_FORBIDDEN', 'SIGNATURE_MISSING'])
    }
  })

  it('are refused without a timestamp or a nonce', async () => {
    for (const name of ['x-humanapi-timestamp', 'x-humanapi-nonce']) {
      const { headers, body } = signed('{}')
      assert.deepEqual(await reasonOf({ headers: { ...headers, [name]: undefined }, body }), [
        'HG_FORBIDDEN',
        'TIMESTAMP_MISSING',
      ])
    }
  })

  it('are refused when they are old or from the future, by five minutes', async () => {
    for (const late of [300_001, -300_001]) {
      time = NOW + late
      assert.deepEqual(await reasonOf(signed('{}')), ['HG_FORBIDDEN', 'TIMESTAMP_REFUSED'])
    }
    time = NOW + 300_000
    await verify(signed('{}'))
  })

  it('are refused when they come again', async () => {
    const one = signed('{}')
    await verify(one)
    assert.deepEqual(await reasonOf(one), ['HG_CONFLICT', 'REPLAYED'])
    time += 300_000
    assert.deepEqual(await reasonOf(one), ['HG_CONFLICT', 'REPLAYED'])
    time += 1
    assert.deepEqual(await reasonOf(one), ['HG_FORBIDDEN', 'TIMESTAMP_REFUSED'])
  })

  it('are refused when they come again with the signature in another form, or the parts cut elsewhere', async () => {
    const timestamp = String(NOW)
    const one = signed('{}', timestamp, 'n1')
    await verify(one)
    const { 'x-humanapi-signature': hex = '' } = one.headers
    const base64 = Buffer.from(hex, 'hex').toString('base64')
    assert.equal(
      (await reasonOf({ headers: { ...one.headers, 'x-humanapi-signature': base64 }, body: one.body }))[1],
      'REPLAYED',
    )
    const cut = {
      ...one.headers,
      'x-humanapi-timestamp': timestamp.slice(0, 10),
      'x-humanapi-nonce': `${timestamp.slice(10)}n1`,
    }
    assert.equal((await reasonOf({ headers: cut, body: one.body }))[1], 'REPLAYED')
  })

  it('of a forger do not spoil the real one', async () => {
    const { headers, body } = signed('{}')
    await reasonOf({ headers: { ...headers, 'x-humanapi-signature': '0'.repeat(40) }, body })
    await verify({ headers, body })
  })

  it('are HG_INPUT where the body is none, and only once the signature fits', async () => {
    for (const body of ['', 'text', '[]', '[1]', '1', 'null', '{"a":']) {
      assert.equal((await failure(verify(signed(body, String(NOW), `n ${body}`)))).code, 'HG_INPUT')
    }
    assert.equal((await reasonOf({ headers: {}, body: 'text' }))[0], 'HG_FORBIDDEN')
  })

  it('are HG_INPUT where the body was read already, and HG_TOO_LARGE over 1 MiB', async () => {
    const { headers } = signed('{}')
    const parsed = { headers, body: { a: 1 } } as unknown as IncomingNotification
    assert.match((await failure(verify(parsed))).message, /raw body/)
    const body = Buffer.alloc(1024 * 1024 + 1, ' ')
    assert.equal((await failure(verify({ headers, body }))).code, 'HG_TOO_LARGE')
  })

  it('end in a GatewayError that tells no secret, whatever comes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom('x-humanapi-signature', 'x-humanapi-timestamp', 'x-humanapi-nonce'),
          fc.oneof(fc.string(), fc.constant(String(NOW)), fc.constant('a'.repeat(40))),
        ),
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        async (headers, body) => {
          const error = await failure(verify({ headers, body }))
          assert.ok(!JSON.stringify([error.message, error.cause]).includes(clientSecret))
        },
      ),
    ))

  describe('are remembered', () => {
    class Kept implements NotificationMemory {
      readonly signatures = new Map<string, number>()
      failure: Error | undefined

      async add(signature: string, lifetimeMs: number): Promise<boolean> {
        // As on a disk, it takes its time.
        await new Promise(setImmediate)
        if (this.failure) throw this.failure
        if (this.signatures.has(signature)) return false
        this.signatures.set(signature, lifetimeMs)
        return true
      }
    }
    let kept: Kept
    const restarted = () => new HumanApiNotifications({ clientSecret, now: () => time })

    beforeEach(() => {
      kept = new Kept()
    })

    it('over a restart, for as long as they would be accepted', async () => {
      const one = signed('{}')
      await notifications.verify(one, kept)
      assert.deepEqual([...kept.signatures.values()], [300_001])
      assert.equal((await failure(restarted().verify(one, kept))).code, 'HG_CONFLICT')
    })

    it('once, however many come at a time', async () => {
      const one = signed('{}')
      const all = await Promise.allSettled(Array.from({ length: 20 }, () => notifications.verify(one, kept)))
      assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
    })

    it('not where that failed: the next try is the first', async () => {
      const one = signed('{}')
      kept.failure = new Error('disk full')
      await assert.rejects(notifications.verify(one, kept), /disk full/)
      kept.failure = undefined
      assert.deepEqual(await notifications.verify(one, kept), [{}])
    })

    it('by their signature, which a forger does not have', async () => {
      const { headers, body } = signed('{}')
      const forged = { headers: { ...headers, 'x-humanapi-signature': '0'.repeat(40) }, body }
      await failure(notifications.verify(forged, kept))
      assert.equal(kept.signatures.size, 0)
    })
  })

  describe('of the sandbox', () => {
    let sandbox: Sandbox
    let server: TestServer
    let came: IncomingNotification[]
    let inbox: HumanApiNotifications

    beforeEach(async () => {
      sandbox = await startSandbox()
      came = []
      server = await listen((request, response) => {
        const pieces: Buffer[] = []
        request.on('data', (piece: Buffer) => pieces.push(piece))
        request.on('end', () => {
          came.push({ headers: request.headers, body: Buffer.concat(pieces) })
          response.end()
        })
      })
      sandbox.humanapi.notifyAt(`${server.url}/`)
      inbox = new HumanApiNotifications({ clientSecret: sandbox.demo.humanapi.clientSecret })
    })
    afterEach(async () => {
      await server.close()
      await sandbox.close()
    })

    async function outcomes(rule?: Misbehaviour): Promise<string[]> {
      if (rule) sandbox.misbehave({ endpoint: 'humanapi.notification', ...rule })
      sandbox.humanapi.newData('demo')
      await sandbox.humanapi.settled()
      assert.ok(came.length > 0)
      return Promise.all(
        came.map((notification) =>
          inbox.verify(notification).then(
            ([event]) => String(event?.clientUserId),
            (error: unknown) => (error as GatewayError).code,
          ),
        ),
      )
    }

    it('are taken', async () => {
      assert.deepEqual(new Set(await outcomes()), new Set(['demo']))
    })
    it('are taken in base64', async () => {
      assert.deepEqual(new Set(await outcomes({ do: 'base64Signature' })), new Set(['demo']))
    })
    it('are refused with a wrong signature', async () => {
      assert.deepEqual(new Set(await outcomes({ do: 'wrongSignature' })), new Set(['HG_FORBIDDEN']))
    })
    it('are refused when they are old', async () => {
      assert.deepEqual(new Set(await outcomes({ do: 'oldTimestamp' })), new Set(['HG_FORBIDDEN']))
    })
    it('are taken once where they come twice', async () => {
      const all = await outcomes({ do: 'sendTwice' })
      assert.equal(all.filter((one) => one === 'demo').length, all.length / 2)
      assert.equal(all.filter((one) => one === 'HG_CONFLICT').length, all.length / 2)
    })
  })
})
