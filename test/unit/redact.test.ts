import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { GatewayError, toGatewayError } from '../../src/errors'
import { excerpt, redact, redactDeep } from '../../src/redact'

describe('redact', () => {
  const hidden: Record<string, string> = {
    'an Authorization header': 'sent Authorization: OAuth oauth_token="SECRET1234", oauth_signature="SECRET"',
    'a bearer token': 'GET / with Bearer SECRET.1234-5678',
    'a form answer': 'got oauth_token=SECRET&oauth_token_secret=SECRET',
    'a RAZCODE, which opens a record': 'raz_id=SECRET&raz_uri=SECRET, "raz_image": "SECRET"',
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

  it('leaves the place of a fault, however long the line is', () => {
    for (const place of ['1:7', '1:12345678', '12345678:1', '7:1073741825', '1073741825:1']) {
      const text = `not well-formed XML, at line:column ${place}: expected </a> of the element that begins at ${place}, the document ends.`
      assert.equal(redact(text), text)
      const twice = new GatewayError('HG_INPUT', text, { detail: { fault: text } }).with({
        operation: 'parse',
      })
      assert.deepEqual([twice.message, twice.cause.detail], [text, { fault: text }])
    }
  })

  it('takes no telephone number for a place', () => {
    for (const text of [
      'call 12345678',
      'call at 030:12345678',
      'line:column 12345678',
      'at line:column 1:7 12345678',
      'at line:column 1:12345678 99',
      'at line:column 1:030 1234567',
      'at line:column 1:49301234567',
      'at line:column 1:7: +49 30 1234567',
      'it begins at 12345678',
      'it begins at 1:7, call 12345678',
      'outline:column 1:12345678',
    ]) {
      assert.match(redact(text), /\[redacted\]/, text)
      assert.doesNotMatch(redact(text), /\d{6}/, text)
    }
  })

  it('leaves what a person needs to act on', () => {
    const text =
      'HealthJibe at https://www.razcode.net/gateway/sourcenotification answered with 503 (ECONNRESET). ' +
      'The store at /home/nodered/.node-red/health-gateways/store is open in process 12345. Port 18880, limit 64 MiB, <Medications>.'
    assert.equal(redact(text), text)
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

describe('the sentences of this package', () => {
  const root = join(__dirname, '../..')
  const sentences = ['src', 'nodes']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(root, folder, file),
      ),
    )
    // The sandbox speaks for the providers, and to people in a browser.
    .filter((file) => file.endsWith('.ts') && !file.includes('sandbox'))
    .flatMap((file) => readFileSync(file, 'utf8').match(/'[A-Z][^'\n]{20,}\.'|`[A-Z][^`\n]{20,}`/g) ?? [])
    .map((literal) => literal.slice(1, -1).replace(/\$\{[^}]*\}/g, '7'))

  it('pass the redactor unchanged', () => {
    assert.ok(sentences.length > 60, String(sentences.length))
    assert.deepEqual(
      sentences.filter((sentence) => redact(sentence) !== sentence),
      [],
    )
  })
})

describe('excerpt', () => {
  const sent =
    '<ContinuityOfCareRecord><Given>Zebulon</Given><Text unit="furlong">takes aspirin, 47 not:Ruth</Text></ContinuityOfCareRecord>'

  it('hides the words of the document that was sent, not its element names', () => {
    assert.equal(
      excerpt('Element Given: Zebulon who takes aspirin is not valid in ContinuityOfCareRecord', sent),
      'Element Given: [redacted] who [redacted] [redacted] is not valid in ContinuityOfCareRecord',
    )
  })

  const quoted: [string, string, string][] = [
    ['another case', sent, 'ZEBULON zebulon'],
    ['attributes', sent, 'furlong'],
    ['short words and numbers', '<a>Li Wu, 47</a>', 'Li Wu 47'],
    ['what stands behind a colon or a slash', 'bp=120/185 Name:Maria', '120 over 185 Maria'],
    ['letters with marks', '<a>Zoë Łukasz</a>', 'Zoë ŁUKASZ'],
    ['character references', '<a>Zo&#235; M&#xFC;ller</a>', 'Zoë Müller'],
    [
      'a word far into a large document',
      `<a>${'x '.repeat(400_000)}Zebulon ${'y '.repeat(400_000)}</a>`,
      'Zebulon',
    ],
  ]
  for (const [what, document, answer] of quoted) {
    it(`hides ${what}`, () => {
      assert.equal(excerpt(answer, document).replaceAll('[redacted]', '').replace('over', '').trim(), '')
    })
  }

  it('is 200 characters at most, without control characters, from text or bytes', () => {
    assert.ok(excerpt('word '.repeat(1000)).length <= 200)
    assert.equal(excerpt(Buffer.from('a\u0000\nb\xff', 'latin1')), 'a b')
  })

  it('hides a word that the 200th character cuts', () => {
    for (let length = 185; length < 205; length++) {
      const answer = `${'no '.repeat(70).slice(0, length)} Zebulon is refused`
      assert.doesNotMatch(excerpt(answer, sent), /Ze/, String(length))
    }
  })

  it('hides codes and addresses, which may open a record', () => {
    assert.equal(
      excerpt('Your code is ABCD2345, see https://www.razcode.net/r/ABCD2345.'),
      'Your code is [redacted], see https://www.razcode.net/[redacted]',
    )
  })

  it('does not go through a large document', () => {
    assert.equal(excerpt('anything', 'x'.repeat(16 * 1024 * 1024 + 1)), '')
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
    const error = new GatewayError('HG_AUTH', 'no', { operation: 'accessToken', statusCode: 401 })
    const { cause } = error.with({ provider: 'p', operation: 'connect' })
    assert.deepEqual(cause, { provider: 'p', operation: 'connect', statusCode: 401, retryable: false })
  })

  it('leaves the ids that a person needs, and no more', () => {
    const shown = (user: string) => new GatewayError('HG_AUTH', `The user "${user}" at 10023456`, { user })
    for (const user of ['0b5e9d2c-7a51-4c1e-9d5f-3a1f0a7c9b11', '10023456', 'patient_0001_of_the_clinic_x']) {
      assert.equal(shown(user).message, `The user "${user}" at [redacted]`)
      assert.equal(shown(user).cause.user, user)
    }
    const mail = shown('maria@example.org')
    assert.ok(!JSON.stringify([mail.message, mail.cause]).includes('maria'))
    const request = (requestId: string) => new GatewayError('HG_AUTH', 'no', { requestId }).cause.requestId
    assert.equal(request('0b5e9d2c-7a51-4c1e-9d5f-3a1f0a7c9b11'), '0b5e9d2c-7a51-4c1e-9d5f-3a1f0a7c9b11')
    assert.equal(request('x y'), undefined)
  })

  it('is made of anything that was thrown', () => {
    for (const thrown of [new TypeError('Bearer SECRET1234'), 'text', undefined, null, { a: 1 }]) {
      const error = toGatewayError(thrown)
      assert.equal(error.code, 'HG_INTERNAL')
      assert.ok(!`${error.message}${String(error.stack)}`.includes('SECRET'))
    }
  })
})
