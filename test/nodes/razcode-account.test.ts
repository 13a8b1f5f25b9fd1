import assert from 'node:assert/strict'
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox'
import { makeAuthority, makeServerCertificate } from '../support/certificates'
import { startProxy } from '../support/proxy'
import { connect, Flow, sandbox, temporaryFolder, watching, type Config } from './support/flow'

const nodes: Config[] = [
  { id: 'notify', type: 'healthjibe-notify', z: 'flow', account: 'account', wires: [['sent']] },
  ...watching(['sent']),
]

describe('razcode-account', () => {
  let flow: Flow
  let closing: (() => unknown)[] = []

  afterEach(async () => {
    await flow.stop()
    for (const close of closing) await close()
    closing = []
  })

  /** An account with the addresses of a sandbox of the test's own, whose demo user is connected. */
  async function startAt(
    provider: Sandbox,
    more: Record<string, unknown>,
    config: Config[] = [],
    credentials: Record<string, Record<string, string>> = {},
  ): Promise<void> {
    const userDir = await temporaryFolder()
    const { user, ...tokens } = provider.demo.connectedUser
    await connect(userDir, {
      account: 'razcode-account:account:custom',
      user,
      provider: 'healthjibe',
      tokens,
      notificationStatus: true,
      grantedAt: new Date().toISOString(),
    })
    const { key, secret } = provider.demo.consumer
    const account = {
      id: 'account',
      type: 'razcode-account',
      environment: 'custom',
      urls: provider.urls.razcode,
    }
    flow = await Flow.start([...config, { ...account, ...more }, ...nodes], {
      userDir,
      credentials: { account: { consumerKey: key, consumerSecret: secret }, ...credentials },
    })
  }

  async function own(options?: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
    const provider = await startSandbox(options)
    closing.push(() => provider.close())
    return provider
  }

  async function sends(): Promise<void> {
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.result('sent')
  }

  it('uses the certificates of a tls-config node', async () => {
    const authority = await makeAuthority()
    const tls = await makeServerCertificate({ authority })
    const provider = await own({ tls })
    const config = {
      id: 'certificates',
      type: 'tls-config',
      cert: '',
      key: '',
      ca: '',
      servername: '',
      verifyservercert: true,
    }
    await startAt(provider, { tls: 'certificates' }, [config], { certificates: { cadata: authority.cert } })
    await sends()
    await flow.stop()

    await startAt(provider, {})
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.caught('HG_UNAVAILABLE', /certificate/)
  })

  it('uses an http proxy node, with its credentials', async () => {
    const proxy = await startProxy({ authorization: `Basic ${Buffer.from('me:hidden').toString('base64')}` })
    closing.push(() => proxy.close())
    const config = { id: 'proxy', type: 'http proxy', url: proxy.url, noproxy: [] }
    await startAt(await own(), { proxy: 'proxy' }, [config], {
      proxy: { username: 'me', password: 'hidden' },
    })
    await sends()
    assert.equal(proxy.connects.length + proxy.requests.length, 1)
  })

  it('takes environment variables for texts and credentials', async () => {
    const provider = await own()
    const variables = {
      HG_TEST_KEY: provider.demo.consumer.key,
      HG_TEST_SECRET: provider.demo.consumer.secret,
      HG_TEST_URL: provider.urls.razcode.sourceNotification,
    }
    Object.assign(process.env, variables)
    closing.push(() => {
      for (const name of Object.keys(variables)) process.env[name] = undefined
    })
    await startAt(provider, { urls: { sourceNotification: '${HG_TEST_URL}' } }, [], {
      account: { consumerKey: '${HG_TEST_KEY}', consumerSecret: '${HG_TEST_SECRET}' },
    })
    await sends()
  })

  for (const wrong of [{ publicUrl: '${HG_TEST_UNSET}' }, { urls: { activate: '${HG_TEST_UNSET}' } }]) {
    it(`says HG_CONFIG for ${Object.keys(wrong).join('')} from an environment variable that is not set`, async () => {
      await startAt(await own(), wrong)
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      await flow.caught('HG_CONFIG', /(?:public url|activate) from the environment variable HG_TEST_UNSET/)
    })
  }

  it('says HG_CONFIG for an environment variable that is not set', async () => {
    await startAt(await own(), {}, [], {
      account: { consumerKey: 'key', consumerSecret: '${HG_TEST_UNSET}' },
    })
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    const { error } = await flow.next('caught')
    assert.equal(error?.code, 'HG_CONFIG')
    assert.match(error.message, /consumer secret from the environment variable HG_TEST_UNSET/)
  })

  it('says HG_CONFIG for a tls or proxy node that is missing', async () => {
    for (const more of [{ tls: 'none' }, { proxy: 'none' }]) {
      await startAt(await own(), more)
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      assert.equal((await flow.next('caught')).error?.code, 'HG_CONFIG')
      if ('tls' in more) await flow.stop()
    }
  })

  it('does not send a token of the sandbox anywhere else', async () => {
    const { key, secret } = (await sandbox()).demo.consumer
    const userDir = await temporaryFolder()
    const start = (environment: string, keep: boolean) =>
      Flow.start([{ id: 'account', type: 'razcode-account', environment }, ...nodes], {
        userDir,
        keep,
        credentials: environment === 'live' ? { account: { consumerKey: key, consumerSecret: secret } } : {},
      })
    flow = await start('sandbox', true)
    await sends()
    await flow.stop()
    flow = await start('live', false)
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.caught('HG_NOT_CONNECTED')
  })

  describe('in its dialog', () => {
    const test = async (body: unknown, id = 'account') => {
      const answer = await flow.editorPosts(`razcode-account/${id}/test`, body)
      return answer as { ok: boolean; code: string; message: string }
    }

    it('tests what it holds before it is deployed', async () => {
      flow = await Flow.start([])
      assert.deepEqual(await test({ config: { environment: 'sandbox' } }), { ok: true })
      const { consumer } = (await sandbox()).demo
      const wrong = await test({
        config: { environment: 'sandbox' },
        credentials: { consumerKey: consumer.key, consumerSecret: 'wrong' },
      })
      assert.deepEqual([wrong.ok, wrong.code], [false, 'HG_AUTH'])
      const empty = await test({ config: { environment: 'live' }, credentials: { consumerKey: '' } })
      assert.equal(empty.code, 'HG_CONFIG')
      assert.equal((await test(undefined)).ok, true)
    })

    it('uses the stored secret where the dialog holds only its place', async () => {
      const provider = await own()
      await startAt(provider, {})
      const { key } = provider.demo.consumer
      const config = { environment: 'custom', urls: provider.urls.razcode }
      const credentials = { consumerKey: key, consumerSecret: '__PWRD__' }
      assert.equal((await test({ config, credentials })).ok, true)
      assert.equal((await test({ config, credentials }, 'new')).code, 'HG_CONFIG')
    })

    it('fills in environment variables', async () => {
      const provider = await own()
      process.env.HG_TEST_KEY = provider.demo.consumer.key
      process.env.HG_TEST_URL = provider.urls.razcode.requestToken
      closing.push(() => {
        delete process.env.HG_TEST_KEY
        delete process.env.HG_TEST_URL
      })
      flow = await Flow.start([])
      const config = { environment: 'custom', urls: { requestToken: '${HG_TEST_URL}' } }
      const credentials = { consumerKey: '${HG_TEST_KEY}', consumerSecret: provider.demo.consumer.secret }
      assert.deepEqual(await test({ config, credentials }), { ok: true })
    })

    it('says why an account does not work', async () => {
      flow = await Flow.start([])
      const credentials = { consumerKey: 'key', consumerSecret: 'hidden' }
      const urls = { requestToken: 'http://127.0.0.1:9/' }
      const result = await test({ config: { environment: 'custom', urls, timeout: 5 }, credentials })
      assert.deepEqual([result.ok, result.code], [false, 'HG_UNAVAILABLE'])
      assert.doesNotMatch(JSON.stringify(result), /hidden/)
    })

    it('is given the live addresses', async () => {
      flow = await Flow.start([])
      const endpoints = (await flow.editorGets('razcode-account/endpoints')) as Record<string, string>
      assert.equal(endpoints.authorize, 'https://www.healthjibe.net/jibe/authorize')
      assert.equal(Object.keys(endpoints).length, 11)
    })
  })
})
