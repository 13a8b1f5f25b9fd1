import assert from 'node:assert/strict'
import type http from 'node:http'
import type { ErrorCode, GatewayError } from '../../../src/errors'
import { HttpClient } from '../../../src/http/client'
import { accessToken, authorizeUrl, requestToken } from '../../../src/oauth1/exchange'
import { OAuth1Signer } from '../../../src/oauth1/signer'
import { failing } from '../../support/failing'
import { listen } from '../../support/server'
import * as reference from './support/reference'

type Server = Awaited<ReturnType<typeof listen>>

const consumer = { key: 'consumer-key', secret: 'c0nsumer-s' }
const GRANTED = 'oauth_token=t0k%2BA&oauth_token_secret=s%26cr3t&oauth_callback_confirmed=true'

describe('three-legged exchange', () => {
  let server: Server
  let client: HttpClient
  let signer: OAuth1Signer
  let answer: http.RequestListener
  let seen: http.IncomingMessage[]

  before(async () => {
    server = await listen((request, response) => {
      seen.push(request)
      answer(request, response)
    })
    client = new HttpClient({ proxy: 'none', timeoutMs: 5_000 })
  })
  beforeEach(() => {
    seen = []
    signer = new OAuth1Signer({ consumer })
    give(200, GRANTED)
  })
  after(async () => {
    await client.close()
    await server.close()
  })

  function give(status: number, body: string | Buffer, headers: http.OutgoingHttpHeaders = {}): void {
    answer = (_, response) => response.writeHead(status, headers).end(body)
  }
  const url = () => `${server.url}/request-token.ashx?app=1`
  const askRequestToken = (more: { signal?: AbortSignal } = {}) =>
    requestToken(client, signer, {
      url: url(),
      callback: 'https://flows.example/cb?a=b',
      provider: 'healthjibe',
      ...more,
    })
  const askAccessToken = () =>
    accessToken(client, signer, {
      url: url(),
      requestToken: 't0k+A',
      requestTokenSecret: 's&cr3t',
      verifier: 'ver/1',
      provider: 'healthjibe',
    })

  function verifiedParameters(tokenSecret: string): Record<string, string> {
    const [request] = seen
    const header = reference.parseHeader(request?.headers.authorization ?? '')
    const { oauth_signature: signature, ...sent } = Object.fromEntries(header)
    const wire = { method: request?.method ?? '', url: `${server.url}${request?.url}`, header }
    assert.equal(signature, reference.signature('HMAC-SHA1', wire, consumer.secret, tokenSecret))
    return sent
  }

  async function failsWith(
    ask: () => Promise<unknown>,
    code: ErrorCode,
    words: RegExp,
    cause: Record<string, unknown> = {},
  ): Promise<GatewayError> {
    const error = await failing(ask(), code)
    assert.match(error.message, words)
    assert.doesNotMatch(error.message, /redacted/)
    assert.doesNotMatch(JSON.stringify([error.message, error.cause]), /c0nsumer|t0k|cr3t|ver.1/)
    assert.equal(error.cause.provider, 'healthjibe')
    for (const [name, value] of Object.entries(cause)) {
      assert.deepEqual(error.cause[name as keyof typeof error.cause], value)
    }
    return error
  }

  describe('the request token', () => {
    it('is asked for with a signed POST that has the callback in its header', async () => {
      assert.deepEqual(await askRequestToken(), {
        token: 't0k+A',
        secret: 's&cr3t',
        callbackConfirmed: true,
        attempts: 1,
      })
      assert.equal(seen.length, 1)
      assert.equal(seen[0]?.method, 'POST')
      assert.equal(seen[0].headers['content-length'], '0')
      const sent = verifiedParameters('')
      assert.equal(sent.oauth_callback, 'https://flows.example/cb?a=b')
      assert.ok(!('oauth_token' in sent))
      assert.equal(signer.adjustClock(undefined), 0)
    })

    it('of a provider that does not confirm the callback is told apart', async () => {
      for (const rest of ['', '&oauth_callback_confirmed=false', '&oauth_callback_confirmed=']) {
        give(200, `oauth_token=t&oauth_token_secret=s${rest}`)
        assert.equal((await askRequestToken()).callbackConfirmed, false)
      }
      give(200, 'oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=True')
      assert.equal((await askRequestToken()).callbackConfirmed, true)
    })

    it('is read whatever content type it has, with white space around it', async () => {
      for (const type of [
        'text/html; charset=utf-8',
        'application/x-www-form-urlencoded',
        'text/plain',
        '',
      ]) {
        give(200, `\ufeff\r\n${GRANTED}\r\n`, type ? { 'content-type': type } : {})
        const { token, secret } = await askRequestToken()
        assert.deepEqual([token, secret], ['t0k+A', 's&cr3t'])
      }
    })
  })

  describe('the access token', () => {
    it('is asked for with the request token, its secret and the verifier', async () => {
      give(200, 'oauth_token=acc&oauth_token_secret=acc-s&raz_notification_status=true&user=a%20b')
      assert.deepEqual(await askAccessToken(), {
        token: 'acc',
        secret: 'acc-s',
        extra: { raz_notification_status: 'true', user: 'a b' },
        attempts: 1,
      })
      const sent = verifiedParameters('s&cr3t')
      assert.equal(sent.oauth_token, 't0k+A')
      assert.equal(sent.oauth_verifier, 'ver/1')
      assert.ok(!('oauth_callback' in sent))
    })

    it('refused says to begin again', async () => {
      for (const status of [400, 401, 403]) {
        give(status, 'no')
        await failsWith(askAccessToken, 'HG_AUTH', /expired or been used: begin again/, {
          statusCode: status,
          operation: 'accessToken',
          retryable: false,
        })
      }
    })
  })

  describe('answers that hold no token', () => {
    const cases: [name: string, body: string | Buffer, headers: http.OutgoingHttpHeaders, words: RegExp][] = [
      ['an empty body', '', {}, /an empty body/],
      ['white space', ' \r\n', {}, /an empty body/],
      [
        'an HTML page',
        '<!DOCTYPE html><p>Sign in, Jane</p>',
        { 'content-type': 'text/html' },
        /an HTML page/,
      ],
      [
        'an HTML page with a link that looks like a token',
        '<html><a href="/?x&oauth_token=t0k-A&oauth_token_secret=s&cr3t">',
        {},
        /an HTML page/,
      ],
      ['XML', '<error>Jane</error>', { 'content-type': 'text/xml' }, /with XML/],
      ['JSON', '{"access_token":"t0k-A"}', { 'content-type': 'application/json' }, /with JSON/],
      ['text', 'Jane, go away', {}, /text that has no oauth_token/],
      ['bytes', Buffer.from([0xff, 0xfe, 0, 1, 2]), {}, /text that has no oauth_token/],
      ['a token without a secret', 'oauth_token=t0k-A', {}, /with oauth_token without oauth_token_secret/],
      [
        'an empty secret',
        'oauth_token=t0k-A&oauth_token_secret=',
        {},
        /with oauth_token without oauth_token_secret/,
      ],
      [
        'a secret without a token',
        'oauth_token_secret=s%26cr3t',
        {},
        /with oauth_token_secret without oauth_token/,
      ],
      ['a problem with status 200', 'oauth_problem=nonce_used', {}, /with nonce_used where a token/],
    ]
    for (const [name, body, headers, words] of cases) {
      it(`${name}: HG_RESPONSE, with what it is and what to do, and no word of it`, async () => {
        give(200, body, headers)
        const error = await failsWith(askRequestToken, 'HG_RESPONSE', words, {
          statusCode: 200,
          operation: 'requestToken',
          retryable: false,
        })
        assert.match(error.message, /Check the URL of the account/)
        assert.doesNotMatch(error.message, /Jane/)
        assert.equal((error.cause.detail as { bytes: number }).bytes, Buffer.byteLength(body))
      })
    }

    it('a huge answer: HG_TOO_LARGE', async () => {
      give(200, `${GRANTED}&x=${'y'.repeat(70_000)}`)
      await failsWith(askRequestToken, 'HG_TOO_LARGE', /./, { operation: 'requestToken' })
    })
  })

  describe('answers that refuse', () => {
    it('400, 401 and 403: HG_AUTH, check the consumer key', async () => {
      for (const status of [400, 401, 403]) {
        give(status, 'Invalid signature for c0nsumer-s', { 'x-request-id': 'req-7' })
        await failsWith(askRequestToken, 'HG_AUTH', /Check the consumer key and the consumer secret/, {
          statusCode: status,
          requestId: 'req-7',
        })
      }
    })

    it('repeat a problem that the extension names, from body or header, and nothing else', async () => {
      give(401, 'oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1-2')
      let error = await failsWith(askRequestToken, 'HG_AUTH', /HTTP 401, timestamp_refused/)
      assert.deepEqual(error.cause.detail, { problem: 'timestamp_refused' })
      give(401, '', { 'www-authenticate': 'OAuth realm="x", oauth_problem="token_rejected"' })
      error = await failsWith(askAccessToken, 'HG_AUTH', /HTTP 401, token_rejected/)
      assert.deepEqual(error.cause.detail, { problem: 'token_rejected' })
      give(401, 'oauth_problem=jane_doe_is_ill')
      error = await failsWith(askRequestToken, 'HG_AUTH', /\(HTTP 401\)/)
      assert.equal(error.cause.detail, undefined)
    })

    it('with another time: say so, and the next try has the right time', async () => {
      const now = Date.now() + 3_600_000
      give(401, '', { date: new Date(now).toUTCString() })
      const error = await failsWith(
        askRequestToken,
        'HG_AUTH',
        /clock of this machine is 3\d\d\d seconds behind/,
      )
      const { clockSkewSeconds } = error.cause.detail as { clockSkewSeconds: number }
      assert.ok(Math.abs(clockSkewSeconds - 3_600) < 10)
      seen = []
      give(200, GRANTED)
      await askRequestToken()
      const { oauth_timestamp: timestamp } = verifiedParameters('')
      assert.ok(Math.abs(Number(timestamp) - now / 1000) < 10)
    })

    it('404 and other 4xx: HG_REJECTED, check the URL', async () => {
      for (const status of [404, 405, 410, 415]) {
        give(status, '<html>')
        await failsWith(askRequestToken, 'HG_REJECTED', /at this address \(HTTP 4\d\d\)\. Check the URL/, {
          statusCode: status,
        })
      }
    })

    it('3xx: HG_RESPONSE, and the signed request does not follow', async () => {
      give(302, '', { location: `${server.url}/elsewhere` })
      await failsWith(askRequestToken, 'HG_RESPONSE', /points to another address/, { statusCode: 302 })
      assert.equal(seen.length, 1)
    })

    it('500: HG_UNAVAILABLE, retryable, asked only once', async () => {
      give(500, 'oops')
      await failsWith(askRequestToken, 'HG_UNAVAILABLE', /out of order/, { statusCode: 500, retryable: true })
      assert.equal(seen.length, 1)
    })

    it('429: HG_RATE_LIMITED, retryable, with the wait', async () => {
      give(429, '', { 'retry-after': '3600' })
      await failsWith(askRequestToken, 'HG_RATE_LIMITED', /Wait, then send fewer/, {
        retryable: true,
        detail: { retryAfterMs: 3_600_000 },
      })
    })
  })

  describe('no answer', () => {
    it('a connection that breaks after the request has arrived: HG_UNAVAILABLE, not sent again', async () => {
      answer = (request) => request.socket.destroy()
      await failsWith(askAccessToken, 'HG_UNAVAILABLE', /./, { operation: 'accessToken' })
      assert.equal(seen.length, 1)
    })

    it('an abort: HG_CLOSED at once', async () => {
      answer = () => undefined
      const abort = new AbortController()
      setTimeout(() => abort.abort(), 50)
      await failsWith(() => askRequestToken({ signal: abort.signal }), 'HG_CLOSED', /./, {
        operation: 'requestToken',
      })
    })

    it('a host that is not there: HG_UNAVAILABLE', async () => {
      const gone = await listen(() => undefined)
      await gone.close()
      const ask = () =>
        requestToken(client, signer, { url: gone.url, callback: 'oob', provider: 'healthjibe' })
      await failsWith(ask, 'HG_UNAVAILABLE', /./)
    })

    it('an address that is none, and PLAINTEXT over an open line: HG_CONFIG, nothing is sent', async () => {
      const ask = (url: string, method: 'HMAC-SHA1' | 'PLAINTEXT') => () =>
        requestToken(client, new OAuth1Signer({ consumer, method }), {
          url,
          callback: 'oob',
          provider: 'healthjibe',
        })
      await failsWith(ask('www.razcode.net', 'HMAC-SHA1'), 'HG_CONFIG', /./)
      await failsWith(ask('http://192.0.2.1/', 'PLAINTEXT'), 'HG_CONFIG', /PLAINTEXT/)
    })
  })

  describe('authorizeUrl', () => {
    it('appends the token to an address with or without a query, encoded', () => {
      assert.equal(
        authorizeUrl('https://www.healthjibe.net/jibe/authorize', 'a+b&c'),
        'https://www.healthjibe.net/jibe/authorize?oauth_token=a%2Bb%26c',
      )
      assert.equal(
        authorizeUrl('https://x.example/a?lang=de&x=a+b#top', 't', { user: 'ü 1' }),
        'https://x.example/a?lang=de&x=a+b&oauth_token=t&user=%C3%BC%201#top',
      )
    })
  })
})
