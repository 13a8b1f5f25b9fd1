import assert from 'node:assert/strict'
import { type ErrorCode, GatewayError } from '../../../src/errors'
import { formBody } from '../../../src/oauth1/form-body'
import { OAuth1Signer, type SignatureMethod, type SignerOptions } from '../../../src/oauth1/signer'
import * as reference from './support/reference'

const consumer = { key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44' }
const get = {
  method: 'GET' as const,
  url: 'https://photos.example.net/photos?file=vacation.jpg&size=original',
}
const token = { key: 'nnch734d00sl2jdk', secret: 'pfkkdhi9sl3r4s00' }

function parameters(header: string): Record<string, string> {
  return Object.fromEntries(reference.parseHeader(header))
}

function failure(code: ErrorCode, words: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof GatewayError)
    assert.equal(error.code, code)
    assert.match(error.message, words)
    assert.equal(error.cause.retryable, false)
    return true
  }
}

describe('OAuth1Signer', () => {
  describe('the Authorization header', () => {
    it('has the protocol parameters and a signature that a server can verify', async () => {
      const header = await new OAuth1Signer({ consumer, realm: 'Photos' }).authorizationHeader(get, token)
      assert.match(header, /^OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", /)
      const sent = parameters(header)
      assert.equal(sent.oauth_version, '1.0')
      assert.equal(sent.oauth_signature_method, 'HMAC-SHA1')
      assert.equal(sent.oauth_token, token.key)
      assert.equal(
        sent.oauth_signature,
        reference.signature(
          'HMAC-SHA1',
          { ...get, header: reference.parseHeader(header) },
          consumer.secret,
          token.secret,
        ),
      )
    })

    it('without a token has no oauth_token and an empty token secret in the key', async () => {
      const header = await new OAuth1Signer({ consumer }).authorizationHeader(get, undefined, {
        oauth_callback: 'https://example.com/cb?a=b&c=ü',
      })
      const sent = parameters(header)
      assert.ok(!('oauth_token' in sent))
      assert.equal(sent.oauth_callback, 'https://example.com/cb?a=b&c=ü')
      const wire = { ...get, header: reference.parseHeader(header) }
      assert.equal(sent.oauth_signature, reference.signature('HMAC-SHA1', wire, consumer.secret))
    })

    it('cannot be given a nonce, a timestamp or a consumer by way of the extra parameters', async () => {
      const signer = new OAuth1Signer({ consumer, clock: () => 5_000_000 })
      const sent = parameters(
        await signer.authorizationHeader(get, token, {
          oauth_nonce: 'fixed',
          oauth_timestamp: '1',
          oauth_consumer_key: 'other',
          oauth_token: 'other',
        }),
      )
      assert.notEqual(sent.oauth_nonce, 'fixed')
      assert.equal(sent.oauth_timestamp, '5000')
      assert.equal(sent.oauth_consumer_key, consumer.key)
      assert.equal(sent.oauth_token, token.key)
    })
  })

  describe('HMAC-SHA256', () => {
    // The expected value is from a SHA-256 written out from FIPS 180-4, with none of OpenSSL in it.
    it('signs a fixed request as another SHA-256 does', async () => {
      const signer = new OAuth1Signer({ consumer, method: 'HMAC-SHA256' })
      const signature = await signer.sign(
        {
          method: 'POST',
          url: 'https://www.razcode.net/gateway/sourcenotification',
          form: formBody([['her', '<ccr>ü & 😀</ccr>']]),
        },
        {
          oauth_consumer_key: consumer.key,
          oauth_nonce: 'chapoH',
          oauth_signature_method: 'HMAC-SHA256',
          oauth_timestamp: 137_131_202,
          oauth_token: token.key,
          oauth_version: '1.0',
        },
        token.secret,
      )
      assert.equal(signature, 'XbYlmbYJz8EQIyR/VS2TEL9N+G4lRzWmX5+8dZTf11E=')
    })

    it('is named in the header', async () => {
      const header = await new OAuth1Signer({ consumer, method: 'HMAC-SHA256' }).authorizationHeader(
        get,
        token,
      )
      const wire = { ...get, header: reference.parseHeader(header) }
      assert.equal(parameters(header).oauth_signature_method, 'HMAC-SHA256')
      assert.equal(
        parameters(header).oauth_signature,
        reference.signature('HMAC-SHA256', wire, consumer.secret, token.secret),
      )
    })
  })

  describe('PLAINTEXT', () => {
    const plain = new OAuth1Signer({ consumer: { key: 'k', secret: 'a&b' }, method: 'PLAINTEXT' })

    it('sends the encoded secrets, encoded once more in the header', async () => {
      const header = await plain.authorizationHeader(get, { key: 't', secret: 'ü' })
      assert.match(header, /oauth_signature="a%2526b%26%25C3%25BC"/)
      assert.equal(parameters(header).oauth_signature, 'a%26b&%C3%BC')
    })

    it('is refused over http to another machine', async () => {
      for (const url of [
        'http://example.com/r',
        'http://localhost.example.com/',
        'http://127.0.0.1.example.com/',
        'http://10.0.0.1/',
        'http://[::2]/',
      ]) {
        const refused = failure('HG_CONFIG', /PLAINTEXT .* https/)
        await assert.rejects(plain.authorizationHeader({ method: 'POST', url }), refused)
        await assert.rejects(plain.signedUrl({ method: 'GET', url }), refused)
      }
    })

    it('is allowed over http on this machine', async () => {
      for (const url of [
        'http://localhost:1880/r',
        'http://sandbox.localhost/r',
        'http://127.0.0.1:9/r',
        'http://127.1.2.3/',
        'http://[::1]:80/',
      ]) {
        assert.match(await plain.authorizationHeader({ method: 'POST', url }), /PLAINTEXT/)
      }
    })
  })

  describe('the nonce', () => {
    it('has 16 random bytes and is another one for every signature, of the same request as well', async () => {
      const signer = new OAuth1Signer({ consumer })
      const nonces = new Set<string>()
      for (let i = 0; i < 500; i++) {
        const { oauth_nonce: nonce = '' } = parameters(await signer.authorizationHeader(get, token))
        assert.match(nonce, /^[0-9a-f]{32}$/)
        nonces.add(nonce)
      }
      assert.equal(nonces.size, 500)
    })

    it('does not come from Math.random', async () => {
      const random = Math.random
      Math.random = () => assert.fail('Math.random was used')
      try {
        await new OAuth1Signer({ consumer }).authorizationHeader(get, token)
      } finally {
        Math.random = random
      }
    })
  })

  describe('the timestamp', () => {
    function signerWithClock() {
      const clock = { now: Date.UTC(2026, 0, 1) }
      const signer = new OAuth1Signer({ consumer, clock: () => clock.now })
      const stamp = async () => Number(parameters(await signer.authorizationHeader(get)).oauth_timestamp)
      return { clock, signer, stamp, start: clock.now / 1000 }
    }
    const dateHeader = (ms: number) => new Date(ms).toUTCString()

    it('is whole seconds of the clock', async () => {
      const { clock, stamp, start } = signerWithClock()
      clock.now += 1_999
      assert.equal(await stamp(), start + 1)
    })

    it('never goes back when the clock does', async () => {
      const { clock, stamp, start } = signerWithClock()
      assert.equal(await stamp(), start)
      clock.now -= 3_600_000
      assert.equal(await stamp(), start)
      clock.now += 3_601_000
      assert.equal(await stamp(), start + 1)
    })

    it('follows the provider’s clock when that differs by more than 30 seconds', async () => {
      const { clock, signer, stamp, start } = signerWithClock()
      assert.equal(signer.adjustClock(dateHeader(clock.now + 600_000)), 600_000)
      assert.equal(await stamp(), start + 600)
    })

    it('keeps its own clock when the provider’s differs little, says nothing or nothing readable', async () => {
      const { clock, signer, stamp, start } = signerWithClock()
      for (const header of [dateHeader(clock.now + 20_000), undefined, '', 'yesterday']) {
        assert.equal(signer.adjustClock(header), 0)
        assert.equal(await stamp(), start)
      }
    })

    it('an unreadable Date does not undo an adjustment, an agreeing one does', async () => {
      const { clock, signer, stamp, start } = signerWithClock()
      signer.adjustClock(dateHeader(clock.now + 100_000))
      signer.adjustClock('garbage')
      assert.equal(await stamp(), start + 100)
      clock.now += 200_000
      assert.equal(signer.adjustClock(dateHeader(clock.now)), 0)
      assert.equal(await stamp(), start + 200)
    })

    it('goes back only when it was so far ahead that the provider has refused it', async () => {
      const far = signerWithClock()
      await far.stamp()
      far.signer.adjustClock(dateHeader(far.clock.now - 7_200_000))
      assert.equal(await far.stamp(), far.start - 7_200)

      const near = signerWithClock()
      await near.stamp()
      near.signer.adjustClock(dateHeader(near.clock.now - 60_000))
      assert.equal(await near.stamp(), near.start)
    })
  })

  describe('the realm', () => {
    it('cannot break out of its quotes', async () => {
      const realm = 'a", oauth_token="evil\\'
      const header = await new OAuth1Signer({ consumer, realm }).authorizationHeader(get)
      assert.match(header, /^OAuth realm="a\\", oauth_token=\\"evil\\\\", oauth_consumer_key=/)
      assert.deepEqual(reference.parseHeader(header)[0], ['realm', realm])
      assert.ok(!('oauth_token' in parameters(header)))
    })

    it('cannot begin another header line', () => {
      for (const realm of ['a\r\nX-Evil: 1', 'a\u0000', 'ü']) {
        assert.throws(
          () => new OAuth1Signer({ consumer, realm }),
          failure('HG_CONFIG', /realm .* printable ASCII/),
        )
      }
    })

    it('is not signed', async () => {
      const header = await new OAuth1Signer({ consumer, realm: 'x y' }).authorizationHeader(get)
      const wire = { ...get, header: reference.parseHeader(header).filter(([name]) => name !== 'realm') }
      assert.equal(
        parameters(header).oauth_signature,
        reference.signature('HMAC-SHA1', wire, consumer.secret),
      )
    })
  })

  describe('signedUrl', () => {
    it('puts the protocol parameters behind the query, which stays as it is', async () => {
      const url =
        'https://www.healthjibe.net/jibe/configure?raz_callback=http%3A%2F%2F127.0.0.1%2Fcb%3Fa%3Db&x=a+b&y'
      const signed = await new OAuth1Signer({ consumer, realm: 'r' }).signedUrl({ method: 'GET', url }, token)
      assert.ok(signed.startsWith(`${url}&oauth_consumer_key=`), signed)
      const query = new URL(signed).searchParams
      assert.equal(query.get('oauth_token'), token.key)
      assert.equal(query.get('realm'), null)
      assert.equal(
        query.get('oauth_signature'),
        reference.signature('HMAC-SHA1', { method: 'GET', url: signed }, consumer.secret, token.secret),
      )
    })

    it('works without a query, without a path and with a fragment, which stays at the end', async () => {
      const signer = new OAuth1Signer({ consumer })
      for (const url of [
        'https://example.com',
        'https://example.com/?',
        'https://example.com/a#top',
        'https://example.com/??a',
      ]) {
        const signed = await signer.signedUrl({ method: 'GET', url })
        assert.match(signed, /^https:\/\/example\.com\/a?\?(?:\?a&)?oauth_consumer_key=/)
        assert.equal(new URL(signed).hash, new URL(url).hash)
        assert.equal(
          new URL(signed).searchParams.get('oauth_signature'),
          reference.signature('HMAC-SHA1', { method: 'GET', url: signed }, consumer.secret),
        )
      }
    })
  })

  describe('what it refuses', () => {
    it('no consumer key, no secret', () => {
      const incomplete: unknown[] = [{}, { key: '', secret: 's' }, { key: 'k' }]
      for (const value of incomplete) {
        assert.throws(
          () => new OAuth1Signer({ consumer: value as SignerOptions['consumer'] }),
          failure('HG_CONFIG', /consumer key or its secret is missing\. Enter both/),
        )
      }
    })

    it('an unknown signature method', () => {
      for (const method of ['RSA-SHA1', 'toString', 'hmac-sha1']) {
        assert.throws(
          () => new OAuth1Signer({ consumer, method: method as SignatureMethod }),
          failure('HG_CONFIG', /Use HMAC-SHA1/),
        )
      }
    })

    it('half a token', async () => {
      const half = { key: 'k' } as { key: string; secret: string }
      await assert.rejects(
        new OAuth1Signer({ consumer }).authorizationHeader(get, half),
        failure('HG_INPUT', /token or its secret is missing/),
      )
    })

    it('undefined where text belongs, instead of sending "undefined"', async () => {
      for (const method of ['HMAC-SHA1', 'PLAINTEXT'] as const) {
        const extra = { oauth_verifier: undefined as unknown as string }
        await assert.rejects(
          new OAuth1Signer({ consumer, method }).authorizationHeader(get, token, extra),
          failure('HG_INPUT', /Give a string/),
        )
      }
    })

    it('what is no http address', async () => {
      for (const url of ['', 'example.com/r', '/r', 'ftp://example.com/', 'javascript:alert(1)']) {
        await assert.rejects(
          new OAuth1Signer({ consumer }).authorizationHeader({ method: 'GET', url }),
          failure('HG_CONFIG', /begins with https/),
        )
      }
    })
  })
})
