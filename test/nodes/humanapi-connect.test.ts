import assert from 'node:assert/strict'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { Person } from '../support/person'
import { Flow, sandbox, withStore, type Config, type Message } from './support/flow'

const nodes = (connect: Record<string, unknown>, account: Record<string, unknown>): Config[] => [
  { id: 'account', type: 'humanapi-account', ...account },
  { id: 'flow', type: 'tab' },
  { id: 'request', type: 'http in', z: 'flow', url: '/connect', method: 'get', wires: [['who']] },
  {
    id: 'who',
    type: 'change',
    z: 'flow',
    rules: [
      { t: 'set', p: 'user', pt: 'msg', to: 'req.query.who', tot: 'msg' },
      { t: 'set', p: 'email', pt: 'msg', to: 'maria@example.org', tot: 'str' },
    ],
    wires: [['connect', 'other']],
  },
  {
    id: 'connect',
    type: 'humanapi-connect',
    z: 'flow',
    account: 'account',
    wires: [['answer'], ['event']],
    ...connect,
  },
  { id: 'other', type: 'humanapi-connect', z: 'flow', account: 'account', wires: [[], ['event']] },
  { id: 'answer', type: 'http response', z: 'flow', wires: [] },
  { id: 'event', type: 'helper', z: 'flow', wires: [] },
  { id: 'catch-all', type: 'catch', z: 'flow', scope: ['connect', 'other'], wires: [['caught']] },
  { id: 'caught', type: 'helper', z: 'flow', wires: [] },
]

interface Given {
  post: string
  state: string
  values: { token: string; clientId: string }
}

interface Answer {
  ok: boolean
  state?: string
  goTo?: string
  code?: string
}

let count = 0
const newUser = () => `connect-${process.pid}-${count++}`
const scale = { name: 'Demo Smart Scale', id: 'scale' }
const connected = {
  event: 'connect',
  status: 'CONNECTED_SOURCE',
  sessionResults: { connectedSources: [scale], disconnectedSources: [] },
  currentConnections: [scale],
}
const closed = { ...connected, event: 'close', status: 'SUCCESS' }

describe('humanapi-connect', () => {
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

  const misbehave = (rule: Misbehaviour) => undo.push(provider.misbehave(rule))
  const start = async (connect: Record<string, unknown> = {}, account: Record<string, unknown> = {}) => {
    flow = await Flow.start(nodes(connect, account))
  }
  const visit = async (person = new Person(), user = newUser()) => {
    const response = await person.ask(`${flow.url}/connect?who=${encodeURIComponent(user)}`)
    const text = await response.text()
    assert.equal(response.status, 200, text)
    const json = /<script type="application\/json" id="given">([^<]*)<\/script>/.exec(text)?.[1] ?? ''
    return { person, user, text, headers: response.headers, given: JSON.parse(json) as Given }
  }
  const post = async (
    person: Person,
    { post: path }: Given,
    state: string | undefined,
    body: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await person.ask(`${flow.url}${path}/event?state=${encodeURIComponent(state ?? '')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as Answer) }
  }
  const caught = async (code: string, sentence: RegExp): Promise<Message> => {
    const msg = await flow.next('caught')
    assert.equal(msg.error?.code, code, msg.error?.message)
    assert.match(msg.error.message, sentence)
    assert.equal(flow.pending('event'), 0)
    return msg
  }

  describe('makes a page', () => {
    it("that loads the account's script under a strict policy, and holds a session but no secret", async () => {
      await start()
      const { text, headers, given } = await visit()
      const { origin } = new URL(provider.url)
      assert.ok(text.includes(`src="${provider.urls.humanapi.connectScript}"`))
      assert.equal(given.values.clientId, provider.demo.humanapi.clientId)
      assert.ok(!text.includes(provider.demo.humanapi.clientSecret))
      const policy = headers.get('content-security-policy') ?? ''
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      assert.deepEqual(policy.split('; '), [
        "default-src 'none'",
        `script-src 'nonce-${nonce}' ${origin}`,
        `style-src 'self' 'nonce-${nonce}' ${origin}`,
        `frame-src ${origin}`,
        `connect-src 'self' ${origin}`,
        `img-src 'self' ${origin}`,
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ])
      for (const [script] of text.matchAll(/<script (?!type="application)[^>]*>/g)) {
        assert.ok(script.includes(`nonce="${nonce}"`))
      }
      assert.deepEqual(
        ['cache-control', 'referrer-policy', 'x-content-type-options'].map((name) => headers.get(name)),
        ['no-store', 'no-referrer', 'nosniff'],
      )
      assert.match(headers.get('set-cookie') ?? '', /HttpOnly; SameSite=Lax/)
      const again = await visit()
      assert.ok(!(again.headers.get('content-security-policy') ?? '').includes(nonce))
    })

    it("with the integrator's title, text and style sheet, as plain text", async () => {
      const evil = '</title><script>alert(1)</script>"&'
      await start({
        title: evil,
        text: evil,
        styleSheet: 'https://style.example.org/a.css?b="c',
        returnUrl: '/</script><script>alert(2)</script>'.replace(/\s/g, ''),
      })
      const { text, headers } = await visit()
      assert.doesNotMatch(text, /<script>alert/)
      assert.ok(text.includes('<link rel="stylesheet" href="https://style.example.org/a.css?b=&#34;c">'))
      assert.match(
        headers.get('content-security-policy') ?? '',
        /style-src [^;]* https:\/\/style\.example\.org;/,
      )
      assert.equal(text.split('&#60;script&#62;alert(1)').length, 4)
    })

    it('with an id token for a person who has connected a source', async () => {
      await start()
      const { given } = await visit(new Person(), 'demo')
      await flow.close('account')
      const kept = await withStore(flow.userDir, ({ connections }) =>
        connections.get('humanapi-account:account:sandbox', 'demo'),
      )
      assert.equal(given.values.token, kept?.tokens.id_token)
    })
  })

  describe('turns events of the page into messages', () => {
    it('one after the other, each with a state of its own', async () => {
      await start({ returnUrl: '/done?x=1' })
      const { person, user, given } = await visit()
      const first = await post(person, given, given.state, connected)
      assert.deepEqual([first.status, first.ok, first.goTo], [200, true, undefined])
      const second = await post(person, given, first.state, closed)
      assert.deepEqual([second.ok, second.goTo], [true, '/done?x=1'])
      assert.equal(new Set([given.state, first.state, second.state]).size, 3)
      const one = (await flow.next('event')) as Message & { returnUrl: string }
      assert.deepEqual(one.payload, connected)
      assert.deepEqual(
        [one.user, one.returnUrl, one.health?.operation, one.health?.user],
        [user, '/done?x=1', 'connect', user],
      )
      assert.deepEqual((await flow.next('event')).payload, closed)
    })

    for (const status of ['SESSION_TOKEN_INVALID', 'SESSION_TOKEN_EXPIRED', 'MISSING_SESSION_TOKEN']) {
      it(`closed with ${status}: the next page has another token`, async () => {
        await start({ returnUrl: '/done' })
        const { person, user, given } = await visit()
        const { goTo } = await post(person, given, given.state, { event: 'close', status })
        assert.equal(goTo, undefined)
        assert.deepEqual((await flow.next('event')).payload, {
          event: 'close',
          status,
          sessionResults: { connectedSources: [], disconnectedSources: [] },
          currentConnections: [],
        })
        const { given: next } = await visit(person, user)
        assert.notEqual(next.values.token, given.values.token)
      })
    }

    it('and knows then which token the person needs', async () => {
      await start()
      const { person, user, given } = await visit()
      provider.humanapi.connect(user, provider.humanapi.sources[0]!.id)
      const { state } = await post(person, given, given.state, connected)
      misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500, after: 1 })
      // One request only: for an id token at once, not for a session first.
      assert.notEqual((await visit(person, user)).given.values.token, given.values.token)
      await post(person, given, state, closed)
    })

    it('of two tabs of one browser, and of two people', async () => {
      await start()
      const [one, two] = [new Person(), new Person()]
      const pages = [await visit(one), await visit(one), await visit(two)]
      for (const { person, given, user } of pages.reverse()) {
        assert.equal((await post(person, given, given.state, connected)).ok, true)
        assert.equal((await flow.next('event')).user, user)
      }
    })
  })

  describe('refuses an event', () => {
    beforeEach(() => start())

    it('of another browser: HG_FORBIDDEN, and the right one can still come', async () => {
      const { person, given } = await visit()
      const refused = await post(new Person(), given, given.state, connected)
      assert.deepEqual([refused.status, refused.code, refused.state], [403, 'HG_FORBIDDEN', undefined])
      await caught('HG_FORBIDDEN', /another browser/)
      const { person: other } = await visit()
      assert.equal((await post(other, given, given.state, connected)).status, 403)
      await caught('HG_FORBIDDEN', /another browser/)
      assert.equal((await post(person, given, given.state, connected)).ok, true)
    })

    it('that is replayed: HG_CONFLICT', async () => {
      const { person, given } = await visit()
      await post(person, given, given.state, connected)
      await flow.next('event')
      const replayed = await post(person, given, given.state, connected)
      assert.deepEqual([replayed.status, replayed.code, replayed.state], [409, 'HG_CONFLICT', undefined])
      await caught('HG_CONFLICT', /used already/)
    })

    it('with a state that was never made, or none: HG_NOT_FOUND, HG_FORBIDDEN', async () => {
      const { person, given } = await visit()
      const forged = `${'x'.repeat(43)}.${given.state.split('.')[1]!}`
      assert.equal((await post(person, given, forged, connected)).status, 404)
      await caught('HG_NOT_FOUND', /not known here/)
      assert.equal((await post(person, given, '', connected)).status, 403)
      await caught('HG_FORBIDDEN', /did not leave from here/)
    })

    it('that is posted to another node: HG_FORBIDDEN', async () => {
      const { person, given } = await visit()
      const other = { ...given, post: given.post.replace('connect', 'other') }
      assert.equal((await post(person, other, given.state, connected)).status, 403)
      await caught('HG_FORBIDDEN', /did not leave from here/)
    })

    it('of a page of another site, even with cookie and state: HG_FORBIDDEN', async () => {
      const { person, given } = await visit()
      for (const site of ['cross-site', 'same-site', 'none']) {
        const refused = await post(person, given, given.state, connected, { 'sec-fetch-site': site })
        assert.equal(refused.status, 403)
        await caught('HG_FORBIDDEN', /page that is not of this Node-RED/)
      }
      assert.equal(
        (await post(person, given, given.state, connected, { 'sec-fetch-site': 'same-origin' })).ok,
        true,
      )
    })

    it('that is a form: HG_INPUT', async () => {
      const { person, given } = await visit()
      const refused = await post(person, given, given.state, 'event=close', {
        'content-type': 'application/x-www-form-urlencoded',
      })
      assert.equal(refused.status, 400)
      await caught('HG_INPUT', /not JSON/)
    })

    const bodies: [string, unknown, string][] = [
      ['a JSON body that is cut', '{"event":"clo', 'HG_INPUT'],
      ['no object', '[]', 'HG_INPUT'],
      ['no event', {}, 'HG_INPUT'],
      ['an unknown event', { event: 'delete' }, 'HG_INPUT'],
      ['a status that is none', { event: 'close', status: '<b>' }, 'HG_INPUT'],
      ['a status of the wrong type', { event: 'close', status: 1 }, 'HG_INPUT'],
      ['connections that are no list', { event: 'close', currentConnections: 'all' }, 'HG_INPUT'],
      ['a source without an id', { event: 'close', currentConnections: [{ name: 'x' }] }, 'HG_INPUT'],
      ['more than 64 KiB', { event: 'close', x: 'x'.repeat(70_000) }, 'HG_TOO_LARGE'],
    ]
    for (const [what, body, code] of bodies) {
      it(`with ${what}: ${code}, and the page can go on`, async () => {
        const { person, given } = await visit()
        const refused = await post(person, given, given.state, body)
        assert.deepEqual([refused.ok, refused.code], [false, code])
        await caught(code, /./)
        assert.equal((await post(person, given, refused.state, closed)).ok, true)
      })
    }

    it('by GET: 404, and the state is not used up', async () => {
      const { person, given } = await visit()
      const response = await person.ask(`${flow.url}${given.post}/event?state=${given.state}`)
      assert.equal(response.status, 404)
      assert.equal((await post(person, given, given.state, connected)).ok, true)
    })
  })

  const inputs: [string, Record<string, unknown>, Record<string, unknown>, string, RegExp][] = [
    ['no user', {}, { user: undefined }, 'HG_INPUT', /No user/],
    ['no web request', {}, {}, 'HG_INPUT', /did not come from a browser/],
    ['an unusable style sheet', { styleSheet: 'javascript:1' }, {}, 'HG_INPUT', /style sheet/],
    ['an unusable return URL', { returnUrl: '//evil.example' }, {}, 'HG_INPUT', /return URL/],
    ['a title of the wrong type', { title: 'no', titleType: 'msg' }, { no: {} }, 'HG_INPUT', /title/],
  ]
  for (const [what, node, msg, code, sentence] of inputs) {
    it(`says ${code} for ${what}`, async () => {
      await start(node)
      const error = await flow.failure('connect', {
        user: 'x',
        email: 'x@example.org',
        payload: 'kept',
        ...msg,
      })
      assert.equal(error.code, code)
      assert.match(error.message, sentence)
    })
  }
})
