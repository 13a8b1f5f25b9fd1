import assert from 'node:assert/strict'
import fc from 'fast-check'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import type { Connection, Store } from '../../../../src/store/store'
import { temporaryPaths } from '../support/directories'
import { connection, KEY, withStore } from '../support/stores'

const ODD_USERS = [
  'user',
  'User',
  '!',
  'a!b',
  'a\0b',
  '\0',
  '😀',
  'é',
  'e\u0301',
  '__proto__',
  ' ',
  'x'.repeat(10_000),
]

describe('connections of the embedded store', () => {
  const newPath = temporaryPaths()
  let store: Store
  let time = Date.parse('2026-05-06T07:08:09.000Z')

  before(async () => {
    store = await openEmbeddedStore({ path: newPath(), keys: [KEY], now: () => time })
  })
  after(() => store.close())

  it('takes over from an earlier one what it is told to, with no change in between', async () => {
    const { connections } = store
    for (let n = 0; n < 20; n++) {
      await connections.put(connection(`turn ${n}`))
      const anew = connection(`turn ${n}`, { tokens: { oauth_token: 'new' } })
      const both = [
        connections.put(anew, (earlier) => ({
          notificationStatus: earlier !== 'unreadable' && earlier?.notificationStatus,
        })),
        connections.update(anew.account, anew.user, { notificationStatus: false }),
      ]
      await Promise.all(n % 2 ? both : both.reverse())
      const kept = await connections.get(anew.account, anew.user)
      assert.deepEqual([kept?.notificationStatus, kept?.tokens.oauth_token], [false, 'new'])
    }
  })

  it('finds the one that holds a token, the whole of it, in its account only', async () => {
    const { connections } = store
    await connections.put(connection('holder', { tokens: { oauth_token: 'abcdef' } }))
    const { account } = connection('holder')
    assert.equal((await connections.findByToken(account, 'oauth_token', 'abcdef'))?.user, 'holder')
    for (const [name, value] of [
      ['oauth_token', 'abc'],
      ['oauth_token', ''],
      ['oauth_token_secret', 'abcdef'],
      ['constructor', 'abcdef'],
    ] as const) {
      assert.equal(await connections.findByToken(account, name, value), undefined)
    }
    assert.equal(await connections.findByToken('another', 'oauth_token', 'abcdef'), undefined)
  })

  it('gives back what was put, also after a restart', async () => {
    const path = newPath()
    const one = connection('one', {
      tokens: { oauth_token: 'ä€😀\0', __proto__x: '' },
      lastUsedAt: '2026-01-01T00:00:00.000Z',
    })
    await withStore(path, ({ connections }) => connections.put(one))
    await withStore(path, async ({ connections }) => {
      assert.deepEqual(await connections.get('account-1', 'one'), one)
      assert.equal(await connections.get('account-1', 'two'), undefined)
      assert.equal(await connections.get('account-2', 'one'), undefined)
    })
  })

  it('keeps every valid user apart from every other', async () => {
    await Promise.all(
      ODD_USERS.map((user, at) =>
        store.connections.put(connection(user, { account: 'odd', provider: `${at}` })),
      ),
    )
    for (const [at, user] of ODD_USERS.entries()) {
      assert.equal((await store.connections.get('odd', user))?.provider, `${at}`)
    }
    const listed = await store.connections.list('odd')
    assert.deepEqual(
      listed.map(({ user }) => user),
      [...ODD_USERS].sort(),
    )
  })

  it('keeps any two strings apart, as account and as user', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'binary', minLength: 1 }),
        async (a, b) => {
          fc.pre(a !== b)
          await store.connections.put(connection(b, { account: a, provider: 'ab' }))
          assert.equal((await store.connections.get(a, b))?.provider, 'ab')
          assert.equal(await store.connections.get(b, a), undefined)
          assert.equal(await store.connections.get(a, a), undefined)
          assert.equal(await store.connections.forget(a, b), true)
        },
      ),
    ))

  for (const [what, user] of [
    ['an empty user', ''],
    ['the first half of a surrogate pair', 'a\ud83d'],
    ['the second half of one', '\ude00b'],
    ['the halves in the wrong order', '\ude00\ud83d'],
  ] as const) {
    it(`refuses ${what} in every operation`, async () => {
      const { connections } = store
      const attempts = [
        () => connections.get('account-1', user),
        () => connections.put(connection(user)),
        () => connections.update('account-1', user, {}),
        () => connections.touch('account-1', user),
        () => connections.forget('account-1', user),
        () => connections.put(connection('user', { account: user })),
        () => connections.list(user),
      ]
      for (const attempt of attempts) await assert.rejects(attempt, { code: 'HG_INPUT' })
    })
  }

  it('changes only what a change names, and neither account nor user', async () => {
    await store.connections.put(connection('changed', { lastUsedAt: '2026-01-01T00:00:00.000Z' }))
    const change = { notificationStatus: false, lastUsedAt: undefined, account: 'other', user: 'other' }
    const expected = connection('changed', {
      notificationStatus: false,
      lastUsedAt: '2026-01-01T00:00:00.000Z',
    })
    assert.deepEqual(await store.connections.update('account-1', 'changed', change), expected)
    assert.deepEqual(await store.connections.get('account-1', 'changed'), expected)
    assert.equal(await store.connections.get('other', 'other'), undefined)
  })

  it('does not make a connection by changing one that is not there', async () => {
    assert.equal(await store.connections.update('account-1', 'nobody', { provider: 'x' }), undefined)
    await store.connections.touch('account-1', 'nobody')
    assert.equal(await store.connections.get('account-1', 'nobody'), undefined)
    assert.equal(await store.connections.forget('account-1', 'nobody'), false)
  })

  it('loses none of the changes that are made at once', async () => {
    await store.connections.put(connection('busy', { tokens: {} }))
    await Promise.all([
      store.connections.update('account-1', 'busy', { provider: 'changed' }),
      store.connections.touch('account-1', 'busy'),
      store.connections.update('account-1', 'busy', { notificationStatus: false }),
      store.connections.touch('account-1', 'busy'),
      store.connections.update('account-1', 'busy', { tokens: { renewed: 'yes' } }),
    ])
    assert.deepEqual(
      await store.connections.get('account-1', 'busy'),
      connection('busy', {
        provider: 'changed',
        notificationStatus: false,
        tokens: { renewed: 'yes' },
        lastUsedAt: '2026-05-06T07:08:09.000Z',
      }),
    )
  })

  it('notes when a connection was last used', async () => {
    await store.connections.put(connection('used'))
    time += 1_000
    await store.connections.touch('account-1', 'used')
    assert.deepEqual(
      await store.connections.get('account-1', 'used'),
      connection('used', { lastUsedAt: '2026-05-06T07:08:10.000Z' }),
    )
  })

  it('does not bring a forgotten connection back by using it', async () => {
    for (let round = 0; round < 50; round += 1) {
      await store.connections.put(connection('gone'))
      const touches = [
        store.connections.touch('account-1', 'gone'),
        store.connections.touch('account-1', 'gone'),
      ]
      const forgotten = store.connections.forget('account-1', 'gone')
      touches.push(store.connections.touch('account-1', 'gone'))
      await Promise.all(touches)
      assert.equal(await forgotten, true)
      assert.equal(await store.connections.get('account-1', 'gone'), undefined)
    }
  })

  it('lists one account, sorted, without tokens', async () => {
    for (const user of ['b', 'a', 'c']) await store.connections.put(connection(user, { account: 'listed' }))
    await store.connections.put(connection('d', { account: 'listed too' }))
    const listed = await store.connections.list('listed')
    assert.deepEqual(
      listed,
      ['a', 'b', 'c'].map((user) => withoutTokens(connection(user, { account: 'listed' }))),
    )
    assert.deepEqual(await store.connections.list('nobody'), [])
  })

  it('lists more than it reads at a time', async () => {
    const ids = Array.from({ length: 350 }, (_, at) => `${1000 + at}`)
    await Promise.all(ids.map((user) => store.connections.put(connection(user, { account: 'many' }))))
    const listed = await store.connections.list('many')
    assert.deepEqual(
      listed.map(({ user }) => user),
      ids,
    )
  })

  it('behaves like a map, whatever is done in whatever order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, atOnce) => {
        const account = `model ${++modelRuns}`
        const model = new Map<string, Connection>()
        const running: Promise<void>[] = []
        for (const one of steps) {
          const result = apply(store, account, one).then(expectation(model, account, one))
          if (atOnce) running.push(result)
          else await result
        }
        await Promise.all(running)
        const expected = [...model.values()].sort((a, b) => (a.user < b.user ? -1 : 1))
        assert.deepEqual(await store.connections.list(account), expected.map(withoutTokens))
        for (const one of expected) assert.deepEqual(await store.connections.get(account, one.user), one)
      }),
    ))
})

function withoutTokens(whole: Connection): Partial<Connection> {
  const rest: Partial<Connection> = { ...whole }
  delete rest.tokens
  return rest
}

let modelRuns = 0

interface Step {
  kind: 'put' | 'update' | 'forget' | 'list'
  user: string
  token: string
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('put', 'update', 'forget', 'list'),
  user: fc.constantFrom('a', 'b', '😀', 'a!', 'a\0'),
  token: fc.string({ unit: 'grapheme' }),
})

async function apply({ connections }: Store, account: string, { kind, user, token }: Step): Promise<unknown> {
  switch (kind) {
    case 'put':
      return connections.put(connection(user, { account, tokens: { token } }))
    case 'update':
      return connections.update(account, user, { tokens: { token } })
    case 'forget':
      return connections.forget(account, user)
    case 'list':
      // Beside the others a list may see any moment, but never a connection no one has put.
      return (await connections.list(account)).every((one) => one.account === account)
  }
}

/** Takes the step in the model at once; the result is compared when it comes. */
function expectation(model: Map<string, Connection>, account: string, { kind, user, token }: Step) {
  const known = model.get(user)
  const changed = connection(user, { account, tokens: { token } })
  const expected = { put: changed, update: known && changed, forget: known !== undefined, list: true }[kind]
  if (kind === 'put' || (kind === 'update' && known)) model.set(user, changed)
  if (kind === 'forget') model.delete(user)
  return (actual: unknown) => assert.deepEqual(actual, expected)
}
