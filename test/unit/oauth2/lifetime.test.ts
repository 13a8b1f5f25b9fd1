import assert from 'node:assert/strict'
import fc from 'fast-check'
import { endOf, expiryOf, renewalOf } from '../../../src/oauth2/lifetime'

const life = (seconds: number) => ({ token: 't', askedAt: 0, expiresAt: seconds * 1000 })

describe('the life of a token', () => {
  it('is counted from before the request', () => {
    assert.equal(expiryOf(3600, 1000), 3_601_000)
    assert.equal(expiryOf(1, 1000), 2_000)
    assert.equal(expiryOf(0.5, 1000), 1_500)
  })

  it('may be text that is a number', () => {
    for (const text of ['3600', ' 3600 ', '3600.0']) assert.equal(expiryOf(text, 0), 3_600_000)
    assert.equal(expiryOf('3600.25', 0), 3_600_250)
  })

  it('is not known where the provider does not say', () => {
    assert.equal(expiryOf(undefined, 0), undefined)
    assert.equal(expiryOf(null, 0), undefined)
    assert.equal(endOf({ token: 't', askedAt: 5 }), 3_600_005)
  })

  for (const wrong of [0, -1, NaN, Infinity, '0', '-5', '', 'soon', '1e9', '60.', '.5', true, {}, [3600]]) {
    it(`is refused: ${JSON.stringify(wrong)} (${typeof wrong})`, () => {
      assert.throws(() => expiryOf(wrong, 0), { code: 'HG_RESPONSE' })
    })
  }

  it('stays within what a Date can hold', () => {
    assert.ok(!Number.isNaN(new Date(expiryOf(Number.MAX_VALUE, Date.now()) ?? NaN).getTime()))
  })

  it('ends with a renewal 60 s or a tenth before, and by chance up to another tenth', () => {
    assert.equal(renewalOf(life(300), 0), 240_000)
    assert.equal(renewalOf(life(3600), 0), 3_240_000)
    assert.equal(renewalOf(life(3600), 1), 2_880_000)
  })

  it('is renewed at half of it where it is short', () => {
    for (const seconds of [0.5, 30, 59, 60, 100]) {
      assert.equal(renewalOf(life(seconds), 0), seconds * 500)
      assert.equal(renewalOf(life(seconds), 1), seconds * 500)
    }
  })

  it('never has a renewal before half of it or after its end', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seconds, chance) => {
          const at = renewalOf(life(seconds), chance)
          assert.ok(at >= seconds * 500 - 1e-6 && at < seconds * 1000)
        },
      ),
    )
  })
})
