import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { Misbehaviour, Sandbox } from '../../../src/sandbox/sandbox'
import { makeServerCertificate } from '../../support/certificates'
import {
  CCR,
  closeSandboxes,
  connect,
  consumerOf,
  exchange,
  notify,
  openAuthorize,
  openConfigure,
  demoUser,
  post,
  problemOf,
  request,
  requestToken,
  sandboxFor,
} from './support'

describe('the sandbox misbehaves when told', () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor()
  })
  afterEach(closeSandboxes)

  const told = (rule: Misbehaviour) => sandbox.misbehave({ times: 1, ...rule })
  const works = async () => assert.equal((await notify(sandbox, CCR)).status, 200)

  it('slow: answers rightly, later', async () => {
    told({ do: 'slow', ms: 80 })
    const start = performance.now()
    await works()
    assert.ok(performance.now() - start >= 79)
  })

  it('status: with Retry-After, and nothing is carried out', async () => {
    told({ do: 'status', code: 503, retryAfter: 7 })
    const { status, headers } = await notify(sandbox, CCR)
    assert.deepEqual([status, headers['retry-after']], [503, '7'])
    assert.equal(sandbox.documents().length, 0)
    await works()
  })

  it('drop: the connection is reset', async () => {
    told({ do: 'drop' })
    await assert.rejects(notify(sandbox, CCR), { code: 'ECONNRESET' })
    assert.equal(sandbox.documents().length, 0)
    await works()
  })

  it('drop, carried out: the document is there, the answer is not', async () => {
    told({ do: 'drop', carriedOut: true })
    await assert.rejects(notify(sandbox, CCR), { code: 'ECONNRESET' })
    assert.equal(sandbox.documents().length, 1)
  })

  it('drop: over https as well', async () => {
    sandbox = await sandboxFor({ tls: await makeServerCertificate() })
    told({ do: 'drop' })
    await assert.rejects(notify(sandbox, CCR), { code: 'ECONNRESET' })
    await works()
  })

  for (const carriedOut of [false, true]) {
    it(`close: the connection ends without an answer, carried out: ${carriedOut}`, async () => {
      told({ do: 'close', carriedOut })
      await assert.rejects(notify(sandbox, CCR), { message: 'socket hang up' })
      assert.equal(sandbox.documents().length, carriedOut ? 1 : 0)
      await works()
    })
  }

  it('hang: no answer at all', async () => {
    told({ do: 'hang' })
    const answered = notify(sandbox, CCR).then(
      () => 'answer',
      () => 'end',
    )
    assert.equal(await Promise.race([answered, setTimeout(50, 'silence')]), 'silence')
    await works()
    await sandbox.close()
    assert.equal(await answered, 'end')
  })

  it('garbage, html, empty: instead of the answer', async () => {
    told({ do: 'garbage' })
    told({ do: 'html', code: 502 })
    told({ do: 'empty' })
    const garbage = await notify(sandbox, CCR)
    assert.equal(garbage.status, 200)
    assert.match(garbage.text, /\uFFFD/)
    const html = await notify(sandbox, CCR)
    assert.deepEqual([html.status, html.headers['content-type']], [502, 'text/html; charset=utf-8'])
    const empty = await notify(sandbox, CCR)
    assert.deepEqual([empty.status, empty.text], [200, ''])
    assert.equal(sandbox.documents().length, 0)
    await works()
  })

  it('cut: the answer ends in the middle, and the document is there', async () => {
    told({ do: 'cut' })
    await assert.rejects(notify(sandbox, CCR), { message: 'aborted' })
    assert.equal(sandbox.documents().length, 1)
    told({ do: 'cut' })
    await assert.rejects(openAuthorize(sandbox, 'unknown'), { message: 'aborted' })
  })

  it('expireTokens: access tokens and request tokens', async () => {
    const undo = sandbox.misbehave({ do: 'expireTokens' })
    const answer = await notify(sandbox, CCR)
    assert.deepEqual([answer.status, problemOf(answer)], [401, 'token_expired'])
    const page = await openConfigure(sandbox, demoUser(sandbox), [['raz_callback', 'http://127.0.0.1/']])
    assert.equal(page.status, 401)
    const temporary = await requestToken(sandbox, 'oob')
    assert.equal(problemOf(await exchange(sandbox, temporary, 'x')), 'token_expired')
    undo()
    await works()
  })

  it('noCallbackConfirmed: a request token as before OAuth 1.0a', async () => {
    told({ do: 'noCallbackConfirmed' })
    const { text } = await post(sandbox.urls.razcode.requestToken, consumerOf(sandbox), [], {
      oauth_callback: 'oob',
    })
    assert.deepEqual([...new URLSearchParams(text).keys()], ['oauth_token', 'oauth_token_secret'])
    await connect(sandbox)
  })

  it('echo: the refusal quotes the document', async () => {
    told({ do: 'echo' })
    const { status, text } = await notify(sandbox, CCR)
    assert.equal(status, 400)
    assert.ok(text.includes(CCR))
    assert.equal(sandbox.documents().length, 0)
  })

  it('in the order told, as often as told, until taken back', async () => {
    const undo = sandbox.misbehave({ times: 2, do: 'status', code: 500 })
    const undoSecond = sandbox.misbehave({ do: 'status', code: 429 })
    const statuses = async (count: number) => {
      const seen: number[] = []
      while (seen.length < count) seen.push((await notify(sandbox, CCR)).status)
      return seen
    }
    assert.deepEqual(await statuses(4), [500, 500, 429, 429])
    undo()
    undoSecond()
    assert.deepEqual(await statuses(1), [200])
  })

  it('only where told', async () => {
    sandbox.misbehave({ endpoint: 'sourceNotification', do: 'status', code: 500 })
    assert.equal((await notify(sandbox, CCR)).status, 500)
    assert.equal((await openAuthorize(sandbox, 'unknown')).status, 400)

    sandbox.misbehave({ endpoint: '/jibe', do: 'status', code: 502 })
    assert.equal((await openAuthorize(sandbox, 'unknown')).status, 502)
    assert.equal((await request(sandbox.urls.razcode.activate)).status, 400)

    sandbox.misbehave({ do: 'status', code: 503 })
    assert.equal((await request(sandbox.urls.razcode.activate)).status, 503)
    assert.equal((await request(sandbox.url)).status, 200, 'its own pages never do')
  })

  it('not as nobody meant: an unknown endpoint or status is an error at once', () => {
    assert.throws(() => sandbox.misbehave({ endpoint: 'sourcenotification', do: 'drop' }), RangeError)
    assert.throws(() => sandbox.misbehave({ do: 'status', code: 99 }), RangeError)
  })
})
