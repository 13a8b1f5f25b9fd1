import assert from 'node:assert/strict'
import { GatewayError, type ErrorCause, type ErrorCode } from '../../../src/errors'
import { HttpClient } from '../../../src/http/client'
import { expiryOf, type TimedToken } from '../../../src/oauth2/lifetime'
import { TokenCache, type TokenSource } from '../../../src/oauth2/token-cache'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const HOUR = 3_600_000

/** A provider that gives t1, t2, … and can be told to fail or to be slow. */
class Provider implements TokenSource<TimedToken> {
  asked = 0
  expiresIn: unknown = 3600
  failure: GatewayError | undefined
  gate: Promise<void> | undefined
  kept: TimedToken | undefined

  constructor(private readonly now: () => number) {}

  recall(): Promise<TimedToken | undefined> {
    return Promise.resolve(this.kept)
  }

  async obtain(): Promise<TimedToken> {
    const askedAt = this.now()
    const token = `t${++this.asked}`
    await this.gate
    if (this.failure) throw this.failure
    return { token, askedAt, expiresAt: expiryOf(this.expiresIn, askedAt) }
  }
}

function failureOf(code: ErrorCode, cause: Partial<ErrorCause> = {}): GatewayError {
  return new GatewayError(code, 'The provider said no.', cause)
}

const down = failureOf('HG_UNAVAILABLE', { retryable: true })

describe('the token cache', () => {
  let time: number
  let cache: TokenCache<TimedToken>
  let provider: Provider
  const get = (signal?: AbortSignal) => cache.get('key', provider, signal).then(({ token }) => token)

  beforeEach(() => {
    time = 1_000_000
    cache = new TokenCache({ now: () => time, chance: () => 0 })
    provider = new Provider(() => time)
  })

  it('keeps a token until it is due', async () => {
    assert.equal(await get(), 't1')
    time += HOUR * 0.9 - 1
    assert.equal(await get(), 't1')
    time += 1
    assert.equal(await get(), 't2')
  })

  it('keeps the tokens of different keys apart', async () => {
    await get()
    assert.equal((await cache.get('other', provider)).token, 't2')
    assert.equal(await get(), 't1')
  })

  it('renews one of a short life at half of it', async () => {
    provider.expiresIn = 20
    await get()
    time += 9_999
    assert.equal(await get(), 't1')
    time += 1
    assert.equal(await get(), 't2')
  })

  it('keeps one of unknown life for an hour at most', async () => {
    provider.expiresIn = undefined
    await get()
    time += 40 * 60_000
    assert.equal(await get(), 't1')
    time += 20 * 60_000
    assert.equal(await get(), 't2')
  })

  it('does not renew all at once what was given at once', async () => {
    const chances = [0, 1]
    cache = new TokenCache({ now: () => time, chance: () => chances.shift() ?? 0 })
    await cache.get('a', provider)
    await cache.get('b', provider)
    time += HOUR * 0.85
    assert.equal((await cache.get('a', provider)).token, 't1')
    assert.equal((await cache.get('b', provider)).token, 't3')
  })

  describe('asks once', () => {
    it('however many want it at the same time', async () => {
      assert.deepEqual(new Set(await Promise.all(Array.from({ length: 50 }, () => get()))), new Set(['t1']))
      time += HOUR
      assert.deepEqual(new Set(await Promise.all(Array.from({ length: 50 }, () => get()))), new Set(['t2']))
    })

    it('and all get the one failure', async () => {
      provider.failure = down
      const outcomes = await Promise.allSettled([get(), get(), get()])
      assert.ok(outcomes.every(({ status }) => status === 'rejected'))
      assert.equal(provider.asked, 1)
      provider.failure = undefined
      assert.equal(await get(), 't2')
    })

    it('and who gives up ends only their own waiting', async () => {
      let open: () => void = () => assert.fail('not yet')
      provider.gate = new Promise((resolve) => (open = resolve))
      const leaving = new AbortController()
      const first = get(leaving.signal)
      const second = get(new AbortController().signal)
      leaving.abort()
      await failing(first, 'HG_CLOSED')
      open()
      assert.equal(await second, 't1')
      assert.equal(await get(), 't1')
    })

    it('and what nobody waits for any more serves who comes later', async () => {
      let open: () => void = () => assert.fail('not yet')
      provider.gate = new Promise((resolve) => (open = resolve))
      const leaving = new AbortController()
      const only = get(leaving.signal)
      leaving.abort()
      await failing(only, 'HG_CLOSED')
      const later = get()
      open()
      assert.equal(await later, 't1')
    })

    it('and a failure that nobody waits for any more harms nobody', async () => {
      let open: () => void = () => assert.fail('not yet')
      provider.gate = new Promise((resolve) => (open = resolve))
      provider.failure = down
      const leaving = new AbortController()
      const only = get(leaving.signal)
      leaving.abort()
      await failing(only, 'HG_CLOSED')
      open()
      await new Promise(setImmediate)
      provider.failure = undefined
      assert.equal(await get(), 't2')
    })

    it('for a caller that is closed already not at all', async () => {
      const { cause } = await failing(get(AbortSignal.abort()), 'HG_CLOSED')
      assert.equal(cause.retryable, true)
      assert.equal(provider.asked, 0)
    })

    it('with one listener on a signal that many messages share', async () => {
      const warnings: Error[] = []
      const note = (warning: Error) => warnings.push(warning)
      process.on('warning', note)
      const { signal } = new AbortController()
      await Promise.all(Array.from({ length: 30 }, () => get(signal)))
      await new Promise(setImmediate)
      process.off('warning', note)
      assert.deepEqual(warnings, [])
    })
  })

  describe('while a renewal takes its time', () => {
    let open: () => void
    beforeEach(async () => {
      await get()
      time += HOUR * 0.9
      provider.gate = new Promise((resolve) => (open = resolve))
    })

    it('goes on with the token that is there, and gives the new one once it has come', async () => {
      assert.deepEqual(await Promise.all([get(), get()]), ['t1', 't1'])
      assert.equal(await get(), 't1')
      assert.equal(provider.asked, 2)
      open()
      while ((await get()) !== 't2') await new Promise((resolve) => setImmediate(resolve))
    })

    it('waits for it where the old one has ended, or was refused', async () => {
      const [early, refused] = [get(), get()]
      cache.drop('key', 't1')
      setTimeout(() => open(), 1_200)
      assert.deepEqual(await Promise.all([early, refused]), ['t2', 't2'])
    })

    it('waits for it where the old one is about to end, and not before', async () => {
      time = 1_000_000 + HOUR - 5_001
      assert.equal(await get(), 't1')
      time += 1
      setTimeout(() => open(), 1_200)
      assert.equal(await get(), 't2')
    })

    it('tells of its failure to who comes later', async () => {
      assert.equal(await get(), 't1')
      provider.failure = failureOf('HG_AUTH')
      open()
      await new Promise((resolve) => setImmediate(resolve))
      await failing(get(), 'HG_AUTH')
    })
  })

  describe('when a renewal fails', () => {
    beforeEach(async () => {
      await get()
      time += HOUR * 0.9
    })

    it('for a passing reason: gives the old one until 5 s before its end', async () => {
      provider.failure = down
      assert.equal(await get(), 't1')
      time = 1_000_000 + HOUR - 5_001
      assert.equal(await get(), 't1')
      time += 1
      await failing(get(), 'HG_UNAVAILABLE')
    })

    it('tries again after a pause, not with every message', async () => {
      provider.failure = down
      for (let message = 0; message < 20; message++) await get()
      assert.equal(provider.asked, 2)
      time += 10_000
      provider.failure = undefined
      assert.equal(await get(), 't3')
    })

    it('for good: says so, whatever the old one is worth', async () => {
      provider.failure = failureOf('HG_AUTH')
      await failing(get(), 'HG_AUTH')
    })

    it('because the token has no readable life: says so', async () => {
      provider.expiresIn = 0
      await failing(get(), 'HG_RESPONSE')
    })

    it('never gives an old one that was refused meanwhile', async () => {
      provider.failure = down
      let open: () => void = () => assert.fail('not yet')
      provider.gate = new Promise((resolve) => (open = resolve))
      const waiting = get()
      await new Promise(setImmediate)
      assert.equal(cache.drop('key', 't1'), true)
      open()
      await failing(waiting, 'HG_UNAVAILABLE')
    })
  })

  describe('does not hammer', () => {
    it('a provider that refuses the credentials', async () => {
      provider.failure = failureOf('HG_AUTH')
      for (let message = 0; message < 5; message++) await failing(get(), 'HG_AUTH')
      assert.equal(provider.asked, 1)
      time += 10_000
      provider.failure = undefined
      assert.equal(await get(), 't2')
    })

    it('one that asks for a wait', async () => {
      provider.failure = failureOf('HG_RATE_LIMITED', { retryable: true, detail: { retryAfterMs: 60_000 } })
      for (let message = 0; message < 5; message++) await failing(get(), 'HG_RATE_LIMITED')
      assert.equal(provider.asked, 1)
      time += 60_000
      provider.failure = undefined
      assert.equal(await get(), 't2')
    })

    it('but believes no wait of a day', async () => {
      provider.failure = failureOf('HG_RATE_LIMITED', { detail: { retryAfterMs: 86_400_000 } })
      await failing(get(), 'HG_RATE_LIMITED')
      time += 300_000
      provider.failure = undefined
      assert.equal(await get(), 't2')
    })

    it('by the keys of other users: what is about the account holds for all of them', async () => {
      for (const [failure, pause] of [
        [failureOf('HG_AUTH', { user: 'maria' }), 10_000],
        [failureOf('HG_UNAVAILABLE', { user: 'maria', detail: { retryAfterMs: 60_000 } }), 60_000],
      ] as const) {
        provider = new Provider(() => time)
        provider.failure = failure
        const error = await failing(cache.get('maria', provider), failure.code)
        assert.equal(error.cause.user, 'maria')
        for (let user = 0; user < 100; user++) {
          const { cause } = await failing(cache.get(`user ${user}`, provider), failure.code)
          assert.equal(cause.user, undefined, 'it is not about them')
        }
        cache.forget('maria')
        await failing(cache.get('maria', provider), failure.code)
        assert.equal(provider.asked, 1)
        provider.failure = undefined
        time += pause
        assert.equal((await cache.get('maria', provider)).token, 't2')
        cache.forget('maria')
      }
    })

    it('for longer than the longest wait that it was told', async () => {
      const failures = [
        failureOf('HG_RATE_LIMITED', { detail: { retryAfterMs: 60_000 } }),
        failureOf('HG_AUTH'),
      ]
      const of = (failure: GatewayError) => ({ obtain: () => Promise.reject(failure) })
      await Promise.allSettled(failures.map((failure, key) => cache.get(String(key), of(failure))))
      time += 59_999
      await failing(get(), 'HG_RATE_LIMITED')
      time += 1
      assert.equal(await get(), 't1')
    })

    it('but gives what is there without asking', async () => {
      await get()
      provider.failure = failureOf('HG_AUTH')
      await failing(cache.get('other', provider), 'HG_AUTH')
      assert.equal(await get(), 't1')
      const kept = { token: 'kept', askedAt: time - 1000, expiresAt: time + HOUR }
      const source = { recall: () => Promise.resolve(kept), obtain: () => provider.obtain() }
      assert.equal((await cache.get('recalled', source)).token, 'kept')
    })

    it('and holds nothing back after what may be over', async () => {
      for (const code of ['HG_UNAVAILABLE', 'HG_FORBIDDEN', 'HG_RESPONSE'] as const) {
        provider.failure = failureOf(code)
        await failing(get(), code)
      }
      assert.equal(provider.asked, 3)
    })
  })

  describe('drops', () => {
    it('the token in use', async () => {
      await get()
      assert.equal(cache.drop('key', 't1'), true)
      assert.equal(await get(), 't2')
    })

    it('not one that has been renewed since', async () => {
      await get()
      cache.drop('key', 't1')
      await get()
      assert.equal(cache.drop('key', 't1'), false)
      assert.equal(cache.drop('never', 't1'), false)
      assert.equal(await get(), 't2')
    })
  })

  describe('forgets', () => {
    it('what is on its way: it is given to who waits, and not kept', async () => {
      let open: () => void = () => assert.fail('not yet')
      provider.gate = new Promise((resolve) => (open = resolve))
      let counts: (() => boolean) | undefined
      const source = {
        obtain: (still: () => boolean) => {
          counts = still
          return provider.obtain()
        },
      }
      const before = cache.get('key', source)
      await new Promise(setImmediate)
      assert.equal(counts?.(), true)
      cache.forget('key')
      assert.equal(counts(), false)
      const after = get()
      open()
      assert.deepEqual([(await before).token, await after], ['t1', 't2'])
      assert.equal(await get(), 't2')
    })

    it('what is on its way, so that the next one asks anew', async () => {
      let open: () => void = () => assert.fail('not yet')
      provider.gate = new Promise((resolve) => (open = resolve))
      const before = get()
      await new Promise(setImmediate)
      cache.forget('key')
      open()
      assert.equal(await before, 't1')
      assert.equal(await get(), 't2')
    })

    it('also what was recalled for later', async () => {
      let open: () => void = () => assert.fail('not yet')
      const gate = new Promise<void>((resolve) => (open = resolve))
      provider.recall = async () => {
        await gate
        return { token: 'due', askedAt: time - HOUR, expiresAt: time + 60_000 }
      }
      provider.failure = down
      const before = get()
      await new Promise(setImmediate)
      cache.forget('key')
      open()
      await failing(before, 'HG_UNAVAILABLE')
    })
  })

  describe('recalls', () => {
    it('a token from before, and asks for none', async () => {
      provider.kept = { token: 'kept', askedAt: time - 1000, expiresAt: time + HOUR }
      assert.equal(await get(), 'kept')
      cache.forget('key')
      provider.kept = { token: 'of now', askedAt: time, expiresAt: time + HOUR }
      assert.equal(await get(), 'of now')
      assert.equal(provider.asked, 0)
    })

    it('one that another process has renewed', async () => {
      await get()
      time += HOUR * 0.95
      provider.kept = { token: 'theirs', askedAt: time - 1000, expiresAt: time + HOUR }
      assert.equal(await get(), 'theirs')
      assert.equal(provider.asked, 1)
    })

    it('but not one that is due, was refused, or is from the future', async () => {
      provider.kept = { token: 'due', askedAt: time - HOUR, expiresAt: time + 60_000 }
      assert.equal(await get(), 't1')
      cache.drop('key', 't1')
      provider.kept = { token: 't1', askedAt: time, expiresAt: time + HOUR }
      assert.equal(await get(), 't2')
      cache.forget('key')
      provider.kept = { token: 'future', askedAt: time + HOUR, expiresAt: time + 2 * HOUR }
      assert.equal(await get(), 't3')
    })

    it('not one that was refused before it was recalled', async () => {
      assert.equal(cache.drop('key', 'kept'), false)
      provider.kept = { token: 'kept', askedAt: time, expiresAt: time + HOUR }
      assert.equal(await get(), 't1')
    })

    it('not the last one that was refused, whoever comes late with one before', async () => {
      await get()
      cache.drop('key', 't1')
      await get()
      cache.drop('key', 't2')
      cache.drop('key', 't1')
      provider.kept = { token: 't2', askedAt: time, expiresAt: time + HOUR }
      assert.equal(await get(), 't3')
    })

    it('one that is due and still valid, where the provider is down', async () => {
      provider.kept = { token: 'due', askedAt: time - HOUR, expiresAt: time + 60_000 }
      provider.failure = down
      assert.equal(await get(), 'due')
    })

    it('and passes on that it cannot', async () => {
      provider.recall = () => Promise.reject(failureOf('HG_CONFIG'))
      await failing(get(), 'HG_CONFIG')
    })
  })

  it('does not grow without end', async () => {
    for (let key = 0; key <= 10_000; key++) await cache.get(String(key), provider)
    const { asked } = provider
    await cache.get('1', provider)
    assert.equal(provider.asked, asked)
    await cache.get('0', provider)
    assert.equal(provider.asked, asked + 1)
  })

  it('keeps what was renewed longer than what was not', async () => {
    for (let key = 0; key < 10_000; key++) await cache.get(String(key), provider)
    time += HOUR * 0.95
    await cache.get('0', provider)
    await cache.get('new', provider)
    const { asked } = provider
    await cache.get('0', provider)
    assert.equal(provider.asked, asked)
  })

  it('goes by a clock that counts from 1970', async () => {
    const before = Date.now()
    const { askedAt } = await new TokenCache<TimedToken>().get(
      'key',
      new Provider(() => new TokenCache().now()),
    )
    assert.ok(Math.abs(askedAt - before) < 60_000)
  })

  describe('in a request', () => {
    let server: FaultyServer
    let http: HttpClient
    let accepted: string[]
    const use = () =>
      cache.use('key', provider, ({ token }) =>
        http.request({
          method: 'GET',
          url: `${server.url}/data`,
          authorization: () => `Bearer ${token}`,
        }),
      )

    beforeEach(async () => {
      accepted = ['Bearer t1']
      http = new HttpClient({ proxy: 'none', timeoutMs: 2000 })
      server = await startFaultyServer({
        '/data': (_request, response, { headers: { authorization = '' } }) => {
          response.writeHead(accepted.includes(authorization) ? 200 : 401).end()
        },
      })
    })
    afterEach(async () => {
      await http.close()
      await server.close()
    })

    it('is sent once while it is accepted', async () => {
      assert.equal((await use()).statusCode, 200)
      assert.equal(server.hits.length, 1)
    })

    it('is renewed after a 401, and sent once more', async () => {
      await use()
      accepted = ['Bearer t2']
      const { statusCode, attempts } = await use()
      assert.deepEqual([statusCode, attempts, server.hits.length], [200, 2, 3])
      assert.equal((await use()).attempts, 1)
    })

    it('is not renewed a second time: the second 401 stands', async () => {
      accepted = []
      assert.equal((await use()).statusCode, 401)
      assert.deepEqual([provider.asked, server.hits.length], [2, 2])
    })

    it('is not renewed again for ten seconds where a new one was refused: one request a message', async () => {
      accepted = []
      await use()
      for (let message = 0; message < 3; message++) assert.equal((await use()).attempts, 1)
      assert.deepEqual([provider.asked, server.hits.length], [2, 5])
      accepted = ['Bearer t2']
      assert.equal((await use()).statusCode, 200)
      accepted = ['Bearer t3']
      time += 10_000
      assert.equal((await use()).statusCode, 200)
      assert.equal(provider.asked, 3)
    })

    it('is renewed again once it was forgotten', async () => {
      accepted = []
      await use()
      cache.forget('key')
      provider.kept = { token: 't2', askedAt: time, expiresAt: time + HOUR }
      accepted = ['Bearer t3']
      assert.equal((await use()).statusCode, 200)
    })

    it('is renewed where it is another one than that which was refused while it was new', async () => {
      accepted = []
      await use()
      cache.drop('key', 't2')
      assert.equal(await get(), 't3')
      accepted = ['Bearer t4']
      assert.equal((await use()).statusCode, 200)
    })

    it('is renewed once where many requests were refused', async () => {
      await use()
      accepted = ['Bearer t2']
      const answers = await Promise.all(Array.from({ length: 10 }, use))
      assert.ok(answers.every(({ statusCode }) => statusCode === 200))
      assert.equal(provider.asked, 2)
    })
  })
})
