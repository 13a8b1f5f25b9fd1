import assert from 'node:assert/strict'
import { one, several, type Json } from './support'

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
      assert.deepEqual(found, [])
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
      assert.deepEqual(found, ['value-missing results.value', 'value-missing results.name', 'not-converted'])
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
      ['odd', 'unknown'],
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
    assert.ok(one('medical/allergies', { name: 'Dust' }).found.includes('status-assumed status'))
  })

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

    it('has no status where none is known', () => {
      const { made, found } = issue({ status: 'Suspected' })
      assert.deepEqual([statusOf(made), found], [undefined, ['status-assumed status']])
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
    assert.equal(
      one('medical/medications', { productName: 'x', status: 'Discontinued' }).made.status,
      'stopped',
    )
  })

  it('of an immunization is one for each date', () => {
    const vaccine = { name: 'Influenza', codes: [{ code: '140', codeSystem: '2.16.840.1.113883.12.292' }] }
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
    assert.equal(one('medical/procedures', { name: 'x' }).made.status, 'unknown')
  })

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
      assert.deepEqual(found, ['left-out provider.departmentName', 'left-out orders'])
    })

    for (const [visitType, code] of [
      ['Hospital Outpatient Visit', 'AMB'],
      ['Inpatient', 'IMP'],
      ['Emergency Department', 'EMER'],
      ['Telephone', 'VR'],
      ['Home', 'HH'],
      ['Visit', 'UNK'],
    ]) {
      it(`${visitType} is of the class ${code}`, () => {
        const { made, found } = one('medical/encounters', { visitType })
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
