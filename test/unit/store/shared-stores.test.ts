import assert from 'node:assert/strict'
import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { acquireStore } from '../../../src/store/shared-stores'
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store'
import { temporaryPaths } from './support/directories'
import { connection, KEY } from './support/stores'

describe('a store that several share', () => {
  const newPath = temporaryPaths()
  const acquire = (path: string, ...keys: string[]) =>
    acquireStore({ path, keys: keys.length > 0 ? keys : [KEY] })
  const isClosed = async (path: string) => (await openEmbeddedStore({ path, keys: [KEY] })).close()

  it('is open once, whatever its path is called, and closes with the last who leaves', async () => {
    const path = newPath()
    const first = await acquire(path)
    symlinkSync(path, `${path}-link`, 'junction')
    const others = await Promise.all([path, `${path}/.`, `${path}-link`].map((same) => acquire(same)))
    await first.store.connections.put(connection('one'))
    await first.release()
    for (const { store, release } of others) {
      assert.deepEqual(await store.connections.get('account-1', 'one'), connection('one'))
      await assert.rejects(isClosed(path), { code: 'HG_CONFLICT' })
      await release()
    }
    await assert.rejects(first.store.connections.get('account-1', 'one'), { code: 'HG_CLOSED' })
    await isClosed(path)
  })

  it('is opened once for all who ask at the same time', async () => {
    const path = newPath()
    const all = await Promise.all(Array.from({ length: 10 }, () => acquire(path)))
    await Promise.all(all.map(({ release }) => release()))
    await isClosed(path)
  })

  it('is counted once for each user, however often that one leaves, and closed only by all', async () => {
    const path = newPath()
    const first = await acquire(path)
    const second = await acquire(path)
    await Promise.all([first.release(), first.release(), first.store.close()])
    await second.store.connections.put(connection('one'))
    await second.store.close()
    await isClosed(path)
  })

  it('is waited for while it closes, as in a deploy', async () => {
    const path = newPath()
    let held = await acquire(path)
    for (let deploy = 0; deploy < 5; deploy += 1) {
      const writing = held.store.connections.put(connection(`user-${deploy}`))
      const released = held.release()
      const [next, another] = await Promise.all([acquire(path), acquire(path)])
      await Promise.all([writing, released, another.release()])
      held = next
    }
    assert.equal((await held.store.connections.list('account-1')).length, 5)
    await held.release()
  })

  it('can be opened with new keys by who waits for its closing', async () => {
    const path = newPath()
    const held = await acquire(path, 'old')
    const released = held.release()
    const next = await acquire(path, 'new', 'old')
    await released
    await next.release()
    await (await acquire(path, 'new')).release()
  })

  it('has one key: another is refused while it is open, earlier ones do not matter', async () => {
    const path = newPath()
    const held = await acquire(path, 'new')
    await assert.rejects(acquire(path, 'other', 'new'), {
      code: 'HG_CONFIG',
      message: /is in use with another encryption key\. Give every node/,
    })
    const same = await acquire(path, 'new', 'old')
    await same.release()
    await held.release()
    await assert.rejects(acquire(path, 'other'), { code: 'HG_CONFIG', message: /does not open/ })
  })

  it('is tried again after a failure, of which all who asked are told', async () => {
    const path = newPath()
    await (await acquire(path)).release()
    const failed = await Promise.allSettled([acquire(path, 'wrong'), acquire(path, 'wrong')])
    assert.deepEqual(
      failed.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    await (await acquire(path)).release()

    const file = newPath()
    writeFileSync(file, '')
    await assert.rejects(acquire(file), { code: 'HG_CONFIG' })
    rmSync(file)
    await (await acquire(file)).release()
  })
})
