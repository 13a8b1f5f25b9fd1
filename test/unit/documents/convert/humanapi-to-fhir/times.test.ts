import assert from 'node:assert/strict'
import fc from 'fast-check'
import { fhirTime } from '../../../../../src/documents/convert/humanapi-to-fhir/times'
import { DATE_TIME } from './support'

describe("Human API's times in FHIR", () => {
  const readable: [text: string, fhir: string, offset?: string][] = [
    ['2015-03-19T22:48:26.000Z', '2015-03-19T22:48:26.000Z'],
    ['2015-03-19T22:48:26.000Z', '2015-03-19T15:48:26.000-07:00', '-07:00'],
    ['2015-03-19T22:48:26Z', '2015-03-20T04:18:26+05:30', '+05:30'],
    ['2015-03-19T22:48:26Z', '2015-03-19T22:48:26+00:00', '+00:00'],
    ['2015-03-19T22:48:26Z', '2015-03-19T22:48:26Z', 'PST'],
    ['2015-03-19T22:48:26Z', '2015-03-19T22:48:26Z', '+25:00'],
    ['2015-03-19T22:48:26Z', '2015-03-19T22:48:26Z', '+14:30'],
    ['2015-03-19T22:48:26Z', '2015-03-20T12:48:26+14:00', '+14:00'],
    ['2015-03-19T22:48:26-13:59', '2015-03-19T22:48:26-13:59'],
    ['9999-12-31T23:00:00Z', '9999-12-31T23:00:00Z', '+05:00'],
    ['0001-01-01T01:00:00Z', '0001-01-01T01:00:00Z', '-05:00'],
    ['0001-01-01', '0001-01-01'],
    ['2015-03-19T22:48:26+01:00', '2015-03-19T22:48:26+01:00', '-07:00'],
    ['2015-03-19T22:48:26-0700', '2015-03-19T22:48:26-07:00'],
    ['2015-03-19 22:48z', '2015-03-19T22:48:00Z'],
    ['2015-03-19', '2015-03-19'],
    ['2015-03-19', '2015-03-19', '-07:00'],
    ['Mon, 07 Jul 2014 16:04:00 GMT', '2014-07-07T16:04:00Z'],
    ['Mon Jul 07 2014 16:04:00 GMT-0700 (PDT)', '2014-07-07T16:04:00-07:00'],
    ['Mon Jul 7 2014', '2014-07-07'],
  ]
  for (const [text, fhir, offset] of readable) {
    it(`${text}${offset ? ` at ${offset}` : ''} is ${fhir}`, () => {
      assert.deepEqual(fhirTime(text, offset), { text: fhir, cut: false })
    })
  }

  for (const text of ['2015-03-19T22:48:26', 'Mon Jul 07 2014 16:04:00']) {
    it(`${text} is a day: it has no zone`, () => {
      assert.deepEqual(fhirTime(text), {
        text: text.startsWith('M') ? '2014-07-07' : '2015-03-19',
        cut: true,
      })
    })
  }

  for (const wrong of [
    ...[
      '',
      'n/a',
      'yesterday',
      '03-05-1985',
      '05/20/1971',
      '2015-02-29',
      '2015-13-01',
      '2015-01-01T25:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T10:00:00+23:00',
      '2026-01-01T10:00:00+14:30',
      '0000-01-01',
      '0000-01-01T10:00:00Z',
    ],
    ...[20150319, null, undefined, new Date(), { $date: 1 }, 'Mon Foo 07 2014', '2015-03-19T22:48:26Z junk'],
  ]) {
    it(`${JSON.stringify(wrong)} is none`, () => assert.equal(fhirTime(wrong), undefined))
  }

  it('are such as R4 has, or none', () => {
    const [two, zone] = [fc.integer({ min: 0, max: 62 }), fc.constantFrom('Z', '', '+', '-')]
    const padded = (number: number) => String(number).padStart(2, '0')
    fc.assert(
      fc.property(
        fc.constantFrom('0000', '0001', '0100', '1000', '2026', '9999'),
        fc.array(two, { minLength: 5, maxLength: 7 }),
        zone,
        fc.constantFrom(undefined, '+14:00', '-14:00', '+14:59', '+05:30'),
        (year, [month = 0, day = 0, hour = 0, minute = 0, second = 0, east = 0, more = 0], sign, offset) => {
          const clock = [hour % 26, minute, second].map(padded).join(':')
          const date = [year, padded(month % 14), padded(day % 33)].join('-')
          const written =
            sign.length === 1 && sign !== 'Z' ? `${sign}${padded(east % 26)}:${padded(more)}` : sign
          for (const text of [date, `${date}T${clock}${written}`]) {
            const time = fhirTime(text, offset)
            if (time) assert.match(time.text, DATE_TIME, text)
          }
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('are the same moment, whatever the offset', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.constantFrom('-11:00', '-07:00', '+00:00', '+05:45', '+14:00'),
        (date, offset) => {
          const { text } = fhirTime(date.toISOString(), offset) ?? { text: '' }
          assert.equal(Date.parse(text), date.getTime())
          assert.ok(text.endsWith(offset))
        },
      ),
    )
  })
})
