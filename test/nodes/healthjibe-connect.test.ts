import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { Person, type Page } from '../support/person'
import {
  around,
  browserWay,
  connect,
  Flow,
  listener,
  temporaryFolder,
  useSandbox,
  withStore,
  type Caught,
  type Config,
  type Message,
} from './support/flow'

const nodes = (
  connect: Partial<Config> = {},
  account: Partial<Config> = {},
  rules: Record<string, string>[] = [],
): Config[] => [
  ...around(
    { id: 'connect', type: 'healthjibe-connect', wires: [['answer'], ['connected']], ...connect },
    ['connected'],
    account,
  ),
  ...browserWay('/connect', ['connect'], rules),
]
const sending: Config[] = [
  { id: 'notify', type: 'healthjibe-notify', z: 'flow', account: 'account', wires: [['sent'], ['stopped']] },
  ...['sent', 'stopped'].map(listener),
]

describe('healthjibe-connect', () => {
  let provider: Sandbox
  let flow: Flow
  const misbehave = useSandbox((running) => (provider = running))
  afterEach(() => flow.stop())

  async function start(connect: Partial<Config> = {}, account: Partial<Config> = {}): Promise<void> {
    flow = await Flow.start([...nodes(connect, account), ...sending])
  }

  async function authorize(person: Person, who = 'maria'): Promise<Page> {
    const page = await person.visit(`${flow.url}/connect?who=${who}`)
    assert.equal(page.status, 200, page.text)
    assert.ok(page.url.startsWith(provider.urls.razcode.authorize))
    return page
  }

  const login = () => ({ email: provider.demo.login.email, password: provider.demo.login.password })

  /** Stops before the way back: the address to which the provider sends the browser after a button is pressed. */
  function wayBack(person: Person, page: Page, button: string): Promise<string> {
    return person.press(page, button, button === 'Approve' ? login() : {})
  }

  async function caught(code: string, sentence?: RegExp): Promise<Message & { error: Caught }> {
    const msg = await flow.caught(code, sentence)
    assert.equal(flow.pending('connected'), 0)
    return msg
  }

  it('connects a person in five steps, who can be sent records from then on', async () => {
    await start()
    const person = new Person()
    const configure = await person.submit(await authorize(person), 'Approve', login())
    assert.ok(configure.url.startsWith(provider.urls.razcode.configure), configure.text)
    const end = await person.submit(configure, 'Save and go back')
    assert.equal(end.status, 200)
    assert.match(end.text, /page\.connected\.title/)

    const { payload, user, health } = await flow.next('connected')
    const { grantedAt, ...rest } = payload as Record<string, unknown>
    assert.deepEqual(rest, {
      user: 'maria',
      provider: 'healthjibe',
      notificationStatus: true,
      lastUsedAt: undefined,
    })
    assert.ok(Math.abs(Date.parse(String(grantedAt)) - Date.now()) < 10_000)
    assert.equal(user, 'maria')
    assert.equal(health?.operation, 'connect')
    for (let step = 1; step <= 3; step++) await flow.next('completed')

    flow.send('notify', { payload: 'bp=120/80', user: 'maria' })
    await flow.next('sent')
    assert.equal(provider.documents().at(-1)?.her, 'bp=120/80')
  })

  it('obeys a person who wants nothing sent', async () => {
    await start()
    const person = new Person()
    const configure = await person.submit(await authorize(person), 'Approve', login())
    const end = await person.submit(configure, 'Save and go back', { notify: 'false' })
    assert.match(end.text, /page\.stopped\.title/)
    assert.equal(
      ((await flow.next('connected')).payload as { notificationStatus: boolean }).notificationStatus,
      false,
    )
    flow.send('notify', { payload: 'bp=120/80', user: 'maria' })
    assert.equal((await flow.next('stopped')).payload, 'bp=120/80')
  })

  it('sends the browser to the return URL at the end', async () => {
    await start({ returnUrl: '/connect/done?x=1' })
    const person = new Person()
    const configure = await person.submit(await authorize(person), 'Approve', login())
    const end = await person.submit(configure, 'Save and go back')
    assert.equal(end.url, `${flow.url}/connect/done?x=1`)
  })

  it('keeps two people apart who connect at the same time, and two tabs of one browser', async () => {
    await start()
    const [one, two] = [new Person(), new Person()]
    const [first, second, third] = [
      await authorize(one, 'one'),
      await authorize(two, 'two'),
      await authorize(one, 'three'),
    ]
    const ends = [
      await one.submit(await one.submit(third, 'Approve', login()), 'Save and go back'),
      await two.submit(await two.submit(second, 'Approve', login()), 'Save and go back'),
      await one.submit(await one.submit(first, 'Approve', login()), 'Save and go back'),
    ]
    assert.deepEqual(
      ends.map(({ status }) => status),
      [200, 200, 200],
    )
    const users = [await flow.next('connected'), await flow.next('connected'), await flow.next('connected')]
    assert.deepEqual(
      users.map(({ user }) => user),
      ['three', 'two', 'one'],
    )
  })

  it('goes on after Node-RED was started again in between', async () => {
    const userDir = await temporaryFolder()
    flow = await Flow.start(nodes(), { userDir, keep: true })
    const person = new Person()
    const before = flow.url
    const back = await wayBack(person, await authorize(person), 'Approve')
    await flow.stop()
    flow = await Flow.start(nodes(), { userDir })
    // The test's server has another port now; the cookie is the browser's for this host.
    const cookie = person.cookies(before)
    const response = await fetch(back.replace(before, flow.url), { headers: { cookie }, redirect: 'manual' })
    assert.equal(response.status, 302)
    assert.ok(response.headers.get('location')?.startsWith(provider.urls.razcode.configure))
  })

  describe('refuses a way back', () => {
    beforeEach(() => start())

    it('after the person has refused: HG_FORBIDDEN', async () => {
      const person = new Person()
      const end = await person.submit(await authorize(person), 'Refuse')
      assert.equal(end.status, 403)
      assert.match(end.text, /page\.failed\.title.*HG_FORBIDDEN/)
      assert.equal((await caught('HG_FORBIDDEN', /did not approve/)).user, 'maria')
    })

    it('that was used already: HG_CONFLICT', async () => {
      const person = new Person()
      const back = await wayBack(person, await authorize(person), 'Approve')
      assert.equal((await person.ask(back)).status, 302)
      assert.equal((await person.ask(back)).status, 409)
      await caught('HG_CONFLICT', /used already/)
    })

    it('of another browser: HG_FORBIDDEN, and the right one can still come', async () => {
      const person = new Person()
      const back = await wayBack(person, await authorize(person), 'Approve')
      assert.equal((await new Person().ask(back)).status, 403)
      await caught('HG_FORBIDDEN', /another browser/)
      const other = new Person()
      await authorize(other, 'other')
      assert.equal((await other.ask(back)).status, 403)
      await caught('HG_FORBIDDEN', /another browser/)
      assert.equal((await person.ask(back)).status, 302)
    })

    it('after more than ten minutes: HG_TIMEOUT', async () => {
      const cookie = 'c'.repeat(43)
      const state = `${'s'.repeat(43)}.${createHash('sha256').update(cookie).digest('base64url')}`
      await withStore(flow.userDir, ({ handshakes }) =>
        handshakes.put(state, { step: 'authorize', user: 'maria' }, 1),
      )
      await new Promise((resolve) => setTimeout(resolve, 20))
      const response = await fetch(`${flow.url}/health-gateways/connect/callback?state=${state}`, {
        headers: { cookie: `health_gateways_connect=${cookie}` },
      })
      assert.equal(response.status, 410)
      await caught('HG_TIMEOUT', /longer than ten minutes/)
    })

    it('with a state that was never made: HG_NOT_FOUND', async () => {
      const person = new Person()
      const back = new URL(await wayBack(person, await authorize(person), 'Approve'))
      const [, digest = ''] = (back.searchParams.get('state') ?? '').split('.')
      back.searchParams.set('state', `${'x'.repeat(43)}.${digest}`)
      assert.equal((await person.ask(back.href)).status, 404)
      await caught('HG_NOT_FOUND', /not known here/)
    })

    it('without a state, or with two: HG_FORBIDDEN', async () => {
      const person = new Person()
      await authorize(person)
      for (const query of ['', '?state=a&state=b', '?state=', '?state[x]=1']) {
        const response = await person.ask(`${flow.url}/health-gateways/connect/callback${query}`)
        assert.equal(response.status, 403)
        await caught('HG_FORBIDDEN', /did not leave from here/)
      }
    })

    it('with the token of another exchange: HG_RESPONSE', async () => {
      const person = new Person()
      const back = new URL(await wayBack(person, await authorize(person), 'Approve'))
      back.searchParams.set('oauth_token', 'other')
      assert.equal((await person.ask(back.href)).status, 502)
      await caught('HG_RESPONSE', /request token that it left with/)
    })

    it('with a request token that has expired at the provider: HG_AUTH', async () => {
      const person = new Person()
      const back = await wayBack(person, await authorize(person), 'Approve')
      misbehave({ endpoint: 'accessToken', do: 'expireTokens' })
      assert.equal((await person.ask(back)).status, 502)
      await caught('HG_AUTH', /[Bb]egin again|[Cc]onnect again/)
    })

    it('from the configuration page without a status: HG_RESPONSE, and the connection stays', async () => {
      const person = new Person()
      const configure = await person.submit(await authorize(person), 'Approve', login())
      const back = new URL(await wayBack(person, configure, 'Save and go back'))
      back.searchParams.delete('raz_notification_status')
      assert.equal((await person.ask(back.href)).status, 502)
      await caught('HG_RESPONSE', /raz_notification_status/)
      flow.send('notify', { payload: 'bp=120/80', user: 'maria' })
      await flow.next('sent')
    })

    it('for a node that is not there, or a part of it that is not: 404', async () => {
      assert.equal((await fetch(`${flow.url}/health-gateways/none/callback`)).status, 404)
      for (const part of ['other', 'constructor', '__proto__']) {
        assert.equal((await fetch(`${flow.url}/health-gateways/connect/${part}`)).status, 404)
      }
      await flow.close('connect')
      assert.equal((await fetch(`${flow.url}/health-gateways/connect/callback`)).status, 404)
    })

    it('with a state in other characters than ours: HG_FORBIDDEN', async () => {
      const person = new Person()
      await authorize(person)
      const response = await person.ask(
        `${flow.url}/health-gateways/connect/callback?state=x.${encodeURIComponent('é'.repeat(43))}`,
      )
      assert.equal(response.status, 403)
      await caught('HG_FORBIDDEN', /did not leave from here/)
    })

    it('by HEAD, which does not use it up', async () => {
      const person = new Person()
      const back = await wayBack(person, await authorize(person), 'Approve')
      assert.equal((await person.ask(back, { method: 'HEAD' })).status, 405)
      assert.equal((await person.ask(back)).status, 302)
    })

    it('with a parameter twice: HG_RESPONSE', async () => {
      const person = new Person()
      const back = await wayBack(person, await authorize(person), 'Approve')
      assert.equal((await person.ask(`${back}&oauth_verifier=other`)).status, 502)
      await caught('HG_RESPONSE', /without the verifier/)
    })

    it('from the configuration page with the token of another connection: HG_RESPONSE', async () => {
      const person = new Person()
      const configure = await person.submit(await authorize(person), 'Approve', login())
      const back = new URL(await wayBack(person, configure, 'Save and go back'))
      back.searchParams.set('oauth_token', 'other')
      assert.equal((await person.ask(back.href)).status, 502)
      await caught('HG_RESPONSE', /token of another connection/)
    })

    it('to a connection that was forgotten meanwhile: HG_CONFLICT', async () => {
      const person = new Person()
      const configure = await person.submit(await authorize(person), 'Approve', login())
      await withStore(flow.userDir, ({ connections }) =>
        connections.forget('razcode-account:account:sandbox', 'maria'),
      )
      const back = await wayBack(person, configure, 'Save and go back')
      assert.equal((await person.ask(back)).status, 409)
      await caught('HG_CONFLICT', /anew or forgotten/)
    })

    it('to a connection that was made anew meanwhile: HG_CONFLICT, and the choice for the earlier one is not taken', async () => {
      const person = new Person()
      const earlier = await person.submit(await authorize(person), 'Approve', login())
      const back = await wayBack(person, earlier, 'Save and go back')
      const later = await person.submit(await authorize(person), 'Approve', login())
      await person.submit(later, 'Save and go back', { notify: 'false' })
      await flow.next('connected')
      assert.equal((await person.ask(back)).status, 409)
      await caught('HG_CONFLICT', /anew or forgotten/)
      flow.send('notify', { payload: 'bp=120/80', user: 'maria' })
      await flow.next('stopped')
    })

    it('to another node than it left from: HG_NOT_FOUND', async () => {
      await flow.stop()
      const other = {
        id: 'other',
        type: 'razcode-activate',
        z: 'flow',
        account: 'account',
        wires: [[], ['connected']],
      }
      flow = await Flow.start([...nodes(), ...sending, other])
      const person = new Person()
      const back = (await wayBack(person, await authorize(person), 'Approve')).replace('/connect/', '/other/')
      const cookie = person.cookies(flow.url).replace('health_gateways_connect', 'health_gateways_other')
      assert.equal((await fetch(back, { headers: { cookie } })).status, 404)
      await caught('HG_NOT_FOUND', /not known here/)
    })

    it('that was begun in another environment: HG_NOT_FOUND', async () => {
      const cookie = 'c'.repeat(43)
      const state = `${'s'.repeat(43)}.${createHash('sha256').update(cookie).digest('base64url')}`
      const scope = 'razcode-account:account:live'
      await withStore(flow.userDir, ({ handshakes }) =>
        handshakes.put(state, { step: 'authorize', user: 'maria', scope }, 60_000),
      )
      const response = await fetch(`${flow.url}/health-gateways/connect/callback?state=${state}`, {
        headers: { cookie: `health_gateways_connect=${cookie}` },
      })
      assert.equal(response.status, 404)
      await caught('HG_NOT_FOUND', /not known here/)
    })
  })

  it('shows pages that hold no script and are not kept', async () => {
    await start()
    const response = await fetch(`${flow.url}/health-gateways/connect/callback?state=%3Cscript%3E`)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    assert.doesNotMatch(await response.text(), /<script/)
  })

  it('says HG_INPUT without a web request, and without a user', async () => {
    await start()
    flow.send('connect', { user: 'maria' })
    await caught('HG_INPUT', /http in/)
    const response = fetch(`${flow.url}/connect`, { signal: AbortSignal.timeout(1000) }).catch(
      () => undefined,
    )
    await caught('HG_INPUT', /No user/)
    await response
  })

  it('says HG_INPUT for a return URL that leads elsewhere', async () => {
    for (const returnUrl of ['//evil.example', '/\\evil.example', 'javascript:alert(1)', 'x', '/a\r\nb: c']) {
      await start({ returnUrl })
      fetch(`${flow.url}/connect?who=maria`, { signal: AbortSignal.timeout(500) }).catch(() => undefined)
      await caught('HG_INPUT', /return URL/)
      await flow.stop()
    }
    await start()
  })

  it('says HG_CONFIG without a public URL, outside of the sandbox', async () => {
    const credentials = { account: { consumerKey: 'key', consumerSecret: 'secret' } }
    for (const publicUrl of ['', 'flows.example.org', 'ftp://flows.example.org']) {
      flow = await Flow.start(nodes({}, { environment: 'custom', publicUrl }), { credentials })
      fetch(`${flow.url}/connect?who=maria`, { signal: AbortSignal.timeout(500) }).catch(() => undefined)
      await caught('HG_CONFIG', /public URL/)
      if (publicUrl !== 'ftp://flows.example.org') await flow.stop()
    }
  })

  it('uses the public URL of the account, with its path', async () => {
    const { key, secret } = provider.demo.consumer
    const account = {
      environment: 'custom',
      urls: provider.urls.razcode,
      publicUrl: 'https://flows.example.org/red/',
    }
    flow = await Flow.start(nodes({}, account), {
      credentials: { account: { consumerKey: key, consumerSecret: secret } },
    })
    const person = new Person()
    const response = await person.ask(`${flow.url}/connect?who=maria`)
    assert.match(
      response.headers.get('set-cookie') ?? '',
      /^__Host-health_gateways_connect=.*Path=\/;.*HttpOnly; Secure; SameSite=Lax/,
    )
    const page = await person.visit(response.headers.get('location') ?? '')
    const back = await wayBack(person, page, 'Approve')
    assert.ok(back.startsWith('https://flows.example.org/red/health-gateways/connect/callback?state='))
  })

  it('warns of a provider that does not confirm the callback', async () => {
    await start()
    misbehave({ endpoint: 'requestToken', do: 'noCallbackConfirmed' })
    await authorize(new Person())
    assert.match(flow.log(), /oauth_callback_confirmed/)
  })

  it('says HG_AUTH for a wrong consumer secret', async () => {
    flow = await Flow.start(nodes(), {
      credentials: { account: { consumerKey: provider.demo.consumer.key, consumerSecret: 'wrong' } },
    })
    fetch(`${flow.url}/connect?who=maria`, { signal: AbortSignal.timeout(500) }).catch(() => undefined)
    await caught('HG_AUTH', /consumer/)
  })

  const answers: [string, Misbehaviour, string][] = [
    ['a web page', { do: 'html' }, 'HG_RESPONSE'],
    ['garbage', { do: 'garbage' }, 'HG_RESPONSE'],
    ['nothing', { do: 'empty' }, 'HG_RESPONSE'],
    ['a closed connection', { do: 'close' }, 'HG_UNAVAILABLE'],
    ['503', { do: 'status', code: 503 }, 'HG_UNAVAILABLE'],
  ]
  for (const [what, rule, code] of answers) {
    it(`says ${code} for ${what} in place of a request token`, async () => {
      await start()
      misbehave({ endpoint: 'requestToken', ...rule })
      fetch(`${flow.url}/connect?who=maria`, { signal: AbortSignal.timeout(500) }).catch(() => undefined)
      await caught(code)
    })
  }

  it('lets a "stop" stand until the person has chosen again', async () => {
    await start()
    const person = new Person()
    const configure = await person.submit(await authorize(person), 'Approve', login())
    await person.submit(configure, 'Save and go back', { notify: 'false' })
    await person.submit(await authorize(person), 'Approve', login())
    flow.send('notify', { payload: 'bp=120/80', user: 'maria' })
    await flow.next('stopped')
  })

  it('keeps the cookies that the message sets already', async () => {
    const cookies = { mine: { value: '1', path: '/' } }
    const rules = [{ t: 'set', p: 'cookies', pt: 'msg', to: JSON.stringify(cookies), tot: 'json' }]
    flow = await Flow.start(nodes({}, {}, rules))
    const response = await new Person().ask(`${flow.url}/connect?who=maria`)
    assert.deepEqual(
      response.headers.getSetCookie().map((cookie) => cookie.split('=')[0]),
      ['mine', 'health_gateways_connect'],
    )
  })

  it('replaces an earlier connection of the same user', async () => {
    const userDir = await temporaryFolder()
    await connect(userDir, {
      account: 'razcode-account:account:sandbox',
      user: 'maria',
      provider: 'healthjibe',
      tokens: { oauth_token: 'old', oauth_token_secret: 'old' },
      notificationStatus: false,
      grantedAt: '2020-01-01T00:00:00.000Z',
    })
    flow = await Flow.start([...nodes(), ...sending], { userDir })
    const person = new Person()
    await person.submit(await person.submit(await authorize(person), 'Approve', login()), 'Save and go back')
    await flow.next('connected')
    flow.send('notify', { payload: 'bp=120/80', user: 'maria' })
    await flow.next('sent')
  })

  it('tells HealthJibe the id of the user where the node says so', async () => {
    await start({ sendUser: true })
    const person = new Person()
    const configure = await person.submit(await authorize(person, 'maria%207'), 'Approve', login())
    assert.equal(new URL(configure.url).searchParams.get('user'), 'maria 7')
    assert.match(configure.text, /known as <strong>maria 7/)
  })

  describe('configure', () => {
    const configured = async (person: Person, choice: Record<string, string | string[]> = {}) => {
      const page = await person.visit(`${flow.url}/connect?who=demo`)
      assert.ok(page.url.startsWith(provider.urls.razcode.configure), page.text)
      return person.submit(page, 'Save and go back', choice)
    }

    it('lets a connected user choose again, without another exchange, and obeys what they say', async () => {
      await start({ action: 'configure' })
      misbehave({ endpoint: 'requestToken', do: 'status', code: 500 })
      misbehave({ endpoint: 'accessToken', do: 'status', code: 500 })
      const person = new Person()
      assert.match((await configured(person, { notify: 'false' })).text, /page\.stopped\.title/)
      const { payload, user, health } = await flow.next('connected')
      assert.deepEqual(
        [(payload as { notificationStatus: boolean }).notificationStatus, user, health?.operation],
        [false, 'demo', 'configure'],
      )
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      await flow.next('stopped')

      assert.match((await configured(person, { notify: 'true' })).text, /page\.connected\.title/)
      await flow.next('connected')
      flow.send('notify', { payload: 'bp=121/80', user: 'demo' })
      await flow.next('sent')
    })

    it('sends along the id of the user only where the node says so', async () => {
      for (const sendUser of [false, true]) {
        await start({ action: 'configure', sendUser })
        const { url } = await new Person().visit(`${flow.url}/connect?who=demo`)
        assert.equal(new URL(url).searchParams.get('user'), sendUser ? 'demo' : null)
        if (!sendUser) await flow.stop()
      }
    })

    it('says HG_NOT_CONNECTED for a user who is not, and HG_INPUT for none', async () => {
      await start({ action: 'configure' })
      for (const [who, code] of [
        ['nobody', 'HG_NOT_CONNECTED'],
        ['', 'HG_INPUT'],
      ]) {
        fetch(`${flow.url}/connect?who=${who}`, { signal: AbortSignal.timeout(500) }).catch(() => undefined)
        await caught(String(code))
      }
    })

    it('leaves the connection as it is when the browser comes back without a status', async () => {
      await start({ action: 'configure' })
      const person = new Person()
      const page = await person.visit(`${flow.url}/connect?who=demo`)
      const back = new URL(await wayBack(person, page, 'Save and go back'))
      back.searchParams.set('raz_notification_status', 'maybe')
      assert.equal((await person.ask(back.href)).status, 502)
      assert.equal((await caught('HG_RESPONSE', /raz_notification_status/)).user, 'demo')
      flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
      await flow.next('sent')
    })
  })

  describe('signOn', () => {
    const newLogin = () => ({ ...provider.demo.newLogin })
    /** A second node, by which the demo person is connected as `known` first: the sandbox is the same for all tests. */
    const before: Config[] = [
      {
        id: 'request-known',
        type: 'http in',
        z: 'flow',
        url: '/known',
        method: 'get',
        wires: [['connect-known']],
      },
      {
        id: 'connect-known',
        type: 'healthjibe-connect',
        z: 'flow',
        account: 'account',
        user: 'known',
        userType: 'str',
        wires: [['answer'], ['connected']],
      },
    ]
    const startSigningOn = async (more: Partial<Config> = {}) => {
      flow = await Flow.start([...nodes({ action: 'signOn', ...more }), ...sending, ...before])
    }
    const connectKnown = async () => {
      const person = new Person()
      const configure = await person.submit(await person.visit(`${flow.url}/known`), 'Approve', login())
      await person.submit(configure, 'Save and go back')
      assert.equal((await flow.next('connected')).user, 'known')
    }
    const signOnPage = async (person: Person, who?: string) => {
      const page = await person.visit(`${flow.url}/connect${who === undefined ? '' : `?who=${who}`}`)
      assert.ok(page.url.startsWith(provider.urls.razcode.authenticate), page.text)
      return page
    }
    /** Somebody without a connection, on the page that asks whether the integrator may know them. */
    const askedNew = async (person: Person, who?: string) => {
      let page = await person.submit(await person.visit(`${provider.url}/connections`), 'Sign in', newLogin())
      while (page.text.includes('Withdraw</button>')) page = await person.submit(page, 'Withdraw')
      return signOnPage(person, who)
    }

    it('the first time exchanges the request token, later takes the access token for what it is', async () => {
      await startSigningOn()
      const person = new Person()
      const end = await person.submit(await askedNew(person, 'newcomer'), 'Approve')
      assert.match(end.text, /page\.signedOn\.title/)
      const first = await flow.next('connected')
      assert.deepEqual(
        [first.user, first.health?.operation, (first.payload as { firstTime: boolean }).firstTime],
        ['newcomer', 'signOn', true],
      )
      flow.send('notify', { payload: 'bp=120/80', user: 'newcomer' })
      await flow.next('sent')

      misbehave({ endpoint: 'accessToken', do: 'status', code: 500 })
      await person.visit(`${flow.url}/connect?who=newcomer`)
      const later = await flow.next('connected')
      const { firstTime, lastUsedAt, ...payload } = later.payload as Record<string, unknown>
      assert.equal(firstTime, false)
      assert.equal(typeof lastUsedAt, 'string')
      assert.equal(payload.user, 'newcomer')
      assert.doesNotMatch(JSON.stringify(later.payload), /token|secret/)
      flow.send('notify', { payload: 'bp=121/80', user: 'newcomer' })
      await flow.next('sent')
    })

    it('finds out who it is when the flow does not say, and gives somebody new an id', async () => {
      await startSigningOn()
      await connectKnown()
      const known = new Person()
      await known.submit(await signOnPage(known), 'Sign in', login())
      assert.equal((await flow.next('connected')).user, 'known')

      const newcomer = new Person()
      await newcomer.submit(await askedNew(newcomer), 'Approve')
      const { user } = await flow.next('connected')
      assert.match(user ?? '', /^healthjibe-[\da-f-]{36}$/)
      await newcomer.visit(`${flow.url}/connect`)
      assert.equal((await flow.next('connected')).user, user)
    })

    it('gives the return URL to the flow, which may hold what tells it whose browser that was', async () => {
      await startSigningOn({ returnUrl: '/connect/welcome?nonce=7' })
      await connectKnown()
      const person = new Person()
      const end = await person.submit(await signOnPage(person), 'Sign in', login())
      assert.equal(end.url, `${flow.url}/connect/welcome?nonce=7`)
      assert.equal((await flow.next('connected')).returnUrl, '/connect/welcome?nonce=7')
    })

    it('says HG_FORBIDDEN when another person signs on than the flow expects', async () => {
      await startSigningOn()
      await connectKnown()
      const person = new Person()
      assert.equal((await person.submit(await signOnPage(person, 'maria'), 'Sign in', login())).status, 403)
      await caught('HG_FORBIDDEN', /Another person than the user "maria"/)
    })

    it('says HG_INPUT for somebody that the flow means to name, and does not', async () => {
      await startSigningOn()
      for (const user of ['', ' ', null, {}, [], NaN]) {
        assert.equal((await flow.failure('connect', { user })).code, 'HG_INPUT')
      }
    })

    it('says HG_FORBIDDEN for somebody new in the place of a user who is connected, who stays so', async () => {
      await startSigningOn()
      await connectKnown()
      const person = new Person()
      assert.equal((await person.submit(await askedNew(person, 'known'), 'Approve')).status, 403)
      await caught('HG_FORBIDDEN', /"known" is connected already, as another person/)
      flow.send('notify', { payload: 'bp=120/80', user: 'known' })
      await flow.next('sent')
      assert.equal(provider.documents().at(-1)?.person, login().email)
    })

    it('lets somebody new take the place of a connection that was withdrawn', async () => {
      await startSigningOn()
      const person = new Person()
      await person.submit(await askedNew(person, 'newcomer'), 'Approve')
      await flow.next('connected')
      const again = new Person()
      await again.submit(await askedNew(again, 'newcomer'), 'Approve')
      assert.equal(((await flow.next('connected')).payload as { firstTime: boolean }).firstTime, true)
      flow.send('notify', { payload: 'bp=120/80', user: 'newcomer' })
      await flow.next('sent')
    })

    it('says HG_AUTH for an access token that the person has withdrawn', async () => {
      await startSigningOn()
      const person = new Person()
      await person.submit(await askedNew(person, 'newcomer'), 'Approve')
      await flow.next('connected')
      const stolen = await withStore(flow.userDir, async ({ connections }) => {
        const kept = await connections.get('razcode-account:account:sandbox', 'newcomer')
        return kept?.tokens.oauth_token ?? ''
      })
      const thief = new Person()
      const page = await askedNew(thief)
      const back = new URL(await wayBack(thief, page, 'Refuse'))
      back.search = new URLSearchParams({
        state: back.searchParams.get('state') ?? '',
        oauth_token: stolen,
      }).toString()
      assert.equal((await thief.ask(back.href)).status, 502)
      await caught('HG_AUTH', /user "newcomer" is not accepted any more/)
    })

    it('says HG_NOT_CONNECTED for a person whose connection is not kept any more', async () => {
      await startSigningOn()
      await connectKnown()
      await withStore(flow.userDir, ({ connections }) =>
        connections.forget('razcode-account:account:sandbox', 'known'),
      )
      const person = new Person()
      assert.equal((await person.submit(await signOnPage(person), 'Sign in', login())).status, 502)
      await caught('HG_NOT_CONNECTED', /not kept here/)
    })

    it('says HG_FORBIDDEN for a person who refuses', async () => {
      await startSigningOn()
      const person = new Person()
      assert.equal((await person.submit(await askedNew(person), 'Refuse')).status, 403)
      await caught('HG_FORBIDDEN', /did not approve/)
    })
  })

  it('says HG_CONFIG for an action that is not known', async () => {
    await start({ action: 'disconnect' })
    fetch(`${flow.url}/connect?who=maria`, { signal: AbortSignal.timeout(500) }).catch(() => undefined)
    await caught('HG_CONFIG', /action of this node is not known/)
  })
})
