import assert from 'node:assert/strict'
import { codesOf, common, one, profileUnits, several, type Json } from './support'

const reading = {
  timestamp: '2015-03-19T22:48:26.000Z',
  tzOffset: '-07:00',
  source: 'ihealth',
  sourceData: {},
}
/** These records have no status: that they are final is an assumption. */
const assumed = 'status-assumed status'

describe('a wellness measurement in FHIR', () => {
  it('is an Observation, coded in LOINC and UCUM, with its time, its patient and its source', () => {
    const { made, found } = one('heart_rate/readings', { ...reading, value: 66, unit: 'bpm' })
    assert.deepEqual(made, {
      resourceType: 'Observation',
      status: 'final',
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/observation-category',
              code: 'vital-signs',
              display: 'Vital Signs',
            },
          ],
        },
      ],
      code: {
        coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }],
        text: 'Heart rate',
      },
      subject: {
        type: 'Patient',
        identifier: { system: 'https://api.humanapi.co/v1/human', value: common.humanId },
      },
      effectiveDateTime: '2015-03-19T15:48:26.000-07:00',
      device: {
        type: 'Device',
        identifier: { system: 'https://api.humanapi.co/v1/human/sources', value: 'ihealth' },
      },
      identifier: [{ system: 'https://api.humanapi.co/v1/human/heart_rate', value: common.id }],
      valueQuantity: { value: 66, unit: 'bpm', system: 'http://unitsofmeasure.org', code: '/min' },
    })
    assert.deepEqual(found, [assumed])
  })

  const values: [
    resource: string,
    value: unknown,
    unit: string,
    codes: string[],
    quantity: [number, string],
  ][] = [
    ['blood_oxygen', 99, 'SpO2(%)', ['2708-6', '59408-5'], [99, '%']],
    ['bmi', 24.94, 'kg/m2', ['39156-5'], [24.94, 'kg/m2']],
    ['body_fat', '18.5', 'percent', ['41982-0'], [18.5, '%']],
    ['heart_rate', 66, 'bpm', ['8867-4'], [66, '/min']],
    ['height', 1780, 'mm', ['8302-2'], [178, 'cm']],
    ['height', 1.785, 'm', ['8302-2'], [178.5, 'cm']],
    ['height', 70, 'in', ['8302-2'], [70, '[in_i]']],
    ['weight', 70.1, 'kg', ['29463-7'], [70.1, 'kg']],
    ['weight', 155, 'LB', ['29463-7'], [155, '[lb_av]']],
    ['blood_glucose', 98, 'mg/dL', ['2339-0'], [98, 'mg/dL']],
    ['blood_glucose', 0.1, 'g/dL', ['2339-0'], [0.1, 'g/dL']],
    ['blood_glucose', 5.4, 'mmol/L', ['15074-8'], [5.4, 'mmol/L']],
    ['blood_glucose', 5400, 'umol/L', ['15074-8'], [5400, 'umol/L']],
  ]
  for (const [resource, value, unit, codes, quantity] of values) {
    it(`${resource} of ${String(value)} ${unit}`, () => {
      for (const path of [resource, `${resource}/readings`, `${resource}/readings/daily`]) {
        const { made, found } = one(path, { ...reading, value, unit })
        assert.deepEqual(codesOf(made), codes)
        const { value: amount, code, system } = made.valueQuantity as Record<string, unknown>
        assert.deepEqual([amount, code, system], [...quantity, 'http://unitsofmeasure.org'])
        assert.deepEqual(found, [assumed])
        assert.match(JSON.stringify(made.identifier), new RegExp(`human/${resource}"`))
      }
    })
  }

  it('of blood pressure is one with two components, and the heart rate one of its own', () => {
    const { resources, found } = several('blood_pressure', {
      ...reading,
      systolic: 120,
      diastolic: 80,
      heartRate: 61,
      unit: 'mmHg',
    })
    const [pressure, rate] = resources
    assert.deepEqual(codesOf(pressure ?? {}), ['85354-9'])
    assert.deepEqual(
      (pressure?.component as Json[]).map((each) => [codesOf(each), (each.valueQuantity as Json).value]),
      [
        [['8480-6'], 120],
        [['8462-4'], 80],
      ],
    )
    assert.deepEqual([codesOf(rate ?? {}), (rate?.valueQuantity as Json).value], [['8867-4'], 61])
    assert.deepEqual(
      resources.map(({ identifier }) => (identifier as { value: string }[])[0]?.value),
      [common.id, `${common.id}#heartRate`],
    )
    assert.deepEqual(found, [assumed])
  })

  it('of half a blood pressure says that the other half is missing', () => {
    const { made, found } = one('blood_pressure', { ...reading, systolic: 120, unit: 'mmHg' })
    const [, low] = made.component as Json[]
    assert.equal((low?.dataAbsentReason as { coding: Json[] }).coding[0]?.code, 'unknown')
    assert.deepEqual(found, [assumed, 'value-missing diastolic'])
  })

  it('keeps notes and the meal that a glucose value goes with', () => {
    const { made } = one('blood_glucose', {
      ...reading,
      value: 98,
      unit: 'mg/dL',
      notes: 'tired',
      mealTag: 'fasting',
    })
    assert.deepEqual(made.note, [{ text: 'tired' }, { text: 'fasting' }])
  })

  it('in a unit that is not known keeps it as text, and says so', () => {
    const { made, found } = one('blood_glucose', { ...reading, value: 3, unit: 'smiles' })
    assert.deepEqual(made.valueQuantity, { value: 3, unit: 'smiles' })
    assert.equal(codesOf(made).length, 0)
    assert.deepEqual(found, [assumed, 'unit-unknown unit', 'unit-mismatch unit'])
  })

  it('without a value is none, and that is told', () => {
    for (const value of [
      undefined,
      null,
      '',
      'n/a',
      'high',
      NaN,
      {},
      true,
      '0x1F',
      '0b11',
      '1e3',
      '7 0',
      '1,5',
    ]) {
      const { resources, found } = several('weight', { ...reading, value, unit: 'kg' })
      assert.deepEqual(resources, [])
      assert.ok(found.includes('value-missing value'))
      assert.ok(found.includes('not-converted'))
    }
  })

  it('without a readable time is told without one', () => {
    const { made, found } = one('weight', { ...reading, timestamp: '03/19/2015', value: 70, unit: 'kg' })
    assert.ok(!('effectiveDateTime' in made))
    assert.deepEqual(found, [assumed, 'date-unreadable timestamp'])
  })

  it('without a time is told without one, and that is told', () => {
    const readings: [string, Json][] = [
      ['weight', { value: 70, unit: 'kg' }],
      ['blood_pressure', { systolic: 120, diastolic: 80, unit: 'mmHg' }],
    ]
    for (const [resource, fields] of readings) {
      assert.deepEqual(one(resource, fields).found, [assumed, 'value-missing timestamp'])
    }
    assert.deepEqual(one('heart_rate/summaries', { restingHR: 58 }).found, ['value-missing date', assumed])
  })

  describe('in a unit of another thing', () => {
    const names: Record<string, string[]> = {
      blood_oxygen: ['2708-6'],
      bmi: ['39156-5'],
      body_fat: [],
      heart_rate: ['8867-4'],
      height: ['8302-2'],
      weight: ['29463-7'],
    }
    for (const [resource, [code = '41982-0']] of Object.entries(names)) {
      it(`${resource} has no code of it, and that is told`, () => {
        const fitting = [...(profileUnits[code] ?? ['%']), ...(resource === 'height' ? ['mm', 'm'] : [])]
        for (const unit of ['mg/dL', '%', 'kg', '/min', 'cm', 'mm', 'm', 'kg/m2', 'mm[Hg]', undefined]) {
          const { made, found } = one(resource, { ...reading, value: 7, unit })
          const isFitting = fitting.includes(unit ?? '')
          assert.deepEqual(codesOf(made).includes(code), isFitting, unit)
          assert.deepEqual(found, isFitting ? [assumed] : [assumed, 'unit-mismatch unit'], unit)
          if (!isFitting) assert.equal((made.valueQuantity as Json).unit, unit)
        }
      })
    }

    it('blood pressure has no code either, nor has glucose', () => {
      const { made, found } = one('blood_pressure', { ...reading, systolic: 16, diastolic: 11, unit: '%' })
      const codes = [made, ...(made.component as Json[])].flatMap(codesOf)
      assert.deepEqual([codes, found], [[], [assumed, 'unit-mismatch unit']])
      const glucose = one('blood_glucose', { ...reading, value: 3, unit: 'kg' })
      assert.deepEqual([codesOf(glucose.made), glucose.found], [[], [assumed, 'unit-mismatch unit']])
    })
  })

  it('has the status that it tells', () => {
    const weight = { ...reading, value: 70, unit: 'kg' }
    const stated = one('weight', { ...weight, status: 'Entered in error' })
    assert.deepEqual([stated.made.status, stated.found], ['entered-in-error', []])
    const odd = one('weight', { ...weight, status: 'odd' })
    assert.deepEqual([odd.made.status, odd.found], ['unknown', [assumed]])
  })

  it('says what has no place in it', () => {
    const { found } = one('weight', { ...reading, value: 70, unit: 'kg', sourceData: { a: 1 }, mood: 'good' })
    assert.deepEqual(found, [assumed, 'left-out sourceData', 'left-out mood'])
  })

  describe('of a day', () => {
    it('is the number of steps', () => {
      const { made } = one('activities/summaries', { date: '2015-03-19', steps: 8123, source: 'fitbit' })
      assert.deepEqual(codesOf(made), ['41950-7'])
      assert.equal(made.effectiveDateTime, '2015-03-19')
      assert.deepEqual((made.valueQuantity as Json).value, 8123)
    })

    it('is the resting heart rate', () => {
      const { made, found } = one('heart_rate/summaries', { date: '2015-03-19', restingHR: 58, maxHR: 140 })
      assert.deepEqual(codesOf(made), ['8867-4', '40443-4'])
      assert.deepEqual(found, [assumed, 'left-out maxHR'])
    })

    it('is the time asleep, over the time in bed', () => {
      const { made } = one('sleeps', {
        day: '2015-03-19',
        startTime: '2015-03-18T23:00:00Z',
        endTime: '2015-03-19T06:00:00Z',
        tzOffset: '+01:00',
        timeAsleep: 400,
      })
      assert.deepEqual(made.effectivePeriod, {
        start: '2015-03-19T00:00:00+01:00',
        end: '2015-03-19T07:00:00+01:00',
      })
      assert.deepEqual([codesOf(made), (made.valueQuantity as Json).code], [['93832-4'], 'min'])
    })

    it('that ends before it begins is told by its day, and that is told', () => {
      const { made, found } = one('sleeps', {
        day: '2015-03-19',
        startTime: '2015-03-19T06:00:00Z',
        endTime: '2015-03-18T23:00:00Z',
        timeAsleep: 400,
      })
      assert.ok(!('effectivePeriod' in made))
      assert.equal(made.effectiveDateTime, '2015-03-19')
      assert.deepEqual(found, ['period-reversed endTime', assumed])
    })
  })
})
