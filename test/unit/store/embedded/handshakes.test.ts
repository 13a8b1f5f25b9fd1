import assert from 'node:assert/strict'
import { mock } from 'node:test'
import fc from 'fast-check'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import type { Store, TakenHandshake } from '../../../../src/store/store'
import { temporaryPaths } from '../support/directories'
import { KEY } from '../support/stores'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('handshakes of the embedded store', () => {
  const newPath = temporaryPaths()
  const value = { oauth_token_secret: 'secret 😀', verifier: '' }
  let time = Date.parse('2026-05-06T07:08:09.000Z')
  let path: string
  let store: Store

  async function reopen(): Promise<void> {
    await store.close()
    store = await open()
  }
  function open(): Promise<Store> {
    return openEmbeddedStore({ path, keys: [KEY], now: () => time })
  }

  before(async () => {
    path = newPath()
    store = await open()
  })
  after(() => store.close())

  it('are taken once', async () => {
    await store.handshakes.put('once', value, 10 * MINUTE)
    assert.deepEqual(await store.handshakes.take('once'), { outcome: 'taken', value })
    assert.deepEqual(await store.handshakes.take('once'), { outcome: 'used' })
    assert.deepEqual(await store.handshakes.take('never'), { outcome: 'unknown' })
  })

  it('are taken by exactly one of many who try at once', async () => {
    await store.handshakes.put('contested', value, 10 * MINUTE)
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => store.handshakes.take('contested')))
    assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), [
      'taken',
      ...Array.from({ length: 39 }, () => 'used'),
    ])
  })

  it('outlive a restart, and so does that they were used', async () => {
    await store.handshakes.put('later', value, 10 * MINUTE)
    await reopen()
    assert.deepEqual(await store.handshakes.take('later'), { outcome: 'taken', value })
    await reopen()
    assert.deepEqual(await store.handshakes.take('later'), { outcome: 'used' })
  })

  it('expire to the millisecond, and are forgotten an hour later', async () => {
    await store.handshakes.put('in time', value, 10 * MINUTE)
    await store.handshakes.put('too late', value, 10 * MINUTE)
    time += 10 * MINUTE - 1
    assert.deepEqual(await store.handshakes.take('in time'), { outcome: 'taken', value })
    time += 1
    for (const id of ['in time', 'too late'])
      assert.deepEqual(await store.handshakes.take(id), { outcome: 'expired' })
    time += HOUR - 1
    await reopen()
    for (const id of ['in time', 'too late'])
      assert.deepEqual(await store.handshakes.take(id), { outcome: 'expired' })
    time += 1
    await reopen()
    for (const id of ['in time', 'too late'])
      assert.deepEqual(await store.handshakes.take(id), { outcome: 'unknown' })
  })

  it('lose their secret when they have expired', async () => {
    await store.handshakes.put('secret', value, MINUTE)
    time += MINUTE
    await reopen()
    time -= MINUTE
    // With the clock set back it would be taken if it still had a value.
    assert.deepEqual(await store.handshakes.take('secret'), { outcome: 'used' })
  })

  it('are forgotten also while the store stays open', async () => {
    await store.close()
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      store = await open()
      await store.handshakes.put('forgotten', value, MINUTE)
      time += MINUTE + HOUR
      assert.deepEqual(await store.handshakes.take('forgotten'), { outcome: 'expired' })
      mock.timers.tick(10 * MINUTE)
      let outcome: string
      do outcome = (await store.handshakes.take('forgotten')).outcome
      while (outcome === 'expired')
      assert.equal(outcome, 'unknown')
    } finally {
      await store.close()
      mock.timers.reset()
    }
    store = await open()
  })

  it('need a lifetime', async () => {
    for (const lifetime of [NaN, Infinity]) {
      await assert.rejects(store.handshakes.put('id', value, lifetime), { code: 'HG_INPUT' })
    }
  })

  it('behave like a table of who took what when', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const prefix = `model ${++modelRuns} `
        const model = new Model()
        for (const { kind, id, ms } of steps) {
          if (kind === 'wait') time += ms
          else if (kind === 'put') {
            model.put(id, time + ms)
            await store.handshakes.put(prefix + id, { id }, ms)
          } else if (kind === 'take') {
            assert.deepEqual(await store.handshakes.take(prefix + id), model.take(id, time))
          } else {
            model.sweep(time)
            await reopen()
          }
        }
      }),
      { numRuns: 40 },
    )).timeout(60_000)
})

let modelRuns = 0

const step = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('put', 'take', 'take', 'wait') },
    { weight: 1, arbitrary: fc.constant('reopen') },
  ),
  id: fc.constantFrom('a', 'b', ''),
  ms: fc.constantFrom(0, 1, MINUTE, 10 * MINUTE, HOUR),
})

class Model {
  readonly #handshakes = new Map<string, { expiresAt: number; taken: boolean }>()

  put(id: string, expiresAt: number): void {
    this.#handshakes.set(id, { expiresAt, taken: false })
  }

  take(id: string, time: number): TakenHandshake {
    const handshake = this.#handshakes.get(id)
    if (!handshake) return { outcome: 'unknown' }
    if (time >= handshake.expiresAt) return { outcome: 'expired' }
    if (handshake.taken) return { outcome: 'used' }
    handshake.taken = true
    return { outcome: 'taken', value: { id } }
  }

  sweep(time: number): void {
    for (const [id, { expiresAt }] of this.#handshakes) {
      if (time >= expiresAt + HOUR) this.#handshakes.delete(id)
    }
  }
}
