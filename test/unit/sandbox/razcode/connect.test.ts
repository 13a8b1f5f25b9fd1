import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import {
  approve,
  closeSandboxes,
  connect,
  consumerOf,
  demoUser,
  exchange,
  notify,
  openAuthorize,
  post,
  problemOf,
  request,
  requestToken,
  sandboxFor,
  submit,
} from '../support'

const BACK = 'http://127.0.0.1:1880/back?state=a%20b+c'
const MINUTE = 60_000

describe('connecting a person in the sandbox', () => {
  let sandbox: Sandbox
  let clock: number

  beforeEach(async () => {
    clock = Date.now()
    sandbox = await sandboxFor({ now: () => clock })
  })
  afterEach(closeSandboxes)

  describe('request token', () => {
    const ask = (callback: string) =>
      post(sandbox.urls.razcode.requestToken, consumerOf(sandbox), [], { oauth_callback: callback })

    it('comes form-encoded, with the callback confirmed', async () => {
      const answer = await ask(BACK)
      assert.equal(answer.status, 200)
      assert.equal(answer.headers['content-type'], 'application/x-www-form-urlencoded')
      assert.equal(answer.headers['cache-control'], 'no-store')
      const parameters = new URLSearchParams(answer.text)
      assert.deepEqual([...parameters.keys()].sort(), [
        'oauth_callback_confirmed',
        'oauth_token',
        'oauth_token_secret',
      ])
      assert.equal(parameters.get('oauth_callback_confirmed'), 'true')
    })

    for (const callback of [
      '/relative',
      'javascript:alert(1)',
      'ftp://example.org/',
      'http://',
      'http://a/\r\nX: y',
      'http://ä.example/',
    ]) {
      it(`is not given for the callback ${JSON.stringify(callback)}`, async () => {
        const answer = await ask(callback)
        assert.deepEqual([answer.status, problemOf(answer)], [400, 'parameter_rejected'])
      })
    }

    it('needs a callback', async () => {
      const answer = await ask('')
      assert.deepEqual([answer.status, problemOf(answer)], [400, 'parameter_absent'])
    })

    it('is refused for a body that is no form', async () => {
      const answer = await request(sandbox.urls.razcode.requestToken, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      assert.equal(answer.status, 415)
    })
  })

  describe('the page', () => {
    it('says that it is a sandbox, who asks, where it goes back to, and the demo login', async () => {
      const { token } = await requestToken(sandbox, BACK)
      const { status, headers, text } = await openAuthorize(sandbox, token)
      assert.equal(status, 200)
      assert.match(text, /<strong>Sandbox\.<\/strong>.*Nothing leaves this machine/s)
      assert.match(text, /<strong>Node-RED \(demo\)<\/strong>/)
      assert.match(text, /<code>http:\/\/127\.0\.0\.1:1880<\/code>/)
      assert.ok(text.includes(sandbox.demo.login.email) && text.includes(sandbox.demo.login.password))
      assert.match(headers['content-security-policy'] as string, /^default-src 'none'; style-src 'self'; /)
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cache-control'], 'no-store')
    })

    it("sends the browser back with token and verifier, the callback's own query untouched", async () => {
      const { token } = await requestToken(sandbox, `${BACK}#part`)
      const answer = await submit(sandbox, await openAuthorize(sandbox, token), 'Approve')
      assert.equal(answer.status, 303)
      assert.match(
        answer.headers.location ?? '',
        new RegExp(
          `^http://127\\.0\\.0\\.1:1880/back\\?state=a%20b\\+c&oauth_token=${token}&oauth_verifier=[\\w-]+#part$`,
        ),
      )
    })

    it('sends the browser back with the refusal, and the token cannot be exchanged', async () => {
      const temporary = await requestToken(sandbox, 'http://127.0.0.1:1880/back')
      const answer = await submit(sandbox, await openAuthorize(sandbox, temporary.token), 'Refuse', {
        password: '',
      })
      const back = new URL(answer.headers.location ?? '')
      assert.deepEqual(Object.fromEntries(back.searchParams), {
        oauth_token: temporary.token,
        oauth_problem: 'user_refused',
        denied: temporary.token,
      })
      const refused = await exchange(sandbox, temporary, 'x')
      assert.deepEqual([refused.status, problemOf(refused)], [401, 'user_refused'])
    })

    it('shows the verifier when there is no callback', async () => {
      const temporary = await requestToken(sandbox, 'oob')
      const { status, text } = await submit(sandbox, await openAuthorize(sandbox, temporary.token), 'Approve')
      assert.equal(status, 200)
      const verifier = /<p><code>([\w-]+)<\/code>/.exec(text)?.[1] ?? ''
      assert.equal((await exchange(sandbox, temporary, verifier)).status, 200)
    })

    const mistakes: Record<string, string>[] = [
      { password: 'wrong' },
      { email: 'else@example.org' },
      { email: '"><script>alert(1)</script>' },
    ]
    for (const wrong of mistakes) {
      it(`asks again after ${JSON.stringify(wrong)}, and then approves`, async () => {
        const { token } = await requestToken(sandbox, BACK)
        const page = await submit(sandbox, await openAuthorize(sandbox, token), 'Approve', wrong)
        assert.equal(page.status, 422)
        assert.match(page.text, /role="alert"[^>]*>\s*The e-mail address or the password is wrong/)
        assert.doesNotMatch(page.text, /<script/)
        assert.equal((await submit(sandbox, page, 'Approve', sandbox.demo.login)).status, 303)
      })
    }

    it('takes a form once, and only from a page of its own', async () => {
      const { token } = await requestToken(sandbox, BACK)
      const page = await openAuthorize(sandbox, token)
      const foreign = await submit(sandbox, page, 'Approve', {}, { 'sec-fetch-site': 'same-site' })
      assert.equal(foreign.status, 403)
      assert.equal((await submit(sandbox, page, 'Approve', { form: 'invented' })).status, 400)
      const own = { 'sec-fetch-site': 'same-origin' }
      assert.equal((await submit(sandbox, page, 'Approve', { password: 'wrong' }, own)).status, 422)
      assert.equal((await submit(sandbox, page, 'Approve', {}, own)).status, 400)
    })

    it('is an error page for a token that is unknown, missing, answered or expired', async () => {
      assert.equal((await openAuthorize(sandbox, 'unknown')).status, 400)
      assert.equal((await request(sandbox.urls.razcode.authorize)).status, 400)
      assert.equal((await request(`${sandbox.urls.razcode.authorize}?oauth_token=%zz`)).status, 400)

      const answered = await requestToken(sandbox, BACK)
      await approve(sandbox, answered.token)
      assert.equal((await openAuthorize(sandbox, answered.token)).status, 410)

      const late = await requestToken(sandbox, BACK)
      const page = await openAuthorize(sandbox, late.token)
      clock += 10 * MINUTE
      const expired = await openAuthorize(sandbox, late.token)
      assert.equal(expired.status, 410)
      assert.match(expired.text, /<h1>Gone<\/h1>.*has expired/s)
      assert.equal((await submit(sandbox, page, 'Approve')).status, 400)
    })
  })

  describe('access token', () => {
    it('is given once, for the approved token and its verifier', async () => {
      const temporary = await requestToken(sandbox, BACK)
      const verifier = (await approve(sandbox, temporary.token)).searchParams.get('oauth_verifier') ?? ''

      const wrong = await exchange(sandbox, temporary, 'wrong')
      assert.deepEqual([wrong.status, problemOf(wrong)], [401, 'verifier_invalid'])
      const none = await exchange(sandbox, temporary, '')
      assert.deepEqual([none.status, problemOf(none)], [400, 'parameter_absent'])

      const answer = await exchange(sandbox, temporary, verifier)
      assert.equal(answer.status, 200)
      assert.deepEqual([...new URLSearchParams(answer.text).keys()], ['oauth_token', 'oauth_token_secret'])

      const again = await exchange(sandbox, temporary, verifier)
      assert.deepEqual([again.status, problemOf(again)], [401, 'token_used'])
    })

    it('is not given before somebody approves', async () => {
      const answer = await exchange(sandbox, await requestToken(sandbox, BACK), 'x')
      assert.deepEqual([answer.status, problemOf(answer)], [401, 'permission_unknown'])
    })

    it('is not given after ten minutes', async () => {
      const temporary = await requestToken(sandbox, BACK)
      const verifier = (await approve(sandbox, temporary.token)).searchParams.get('oauth_verifier') ?? ''
      clock += 10 * MINUTE
      const secrets = [
        ['oauth_verifier', verifier] as const,
        ['oauth_timestamp', String(Math.floor(clock / 1000))] as const,
      ]
      const answer = await post(sandbox.urls.razcode.accessToken, temporary, [], Object.fromEntries(secrets))
      assert.deepEqual([answer.status, problemOf(answer)], [401, 'token_expired'])
    })

    it('opens no other door: neither kind of token stands in for the other', async () => {
      const temporary = await requestToken(sandbox, BACK)
      assert.equal(problemOf(await notify(sandbox, 'ok', temporary)), 'token_rejected')
      assert.equal(problemOf(await exchange(sandbox, demoUser(sandbox), 'x')), 'token_rejected')
    })

    it('is not given to another consumer than the one who asked', async () => {
      const two = await sandboxFor({ consumers: [{ key: 'other', secret: 'secret', name: 'Other' }] })
      const temporary = await requestToken(two, BACK)
      const verifier = (await approve(two, temporary.token)).searchParams.get('oauth_verifier') ?? ''
      const thief = { ...temporary, consumerKey: 'other', consumerSecret: 'secret' }
      assert.equal(problemOf(await exchange(two, thief, verifier)), 'token_rejected')
      assert.equal((await exchange(two, temporary, verifier)).status, 200)
    })

    it('sends records for the person who approved', async () => {
      const person = await connect(sandbox)
      assert.equal((await notify(sandbox, 'bp120/80', person)).status, 200)
      assert.equal(sandbox.documents()[0]?.person, sandbox.demo.login.email)
    })
  })

  describe('starting again', () => {
    it('with the same secret keeps consumer, demo user and tokens', async () => {
      const first = await sandboxFor({ secret: 'the same' })
      const person = await connect(first)
      await first.close()
      const second = await sandboxFor({ secret: 'the same' })
      assert.deepEqual(second.demo, first.demo)
      assert.equal((await notify(second, 'ok', person)).status, 200)
      assert.equal((await notify(second, 'ok', demoUser(first))).status, 200)
    })

    it('with another secret keeps none', async () => {
      const person = await connect(sandbox)
      const other = await sandboxFor()
      assert.notDeepEqual(other.demo, sandbox.demo)
      const stale = { ...person, ...consumerOf(other) }
      assert.equal(problemOf(await notify(other, 'ok', stale)), 'token_rejected')
    })
  })

  it('gives every person who connects a token of their own', async () => {
    const [one, two] = [await connect(sandbox), await connect(sandbox)]
    assert.notEqual(one.token, two.token)
    assert.notEqual(one.tokenSecret, two.tokenSecret)
  })
})
