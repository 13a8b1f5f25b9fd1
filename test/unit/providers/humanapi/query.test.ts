import assert from 'node:assert/strict'
import fc from 'fast-check'
import { filterParameters, limitOf, offsetOf, utcTime } from '../../../../src/providers/humanapi/query'

describe("Human API's filters", () => {
  it('are sent by the names of the vendor, with times in its form', () => {
    assert.deepEqual(
      filterParameters({
        updated_since: new Date('2026-01-31T08:30:15.999Z'),
        created_before: '2026-02-01T00:00:00+02:00',
        source: '55a83bdc8d1eb1420aa1a71b',
        start_date: '2026-01-01',
        end_date: '2026-01-31T23:00:00Z',
      }),
      [
        ['updated_since', '20260131T083015Z'],
        ['created_before', '20260131T220000Z'],
        ['source', '55a83bdc8d1eb1420aa1a71b'],
        ['start_date', '2026-01-01'],
        ['end_date', '2026-01-31'],
      ],
    )
  })

  it('may be missing, or empty one by one', () => {
    for (const filters of [
      undefined,
      null,
      '',
      {},
      { source: '', updated_since: undefined, end_date: null },
    ]) {
      assert.deepEqual(filterParameters(filters), [])
    }
  })

  const times: [string, string][] = [
    ['2026-01-31T08:30:00Z', '20260131T083000Z'],
    ['2026-01-31T08:30:00.123456z', '20260131T083000Z'],
    ['2026-01-31T08:30Z', '20260131T083000Z'],
    ['2026-01-31 08:30:00+0100', '20260131T073000Z'],
    ['2026-01-31T08:30:00-05', '20260131T133000Z'],
    ['2026-01-31T08:30:00', '20260131T083000Z'],
    ['2026-01-31', '20260131T000000Z'],
    ['20260131T083000Z', '20260131T083000Z'],
    [' 2024-02-29 ', '20240229T000000Z'],
  ]
  for (const [text, sent] of times) {
    it(`reads ${text}`, () => assert.equal(utcTime(text, 'updated_since'), sent))
  }

  it('send every Date so that it can be read back, to the second', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const sent = utcTime(date, 'updated_since')
        assert.match(sent, /^\d{8}T\d{6}Z$/)
        assert.equal(utcTime(sent, 'updated_since'), sent)
        assert.equal(utcTime(date.toISOString(), 'updated_since'), sent)
      }),
    )
  })

  const wrong: [string, unknown][] = [
    ['no object', 'updated_since=2026'],
    ['a list', []],
    ['an unknown name', { updatedSince: '2026-01-31' }],
    ['a name that is a secret', { 'pass word 1234': 'x' }],
    ['an invalid Date', { updated_since: new Date(NaN) }],
    ['a number', { updated_since: 1769848200000 }],
    ['a day that does not exist', { created_since: '2026-02-30' }],
    ['a month that does not exist', { created_since: '2026-13-01T00:00:00Z' }],
    ['an hour that does not exist', { created_since: '2026-01-01T25:00:00Z' }],
    ['words', { created_since: 'yesterday' }],
    ['a year of five digits', { created_since: new Date(8.64e15) }],
    ['half of a range', { start_date: '2026-01-01' }],
    ['the other half', { end_date: '2026-01-01' }],
    ['a range of nonsense', { start_date: 'x', end_date: 'y' }],
    ['a source that is no text', { source: { id: 1 } }],
    ['a source that is a novel', { source: 'x'.repeat(201) }],
  ]
  for (const [what, filters] of wrong) {
    it(`are HG_INPUT: ${what}`, () => {
      assert.throws(
        () => filterParameters(filters),
        ({ code, message }: { code: string; message: string }) =>
          code === 'HG_INPUT' && !message.includes('pass word'),
      )
    })
  }

  it('limit and offset are whole numbers in their range', () => {
    assert.deepEqual([limitOf(1), limitOf(500), offsetOf(0)], [1, 500, 0])
    for (const limit of [0, 501, 1.5, NaN, -1]) assert.throws(() => limitOf(limit), { code: 'HG_INPUT' })
    for (const offset of [-1, 0.5, NaN]) assert.throws(() => offsetOf(offset), { code: 'HG_INPUT' })
  })
})
