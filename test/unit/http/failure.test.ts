import assert from 'node:assert/strict'
import net, { type AddressInfo } from 'node:net'
import type { ErrorCode } from '../../../src/errors'
import { HttpClient } from '../../../src/http/client'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

interface Expected {
  code: ErrorCode
  sentence: RegExp
  reason: string
  retryable: boolean
  statusCode?: number
}

/** What a POST gets, which is sent once because its fate is unknown. */
const expectations: Record<string, Expected> = {
  '/garbage': {
    code: 'HG_RESPONSE',
    sentence: /^What came from HOST is not an HTTP answer\. Check address, port, and http or https\.$/,
    reason: 'NOT_HTTP',
    retryable: false,
  },
  '/close': {
    code: 'HG_UNAVAILABLE',
    sentence: /^HOST closed the connection without an answer .*It may have the request all the same\.$/,
    reason: 'CLOSED_WITHOUT_ANSWER',
    retryable: true,
  },
  '/reset': {
    code: 'HG_UNAVAILABLE',
    sentence: /^HOST closed the connection without an answer \(ECONNRESET\)/,
    reason: 'ECONNRESET',
    retryable: true,
  },
  '/hang': {
    code: 'HG_TIMEOUT',
    sentence: /^HOST did not answer within 0\.4 s\. Try again later, or allow more time\.$/,
    reason: 'TIMEOUT',
    retryable: true,
  },
  '/drip': {
    code: 'HG_TIMEOUT',
    sentence: /^The answer of HOST was not complete after 0\.4 s\./,
    reason: 'TIMEOUT',
    retryable: true,
  },
  '/bad-chunk': {
    code: 'HG_RESPONSE',
    sentence: /^The answer of HOST is broken: its body is not valid HTTP\.$/,
    reason: 'NOT_HTTP',
    retryable: false,
    statusCode: 200,
  },
  '/big-headers': {
    code: 'HG_RESPONSE',
    sentence: /^The answer of HOST has more than 16 KiB of headers\./,
    reason: 'UND_ERR_HEADERS_OVERFLOW',
    retryable: false,
  },
  '/continue': {
    code: 'HG_RESPONSE',
    sentence: /^What came from HOST is not an HTTP answer\./,
    reason: 'NOT_HTTP',
    retryable: false,
  },
}

for (const path of ['/cut', '/cut-closing', '/cut-chunked', '/cut-chunked-closing', '/cut-reset']) {
  expectations[path] = {
    code: 'HG_RESPONSE',
    sentence:
      /^The answer of HOST was cut off: the connection ended before all of it had come\. Try again later\.$/,
    reason: 'CUT',
    retryable: true,
    statusCode: 200,
  }
}

describe('HttpClient: failures', () => {
  let server: FaultyServer
  let client: HttpClient

  before(async () => {
    client = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer({
      '/continue': (request) => request.socket.end('HTTP/1.1 100 Continue\r\n\r\n'),
    })
  })

  after(async () => {
    await client.close()
    await server.close()
  })

  for (const [path, expected] of Object.entries(expectations)) {
    it(`${path} is ${expected.code}, ${expected.reason}`, async () => {
      const url = `${server.url}${path}?patient=Jane`
      const timeoutMs = expected.code === 'HG_TIMEOUT' ? 400 : undefined
      const request = client.request({ method: 'POST', url, body: 'x', timeoutMs })
      const error = await failing(request, expected.code)
      assert.match(error.message.replaceAll(new URL(server.url).host, 'HOST'), expected.sentence)
      assert.doesNotMatch(error.message, /Jane|patient/)
      assert.deepEqual(error.cause, {
        retryable: expected.retryable,
        ...(expected.statusCode ? { statusCode: expected.statusCode } : {}),
        detail: { reason: expected.reason, arrived: 'unknown', attempts: 1 },
      })
      assert.equal(server.count(path), 1)
    })
  }

  it('a good answer follows on every failure: nothing is left in a bad state', async () => {
    const response = await client.request({ method: 'POST', url: `${server.url}/ok` })
    assert.equal(response.body.toString(), 'ok')
  })

  it('a port that nobody listens on is HG_UNAVAILABLE, and surely has nothing', async () => {
    const error = await failing(
      client.request({ method: 'POST', url: `http://127.0.0.1:1/a` }),
      'HG_UNAVAILABLE',
    )
    assert.match(
      error.message,
      /^127\.0\.0\.1:1 does not accept connections \(ECONNREFUSED\)\. Check address and port/,
    )
    assert.deepEqual(error.cause, {
      retryable: true,
      detail: { reason: 'ECONNREFUSED', arrived: 'no', attempts: 3 },
    })
  })

  it('a name that does not exist is HG_UNAVAILABLE', async () => {
    const request = client.request({ method: 'POST', url: 'http://no-such-host.invalid/a?b=c' })
    const error = await failing(request, 'HG_UNAVAILABLE')
    assert.match(error.message, /^no-such-host\.invalid cannot be (found|looked up)/)
    assert.match(JSON.stringify(error.cause.detail), /"(ENOTFOUND|EAI_AGAIN)","arrived":"no","attempts":3/)
  })

  it('a server that speaks first, and no HTTP, is HG_RESPONSE', async () => {
    const mail = net.createServer((socket) => {
      socket.on('error', () => undefined).resume()
      socket.write('220 mail.example ESMTP ready\r\n')
    })
    await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve))
    const { port } = mail.address() as AddressInfo
    const request = client.request({ method: 'POST', url: `http://127.0.0.1:${port}/`, timeoutMs: 2000 })
    const error = await failing(request, 'HG_RESPONSE').finally(() => mail.close())
    assert.match(error.message, /is not an HTTP answer/)
  })
})
