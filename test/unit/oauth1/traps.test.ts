import assert from 'node:assert/strict'
import { GatewayError } from '../../../src/errors'
import { formBody, type FormParameter } from '../../../src/oauth1/form-body'
import { OAuth1Signer } from '../../../src/oauth1/signer'
import { collectBody, wholeBaseString } from './support/collect'
import * as reference from './support/reference'

const consumer = { key: 'key', secret: 'secret' }

/** What signers get wrong. Expected values are written out by hand from RFC 5849, not computed. */
describe('signature traps', () => {
  describe('parameters of query and body', () => {
    const cases: [name: string, query: string, body: FormParameter[], normalized: string][] = [
      ['+ in the query is a space', '?q=a+b', [], 'q=a%20b'],
      ['%2B in the query is a plus', '?q=a%2Bb', [], 'q=a%2Bb'],
      ['a value goes on after its first =', '?q=a=b=c', [], 'q=a%3Db%3Dc'],
      ['a name is decoded before it is encoded', '?a%20b=1&c+d=2', [], 'a%20b=1&c%20d=2'],
      ['a value may be empty', '?a=', [], 'a='],
      ['a name may have no =', '?a', [], 'a='],
      ['a name may be empty', '?=v', [], '=v'],
      ['nothing between two & is nothing', '?&a=1&&b=2&', [], 'a=1&b=2'],
      ['an empty query has no parameter', '?', [], ''],
      ['an empty value does not hide a later one of the same name', '?q=&q=2', [], 'q=&q=2'],
      ['repeated names are sorted by value', '?a=b&a=B&a=10&a=9', [], 'a=10&a=9&a=B&a=b'],
      ['the same pair twice counts twice', '?a=1&a=1', [['a', '1']], 'a=1&a=1&a=1'],
      ['the same name in query and body counts for both', '?q=query', [['q', 'body']], 'q=body&q=query'],
      ['a ? inside the query is a character', '?a=b?c&d?=e', [], 'a=b%3Fc&d%3F=e'],
      ['a fragment is not sent and not signed', '?a=1#frag?b=2&c=3', [], 'a=1'],
      ['~ is never encoded, %7E is ~', '?a=~%7e%7E', [], 'a=~~~'],
      ['lower-case escapes are signed in upper case', '?a=%c3%bc%2f', [], 'a=%C3%BC%2F'],
      ['a % that begins no escape is a %', '?a=100%&b=%zz&c=%4', [], 'a=100%25&b=%25zz&c=%254'],
      ['an escape that is not UTF-8 stays the byte it is', '?a=%FF%e4', [], 'a=%FF%E4'],
      ['unencoded text in the query is UTF-8', '?ü=😀', [], '%C3%BC=%F0%9F%98%80'],
      ['realm in the query is a parameter like any other', '?realm=x', [], 'realm=x'],
      [
        'oauth_signature is left out wherever it stands',
        '?oauth_signature=x',
        [['oauth_signature', 'y']],
        '',
      ],
      ["!'()* are encoded", '', [['her', "!'()*"]], 'her=%21%27%28%29%2A'],
      ['body text is signed as UTF-8', '', [['her', 'ü€😀']], 'her=%C3%BC%E2%82%AC%F0%9F%98%80'],
      ['+, space, % and newline of a body', '', [['her', 'a+b c%20\r\n']], 'her=a%2Bb%20c%2520%0D%0A'],
      [
        'repeated names of a body',
        '',
        [
          ['a', '2'],
          ['a', '1'],
          ['a', ''],
        ],
        'a=&a=1&a=2',
      ],
      [
        'sorting comes after encoding: ü before -, ~ after z',
        '',
        [
          ['z', ''],
          ['~', ''],
          ['ü', ''],
          ['-', ''],
          ['Z', ''],
        ],
        '%C3%BC=&-=&Z=&z=&~=',
      ],
      [
        'a shorter name sorts before its extension',
        '',
        [
          ['ab', '1'],
          ['a-', '2'],
          ['a', '3'],
        ],
        'a=3&a-=2&ab=1',
      ],
    ]

    for (const [name, query, params, normalized] of cases) {
      it(name, async () => {
        const request = { method: 'POST', url: `http://example.com/r${query}`, form: formBody(params) }
        const expected = `POST&http%3A%2F%2Fexample.com%2Fr&${encodeURIComponent(normalized)}`
        assert.equal(wholeBaseString(request), expected)
        const wire = { method: 'POST', url: new URL(request.url).href, body: await collectBody(request.form) }
        assert.equal(reference.baseString(wire), expected)
      })
    }
  })

  describe('the base string URI', () => {
    const cases: [name: string, url: string, uri: string][] = [
      [
        'upper-case scheme and host',
        'HTTPS://WWW.RazCode.NET/Gateway/Stage',
        'https://www.razcode.net/Gateway/Stage',
      ],
      ['default port of https', 'https://example.com:443/r', 'https://example.com/r'],
      ['default port of http', 'http://example.com:80/r', 'http://example.com/r'],
      ['the other scheme’s port stays', 'http://example.com:443/r', 'http://example.com:443/r'],
      ['any other port stays', 'http://127.0.0.1:1880/r', 'http://127.0.0.1:1880/r'],
      ['no path', 'https://example.com', 'https://example.com/'],
      ['no path, but a query', 'https://example.com?a=1', 'https://example.com/'],
      ['a path in upper case stays', 'https://example.com/A%2fb/~c', 'https://example.com/A%2fb/~c'],
      ['user and password', 'https://user:pass@example.com/r', 'https://example.com/r'],
      ['an IPv6 address', 'http://[::1]:8080/r', 'http://[::1]:8080/r'],
    ]

    for (const [name, url, uri] of cases) {
      it(name, () => {
        const [, encoded = ''] = wholeBaseString({ method: 'GET', url }).split('&')
        assert.equal(decodeURIComponent(encoded), uri)
        assert.equal(reference.baseUri(new URL(url).href), uri)
      })
    }

    it('the method is signed in upper case', () => {
      assert.match(wholeBaseString({ method: 'post', url: 'https://example.com/' }), /^POST&/)
    })
  })

  describe('secrets', () => {
    it('are encoded in the key: &, %, spaces, umlauts', async () => {
      const secret = 'a&b%20c ü😀'
      const signer = new OAuth1Signer({ consumer: { key: 'k', secret } })
      const parameters = { oauth_nonce: 'n' }
      const wire = { method: 'GET', url: 'http://example.com/', header: Object.entries(parameters) }
      assert.equal(
        await signer.sign({ method: 'GET', url: wire.url }, parameters, secret),
        reference.signature('HMAC-SHA1', wire, secret, secret),
      )
    })

    it('a lone surrogate in a secret is HG_INPUT, not a URIError', async () => {
      const signer = new OAuth1Signer({ consumer: { key: 'k', secret: 'a\ud800' } })
      await assert.rejects(
        signer.authorizationHeader({ method: 'GET', url: 'http://example.com/' }),
        (error) => error instanceof GatewayError && error.code === 'HG_INPUT',
      )
    })
  })

  describe('the document', () => {
    const document = '<ContinuityOfCareRecord>Jane Doe</ContinuityOfCareRecord>'

    it('is not in the header, and neither are other parameters of query and body', async () => {
      const header = await new OAuth1Signer({ consumer }).authorizationHeader(
        {
          method: 'POST',
          url: 'https://example.com/r?hms=x',
          form: formBody([
            ['her', document],
            ['user', 'u1'],
          ]),
        },
        { key: 't', secret: 's' },
      )
      assert.deepEqual(
        reference.parseHeader(header).map(([name]) => name),
        [
          'oauth_consumer_key',
          'oauth_nonce',
          'oauth_signature',
          'oauth_signature_method',
          'oauth_timestamp',
          'oauth_token',
          'oauth_version',
        ],
      )
    })

    it('and the request and its parameters are not changed by signing', async () => {
      const params: FormParameter[] = Object.freeze([
        Object.freeze(['her', document] as const),
      ]) as FormParameter[]
      const form = formBody(params)
      const request = Object.freeze({ method: 'POST', url: 'https://example.com/r?q=1', form })
      await new OAuth1Signer({ consumer }).authorizationHeader(
        request,
        Object.freeze({ key: 't', secret: 's' }),
      )
      assert.deepEqual(form.params, [['her', document]])
      assert.equal((await collectBody(form)).toString(), `her=${encodeURIComponent(document)}`)
    })

    it('in bytes is signed as in text', async () => {
      const parameters = { oauth_nonce: 'n' }
      const sign = (her: string | Uint8Array) =>
        new OAuth1Signer({ consumer }).sign(
          { method: 'POST', url: 'https://example.com/r', form: formBody([['her', her]]) },
          parameters,
        )
      assert.equal(await sign('<a>ü😀</a>'), await sign(Buffer.from('<a>ü😀</a>')))
    })
  })

  it('the synchronous way of oauth-1.0a is closed: it would sign a wrong base string and return the document', () => {
    const signer = new OAuth1Signer({ consumer })
    const data = { her: '<ccr/>' }
    assert.throws(
      () => signer.authorize({ method: 'POST', url: 'https://example.com/?q=1', data }),
      /authorizationHeader or signedUrl/,
    )
  })
})
