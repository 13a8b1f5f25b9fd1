import assert from 'node:assert/strict'
import { codesOf, one, profileUnits, several, type Json } from './support'

const dateTime = '2014-08-18'

describe('the tables of a conversion from Human API', () => {
  /** UCUM as the specification writes it: ucum.org/ucum. */
  const units: Record<string, string[]> = {
    'mm[Hg]': ['mm[Hg]', 'mmHg', 'MM HG', 'mm [Hg]'],
    '/min': ['/min', 'bpm', 'BPM', 'beats/min', 'breaths/min'],
    '%': ['%', 'percent', 'SpO2(%)'],
    kg: ['kg', 'KG'],
    g: ['g'],
    '[lb_av]': ['lb', 'lbs', '[lb_av]'],
    cm: ['cm'],
    mm: ['mm'],
    m: ['m'],
    '[in_i]': ['in', 'inches', '[in_i]'],
    'kg/m2': ['kg/m2', 'kg/m^2'],
    Cel: ['Cel', '°C', 'degC'],
    '[degF]': ['°F', 'degF', '[degF]'],
    'mg/dL': ['mg/dL', 'MG/DL'],
    'g/dL': ['g/dL'],
    'ug/dL': ['ug/dL', 'mcg/dL'],
    'ng/mL': ['ng/mL'],
    'pg/mL': ['pg/mL'],
    'ng/dL': ['ng/dL'],
    'mmol/L': ['mmol/L'],
    'umol/L': ['umol/L'],
    'meq/L': ['mEq/L', 'meq/L'],
    'U/L': ['U/L'],
    '[IU]/L': ['IU/L'],
    'mL/min': ['mL/min'],
    '10*3/uL': ['K/uL', '10*3/uL'],
    '10*6/uL': ['M/uL', '10*6/uL'],
    fL: ['fL'],
    pg: ['pg'],
    s: ['s'],
    min: ['min'],
    h: ['h'],
  }
  for (const [ucum, written] of Object.entries(units)) {
    it(`know ${written.join(', ')} as ${ucum}`, () => {
      for (const unit of written) {
        const { made } = one('medical/test_results', {
          name: 'X',
          status: 'Final',
          components: [{ name: 'X', value: '1', unit }],
        })
        assert.deepEqual(made.valueQuantity, {
          value: 1,
          unit,
          system: 'http://unitsofmeasure.org',
          code: ucum,
        })
      }
    })
  }

  /** By the code of R4's profile: what else a result is called, and its codes. */
  const signs: Record<string, { display: string; codes: string[]; names: string[] }> = {
    '8867-4': { display: 'Heart rate', codes: ['8867-4'], names: ['Heart rate', 'PULSE'] },
    '29463-7': {
      display: 'Body weight',
      codes: ['29463-7', '3141-9'],
      names: ['WEIGHT', 'Body weight'],
    },
    '8302-2': { display: 'Body height', codes: ['8302-2', '3137-7'], names: ['HEIGHT', 'Body height'] },
    '39156-5': {
      display: 'Body mass index (BMI) [Ratio]',
      codes: ['39156-5'],
      names: ['Body mass index', 'BMI', 'BMI (Calculated)'],
    },
    '2708-6': {
      display: 'Oxygen saturation in Arterial blood',
      codes: ['2708-6', '59408-5'],
      names: ['Oxygen saturation', 'SpO2'],
    },
    '9279-1': {
      display: 'Respiratory rate',
      codes: ['9279-1'],
      names: ['Respiratory rate', 'Respiration rate'],
    },
    '8310-5': {
      display: 'Body temperature',
      codes: ['8310-5', '8331-1'],
      names: ['Body temperature', 'TEMPERATURE'],
    },
    '9843-4': {
      display: 'Head Occipital-frontal circumference',
      codes: ['9843-4', '8287-5'],
      names: ['Head circumference'],
    },
  }
  for (const [code, { display, codes, names }] of Object.entries(signs)) {
    const coded = codes.map((own) => ({
      name: 'Something',
      codes: [{ code: own, codeSystem: '2.16.840.1.113883.6.1', name: 'Something' }],
    }))
    it(`know ${names.join(', ')}, and LOINC ${codes.join(', ')}, as ${code}`, () => {
      for (const unit of profileUnits[code] ?? []) {
        for (const result of [...names.map((name) => ({ name, codes: [] })), ...coded]) {
          const { made } = one('medical/vitals', { dateTime, results: [{ ...result, value: '7', unit }] })
          const [first] = (made.code as { coding: Json[] }).coding
          assert.deepEqual(first, { system: 'http://loinc.org', code, display })
          for (const own of result.codes) assert.ok(codesOf(made).includes(own.code))
          assert.equal((made.valueQuantity as Json).code, unit)
        }
      }
    })
  }

  for (const [index, code, names] of [
    [0, '8480-6', ['SYSTOLIC BLOOD PRESSURE', 'BP systolic', 'Systolic']],
    [1, '8462-4', ['DIASTOLIC BLOOD PRESSURE', 'BP diastolic', 'Diastolic']],
  ] as const) {
    it(`know ${names.join(', ')} as ${code} of a blood pressure`, () => {
      const coded = { code, codeSystemName: 'LOINC' }
      const results = [{ name: 'Something', codes: [coded] }, ...names.map((name) => ({ name }))]
      for (const result of results) {
        const { made } = one('medical/vitals', {
          dateTime,
          results: [{ ...result, value: '99', unit: 'mmHg' }],
        })
        assert.deepEqual(codesOf(made), ['85354-9'])
        const part = (made.component as Json[])[index] ?? {}
        assert.deepEqual([codesOf(part), (part.valueQuantity as Json).value], [[code], 99])
      }
    })
  }

  /** Source: terminology.hl7.org, the external code systems and their OIDs. */
  const systems: [uri: string, oid: string, names: string[]][] = [
    ['http://loinc.org', '2.16.840.1.113883.6.1', ['LOINC', 'Loinc']],
    ['http://snomed.info/sct', '2.16.840.1.113883.6.96', ['SNOMED CT', 'SNOMED-CT']],
    ['http://hl7.org/fhir/sid/icd-10-cm', '2.16.840.1.113883.6.90', ['ICD-10-CM', 'ICD10CM']],
    ['http://hl7.org/fhir/sid/icd-9-cm', '2.16.840.1.113883.6.103', ['ICD-9-CM', 'ICD9CM']],
    ['http://www.nlm.nih.gov/research/umls/rxnorm', '2.16.840.1.113883.6.88', ['RxNorm']],
    ['http://hl7.org/fhir/sid/cvx', '2.16.840.1.113883.12.292', ['CVX']],
    ['http://hl7.org/fhir/sid/ndc', '2.16.840.1.113883.6.69', ['NDC']],
    ['http://www.ama-assn.org/go/cpt', '2.16.840.1.113883.6.12', ['CPT']],
    ['http://fdasis.nlm.nih.gov', '2.16.840.1.113883.4.9', []],
  ]
  for (const [system, oid, names] of systems) {
    it(`know ${[oid, ...names].join(', ')} as ${system}`, () => {
      for (const code of [{ codeSystem: oid }, ...names.map((codeSystemName) => ({ codeSystemName }))]) {
        const { made, found } = one('medical/procedures', {
          name: 'X',
          status: 'Completed',
          codes: [{ ...code, code: '1' }],
        })
        assert.deepEqual((made.code as { coding: Json[] }).coding, [{ system, code: '1' }])
        assert.deepEqual(found, [])
      }
    })
  }

  it('know what is not there', () => {
    for (const mood of [undefined, null, false, '', ' ', 'n/a', 'N/A', [], {}]) {
      const { found } = several('medical/procedures', { name: 'X', status: 'Completed', mood })
      assert.deepEqual(found, [], JSON.stringify(mood))
    }
    for (const mood of [true, 0, 'good', [0], { a: 1 }]) {
      const { found } = several('medical/procedures', { name: 'X', status: 'Completed', mood })
      assert.deepEqual(found, ['left-out mood'], JSON.stringify(mood))
    }
  })
})
