import assert from 'node:assert/strict'
import { HttpClient } from '../../../src/http/client'
import { calendarDay } from '../../../src/providers/healthjibe/calendar-day'
import { HealthJibeClient, type HmsQuery } from '../../../src/providers/healthjibe/client'
import { gatewayEndpoints, RazcodeGateway } from '../../../src/providers/razcode/gateway'
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox'
import { failure } from '../../support/failing'
import { startFaultyServer } from '../../support/faulty-server'
import { Person } from '../../support/person'
import { listen } from '../../support/server'
import { callback, decide, gatewayOf } from './support'

const ccr = '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Given>Zebulon</Given></ContinuityOfCareRecord>'

describe('HealthJibe', () => {
  let sandbox: Sandbox
  let http: HttpClient
  let client: HealthJibeClient
  const grant = () => {
    const { user, ...tokens } = sandbox.demo.connectedUser
    return { user, tokens }
  }
  const clientWith = (secret: string) => new HealthJibeClient(gatewayOf(sandbox, http, { secret }))

  beforeEach(async () => {
    sandbox = await startSandbox()
    http = new HttpClient({ proxy: 'none', timeoutMs: 2000 })
    client = clientWith(sandbox.demo.consumer.secret)
  })
  afterEach(async () => {
    await http.close()
    await sandbox.close()
  })

  it('has the addresses of the published pages', () => {
    assert.deepEqual(gatewayEndpoints, {
      requestToken: 'https://www.razcode.net/request-token.ashx',
      accessToken: 'https://www.razcode.net/access-token.ashx',
      activate: 'https://www.razcode.com/platform/activate',
      stage: 'http://www.razcode.net/gateway/stage',
      stageUrl: 'https://www.razcode.net/gateway/stage/url',
      authorize: 'https://www.healthjibe.net/jibe/authorize',
      authenticate: 'https://www.healthjibe.net/jibe/authenticate',
      configure: 'https://www.healthjibe.net/jibe/configure',
      sourceNotification: 'https://www.razcode.net/gateway/sourcenotification',
      hmsList: 'https://www.razcode.net/gateway/hmslist',
      hmsRead: 'https://www.razcode.net/gateway/hmsread',
    })
  })

  it('connects in five steps, and sends', async () => {
    const pending = await client.beginConnect(callback)
    assert.equal(pending.callbackConfirmed, true)
    const { email, password } = sandbox.demo.login
    const authorized = await decide(pending.page, 'Approve', { email, password })
    const tokens = await client.finishAuthorization(pending, authorized)
    const connection = { user: 'maria', tokens: { ...tokens } }
    const back = await decide(await client.configurePage(connection, callback), 'Save and go back')
    assert.equal(back.state, '1')
    assert.equal(back.oauth_token, tokens.oauth_token)
    assert.equal(client.notificationStatus(back), true)

    const answer = await client.notify(connection, ccr)
    assert.equal(answer.statusCode, 200)
    assert.equal(sandbox.documents().at(-1)?.her, ccr)
  })

  it('learns that the person wants nothing sent', async () => {
    const back = await decide(await client.configurePage(grant(), callback), 'Save and go back', {
      notify: 'false',
    })
    assert.equal(client.notificationStatus(back), false)
  })

  it('does not guess a notification status', () => {
    for (const status of [undefined, '', 'yes', '0']) {
      assert.throws(() => client.notificationStatus({ raz_notification_status: status }), {
        code: 'HG_RESPONSE',
      })
    }
    assert.equal(client.notificationStatus({ raz_notification_status: 'False' }), false)
  })

  it('tells a refusal by the person from a failure', async () => {
    const pending = await client.beginConnect(callback)
    const refused = await decide(pending.page, 'Refuse')
    assert.equal((await failure(client.finishAuthorization(pending, refused))).code, 'HG_FORBIDDEN')
    const denied = { denied: pending.token }
    assert.equal((await failure(client.finishAuthorization(pending, denied))).code, 'HG_FORBIDDEN')
    const other = await failure(client.finishAuthorization(pending, { oauth_problem: 'system_down' }))
    assert.equal(other.code, 'HG_REJECTED')
  })

  it('refuses a way back with another token or without a verifier', async () => {
    const pending = await client.beginConnect(callback)
    for (const query of [{}, { oauth_token: pending.token }, { oauth_token: 'other', oauth_verifier: 'v' }]) {
      assert.equal((await failure(client.finishAuthorization(pending, query))).code, 'HG_RESPONSE')
    }
  })

  it('says HG_AUTH for a wrong verifier, a wrong consumer secret and an expired request token', async () => {
    const pending = await client.beginConnect(callback)
    const query = { oauth_token: pending.token, oauth_verifier: 'wrong' }
    assert.equal((await failure(client.finishAuthorization(pending, query))).code, 'HG_AUTH')
    assert.equal((await failure(clientWith('wrong').beginConnect(callback))).code, 'HG_AUTH')
    sandbox.misbehave({ endpoint: 'accessToken', do: 'expireTokens' })
    const next = await client.beginConnect(callback)
    const { email, password } = sandbox.demo.login
    const authorized = await decide(next.page, 'Approve', { email, password })
    assert.equal((await failure(client.finishAuthorization(next, authorized))).code, 'HG_AUTH')
  })

  it('notices that a callback was not confirmed', async () => {
    sandbox.misbehave({ endpoint: 'requestToken', do: 'noCallbackConfirmed' })
    assert.equal((await client.beginConnect(callback)).callbackConfirmed, false)
  })

  it('sends a document of several MB as it is', async () => {
    const text = `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">${'<Text>Grüße & 𝄞 + %</Text>'.replace('&', '&amp;').repeat(150_000)}</ContinuityOfCareRecord>`
    assert.equal((await client.notify(grant(), text)).statusCode, 200)
    assert.ok(sandbox.documents().at(-1)?.her === text)
  })

  it('says whose connection is not accepted any more, and does not try again', async () => {
    // Once only: a second try would succeed.
    sandbox.misbehave({ endpoint: 'sourceNotification', do: 'expireTokens', times: 1 })
    const error = await failure(client.notify(grant(), ccr))
    assert.equal(error.code, 'HG_AUTH')
    assert.match(error.message, /user "demo".*connect again/)
  })

  it('follows the clock of the gateway, and tells a refused time from a revoked token', async () => {
    const stamps: number[] = []
    const server = await listen((request, response) => {
      stamps.push(Number(/oauth_timestamp="(\d+)"/.exec(request.headers.authorization ?? '')?.[1]))
      response.statusCode = 401
      response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString())
      request.resume().on('end', () => response.end('oauth_problem=timestamp_refused'))
    })
    const { key: consumerKey, secret: consumerSecret } = sandbox.demo.consumer
    const endpoints = { ...sandbox.urls.razcode, sourceNotification: `${server.url}/` }
    const late = new HealthJibeClient(new RazcodeGateway({ consumerKey, consumerSecret, endpoints, http }))
    try {
      for (let n = 0; n < 2; n++) {
        const error = await failure(late.notify(grant(), ccr))
        assert.equal(error.code, 'HG_AUTH')
        assert.match(
          error.message,
          /timestamp_refused.*Send it again.*clock of this machine is \d+ seconds behind/,
        )
        assert.equal(error.cause.retryable, true)
      }
      const [first = 0, second = 0] = stamps
      assert.ok(Math.abs(second - first - 3600) < 60, `${first} ${second}`)
    } finally {
      await server.close()
    }
  })

  it('blames the account where the gateway does', async () => {
    const error = await failure(clientWith('wrong').notify(grant(), ccr))
    assert.equal(error.code, 'HG_AUTH')
    assert.match(error.message, /does not accept the account \(signature_invalid\)/)
    assert.deepEqual(error.cause.detail, { problem: 'signature_invalid' })
  })

  it('quotes the reason of a refusal without a word of the document', async () => {
    const text = 'Too long is the name Zebulon.'
    sandbox.misbehave({
      endpoint: 'sourceNotification',
      do: 'body',
      text,
      contentType: 'text/plain',
      code: 400,
    })
    const error = await failure(client.notify(grant(), ccr))
    assert.equal(error.code, 'HG_REJECTED')
    assert.deepEqual(error.cause.detail, { answer: 'Too long is the name [redacted].' })
    assert.ok(!JSON.stringify([error.message, error.cause, error.stack]).includes('Zebulon'))
  })

  it('takes a web page for no answer', async () => {
    sandbox.misbehave({ endpoint: 'sourceNotification', do: 'html' })
    assert.equal((await failure(client.notify(grant(), ccr))).code, 'HG_RESPONSE')
  })

  it('needs a token in the connection', async () => {
    assert.equal((await failure(client.notify({ user: 'demo', tokens: {} }, ccr))).code, 'HG_NOT_CONNECTED')
  })

  describe('changes the configuration of a connection', () => {
    it('with the access token that is stored, and without another exchange', async () => {
      const page = await client.configurePage(grant(), callback)
      const back = await decide(page, 'Save and go back', { notify: 'false' })
      assert.equal(client.notificationStatus(back), false)
      assert.equal(back.oauth_token, grant().tokens.oauth_token)
      assert.ok(back.oauth_verifier)
      const again = await decide(await client.configurePage(grant(), callback), 'Save and go back', {
        notify: 'true',
      })
      assert.equal(client.notificationStatus(again), true)
    })

    it('names the user where the caller has several under one account', async () => {
      const user = 'Ärztin & 7'
      const page = await client.configurePage(grant(), callback, user)
      assert.equal(new URL(page).searchParams.get('user'), user)
      assert.match((await new Person().visit(page)).text, /Ärztin &#?\w+; 7/)
      const without = new URL(await client.configurePage(grant(), callback))
      assert.equal(without.searchParams.has('user'), false)
    })
  })

  describe('signs a person on', () => {
    it('the first time with a request token that is exchanged, later with the access token itself', async () => {
      const person = new Person()
      const first = await client.beginSignOn(callback)
      assert.ok(first.page.startsWith(sandbox.urls.razcode.authenticate))
      const signIn = await person.visit(first.page)
      const leave = await person.submit(signIn, 'Sign in', { ...sandbox.demo.newLogin })
      const back = await decide(leave.url, 'Approve', {}, person)
      assert.ok(back.oauth_verifier)
      const granted = await client.finishSignOn(first, back)
      assert.ok(granted.firstTime)
      assert.equal(
        (await client.hmsList({ user: 'new', tokens: { ...granted.tokens } })).names.length > 0,
        true,
      )

      const later = await client.beginSignOn(callback)
      const location = (await person.ask(later.page)).headers.get('location') ?? ''
      const query = Object.fromEntries(new URL(location).searchParams)
      const known = await client.finishSignOn(later, query)
      assert.deepEqual(known, { firstTime: false, accessToken: granted.tokens.oauth_token })
    })

    it('and tells a refusal from a failure', async () => {
      const pending = await client.beginSignOn(callback)
      const refusals = [
        { oauth_problem: 'user_refused' },
        { denied: pending.token },
        { oauth_problem: 'user_refused', oauth_token: 'another' },
      ]
      for (const query of refusals) {
        assert.equal((await failure(client.finishSignOn(pending, query))).code, 'HG_FORBIDDEN')
      }
      assert.equal((await failure(client.finishSignOn(pending, {}))).code, 'HG_RESPONSE')
      const withoutVerifier = { oauth_token: pending.token }
      assert.equal((await failure(client.finishSignOn(pending, withoutVerifier))).code, 'HG_RESPONSE')
    })
  })

  describe('lists the health management services', () => {
    it('as the JSON array of their names', async () => {
      const { names, response } = await client.hmsList(grant())
      assert.ok(names.length > 0)
      assert.deepEqual(names, JSON.parse(response.body.toString()))
    })

    const answers: [string, string][] = [
      ['an object', '{"hms":["a"]}'],
      ['an array of other things', '["a",1]'],
      ['an empty name', '["a",""]'],
      ['no JSON', 'hms1,hms2'],
      ['cut JSON', '["hms1"'],
      ['nothing', ''],
      ['a string', '"hms1"'],
    ]
    for (const [what, text] of answers) {
      it(`says HG_RESPONSE for ${what}`, async () => {
        sandbox.misbehave({ endpoint: 'hmsList', do: 'body', text })
        const error = await failure(client.hmsList(grant()))
        assert.equal(error.code, 'HG_RESPONSE')
        assert.match(error.message, /JSON array of names/)
      })
    }

    it('with a byte order mark', async () => {
      sandbox.misbehave({ endpoint: 'hmsList', do: 'body', text: '\uFEFF["a"]' })
      assert.deepEqual((await client.hmsList(grant())).names, ['a'])
    })

    it('quoting nothing of an answer, which is about a person', async () => {
      const answer = { endpoint: 'hmsList', do: 'body', text: '{"patient":"Maria, HIV"}' } as const
      for (const code of [200, 404]) {
        const undo = sandbox.misbehave({ ...answer, code, contentType: 'text/plain' })
        const error = await failure(client.hmsList(grant()))
        undo()
        assert.doesNotMatch(JSON.stringify([error.message, error.cause, error.stack]), /Maria|HIV/)
      }
    })

    it('takes an empty list for one', async () => {
      sandbox.misbehave({ endpoint: 'hmsList', do: 'body', text: '[]' })
      assert.deepEqual((await client.hmsList(grant())).names, [])
    })

    it('may be asked again when the fate of a request is unknown, since it changes nothing', async () => {
      sandbox.misbehave({ endpoint: 'hmsList', do: 'close', times: 1 })
      const { response } = await client.hmsList(grant())
      assert.equal(response.attempts, 2)
    })
  })

  describe('reads a health management service', () => {
    const day = (text: string) => calendarDay(text, 'day')
    let hms: string
    beforeEach(async () => {
      ;[hms = ''] = (await client.hmsList(grant())).names
    })

    it('sends the days as mmddyyyy, and leaves out what was not asked for', async () => {
      const server = await startFaultyServer()
      const endpoints = { ...sandbox.urls.razcode, hmsRead: `${server.url}/echo` }
      const { key: consumerKey, secret: consumerSecret } = sandbox.demo.consumer
      const echo = new HealthJibeClient(new RazcodeGateway({ consumerKey, consumerSecret, endpoints, http }))
      const asked = async (query: HmsQuery) => {
        const { body } = await echo.hmsRead(grant(), query)
        const { method, url } = JSON.parse(body.toString()) as { method: string; url: string }
        assert.equal(method, 'GET')
        return Object.fromEntries(new URL(url).searchParams)
      }
      try {
        assert.deepEqual(await asked({ hms: 'a & b=ü+' }), { hms: 'a & b=ü+' })
        assert.deepEqual(await asked({ hms, startDate: day('2026-01-31'), endDate: day('02012026') }), {
          hms,
          startdate: '01312026',
          enddate: '02012026',
        })
        assert.deepEqual(await asked({ hms, endDate: day('2026-02-01') }), { hms, enddate: '02012026' })
      } finally {
        await server.close()
      }
    })

    it('gets what was sent, merged into one CCR, of the days asked for', async () => {
      const record = (value: string, date: string) =>
        `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body><Results><Result><CCRDataObjectID>${value}</CCRDataObjectID><DateTime><ExactDateTime>${date}</ExactDateTime></DateTime></Result></Results></Body></ContinuityOfCareRecord>`
      await client.notify(grant(), record('early', '2026-01-15'))
      await client.notify(grant(), record('late', '2026-03-15T10:00:00Z'))
      const all = (await client.hmsRead(grant(), { hms })).body.toString()
      assert.match(all, /early[^]*late/)
      const { body } = await client.hmsRead(grant(), {
        hms,
        startDate: day('2026-03-01'),
        endDate: day('2026-03-15'),
      })
      assert.match(body.toString(), /late/)
      assert.doesNotMatch(body.toString(), /early/)
    })

    it('says HG_NOT_FOUND for a service that the user does not have', async () => {
      const error = await failure(client.hmsRead(grant(), { hms: 'none of theirs' }))
      assert.equal(error.code, 'HG_NOT_FOUND')
    })

    it('says HG_INPUT for an end before the start, and asks nobody', async () => {
      sandbox.misbehave({ do: 'status', code: 500 })
      const query = { hms, startDate: day('2026-02-02'), endDate: day('2026-02-01') }
      assert.equal((await failure(client.hmsRead(grant(), query))).code, 'HG_INPUT')
    })

    it('says whose connection was revoked, and does not try again', async () => {
      sandbox.misbehave({ endpoint: 'hmsRead', do: 'expireTokens', times: 1 })
      const error = await failure(client.hmsRead(grant(), { hms }))
      assert.equal(error.code, 'HG_AUTH')
      assert.equal(error.cause.user, 'demo')
      assert.match(error.message, /user "demo".*connect again/)
    })
  })
})
