import assert from 'node:assert/strict'
import vm from 'node:vm'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { Person } from '../support/person'
import { codeOf, connectSources, createUser } from '../unit/sandbox/zivacare/support'
import { Flow, sandbox, temporaryFolder, withStore, type Config, type Message } from './support/flow'

const account: Config = { id: 'account', type: 'zivacare-account' }
const connectNode: Config = {
  id: 'connect',
  type: 'zivacare-connect',
  z: 'flow',
  account: 'account',
  wires: [['answer'], ['connected']],
}
const around: Config[] = [
  { id: 'flow', type: 'tab' },
  { id: 'request', type: 'http in', z: 'flow', url: '/connect', method: 'get', wires: [['who']] },
  {
    id: 'who',
    type: 'change',
    z: 'flow',
    rules: [{ t: 'set', p: 'user', pt: 'msg', to: 'req.query.who', tot: 'msg' }],
    wires: [['connect']],
  },
  { id: 'answer', type: 'http response', z: 'flow', wires: [] },
  { id: 'connected', type: 'helper', z: 'flow', wires: [] },
  { id: 'catch-all', type: 'catch', z: 'flow', scope: null, wires: [['caught']] },
  { id: 'caught', type: 'helper', z: 'flow', wires: [] },
]

/** What the page was given for its script. */
interface Given {
  post: string
  state: string
  values: Record<string, string>
}

interface Answer {
  status: number
  ok: boolean
  state?: string
  goTo?: string
  code?: string
}

describe('zivacare-connect', () => {
  let provider: Sandbox
  let flow: Flow
  let undo: (() => void)[] = []

  before(async () => {
    provider = await sandbox()
  })
  afterEach(async () => {
    for (const take of undo) take()
    undo = []
    await flow.stop()
  })

  const start = async (more: Partial<Config> = {}, of: Partial<Config> = {}) => {
    flow = await Flow.start([{ ...account, ...of }, { ...connectNode, ...more }, ...around])
  }
  const misbehave = (rule: Misbehaviour) => undo.push(provider.misbehave(rule))

  async function open(person: Person, who = 'maria') {
    const response = await person.ask(`${flow.url}/connect?who=${encodeURIComponent(who)}`)
    const text = await response.text()
    assert.equal(response.status, 200, text)
    const json = /<script type="application\/json" id="given">([^<]*)</.exec(text)?.[1] ?? '{}'
    return { response, text, given: JSON.parse(json) as Given }
  }

  async function post(
    person: Person,
    { post: path }: Given,
    state: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await person.ask(`${flow.url}${path}/finish?state=${encodeURIComponent(state)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { ...((await response.json()) as Answer), status: response.status }
  }

  const finished = async (user: string) => ({ specialToken: await connectSources(provider, user, []) })
  const kept = (user: string) =>
    withStore(flow.userDir, ({ connections }) => connections.get('zivacare-account:account:sandbox', user))

  async function caught(code: string): Promise<Message> {
    const msg = await flow.next('caught')
    assert.equal(msg.error?.code, code, msg.error?.message)
    assert.equal(flow.pending('connected'), 0)
    return msg
  }

  it('makes a page for the user, with no secret, whose event makes the connection', async () => {
    await start()
    const person = new Person()
    const { text, given } = await open(person)
    const { clientId, clientSecret } = provider.demo.zivacare
    assert.deepEqual(given.values, { clientId, clientUserId: 'maria' })
    assert.ok(!text.includes(clientSecret))
    assert.ok(text.includes(`src="${provider.urls.zivacare.connectScript}"`))
    const answer = await post(person, given, given.state, await finished('maria'))
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
    const { response, text } = await open(new Person())
    const policy = response.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*/)
    const [, nonce] = /script-src 'nonce-([\w+/=]+)'/.exec(policy) ?? []
    for (const [, attributes = '', script = ''] of text.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)) {
      if (attributes.includes('application/json')) continue
      assert.ok(attributes.includes(`nonce="${nonce}"`), attributes)
      assert.doesNotThrow(() => new vm.Script(script))
    }
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(response.headers.get('cross-origin-opener-policy'), null)
    const other = await open(new Person())
    assert.ok(!(other.response.headers.get('content-security-policy') ?? '').includes(String(nonce)))
  })

  it('shows title and text as text, takes a style sheet, and loads jQuery where it is asked to', async () => {
    const evil = '</script><script>alert(1)</script>"\'&'
    await start({
      title: evil,
      text: evil,
      styleSheet: '/own.css?a="b"',
      jQuery: 'https://code.example.org/jquery.js',
    })
    const { text, given } = await open(new Person(), evil)
    assert.doesNotMatch(text, /<script>alert/)
    assert.equal(text.match(/&#60;script&#62;alert\(1\)/g)?.length, 3)
    assert.equal(given.values.clientUserId, evil)
    assert.ok(text.includes('<link rel="stylesheet" href="/own.css?a=&#34;b&#34;">'))
    assert.ok(text.indexOf('https://code.example.org/jquery.js') < text.indexOf('/zivacare/connect.js'))
  })

  it("refuses another person's token from a browser that opened the window for them, connected or not", async () => {
    await start()
    const person = new Person()
    const { given } = await open(person, 'mallory')
    const answer = await post(person, given, given.state, await finished('never-connected'))
    assert.deepEqual([answer.ok, answer.code], [false, 'HG_FORBIDDEN'])
    await caught('HG_FORBIDDEN')
    assert.equal(await kept('mallory'), undefined)
  })

  it('registers nobody where it is not to, or where they are known', async () => {
    const existing = async (user: string) => codeOf(await createUser(provider, { clientUserId: user }))[1]
    await start({ register: false })
    await open(new Person(), 'unregistered')
    assert.equal(await existing('unregistered'), undefined)
    await flow.stop()
    await start()
    // Made by the line before this one, at ZivaCare only.
    const person = new Person()
    const { given } = await open(person, 'unregistered')
    assert.equal((await post(person, given, given.state, await finished('unregistered'))).ok, true)
    await open(new Person(), 'registered')
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
    const person = new Person()
    const { given } = await open(person)
    assert.equal((await post(person, given, given.state, await finished('maria'))).goTo, '/done?x=1')
    assert.equal((await flow.next('connected')).returnUrl, '/done?x=1')
  })

  it('keeps two people apart who connect at the same time, and two tabs of one browser', async () => {
    await start()
    const [one, two] = [new Person(), new Person()]
    const ways: [Person, string, Given][] = []
    for (const [person, who] of [
      [one, 'one'],
      [two, 'two'],
      [one, 'three'],
    ] as const) {
      ways.push([person, who, (await open(person, who)).given])
    }
    for (const [person, who, given] of ways.reverse()) {
      assert.equal((await post(person, given, given.state, await finished(who))).ok, true)
      assert.equal((await flow.next('connected')).user, who)
    }
  })

  it('goes on after Node-RED was started again in between', async () => {
    const userDir = await temporaryFolder()
    const nodes = [account, connectNode, ...around]
    flow = await Flow.start(nodes, { userDir, keep: true })
    const person = new Person()
    const { given } = await open(person)
    const cookie = person.cookies(flow.url)
    await flow.stop()
    flow = await Flow.start(nodes, { userDir })
    // The test's server has another port now; the cookie is the browser's for this host.
    const answer = await post(new Person(), given, given.state, await finished('maria'), { cookie })
    assert.equal(answer.ok, true)
    assert.equal((await flow.next('connected')).user, 'maria')
  })

  describe('refuses an event', () => {
    beforeEach(() => start())

    it('that is posted again: HG_CONFLICT, and nothing is exchanged', async () => {
      const person = new Person()
      const { given } = await open(person)
      const body = await finished('maria')
      assert.equal((await post(person, given, given.state, body)).ok, true)
      await flow.next('connected')
      const again = await post(person, given, given.state, await finished('maria'))
      assert.deepEqual([again.status, again.ok, again.code], [409, false, 'HG_CONFLICT'])
      await caught('HG_CONFLICT')
    })

    it('of another browser: HG_FORBIDDEN, and the right one can still post', async () => {
      const person = new Person()
      const { given } = await open(person)
      const body = await finished('maria')
      const other = new Person()
      assert.equal((await post(other, given, given.state, body)).status, 403)
      await caught('HG_FORBIDDEN')
      await open(other, 'eve')
      assert.equal((await post(other, given, given.state, body)).status, 403)
      await caught('HG_FORBIDDEN')
      assert.equal((await post(person, given, given.state, body)).ok, true)
    })

    it('that a page of another site posts: HG_FORBIDDEN', async () => {
      const person = new Person()
      const { given } = await open(person)
      for (const site of ['cross-site', 'same-site', 'none']) {
        const headers = { 'sec-fetch-site': site }
        assert.equal((await post(person, given, given.state, await finished('maria'), headers)).status, 403)
        await caught('HG_FORBIDDEN')
      }
    })

    it('with a state that was never made, or without one', async () => {
      const person = new Person()
      const { given } = await open(person)
      const [, digest = ''] = given.state.split('.')
      const forged = await post(person, given, `${'x'.repeat(43)}.${digest}`, await finished('maria'))
      assert.deepEqual([forged.status, forged.code], [404, 'HG_NOT_FOUND'])
      await caught('HG_NOT_FOUND')
      assert.equal((await post(person, given, '', await finished('maria'))).status, 403)
      await caught('HG_FORBIDDEN')
    })

    it('by GET, and one that does not exist', async () => {
      const person = new Person()
      const { given } = await open(person)
      for (const event of ['finish', 'constructor', 'callback']) {
        const response = await person.ask(`${flow.url}${given.post}/${event}?state=${given.state}`)
        assert.equal(response.status, 404)
      }
    })

    const bodies: [string, unknown, string][] = [
      ['JSON cut in the middle', '{"specialTok', 'HG_INPUT'],
      ['an array', [], 'HG_INPUT'],
      ['no token', {}, 'HG_INPUT'],
      ['a token of the wrong type', { specialToken: { a: 1 } }, 'HG_INPUT'],
      ['a token with white space', { specialToken: 'a b' }, 'HG_INPUT'],
      ['a megabyte', { specialToken: 'x'.repeat(1_000_000) }, 'HG_TOO_LARGE'],
      ['a token that ZivaCare never gave', { specialToken: 'never-given' }, 'HG_REJECTED'],
      ["an error of ZivaCare's window", { code: '9007' }, 'HG_REJECTED'],
      ['an error that is no code', { code: '<b>' }, 'HG_REJECTED'],
    ]
    for (const [what, body, code] of bodies) {
      it(`with ${what}: ${code}, and the person can try again`, async () => {
        const person = new Person()
        const { given } = await open(person, 'retrying')
        const refused = await post(person, given, given.state, body)
        assert.deepEqual([refused.ok, refused.code], [false, code])
        const { error, user } = await caught(code)
        assert.equal(user, 'retrying')
        assert.doesNotMatch(String(error?.message), /<b>/)
        assert.equal(await kept('retrying'), undefined)
        const next = await post(person, given, refused.state ?? '', await finished('retrying'))
        assert.equal(next.ok, true)
      })
    }

    it('with a special token that was used: HG_REJECTED', async () => {
      const person = new Person()
      const { given } = await open(person)
      const body = await finished('maria')
      const first = await post(person, given, given.state, body)
      await flow.next('connected')
      assert.equal((await post(person, given, first.state ?? '', body)).code, 'HG_REJECTED')
      await caught('HG_REJECTED')
    })

    it("with another person's special token: HG_FORBIDDEN, and nothing is kept", async () => {
      const [person, eve] = [new Person(), new Person()]
      const { given } = await open(person)
      await post(person, given, given.state, await finished('maria'))
      await flow.next('connected')
      const hers = await open(eve, 'eve')
      const refused = await post(eve, hers.given, hers.given.state, await finished('maria'))
      assert.deepEqual([refused.status, refused.code], [403, 'HG_FORBIDDEN'])
      await caught('HG_FORBIDDEN')
      assert.equal(await kept('eve'), undefined)
    })

    it('when the exchange gives half of its fields: HG_RESPONSE', async () => {
      const person = new Person()
      const { given } = await open(person)
      misbehave({ endpoint: 'zivacare.exchange', do: 'without', fields: ['access_token'] })
      assert.equal((await post(person, given, given.state, await finished('maria'))).status, 502)
      await caught('HG_RESPONSE')
    })

    it('for a node that was closed', async () => {
      const person = new Person()
      const { given } = await open(person)
      await flow.close('connect')
      const response = await person.ask(`${flow.url}${given.post}/finish?state=${given.state}`, {
        method: 'POST',
      })
      assert.equal(response.status, 404)
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
    flow = await Flow.start([{ ...account, environment: 'live' }, connectNode, ...around], { credentials })
    fetch(`${flow.url}/connect?who=maria`).catch(() => undefined)
    await caught('HG_CONFIG')
  })
})
