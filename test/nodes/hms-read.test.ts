import assert from 'node:assert/strict'
import type { CcrDocument } from '../../src/documents/ccr/model'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import type { Connection } from '../../src/store/store'
import { around, Flow, listener, temporaryFolder, useSandbox, withStore, type Config } from './support/flow'

const ccr = (id: string, date: string) =>
  `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body><Results><Result><CCRDataObjectID>${id}</CCRDataObjectID><DateTime><ExactDateTime>${date}</ExactDateTime></DateTime></Result></Results></Body></ContinuityOfCareRecord>`

describe('hms-read', () => {
  let provider: Sandbox
  let flow: Flow
  let hms: string
  const misbehave = useSandbox((running) => (provider = running))

  const start = async (node: Record<string, unknown> = {}, more: Config[] = []) => {
    flow = await Flow.start([...around({ type: 'hms-read', ...node }, ['read']), ...more])
  }
  /** Lets the demo user's services have a record. */
  const sent = async (...documents: string[]) => {
    for (const payload of documents) {
      flow.send('notify', { user: 'demo', payload })
      await flow.next('sent')
    }
  }
  const sending: Config[] = [
    { id: 'notify', type: 'healthjibe-notify', z: 'flow', account: 'account', wires: [['sent'], []] },
    { id: 'list', type: 'hms-list', z: 'flow', account: 'account', wires: [['listed']] },
    ...['sent', 'listed'].map(listener),
  ]

  before(async () => {
    await start({}, sending)
    await sent(ccr('early-1', '2026-01-15'), ccr('late-1', '2026-03-15T10:00:00Z'))
    flow.send('list', { user: 'demo' })
    hms = String(((await flow.next('listed')).payload as string[])[0])
    await flow.stop()
  })
  afterEach(() => flow.stop())

  describe('with its defaults', () => {
    beforeEach(() => start())

    it('reads everything that a service has', async () => {
      flow.send('node', { user: 'demo', hms, topic: 'kept' })
      const { payload, topic, statusCode, headers, health } = await flow.next('read')
      assert.match(String(payload), /^<\?xml[^]*early-1[^]*late-1/)
      assert.deepEqual([topic, statusCode], ['kept', 200])
      assert.match((headers as Record<string, string>)['content-type'] ?? '', /xml/)
      assert.deepEqual([health?.provider, health?.operation, health?.user], ['healthjibe', 'hmsRead', 'demo'])
      assert.equal(flow.pending('caught'), 0)
    })

    const periods: [string, Record<string, unknown>, boolean, boolean][] = [
      ['from a day on, as ISO 8601', { startDate: '2026-03-01' }, false, true],
      ['to a day, as mmddyyyy', { endDate: '02012026' }, true, false],
      [
        'of one day, as Dates',
        { startDate: new Date(2026, 2, 15), endDate: new Date(2026, 2, 15) },
        false,
        true,
      ],
      ['of all days, when both are empty', { startDate: '', endDate: null }, true, true],
    ]
    for (const [what, dates, early, late] of periods) {
      it(`reads ${what}`, async () => {
        flow.send('node', { user: 'demo', hms, ...dates })
        const text = String((await flow.next('read')).payload)
        assert.deepEqual([text.includes('early-1'), text.includes('late-1')], [early, late])
      })
    }

    const inputs: [string, Record<string, unknown>, string, RegExp][] = [
      ['no user', { user: undefined }, 'HG_INPUT', /No user/],
      ['an unknown user', { user: 'nobody' }, 'HG_NOT_CONNECTED', /"nobody" has not connected/],
      ['no HMS', { hms: undefined }, 'HG_INPUT', /msg\.hms/],
      ['an HMS of white space', { hms: ' ' }, 'HG_INPUT', /msg\.hms/],
      ['an HMS of the wrong type', { hms: ['a'] }, 'HG_INPUT', /msg\.hms/],
      ['an HMS that the user does not have', { hms: 'none of theirs' }, 'HG_NOT_FOUND', /does not have/],
      ['a month 13', { startDate: '2026-13-01' }, 'HG_INPUT', /start date is not a day/],
      ['a month 13 as mmddyyyy', { endDate: '13012026' }, 'HG_INPUT', /end date is not a day/],
      ['a day that does not exist', { startDate: '02302026' }, 'HG_INPUT', /start date is not a day/],
      ['a time stamp', { startDate: 1769814000000 }, 'HG_INPUT', /start date is not a day/],
      [
        'an end before the start',
        { startDate: '2026-02-02', endDate: '02012026' },
        'HG_INPUT',
        /start date is after the end/,
      ],
    ]
    for (const [what, wrong, code, sentence] of inputs) {
      it(`says ${code} for ${what}`, async () => {
        const error = await flow.failure('node', { user: 'demo', hms, payload: 'kept', ...wrong })
        assert.equal(error.code, code)
        assert.match(error.message, sentence)
      })
    }

    const answers: [string, Misbehaviour, string, RegExp][] = [
      ['an empty body', { do: 'empty' }, 'HG_RESPONSE', /empty/],
      ['malformed XML', { do: 'body', text: '<ContinuityOfCareRecord><Body>' }, 'HG_RESPONSE', /well-formed/],
      [
        'XML with a DTD',
        { do: 'body', text: '<!DOCTYPE a [<!ENTITY b "c">]><ContinuityOfCareRecord/>' },
        'HG_RESPONSE',
        /DOCTYPE/,
      ],
      [
        '10,000 nested elements',
        { do: 'body', text: '<a>'.repeat(10_000) + '</a>'.repeat(10_000) },
        'HG_RESPONSE',
        /nested deeper/,
      ],
      ['another document', { do: 'body', text: '<Bundle/>' }, 'HG_RESPONSE', /not a CCR/],
      ['a web page', { do: 'html' }, 'HG_RESPONSE', /web page/],
      ['bytes without sense', { do: 'garbage' }, 'HG_RESPONSE', /./],
      ['a cut answer', { do: 'cut' }, 'HG_RESPONSE', /./],
      ['500', { do: 'status', code: 500 }, 'HG_UNAVAILABLE', /./],
    ]
    for (const [what, rule, code, sentence] of answers) {
      it(`says ${code} for ${what}`, async () => {
        misbehave({ endpoint: 'hmsRead', ...rule })
        const error = await flow.failure('node', { user: 'demo', hms })
        assert.equal(error.code, code, error.message)
        assert.match(error.message, sentence)
      })
    }

    it('says whom to let connect again when the token was revoked, and asks once', async () => {
      misbehave({ endpoint: 'hmsRead', do: 'expireTokens', times: 1 })
      const { code, message, cause } = await flow.failure('node', { user: 'demo', hms })
      assert.equal(code, 'HG_AUTH')
      assert.match(message, /user "demo".*connect again/)
      assert.equal(cause.retryable, false)
    })
  })

  it('reads its properties from where the node says', async () => {
    await start({
      hms,
      hmsType: 'str',
      user: 'demo',
      userType: 'str',
      startDate: 'from',
      startDateType: 'msg',
    })
    flow.send('node', { from: '2026-03-01' })
    assert.doesNotMatch(String((await flow.next('read')).payload), /early-1/)
  })

  describe('as an object', () => {
    beforeEach(() => start({ output: 'object' }))

    it('gives the CCR with its own names, and arrays wherever CCR allows several', async () => {
      flow.send('node', { user: 'demo', hms, endDate: '2026-02-01' })
      const { Body, Patient } = (await flow.next('read')).payload as CcrDocument
      assert.ok(Array.isArray(Patient))
      const ids = Body?.Results?.Result?.map((result) => result.CCRDataObjectID) ?? []
      assert.equal(ids.length, 1)
      assert.match(String(ids[0]), /early-1/)
    })

    it('says HG_RESPONSE for what is no CCR, as for XML', async () => {
      for (const text of ['', '<ContinuityOfCareRecord><Body>', '<Bundle/>', '<a>'.repeat(10_000)]) {
        const undo = misbehave({ endpoint: 'hmsRead', do: 'body', text })
        assert.equal((await flow.failure('node', { user: 'demo', hms })).code, 'HG_RESPONSE')
        undo()
      }
    })
  })

  it('says HG_CONFIG for an output that is not known', async () => {
    await start({ output: 'pdf' })
    assert.equal((await flow.failure('node', { user: 'demo', hms })).code, 'HG_CONFIG')
  })

  describe('tells its dialog the names', () => {
    interface Answer {
      ok: boolean
      user?: string
      names?: string[]
      code?: string
    }
    const ask = async (form: object, account = 'account') =>
      (await flow.editorPosts(`hms-read/${account}/names`, form)) as Answer

    it('of the user that it names', async () => {
      await start()
      const { ok, user, names } = await ask({ user: 'demo' })
      assert.deepEqual([ok, user], [true, 'demo'])
      assert.ok(names?.includes(hms))
    })

    it('of who used the account last, when it names nobody', async () => {
      await start()
      assert.equal((await ask({})).user, 'demo')
      const of = (user: string, grantedAt: string): Connection => {
        const { user: _demo, ...tokens } = provider.demo.connectedUser
        return { account: 'razcode-account:account:sandbox', user, provider: 'healthjibe', tokens, grantedAt }
      }
      await withStore(flow.userDir, async ({ connections }) => {
        await connections.put(of('earlier', '2020-01-01T00:00:00.000Z'))
        await connections.put(of('zoe', '2999-01-01T00:00:00.000Z'))
      })
      assert.equal((await ask({})).user, 'zoe')
      flow.send('node', { user: 'earlier', hms })
      await flow.next('read')
      await withStore(flow.userDir, async ({ connections }) => {
        const account = 'razcode-account:account:sandbox'
        assert.equal(typeof (await connections.get(account, 'earlier'))?.lastUsedAt, 'string')
        await connections.forget(account, 'zoe')
        await connections.put(of('demo', '2021-01-01T00:00:00.000Z'))
      })
      assert.equal((await ask({})).user, 'earlier')
    })

    it('or why there are none', async () => {
      await start()
      assert.equal((await ask({ user: 'nobody' })).code, 'HG_NOT_CONNECTED')
      assert.equal((await ask({}, 'none')).code, 'HG_CONFIG')
      assert.equal((await ask({}, 'node')).code, 'HG_CONFIG')
      await flow.stop()
      const account = { environment: 'custom', urls: provider.urls.razcode }
      const { key, secret } = provider.demo.consumer
      flow = await Flow.start(around({ type: 'hms-read' }, ['read'], account), {
        credentials: { account: { consumerKey: key, consumerSecret: secret } },
        userDir: await temporaryFolder(),
      })
      assert.equal((await ask({})).code, 'HG_NOT_CONNECTED')
    })
  })
})
