import assert from 'node:assert/strict'
import fc from 'fast-check'
import { formBody, type FormParameter } from '../../../src/oauth1/form-body'
import { OAuth1Signer } from '../../../src/oauth1/signer'
import { collectBody } from './support/collect'
import * as reference from './support/reference'

const anyText = fc.string({ unit: 'binary', maxLength: 12 })
const secret = fc.string({ unit: 'binary', maxLength: 12 })

/** Names from a small set collide: with each other, in query and body, and with protocol parameters. */
const name = fc.oneof(
  anyText,
  fc.constantFrom('a', 'A', 'a ', 'a%20', 'ä', '', 'her', 'oauth_token', 'oauth_nonce', 'z', '~'),
)
const value = fc.oneof(
  anyText,
  fc.uint8Array({ maxLength: 12 }),
  fc.constantFrom(
    '',
    '+',
    '%',
    '%2B',
    '=',
    '&',
    'a=b=c',
    "!'()*",
    '<a b="c">ü€😀</a>\r\n',
    'x'.repeat(70_000),
  ),
)
const params: fc.Arbitrary<FormParameter[]> = fc.array(fc.tuple(name, value), { maxLength: 5 })

const querySnippet = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '=',
    '=',
    '&',
    '&',
    '+',
    '%',
    '%2B',
    '%2b',
    '%zz',
    '%E4',
    '%F0%9F%98%80',
    '?',
    '/',
    ';',
  ),
  fc.constantFrom(
    '~',
    '%7E',
    "'",
    '"',
    '(',
    '*',
    '!',
    ' ',
    '#',
    '\\',
    'ä',
    '😀',
    'oauth_token',
    'oauth_signature',
    '\u0000',
  ),
)
const query = fc.array(querySnippet, { maxLength: 14 }).map((parts) => parts.join(''))
const url = fc
  .record({
    scheme: fc.constantFrom('http', 'HTTP', 'https', 'hTTpS'),
    host: fc.constantFrom('example.com', 'WWW.RazCode.Net', '127.0.0.1', '[::1]', 'localhost'),
    port: fc.constantFrom('', ':80', ':443', ':8080', ':0443'),
    path: fc.constantFrom('', '/', '/a/../b', '/%7Ea/~b', '/A b', '/ü', '/gateway/stage', '//x', "/(a)'"),
    query: fc.option(query, { nil: undefined }),
  })
  .map(
    (parts) =>
      `${parts.scheme}://${parts.host}${parts.port}${parts.path}${parts.query === undefined ? '' : `?${parts.query}`}`,
  )

const account = fc.record({
  consumer: fc.record({ key: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), secret }),
  method: fc.constantFrom('HMAC-SHA1' as const, 'HMAC-SHA256' as const),
  realm: fc.option(fc.string({ unit: fc.constantFrom('"', '\\', ',', '=', ' ', 'a'), maxLength: 8 }), {
    nil: undefined,
  }),
})
const token = fc.option(fc.record({ key: anyText, secret }), { nil: undefined })

describe('signer and plain implementation agree', () => {
  it('for the header of any request with query and body', async () => {
    await fc.assert(
      fc.asyncProperty(
        account,
        token,
        url,
        params,
        anyText,
        async (options, token, url, params, callback) => {
          const form = formBody(params)
          const signer = new OAuth1Signer(options)
          const header = await signer.authorizationHeader({ method: 'POST', url, form }, token, {
            oauth_callback: callback,
          })
          const sent = reference.parseHeader(header)
          const values = new Map(sent)
          assert.equal(values.get('oauth_consumer_key'), options.consumer.key)
          assert.equal(values.get('oauth_token'), token?.key)
          assert.equal(values.get('oauth_callback'), callback)
          assert.equal(values.get('realm') ?? '', options.realm ?? '')

          const body = await collectBody(form)
          assert.equal(body.length, form.contentLength)
          const wire = { method: 'POST', url: new URL(url).href, body, header: sent }
          assert.equal(
            values.get('oauth_signature'),
            reference.signature(options.method, wire, options.consumer.secret, token?.secret),
          )
        },
      ),
      { numRuns: 1_500 },
    )
  }).timeout(60_000)

  it('for any signed URL', async () => {
    await fc.assert(
      fc.asyncProperty(account, token, url, async (options, token, url) => {
        const before = new URL(url)
        fc.pre(!before.search.includes('oauth_'))
        const signed = await new OAuth1Signer(options).signedUrl({ method: 'GET', url }, token)
        const after = new URL(signed)
        assert.equal(after.hash, before.hash)
        assert.ok(after.search.slice(1).startsWith(before.search.slice(1)))
        assert.equal(after.searchParams.get('oauth_consumer_key'), options.consumer.key)
        assert.equal(
          after.searchParams.get('oauth_signature'),
          reference.signature(
            options.method,
            { method: 'GET', url: signed },
            options.consumer.secret,
            token?.secret,
          ),
        )
      }),
      { numRuns: 1_000 },
    )
  }).timeout(60_000)
})
