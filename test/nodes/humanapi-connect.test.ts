import assert from 'node:assert/strict'
import type { Sandbox } from '../../src/sandbox/sandbox'
import { Person } from '../support/person'
import {
  around,
  browserWay,
  Flow,
  temporaryFolder,
  useSandbox,
  withStore,
  type Config,
  type Message,
} from './support/flow'
import { eventsOfPages, WidgetPage } from './support/widget'

const setEmail = { t: 'set', p: 'email', pt: 'msg', to: 'maria@example.org', tot: 'str' }
const nodes = (connect: Partial<Config>, account: Partial<Config>): Config[] => [
  ...around(
    { id: 'connect', type: 'humanapi-connect', wires: [['answer'], ['event']], ...connect },
    ['event'],
    { type: 'humanapi-account', ...account },
  ),
  { id: 'other', type: 'humanapi-connect', z: 'flow', account: 'account', wires: [[], ['event']] },
  ...browserWay('/connect', ['connect', 'other'], [setEmail]),
]

let count = 0
const newUser = () => `connect-${process.pid}-${count++}`
const scale = { name: 'Demo Smart Scale', id: 'scale' }
const connected = {
  event: 'connect',
  status: 'CONNECTED_SOURCE',
  sessionResults: { connectedSources: [scale], disconnectedSources: [], requestedSources: [] },
  currentConnections: [scale],
  requestedProviders: [],
}
const closed = { ...connected, event: 'close', status: 'SUCCESS' }

describe('humanapi-connect', () => {
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
  const open = (person = new Person(), user = newUser()) => WidgetPage.open(flow, 'event', user, person)

  describe('makes a page', () => {
    it("that loads the account's script under a strict policy, and holds a session but no secret", async () => {
      await start()
      const { text, headers, given } = await open()
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
      const again = await open()
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
      const { text, headers } = await open()
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
      const { given } = await open(new Person(), 'demo')
      await flow.close('account')
      const kept = await withStore(flow.userDir, ({ connections }) =>
        connections.get('humanapi-account:account:sandbox', 'demo'),
      )
      assert.equal(given.values.token, kept?.tokens.id_token)
    })

    it('whose events come from it under the public URL, or under the address of the request', async () => {
      const { clientId, clientSecret } = provider.demo.humanapi
      const publicUrl = 'http://flows.example.org/nodes'
      const custom = { environment: 'custom', publicUrl, urls: provider.urls.humanapi }
      await start({}, custom, { credentials: { account: { clientId, clientSecret } } })
      const page = await open()
      // The path is as browsers see it; the proxy that leads here takes its beginning off.
      const at = page.given.post.replace('/nodes', '')
      for (const [origin, status] of [
        ['http://flows.example.org', 200],
        [new URL(flow.url).origin, 200],
        ['https://flows.example.org', 403],
        ['http://example.org', 403],
      ] as const) {
        const answer = await page.post({ ...closed, status: origin }, { at, headers: { origin } })
        assert.equal(answer.status, status, origin)
      }
    })

    it("that lets the vendor's frame in wherever the vendor's script comes from", async () => {
      const { connectFrame, ...urls } = provider.urls.humanapi
      const { clientId, clientSecret } = provider.demo.humanapi
      await start(
        {},
        {
          environment: 'custom',
          publicUrl: 'http://127.0.0.1:1880',
          urls: { ...urls, connectScript: 'https://static.example.org/humanapi-connect-client.js' },
        },
        { credentials: { account: { clientId, clientSecret } } },
      )
      const { headers } = await open()
      const policy = headers.get('content-security-policy') ?? ''
      for (const what of ['frame-src', "img-src 'self'"]) {
        assert.ok(
          policy.includes(`; ${what} https://static.example.org https://hapi-connect.humanapi.co;`),
          policy,
        )
      }
      assert.match(policy, /script-src 'nonce-[^']+' https:\/\/static\.example\.org;/)
      assert.ok(!policy.includes(connectFrame))
    })

    it('for who comes from a browser, and begins no session for anybody else', async () => {
      await start()
      const user = newUser()
      const error = await flow.failure('connect', { user, email: 'x@example.org' })
      assert.match(error.message, /did not come from a browser/)
      assert.throws(() => provider.humanapi.expireTokens(user), RangeError, 'the user is known to Human API')
    })
  })

  describe('turns events of the page into messages', () => {
    it('one after the other', async () => {
      await start({ returnUrl: '/done?x=1' })
      const page = await open()
      const first = await page.post(connected)
      assert.deepEqual([first.status, first.ok, first.goTo], [200, true, undefined])
      const second = await page.post(closed)
      assert.deepEqual([second.ok, second.goTo], [true, '/done?x=1'])
      const one = (await flow.next('event')) as Message & { returnUrl: string }
      assert.deepEqual(one.payload, connected)
      const { user = '' } = one
      assert.deepEqual(
        [one.returnUrl, one.health?.operation, one.health?.user],
        ['/done?x=1', 'connect', user],
      )
      assert.match(user, /^connect-/)
      const { payload, ...last } = await flow.next('event')
      assert.deepEqual(payload, closed)
      const token = page.given.values.token ?? assert.fail('no token')
      assert.ok(!JSON.stringify([one, last]).includes(token))
    })

    it('with what can be read of them, as the vendor writes it', async () => {
      await start()
      const page = await open()
      const provider = {
        address: '1 Main St',
        healthSystem: 'Example',
        location: { latitude: 1.5, longitude: -2 },
        physician: 'Dr. Example',
        website: 'https://example.org',
      }
      const odd = {
        event: 'close',
        status: 'USER ENDED: WAIT',
        sessionResults: {
          connectedSources: [{ name: 'no id' }, { id: 7 }, { name: ['x'] }, 'x', null],
          disconnectedSources: 'none',
          requestedSources: [scale],
        },
        currentConnections: [{ ...scale, secret: 'x' }],
        requestedProviders: [{ ...provider, secret: 'x' }, { website: 'y', location: { latitude: 'x' } }, {}],
      }
      assert.equal((await page.post(odd)).ok, true)
      assert.deepEqual((await flow.next('event')).payload, {
        event: 'close',
        status: 'USER ENDED: WAIT',
        sessionResults: {
          connectedSources: [{ name: 'no id' }, { id: '7' }],
          disconnectedSources: [],
          requestedSources: [scale],
        },
        currentConnections: [scale],
        requestedProviders: [provider, { website: 'y' }],
      })
      assert.equal((await page.post({ event: 'close' })).ok, true)
      assert.deepEqual((await flow.next('event')).payload, {
        event: 'close',
        status: '',
        sessionResults: { connectedSources: [], disconnectedSources: [], requestedSources: [] },
        currentConnections: [],
        requestedProviders: [],
      })
    })

    for (const body of [{}, { event: 'delete' }, { event: ['close'] }]) {
      it(`but for ${JSON.stringify(body)}, which is none of Connect: HG_INPUT`, async () => {
        await start()
        const page = await open()
        const refused = await page.post(body)
        assert.deepEqual([refused.status, refused.code, refused.next], [400, 'HG_INPUT', 2])
        await flow.caught('HG_INPUT', /no event of Connect/)
        assert.equal((await page.post(closed)).ok, true)
      })
    }

    for (const status of ['SESSION_TOKEN_INVALID', 'SESSION_TOKEN_EXPIRED', 'MISSING_SESSION_TOKEN']) {
      it(`closed with ${status}: the next page has another token`, async () => {
        const userDir = await temporaryFolder()
        await start({ returnUrl: '/done' }, {}, { userDir, keep: true })
        const user = newUser()
        const page = await open(new Person(), user)
        const { goTo } = await page.post({ event: 'close', status })
        assert.equal(goTo, undefined)
        assert.equal((await flow.next('event')).user, user)
        const next = await open(new Person(), user)
        assert.notEqual(next.given.values.token, page.given.values.token)
        await flow.stop()

        // After a restart it is the store that has the token, until the page tells.
        await start({}, {}, { userDir })
        assert.equal((await next.movedTo(flow).post({ event: 'close', status })).ok, true)
        const last = await open(new Person(), user)
        assert.notEqual(last.given.values.token, next.given.values.token)
      })
    }

    it('and knows then which token the person needs', async () => {
      await start()
      const user = newUser()
      const page = await open(new Person(), user)
      provider.humanapi.connect(user, provider.humanapi.sources[0]!.id)
      await page.post(connected)
      const undo = misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500, after: 1 })
      // One request only: for an id token at once, not for a session first.
      const returning = await open(new Person(), user)
      assert.notEqual(returning.given.values.token, page.given.values.token)
      undo()

      provider.humanapi.disconnect(user, provider.humanapi.sources[0]!.id)
      await returning.post({ event: 'close', status: 'SUCCESS', currentConnections: [] })
      misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500, after: 1 })
      const last = await open(new Person(), user)
      assert.notEqual(last.given.values.token, returning.given.values.token)
    })

    it('of two tabs of one browser, and of two people', async () => {
      await start()
      const [one, two] = [new Person(), new Person()]
      const users = [newUser(), newUser(), newUser()]
      const pages = [await open(one, users[0]), await open(one, users[1]), await open(two, users[2])]
      for (const page of pages.reverse()) {
        assert.equal((await page.post(connected)).ok, true)
        assert.equal((await flow.next('event')).user, users.pop())
      }
    })

    it('but not of a page that was made in another environment: HG_NOT_FOUND', async () => {
      const userDir = await temporaryFolder()
      await start({}, {}, { userDir, keep: true })
      const page = await open()
      await flow.stop()
      const { clientId, clientSecret } = provider.demo.humanapi
      const custom = {
        environment: 'custom',
        publicUrl: 'http://127.0.0.1:1880',
        urls: provider.urls.humanapi,
      }
      await start({}, custom, { userDir, credentials: { account: { clientId, clientSecret } } })
      assert.equal((await page.movedTo(flow).post(closed)).status, 404)
      await flow.caught('HG_NOT_FOUND')
    })
  })

  let events = 0
  eventsOfPages({
    flow: () => flow,
    start: (options) => start({}, {}, options),
    open,
    body: () => Promise.resolve({ ...closed, status: `SUCCESS-${events++}` }),
    event: 'event',
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
