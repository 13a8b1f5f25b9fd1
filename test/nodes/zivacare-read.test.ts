import assert from 'node:assert/strict'
import { zivaCareDataTypes } from '../../src/providers/zivacare/data-types'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { assertApart } from '../support/apart'
import { daysAgo } from '../support/days'
import { startFaultyServer } from '../support/faulty-server'
import {
  around,
  connect,
  Flow,
  listener,
  temporaryFolder,
  useSandbox,
  withStore,
  type Config,
} from './support/flow'

interface ZivaRecord {
  code: string
  value?: number
  unit?: string
  [field: string]: unknown
}

describe('zivacare-read', () => {
  let provider: Sandbox
  let flow: Flow
  const misbehave = useSandbox((running) => (provider = running))
  afterEach(() => flow.stop())

  const start = async (node: Record<string, unknown> = {}, more: Config[] = []) => {
    const nodes = around({ type: 'zivacare-read', ...node }, ['read'], { type: 'zivacare-account' })
    flow = await Flow.start([...nodes, ...more])
  }
  const read = async (msg: Record<string, unknown> = {}) => {
    flow.send('node', { user: 'demo', ...msg })
    return flow.result('read')
  }
  const records = async (msg?: Record<string, unknown>) => (await read(msg)).payload as ZivaRecord[]

  it('reads all steps with its defaults, over several pages', async () => {
    await start()
    const { payload, topic, statusCode, headers, health } = await read({ topic: 'kept' })
    const steps = payload as ZivaRecord[]
    assert.ok(steps.length >= 60)
    assert.equal(new Set(steps.map(({ code }) => code)).size, steps.length)
    assert.deepEqual([topic, statusCode], ['kept', 200])
    assert.match((headers as Record<string, string>)['content-type'] ?? '', /json/)
    assert.deepEqual([health?.provider, health?.operation, health?.user], ['zivacare', 'read', 'demo'])
  })

  it('reads every type there is', async () => {
    await start({ resource: 'resource', resourceType: 'msg' })
    for (const { name, kind } of zivaCareDataTypes) {
      const { payload } = await read({ resource: name })
      assert.equal(Array.isArray(payload), kind !== 'single', name)
      if (Array.isArray(payload)) assert.ok(payload.length > 0, name)
    }
  })

  it('puts pages together, whatever their length', async () => {
    await start({ resource: 'weights' })
    const whole = await records()
    for (const limit of [1, 7, 1000]) {
      await flow.stop()
      await start({ resource: 'weights', limit })
      assert.deepEqual(await records(), whole)
    }
  })

  it('reads one page where it is not to read all', async () => {
    await start({ resource: 'weights', all: false })
    assert.equal((await records()).length, 10)
    await flow.stop()
    await start({ resource: 'weights', all: false, limit: 'limit', limitType: 'msg' })
    assert.equal((await records({ limit: 3 })).length, 3)
  })

  it('reads one record by its code', async () => {
    await start({ resource: 'weights' })
    const [first] = await records()
    assert.deepEqual((await read({ id: first?.code })).payload, first)
  })

  const periods: [string, Record<string, unknown>, number][] = [
    ['of one day', { from: daysAgo(10), to: daysAgo(10) }, 1],
    ['of one day, with a time', { from: `${daysAgo(10)}T23:00:00Z`, to: `${daysAgo(10)}T01:00:00Z` }, 1],
    ['of a period, both days included', { from: daysAgo(12), to: daysAgo(10) }, 3],
  ]
  for (const [what, dates, count] of periods) {
    it(`reads ${what}`, async () => {
      await start({ resource: 'sleeps' })
      assert.equal((await records(dates)).length, count)
    })
  }

  it('reads up to the day that it is anywhere on earth', async () => {
    const server = await startFaultyServer()
    const userDir = await temporaryFolder()
    await connect(userDir, {
      account: 'zivacare-account:account:custom',
      user: 'maria',
      provider: 'zivacare',
      tokens: { access_token: 't' },
      grantedAt: new Date().toISOString(),
    })
    try {
      flow = await Flow.start(
        around({ type: 'zivacare-read', resource: 'steps' }, ['read'], {
          type: 'zivacare-account',
          environment: 'custom',
          urls: { data: `${server.url}/data` },
        }),
        { credentials: { account: { clientId: '1', clientSecret: '2' } }, userDir },
      )
      await flow.failure('node', { user: 'maria', from: '2026-01-01' })
      const end = server.hits[0]?.path.split('/').at(-1)?.slice(0, 10)
      assert.equal(end, new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10))
    } finally {
      await server.close()
    }
  })

  it('reads from a day up to now, and of a Date', async () => {
    await start({ resource: 'sleeps' })
    const all = await records()
    const since = await records({ from: daysAgo(5) })
    assert.ok(since.length >= 5 && since.length < all.length)
    const at = new Date(Date.now() - 20 * 86_400_000)
    assert.equal((await records({ from: at, to: at })).length, 1)
  })

  it('gives metric units, those that are asked for, or those of the source', async () => {
    const units = async (of?: string) => {
      await start({ resource: 'weights', units: of })
      const [weight] = await records()
      await flow.stop()
      return weight
    }
    const [metric, us, uk, source] = [
      await units(),
      await units('us'),
      await units('uk'),
      await units('source'),
    ]
    assert.equal(metric?.unit, 'kg')
    assert.equal(source?.unit, 'kg')
    assert.ok(Math.abs(Number(us?.value) / Number(metric.value) - 2.2046) < 0.001)
    assert.notEqual(uk?.unit, 'kg')
    await start({ resource: 'weights' })
  })

  it('gives an empty array to somebody without sources', async () => {
    const creating: Config[] = [
      {
        id: 'create',
        type: 'zivacare-token',
        z: 'flow',
        account: 'account',
        action: 'createUser',
        wires: [['made']],
      },
      listener('made'),
    ]
    await start({}, creating)
    flow.send('create', { user: 'sourceless' })
    await flow.next('made')
    assert.deepEqual(await records({ user: 'sourceless' }), [])
  })

  it('gives the pages as a sequence, each sent before the next is asked for', async () => {
    await start({ resource: 'weights', output: 'sequence', limit: 8 })
    const whole: ZivaRecord[] = []
    const first = await read({ topic: 'kept', of: { before: [] } })
    const pages = [first, await flow.next('read'), await flow.next('read')]
    for (const { payload } of pages) whole.push(...(payload as ZivaRecord[]))
    const parts = pages.map((msg) => (msg as { parts?: Record<string, unknown> }).parts)
    assert.deepEqual(
      parts.map((part) => [part?.index, part?.type, part?.len, part?.count]),
      [
        [0, 'array', 8, undefined],
        [1, 'array', 8, undefined],
        [2, 'array', 8, 3],
      ],
    )
    assert.equal(first.topic, 'kept')
    assertApart(pages)
    for (const { health } of pages) assert.equal(health?.user, 'demo')
    await flow.stop()
    await start({ resource: 'weights' })
    assert.deepEqual(await records(), whole)
  })

  it('sends what it has of a sequence, and then the error, when the token expires between two pages', async () => {
    await start({ resource: 'weights', output: 'sequence', limit: 5 })
    misbehave({ endpoint: 'zivacare.data', do: 'expireTokens', after: 2 })
    flow.send('node', { user: 'demo' })
    assert.equal(((await flow.next('read')).payload as ZivaRecord[]).length, 5)
    const { error } = await flow.next('caught')
    assert.equal(error?.code, 'HG_AUTH')
  })

  it('says HG_AUTH when the token expires between two pages, and sends nothing', async () => {
    await start({ resource: 'weights', limit: 5 })
    misbehave({ endpoint: 'zivacare.data', do: 'expireTokens', after: 2 })
    const { code, message, cause } = await flow.failure('node', { user: 'demo' })
    assert.equal(code, 'HG_AUTH')
    assert.match(message, /connect again/)
    assert.equal(cause.retryable, false)
  })

  const inputs: [string, Record<string, unknown>, string][] = [
    ['no user', { user: undefined }, 'HG_INPUT'],
    ['somebody who has not connected', { user: 'nobody' }, 'HG_NOT_CONNECTED'],
    ['a type that does not exist', { resource: 'moods' }, 'HG_INPUT'],
    ['a type with a slash', { resource: '../steps' }, 'HG_INPUT'],
    ['no type', { resource: undefined }, 'HG_INPUT'],
    ['a type that is no text', { resource: ['steps'] }, 'HG_INPUT'],
    ['an id that is no text', { id: 7 }, 'HG_INPUT'],
    ['an id that leads elsewhere', { id: '..' }, 'HG_INPUT'],
    ['an id that does not exist', { id: 'none' }, 'HG_NOT_FOUND'],
    ['an id for the profile', { resource: 'profile', id: 'x' }, 'HG_INPUT'],
    ['a month 13', { from: '2026-13-01' }, 'HG_INPUT'],
    ['a day that does not exist', { from: daysAgo(3), to: '2026-02-30' }, 'HG_INPUT'],
    ['a time stamp', { from: 1769814000000 }, 'HG_INPUT'],
    ['a last day alone', { to: daysAgo(3) }, 'HG_INPUT'],
    ['an end before the start', { from: daysAgo(3), to: daysAgo(4) }, 'HG_INPUT'],
    ['days for a goal', { resource: 'sleep_goals', from: daysAgo(3), to: daysAgo(3) }, 'HG_INPUT'],
    ['a limit of 0', { limit: 0 }, 'HG_INPUT'],
    ['a limit that is no number', { limit: 'many' }, 'HG_INPUT'],
    ['a limit of one and a half', { limit: 1.5 }, 'HG_INPUT'],
  ]
  for (const [what, wrong, code] of inputs) {
    it(`says ${code} for ${what}`, async () => {
      await start({ resource: 'resource', resourceType: 'msg', limit: 'limit', limitType: 'msg' })
      const msg = { user: 'demo', resource: 'steps', payload: 'kept', ...wrong }
      const error = await flow.failure('node', msg)
      assert.equal(error.code, code, error.message)
    })
  }

  const answers: [string, Misbehaviour, string][] = [
    ['JSON that is cut', { do: 'cutJson' }, 'HG_RESPONSE'],
    ['a cut answer', { do: 'cut' }, 'HG_RESPONSE'],
    ['a web page', { do: 'html' }, 'HG_RESPONSE'],
    ['an empty body', { do: 'empty' }, 'HG_RESPONSE'],
    ['bytes without sense', { do: 'garbage' }, 'HG_RESPONSE'],
    [
      'JSON without a list',
      { do: 'body', text: '{"total":1}', contentType: 'application/json' },
      'HG_RESPONSE',
    ],
    ['a page that comes back empty', { do: 'emptyPage', after: 1 }, 'HG_RESPONSE'],
    ['a page that repeats', { do: 'repeatPage' }, 'HG_RESPONSE'],
    ['403', { do: 'status', code: 403 }, 'HG_FORBIDDEN'],
    ['429 with a long wait', { do: 'status', code: 429, retryAfter: 999 }, 'HG_RATE_LIMITED'],
    ['a token that was withdrawn', { do: 'expireTokens' }, 'HG_AUTH'],
  ]
  for (const [what, rule, code] of answers) {
    it(`says ${code} for ${what}`, async () => {
      await start({ resource: 'weights', limit: 5 })
      misbehave({ endpoint: 'zivacare.data', ...rule })
      const error = await flow.failure('node', { user: 'demo' })
      assert.equal(error.code, code, error.message)
      const { accessToken } = provider.demo.zivacare.connectedUser
      assert.ok(!(JSON.stringify(error) + flow.log()).includes(accessToken))
    })
  }

  it('ends with what there is where ZivaCare names no total', async () => {
    await start({ resource: 'weights', limit: 5 })
    const whole = await records()
    misbehave({ endpoint: 'zivacare.data', do: 'noTotal' })
    assert.deepEqual(await records(), whole)
  })

  it('notes when a connection was used', async () => {
    await start({ resource: 'profile' })
    await read()
    await withStore(flow.userDir, async ({ connections }) => {
      const connection = await connections.get('zivacare-account:account:sandbox', 'demo')
      assert.equal(typeof connection?.lastUsedAt, 'string')
    })
  })

  for (const wrong of [{ units: 'miles' }, { output: 'stream' }]) {
    it(`says HG_CONFIG for ${JSON.stringify(wrong)}`, async () => {
      await start(wrong)
      assert.equal((await flow.failure('node', { user: 'demo' })).code, 'HG_CONFIG')
    })
  }

  it('tells its dialog the types', async () => {
    await start()
    const choices = (await flow.editorGets('zivacare-read/resources')) as { value: string; label: string }[]
    assert.equal(choices.length, zivaCareDataTypes.length)
    assert.ok(choices.some(({ value, label }) => value === 'steps' && label === 'Steps (steps)'))
  })
})
