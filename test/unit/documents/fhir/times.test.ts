import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  patchInUtc,
  queryInUtc,
  timesInUtc,
  timesInUtcSteps,
  timesInZone,
  timesInZoneSteps,
} from '../../../../src/documents/fhir/times'
import type { FhirFinding } from '../../../../src/documents/fhir/check'
import { TimeZone } from '../../../../src/documents/fhir/zone'
import { GatewayError } from '../../../../src/errors'
import { inTurns } from '../../../../src/turn'
import { good } from './cases'

const london = new TimeZone('Europe/London')
const observation = (effectiveDateTime: unknown) => ({ ...good.observation, effectiveDateTime })
const inUtc = (text: unknown, zone?: TimeZone) => timesInUtc(observation(text), zone).value.effectiveDateTime
const inZone = (text: unknown, zone: TimeZone) => timesInZone(observation(text), zone).effectiveDateTime

describe('times of a FHIR resource that goes out', () => {
  const times: [what: string, text: string, utc: string][] = [
    ['a time in summer', '2026-07-01T09:00:00+01:00', '2026-07-01T08:00:00Z'],
    [
      'one west of Greenwich, over midnight and the year',
      '2025-12-31T20:30:00-05:00',
      '2026-01-01T01:30:00Z',
    ],
    [
      'one with a fraction, as long as it is',
      '2026-07-01T09:00:00.123456+02:00',
      '2026-07-01T07:00:00.123456Z',
    ],
    ['one in UTC', '2026-07-01T09:00:00Z', '2026-07-01T09:00:00Z'],
    ['UTC as an offset', '2026-07-01T09:00:00+00:00', '2026-07-01T09:00:00Z'],
    ['one without seconds', '2026-07-01T09:00+01:00', '2026-07-01T08:00:00Z'],
    ['an offset without colon, a space and a small z', '2026-07-01 09:00:00+0100', '2026-07-01T08:00:00Z'],
    ['one with blanks around it', ' 2026-07-01T09:00:00+01:00 ', '2026-07-01T08:00:00Z'],
    ['a leap second', '2017-01-01T00:59:60+01:00', '2016-12-31T23:59:60Z'],
    ['the first day of all', '0001-01-02T00:30:00+01:00', '0001-01-01T23:30:00Z'],
    ['the first century', '0050-01-01T00:30:00+01:00', '0049-12-31T23:30:00Z'],
  ]
  for (const [what, text, utc] of times) {
    it(`are UTC: ${what}`, () => {
      assert.equal(inUtc(text), utc)
      assert.equal(inUtc(text, london), utc)
    })
  }

  it('are UTC: a Date', () => {
    assert.equal(inUtc(new Date(Date.UTC(2026, 6, 1, 8))), '2026-07-01T08:00:00.000Z')
  })

  const untouched = [
    '2026',
    '2026-07',
    '2026-07-01',
    '9999-12-31T23:30:00-05:00',
    '0001-01-01T00:30:00+01:00',
    '2026-02-30T09:00:00',
    'soon',
    '',
    7,
    null,
  ]
  for (const value of untouched) {
    it(`stay as they are: ${JSON.stringify(value)}`, () => {
      assert.equal(inUtc(value, london), value)
    })
  }

  it('are told of where UTC has no text for them', () => {
    for (const [text, zone] of [
      ['9999-12-31T23:30:00-05:00', undefined],
      ['9999-12-31T23:30:00', new TimeZone('America/New_York')],
    ] as const) {
      const { findings } = timesInUtc(observation(text), zone)
      assert.deepEqual(
        findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`),
        ['warning value Observation.effectiveDateTime'],
      )
    }
  })

  it('are found everywhere, and nothing else is taken for one', () => {
    const local = '2026-07-01T09:00:00+01:00'
    const utc = '2026-07-01T08:00:00Z'
    const at = (text: string) => ({
      resourceType: 'Bundle',
      type: 'transaction',
      timestamp: text,
      entry: [
        {
          resource: {
            resourceType: 'Observation',
            meta: { lastUpdated: text },
            contained: [
              {
                resourceType: 'Patient',
                id: 'p',
                _birthDate: { extension: [{ url: 'x', valueDateTime: text }] },
              },
            ],
            status: 'final',
            code: { text: local },
            subject: { reference: '#p', display: local },
            identifier: [{ value: local, period: { start: text } }],
            effectiveTiming: { event: [text, text] },
            issued: text,
            note: [{ text: local, time: text }],
            valueString: local,
            component: [{ code: { text: 'x' }, valueDateTime: text }],
          },
          request: { method: 'POST', url: 'Observation' },
        },
        {
          resource: {
            resourceType: 'Parameters',
            parameter: [{ name: local, valueInstant: text, part: [{ name: 'x', valueString: local }] }],
          },
        },
      ],
    })
    const given = at(local)
    assert.deepEqual(timesInUtc(given).value, at(utc))
    assert.deepEqual(given, at(local))
  })

  it('that are local are told with their places in a Bundle', () => {
    const entry = [{ resource: good.practitioner }, { resource: observation('2026-07-01T09:00:00') }]
    assert.throws(() => timesInUtc({ resourceType: 'Bundle', entry }), {
      message: /^Bundle\.entry\[1\]\.resource\.effectiveDateTime is a local time/,
    })
  })

  it('leave what stands beside them in a list, and what is of another kind than R4 has', () => {
    const at = (text: string) => ({
      ...{ resourceType: 'Observation', subject: null, code: 'x', component: [null, 'y'] },
      effectiveTiming: { event: ['2026', text, '2026-07'] },
      _unknown: { extension: [{ url: 'x', valueDateTime: '2026-07-01T09:00:00+01:00' }] },
    })
    assert.deepEqual(timesInUtc(at('2026-07-01T09:00:00+01:00')).value, at('2026-07-01T08:00:00Z'))
  })

  it('are found in a Bundle without entries, or whose entries are no list', () => {
    for (const more of [{}, { entry: {} }, { entry: null }]) {
      const at = (timestamp: string) => ({ resourceType: 'Bundle', timestamp, ...more })
      assert.deepEqual(timesInUtc(at('2026-07-01T09:00:00+01:00')).value, at('2026-07-01T08:00:00Z'))
    }
  })

  it('are looked for to an end where an object holds itself', () => {
    const loop: Record<string, unknown> = { url: 'x' }
    loop.extension = [loop]
    assert.doesNotThrow(() => timesInUtc({ resourceType: 'Patient', extension: [loop] }))
    const value: Record<string, unknown> = {}
    value.value = value
    assert.doesNotThrow(() => patchInUtc([{ op: 'add', path: '/contact', value }]))
  })

  it('leave a resource without any as the very same object, and one that is no resource', () => {
    for (const value of [
      good.practitioner,
      { effectiveDateTime: '2026-07-01T09:00:00' },
      'x',
      null,
      undefined,
    ]) {
      assert.equal(timesInUtc(value).value, value)
    }
  })

  it('are an error that names all of them, where they are local and there is no zone', () => {
    const resource = { ...good.appointment, start: '2026-07-01T09:00:00', end: '2026-07-01T09:20' }
    assert.throws(
      () => timesInUtc(resource),
      (error) => {
        assert.ok(error instanceof GatewayError)
        assert.equal(error.code, 'HG_INPUT')
        assert.match(error.message, /Appointment\.start is a local time, without time zone\. 1 more/)
        const { findings } = error.cause.detail as { findings: FhirFinding[] }
        assert.deepEqual(
          findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`),
          ['error value Appointment.start', 'error value Appointment.end'],
        )
        return true
      },
    )
  })

  const local: [what: string, text: string, utc: string, warning?: RegExp][] = [
    ['in summer', '2026-07-01T09:00:00', '2026-07-01T08:00:00Z'],
    ['in winter', '2026-01-01T09:00:00.5', '2026-01-01T09:00:00.5Z'],
    ['without seconds', '2026-07-01T09:00', '2026-07-01T08:00:00Z'],
    ['before the clocks go forward', '2026-03-29T00:59:59', '2026-03-29T00:59:59Z'],
    [
      'that the clocks leave out, by the offset before',
      '2026-03-29T01:30:00',
      '2026-03-29T01:30:00Z',
      /leave out/,
    ],
    ['after the clocks went forward', '2026-03-29T02:00:00', '2026-03-29T01:00:00Z'],
    ['before the clocks go back', '2026-10-25T00:59:59', '2026-10-24T23:59:59Z'],
    ['that the clocks have twice, the first one', '2026-10-25T01:30:00', '2026-10-25T00:30:00Z', /twice/],
    ['after the clocks went back', '2026-10-25T02:00:00', '2026-10-25T02:00:00Z'],
    ['of 1970, when London had summer time all year', '1970-01-01T00:00:00', '1969-12-31T23:00:00Z'],
    ['of local mean time, with its seconds', '1840-01-01T00:00:00', '1840-01-01T00:01:15Z'],
  ]
  for (const [what, text, utc, warning] of local) {
    it(`are taken for those of the zone: a time ${what}`, () => {
      const { value, findings } = timesInUtc(observation(text), london)
      assert.equal(value.effectiveDateTime, utc)
      assert.deepEqual(
        findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`),
        warning ? ['warning value Observation.effectiveDateTime'] : [],
      )
      if (warning) assert.match(findings[0]?.message ?? '', warning)
    })
  }

  it('know zones of half hours, and a day that was left out', () => {
    assert.equal(inUtc('2026-04-05T01:45:00', new TimeZone('Australia/Lord_Howe')), '2026-04-04T14:45:00Z')
    assert.equal(inUtc('2026-01-01T00:00:00', new TimeZone('Asia/Kathmandu')), '2025-12-31T18:15:00Z')
    assert.equal(inUtc('2011-12-30T12:00:00', new TimeZone('Pacific/Apia')), '2011-12-30T22:00:00Z')
  })
})

describe('times of a JSON Patch', () => {
  it('are UTC, by the names of elements', () => {
    const patch = (text: string) => [
      { op: 'replace', path: '/effectiveDateTime', value: text },
      { op: 'add', path: '/event/-', value: text },
      { op: 'replace', path: '/event/12', value: text },
      {
        op: 'add',
        path: '/component/0',
        value: { valueDateTime: text, code: { text: '2026-07-01T09:00:00' } },
      },
      { op: 'test', path: '/valueString', value: '2026-07-01T09:00:00+01:00' },
      { op: 'remove', path: '/note' },
    ]
    assert.deepEqual(patchInUtc(patch('2026-07-01T09:00:00+01:00')).value, patch('2026-07-01T08:00:00Z'))
    assert.throws(() => patchInUtc(patch('2026-07-01T09:00:00')), { code: 'HG_INPUT' })
    assert.deepEqual(patchInUtc(patch('2026-07-01T09:00:00'), london).value, patch('2026-07-01T08:00:00Z'))
  })

  it('are UTC in lists and as Dates, and told with their places', () => {
    const patch = (time: unknown, event: unknown) => [
      { op: 'add', path: '/effectiveDateTime', value: time },
      { op: 'add', path: '/event', value: [event, '2026'] },
      { op: 'add', path: '/component', value: [{ valueDateTime: event, 'of Zebedee': { issued: event } }] },
    ]
    assert.deepEqual(
      patchInUtc(patch(new Date(Date.UTC(2026, 6, 1, 8)), '2026-07-01T09:00:00+01:00')).value,
      patch('2026-07-01T08:00:00.000Z', '2026-07-01T08:00:00Z'),
    )
    assert.throws(
      () => patchInUtc(patch(null, '2026-07-01T09:00:00')),
      ({ cause }: GatewayError) => {
        const { findings } = cause.detail as { findings: FhirFinding[] }
        assert.deepEqual(
          findings.map(({ path }) => path),
          ['patch[1].value[0]', 'patch[2].value[0].valueDateTime', 'patch[2].value[0].?.issued'],
        )
        return true
      },
    )
  })

  it('of what is no operation stay as they are', () => {
    const value = '2026-07-01T09:00:00+01:00'
    const patch = [
      null,
      7,
      value,
      { op: 'add', value },
      { op: 'add', path: 7, value },
      { op: 'add', path: '/0', value },
    ]
    assert.deepEqual(patchInUtc(patch).value, patch)
  })

  it('are UTC in a FHIRPath Patch as well', () => {
    const patch = (valueDateTime: string) => ({
      resourceType: 'Parameters',
      parameter: [{ name: 'value', valueDateTime }],
    })
    assert.deepEqual(patchInUtc(patch('2026-07-01T09:00:00'), london).value, patch('2026-07-01T08:00:00Z'))
  })
})

describe('times of a query', () => {
  it('are UTC, with prefixes, in lists and as Dates', () => {
    const at = new Date(Date.UTC(2026, 6, 1, 8))
    const { value } = queryInUtc({
      date: ['ge2026-07-01T09:00:00+01:00', 'lt2026-07-02'],
      _lastUpdated: at,
      when: '2026-07-01T09:00:00+01:00,2026-07-01T09:00:00Z',
      name: 'T09:00',
      count: 20,
      nothing: undefined,
    })
    assert.deepEqual(value, {
      date: ['ge2026-07-01T08:00:00Z', 'lt2026-07-02'],
      _lastUpdated: '2026-07-01T08:00:00.000Z',
      when: '2026-07-01T08:00:00Z,2026-07-01T09:00:00Z',
      name: 'T09:00',
      count: 20,
      nothing: undefined,
    })
  })

  it('are UTC in a query string, whose + nobody had encoded', () => {
    assert.deepEqual(
      queryInUtc('date=ge2026-07-01T09:00:00+01:00&date=lt2026-07-02T09:00:00%2B01:00&name=a').value,
      [
        ['date', 'ge2026-07-01T08:00:00Z'],
        ['date', 'lt2026-07-02T08:00:00Z'],
        ['name', 'a'],
      ],
    )
  })

  it('are an error where they are local, unless there is a zone', () => {
    assert.throws(() => queryInUtc([['date', 'ge2026-07-01T09:00']]), { code: 'HG_INPUT' })
    assert.deepEqual(queryInUtc([['date', 'ge2026-07-01T09:00']], london).value, [
      ['date', 'ge2026-07-01T08:00Z'],
    ])
  })

  const precise: [given: string, sent: string][] = [
    ['2026-07-01T09:00Z', '2026-07-01T09:00Z'],
    ['le2026-07-01T09:00Z', 'le2026-07-01T09:00Z'],
    ['eq2026-07-01T10:00+01:00', 'eq2026-07-01T09:00Z'],
    ['sa2026-07-01T00:30+01:00', 'sa2026-06-30T23:30Z'],
    ['ge2026-07-01T10:00', 'ge2026-07-01T09:00Z'],
    ['ge2026-07-01T10:00:00.5+01:00', 'ge2026-07-01T09:00:00.5Z'],
    ...['ne', 'gt', 'lt', 'eb', 'ap'].map((prefix): [string, string] => [
      `${prefix}2026-07-01T10:00+01:00`,
      `${prefix}2026-07-01T09:00Z`,
    ]),
    ['2026-07-01t10:00:00.25z', '2026-07-01T10:00:00.25Z'],
    ['8480-6$gt2026-07-01T10:00+0100', '8480-6$gt2026-07-01T09:00Z'],
    ['xx2026-07-01T10:00+01:00', 'xx2026-07-01T10:00+01:00'],
    ['2026-07-01T10:00,2026-07-01T10:00:30', '2026-07-01T09:00Z,2026-07-01T09:00:30Z'],
  ]
  for (const [given, sent] of precise) {
    it(`are as precise as they were given: ${given}`, () => {
      assert.deepEqual(queryInUtc({ date: given }, london).value, { date: sent })
    })
  }

  it('are not looked for where a search has none', () => {
    const query = {
      ...{ code: '2026-07-01T12:00:00', identifier: ['2026-07-01T12:00:00+01:00'] },
      ...{ _id: '2026-07-01T12:00:00', _tag: '2026-07-01T12:00:00', _profile: '2026-07-01T12:00:00' },
      ...{ _security: '2026-07-01T12:00:00' },
      'code:in': '2026-07-01T12:00:00',
    }
    assert.deepEqual(queryInUtc(query, london).value, query)
    assert.deepEqual(queryInUtc('code=2026-07-01T12:00:00').value, [['code', '2026-07-01T12:00:00']])
  })

  it('are told by the name of the parameter, if it is one', () => {
    for (const [name, path] of [
      ['date', 'query.date'],
      ['Zebedee the 1st', 'query.?'],
      ['<date', 'query.?'],
      ['date>', 'query.?'],
    ] as const) {
      assert.throws(() => queryInUtc({ [name]: '2026-07-01T09:00' }), {
        message: new RegExp(`^${path.replace('?', '\\?')} is a local time`),
      })
    }
  })

  it('leave what is no query to who sends it', () => {
    for (const query of [
      7,
      null,
      [['a']],
      ['a=b'],
      ['ab'],
      [['a', 7]],
      Buffer.from('a=b'),
      new Map(),
    ] as never[])
      assert.deepEqual(queryInUtc(query).value, query)
  })
})

describe('times of an answer', () => {
  const times: [zone: string, text: string, there: string][] = [
    ['Europe/London', '2026-07-01T08:00:00Z', '2026-07-01T09:00:00+01:00'],
    ['Europe/London', '2026-01-01T08:00:00.25Z', '2026-01-01T08:00:00.25+00:00'],
    ['America/New_York', '2026-01-01T01:30:00Z', '2025-12-31T20:30:00-05:00'],
    ['America/New_York', '2026-07-01T09:00:00+01:00', '2026-07-01T04:00:00-04:00'],
    ['Asia/Kolkata', '2016-12-31T23:59:60Z', '2017-01-01T05:29:60+05:30'],
    ['UTC', '2026-07-01T09:00:00+01:00', '2026-07-01T08:00:00Z'],
    ['utc', '2026-07-01T09:00:00+01:00', '2026-07-01T08:00:00Z'],
    ['Etc/UTC', '2026-07-01T09:00:00+01:00', '2026-07-01T08:00:00Z'],
    ['Etc/GMT', '2026-07-01T09:00:00+01:00', '2026-07-01T08:00:00+00:00'],
    ['Europe/London', '2026-07-01', '2026-07-01'],
    ['Europe/London', '2026-07-01T08:00:00', '2026-07-01T08:00:00'],
    ['Europe/London', '1840-01-01T00:00:00Z', '1840-01-01T00:00:00Z'],
    ['Europe/London', 'soon', 'soon'],
    ['Europe/London', '2026-02-30T08:00:00Z', '2026-02-30T08:00:00Z'],
    ['Europe/London', '2026-07-01T25:00:00Z', '2026-07-01T25:00:00Z'],
  ]
  for (const [zone, text, there] of times) {
    it(`are told by the clocks of ${zone}: ${text}`, () => {
      assert.equal(inZone(text, new TimeZone(zone)), there)
    })
  }

  it('of what R4 does not know are passed on as they are', () => {
    const time = '2026-07-01T08:00:00Z'
    const newer = { resourceType: 'Transport', occurrenceDateTime: time }
    assert.equal(timesInZone(newer, london), newer)
    const answer = {
      resourceType: 'Patient',
      seenAt: time,
      contact: [{ since: time, role: [{ when: time }] }],
    }
    assert.deepEqual(timesInZone(answer, london), answer)
  })

  it('stay the same moments, and come back as they were', () => {
    const zones = [
      'Europe/London',
      'America/St_Johns',
      'Pacific/Apia',
      'Africa/Casablanca',
      'Asia/Tehran',
      'UTC',
    ]
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date(Date.UTC(2100, 0, 1)), noInvalidDate: true }),
        fc.constantFrom(...zones).map((name) => new TimeZone(name)),
        (date, zone) => {
          const text = date.toISOString()
          const there = inZone(text, zone) as string
          assert.equal(Date.parse(there), date.getTime())
          assert.equal(inUtc(there), text)
          // Without its zone it is the same moment again, or the first of two.
          const again = String(inUtc(there.replace(/(?:Z|[+-]\d\d:\d\d)$/, ''), zone))
          const behind = date.getTime() - Date.parse(again)
          assert.ok(behind === 0 || (behind > 0 && behind <= 2 * 3_600_000), `${there} ${zone.name}`)
        },
      ),
    )
  })
})

describe('times of a large Bundle', () => {
  const bundle = (effectiveDateTime: string) => ({
    ...{ type: 'collection', resourceType: 'Bundle' },
    entry: Array.from({ length: 20_000 }, () => ({ resource: observation(effectiveDateTime) })),
    timestamp: effectiveDateTime,
  })

  it('give other work its turn, there and back', async () => {
    const there = bundle('2026-07-01T09:00:00+01:00')
    const utc = bundle('2026-07-01T08:00:00Z')
    let turns = 0
    const other = setInterval(() => turns++, 1)
    const sent = await inTurns(timesInUtcSteps(there))
    const sentIn = turns
    const told = await inTurns(timesInZoneSteps(utc, london))
    clearInterval(other)
    assert.deepEqual(sent.value, utc)
    assert.deepEqual(told, there)
    assert.deepEqual(Object.keys(told), Object.keys(there))
    assert.ok(sentIn > 1 && turns > sentIn + 1)
  })

  it('leave one without any as the very same object', () => {
    const none = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: good.practitioner }] }
    assert.equal(timesInUtc(none).value, none)
    assert.equal(timesInZone(none, london), none)
  })
})

describe('a time zone', () => {
  it('tells the offset on both sides of every change of its clocks, asked in any order', () => {
    const at = (text: string) => london.offsetAt(Date.parse(text)) / 3_600_000
    const days: [string, number][] = [
      ['2026-03-29T00:59:59.999Z', 0],
      ['2026-03-29T01:00:00Z', 1],
      ['2026-03-28T12:00:00Z', 0],
      ['2026-03-30T12:00:00Z', 1],
      ['2026-10-25T00:59:59.999Z', 1],
      ['2026-10-25T01:00:00Z', 0],
    ]
    for (const [text, offset] of [...days, ...days.toReversed()]) assert.equal(at(text), offset, text)
  })

  it('tells the offset of local mean time before the year 1', () => {
    assert.equal(london.offsetAt(Date.UTC(-10, 0, 1)), -75_000)
  })

  for (const name of ['Europe/Londn', '', 'London', 'GMT+25']) {
    it(`that is not known is HG_INPUT: "${name}"`, () => {
      assert.throws(() => new TimeZone(name), { code: 'HG_INPUT' })
    })
  }
})
