import assert from 'node:assert/strict'
import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { acquireStore } from '../../src/store/shared-stores'
import { Flow, temporaryFolder, watching, type Config } from './support/flow'

const nodes = (store: Partial<Config> = {}): Config[] => [
  { id: 'store', type: 'health-store', ...store },
  { id: 'account', type: 'razcode-account', store: 'store' },
  { id: 'list', type: 'health-connections', z: 'flow', account: 'account', wires: [['out']] },
  { id: 'notify', type: 'healthjibe-notify', z: 'flow', account: 'account', wires: [['out']] },
  ...watching(['out']),
]

describe('health-store', () => {
  let userDir: string
  let flow: Flow | undefined

  beforeEach(async () => {
    userDir = await temporaryFolder()
  })
  afterEach(async () => {
    await flow?.stop()
    flow = undefined
    await rm(userDir, { recursive: true, force: true })
  })

  async function start(keys: Record<string, string>, store?: Partial<Config>): Promise<Flow> {
    await flow?.stop()
    flow = await Flow.start(nodes(store), { credentials: { store: keys }, userDir, keep: true })
    return flow
  }

  async function sends(running: Flow): Promise<void> {
    running.send('notify', { payload: 'bp=120/80', user: 'demo' })
    assert.equal((await running.next('out')).health?.user, 'demo')
  }

  it('keeps connections in a folder of its own, or in the one that it names', async () => {
    await sends(await start({ encryptionKey: 'one' }))
    await flow?.stop()
    flow = undefined
    const own = await acquireStore({ path: join(userDir, 'health-gateways', 'store-store'), keys: ['one'] })
    assert.equal((await own.store.connections.list('razcode-account:account:sandbox')).length, 1)
    await own.release()

    const path = join(userDir, 'elsewhere')
    const there = await start({ encryptionKey: 'one' }, { path })
    await sends(there)
    await there.stop()
    flow = undefined
    const named = await acquireStore({ path, keys: ['one'] })
    assert.equal((await named.store.connections.list('razcode-account:account:sandbox')).length, 1)
    await named.release()
  })

  it('changes its key', async () => {
    await sends(await start({ encryptionKey: 'one' }))
    await sends(await start({ encryptionKey: 'two', previousKey: 'one' }))
    await sends(await start({ encryptionKey: 'two' }))
    const late = await start({ encryptionKey: 'one' })
    late.send('list', {})
    const { error } = await late.next('caught')
    assert.equal(error?.code, 'HG_CONFIG')
    assert.match(error.message, /encryption key does not open/)
  })

  it('says HG_CONFIG without a key, and for a backend that is not known', async () => {
    const without = await start({})
    without.send('list', {})
    assert.equal((await without.next('caught')).error?.code, 'HG_CONFIG')
    const other = await start({ encryptionKey: 'one' }, { backend: 'other' })
    other.send('list', {})
    assert.equal((await other.next('caught')).error?.code, 'HG_CONFIG')
  })

  it('says HG_CONFIG when the account names a store that is missing, or no store', async () => {
    for (const store of ['none', 'list']) {
      await flow?.stop()
      flow = await Flow.start(
        nodes().map((node) => (node.id === 'account' ? { ...node, store } : node)),
        { userDir, keep: true },
      )
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      assert.equal((await flow.next('caught')).error?.code, 'HG_CONFIG')
    }
  })

  it('is one store for two accounts', async () => {
    const running = await Flow.start(
      [
        ...nodes(),
        { id: 'second', type: 'razcode-account', store: 'store' },
        { id: 'other', type: 'health-connections', z: 'flow', account: 'second', wires: [['out']] },
      ],
      { credentials: { store: { encryptionKey: 'one' } }, userDir, keep: true },
    )
    flow = running
    running.send('list', {})
    running.send('other', {})
    const lists = [await running.next('out'), await running.next('out')]
    assert.deepEqual(
      lists.map(({ payload }) => (payload as unknown[]).length),
      [1, 1],
    )
  })
})
