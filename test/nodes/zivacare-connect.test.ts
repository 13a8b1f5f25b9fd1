import assert from 'node:assert/strict'
import vm from 'node:vm'
import type { Sandbox } from '../../src/sandbox/sandbox'
import { Person } from '../support/person'
import { codeOf, connectSources, createUser } from '../unit/sandbox/zivacare/support'
import {
  around,
  browserWay,
  Flow,
  temporaryFolder,
  useSandbox,
  withStore,
  type Caught,
  type Config,
  type Message,
} from './support/flow'
import { eventsOfPages, WidgetPage } from './support/widget'

const nodes = (connect: Partial<Config> = {}, account: Partial<Config> = {}): Config[] => [
  ...around(
    { id: 'connect', type: 'zivacare-connect', wires: [['answer'], ['connected']], ...connect },
    ['connected'],
    { type: 'zivacare-account', ...account },
  ),
  { id: 'other', type: 'zivacare-connect', z: 'flow', account: 'account', wires: [[], ['connected']] },
  ...browserWay('/connect', ['connect']),
]

describe('zivacare-connect', () => {
  let provider: Sandbox
  let flow: Flow
  const misbehave = useSandbox((running) => (provider = running))
  afterEach(() => flow.stop())

  const start = async (
    connect: Partial<Config> = {},
    account: Partial<Config> = {},
    options: Parameters<typeof Flow.start>[1] = {},
  ) => {
    flow = await Flow.start(nodes(connect, account), options)
  }

  const open = (who = 'maria', person?: Person) => WidgetPage.open(flow, 'finish', who, person)

  const finished = async (user: string) => ({ specialToken: await connectSources(provider, user, []) })
  const kept = (user: string) =>
    withStore(flow.userDir, ({ connections }) => connections.get('zivacare-account:account:sandbox', user))

  async function caught(code: string): Promise<Message & { error: Caught }> {
    const msg = await flow.caught(code)
    assert.equal(flow.pending('connected'), 0)
    return msg
  }

  it('makes a page for the user, with no secret, whose event makes the connection', async () => {
    await start()
    const page = await open()
    const { text, given } = page
    const { clientId, clientSecret } = provider.demo.zivacare
    assert.deepEqual(given.values, { clientId, clientUserId: 'maria' })
    assert.ok(!text.includes(clientSecret))
    assert.ok(text.includes(`src="${provider.urls.zivacare.connectScript}"`))
    const answer = await page.post(await finished('maria'))
    assert.deepEqual([answer.status, answer.ok], [200, true])

    const { payload, user, health } = await flow.next('connected')
    const { zivaUserCode, grantedAt, ...rest } = payload as Record<string, unknown>
    assert.equal(rest.user, 'maria')
    assert.equal(rest.provider, 'zivacare')
    assert.ok(Math.abs(Date.parse(String(grantedAt)) - Date.now()) < 10_000)
    assert.equal(user, 'maria')
    assert.deepEqual([health?.operation, health?.user], ['connect', 'maria'])
    const connection = await kept('maria')
    assert.equal(connection?.tokens.ziva_user_code, zivaUserCode)
    const token = connection?.tokens.access_token ?? assert.fail('no access token')
    assert.ok(!(JSON.stringify(payload) + JSON.stringify(answer) + flow.log()).includes(token))
  })

  it('has a strict Content-Security-Policy, and scripts that parse', async () => {
    await start()
    const { headers, text } = await open()
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*/)
    const [, nonce] = /script-src 'nonce-([\w+/=]+)'/.exec(policy) ?? []
    for (const [, attributes = '', script = ''] of text.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)) {
      if (attributes.includes('application/json')) continue
      assert.ok(attributes.includes(`nonce="${nonce}"`), attributes)
      assert.doesNotThrow(() => new vm.Script(script))
    }
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('cross-origin-opener-policy'), null)
    const other = await open()
    assert.ok(!(other.headers.get('content-security-policy') ?? '').includes(String(nonce)))
  })

  it('shows title and text as text, takes a style sheet, and loads jQuery where it is asked to', async () => {
    const evil = '</script><script>alert(1)</script>"\'&'
    await start({
      title: evil,
      text: evil,
      styleSheet: '/own.css?a="b"',
      jQuery: 'https://code.example.org/jquery.js',
    })
    const { text, given } = await open(evil)
    assert.doesNotMatch(text, /<script>alert/)
    assert.equal(text.match(/&#60;script&#62;alert\(1\)/g)?.length, 3)
    assert.equal(given.values.clientUserId, evil)
    assert.ok(text.includes('<link rel="stylesheet" href="/own.css?a=&#34;b&#34;">'))
    assert.ok(text.indexOf('https://code.example.org/jquery.js') < text.indexOf('/zivacare/connect.js'))
  })

  it("refuses another person's token from a browser that opened the window for them, connected or not", async () => {
    await start()
    const page = await open('mallory')
    const answer = await page.post(await finished('never-connected'))
    assert.deepEqual([answer.ok, answer.code], [false, 'HG_FORBIDDEN'])
    await caught('HG_FORBIDDEN')
    assert.equal(await kept('mallory'), undefined)
  })

  it('registers nobody where it is not to, or where they are known', async () => {
    const existing = async (user: string) => codeOf(await createUser(provider, { clientUserId: user }))[1]
    await start({ register: false })
    await open('unregistered')
    assert.equal(await existing('unregistered'), undefined)
    await flow.stop()
    await start()
    // Made by the line before this one, at ZivaCare only.
    const page = await open('unregistered')
    assert.equal((await page.post(await finished('unregistered'))).ok, true)
    await open('registered')
    assert.equal(await existing('registered'), '0001')
  })

  it('shows no page where a new user cannot be registered', async () => {
    await start()
    misbehave({ endpoint: 'zivacare.createUser', do: 'status', code: 500 })
    flow.send('connect', { user: 'new' })
    await caught('HG_INPUT')
    const asked = new Person().ask(`${flow.url}/connect?who=new-${process.pid}`).catch(() => undefined)
    await caught('HG_UNAVAILABLE')
    await flow.stop()
    await asked
    await start()
  })

  it('sends the browser to the return URL at the end', async () => {
    await start({ returnUrl: '/done?x=1' })
    const page = await open()
    assert.equal((await page.post(await finished('maria'))).goTo, '/done?x=1')
    assert.equal((await flow.next('connected')).returnUrl, '/done?x=1')
  })

  it('keeps two people apart who connect at the same time, and two tabs of one browser', async () => {
    await start()
    const [one, two] = [new Person(), new Person()]
    const ways: [string, WidgetPage][] = []
    for (const [person, who] of [
      [one, 'one'],
      [two, 'two'],
      [one, 'three'],
    ] as const) {
      ways.push([who, await open(who, person)])
    }
    for (const [who, page] of ways.reverse()) {
      assert.equal((await page.post(await finished(who))).ok, true)
      assert.equal((await flow.next('connected')).user, who)
    }
  })

  it('goes on after Node-RED was started again in between', async () => {
    const userDir = await temporaryFolder()
    await start({}, {}, { userDir, keep: true })
    const page = await open()
    await flow.stop()
    await start({}, {}, { userDir })
    assert.equal((await page.movedTo(flow).post(await finished('maria'))).ok, true)
    assert.equal((await flow.next('connected')).user, 'maria')
  })

  eventsOfPages({
    flow: () => flow,
    start: (options) => start({}, {}, options),
    open: (person) => open('maria', person),
    body: () => finished('maria'),
    event: 'connected',
  })

  describe('refuses an event', () => {
    beforeEach(() => start())

    const bodies: [string, unknown, string][] = [
      ['no token', {}, 'HG_INPUT'],
      ['a token of the wrong type', { specialToken: { a: 1 } }, 'HG_INPUT'],
      ['a token with white space', { specialToken: 'a b' }, 'HG_INPUT'],
      ['a token that ZivaCare never gave', { specialToken: 'never-given' }, 'HG_REJECTED'],
      ["an error of ZivaCare's window", { code: '9007' }, 'HG_REJECTED'],
      ['an error that is no code', { code: '<b>' }, 'HG_REJECTED'],
    ]
    for (const [what, body, code] of bodies) {
      it(`with ${what}: ${code}, and the person can try again`, async () => {
        const page = await open('retrying')
        const refused = await page.post(body)
        assert.deepEqual([refused.ok, refused.code], [false, code])
        const { error, user } = await caught(code)
        assert.equal(user, 'retrying')
        assert.doesNotMatch(error.message, /<b>/)
        assert.equal(await kept('retrying'), undefined)
        const next = await page.post(await finished('retrying'))
        assert.equal(next.ok, true)
      })
    }

    it('with a special token that was used: HG_REJECTED', async () => {
      const page = await open()
      const body = await finished('maria')
      await page.post(body)
      await flow.next('connected')
      assert.equal((await page.post(body)).code, 'HG_REJECTED')
      await caught('HG_REJECTED')
    })

    it("with another person's special token: HG_FORBIDDEN, and nothing is kept", async () => {
      const page = await open()
      await page.post(await finished('maria'))
      await flow.next('connected')
      const hers = await open('eve')
      const refused = await hers.post(await finished('maria'))
      assert.deepEqual([refused.status, refused.code], [403, 'HG_FORBIDDEN'])
      await caught('HG_FORBIDDEN')
      assert.equal(await kept('eve'), undefined)
    })

    it('when the exchange gives half of its fields: HG_RESPONSE', async () => {
      const page = await open()
      misbehave({ endpoint: 'zivacare.exchange', do: 'without', fields: ['access_token'] })
      assert.equal((await page.post(await finished('maria'))).status, 502)
      await caught('HG_RESPONSE')
    })
  })

  const messages: [string, Record<string, unknown>, Record<string, unknown>, string][] = [
    ['no web request', {}, { user: 'maria' }, 'HG_INPUT'],
    ['no user', {}, {}, 'HG_INPUT'],
    ['a title that is no text', { title: 'title', titleType: 'msg' }, { user: 'm', title: {} }, 'HG_INPUT'],
    ['a style sheet that is a script', { styleSheet: 'javascript:alert(1)' }, { user: 'm' }, 'HG_INPUT'],
    ['jQuery that is a script', { jQuery: 'javascript:alert(1)' }, { user: 'm' }, 'HG_INPUT'],
    ['a return URL of another kind', { returnUrl: '//evil.example' }, { user: 'm' }, 'HG_INPUT'],
  ]
  for (const [what, node, msg, code] of messages) {
    it(`says ${code} for ${what}`, async () => {
      await start(node)
      assert.equal((await flow.failure('connect', msg)).code, code)
    })
  }

  it('says HG_CONFIG where the live service is used without a public URL', async () => {
    const credentials = { account: { clientId: '1', clientSecret: 'hidden' } }
    flow = await Flow.start(nodes({}, { environment: 'live' }), { credentials })
    fetch(`${flow.url}/connect?who=maria`).catch(() => undefined)
    await caught('HG_CONFIG')
  })
})
