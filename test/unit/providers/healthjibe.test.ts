import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GatewayError } from '../../../src/errors'
import { HttpClient } from '../../../src/http/client'
import { HealthJibeClient } from '../../../src/providers/healthjibe/client'
import { gatewayEndpoints, RazcodeGateway, type CallbackQuery } from '../../../src/providers/razcode/gateway'
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox'
import { Person } from '../../support/person'

const callback = 'http://127.0.0.1:9/back?state=1'
const ccr = '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Given>Zebulon</Given></ContinuityOfCareRecord>'

async function failure(promise: Promise<unknown>): Promise<GatewayError> {
  const error: unknown = await promise.then(
    () => assert.fail('did not fail'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof GatewayError, String(error))
  return error
}

describe('HealthJibe', () => {
  let sandbox: Sandbox
  let http: HttpClient
  let client: HealthJibeClient
  const grant = () => {
    const { user, ...tokens } = sandbox.demo.connectedUser
    return { user, tokens }
  }
  const clientWith = (consumerSecret: string) =>
    new HealthJibeClient(
      new RazcodeGateway({
        consumerKey: sandbox.demo.consumer.key,
        consumerSecret,
        endpoints: sandbox.urls.razcode,
        http,
      }),
    )

  beforeEach(async () => {
    sandbox = await startSandbox()
    http = new HttpClient({ proxy: 'none', timeoutMs: 2000 })
    client = clientWith(sandbox.demo.consumer.secret)
  })
  afterEach(async () => {
    await http.close()
    await sandbox.close()
  })

  /** The query with which the person's browser would come back. */
  async function decide(page: string, button: string, fields = {}): Promise<CallbackQuery> {
    const person = new Person()
    const shown = await person.visit(page)
    assert.equal(shown.status, 200, shown.text)
    const { action, body } = person.fillIn(shown, button, fields)
    const response = await person.ask(action, {
      method: 'POST',
      body: body.toString(),
      headers: form(shown.url),
    })
    const location = response.headers.get('location')
    assert.ok(location, await response.text())
    return Object.fromEntries(new URL(location).searchParams)
  }
  const form = (url: string) => ({
    'content-type': 'application/x-www-form-urlencoded',
    origin: new URL(url).origin,
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
    const server = createServer((request, response) => {
      stamps.push(Number(/oauth_timestamp="(\d+)"/.exec(request.headers.authorization ?? '')?.[1]))
      response.statusCode = 401
      response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString())
      request.resume().on('end', () => response.end('oauth_problem=timestamp_refused'))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { key: consumerKey, secret: consumerSecret } = sandbox.demo.consumer
    const endpoints = { ...sandbox.urls.razcode, sourceNotification: `http://127.0.0.1:${port}/` }
    const late = new HealthJibeClient(new RazcodeGateway({ consumerKey, consumerSecret, endpoints, http }))
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
    server.closeAllConnections()
    server.close()
  })

  it('blames the account where the gateway does', async () => {
    const error = await failure(clientWith('wrong').notify(grant(), ccr))
    assert.equal(error.code, 'HG_AUTH')
    assert.match(error.message, /does not accept the account \(signature_invalid\)/)
    assert.deepEqual(error.cause.detail, { problem: 'signature_invalid' })
  })

  it('quotes the reason of a refusal without a word of the document', async () => {
    sandbox.misbehave({ endpoint: 'sourceNotification', do: 'echo' })
    const error = await failure(client.notify(grant(), ccr))
    assert.equal(error.code, 'HG_REJECTED')
    assert.ok(!JSON.stringify([error.message, error.cause, error.stack]).includes('Zebulon'))
  })

  it('takes a web page for no answer', async () => {
    sandbox.misbehave({ endpoint: 'sourceNotification', do: 'html' })
    assert.equal((await failure(client.notify(grant(), ccr))).code, 'HG_RESPONSE')
  })

  it('needs a token in the connection', async () => {
    assert.equal((await failure(client.notify({ user: 'demo', tokens: {} }, ccr))).code, 'HG_NOT_CONNECTED')
  })
})
