import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtinKeys } from '../../../src/store/builtin-key'
import { startChild } from './support/child'
import { temporaryPaths } from './support/directories'
import { connection, withStore } from './support/stores'

const SECRET = 'the credentialSecret of settings.js'

describe('the keys of the built-in store', function () {
  this.timeout(20_000)
  const newPath = temporaryPaths()
  const modeOf = (path: string) => statSync(path).mode & 0o777

  it('are made once and kept in a file of the owner', async () => {
    const directory = join(newPath(), 'below')
    const keys = await builtinKeys(directory)
    const file = join(directory, 'store.key')
    assert.equal(Buffer.from(keys[0]!, 'base64').length, 32)
    assert.deepEqual(await builtinKeys(directory), keys)
    assert.deepEqual(await builtinKeys(directory, ''), keys)
    assert.equal(readFileSync(file, 'utf8').trim(), keys[0])
    assert.deepEqual(readdirSync(directory), ['store.key'])
    assert.notDeepEqual(await builtinKeys(newPath()), keys)
    if (process.platform !== 'win32') {
      assert.equal(modeOf(file), 0o600)
      assert.equal(modeOf(directory), 0o700)
    }
  })

  it('come from the secret where there is one, without a file, and do not show it', async () => {
    const directory = newPath()
    const keys = await builtinKeys(directory, SECRET)
    assert.equal(keys.length, 1)
    assert.deepEqual(await builtinKeys(newPath(), SECRET), keys)
    assert.notDeepEqual(await builtinKeys(directory, `${SECRET}.`), keys)
    assert.equal(Buffer.from(keys[0]!, 'base64').length, 32)
    assert.equal(existsSync(join(directory, 'store.key')), false)
  })

  it('move the store over when a secret is set later', async () => {
    const directory = newPath()
    const path = join(directory, 'store')
    const fromFile = await builtinKeys(directory)
    await withStore({ path, keys: fromFile }, ({ connections }) => connections.put(connection('one')))
    const both = await builtinKeys(directory, SECRET)
    assert.deepEqual(both.slice(1), fromFile)
    for (const keys of [both, both.slice(0, 1)]) {
      await withStore({ path, keys }, async ({ connections }) => {
        assert.deepEqual(await connections.get('account-1', 'one'), connection('one'))
      })
    }
    await assert.rejects(
      withStore({ path, keys: fromFile }, () => undefined),
      { code: 'HG_CONFIG' },
    )
  })

  it('are the same for all who make them at once, in one process', async () => {
    const directory = newPath()
    const all = await Promise.all(Array.from({ length: 20 }, () => builtinKeys(directory)))
    assert.equal(new Set(all.flat()).size, 1)
    assert.deepEqual(readdirSync(directory), ['store.key'])
  })

  it('are the same for processes that make them at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const directory = newPath()
      const children = Array.from({ length: 4 }, () => startChild('key.ts', [directory]))
      await Promise.all(children.map(({ firstLine }) => firstLine))
      for (const child of children) child.process.stdin!.write('go\n')
      const printed = await Promise.all(children.map(async ({ lines }) => (await lines)[1]))
      assert.deepEqual(new Set(printed), new Set([JSON.stringify(await builtinKeys(directory))]))
    }
  })

  it('are taken back from everyone else who may read the file', async function () {
    if (process.platform === 'win32') this.skip()
    const directory = newPath()
    const keys = await builtinKeys(directory)
    const file = join(directory, 'store.key')
    for (const secret of [undefined, SECRET]) {
      chmodSync(file, 0o664)
      assert.ok((await builtinKeys(directory, secret)).includes(keys[0]!))
      assert.equal(modeOf(file), 0o600)
    }
    chmodSync(file, 0o400)
    await builtinKeys(directory)
    assert.equal(modeOf(file), 0o400)
  })

  it('are not made up anew when the file is damaged or cannot be read', async () => {
    for (const content of ['', 'short', `${'A'.repeat(43)}=more`]) {
      const directory = newPath()
      mkdirSync(directory)
      writeFileSync(join(directory, 'store.key'), content)
      await assert.rejects(builtinKeys(directory), { code: 'HG_CONFIG', message: /is damaged\. Restore it/ })
      assert.equal(readFileSync(join(directory, 'store.key'), 'utf8'), content)
    }
    const directory = newPath()
    mkdirSync(join(directory, 'store.key'), { recursive: true })
    await assert.rejects(builtinKeys(directory), { code: 'HG_CONFIG', message: /cannot be read, or made/ })
    const file = newPath()
    writeFileSync(file, '')
    await assert.rejects(builtinKeys(file), { code: 'HG_CONFIG', message: /cannot be read, or made/ })
    await assert.rejects(builtinKeys(file, SECRET), { code: 'HG_CONFIG' })
  })
})
