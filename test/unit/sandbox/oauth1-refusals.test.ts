import assert from 'node:assert/strict'
import type { Sandbox } from '../../../src/sandbox/sandbox'
import { authorizationHeader, formEncoded, type Pairs, type Secrets, signed } from './plain-signer'
import {
  type Answer,
  closeSandboxes,
  demoUser,
  FORM,
  notify,
  post,
  problemOf,
  request,
  sandboxFor,
} from './support'

describe('the sandbox refuses by the rules of OAuth 1.0', () => {
  let sandbox: Sandbox
  let uri: string
  let user: Secrets

  before(async () => {
    sandbox = await sandboxFor({ consumers: [{ key: 'other', secret: 'secret', name: 'Other' }] })
    uri = sandbox.urls.razcode.sourceNotification
    user = demoUser(sandbox)
  })
  after(closeSandboxes)

  const refused = (answer: Answer, status: number, problem: string) => {
    assert.deepEqual({ status: answer.status, problem: problemOf(answer) }, { status, problem }, answer.text)
    assert.equal(answer.headers['content-type'], FORM)
    assert.equal(
      answer.headers['www-authenticate'],
      `OAuth realm="RAZCODE sandbox", oauth_problem="${problem}"`,
    )
    assert.ok(new URLSearchParams(answer.text).get('oauth_problem_advice'))
    assert.equal(sandbox.documents().length, 0)
  }
  const ago = (seconds: number) => String(Math.floor(Date.now() / 1000) - seconds)

  const oauthCases: [string, Record<string, string>, number, string][] = [
    ['no consumer key', { oauth_consumer_key: '' }, 400, 'parameter_absent'],
    ['an unknown consumer key', { oauth_consumer_key: 'stranger' }, 401, 'consumer_key_unknown'],
    ["another consumer's token", { oauth_consumer_key: 'other' }, 401, 'token_rejected'],
    ['no token', { oauth_token: '' }, 400, 'parameter_absent'],
    ['an unknown token', { oauth_token: 'stranger' }, 401, 'token_rejected'],
    ['no signature', { oauth_signature: '' }, 400, 'parameter_absent'],
    ['a wrong signature', { oauth_signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }, 401, 'signature_invalid'],
    ['a cut signature', { oauth_signature: 'A' }, 401, 'signature_invalid'],
    ['no signature method', { oauth_signature_method: '' }, 400, 'parameter_absent'],
    ['an unknown method', { oauth_signature_method: 'RSA-SHA1' }, 400, 'signature_method_rejected'],
    ['PLAINTEXT over http', { oauth_signature_method: 'PLAINTEXT' }, 400, 'signature_method_rejected'],
    ['another version', { oauth_version: '2.0' }, 400, 'version_rejected'],
    ['no nonce', { oauth_nonce: '' }, 400, 'parameter_absent'],
    ['no timestamp', { oauth_timestamp: '' }, 400, 'parameter_absent'],
    ['a timestamp that is no number', { oauth_timestamp: '1e9' }, 400, 'parameter_rejected'],
    ['a timestamp in milliseconds', { oauth_timestamp: String(Date.now()) }, 401, 'timestamp_refused'],
    ['an old timestamp', { oauth_timestamp: ago(310) }, 401, 'timestamp_refused'],
    ['a timestamp of the future', { oauth_timestamp: ago(-3600) }, 401, 'timestamp_refused'],
    ['a parameter that OAuth does not know', { oauth_body_hash: 'x' }, 400, 'parameter_rejected'],
  ]
  for (const [title, oauth, status, problem] of oauthCases) {
    it(`${title}: ${status} ${problem}`, async () => {
      refused(await post(uri, user, [['her', 'ok']], oauth), status, problem)
    })
  }

  const secretCases: [string, Partial<Secrets>][] = [
    ['a wrong consumer secret', { consumerSecret: 'wrong' }],
    ['a wrong token secret', { tokenSecret: 'wrong' }],
    ['a token secret that was left out', { tokenSecret: '' }],
  ]
  for (const [title, wrong] of secretCases) {
    it(`${title}: 401 signature_invalid`, async () => {
      refused(await notify(sandbox, 'ok', { ...user, ...wrong }), 401, 'signature_invalid')
    })
  }

  it('a forged token: 401 token_rejected', async () => {
    const [content = '', seal] = user.token!.split('.')
    const forged = Buffer.from(Buffer.from(content, 'base64url').toString().replace('"demo"', '"root"'))
    const token = `${forged.toString('base64url')}.${seal}`
    refused(await notify(sandbox, 'ok', { ...user, token }), 401, 'token_rejected')
  })

  /** A good request for `her=ok`, then spoilt. */
  const spoilt = (
    change: (oauth: Pairs, header: string) => { header?: string | string[]; query?: string; body?: string },
  ) => {
    const oauth = signed({ method: 'POST', uri, parameters: [['her', 'ok']] }, user)
    const { header, query, body = 'her=ok' } = change(oauth, authorizationHeader(oauth))
    return request(uri, {
      method: 'POST',
      target: new URL(uri).pathname + (query === undefined ? '' : `?${query}`),
      headers: {
        'content-type': FORM,
        ...(header === undefined ? {} : { authorization: header }),
      },
      body,
    })
  }
  const wireCases: [string, Parameters<typeof spoilt>[0], number, string][] = [
    ['no OAuth at all', () => ({}), 401, 'parameter_absent'],
    ['another scheme', () => ({ header: 'Basic YTpi' }), 401, 'parameter_absent'],
    ['another body', (_, header) => ({ header, body: 'her=ko' }), 401, 'signature_invalid'],
    ['a query that was not signed', (_, header) => ({ header, query: 'x=1' }), 401, 'signature_invalid'],
    [
      'header and query at once',
      (oauth, header) => ({ header, query: formEncoded(oauth.slice(0, 1)) }),
      400,
      'parameter_rejected',
    ],
    [
      'header and body at once',
      (oauth, header) => ({ header, body: `her=ok&${formEncoded(oauth)}` }),
      400,
      'parameter_rejected',
    ],
    [
      'a protocol parameter twice',
      (oauth) => ({ header: authorizationHeader([...oauth, ['oauth_nonce', 'x']]) }),
      400,
      'parameter_rejected',
    ],
    ['two headers', (_, header) => ({ header: [header, header] }), 400, 'parameter_rejected'],
    ['a comma at the end', (_, header) => ({ header: `${header},` }), 400, 'parameter_rejected'],
    ['no quotes', (_, header) => ({ header: header.replaceAll('"', '') }), 400, 'parameter_rejected'],
    [
      'a header that is not escaped',
      (_, header) => ({ header: header.replace('%3D"', '="') }),
      400,
      'parameter_rejected',
    ],
    [
      'a header that is not UTF-8',
      (_, header) => ({ header: header.replace('oauth_nonce="', 'oauth_nonce="%FF') }),
      400,
      'parameter_rejected',
    ],
  ]
  for (const [title, change, status, problem] of wireCases) {
    it(`${title}: ${status} ${problem}`, async () => refused(await spoilt(change), status, problem))
  }

  const unreadable: [string, Parameters<typeof spoilt>[0]][] = [
    [
      'a broken escape in the header',
      (_, header) => ({ header: header.replace('oauth_nonce="', 'oauth_nonce="%G1') }),
    ],
    ['a broken escape in the body', (_, header) => ({ header, body: 'her=%4' })],
    ['a body that is not UTF-8', (_, header) => ({ header, body: 'her=%E4' })],
    ['a raw line break in the body', (_, header) => ({ header, body: 'her=a\nb' })],
    ['hundreds of parameters', (_, header) => ({ header, body: 'a=1&'.repeat(300) })],
  ]
  for (const [title, change] of unreadable) {
    it(`${title}: 400 in a plain sentence`, async () => {
      const { status, headers, text } = await spoilt(change)
      assert.equal(status, 400)
      assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
      assert.match(text, /^[A-Z].*\.$/)
    })
  }

  it('the same request again: 401 nonce_used', async () => {
    const fresh = await sandboxFor()
    const oauth = signed(
      { method: 'POST', uri: fresh.urls.razcode.sourceNotification, parameters: [['her', 'ok']] },
      demoUser(fresh),
    )
    const send = () =>
      request(fresh.urls.razcode.sourceNotification, {
        method: 'POST',
        headers: { 'content-type': FORM, authorization: authorizationHeader(oauth) },
        body: 'her=ok',
      })
    assert.equal((await send()).status, 200)
    const again = await send()
    assert.deepEqual([again.status, problemOf(again)], [401, 'nonce_used'])
    assert.equal(fresh.documents().length, 1)
  })

  it('tells what it signed, and no value of it', async () => {
    const answer = await notify(sandbox, 'ci=Erika-Mustermann', { ...user, tokenSecret: 'wrong' })
    const advice = new URLSearchParams(answer.text).get('oauth_problem_advice') ?? ''
    assert.ok(advice.includes(`POST ${uri} with HMAC-SHA1`), advice)
    assert.doesNotMatch(answer.text + JSON.stringify(answer.headers), /Mustermann/)
    assert.ok(!answer.text.includes(user.token!))
  })
})
