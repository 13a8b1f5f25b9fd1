import assert from 'node:assert/strict'
import fc from 'fast-check'
import { GatewayError, toGatewayError } from '../../src/errors'
import { excerpt, redact, redactDeep } from '../../src/redact'

describe('redact', () => {
  const hidden: Record<string, string> = {
    'an Authorization header': 'sent Authorization: OAuth oauth_token="SECRET1234", oauth_signature="SECRET"',
    'a bearer token': 'GET / with Bearer SECRET.1234-5678',
    'a form answer': 'got oauth_token=SECRET&oauth_token_secret=SECRET',
    'a JSON answer': '{"access_token":"SECRET","refresh_token": "SECRET"}',
    'a password in a URL': 'cannot reach https://me:SECRET@example.org/x',
    'a query': 'cannot reach https://example.org/read?patient=SECRET',
    'a fragment': 'see https://example.org/#SECRET',
    'text of markup': '<Given>SECRET</Given>',
    'attributes of markup': '<Patient name="SECRET" born=\'SECRET\'/>',
    'an e-mail address': 'no user SECRET@example.org here',
    'a long opaque string': 'token SECRET0123456789abcdefghij refused',
    'a set-cookie header': 'set-cookie: SECRET',
  }
  for (const [what, text] of Object.entries(hidden)) {
    it(`hides ${what}`, () => {
      const result = redact(text)
      assert.ok(!result.includes('SECRET'), result)
      assert.match(result, /\[redacted\]/)
    })
  }

  it('hides telephone and insurance numbers and dates', () => {
    for (const text of [
      'call +49 30 1234567',
      'SSN 123-45-6789',
      'born 1970-05-01',
      'at 2026-01-15T09:30:00Z',
    ]) {
      assert.doesNotMatch(redact(text), /\d{2}/, text)
    }
  })

  it('leaves what a person needs to act on', () => {
    const text =
      'HealthJibe at https://www.razcode.net/gateway/sourcenotification answered with 503 (ECONNRESET). ' +
      'The store at /home/nodered/.node-red/health-gateways/store is open in process 12345. Port 18880, limit 64 MiB, <Medications>.'
    assert.equal(redact(text), text)
  })

  it('hides given values, also where they are encoded', () => {
    const secret = 'p&ss "word"'
    const text = `${secret} ${encodeURIComponent(secret)} ${JSON.stringify(secret)}`
    assert.doesNotMatch(redact(text, [secret]), /ss/)
  })

  it('takes any text, and hostile text in bounded time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof redact(text) === 'string'))
    for (const piece of ['a', '<a ', 'x=', '@', '1-', 'OAuth ', 'https://', '>x']) {
      assert.ok(redact(piece.repeat(500_000)).length < 100_000)
    }
  })

  it('goes through JSON and drops what is not', () => {
    const value = { a: ['Bearer SECRET1234'], b: 1, c: null, d: () => 'SECRET', e: undefined }
    assert.deepEqual(redactDeep(value), { a: ['Bearer [redacted]'], b: 1, c: null, d: undefined })
  })
})

describe('excerpt', () => {
  const sent =
    '<ContinuityOfCareRecord><Given>Zebulon</Given><Text>takes aspirin</Text></ContinuityOfCareRecord>'

  it('hides the words of the document that was sent, not its element names', () => {
    const answer = 'Element Given: Zebulon who takes aspirin is not valid in ContinuityOfCareRecord'
    assert.equal(
      excerpt(answer, sent),
      'Element Given: [redacted] who [redacted] [redacted] is not valid in ContinuityOfCareRecord',
    )
  })

  it('is 200 characters at most, without control characters, from text or bytes', () => {
    assert.ok(excerpt('word '.repeat(1000)).length <= 200)
    assert.equal(excerpt(Buffer.from('a\u0000\nb\xff', 'latin1')), 'a b')
  })
})

describe('GatewayError', () => {
  it('redacts its message and its cause', () => {
    const error = new GatewayError('HG_AUTH', 'refused Bearer SECRET1234', {
      detail: { answer: 'oauth_token=SECRET' },
    })
    assert.ok(!JSON.stringify([error.message, error.stack, error.cause]).includes('SECRET'))
    assert.equal(error.cause.retryable, false)
    assert.equal(String(error), `GatewayError: ${error.message}`)
  })

  it('takes on facts without losing those it has', () => {
    const error = new GatewayError('HG_AUTH', 'no', { operation: 'read' }).with({
      provider: 'p',
      operation: 'other',
    })
    assert.deepEqual(error.cause, { provider: 'p', operation: 'read', retryable: false })
  })

  it('is made of anything that was thrown', () => {
    for (const thrown of [new TypeError('Bearer SECRET1234'), 'text', undefined, null, { a: 1 }]) {
      const error = toGatewayError(thrown)
      assert.equal(error.code, 'HG_REJECTED')
      assert.ok(!`${error.message}${String(error.stack)}`.includes('SECRET'))
    }
  })
})
