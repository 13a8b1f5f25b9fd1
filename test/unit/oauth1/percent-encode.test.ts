import assert from 'node:assert/strict'
import fc from 'fast-check'
import { GatewayError } from '../../../src/errors'
import { PercentEncoded, percentEncode } from '../../../src/oauth1/percent-encode'
import { binary, encode } from './support/reference'

const text = fc.string({ unit: 'binary', maxLength: 60 })

function once(value: string | Uint8Array): string {
  return Buffer.concat([...new PercentEncoded(value).once()]).toString('latin1')
}

function twice(value: string | Uint8Array): string {
  let whole = ''
  for (const chunk of new PercentEncoded(value).twice()) whole += Buffer.from(chunk).toString('latin1')
  return whole
}

describe('percent encoding', () => {
  it('leaves exactly the unreserved characters of RFC 3986 as they are', () => {
    for (let code = 0; code < 128; code++) {
      const character = String.fromCharCode(code)
      const expected = /[A-Za-z0-9\-._~]/.test(character)
        ? character
        : `%${code.toString(16).toUpperCase().padStart(2, '0')}`
      assert.equal(percentEncode(character), expected)
      assert.equal(once(character), expected)
      assert.equal(twice(character), expected.replace('%', '%25'))
    }
  })

  it('encodes every byte value', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    assert.equal(percentEncode(bytes), encode(binary(bytes)))
    assert.equal(twice(bytes), encode(encode(binary(bytes))))
  })

  it('encodes text as UTF-8, in upper-case hexadecimal', () => {
    assert.equal(percentEncode('ü€😀'), '%C3%BC%E2%82%AC%F0%9F%98%80')
    assert.equal(once('ü€😀'), '%C3%BC%E2%82%AC%F0%9F%98%80')
    assert.equal(twice('ü'), '%25C3%25BC')
  })

  it('agrees with the plain implementation for any text and any bytes', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 60 })), (value) => {
        const expected = encode(binary(value))
        const encoded = new PercentEncoded(value)
        assert.equal(percentEncode(value), expected)
        assert.equal(once(value), expected)
        assert.equal(twice(value), encode(expected))
        assert.equal(encoded.byteLength, expected.length)
      }),
      { numRuns: 500 },
    )
  })

  it('never cuts a character where it cuts a long text', () => {
    for (const shift of [0, 1, 2, 3]) {
      const value = 'x'.repeat(shift) + '😀ü€'.repeat(20_000)
      assert.equal(once(value), encodeURIComponent(value))
      assert.equal(twice(value), encodeURIComponent(encodeURIComponent(value)))
    }
  })

  it('makes chunks of at most 64 KiB whatever the value, and few small ones', () => {
    for (const value of ['<'.repeat(300_000), 'a'.repeat(300_000), Buffer.alloc(300_000, 0xff)]) {
      const sizes = [...new PercentEncoded(value).once()].map((chunk) => chunk.length)
      assert.ok(Math.max(...sizes) <= 65_536)
      assert.ok(Math.min(...sizes.slice(0, -1)) > 60_000, `chunks of ${sizes.join(', ')}`)
      for (const chunk of new PercentEncoded(value).twice()) assert.ok(chunk.length <= 65_536)
    }
  })

  it('keeps chunks of a body apart from each other', () => {
    const chunks = [...new PercentEncoded('ab<'.repeat(100_000)).once()]
    assert.equal(Buffer.concat(chunks).toString('latin1'), 'ab%3C'.repeat(100_000))
  })

  it('knows the encoded length before, during and after a pass, also one that was broken off', () => {
    const value = 'Größe <1>'.repeat(50_000)
    const expected = encodeURIComponent(value).length
    const encoded = new PercentEncoded(value)
    const brokenOff = encoded.once()
    brokenOff.next()
    brokenOff.return()
    assert.equal(encoded.byteLength, expected)
    for (const pass of ['once', 'twice'] as const) {
      const again = new PercentEncoded(value)
      for (const chunk of again[pass]()) assert.ok(chunk.length > 0)
      assert.equal(again.byteLength, expected)
    }
  })

  it('does not copy bytes: a view of a larger buffer is encoded from where it lies', () => {
    const whole = Buffer.from('secret<x/>secret')
    assert.equal(once(whole.subarray(6, 10)), '%3Cx%2F%3E')
  })

  describe('order', () => {
    const sign = (value: number) => Math.sign(value)

    it('is that of the encoded bytes, not of the text', () => {
      // '%' comes before '-', digits and letters; '~' and '_' are not encoded
      const sorted = ['', '\u0000', 'é', '😀', '-', '0', 'A', '_', 'a', 'aa', '~']
      const shuffled = [...sorted].reverse().map((value) => new PercentEncoded(value))
      assert.deepEqual(
        shuffled.sort((a, b) => a.compare(b)).map(({ value }) => value),
        sorted,
      )
    })

    it('is that of the plain implementation for any two values', () => {
      fc.assert(
        fc.property(text, text, (a, b) => {
          const [left, right] = [encode(binary(a)), encode(binary(b))]
          const expected = left < right ? -1 : left > right ? 1 : 0
          assert.equal(sign(new PercentEncoded(a).compare(new PercentEncoded(b))), expected)
        }),
      )
    })

    it('holds for values that differ only after many chunks, and for text beside bytes', () => {
      const start = 'Größe '.repeat(60_000)
      const a = new PercentEncoded(`${start}a`)
      const b = new PercentEncoded(Buffer.from(`${start}b`))
      assert.ok(a.compare(b) < 0)
      assert.ok(b.compare(a) > 0)
      assert.ok(new PercentEncoded(start).compare(a) < 0)
      assert.equal(a.compare(new PercentEncoded(Buffer.from(`${start}a`))), 0)
    })
  })

  describe('what it refuses', () => {
    const refused = (make: () => unknown, words: RegExp) =>
      assert.throws(make, (error) => {
        assert.ok(error instanceof GatewayError)
        assert.equal(error.code, 'HG_INPUT')
        assert.match(error.message, words)
        return true
      })

    it('a lone surrogate, with its position and without the text', () => {
      for (const value of ['abc\ud83d', 'abc\ude00x', 'abc\ude00\ud83d']) {
        refused(() => percentEncode(value), /lone surrogate\) at position 3\. .*repair it/)
        refused(() => new PercentEncoded(value), /at position 3/)
      }
    })

    it('a lone surrogate in the middle of a long text', () => {
      refused(() => new PercentEncoded('<'.repeat(40_000) + '\ud83d' + '>'.repeat(40_000)), /position 40000/)
    })

    it('what is neither text nor bytes: undefined never becomes "undefined"', () => {
      for (const value of [undefined, null, 5, {}, ['a'], new ArrayBuffer(3)]) {
        refused(() => new PercentEncoded(value as string), /neither text nor bytes/)
      }
      refused(() => percentEncode(undefined as unknown as string), /text/)
    })
  })
})
