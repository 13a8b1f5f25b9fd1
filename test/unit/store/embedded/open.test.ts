import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import { kill, runChild, startChild } from '../support/child'
import { temporaryPaths } from '../support/directories'
import { connection, KEY, withStore } from '../support/stores'

describe('opening the embedded store', function () {
  this.timeout(30_000)
  const newPath = temporaryPaths()
  const open = (path: string) => openEmbeddedStore({ path, keys: [KEY] })

  it('makes the directory, with its parents, for its owner only', async () => {
    const path = join(newPath(), 'a', 'ä b')
    await withStore(path, ({ connections }) => connections.put(connection('one')))
    if (process.platform !== 'win32') {
      for (const made of [path, dirname(path)]) assert.equal(statSync(made).mode & 0o777, 0o700)
    }
  })

  for (const keys of [[], [''], ['a', '']]) {
    it(`needs keys, not ${JSON.stringify(keys)}`, () =>
      assert.rejects(openEmbeddedStore({ path: newPath(), keys }), {
        code: 'HG_CONFIG',
        message: /Enter a key/,
      }))
  }

  describe('while it is open', () => {
    it('refuses a second process', async () => {
      const path = newPath()
      const child = startChild('hold.ts', [path])
      try {
        assert.equal(await child.firstLine, 'open')
        await assert.rejects(open(path), {
          code: 'HG_CONFLICT',
          message: /^The store at .* is open in another process\. Give each Node-RED a path of its own/,
        })
      } finally {
        await kill(child.process)
      }
      await withStore(path, ({ connections }) => connections.put(connection('one')))
    })

    it('refuses a second opening in the same process, by whatever path, and keeps the first one locked', async () => {
      const path = newPath()
      await withStore(path, async () => {
        const link = `${path}-link`
        symlinkSync(path, link, 'junction')
        for (const same of [path, `${path}/`, `${path}/../store`, link]) {
          await assert.rejects(open(same), {
            code: 'HG_CONFLICT',
            message: /is open in this process already/,
          })
        }
        assert.match((await runChild('hold.ts', [path]))[0]!, /^HG_CONFLICT The store at/)
      })
      await withStore(path, () => undefined)
    })

    it('does not keep a process from ending', async () => {
      assert.deepEqual(await runChild('hold.ts', [newPath(), 'leave']), ['open'])
    })
  })

  it('can be opened again at once after a failed opening', async () => {
    const path = newPath()
    await withStore(path, () => undefined)
    await assert.rejects(openEmbeddedStore({ path, keys: ['other'] }), { code: 'HG_CONFIG' })
    await withStore(path, () => undefined)
  })

  it('tells of a path that is a file, or below one', async () => {
    const path = newPath()
    writeFileSync(path, '')
    for (const wrong of [path, join(path, 'below')]) {
      await assert.rejects(open(wrong), { code: 'HG_CONFIG', message: /is not a directory\. Choose/ })
    }
  })

  for (const [what, path] of [
    ['no path', ''],
    ['a path with a NUL', 'a\0b'],
    ['a name that is too long', join('/tmp', 'x'.repeat(300))],
  ] as const) {
    it(`tells of ${what}`, () => assert.rejects(open(path), { code: 'HG_CONFIG', message: /Choose a path/ }))
  }

  it('tells of a directory it may not write to', async function () {
    if (process.platform === 'win32') this.skip()
    const path = newPath()
    mkdirSync(path, { mode: 0o555 })
    chmodSync(dirname(path), 0o755)
    for (const denied of [path, join(path, 'below')]) {
      const [line] = await runChild('hold.ts', [denied, 'as nobody'])
      assert.match(line!, /^HG_CONFIG The store cannot use the directory .* Node-RED's user may write to\.$/)
    }
  })

  it('tells of damaged files', async () => {
    const path = newPath()
    await withStore(path, ({ connections }) => connections.put(connection('one')))
    writeFileSync(join(path, 'CURRENT'), 'nonsense')
    await assert.rejects(open(path), { code: 'HG_CONFIG', message: /files of the store .* are damaged/ })
    rmSync(join(path, 'CURRENT'))
    mkdirSync(join(path, 'CURRENT'))
    await assert.rejects(open(path), { code: 'HG_UNAVAILABLE', message: /cannot be read or written/ })
  })

  describe('once closed', () => {
    it('refuses everything', async () => {
      const store = await open(newPath())
      await store.close()
      const attempts = [
        () => store.connections.get('account-1', 'one'),
        () => store.connections.put(connection('one')),
        () => store.connections.update('account-1', 'one', {}),
        () => store.connections.touch('account-1', 'one'),
        () => store.connections.list('account-1'),
        () => store.connections.forget('account-1', 'one'),
        () => store.handshakes.put('id', {}, 1),
        () => store.handshakes.take('id'),
      ]
      for (const attempt of attempts) await assert.rejects(attempt, { code: 'HG_CLOSED' })
      await store.close()
    })

    it('has done what was begun before', async () => {
      const path = newPath()
      const store = await open(path)
      const begun = Array.from({ length: 30 }, (_, at) =>
        store.connections.put(connection('one', { provider: `${at}` })),
      )
      const taken = store.handshakes.put('id', { a: 'b' }, 60_000).then(() => 'put')
      await store.close()
      await Promise.all(begun)
      assert.equal(await taken, 'put')
      await withStore(path, async ({ connections, handshakes }) => {
        assert.equal((await connections.get('account-1', 'one'))?.provider, '29')
        assert.equal((await handshakes.take('id')).outcome, 'taken')
      })
    })
  })
})
