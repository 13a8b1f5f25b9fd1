import assert from 'node:assert/strict'
import type { Sandbox } from '../../src/sandbox/sandbox'
import { around, Flow, useSandbox } from './support/flow'

describe('zivacare-account', () => {
  let provider: Sandbox
  let flow: Flow

  useSandbox((running) => (provider = running))
  afterEach(() => flow.stop())

  const test = async (body: unknown) => {
    const answer = await flow.editorPosts('zivacare-account/account/test', body)
    return answer as { ok: boolean; code: string; message: string }
  }

  it('is tested without anything being made at ZivaCare', async () => {
    flow = await Flow.start([])
    const works = 'zivacare-account.answers'
    assert.deepEqual(await test({ config: { environment: 'sandbox' } }), { ok: true, works })
  })

  it('says why an account does not work, without the secret', async () => {
    flow = await Flow.start([])
    const credentials = { clientId: '1', clientSecret: 'hidden-secret' }
    const tested = async (createUser: string) => {
      const result = await test({ config: { environment: 'custom', urls: { createUser } }, credentials })
      assert.doesNotMatch(JSON.stringify(result), /hidden-secret/)
      return [result.ok, result.code]
    }
    assert.deepEqual(await tested('http://127.0.0.1:9/'), [false, 'HG_UNAVAILABLE'])
    assert.deepEqual(await tested(`${provider.url}/nothing-here`), [false, 'HG_NOT_FOUND'])
    assert.deepEqual(await tested('nowhere'), [false, 'HG_CONFIG'])
    const empty = await test({ config: { environment: 'live' }, credentials: { clientId: '1' } })
    assert.equal(empty.code, 'HG_CONFIG')
    assert.match(empty.message, /client secret/)
  })

  it('has the live addresses of the pages, under the keys of the contract', async () => {
    flow = await Flow.start([])
    assert.deepEqual(await flow.editorGets('zivacare-account/endpoints'), {
      connectScript: 'https://developer.zivacare.com/connect.js',
      exchange: 'https://developer.zivacare.com/oauth/v2/get-access-token',
      createUser: 'https://developer.zivacare.com/api/v2/app/create-user',
      data: 'https://api.zivacare.com/api/v2/human',
    })
  })

  it('works at addresses of its own, with id and secret', async () => {
    const { clientId, clientSecret } = provider.demo.zivacare
    flow = await Flow.start(
      around({ type: 'zivacare-token', action: 'createUser' }, ['made'], {
        type: 'zivacare-account',
        environment: 'custom',
        urls: provider.urls.zivacare,
      }),
      { credentials: { account: { clientId, clientSecret } } },
    )
    flow.send('node', { user: 'custom-addresses' })
    assert.match(((await flow.next('made')).payload as { zivaUserCode: string }).zivaUserCode, /./)
  })

  it('says HG_CONFIG for a request style that is not known', async () => {
    flow = await Flow.start(
      around({ type: 'zivacare-read' }, ['read'], { type: 'zivacare-account', requestStyle: 'xml' }),
    )
    const { code, message } = await flow.failure('node', { user: 'demo' })
    assert.equal(code, 'HG_CONFIG')
    assert.match(message, /request style/)
  })
})
