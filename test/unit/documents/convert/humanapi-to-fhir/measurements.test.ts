import assert from 'node:assert/strict'
import { common, one, several, type Json } from './support'

const reading = {
  timestamp: '2015-03-19T22:48:26.000Z',
  tzOffset: '-07:00',
  source: 'ihealth',
  sourceData: {},
}
const codesOf = (made: Json) =>
  (made.code as { coding?: { code: string }[] }).coding?.map(({ code }) => code) ?? []

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
    assert.deepEqual(found, [])
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
    ['blood_glucose', 5.4, 'mmol/L', ['15074-8'], [5.4, 'mmol/L']],
  ]
  for (const [resource, value, unit, codes, quantity] of values) {
    it(`${resource} of ${String(value)} ${unit}`, () => {
      for (const path of [resource, `${resource}/readings`, `${resource}/readings/daily`]) {
        const { made, found } = one(path, { ...reading, value, unit })
        assert.deepEqual(codesOf(made), codes)
        const { value: amount, code, system } = made.valueQuantity as Record<string, unknown>
        assert.deepEqual([amount, code, system], [...quantity, 'http://unitsofmeasure.org'])
        assert.deepEqual(found, [])
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
    assert.deepEqual(found, [])
  })

  it('of half a blood pressure says that the other half is missing', () => {
    const { made, found } = one('blood_pressure', { ...reading, systolic: 120, unit: 'mmHg' })
    const [, low] = made.component as Json[]
    assert.equal((low?.dataAbsentReason as { coding: Json[] }).coding[0]?.code, 'unknown')
    assert.deepEqual(found, ['value-missing diastolic'])
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
    assert.deepEqual(found, ['unit-unknown unit'])
  })

  it('without a value is none, and that is told', () => {
    for (const value of [undefined, null, '', 'n/a', 'high', NaN, {}]) {
      const { resources, found } = several('weight', { ...reading, value, unit: 'kg' })
      assert.deepEqual(resources, [])
      assert.deepEqual(found.slice(0, 1), ['value-missing value'])
      assert.ok(found.includes('not-converted'))
    }
  })

  it('without a readable time is told without one', () => {
    const { made, found } = one('weight', { ...reading, timestamp: '03/19/2015', value: 70, unit: 'kg' })
    assert.ok(!('effectiveDateTime' in made))
    assert.deepEqual(found, ['date-unreadable timestamp'])
  })

  it('says what has no place in it', () => {
    const { found } = one('weight', { ...reading, value: 70, unit: 'kg', sourceData: { a: 1 }, mood: 'good' })
    assert.deepEqual(found, ['left-out sourceData', 'left-out mood'])
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
      assert.deepEqual(found, ['left-out maxHR'])
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
  })
})
