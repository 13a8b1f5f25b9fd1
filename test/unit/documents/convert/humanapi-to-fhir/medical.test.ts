import assert from 'node:assert/strict'
import { codesOf, common, one, several, type Json } from './support'

const loinc = (code: string, name: string) => ({
  code,
  name,
  codeSystem: '2.16.840.1.113883.6.1',
  codeSystemName: 'LOINC',
})
const ofCare = {
  source: 'emr-1',
  patient: { name: 'Pat Example' },
  organization: { href: '/medical/organizations/o1', id: 'o1', name: 'Example General' },
}
const organization = {
  type: 'Organization',
  identifier: { system: 'https://api.humanapi.co/v1/human/medical/organizations', value: 'o1' },
  display: 'Example General',
}

/** Vital signs, encounters and immunizations mostly come without a status. */
const assumed = 'status-assumed status'

describe('a medical record in FHIR', () => {
  describe('vital signs', () => {
    const result = (name: string, value: string, unit: string, code?: string) => ({
      name,
      value,
      unit,
      codes: code === undefined ? [] : [loinc(code, name)],
    })
    const record = (...results: Json[]) => ({
      ...ofCare,
      dateTime: '2014-08-18T16:04:00.000Z',
      author: 'Dr. Example',
      results,
    })

    it('are one Observation each, the blood pressures one', () => {
      const { resources, found } = several(
        'medical/vitals',
        record(
          result('HEIGHT', '157.5', 'cm', '8302-2'),
          result('DIASTOLIC BLOOD PRESSURE', '70', 'mm[Hg]', '8462-4'),
          result('WEIGHT', '61.871', 'kg', '3141-9'),
          result('SYSTOLIC BLOOD PRESSURE', '102', 'mm[Hg]', '8480-6'),
        ),
      )
      const codes = resources.map(({ code }) =>
        (code as { coding: { code: string }[] }).coding.map((coding) => coding.code),
      )
      assert.deepEqual(codes, [['85354-9'], ['8302-2'], ['29463-7', '3141-9']])
      const components = resources[0]?.component as { valueQuantity: { value: number } }[]
      assert.deepEqual(
        components.map(({ valueQuantity }) => valueQuantity.value),
        [102, 70],
      )
      for (const made of resources) {
        assert.equal(made.effectiveDateTime, '2014-08-18T16:04:00.000Z')
        assert.deepEqual(made.performer, [{ display: 'Dr. Example' }, organization])
        assert.equal((made.subject as Json).display, 'Pat Example')
      }
      const ids = resources.map(({ identifier }) => (identifier as { value: string }[])[0]?.value)
      assert.equal(new Set(ids).size, 3)
      assert.deepEqual(found, [assumed])
    })

    it('are known by their names where they have no codes', () => {
      const { resources } = several('medical/vitals', record(result('Body Temperature', '98.6', 'degF')))
      assert.equal((resources[0]?.code as { coding: { code: string }[] }).coding[0]?.code, '8310-5')
      assert.equal((resources[0]?.valueQuantity as Json).code, '[degF]')
    })

    it('that are not known keep their name, and a code that is another thing is not overruled', () => {
      const { resources } = several(
        'medical/vitals',
        record(result('Mood', 'good', ''), result('WEIGHT', '3', 'kg', '8339-4')),
      )
      assert.deepEqual([resources[0]?.code, resources[0]?.valueString], [{ text: 'Mood' }, 'good'])
      const birthWeight = (resources[1]?.code as { coding: { code: string }[] }).coding
      assert.deepEqual(
        birthWeight.map(({ code }) => code),
        ['8339-4'],
      )
    })

    it('measured twice at a visit are both told', () => {
      const { resources } = several(
        'medical/vitals',
        record(
          result('SYSTOLIC BLOOD PRESSURE', '120', 'mmHg'),
          result('DIASTOLIC BLOOD PRESSURE', '80', 'mmHg'),
          result('SYSTOLIC BLOOD PRESSURE', '140', 'mmHg'),
        ),
      )
      assert.equal(resources.length, 2)
      assert.equal((resources[1]?.valueQuantity as Json).value, 140)
    })

    it('without a value or a name are left out, and that is told', () => {
      const { resources, found } = several(
        'medical/vitals',
        record(result('WEIGHT', '', 'kg'), result('', '3', 'kg')),
      )
      assert.deepEqual(resources, [])
      assert.deepEqual(found, [
        assumed,
        ...['value-missing results.value', 'value-missing results.name', 'not-converted'],
      ])
    })

    it('without a time are told without one, and that is told', () => {
      const { found } = one('medical/vitals', { results: [result('Weight', '3', 'kg')] })
      assert.deepEqual(found, [assumed, 'value-missing dateTime'])
    })

    it('of a body length are in cm, any other length stays as it is', () => {
      const { resources, found } = several(
        'medical/vitals',
        record(
          ...[result('Head circumference', '350', 'mm'), result('Height', '1.785', 'm')],
          ...[result('Pupil diameter', '3', 'mm'), result('Walked', '20', 'm')],
        ),
      )
      assert.deepEqual(
        resources.map(({ valueQuantity }) => {
          const { value, unit, code } = valueQuantity as Json
          return [value, unit, code]
        }),
        [
          [35, 'cm', 'cm'],
          [178.5, 'cm', 'cm'],
          [3, 'mm', 'mm'],
          [20, 'm', 'm'],
        ],
      )
      assert.deepEqual(found, [assumed])
    })

    for (const [name, value, unit, code] of [
      ['Weight', '7', 'mg/dL', '29463-7'],
      ['Weight', '7', '', '29463-7'],
      ['Temperature', '7', 'kg', '8310-5'],
      ['Heart rate', '7', '%', '8867-4'],
      ['Systolic', '7', 'kg', '8480-6'],
      ['Oxygen saturation', '7', '/min', '59408-5'],
    ] as const) {
      it(`have no code of ${name} where the unit is "${unit}", and that is told`, () => {
        for (const own of [undefined, code]) {
          const { made, found } = one('medical/vitals', record(result(name, value, unit, own)))
          assert.deepEqual(made.code, { text: name })
          assert.equal((made.valueQuantity as Json).value, 7)
          assert.deepEqual(found, [assumed, 'unit-mismatch results.unit'])
        }
      })
    }

    it('with the codes of two have those that go with the unit, and that is told', () => {
      const { made, found } = one('medical/vitals', {
        ...record(),
        results: [
          { name: 'Weight', value: '7', unit: 'kg', codes: [loinc('8302-2', 'a'), loinc('29463-7', 'b')] },
        ],
      })
      assert.deepEqual([codesOf(made), found], [['29463-7'], [assumed, 'unit-mismatch results.unit']])
      const length = one('medical/vitals', {
        ...record(),
        results: [
          { name: 'x', value: '7', unit: 'mm', codes: [loinc('29463-7', 'a'), loinc('8302-2', 'b')] },
        ],
      })
      assert.deepEqual(codesOf(length.made), ['8302-2'])
      assert.equal((length.made.valueQuantity as Json).code, 'cm')
      const pair = one('medical/vitals', {
        ...record(),
        results: [
          { name: 'BP', value: '120/80', unit: 'mmHg', codes: [loinc('85354-9', 'a'), loinc('8480-6', 'b')] },
        ],
      })
      assert.deepEqual(codesOf(pair.made), ['85354-9'])
    })

    it('without a name and a unit are named by their code', () => {
      const { made } = one('medical/vitals', record(result('', '7', '', '3141-9')))
      assert.deepEqual(made.code, { text: 'Body weight' })
    })

    it('in words have no code of a vital sign', () => {
      const { made, found } = one('medical/vitals', record(result('Weight', 'refused', '', '29463-7')))
      assert.deepEqual([made.code, made.valueString], [{ text: 'Weight' }, 'refused'])
      assert.deepEqual(found, [assumed, 'value-missing results.value'])
    })

    it('have the status that they tell', () => {
      const stated = { ...record(result('Weight', '3', 'kg')), status: 'Preliminary' }
      const { made, found } = one('medical/vitals', stated)
      assert.deepEqual([made.status, found], ['preliminary', []])
    })

    describe('of a blood pressure as one result', () => {
      const pressures = ({ component }: Json) =>
        (component as Json[]).map((each) => [
          ...codesOf(each),
          (each.valueQuantity as Json).value,
          (each.valueQuantity as Json).code,
        ])
      const panel = [
        ['8480-6', 120, 'mm[Hg]'],
        ['8462-4', 80, 'mm[Hg]'],
      ]
      for (const [name, value, code] of [
        ['Blood pressure', '120/80', undefined],
        ['BP', '120 / 80', undefined],
        ['BLOOD PRESSURE', '120/80 mmHg', undefined],
        ['Sitting', '120/80', '85354-9'],
        ['Sitting', '120/80', '55284-4'],
        ['Sitting', '120/80', '35094-2'],
        ['Systolic', '120/80', '8480-6'],
      ] as const) {
        it(`${name} ${value} ${code ?? ''} are the panel`, () => {
          const { made, found } = one('medical/vitals', record(result(name, value, 'mm[Hg]', code)))
          assert.equal(codesOf(made)[0], '85354-9')
          assert.deepEqual(pressures(made), panel)
          assert.ok(!('valueString' in made))
          assert.deepEqual(found, [assumed])
        })
      }

      it('without a unit are mm[Hg], which is told: no kPa are as many', () => {
        const { made, found } = one('medical/vitals', record(result('BP', '120/80', '')))
        assert.deepEqual(pressures(made), panel)
        assert.deepEqual(found, [assumed, 'unit-assumed results.unit'])
        const written = one('medical/vitals', record(result('BP', '120/80 mm[Hg]', '')))
        assert.deepEqual([pressures(written.made), written.found], [panel, [assumed]])
      })

      it('that are no such pair, or in another unit, stay a text without the code', () => {
        for (const [value, unit] of [
          ...[
            ['16/11', ''],
            ['80/120', 'mmHg'],
            ['120/80', 'kPa'],
            ['120/80', 'kg'],
            ['120/', 'mmHg'],
            ['120/120', 'mmHg'],
          ],
          ...[
            ['120/80/60', 'mmHg'],
            ['1200/80', 'mmHg'],
            ['normal', ''],
          ],
        ] as [string, string][]) {
          const { made, found } = one('medical/vitals', record(result('BP', value, unit, '85354-9')))
          assert.deepEqual(made.code, { text: 'BP' }, value)
          assert.equal(made.valueString, `${value} ${unit}`.trim())
          assert.deepEqual(found, [assumed, 'value-missing results.value'])
        }
      })

      it('that is one number only has no code: which of the two it is, nobody says', () => {
        const { made, found } = one('medical/vitals', record(result('BP', '120', 'mmHg', '85354-9')))
        assert.deepEqual([made.code, (made.valueQuantity as Json).value], [{ text: 'BP' }, 120])
        assert.deepEqual(found, [assumed, 'value-missing results.value'])
      })

      it('are told beside those that come as two', () => {
        const { resources } = several(
          'medical/vitals',
          record(
            ...[result('Systolic', '130', 'mmHg'), result('Diastolic', '85', 'mmHg')],
            result('BP', '120/80', 'mmHg'),
          ),
        )
        assert.deepEqual(resources.map(codesOf), [['85354-9'], ['85354-9']])
      })
    })
  })

  describe('test results', () => {
    const component = (name: string, value: string, more: Json = {}) => ({
      name,
      value,
      unit: 'g/dL',
      codes: [],
      ...more,
    })
    const record = (components: Json[], more: Json = {}) => ({
      ...ofCare,
      name: 'TOTAL PROTEIN',
      status: 'Final result',
      resultDateTime: '2010-09-10T04:00:00.000Z',
      codes: [{ codeSystem: '2.16.840.1.113883.6.1', codeSystemName: 'LOINC', name: 'DIAGNOSIS' }],
      components,
      allResults: [{ old: true }],
      ...more,
    })

    it('are one Observation each, and one of the test that names them', () => {
      const { resources, found } = several(
        'medical/test_results',
        record([
          component('Albumin', '4.3', { low: '3.4', high: '5.0', refRange: '3.4-5.0' }),
          component('Globulin', '<2.8', { codes: [loinc('2336-6', 'Globulin')] }),
        ]),
      )
      const [panel, albumin, globulin] = resources
      assert.deepEqual([panel?.status, panel?.code], ['final', { text: 'TOTAL PROTEIN' }])
      assert.equal((panel?.hasMember as unknown[]).length, 2)
      assert.deepEqual(albumin?.referenceRange, [
        {
          low: { value: 3.4, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
          high: { value: 5, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
          text: '3.4-5.0',
        },
      ])
      assert.equal((globulin?.valueQuantity as Json).comparator, '<')
      assert.deepEqual(globulin?.performer, [organization])
      assert.deepEqual(found, [])
    })

    it('of one component of the same name are that one', () => {
      const { made } = one('medical/test_results', record([component('Total Protein', '7.1')]))
      assert.equal((made.valueQuantity as Json).value, 7.1)
    })

    it('that are vital signs by their codes are held to their units as well', () => {
      const coded = (unit: string, value = '1.8') =>
        one(
          'medical/test_results',
          record([component('Total protein', value, { unit, codes: [loinc('3137-7', 'Body height')] })]),
        )
      const fitting = coded('m')
      assert.deepEqual([codesOf(fitting.made), fitting.found], [['8302-2', '3137-7'], []])
      assert.deepEqual((fitting.made.valueQuantity as Json).value, 180)
      assert.match(JSON.stringify(fitting.made.category), /"vital-signs"/)
      for (const [wrong, finding] of [
        [coded('kg'), 'unit-mismatch components.unit'],
        [coded('m', 'tall'), 'value-missing components.value'],
      ] as const) {
        assert.deepEqual(wrong.made.code, { text: 'Total protein' })
        assert.match(JSON.stringify(wrong.made.category), /"laboratory"/)
        assert.deepEqual(wrong.found, [finding])
      }
    })

    it('of a vital sign have no code of it themselves: it is with the value', () => {
      const codes = [loinc('85354-9', 'Blood pressure'), loinc('2885-2', 'Protein')]
      const pressures = [component('Systolic', '120', { unit: 'mmHg', codes: [loinc('8480-6', 'x')] })]
      const { resources } = several('medical/test_results', record(pressures, { codes }))
      assert.deepEqual(resources.map(codesOf), [['2885-2'], ['8480-6']])
      const nameless = several(
        'medical/test_results',
        record(pressures, { codes: codes.slice(0, 1), name: '' }),
      )
      assert.deepEqual(nameless.resources[0]?.code, { text: 'Blood pressure' })
    })

    it('without any content say that it is absent', () => {
      const { made } = one('medical/test_results', record([]))
      assert.equal((made.dataAbsentReason as { coding: Json[] }).coding[0]?.code, 'unknown')
    })

    it('in words are text', () => {
      const { resources } = several(
        'medical/test_results',
        record([component('Culture', 'No growth', { unit: '' })], {
          narrative: 'Done twice.',
          orderedBy: 'Dr. X',
        }),
      )
      assert.deepEqual(resources[0]?.note, [{ text: 'Done twice.' }])
      assert.equal(resources[1]?.valueString, 'No growth')
    })

    for (const [status, fhir] of [
      ['Final result', 'final'],
      ['Edited', 'corrected'],
      ['Edited Result - FINAL', 'corrected'],
      ['Preliminary', 'preliminary'],
      ['Amended', 'amended'],
      ['Complete', 'final'],
      ['Cancelled', 'cancelled'],
      ['Preliminary - final to follow', 'preliminary'],
      ['In error - see correction', 'entered-in-error'],
      ['Entered in error', 'entered-in-error'],
      ['FINAL, entered in error', 'entered-in-error'],
      ['Partial', 'preliminary'],
      ['odd', 'unknown'],
      ['Incomplete', 'unknown'],
      ['Incomplete - specimen lost', 'unknown'],
      ['Not final', 'unknown'],
      ['Non-final', 'unknown'],
      ['Not yet completed', 'unknown'],
      ['To be finalized', 'unknown'],
      ['Unedited', 'unknown'],
      ['Not corrected', 'unknown'],
      ['Unfinalized', 'unknown'],
      ['Never corrected', 'unknown'],
      ['Pending final', 'unknown'],
      ['No errors', 'unknown'],
      ['Error-free', 'unknown'],
      ['Not in error', 'unknown'],
      [undefined, 'unknown'],
    ]) {
      it(`${status} are ${fhir}`, () => {
        const { made, found } = one(
          'medical/test_results',
          record([component('Total protein', '7')], { status }),
        )
        assert.equal(made.status, fhir)
        assert.deepEqual(found, fhir === 'unknown' ? ['status-assumed status'] : [])
      })
    }

    for (const [flag, code, display] of [
      ['H', 'H', 'High'],
      ['High', 'H', 'High'],
      ['(H)', 'H', 'High'],
      ['Above high normal', 'H', 'High'],
      ['L', 'L', 'Low'],
      ['LOW', 'L', 'Low'],
      ['Below low normal', 'L', 'Low'],
      ['HH', 'HH', 'Critical high'],
      ['Critical high', 'HH', 'Critical high'],
      ['LL', 'LL', 'Critical low'],
      ['Critically low', 'LL', 'Critical low'],
      ['A', 'A', 'Abnormal'],
      ['abnormal', 'A', 'Abnormal'],
      ['AA', 'AA', 'Critical abnormal'],
      ['Critical', 'AA', 'Critical abnormal'],
      ['N', 'N', 'Normal'],
      ['Normal', 'N', 'Normal'],
      ['POS', 'POS', 'Positive'],
      ['Positive', 'POS', 'Positive'],
      ['NEG', 'NEG', 'Negative'],
      ['Negative', 'NEG', 'Negative'],
    ] as const) {
      it(`flagged ${flag} are ${display}`, () => {
        const { made, found } = one(
          'medical/test_results',
          record([component('Total protein', '7.1', { flag })]),
        )
        const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation'
        assert.deepEqual(made.interpretation, [{ coding: [{ system, code, display }], text: flag }])
        assert.deepEqual(found, [])
      })
    }

    it('flagged in another way have it as text, or that is told', () => {
      const flagged = (flag: unknown) =>
        one('medical/test_results', record([component('Total protein', '7.1', { flag })]))
      assert.deepEqual(flagged('not high').made.interpretation, [{ text: 'not high' }])
      const { made, found } = flagged(true)
      assert.deepEqual(['interpretation' in made, found], [false, ['left-out components.flag']])
    })

    it('of one component of the same name have its note as well', () => {
      const { made } = one(
        'medical/test_results',
        record([component('Total protein', '7.1')], { comments: 'Fasting.' }),
      )
      assert.deepEqual([made.note, (made.valueQuantity as Json).value], [[{ text: 'Fasting.' }], 7.1])
    })

    it('are of a laboratory, unless they have what imaging has', () => {
      const code = {
        system: 'http://terminology.hl7.org/CodeSystem/observation-category',
        code: 'laboratory',
      }
      const category = (more: Json) => one('medical/test_results', record([], more)).made.category
      assert.deepEqual(category({}), [{ coding: [{ ...code, display: 'Laboratory' }] }])
      assert.deepEqual(category({ comments: 'x' }), [{ coding: [{ ...code, display: 'Laboratory' }] }])
      for (const name of ['impression', 'transcriptions']) {
        assert.equal(category({ [name]: 'No fracture.' }), undefined)
      }
    })

    it('say who ordered them nowhere, and that is told', () => {
      const { found } = several('medical/test_results', record([component('A', '1')], { orderedBy: 'Dr. X' }))
      assert.deepEqual(found, ['left-out orderedBy'])
    })
  })

  it('of an allergy is an AllergyIntolerance', () => {
    const rxnorm = {
      code: '10831',
      codeSystem: '2.16.840.1.113883.6.88',
      codeSystemName: 'RxNorm',
      name: 'Bactrim',
    }
    const { made, found } = one('medical/allergies', {
      ...ofCare,
      name: 'Sulfa',
      status: 'Active',
      allergen: { codes: [rxnorm] },
      codes: [rxnorm, { code: 'N1', codeSystem: '2.16.840.1.113883.3.26.1.5', name: 'Sulfonamide' }],
      reactions: ['Hives'],
      reactionsFull: [{ name: 'Hives', codes: [] }],
      dateTime: '2014-07-07',
    })
    assert.deepEqual(made.code, {
      coding: [
        { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '10831', display: 'Bactrim' },
        { system: 'urn:oid:2.16.840.1.113883.3.26.1.5', code: 'N1', display: 'Sulfonamide' },
      ],
      text: 'Sulfa',
    })
    assert.deepEqual(made.reaction, [{ manifestation: [{ text: 'Hives' }] }])
    assert.equal(made.recordedDate, '2014-07-07')
    // AllergyIntolerance has nobody but people in its roles.
    assert.deepEqual(found, ['left-out source', 'left-out organization'])
  })

  for (const [status, clinical, verification] of [
    ['Active', 'active', undefined],
    ['Inactive', 'inactive', undefined],
    ['Not active', 'inactive', undefined],
    ['No longer active', 'inactive', undefined],
    ['Resolved', 'resolved', undefined],
    ['Entered in error', undefined, 'entered-in-error'],
    ['odd', 'active', undefined],
    ['Unresolved', 'active', undefined],
    [undefined, 'active', undefined],
  ]) {
    it(`of an allergy that is ${status} is ${clinical ?? verification}`, () => {
      const { made, found } = one('medical/allergies', { name: 'Dust', status })
      const first = (concept: unknown) => (concept as { coding: Json[] } | undefined)?.coding[0]?.code
      assert.deepEqual([made.clinicalStatus, made.verificationStatus].map(first), [clinical, verification])
      const isKnown = status !== undefined && !['odd', 'Unresolved'].includes(status)
      assert.deepEqual(found, isKnown ? [] : [assumed])
    })
  }

  describe('of an issue', () => {
    const issue = (more: Json) => one('medical/issues', { name: 'Asthma', dateTime: '2014-07-07', ...more })
    const statusOf = ({ clinicalStatus }: Json) =>
      (clinicalStatus as { coding: Json[] } | undefined)?.coding[0]?.code

    it('is a Condition of the problem list', () => {
      const { made, found } = issue({
        status: 'Active',
        startDate: '2012-01-26T00:00:00.000Z',
        codes: [{ code: '195967001', codeSystemName: 'SNOMED-CT', inferred: true, name: 'Asthma' }],
      })
      assert.deepEqual([statusOf(made), made.onsetDateTime], ['active', '2012-01-26T00:00:00.000Z'])
      assert.deepEqual(made.code, {
        coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }],
        text: 'Asthma',
      })
      assert.deepEqual(found, [])
    })

    it('has an end only where it is over', () => {
      const over = issue({ status: 'Resolved', endDate: '2014-01-01' })
      assert.equal(over.made.abatementDateTime, '2014-01-01')
      const active = issue({ status: 'Active', endDate: '2014-01-01' })
      assert.ok(!('abatementDateTime' in active.made))
      assert.deepEqual(active.found, ['left-out endDate'])
      const ended = issue({ endDate: '2014-01-01' })
      assert.deepEqual([statusOf(ended.made), ended.found], ['resolved', ['status-assumed status']])
    })

    for (const status of ['Active', 'Recurrence', 'Relapse', 'Inactive', 'Remission', 'Resolved']) {
      it(`that is ${status} has an end only where there can be one`, () => {
        const { made, found } = issue({ status, endDate: '2014-01-01' })
        const isOver = ['Inactive', 'Remission', 'Resolved'].includes(status)
        assert.equal(statusOf(made), status.toLowerCase())
        assert.equal(made.abatementDateTime, isOver ? '2014-01-01' : undefined)
        assert.deepEqual(found, isOver ? [] : ['left-out endDate'])
      })
    }

    it('has no status where none is known, and is then not said to be of the problem list', () => {
      const { made, found } = issue({ status: 'Chronic' })
      assert.deepEqual([statusOf(made), found], [undefined, ['status-assumed status']])
      assert.ok(!('category' in made))
    })

    it('that was entered in error is said to be', () => {
      const { made, found } = issue({ status: 'Entered in error', endDate: '2014-01-01' })
      const verification = made.verificationStatus as { coding: Json[] }
      assert.deepEqual([statusOf(made), verification.coding[0]?.code], [undefined, 'entered-in-error'])
      assert.deepEqual(found, ['left-out endDate'])
    })
  })

  it('of a medication is a MedicationStatement', () => {
    const { made, found } = one('medical/medications', {
      ...ofCare,
      name: 'loratadine 10 MG tablet',
      productName: 'loratadine',
      ndcCode: '0781-5077-01',
      status: 'Active',
      startDate: '2012-01-26',
      endDate: '2014-01-26',
      instructions: 'Take 1 as needed.',
      dosageInfo: '10 MG tablet',
      details: { route: 'enteral_oral', strength: { number: '10', unit: 'mg' } },
      codes: [],
    })
    assert.deepEqual(made.medicationCodeableConcept, {
      coding: [{ system: 'http://hl7.org/fhir/sid/ndc', code: '0781-5077-01' }],
      text: 'loratadine 10 MG tablet',
    })
    assert.deepEqual(made.dosage, [
      { text: 'Take 1 as needed.; 10 MG tablet', route: { text: 'enteral_oral' } },
    ])
    assert.deepEqual(made.effectivePeriod, { start: '2012-01-26', end: '2014-01-26' })
    assert.deepEqual([made.status, made.informationSource], ['active', organization])
    assert.deepEqual(found, ['left-out details.strength'])
  })

  for (const [status, fhir] of [
    ['Active', 'active'],
    ['Completed', 'completed'],
    ['Finished', 'completed'],
    ['Discontinued', 'stopped'],
    ['Stopped', 'stopped'],
    ['Inactive', 'stopped'],
    ['Suspended', 'stopped'],
    ['On hold', 'on-hold'],
    ['on-hold', 'on-hold'],
    ['Not taking', 'not-taken'],
    ['Entered in error', 'entered-in-error'],
    ['Not on hold', 'unknown'],
    ['Withhold', 'unknown'],
    ['Not active', 'unknown'],
    [undefined, 'unknown'],
  ]) {
    it(`of a medication that is ${status} is ${fhir}`, () => {
      const { made, found } = one('medical/medications', { productName: 'x', status })
      assert.deepEqual([made.status, found], [fhir, fhir === 'unknown' ? [assumed] : []])
    })
  }

  it('of a medication or visit that ends before it begins has no period, and that is told', () => {
    for (const [start, end] of [
      ['2020-02-01', '2020-01-01'],
      ['2020-01-01T10:00:00Z', '2020-01-01T09:59:59Z'],
      ['2020-01-01T10:00:00+02:00', '2020-01-01T07:59:59Z'],
      ['2020-01-02T10:00:00Z', '2020-01-01'],
    ]) {
      const taken = { name: 'x', status: 'Active', startDate: start, endDate: end }
      const medication = one('medical/medications', taken)
      assert.deepEqual(medication.found, ['period-reversed endDate'])
      assert.ok(!('effectivePeriod' in medication.made))
      const visit = { visitType: 'Office visit', dateTime: start, endDateTime: end }
      const encounter = one('medical/encounters', visit)
      assert.deepEqual(encounter.found, ['period-reversed endDateTime', assumed])
      assert.deepEqual(['period' in encounter.made, encounter.made.status], [false, 'unknown'])
    }
    for (const [startDate, endDate] of [
      ['2020-01-01', '2020-01-01'],
      ['2020-01-01T10:00:00Z', '2020-01-01'],
      ['2020-01-01', '2020-01-01T10:00:00Z'],
      ['2020-01-01T10:00:00+02:00', '2020-01-01T08:00:00Z'],
    ]) {
      const { made, found } = one('medical/medications', { name: 'x', status: 'Active', startDate, endDate })
      assert.deepEqual([made.effectivePeriod, found], [{ start: startDate, end: endDate }, []])
    }
  })

  it('of an immunization is one for each date', () => {
    const vaccine = {
      name: 'Influenza',
      status: 'Completed',
      codes: [{ code: '140', codeSystem: '2.16.840.1.113883.12.292' }],
    }
    const { resources, found } = several('medical/immunizations', {
      ...vaccine,
      dates: ['2013-10-01T00:00:00.000Z', '2014-10-01', 'autumn'],
    })
    assert.deepEqual(
      resources.map(({ occurrenceDateTime }) => occurrenceDateTime),
      ['2013-10-01T00:00:00.000Z', '2014-10-01'],
    )
    assert.deepEqual(resources[0]?.vaccineCode, {
      coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140' }],
      text: 'Influenza',
    })
    assert.deepEqual(found, ['date-unreadable dates'])
    const undated = one('medical/immunizations', vaccine)
    assert.deepEqual([undated.made.occurrenceString, undated.found], ['unknown', ['value-missing dates']])
    assert.equal(
      one('medical/immunizations', { ...vaccine, dateTime: '2014-10-01' }).made.occurrenceDateTime,
      '2014-10-01',
    )
  })

  for (const [status, fhir] of [
    ['Completed', 'completed'],
    ['Given', 'completed'],
    ['Administered', 'completed'],
    ['refused', 'not-done'],
    ['Patient declined', 'not-done'],
    ['Not given', 'not-done'],
    ['Not done', 'not-done'],
    ['Entered in error', 'entered-in-error'],
    ['Due', undefined],
    ['Scheduled', undefined],
    ['Not refused', undefined],
    ['Not completed', undefined],
    ['Incomplete', undefined],
    ['odd', undefined],
  ]) {
    it(`of an immunization that is ${status} is ${fhir ?? 'left out, and that is told'}`, () => {
      const { resources, found } = several('medical/immunizations', {
        name: 'Influenza',
        status,
        dates: ['2014-10-01'],
      })
      assert.deepEqual(
        resources.map((made) => made.status),
        fhir === undefined ? [] : [fhir],
      )
      assert.deepEqual(found, fhir === undefined ? ['status-unknown status', 'not-converted'] : [])
    })
  }

  it('of an immunization without a status is taken as given, unless it was still to come', () => {
    const given = one('medical/immunizations', { name: 'Influenza', dates: ['2014-10-01'] })
    assert.deepEqual([given.made.status, given.found], ['completed', [assumed]])
    const { resources, found } = several('medical/immunizations', {
      name: 'Influenza',
      dates: ['2014-10-01', '2015-10-01'],
    })
    assert.deepEqual(
      resources.map(({ occurrenceDateTime }) => occurrenceDateTime),
      ['2014-10-01'],
    )
    assert.deepEqual(found, ['status-unknown dates', assumed])
    const stated = { name: 'Influenza', status: 'Completed', dates: ['2015-10-01'] }
    assert.equal(one('medical/immunizations', stated).made.occurrenceDateTime, '2015-10-01')
    const planned = several('medical/immunizations', { name: 'Influenza', dateTime: '2015-10-01' })
    assert.deepEqual([planned.resources, planned.found], [[], ['status-unknown dateTime', 'not-converted']])
  })

  it('of a procedure is a Procedure', () => {
    const { made } = one('medical/procedures', {
      ...ofCare,
      name: 'Electrocardiogram',
      status: 'Completed',
      dateTime: 'Mon, 07 Jul 2014 16:04:00 GMT',
    })
    assert.deepEqual(
      [made.status, made.performedDateTime, made.performer],
      ['completed', '2014-07-07T16:04:00Z', [{ actor: organization }]],
    )
  })

  for (const [status, fhir] of [
    ['Completed', 'completed'],
    ['done', 'completed'],
    ['In progress', 'in-progress'],
    ['Not done', 'not-done'],
    ['Cancelled', 'not-done'],
    ['Aborted', 'stopped'],
    ['Scheduled', 'preparation'],
    ['Completed - entered in error', 'entered-in-error'],
    ['Not completed', 'unknown'],
    ['Incomplete', 'unknown'],
    [undefined, 'unknown'],
  ]) {
    it(`of a procedure that is ${status} is ${fhir}`, () => {
      const { made, found } = one('medical/procedures', { name: 'x', status })
      assert.deepEqual([made.status, found], [fhir, fhir === 'unknown' ? [assumed] : []])
    })
  }

  describe('of an encounter', () => {
    it('is an Encounter', () => {
      const { made, found } = one('medical/encounters', {
        ...ofCare,
        dateTime: '2014-07-21T17:30:00.000Z',
        visitType: 'Office Visit',
        codes: [{ code: '3', codeSystem: '1.2.840.114350.1', name: 'Hospital Encounter' }],
        provider: { name: 'Dr. Example', departmentName: 'Cardiology' },
        reasons: ['Cough', { name: 'Follow-up' }],
        diagnoses: [{ name: 'Bronchitis' }],
        orders: [{ name: 'LIPID PROFILE' }],
        medications: [],
      })
      assert.equal((made.class as Json).code, 'AMB')
      assert.deepEqual(made.reasonCode, [{ text: 'Cough' }, { text: 'Follow-up' }])
      assert.deepEqual(made.diagnosis, [{ condition: { type: 'Condition', display: 'Bronchitis' } }])
      assert.deepEqual(made.participant, [{ individual: { display: 'Dr. Example' } }])
      assert.deepEqual(made.period, { start: '2014-07-21T17:30:00.000Z' })
      assert.deepEqual(made.serviceProvider, organization)
      assert.equal(made.status, 'unknown')
      assert.deepEqual(found, ['left-out provider.departmentName', assumed, 'left-out orders'])
    })

    const visit = { visitType: 'Office visit' }
    for (const [status, fhir] of [
      ['Completed', 'finished'],
      ['Finished', 'finished'],
      ['Discharged', 'finished'],
      ['Scheduled', 'planned'],
      ['Planned', 'planned'],
      ['Arrived', 'arrived'],
      ['In progress', 'in-progress'],
      ['Cancelled', 'cancelled'],
      ['No show', 'cancelled'],
      ['Entered in error', 'entered-in-error'],
      ['Not completed', 'unknown'],
      ['Incomplete', 'unknown'],
      ['odd', 'unknown'],
    ]) {
      it(`that is ${status} is ${fhir}`, () => {
        const times = { dateTime: '2014-01-01', endDateTime: '2014-01-02' }
        const { made, found } = one('medical/encounters', { ...visit, ...times, status })
        assert.deepEqual([made.status, found], [fhir, fhir === 'unknown' ? [assumed] : []])
      })
    }

    it('without a status has one by its times, as of when the record was made, and that is told', () => {
      const updatedAt = '2015-03-20T12:00:00Z'
      for (const [fhir, fields] of [
        ['planned', { dateTime: '2015-03-20T12:00:01Z', updatedAt }],
        ['planned', { dateTime: '2015-03-21', endDateTime: '2015-03-22', updatedAt }],
        ['planned', { dateTime: '2015-03-21', updatedAt: undefined, createdAt: updatedAt }],
        ['finished', { dateTime: '2015-03-20T10:00:00Z', endDateTime: '2015-03-20T11:00:00Z', updatedAt }],
        ['finished', { dateTime: '2015-03-01', endDateTime: '2015-03-19', updatedAt }],
        ['unknown', { dateTime: '2015-03-20T10:00:00Z', endDateTime: '2015-03-20T13:00:00Z', updatedAt }],
        ['unknown', { dateTime: '2015-03-01', updatedAt }],
        [
          'unknown',
          { dateTime: '2015-03-01', endDateTime: '2015-03-19', ...{ updatedAt: 'x', createdAt: 1 } },
        ],
        ['unknown', { updatedAt }],
      ] as [string, Json][]) {
        const { made, found } = one('medical/encounters', { ...common, ...visit, ...fields })
        assert.deepEqual([made.status, found], [fhir, [assumed]], JSON.stringify(fields))
      }
    })

    for (const [visitType, code] of [
      ['Hospital Outpatient Visit', 'AMB'],
      ['Walk-in clinic', 'AMB'],
      ['Non-emergency office visit', 'AMB'],
      ['Office visit, not an emergency', 'AMB'],
      ['Office visit after ED visit', 'AMB'],
      ['Emergency follow-up, outpatient', 'AMB'],
      ['Inpatient', 'IMP'],
      ['Clinical inpatient admission', 'IMP'],
      ['Inpatient hospital encounter at clinic', 'IMP'],
      ['Telemetry unit, inpatient', 'IMP'],
      ['Emergency Department', 'EMER'],
      ['Clinic, ED', 'EMER'],
      ['Telephone', 'VR'],
      ['Telephone call, Smith Clinic', 'VR'],
      ['Telehealth office visit', 'VR'],
      ['Video visit at home', 'VR'],
      ['Home', 'HH'],
      ['Home visit by the clinic', 'HH'],
      ['Nursing home', 'UNK'],
      ['Clinical', 'UNK'],
      ['Telemetry unit', 'UNK'],
      ['Diabetes ed class', 'UNK'],
      ['Visit', 'UNK'],
    ]) {
      it(`${visitType} is of the class ${code}`, () => {
        const { made, found } = one('medical/encounters', { visitType, status: 'Finished' })
        assert.equal((made.class as Json).code, code)
        assert.deepEqual(found, code === 'UNK' ? ['status-assumed visitType'] : [])
      })
    }
  })

  it('without a name is left out, and that is told', () => {
    for (const resource of ['allergies', 'issues', 'medications', 'immunizations', 'procedures']) {
      const { resources, found } = several(`medical/${resource}`, { name: 'n/a' })
      assert.deepEqual(resources, [])
      assert.deepEqual(found, ['value-missing name', 'not-converted'])
    }
  })

  it('has no control characters, and no text that has nothing else', () => {
    const bell = String.fromCharCode(7)
    const { made } = one('medical/encounters', {
      visitType: `Office${bell}visit `,
      reasons: [` Cough${bell}`, bell, { name: bell }],
    })
    assert.deepEqual(made.type, [{ text: 'Office visit' }])
    assert.deepEqual(made.reasonCode, [{ text: 'Cough' }])
    const { made: medication } = one('medical/medications', {
      name: 'x',
      ndcCode: `0093${bell}${bell}7146  01`,
    })
    const { coding } = medication.medicationCodeableConcept as { coding: object[] }
    assert.deepEqual(coding, [{ system: 'http://hl7.org/fhir/sid/ndc', code: '0093 7146 01' }])
  })

  it('with a code of an unknown system keeps the code, and says so', () => {
    const { made, found } = one('medical/procedures', {
      name: 'x',
      status: 'done',
      codes: [{ code: 'LAB1', codeSystemName: 'House codes', name: 'Lab' }, { name: 'without a code' }],
    })
    assert.deepEqual((made.code as Json).coding, [{ code: 'LAB1', display: 'Lab' }])
    assert.deepEqual(found, ['code-system-unknown codes.codeSystem'])
  })
})
