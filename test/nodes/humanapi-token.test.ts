import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { around, Flow, temporaryFolder, useSandbox, withStore } from './support/flow'

const account = { type: 'humanapi-account' }
let count = 0
/** Nobody whom the sandbox of this process knows. */
const newUser = () => `token-${process.pid}-${count++}`

describe('humanapi-token', () => {
  let provider: Sandbox
  let flow: Flow
  const misbehave = useSandbox((running) => (provider = running))
  afterEach(() => flow.stop())

  const start = async (
    node: Record<string, unknown> = {},
    options: { userDir?: string; keep?: boolean } = {},
  ) => {
    flow = await Flow.start(around({ type: 'humanapi-token', ...node }, ['token'], account), options)
  }
  const ask = async (msg: Record<string, unknown>) => {
    flow.send('node', msg)
    return (await flow.next('token')).payload as Record<string, string>
  }
  const email = 'maria@example.org'

  it('gets a session for a new person, and asks once for many messages', async () => {
    await start()
    const user = newUser()
    // A second request would be answered with an error.
    misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500, after: 1 })
    for (let message = 0; message < 5; message++) flow.send('node', { user, email, topic: 'kept' })
    const answers = await Promise.all(Array.from({ length: 5 }, () => flow.next('token')))
    const [first] = answers
    const { type, token, humanId, expiresAt } = first!.payload as Record<string, string>
    assert.equal(type, 'session')
    assert.match(humanId!, /^[0-9a-f]{32}$/)
    assert.ok(Math.abs(Date.parse(expiresAt!) - Date.now() - 3_600_000) < 60_000)
    assert.ok(!JSON.stringify(answers).includes(provider.demo.humanapi.clientSecret))
    for (const { payload } of answers) assert.equal((payload as { token: string }).token, token)
    assert.deepEqual([first!.topic, first!.user, first!.health?.user], ['kept', user, user])
  })

  it('keeps the token encrypted, and gives it again after a restart', async () => {
    const userDir = await temporaryFolder()
    await start({}, { userDir, keep: true })
    const user = newUser()
    const { token } = await ask({ user, email })
    await flow.stop()
    const files = await readdir(join(userDir, 'health-gateways'), { recursive: true, withFileTypes: true })
    const written = await Promise.all(
      files.filter((file) => file.isFile()).map(({ parentPath, name }) => readFile(join(parentPath, name))),
    )
    assert.ok(written.length > 2 && written.some(({ length }) => length > 500))
    for (const secret of [token!, user, email]) assert.ok(!Buffer.concat(written).includes(secret))

    misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500 })
    await start({}, { userDir })
    assert.equal((await ask({ user, email })).token, token)
  })

  it('looks at no e-mail address where none is needed', async () => {
    for (const tokenType of ['id', 'access', 'auto']) {
      await start({ tokenType })
      for (const odd of [{ of: 'another node' }, 5, 'none']) {
        // Of a person who is known to be connected.
        assert.ok((await ask({ user: 'demo', email: odd })).token)
      }
      await flow.stop()
    }
    await start()
  })

  it('leaves a connection what it was when a token comes to it', async () => {
    await start({ tokenType: 'access' })
    const kept = () =>
      withStore(flow.userDir, async ({ connections }) => {
        const connection = await connections.get('humanapi-account:account:sandbox', 'demo')
        return connection ?? assert.fail('demo is not connected')
      })
    flow.send('node', { user: 'nobody', email })
    await flow.next('caught')
    const before = await kept()
    await withStore(flow.userDir, ({ connections }) => connections.touch(before.account, 'demo'))
    const { lastUsedAt } = await kept()
    await ask({ user: 'demo' })
    const after = await kept()
    assert.ok(after.tokens.access_token)
    assert.deepEqual([after.grantedAt, after.lastUsedAt], [before.grantedAt, lastUsedAt])
    assert.ok(lastUsedAt)
  })

  it('knows nobody by a token that was refused', async () => {
    await start({ tokenType: 'access' })
    const user = newUser()
    assert.equal((await flow.failure('node', { user })).code, 'HG_NOT_CONNECTED')
    await flow.close('account')
    const kept = await withStore(flow.userDir, ({ connections }) =>
      connections.get('humanapi-account:account:sandbox', user),
    )
    assert.equal(kept, undefined)
  })

  it('says HG_FORBIDDEN where Human API refuses both kinds, and does not send to the page that asked', async () => {
    await start({ tokenType: 'auto' })
    misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 403 })
    const error = await flow.failure('node', { user: newUser(), email })
    assert.equal(error.code, 'HG_FORBIDDEN')
    assert.match(error.message, /both a session and an id token/)
    assert.doesNotMatch(error.message, /humanapi-connect/)
  })

  it('gives an id token where a session is refused, as auto, and remembers that', async () => {
    await start({ tokenType: 'auto' })
    const user = newUser()
    assert.equal((await ask({ user, email })).type, 'session')
    provider.humanapi.connect(user, provider.humanapi.sources[0]!.id)
    await flow.stop()
    // Without what was kept of the session: the sandbox refuses a new one.
    await start({ tokenType: 'auto' })
    const { type, token } = await ask({ user, email })
    assert.equal(type, 'id')
    assert.equal((await ask({ user })).token, token)
  })

  it('gives an access token to the demo user, and the id that Human API has for them', async () => {
    await start({ tokenType: 'access' })
    const { type, humanId } = await ask({ user: 'demo' })
    assert.deepEqual([type, humanId], ['access', provider.demo.humanapi.connectedUser.humanId])
  })

  it('reads the other spelling of an answer', async () => {
    await start()
    misbehave({ endpoint: 'humanapi.auth', do: 'otherSpelling' })
    assert.match((await ask({ user: newUser(), email })).humanId!, /^[0-9a-f]{32}$/)
  })

  const inputs: [string, Record<string, unknown>, Record<string, unknown>, string, RegExp][] = [
    ['no user', {}, { user: undefined }, 'HG_INPUT', /No user/],
    ['a session without an e-mail address', {}, { email: undefined }, 'HG_INPUT', /e-mail/],
    ['an e-mail address that is none', {}, { email: 'maria' }, 'HG_INPUT', /e-mail/],
    ['an unknown type', { tokenType: 'refresh' }, {}, 'HG_CONFIG', /tokenType/],
    ['access without a source', { tokenType: 'access' }, {}, 'HG_NOT_CONNECTED', /no connected source/],
    ['a session after a source was connected', {}, { user: 'demo' }, 'HG_FORBIDDEN', /already/],
  ]
  for (const [what, node, wrong, code, sentence] of inputs) {
    it(`says ${code} for ${what}`, async () => {
      await start(node)
      const error = await flow.failure('node', { user: newUser(), email, payload: 'kept', ...wrong })
      assert.equal(error.code, code)
      assert.match(error.message, sentence)
    })
  }

  const answers: [string, Misbehaviour, string][] = [
    ['an answer without a token', { do: 'without', fields: ['session_token'] }, 'HG_RESPONSE'],
    ['half of its fields', { do: 'without', fields: ['human_id'] }, 'HG_RESPONSE'],
    ['a JSON body that is cut', { do: 'cutJson' }, 'HG_RESPONSE'],
    ['a web page', { do: 'html' }, 'HG_RESPONSE'],
    ['a wrong secret', { do: 'status', code: 401 }, 'HG_AUTH'],
  ]
  for (const [what, rule, code] of answers) {
    it(`says ${code} for ${what}`, async () => {
      await start()
      misbehave({ endpoint: 'humanapi.auth', ...rule })
      const error = await flow.failure('node', { user: newUser(), email, payload: 'kept' })
      assert.equal(error.code, code)
      assert.doesNotMatch(JSON.stringify(error), /maria@example\.org/)
    })
  }
})
