import assert from 'node:assert/strict'
import fc from 'fast-check'
import { period } from '../../../../../src/documents/ccr/validate/iso8601'

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

describe('ISO 8601', () => {
  const periods: [text: string, from: string, to: string][] = [
    ['2006', '2006-01-01T00:00:00.000Z', '2006-12-31T23:59:59.999Z'],
    ['2006-02', '2006-02-01T00:00:00.000Z', '2006-02-28T23:59:59.999Z'],
    ['2008-02-29', '2008-02-29T00:00:00.000Z', '2008-02-29T23:59:59.999Z'],
    ['20080229', '2008-02-29T00:00:00.000Z', '2008-02-29T23:59:59.999Z'],
    ['2006-04-12T15', '2006-04-12T15:00:00.000Z', '2006-04-12T15:59:59.999Z'],
    ['2006-04-12T15:10', '2006-04-12T15:10:00.000Z', '2006-04-12T15:10:59.999Z'],
    ['2006-04-12T15:10:57.246000', '2006-04-12T15:10:57.000Z', '2006-04-12T15:10:57.999Z'],
    ['2006-04-12T15:10:57+02:00', '2006-04-12T13:10:57.000Z', '2006-04-12T13:10:57.999Z'],
    ['20060412T151057-0730', '2006-04-12T22:40:57.000Z', '2006-04-12T22:40:57.999Z'],
    ['2006-04-12T15:10:57-05', '2006-04-12T20:10:57.000Z', '2006-04-12T20:10:57.999Z'],
    ['2005-12-31T23:59:60Z', '2006-01-01T00:00:00.000Z', '2006-01-01T00:00:00.999Z'],
    ['2006-12-31T24:00:00Z', '2007-01-01T00:00:00.000Z', '2007-01-01T00:00:00.999Z'],
    ['0033-04-03', '0033-04-03T00:00:00.000Z', '0033-04-03T23:59:59.999Z'],
  ]
  for (const [text, from, to] of periods) {
    it(`reads ${text}`, () => {
      const read = period(text)
      assert.ok(typeof read === 'object')
      assert.deepEqual([iso(read.from), iso(read.to)], [from, to])
    })
  }

  it('tells a time and its zone', () => {
    const kinds = ['2006', '2006-04-12T15:10', '2006-04-12T15:10Z'].map((text) => {
      const read = period(text)
      assert.ok(typeof read === 'object')
      return [read.hasTime, read.hasZone]
    })
    assert.deepEqual(kinds, [
      [false, false],
      [true, false],
      [true, true],
    ])
  })

  for (const text of [
    '',
    '1/4/1946',
    '2006-4-12',
    '2006-04-12 15:10',
    '2006-04-12T15:10:57UTC',
    '\n2006',
    '200604',
    '2006-0412',
    '@@CMTDATETIME@@',
    '2006-04-12Z',
  ]) {
    it(`takes ${JSON.stringify(text)} for something else`, () => {
      assert.equal(period(text), 'format')
    })
  }

  for (const text of [
    '2006-02-30',
    '2007-02-29',
    '2006-13',
    '2006-00-10',
    '2006-04-12T25:00Z',
    '2006-04-12T24:01Z',
    '2006-04-12T12:60Z',
    '2006-04-12T12:00:61Z',
    '2006-04-12T12:00+25:00',
  ]) {
    it(`knows that there is no ${text}`, () => {
      assert.equal(period(text), 'calendar')
    })
  }

  it('reads what Date writes', () => {
    const dates = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(dates, (date) => {
        const read = period(date.toISOString())
        assert.ok(typeof read === 'object')
        assert.equal(read.from, Math.floor(date.getTime() / 1000) * 1000)
      }),
    )
  })
})
