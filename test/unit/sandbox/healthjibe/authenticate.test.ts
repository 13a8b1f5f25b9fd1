import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { Person } from '../../../support/person'
import type { Secrets } from '../plain-signer'
import {
  closeSandboxes,
  connect,
  consumerOf,
  demoUser,
  exchange,
  notify,
  problemOf,
  requestToken,
  sandboxFor,
  submit,
  withToken,
} from '../support'

describe("the sandbox's sign-on", () => {
  let sandbox: Sandbox
  let clock: number
  let person: Person
  let newLogin: { email: string; password: string }

  beforeEach(async () => {
    clock = Date.now()
    sandbox = await sandboxFor({ now: () => clock })
    person = new Person()
    newLogin = { ...sandbox.demo.newLogin }
  })
  afterEach(closeSandboxes)

  const addressFor = ({ token = '' }: Secrets) => `${sandbox.urls.razcode.authenticate}?oauth_token=${token}`
  const begin = async (consumer = consumerOf(sandbox)) => {
    const timestamp = { oauth_timestamp: String(Math.floor(clock / 1000)) }
    const temporary = await requestToken(sandbox, `${sandbox.url}/?state=1`, consumer, timestamp)
    return { temporary, page: await person.visit(addressFor(temporary)) }
  }
  const parametersOf = ({ url }: { url: string }) => Object.fromEntries(new URL(url).searchParams)

  it('signed out and new: asks who, asks leave, and brings a request token to exchange', async () => {
    const { temporary, page } = await begin()
    assert.match(page.text, /<h1>Sign in with HealthJibe<\/h1>.*Node-RED \(demo\)/s)
    const asked = await person.submit(page, 'Sign in', newLogin)
    assert.equal(asked.url, addressFor(temporary))
    assert.match(asked.text, /signed in as <strong>new@example\.org/)
    const { oauth_verifier: verifier = '', ...others } = parametersOf(await person.submit(asked, 'Approve'))
    assert.deepEqual(others, { state: '1', oauth_token: temporary.token })

    const secrets = withToken(temporary, await exchange(sandbox, temporary, verifier))
    assert.equal((await notify(sandbox, 'ok', secrets)).status, 200)
    assert.equal(sandbox.documents()[0]?.person, newLogin.email)
  })

  it('signed in and new: asks leave only', async () => {
    await person.submit((await begin()).page, 'Sign in', newLogin)
    const { page } = await begin()
    assert.doesNotMatch(page.text, /type="password"/)
    assert.ok(parametersOf(await person.submit(page, 'Approve')).oauth_verifier)
  })

  it('signed out and connected: asks who, and brings the access token', async () => {
    const { page } = await begin()
    const back = await person.submit(page, 'Sign in', { ...sandbox.demo.login })
    assert.deepEqual(parametersOf(back), { state: '1', oauth_token: demoUser(sandbox).token })
  })

  it('signed in and connected: asks nothing', async () => {
    await person.submit((await begin()).page, 'Sign in')
    const { page } = await begin()
    assert.deepEqual(parametersOf(page), { state: '1', oauth_token: demoUser(sandbox).token })
  })

  it('brings the access token that was given out last, however the person connected', async () => {
    const secrets = await connect(sandbox)
    const back = await person.submit((await begin()).page, 'Sign in')
    assert.equal(parametersOf(back).oauth_token, secrets.token)
  })

  it('brings a token of no other consumer', async () => {
    sandbox = await sandboxFor({ consumers: [{ key: 'other', secret: 'secret', name: 'Other' }] })
    await person.submit((await begin()).page, 'Sign in')
    const { page } = await begin({ consumerKey: 'other', consumerSecret: 'secret' })
    assert.match(page.text, /<strong>Other<\/strong> asks to know you/)
  })

  it('uses the request token up', async () => {
    const { temporary, page } = await begin()
    await person.submit(page, 'Sign in')
    assert.equal(problemOf(await exchange(sandbox, temporary, 'x')), 'token_used')
    assert.equal((await person.visit(addressFor(temporary))).status, 410)
  })

  it('knows connections from before a restart when they were used since', async () => {
    const first = await sandboxFor({ secret: 'the same' })
    const secrets = await connect(first)
    sandbox = await sandboxFor({ secret: 'the same' })
    assert.equal((await notify(sandbox, 'ok', secrets)).status, 200)
    const back = await person.submit((await begin()).page, 'Sign in')
    assert.equal(parametersOf(back).oauth_token, secrets.token)
  })

  it('comes back with the refusal', async () => {
    const { temporary, page } = await begin()
    const asked = await person.submit(page, 'Sign in', newLogin)
    assert.deepEqual(parametersOf(await person.submit(asked, 'Refuse')), {
      state: '1',
      oauth_token: temporary.token,
      oauth_problem: 'user_refused',
      denied: temporary.token,
    })
  })

  it('lets somebody else sign in', async () => {
    const asked = await person.submit((await begin()).page, 'Sign in', newLogin)
    const signedOut = await person.submit(asked, 'Sign out')
    assert.match(signedOut.text, /type="password"/)
    const back = await person.submit(signedOut, 'Sign in', { ...sandbox.demo.login })
    assert.equal(parametersOf(back).oauth_token, demoUser(sandbox).token)
  })

  it('asks again after a wrong password, and after an hour', async () => {
    const wrong = await person.submit((await begin()).page, 'Sign in', { password: 'wrong' })
    assert.equal(wrong.status, 422)
    assert.match(wrong.text, /role="alert"/)
    await person.submit(wrong, 'Sign in', newLogin)
    clock += 3_600_000
    assert.match((await begin()).page.text, /type="password"/)
  })

  it('takes its forms from its own pages only, and each once', async () => {
    const { page } = await begin()
    const foreign = await submit(sandbox, page, 'Sign in', {}, { 'sec-fetch-site': 'cross-site' })
    assert.deepEqual([foreign.status, foreign.headers['set-cookie']], [403, undefined])
    const signedIn = await submit(sandbox, page, 'Sign in')
    assert.match(signedIn.headers['set-cookie']?.[0] ?? '', /; Path=\/; HttpOnly; SameSite=Lax$/)
    assert.equal((await submit(sandbox, page, 'Sign in')).status, 400)
  })

  it('is an error page for an unknown token and for a consumer without a callback', async () => {
    assert.equal((await person.visit(addressFor({ ...consumerOf(sandbox), token: 'unknown' }))).status, 400)
    const page = await person.visit(addressFor(await requestToken(sandbox, 'oob')))
    assert.equal(page.status, 400)
    assert.match(page.text, /needs a callback address/)
  })
})
