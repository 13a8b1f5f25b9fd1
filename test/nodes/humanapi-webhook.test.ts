import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { around, Flow, temporaryFolder, useSandbox, type Config, type Message } from './support/flow'

const nodes = (request: object = { skipBodyParsing: true }, account: Partial<Config> = {}): Config[] => [
  ...around({ id: 'webhook', type: 'humanapi-webhook', wires: [['answer'], ['event']] }, ['event'], {
    type: 'humanapi-account',
    ...account,
  }),
  {
    ...{ id: 'request', type: 'http in', z: 'flow', url: '/notify', method: 'post' },
    ...{ wires: [['webhook']], ...request },
  },
  { id: 'answer', type: 'http response', z: 'flow', wires: [] },
]

describe('humanapi-webhook', () => {
  let provider: Sandbox
  let flow: Flow
  const misbehave = useSandbox((running) => (provider = running))
  afterEach(async () => {
    provider.humanapi.notifyAt(undefined)
    await flow.stop()
  })

  const start = async (request?: object) => {
    flow = await Flow.start(nodes(request))
    provider.humanapi.notifyAt(`${flow.url}/notify`)
  }
  const last = () => provider.humanapi.notifications().at(-1)!
  /** How the last notification was answered. */
  const answered = async () => {
    await provider.humanapi.settled()
    return last().outcome
  }
  /** A source is disconnected and connected again: two notifications. */
  const notify = async () => {
    const { sources } = provider.humanapi
    const scale = sources.find(({ name }) => name === 'Demo Smart Scale')!.id
    assert.ok(provider.humanapi.disconnect('demo', scale))
    await provider.humanapi.settled()
    assert.ok(provider.humanapi.connect('demo', scale))
    await provider.humanapi.settled()
  }
  const post = (init: RequestInit) => fetch(`${flow.url}/notify`, { method: 'POST', ...init })

  it('answers a genuine notification, and gives its event', async () => {
    await start()
    await notify()
    assert.equal(await answered(), 200)
    const { payload, user, req, health } = (await flow.next('event')) as Message & {
      req?: unknown
    }
    const { eventType, humanId, clientUserId } = payload as Record<string, string>
    assert.deepEqual(
      [eventType, humanId, clientUserId, user],
      ['sources.SourceDisconnected', provider.demo.humanapi.connectedUser.humanId, 'demo', 'demo'],
    )
    assert.equal(req, undefined, 'the answer is on its way: nobody can answer again')
    assert.equal(health?.operation, 'notification')
    assert.equal(flow.pending('caught'), 0)
  })

  it('takes a signature in base64 as well', async () => {
    await start()
    misbehave({ endpoint: 'humanapi.notification', do: 'base64Signature' })
    await notify()
    assert.equal(await answered(), 200)
    await flow.next('event')
  })

  const forged: [string, Misbehaviour['do'], RegExp][] = [
    ['a signature of another key', 'wrongSignature', /signature does not fit/],
    ['a timestamp of yesterday', 'oldTimestamp', /seconds old/],
  ]
  for (const [what, how, sentence] of forged) {
    it(`refuses ${what}: 403, HG_FORBIDDEN`, async () => {
      await start()
      misbehave({ endpoint: 'humanapi.notification', do: how } as Misbehaviour)
      await notify()
      assert.equal(await answered(), 403)
      await flow.caught('HG_FORBIDDEN', sentence)
      assert.equal(flow.pending('event'), 0)
    })
  }

  it('gives no event for a notification that comes again: 200, HG_CONFLICT', async () => {
    await start()
    await notify()
    while (flow.pending('event') > 0) await flow.next('event')
    provider.humanapi.repeat(last())
    assert.equal(await answered(), 200)
    await flow.caught('HG_CONFLICT', /come before/)
    assert.equal(flow.pending('event'), 0)
  })

  it('knows a notification again after Node-RED was started anew', async () => {
    const userDir = await temporaryFolder()
    flow = await Flow.start(nodes(), { userDir, keep: true })
    provider.humanapi.notifyAt(`${flow.url}/notify`)
    await notify()
    const { body, headers } = last()
    await flow.stop()
    flow = await Flow.start(nodes(), { userDir })
    assert.equal((await post({ body, headers })).status, 200)
    await flow.caught('HG_CONFLICT', /come before/)
    assert.equal(flow.pending('event'), 0)
  })

  it('gives one event for a notification that comes many times at once', async () => {
    await start()
    provider.humanapi.notifyAt(undefined)
    const body = '[{"clientUserId":"demo"}]'
    const timestamp = String(Date.now())
    const signature = createHmac('sha1', provider.demo.humanapi.clientSecret)
      .update(body + timestamp + 'nonce')
      .digest('hex')
    const headers = {
      'x-humanapi-signature': signature,
      'x-humanapi-timestamp': timestamp,
      'x-humanapi-nonce': 'nonce',
    }
    const answers = await Promise.all(Array.from({ length: 20 }, () => post({ body, headers })))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
    await flow.next('event')
    for (let again = 1; again < 20; again++) await flow.caught('HG_CONFLICT', /come before/)
    assert.equal(flow.pending('event'), 0)
  })

  it('answers 503 where the account does not open: whoever sends it may try again', async () => {
    flow = await Flow.start(nodes(undefined, { environment: 'live' }))
    const response = await post({ body: '[{}]' })
    assert.deepEqual([response.status, await response.text()], [503, ''])
    await flow.caught('HG_CONFIG')
    assert.deepEqual(flow.statuses('webhook').at(-1), {
      fill: 'grey',
      shape: 'ring',
      text: 'status.HG_CONFIG',
    })
    assert.equal((await flow.failure('webhook', { payload: '[]' })).code, 'HG_INPUT')
  })

  it('refuses a body that was changed on its way: 403', async () => {
    await start()
    await notify()
    const { body, headers } = last()
    const response = await post({ body: body.replace('demo', 'dema'), headers })
    assert.equal(response.status, 403)
    await flow.caught('HG_FORBIDDEN', /signature does not fit/)
  })

  it('refuses what has no signature: 403', async () => {
    await start()
    assert.equal((await post({ body: '[{}]' })).status, 403)
    await flow.caught('HG_FORBIDDEN', /no readable X-HumanAPI-Signature/)
  })

  it('refuses more than 1 MiB: 413', async () => {
    await start()
    assert.equal((await post({ body: 'x'.repeat(1_100_000) })).status, 413)
    await flow.caught('HG_TOO_LARGE', /1 MiB/)
  })

  it('says what to do where the body was parsed before: 400, HG_INPUT', async () => {
    await start({})
    await notify()
    assert.equal(await answered(), 400)
    await flow.caught('HG_INPUT', /read as JSON already/)
  })

  it('says HG_INPUT for a message without a web request', async () => {
    await start()
    const error = await flow.failure('webhook', { payload: '[]' })
    assert.equal(error.code, 'HG_INPUT')
    assert.match(error.message, /http in/)
  })
})
