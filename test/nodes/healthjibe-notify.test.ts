import assert from 'node:assert/strict'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { startFaultyServer, type FaultyServer } from '../support/faulty-server'
import { listen } from '../support/server'
import {
  around,
  connect,
  exampleCcr,
  Flow,
  temporaryFolder,
  useSandbox,
  withStore,
  type Config,
} from './support/flow'

const [account = { id: '', type: '' }, ...nodes] = around({ id: 'notify', type: 'healthjibe-notify' }, [
  'sent',
  'stopped',
])

/** The nodes with some properties of one of them replaced. */
function changed(id: string, properties: Record<string, unknown>): Config[] {
  return nodes.map((node) => (node.id === id ? { ...node, ...properties } : node))
}

describe('healthjibe-notify', () => {
  let provider: Sandbox
  let ccr: string
  let flow: Flow
  const misbehaveAt = useSandbox((running) => (provider = running))

  before(async () => {
    ccr = await exampleCcr()
  })
  afterEach(() => flow.stop())

  const misbehave = (rule: Misbehaviour) => misbehaveAt({ endpoint: 'sourceNotification', ...rule })

  const failure = (msg: Record<string, unknown>) => flow.failure('notify', msg)

  describe('in the sandbox, as imported', () => {
    beforeEach(async () => {
      flow = await Flow.start([account, ...nodes])
    })

    it('sends a CCR of the demo user', async () => {
      const arrived = provider.documents().length
      flow.send('notify', { payload: ccr, user: 'demo', topic: 'kept' })
      const msg = await flow.next('sent')
      assert.equal(msg.topic, 'kept')
      assert.equal(msg.payload, 'OK')
      assert.equal(msg.statusCode, 200)
      assert.match((msg.headers as Record<string, string>)['content-type'] ?? '', /^text\/plain/)
      const { durationMs, at, ...health } = msg.health ?? {}
      assert.deepEqual(health, { provider: 'healthjibe', operation: 'notify', user: 'demo', attempts: 1 })
      assert.equal(typeof durationMs, 'number')
      assert.ok(Math.abs(Date.parse(String(at)) - Date.now()) < 10_000)
      assert.equal(provider.documents().length, arrived + 1)
      assert.equal(provider.documents().at(-1)?.her, ccr)
      await flow.next('completed')
      assert.deepEqual(flow.statuses('notify'), [
        { fill: 'blue', shape: 'dot', text: 'status.working' },
        { fill: 'green', shape: 'dot', text: `${String(durationMs)} ms` },
      ])
    })

    it('sends a Buffer and OMHE commands as well', async () => {
      for (const payload of [Buffer.from(ccr), 'bp=120/80\nwt85k']) {
        flow.send('notify', { payload, user: 'demo' })
        await flow.next('sent')
        assert.equal(provider.documents().at(-1)?.her, payload.toString())
      }
    })

    it('sends many at once', async () => {
      const arrived = provider.documents().length
      for (let n = 0; n < 30; n++) flow.send('notify', { payload: `bp=120/${50 + n}`, user: 'demo' })
      for (let n = 0; n < 30; n++) await flow.next('sent')
      const values = provider
        .documents()
        .slice(arrived)
        .map(({ her }) => her)
      assert.equal(new Set(values).size, 30)
    })

    const inputs: [string, Record<string, unknown>, string, RegExp][] = [
      ['no user', { payload: 'bp=120/80' }, 'HG_INPUT', /No user\. Set msg\.user/],
      ['an empty user', { payload: 'bp=120/80', user: ' ' }, 'HG_INPUT', /No user/],
      ['a user of the wrong type', { payload: 'bp=120/80', user: { id: 1 } }, 'HG_INPUT', /No user/],
      [
        'an unknown user',
        { payload: 'bp=120/80', user: 'nobody' },
        'HG_NOT_CONNECTED',
        /"nobody" has not connected/,
      ],
      ['no payload', { user: 'demo' }, 'HG_INPUT', /missing/],
      ['an empty payload', { payload: '', user: 'demo' }, 'HG_INPUT', /is empty/],
      ['a payload of the wrong type', { payload: { a: 1 }, user: 'demo' }, 'HG_INPUT', /is an object/],
      [
        'a document that is not XML',
        { payload: '<a><b></a>', user: 'demo' },
        'HG_INPUT',
        /not well-formed XML/,
      ],
      ['a document that is neither', { payload: 'hello', user: 'demo' }, 'HG_INPUT', /neither XML nor OMHE/],
    ]
    for (const [what, msg, code, message] of inputs) {
      it(`says ${code} for ${what}`, async () => {
        const error = await failure(msg)
        assert.equal(error.code, code)
        assert.match(error.message, message)
        const named = code === 'HG_NOT_CONNECTED' ? { user: msg.user } : {}
        const { detail, ...cause } = error.cause
        assert.deepEqual(cause, {
          provider: 'healthjibe',
          operation: 'notify',
          retryable: false,
          ...named,
        })
        assert.deepEqual(detail, message.test('not well-formed XML') ? { line: 1, column: 7 } : undefined)
        assert.deepEqual(flow.statuses('notify').at(-1), {
          fill: 'red',
          shape: 'ring',
          text: `status.${code}`,
        })
      })
    }

    it('says HG_TOO_LARGE for a payload of 100 MB', async () => {
      const error = await failure({ payload: 'a'.repeat(100_000_000), user: 'demo' })
      assert.equal(error.code, 'HG_TOO_LARGE')
      assert.match(error.message, /at most 64 MiB/)
    })

    it('goes on after a failure', async () => {
      await failure({ payload: '', user: 'demo' })
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      await flow.next('sent')
    })

    it('ends what it is doing when it is closed, and says so', async () => {
      misbehave({ do: 'hang' })
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      await new Promise((resolve) => setTimeout(resolve, 200))
      await flow.close('notify')
      assert.equal((await flow.next('caught')).error?.code, 'HG_CLOSED')
      // A deploy stops Catch nodes as well: then the log is where this is seen.
      assert.match(flow.log(), /HG_CLOSED/)
    })

    const answers: [string, Misbehaviour, string, boolean][] = [
      ['a web page', { do: 'html' }, 'HG_RESPONSE', false],
      ['bytes without sense', { do: 'garbage' }, 'HG_RESPONSE', false],
      ['a cut answer', { do: 'cut' }, 'HG_RESPONSE', true],
      ['no answer', { do: 'close' }, 'HG_UNAVAILABLE', true],
      ['a broken connection', { do: 'drop' }, 'HG_UNAVAILABLE', true],
      ['an expired or revoked token', { do: 'expireTokens' }, 'HG_AUTH', false],
      ['a refusal that quotes the document', { do: 'echo' }, 'HG_REJECTED', false],
      ['403', { do: 'status', code: 403 }, 'HG_FORBIDDEN', false],
      ['404', { do: 'status', code: 404 }, 'HG_NOT_FOUND', false],
      ['409', { do: 'status', code: 409 }, 'HG_CONFLICT', false],
      ['413', { do: 'status', code: 413 }, 'HG_TOO_LARGE', false],
      ['429', { do: 'status', code: 429 }, 'HG_RATE_LIMITED', true],
      ['500', { do: 'status', code: 500 }, 'HG_UNAVAILABLE', true],
      ['a redirect', { do: 'status', code: 302 }, 'HG_RESPONSE', false],
    ]
    for (const [what, rule, code, retryable] of answers) {
      it(`says ${code} for ${what}`, async () => {
        misbehave(rule)
        const error = await failure({ payload: ccr, user: 'demo' })
        assert.equal(error.code, code, error.message)
        assert.equal(error.cause.retryable, retryable)
        assert.doesNotMatch(JSON.stringify(error), /Maria/)
      })
    }

    it('waits as Retry-After says', async () => {
      misbehave({ do: 'status', code: 503, retryAfter: 1, times: 1 })
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      assert.equal((await flow.next('sent')).health?.attempts, 2)
    })

    it('does not send twice what may have arrived', async () => {
      misbehave({ do: 'drop', carriedOut: true, times: 1 })
      const arrived = provider.documents().length
      assert.equal((await failure({ payload: 'bp=120/80', user: 'demo' })).code, 'HG_UNAVAILABLE')
      assert.equal(provider.documents().length, arrived + 1)
    })
  })

  it('says HG_CONFIG without an account, or with one that is missing', async () => {
    for (const id of ['', 'none']) {
      flow = await Flow.start(changed('notify', { account: id }))
      const error = await failure({ payload: 'bp=120/80', user: 'demo' })
      assert.equal(error.code, 'HG_CONFIG')
      assert.deepEqual(flow.statuses('notify').at(-1), {
        fill: 'grey',
        shape: 'ring',
        text: 'status.HG_CONFIG',
      })
      if (id === '') await flow.stop()
    }
  })

  it('says HG_CONFIG for an account without key or secret', async () => {
    flow = await Flow.start([{ ...account, environment: 'live' }, ...nodes])
    const error = await failure({ payload: 'bp=120/80', user: 'demo' })
    assert.equal(error.code, 'HG_CONFIG')
    assert.match(error.message, /no consumer key/)
  })

  it('says HG_CONFIG for an address that is none, and for a time-out that is none', async () => {
    const credentials = { account: { consumerKey: 'key', consumerSecret: 'secret' } }
    for (const wrong of [{ urls: { sourceNotification: 'ftp://x' } }, { timeout: 'soon' }]) {
      flow = await Flow.start([{ ...account, environment: 'custom', ...wrong }, ...nodes], { credentials })
      assert.equal((await failure({ payload: 'bp=120/80', user: 'demo' })).code, 'HG_CONFIG')
      if ('urls' in wrong) await flow.stop()
    }
  })

  it('says HG_AUTH for a wrong consumer secret', async () => {
    const credentials = { account: { consumerKey: provider.demo.consumer.key, consumerSecret: 'wrong' } }
    flow = await Flow.start([account, ...nodes], { credentials, userDir: await connectedFolder('sandbox') })
    const error = await failure({ payload: 'bp=120/80', user: 'demo' })
    assert.equal(error.code, 'HG_AUTH')
    assert.match(error.message, /[Cc]heck its consumer key and secret/)
  })

  it('reads user and document from where the node says', async () => {
    flow = await Flow.start([
      account,
      ...changed('notify', {
        user: 'demo',
        userType: 'str',
        document: '"bp=" & $string(a) & "/80"',
        documentType: 'jsonata',
      }),
    ])
    flow.send('notify', { a: 121 })
    await flow.next('sent')
    assert.equal(provider.documents().at(-1)?.her, 'bp=121/80')
  })

  it('notes when a connection was used, and has sent what it has sent where that fails', async () => {
    flow = await Flow.start([account, ...nodes])
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.next('sent')
    await withStore(flow.userDir, async ({ connections }) => {
      const connection = await connections.get('razcode-account:account:sandbox', 'demo')
      assert.ok(Math.abs(Date.parse(connection?.lastUsedAt ?? '') - Date.now()) < 10_000)
      const working = connections.touch.bind(connections)
      connections.touch = () => Promise.reject(new Error('no space left'))
      flow.send('notify', { payload: 'bp=121/80', user: 'demo' })
      await flow.next('sent')
      connections.touch = working
    })
    assert.match(flow.log(), /time of use was not noted/)
  })

  it('leaves alone what the demo user has changed', async () => {
    const userDir = await connectedFolder('sandbox', { notificationStatus: false })
    flow = await Flow.start([account, ...nodes], { userDir, keep: true })
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.next('stopped')
    await flow.stop()
    flow = await Flow.start([account, ...nodes], { userDir })
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.next('stopped')
  })

  it('says HG_CONFIG for an environment that is not known', async () => {
    for (const environment of ['Live', '${HG_TEST_UNSET}']) {
      flow = await Flow.start([{ ...account, environment }, ...nodes])
      const error = await failure({ payload: 'bp=120/80', user: 'demo' })
      assert.equal(error.code, 'HG_CONFIG')
      assert.match(error.message, /environment/)
      if (environment === 'Live') await flow.stop()
    }
  })

  it('says where an expression fails, and not at what', async () => {
    flow = await Flow.start([
      account,
      ...changed('notify', { document: '$number(payload)', documentType: 'jsonata' }),
    ])
    const error = await failure({ payload: 'Maria', user: 'demo' })
    assert.equal(error.code, 'HG_INPUT')
    assert.match(error.message, /"document".*D3030 at position/)
    assert.doesNotMatch(JSON.stringify(error), /Maria/)
  })

  it('says HG_INPUT for an expression that fails', async () => {
    flow = await Flow.start([account, ...changed('notify', { document: '$fail(', documentType: 'jsonata' })])
    assert.equal((await failure({ payload: 'bp=120/80', user: 'demo' })).code, 'HG_INPUT')
  })

  it('obeys a "stop" that comes while a large document is looked through', async () => {
    flow = await Flow.start([account, ...nodes])
    const arrived = provider.documents().length
    const large = ccr.replace('Maria', 'Maria '.repeat(2_000_000))
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.next('sent')
    await withStore(flow.userDir, async ({ connections }) => {
      flow.send('notify', { payload: large, user: 'demo' })
      await connections.update('razcode-account:account:sandbox', 'demo', { notificationStatus: false })
    })
    await flow.next('stopped')
    assert.equal(provider.documents().length, arrived + 1)
  })

  it('uses the second output, and sends nothing, when the user has said stop', async () => {
    flow = await Flow.start([account, ...nodes], {
      userDir: await connectedFolder('sandbox', { notificationStatus: false }),
    })
    const arrived = provider.documents().length
    flow.send('notify', { payload: ccr, user: 'demo' })
    const msg = await flow.next('stopped')
    assert.equal(msg.payload, ccr)
    assert.equal(msg.health?.user, 'demo')
    assert.equal(provider.documents().length, arrived)
    assert.deepEqual(flow.statuses('notify').at(-1), {
      fill: 'yellow',
      shape: 'ring',
      text: 'status.stopped',
    })
  })

  it('does not know an action that a later version may have', async () => {
    flow = await Flow.start([account, ...changed('notify', { delivery: 'durable' })])
    assert.equal((await failure({ payload: 'bp=120/80', user: 'demo' })).code, 'HG_CONFIG')
  })

  describe('at another address', () => {
    let faulty: FaultyServer
    const credentials = { account: { consumerKey: 'key', consumerSecret: 'secret' } }
    const at = (sourceNotification: string, timeout = 5): Config => ({
      ...account,
      environment: 'custom',
      urls: { sourceNotification },
      timeout,
    })

    before(async () => {
      faulty = await startFaultyServer()
    })
    after(() => faulty.close())

    const cases: [string, (url: string) => string, string][] = [
      ['an unreachable host', () => 'http://127.0.0.1:9/x', 'HG_UNAVAILABLE'],
      ['a name that does not exist', () => 'http://no.such.host.invalid/x', 'HG_UNAVAILABLE'],
      ['a host that does not answer', (url) => `${url}/hang`, 'HG_TIMEOUT'],
      ['a host that answers HTML', (url) => `${url}/html`, 'HG_RESPONSE'],
      ['a host that answers garbage', (url) => `${url}/garbage`, 'HG_RESPONSE'],
      ['a host that closes without an answer', (url) => `${url}/close`, 'HG_UNAVAILABLE'],
    ]
    for (const [what, url, code] of cases) {
      it(`says ${code} for ${what}`, async () => {
        flow = await Flow.start([at(url(faulty.url), 1), ...nodes], {
          credentials,
          userDir: await connectedFolder('custom'),
        })
        const error = await failure({ payload: 'bp=120/80', user: 'demo' })
        assert.equal(error.code, code, error.message)
      })
    }

    it('does not send the headers of the transport on', async () => {
      const server = await listen((_request, response) => {
        response.setHeader('set-cookie', 'session=1').setHeader('x-request-id', '7').end('fine')
      })
      flow = await Flow.start([at(`${server.url}/`), ...nodes], {
        credentials,
        userDir: await connectedFolder('custom'),
      })
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      const headers = (await flow.next('sent')).headers as Record<string, string>
      assert.equal(headers['x-request-id'], '7')
      assert.deepEqual(
        [headers['set-cookie'], headers['content-length'], headers.connection],
        [undefined, undefined, undefined],
      )
      await server.close()
    })
  })

  /** A user folder whose built-in store holds a connection of the user `demo`. */
  async function connectedFolder(
    environment: string,
    more: { notificationStatus?: boolean } = {},
  ): Promise<string> {
    const userDir = await temporaryFolder()
    const { user, ...tokens } = provider.demo.connectedUser
    await connect(userDir, {
      account: `razcode-account:account:${environment}`,
      user,
      provider: 'healthjibe',
      tokens,
      notificationStatus: true,
      grantedAt: new Date().toISOString(),
      ...more,
    })
    return userDir
  }
})
