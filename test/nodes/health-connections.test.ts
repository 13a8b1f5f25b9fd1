import assert from 'node:assert/strict'
import type { Connection } from '../../src/store/store'
import { around, connect, Flow, temporaryFolder, withStore, type Config } from './support/flow'

const nodes = (action?: string, account = 'account'): Config[] =>
  around({ type: 'health-connections', action, account }, ['out'])

const connection = (user: string, account = 'razcode-account:account:sandbox'): Connection => ({
  account,
  user,
  provider: 'healthjibe',
  tokens: { oauth_token: `token of ${user}`, oauth_token_secret: `secret of ${user}` },
  notificationStatus: false,
  grantedAt: '2026-01-01T00:00:00.000Z',
})

describe('health-connections', () => {
  let flow: Flow

  async function start(action?: string): Promise<void> {
    const userDir = await temporaryFolder()
    await connect(userDir, connection('maria'))
    await connect(userDir, connection('other', 'razcode-account:other:sandbox'))
    await connect(userDir, connection('live', 'razcode-account:account:live'))
    flow = await Flow.start(nodes(action), { userDir })
  }
  afterEach(() => flow.stop())

  const maria = {
    user: 'maria',
    provider: 'healthjibe',
    notificationStatus: false,
    grantedAt: '2026-01-01T00:00:00.000Z',
    lastUsedAt: undefined,
  }

  it('lists those of the account and its environment, with the demo user of the sandbox, without tokens', async () => {
    await start()
    flow.send('node', { topic: 'kept' })
    const { payload, topic, health } = await flow.next('out')
    const [demo, second, ...more] = payload as (typeof maria)[]
    assert.deepEqual([demo?.user, demo?.provider], ['demo', 'healthjibe'])
    assert.deepEqual(second, maria)
    assert.deepEqual(more, [])
    assert.equal(topic, 'kept')
    assert.equal(health?.operation, 'connections')
    assert.doesNotMatch(JSON.stringify(payload), /token|secret/)
    assert.deepEqual(flow.statuses('node').at(-1), { fill: 'green', shape: 'dot', text: '2' })
  })

  it('reads one', async () => {
    await start('get')
    flow.send('node', { user: 'maria' })
    assert.deepEqual((await flow.next('out')).payload, maria)
  })

  it('forgets one, and says whether there was one', async () => {
    await start('forget')
    for (const forgotten of [true, false]) {
      flow.send('node', { user: 'maria' })
      assert.deepEqual((await flow.next('out')).payload, { user: 'maria', forgotten })
    }
    const left = await withStore(flow.userDir, ({ connections }) =>
      connections.get('razcode-account:account:sandbox', 'maria'),
    )
    assert.equal(left, undefined)
  })

  for (const provider of ['humanapi', 'zivacare']) {
    it(`lists, reads and forgets what people granted at ${provider}`, async () => {
      const doing = (action: string): Config => ({
        ...{ id: `to-${action}`, type: 'health-connections', z: 'flow', action, provider, wires: [['out']] },
        // Left over from RAZCODE, where it was chosen before.
        ...{ account: 'account', of: 'organisations', [`${provider}Account`]: 'other' },
      })
      const others = ['list', 'get', 'forget'].map(doing)
      flow = await Flow.start([...nodes(), { id: 'other', type: `${provider}-account` }, ...others])
      flow.send('to-list', {})
      const [demo, ...more] = (await flow.next('out')).payload as (typeof maria)[]
      assert.deepEqual([demo?.user, demo?.provider, demo?.notificationStatus], ['demo', provider, undefined])
      assert.deepEqual(more, [])
      flow.send('to-forget', { user: 'demo' })
      assert.deepEqual((await flow.next('out')).payload, { user: 'demo', forgotten: true })
      const { code, message } = await flow.failure('to-get', { user: 'demo' })
      assert.equal(code, 'HG_NOT_CONNECTED')
      assert.match(message, /The user "demo"/)
    })
  }

  const failures: [string, string | undefined, object, string][] = [
    ['a user who is not connected', 'get', { user: 'nobody' }, 'HG_NOT_CONNECTED'],
    ['no user to read', 'get', {}, 'HG_INPUT'],
    ['no user to forget', 'forget', { user: '' }, 'HG_INPUT'],
    ['an unknown action', 'steal', { user: 'maria' }, 'HG_CONFIG'],
  ]
  for (const [what, action, msg, code] of failures) {
    it(`says ${code} for ${what}`, async () => {
      await start(action)
      flow.send('node', { ...msg, payload: 'kept' })
      const caught = await flow.next('caught')
      assert.equal(caught.error?.code, code)
      assert.equal(caught.payload, 'kept')
    })
  }

  const unset: [string, Config[]][] = [
    ['an account', nodes('list', '')],
    ['an account of the chosen provider', nodes('list').map((node) => ({ ...node, provider: 'zivacare' }))],
    ['a provider that is known', nodes('list').map((node) => ({ ...node, provider: 'nobody' }))],
  ]
  for (const [what, config] of unset) {
    it(`says HG_CONFIG without ${what}`, async () => {
      flow = await Flow.start(config)
      assert.deepEqual(flow.statuses('node')[0], { fill: 'grey', shape: 'ring', text: 'status.HG_CONFIG' })
      flow.send('node', {})
      assert.equal((await flow.next('caught')).error?.code, 'HG_CONFIG')
    })
  }
})
