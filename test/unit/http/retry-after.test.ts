import assert from 'node:assert/strict'
import { retryAfterMs } from '../../../src/http/retry-after'

const wait = (value: string, date = 'Sun, 06 Nov 1994 08:49:37 GMT') =>
  retryAfterMs({ 'retry-after': value, date })

describe('retryAfterMs', () => {
  it('seconds', () => {
    assert.equal(wait('120'), 120_000)
    assert.equal(wait(' 0 '), 0)
  })

  it('a date, in each form that HTTP has, is read by the clock of the server', () => {
    for (const date of [
      'Sun, 06 Nov 1994 08:50:37 GMT',
      'Sunday, 06-Nov-94 08:50:37 GMT',
      'Sun Nov  6 08:50:37 1994',
    ]) {
      assert.equal(wait(date), 60_000, date)
    }
    assert.equal(wait('Sun, 06 Nov 1994 08:50:37 GMT', 'Sun Nov  6 08:49:37 1994'), 60_000)
  })

  it('asctime is GMT, wherever this runs', () => {
    const zone = process.env.TZ
    try {
      process.env.TZ = 'Asia/Tokyo'
      assert.equal(wait('Sun Nov  6 08:50:37 1994'), 60_000)
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  it('a date that has passed is no wait', () => {
    assert.equal(wait('Sun, 06 Nov 1994 08:49:36 GMT'), 0)
  })

  it('without a readable Date, the clock here counts', () => {
    const unreadable: Record<string, string>[] = [{}, { date: 'yesterday' }]
    for (const headers of unreadable) {
      const past = { ...headers, 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }
      assert.equal(retryAfterMs(past), 0)
      const future = { ...headers, 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }
      assert.ok((retryAfterMs(future) ?? 0) > 0)
    }
  })

  it('anything else is as if absent', () => {
    for (const value of ['', 'soon', 'soon 5', '-1', '1.5', '1.5 apples', '08:49:37']) {
      assert.equal(wait(value), undefined, value)
    }
    assert.equal(retryAfterMs({}), undefined)
  })
})
