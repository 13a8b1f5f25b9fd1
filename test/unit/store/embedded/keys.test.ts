import assert from 'node:assert/strict'
import { ClassicLevel } from 'classic-level'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import { bytesOf, temporaryPaths } from '../support/directories'
import { connection, putAll, users, withStore } from '../support/stores'

type Entry = [key: string, value: Buffer]

/** The entries as they are on disk. */
async function rawEntries(path: string): Promise<Entry[]> {
  return withRaw(path, (level) => level.iterator().all())
}

async function withRaw<T>(
  path: string,
  work: (level: ClassicLevel<string, Buffer>) => Promise<T>,
): Promise<T> {
  const level = new ClassicLevel<string, Buffer>(path, { valueEncoding: 'buffer' })
  try {
    return await work(level)
  } finally {
    await level.close()
  }
}

function dataKeysOf(entries: Entry[]): string[] {
  return entries.map(([key]) => key).filter((key) => key.startsWith('vault!key!'))
}

describe('the keys of the embedded store', function () {
  this.timeout(30_000)
  const newPath = temporaryPaths()

  async function filled(...keys: string[]): Promise<string> {
    const path = newPath()
    await withStore({ path, keys }, async (store) => {
      await putAll(store, users(250))
      await store.handshakes.put('waiting', { secret: 'handed over' }, 60_000)
      await store.handshakes.put('used', {}, 60_000)
      await store.handshakes.take('used')
    })
    return path
  }

  async function assertWhole(path: string, ...keys: string[]): Promise<void> {
    await withStore({ path, keys }, async ({ connections, handshakes }) => {
      assert.equal((await connections.list('account-1')).length, 250)
      for (const user of users(250))
        assert.deepEqual(await connections.get('account-1', user), connection(user))
      assert.deepEqual(await handshakes.take('waiting'), {
        outcome: 'taken',
        value: { secret: 'handed over' },
      })
      assert.deepEqual(await handshakes.take('used'), { outcome: 'used' })
    })
  }

  it('open it whatever text they are', async () => {
    for (const key of ['k', ' ', '\0', 'ключ 😀', 'x'.repeat(100_000)]) {
      const path = newPath()
      await withStore({ path, keys: [key] }, ({ connections }) => connections.put(connection('one')))
      await withStore({ path, keys: [key] }, async ({ connections }) => {
        assert.deepEqual(await connections.get('account-1', 'one'), connection('one'))
      })
    }
  })

  it('do not open it if they are others, and say what to do', async () => {
    const path = await filled('first')
    for (const keys of [['second'], ['First', 'third'], ['first ']]) {
      await assert.rejects(openEmbeddedStore({ path, keys }), {
        code: 'HG_CONFIG',
        message:
          /^The encryption key does not open the store at .* Enter the key it was made with, as the previous key/,
      })
    }
    await assertWhole(path, 'first')
  })

  it('may be given with earlier ones that are not needed', async () => {
    const path = await filled('second')
    const before = dataKeysOf(await rawEntries(path))
    await assertWhole(path, 'second', 'first', 'zeroth')
    assert.deepEqual(dataKeysOf(await rawEntries(path)), before)
  })

  it('can be replaced: everything is sealed anew, and the earlier one opens nothing any more', async () => {
    const path = await filled('first')
    const before = await rawEntries(path)
    await withStore({ path, keys: ['second', 'unrelated', 'first'] }, () => undefined)
    const rotated = await rawEntries(path)
    const files = bytesOf(path)

    await assert.rejects(openEmbeddedStore({ path, keys: ['first'] }), { code: 'HG_CONFIG' })
    await assertWhole(path, 'second')
    assert.equal(dataKeysOf(rotated).length, 1)
    assert.notDeepEqual(dataKeysOf(rotated), dataKeysOf(before))
    // Neither old records nor the old data key are left in the files.
    for (const [, value] of before) assert.equal(files.includes(value), false)
    for (const [, value] of rotated) assert.equal(files.includes(value), true)
  })

  it('can be replaced without leaving behind what the earlier one could open, in files however large', async () => {
    const path = newPath()
    await withStore({ path, keys: ['first'] }, async ({ connections }) => {
      for (const user of users(80)) await connections.put(connection(user, { provider: 'x'.repeat(100_000) }))
    })
    const before = await rawEntries(path)
    // To where LevelDB keeps what has been there for long.
    await withRaw(path, (level) => level.compactRange('', '~'))
    await withStore({ path, keys: ['second', 'first'] }, () => undefined)
    const files = bytesOf(path)
    for (const [, value] of before) assert.equal(files.includes(value.subarray(9, 60)), false)
  })

  it('can be replaced again and again, and back', async () => {
    const path = await filled('first')
    await withStore({ path, keys: ['second', 'first'] }, () => undefined)
    await withStore({ path, keys: ['third', 'second', 'first'] }, () => undefined)
    await withStore({ path, keys: ['first', 'third'] }, () => undefined)
    await assertWhole(path, 'first')
  })

  it('are needed both while a replacement is unfinished', async () => {
    const path = await filled('first')
    const old = await rawEntries(path)
    await withStore({ path, keys: ['second', 'first'] }, () => undefined)
    // As if the process had ended with one record still to be sealed anew.
    const left = old.filter(([key]) => key.startsWith('vault!key!') || key === old[7]![0])
    await withRaw(path, (level) => level.batch(left.map(([key, value]) => ({ type: 'put', key, value }))))

    await assert.rejects(openEmbeddedStore({ path, keys: ['second'] }), {
      code: 'HG_CONFIG',
      message: /interrupted\. Enter the earlier key as the previous key/,
    })
    await withStore({ path, keys: ['second', 'first'] }, () => undefined)
    await assertWhole(path, 'second')
    assert.equal(dataKeysOf(await rawEntries(path)).length, 1)
  })

  it('that nothing needs any more are cleared away', async () => {
    const path = await filled('first')
    const oldKeys = (await rawEntries(path)).filter(([key]) => key.startsWith('vault!key!'))
    await withStore({ path, keys: ['second', 'first'] }, () => undefined)
    await withRaw(path, (level) => level.batch(oldKeys.map(([key, value]) => ({ type: 'put', key, value }))))
    await assertWhole(path, 'second')
    assert.equal(dataKeysOf(await rawEntries(path)).length, 1)
  })

  it('can be replaced though a record is damaged, which stays and is told of', async () => {
    const path = await filled('first')
    const [damaged] = (await rawEntries(path)).filter(([key]) => key.startsWith('connection!'))
    await withRaw(path, (level) => level.put(damaged![0], damaged![1].subarray(0, -1)))
    const warnings: string[] = []
    const warn = (message: string) => warnings.push(message)
    await withStore({ path, keys: ['second', 'first'], warn }, async ({ connections }) => {
      assert.equal((await connections.list('account-1')).length, 249)
    })
    assert.equal(warnings.length, 1)
    await assert.rejects(openEmbeddedStore({ path, keys: ['first'] }), { code: 'HG_CONFIG' })
  })

  const damages: [
    what: string,
    name: RegExp,
    damage: (value: Buffer) => Buffer | undefined,
    message: RegExp,
  ][] = [
    ['a data key that is not JSON', /^vault!key!/, () => Buffer.from('{'), /key record is damaged/],
    ['a data key that is null', /^vault!key!/, () => Buffer.from('null'), /key record is damaged/],
    ['a data key that asks for all memory', /^vault!key!/, changed({ N: 2 ** 40 }), /key record is damaged/],
    ['a data key with parameters scrypt refuses', /^vault!key!/, changed({ N: 3 }), /key record is damaged/],
    ['a data key with no work in it', /^vault!key!/, changed({ N: 1 }), /key record is damaged/],
    ['a data key with other parameters', /^vault!key!/, changed({ N: 2 }), /does not open/],
    [
      'a data key of a later version',
      /^vault!key!/,
      changed({ version: 2 }),
      /newer version of this package/,
    ],
    ['no data key', /^vault!key!/, () => undefined, /not a store of this package/],
    ['no index key', /^vault!index/, () => undefined, /index key cannot be read/],
    ['a cut index key', /^vault!index/, (value) => value.subarray(0, 20), /index key cannot be read/],
  ]
  for (const [what, name, damage, message] of damages) {
    it(`tells of ${what}`, async () => {
      const path = newPath()
      await withStore({ path, keys: ['first'] }, ({ connections }) => connections.put(connection('one')))
      const [key, value] = (await rawEntries(path)).find(([found]) => name.test(found))!
      const now = damage(value)
      await withRaw(path, (level) => (now ? level.put(key, now) : level.del(key)))
      await assert.rejects(openEmbeddedStore({ path, keys: ['first'] }), { code: 'HG_CONFIG', message })
    })
  }
})

function changed(more: object): (value: Buffer) => Buffer {
  return (value) => Buffer.from(JSON.stringify({ ...(JSON.parse(value.toString()) as object), ...more }))
}

describe('the files of the embedded store', () => {
  const newPath = temporaryPaths()

  it('show nothing of what is in them, in no encoding', async () => {
    const path = newPath()
    const secrets = {
      key: 'canary-key-text-1',
      account: 'canary-account-2',
      user: 'canary-user-3-ä',
      token: 'canary-token-4',
      provider: 'canary-provider-5',
      handshake: 'canary-handshake-6',
      value: 'canary-value-7',
    }
    const { key, account, user, token, provider, handshake, value } = secrets
    await withStore({ path, keys: [key] }, async ({ connections, handshakes }) => {
      await connections.put(connection(user, { account, provider, tokens: { [token]: token } }))
      await connections.touch(account, user)
      await connections.put(connection(`${user} forgotten`, { account }))
      await connections.forget(account, `${user} forgotten`)
      await handshakes.put(handshake, { [value]: value }, 60_000)
      await handshakes.take(handshake)
      assert.equal((await connections.list(account)).length, 1)
    })
    const logged = bytesOf(path)
    await withStore({ path, keys: [key] }, () => undefined)
    const files = Buffer.concat([logged, bytesOf(path)])
    assert.ok(files.includes('connection!'))
    for (const secret of Object.values(secrets)) {
      for (const form of encodings(secret))
        assert.equal(files.includes(form), false, `${secret} as ${form.toString()}`)
    }
  })

  it('name a person by another name in each account', async () => {
    const path = newPath()
    await withStore(path, async ({ connections }) => {
      await connections.put(connection('same', { account: 'a' }))
      await connections.put(connection('same', { account: 'b' }))
    })
    const names = (await rawEntries(path)).flatMap(
      ([key]) => /^connection!(.*)!(.*)$/.exec(key)?.slice(1) ?? [],
    )
    assert.equal(new Set(names).size, 4)
  })

  it('name and seal the same otherwise in another store', async () => {
    const paths = [newPath(), newPath()]
    for (const path of paths) await withStore(path, ({ connections }) => connections.put(connection('one')))
    const [first, second] = await Promise.all(paths.map(rawEntries))
    const shared = first!.filter(([key]) => second!.some(([other]) => other === key))
    assert.deepEqual(
      shared.map(([key]) => key),
      ['vault!index'],
    )
  })
})

/** In base64 a text looks one of three ways, as it falls on the groups of three bytes; the ends are its neighbours'. */
function encodings(secret: string): Buffer[] {
  const plain = Buffer.from(secret)
  const shifted = [0, 1, 2].flatMap((shift) =>
    (['base64', 'base64url'] as const).map((encoding) =>
      Buffer.concat([Buffer.alloc(shift), plain])
        .toString(encoding)
        .slice(4, -4),
    ),
  )
  const hex = plain.toString('hex')
  const forms = [hex, hex.toUpperCase(), encodeURIComponent(secret), ...shifted].map((form) =>
    Buffer.from(form),
  )
  return [plain, Buffer.from(secret, 'utf16le'), ...forms]
}
