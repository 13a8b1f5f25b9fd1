import assert from 'node:assert/strict'
import { cpSync, statSync, truncateSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { ClassicLevel } from 'classic-level'
import { kill, runChild, startChild } from '../support/child'
import { newestLog, temporaryPaths } from '../support/directories'
import { connection, putAll, users, withStore } from '../support/stores'

describe('the embedded store, killed at any moment', function () {
  this.timeout(180_000)
  const newPath = temporaryPaths()

  it('keeps everything it had confirmed', async () => {
    const path = newPath()
    const said: string[] = []
    for (let round = 0; round < 20; round += 1) {
      const child = startChild('write.ts', [path, `round-${round}`])
      // In the first rounds it may die while it makes or opens the store.
      if (round < 3) await sleep(350 + Math.random() * 300)
      else {
        await child.firstLine
        await sleep(Math.random() * 200)
      }
      await kill(child.process)
      said.push(...(await child.lines))
    }
    assert.ok(said.length > 100, 'the rounds were too short to show anything')
    await assertAsSaid(path, said)
  })

  it('has on disk, not only with the system, what it confirmed; except when something was last used', async () => {
    const synced: unknown[] = []
    const original = Reflect.get(ClassicLevel.prototype, 'batch') as (...args: unknown[]) => unknown
    await withStore(newPath(), async ({ connections, handshakes }) => {
      Reflect.set(
        ClassicLevel.prototype,
        'batch',
        function (this: unknown, ...args: [unknown, { sync: boolean }]) {
          synced.push(args[1].sync)
          return original.apply(this, args)
        },
      )
      await connections.put(connection('one'))
      await connections.update('account-1', 'one', { notificationStatus: false })
      await connections.touch('account-1', 'one')
      await connections.forget('account-1', 'one')
      await handshakes.put('id', {}, 60_000)
      await handshakes.take('id')
    }).finally(() => Reflect.set(ClassicLevel.prototype, 'batch', original))
    assert.deepEqual(synced, [true, true, false, true, true, true])
  })

  it('opens with what came before, wherever its log is cut off', async () => {
    const path = newPath()
    // A store that is killed: closing it would change nothing in the log, but this is what happens.
    const child = startChild('write.ts', [path, 'cut'])
    await child.firstLine
    await sleep(200)
    await kill(child.process)
    for (const { copy, offset } of cutCopies(path)) {
      await withStore(copy, async ({ connections }) => {
        for (const { user } of await connections.list('account-1')) {
          assert.deepEqual(
            (await connections.get('account-1', user))?.tokens,
            connection(user).tokens,
            `cut at ${offset}`,
          )
        }
        await connections.put(connection('new'))
        assert.deepEqual(await connections.get('account-1', 'new'), connection('new'))
      })
    }
  })

  it('can be cut off before each step of a change of keys', async () => {
    const original = newPath()
    await withStore({ path: original, keys: ['old'] }, (store) => putAll(store, users(250)))
    for (let step = 1; ; step += 1) {
      const path = newPath()
      cpSync(original, path, { recursive: true })
      const lines = await runChild('rotate.ts', [path, '["new","old"]', `${step}`])
      await assertWhole(path, 250, ['new', 'old'])
      await assertWhole(path, 250, ['new'])
      await assert.rejects(assertWhole(path, 250, ['old']), { code: 'HG_CONFIG' })
      if (lines.at(-1)?.startsWith('done')) {
        assert.ok(step > 5, 'there were fewer steps than a change of keys has')
        return
      }
    }
  })

  it('can be cut off at any byte of a change of keys', async () => {
    const path = newPath()
    await withStore({ path, keys: ['old'] }, (store) => putAll(store, users(250)))
    // What was there before leaves the log for a table, so that the log holds the change of keys only.
    await withStore({ path, keys: ['old'] }, () => undefined)
    await runChild('rotate.ts', [path, '["new","old"]', '5'])
    assert.equal(await countDataKeys(copyOf(path)), 2)
    await Promise.all(cutCopies(path).map(({ copy }) => assertWhole(copy, 250, ['new', 'old'])))
  })

  it('can be killed at random moments of changes of keys', async () => {
    const path = newPath()
    await withStore({ path, keys: ['key-0'] }, (store) => putAll(store, users(1_000)))
    const keys = ['key-0']
    for (let round = 1; round <= 8; round += 1) {
      keys.unshift(`key-${round}`)
      const child = startChild('rotate.ts', [path, JSON.stringify(keys)])
      await child.firstLine
      await sleep(Math.random() * 1_200)
      await kill(child.process)
      // Some are left to the next change, which then finds more than two data keys.
      if (round % 3 === 0) await assertWhole(path, 1_000, keys)
    }
    await assertWhole(path, 1_000, keys)
    await assertWhole(path, 1_000, keys.slice(0, 1))
    assert.equal(await countDataKeys(path), 1)
  })

  function copyOf(path: string): string {
    const copy = newPath()
    cpSync(path, copy, { recursive: true })
    return copy
  }

  /** Copies whose log ends at its first and last bytes, and at some between. */
  function cutCopies(path: string): { copy: string; offset: number }[] {
    const { size } = statSync(newestLog(path))
    assert.ok(size > 1_000, 'there is little in the log to cut')
    const random = Array.from({ length: 10 }, () => Math.floor(Math.random() * size))
    return [0, 1, 6, 7, 8, 100, size - 1, ...random].map((offset) => {
      const copy = copyOf(path)
      truncateSync(newestLog(copy), offset)
      return { copy, offset }
    })
  }
})

describe('the embedded store, when a write fails', function () {
  this.timeout(30_000)
  const newPath = temporaryPaths()

  it('says so, goes on when it can, and keeps everything confirmed since', async function () {
    if (process.platform === 'win32') this.skip()
    const path = newPath()
    // No file may be larger than 200 KiB.
    const lines = await runChild('outgrow.ts', [path], 400)
    const refusals = lines.filter((line) => !line.startsWith('put '))
    assert.equal(refusals.length, 2)
    assert.match(refusals[0]!, /^HG_UNAVAILABLE The store at .* cannot be read or written .*File too large/)
    assert.equal(lines.length, 82)
    await withStore(path, async ({ connections }) => {
      const listed = await connections.list('account-1')
      assert.deepEqual(
        listed.map(({ user }) => user),
        users(80).sort(),
      )
    })
  })
})

/** Compares the store with what a writer said of each user, of which the last word counts. */
async function assertAsSaid(path: string, said: string[]): Promise<void> {
  const last = new Map(
    said.map((line) => line.split(' ') as [string, string]).map(([what, user]) => [user, what]),
  )
  await withStore(path, async ({ connections }) => {
    for (const [user, what] of last) {
      if (user === '') continue
      const found = await connections.get('account-1', user)
      const whole = connection(user)
      const changed = connection(user, { notificationStatus: false })
      const possible = {
        put: [whole],
        updating: [whole, changed],
        updated: [changed],
        // Every fifth is forgotten, of which every third was changed before.
        forgetting: [whole, changed, undefined],
        forgotten: [undefined],
      }[what]
      assert.ok(
        possible?.some((one) => JSON.stringify(one) === JSON.stringify(found)),
        `${what} ${user}, found ${JSON.stringify(found)}`,
      )
    }
    const listed = await connections.list('account-1')
    for (const { user } of listed) assert.notEqual(last.get(user), 'forgotten')
  })
}

async function assertWhole(path: string, count: number, keys: string[]): Promise<void> {
  await withStore({ path, keys }, async ({ connections }) => {
    assert.equal((await connections.list('account-1')).length, count)
    for (const user of users(count)) {
      assert.deepEqual(await connections.get('account-1', user), connection(user))
    }
  })
}

async function countDataKeys(path: string): Promise<number> {
  const level = new ClassicLevel(path)
  const keys = await level.keys({ gte: 'vault!key!', lt: 'vault!key"' }).all()
  await level.close()
  return keys.length
}
