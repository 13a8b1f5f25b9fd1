import assert from 'node:assert/strict'
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox'
import { around, Flow, type Config } from './support/flow'

describe('humanapi-account', () => {
  let provider: Sandbox
  let flow: Flow

  before(async () => {
    provider = await startSandbox()
  })
  after(() => provider.close())
  afterEach(() => flow.stop())

  const custom = (): Partial<Config> => ({
    type: 'humanapi-account',
    environment: 'custom',
    urls: provider.urls.humanapi,
  })
  const start = async (account: Partial<Config>, credentials: Record<string, string> = {}) => {
    const nodes = around({ type: 'humanapi-token' }, ['token'], account)
    flow = await Flow.start(nodes, { credentials: { account: credentials } })
  }
  const right = () => {
    const { clientId, clientSecret } = provider.demo.humanapi
    return { clientId, clientSecret }
  }
  const tested = async (credentials: Record<string, string>, urls: Record<string, string> = {}) => {
    const config = { ...custom(), urls: { ...provider.urls.humanapi, ...urls } }
    const answer = await flow.editorPosts('humanapi-account/account/test', { config, credentials })
    return answer as { ok: boolean; code?: string; message?: string }
  }

  it('works with addresses of its own', async () => {
    await start(custom(), right())
    flow.send('node', { user: 'maria', email: 'maria@example.org' })
    assert.equal(((await flow.next('token')).payload as { type: string }).type, 'session')
  })

  it('is tested by its button, with what is entered and with what is stored', async () => {
    await start(custom(), right())
    assert.deepEqual(await tested(right()), { ok: true })
    assert.deepEqual(await tested({ clientId: right().clientId, clientSecret: '__PWRD__' }), { ok: true })
    const wrong = await tested({ ...right(), clientSecret: 'wrong-secret' })
    assert.deepEqual([wrong.ok, wrong.code], [false, 'HG_AUTH'])
    assert.doesNotMatch(JSON.stringify(wrong), /wrong-secret/)
  })

  it('is tested at both of its addresses', async () => {
    await start(custom(), right())
    const { url, urls } = provider
    for (const [wrong, code] of [
      [{ auth: `${url}/elsewhere` }, 'HG_NOT_FOUND'],
      [{ auth: 'http://127.0.0.1:9' }, 'HG_UNAVAILABLE'],
      [{ data: `${urls.humanapi.data}/elsewhere` }, 'HG_NOT_FOUND'],
      [{ data: 'http://127.0.0.1:9/v1/human' }, 'HG_UNAVAILABLE'],
    ] as const) {
      const answer = await tested(right(), wrong)
      assert.deepEqual([answer.ok, answer.code], [false, code], answer.message)
    }
  })

  it('says HG_AUTH for a wrong secret, without the secret, and does not ask again at once', async () => {
    await start(custom(), { ...right(), clientSecret: 'wrong-secret' })
    const msg = { user: 'other', email: 'other@example.org', payload: 'kept' }
    const error = await flow.failure('node', msg)
    assert.equal(error.code, 'HG_AUTH')
    assert.doesNotMatch(JSON.stringify(error) + flow.log(), /wrong-secret/)
    const undo = provider.misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500 })
    assert.equal((await flow.failure('node', msg)).code, 'HG_AUTH')
    undo()
  })

  it('says HG_CONFIG without a secret', async () => {
    await start({ ...custom(), environment: 'live' }, { clientId: 'id' })
    const error = await flow.failure('node', { user: 'maria', email: 'maria@example.org', payload: 'kept' })
    assert.equal(error.code, 'HG_CONFIG')
    assert.match(error.message, /no client secret/)
  })
})
