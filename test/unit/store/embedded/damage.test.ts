import assert from 'node:assert/strict'
import { ClassicLevel } from 'classic-level'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import type { Store } from '../../../../src/store/store'
import { temporaryPaths } from '../support/directories'
import { connection, KEY, withStore } from '../support/stores'

describe('a connection whose record is damaged', () => {
  const newPath = temporaryPaths()
  const warnings: string[] = []
  let store: Store

  beforeEach(async () => {
    const path = newPath()
    await withStore(path, async ({ connections }) => {
      for (const user of ['a', 'b', 'c']) await connections.put(connection(user))
    })
    await damageFirstConnection(path)
    warnings.length = 0
    store = await openEmbeddedStore({ path, keys: [KEY], warn: (message) => warnings.push(message) })
  })
  afterEach(() => store.close())

  it('does not hide the others from a list, which warns of it once', async () => {
    assert.equal((await store.connections.list('account-1')).length, 2)
    assert.equal((await store.connections.list('account-1')).length, 2)
    assert.equal(warnings.length, 1)
    assert.match(warnings[0]!, /^1 of an account's connections cannot be read .* backup\.$/)
  })

  it('cannot be read, changed or used, can be forgotten, and can be put again', async () => {
    const listed = (await store.connections.list('account-1')).map(({ user }) => user)
    const damaged = ['a', 'b', 'c'].find((user) => !listed.includes(user))!
    const attempts = [
      () => store.connections.get('account-1', damaged),
      () => store.connections.update('account-1', damaged, {}),
      () => store.connections.touch('account-1', damaged),
    ]
    for (const attempt of attempts) {
      await assert.rejects(attempt, { code: 'HG_CONFIG', message: /damaged.*Connect the user again/ })
    }
    await store.connections.put(connection(damaged))
    assert.deepEqual(await store.connections.get('account-1', damaged), connection(damaged))
    assert.equal((await store.connections.list('account-1')).length, 3)
  })

  it('can be forgotten', async () => {
    const listed = (await store.connections.list('account-1')).map(({ user }) => user)
    const damaged = ['a', 'b', 'c'].find((user) => !listed.includes(user))!
    assert.equal(await store.connections.forget('account-1', damaged), true)
    assert.equal(await store.connections.get('account-1', damaged), undefined)
  })

  it('is what one is that was copied over another', async () => {
    const path = newPath()
    await withStore(path, async ({ connections }) => {
      for (const user of ['a', 'b']) await connections.put(connection(user))
    })
    const level = new ClassicLevel<string, Buffer>(path, { valueEncoding: 'buffer' })
    const [[, first], [second]] = (await level.iterator({ gte: 'connection!' }).all()).slice(0, 2) as [
      Entry,
      Entry,
    ]
    await level.put(second, first)
    await level.close()
    const told: string[] = []
    await withStore({ path, warn: (message) => told.push(message) }, async ({ connections }) => {
      assert.equal((await connections.list('account-1')).length, 1)
      assert.equal(told.length, 1)
    })
  })
})

type Entry = [string, Buffer]

/** Flips one bit in the middle of the first connection's record. */
async function damageFirstConnection(path: string): Promise<void> {
  const level = new ClassicLevel<string, Buffer>(path, { valueEncoding: 'buffer' })
  const [first] = await level.iterator({ gte: 'connection!', lt: 'connection"', limit: 1 }).all()
  const [key, value] = first!
  value[value.length >> 1]! ^= 1
  await level.put(key, value)
  await level.close()
}
