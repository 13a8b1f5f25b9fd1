import assert from 'node:assert/strict'
import { calendarDay, mmddyyyy } from '../../../src/providers/healthjibe/calendar-day'

describe('a day of the calendar', () => {
  const days: [unknown, string][] = [
    ['2026-01-31', '01312026'],
    ['20260131T1200', '01312026'],
    ['2026-01-31T23:59:59.999Z', '01312026'],
    ['2026-01-31T23:59-08:00', '01312026'],
    ['2026-01-31 08:15', '01312026'],
    ['01312026', '01312026'],
    [' 02292024 ', '02292024'],
    ['12111012', '12111012'],
    [new Date(2026, 0, 31, 23, 59), '01312026'],
    [new Date(2026, 0, 31, 0, 0), '01312026'],
    [new Date(999, 11, 1), '12010999'],
  ]
  for (const [value, sent] of days) {
    it(`is ${String(value)}, sent as ${sent}`, () => {
      assert.equal(mmddyyyy(calendarDay(value, 'start date')), sent)
    })
  }

  const none: unknown[] = [
    '2026-13-01',
    '13012026',
    '2026-02-29',
    '02302026',
    '2026-00-10',
    '00102026',
    '20260131',
    '31.01.2026',
    '1/31/2026',
    '2026-01',
    'today',
    '2026-01-31Tlater',
    new Date(NaN),
    new Date(20_000, 0, 1),
    1769814000000,
    true,
    {},
    [],
    Symbol('day'),
  ]
  for (const value of none) {
    it(`is not ${String(value)}`, () => {
      assert.throws(() => calendarDay(value, 'start date'), {
        code: 'HG_INPUT',
        message: /^The start date is not a day of the calendar\. Give a Date, ISO 8601 /,
      })
    })
  }

  describe('of a Date', () => {
    const zone = process.env.TZ
    afterEach(() => {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    })

    it('is the one on the wall where this process runs', () => {
      const night = new Date('2026-02-01T03:00:00Z')
      for (const [place, sent] of [
        ['America/Los_Angeles', '01312026'],
        ['Asia/Tokyo', '02012026'],
      ] as const) {
        process.env.TZ = place
        assert.equal(mmddyyyy(calendarDay(night, 'day')), sent)
      }
    })
  })

  it('is compared by its place in time', () => {
    assert.ok(calendarDay('12312025', 'day').iso < calendarDay('01012026', 'day').iso)
  })
})
