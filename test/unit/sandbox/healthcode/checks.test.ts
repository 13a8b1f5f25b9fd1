import assert from 'node:assert/strict'
import { findings } from '../../../../src/sandbox/healthcode/fhir/checks'
import type { Resource } from '../../../../src/sandbox/healthcode/fhir/resource'
import { rules } from '../../../../src/sandbox/healthcode/fhir/rules'

const good: Resource[] = [
  {
    ...{ resourceType: 'Provenance', target: [{ reference: '#' }], recorded: '2026-03-10T10:00:00Z' },
    agent: [{ who: { display: 'x' } }],
  },
  {
    resourceType: 'Patient',
    id: 'a-1.B',
    contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }],
    managingOrganization: { reference: '#o' },
    birthDate: '1980-02-29',
    gender: 'unknown',
    name: [{ given: ['A', null], _given: [null, { extension: [{ url: 'u', valueCode: 'x' }] }] }],
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">2026-02-30</div>' },
    deceasedDateTime: '2026-03-10T10:00:00.5Z',
  },
  {
    resourceType: 'Patient',
    birthDate: '1980',
    generalPractitioner: [{ reference: 'Practitioner/1/_history/2' }],
  },
  {
    resourceType: 'Observation',
    status: 'final',
    code: { text: '2026-02-30T10:00:00' },
    subject: { reference: 'https://example.org/fhir/Patient/1' },
    valueString: '2026-02-30',
  },
  {
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: { text: 'x' },
    patient: { reference: 'urn:uuid:1' },
    occurrenceString: 'long ago',
  },
  {
    resourceType: 'Observation',
    _status: { extension: [{ url: 'u', valueCode: 'x' }] },
    code: { text: 'x' },
  },
  {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        resource: {
          ...{ resourceType: 'Patient', contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }] },
          managingOrganization: { reference: '#o' },
        },
      },
    ],
  },
]

const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } }
const patient = { resourceType: 'Patient' }
const wrong: Record<string, [resource: Resource, code: string, expression: string]> = {
  'a required element that is missing': [
    { resourceType: 'Observation', status: 'final' },
    'required',
    'Observation.code',
  ],
  'a choice that is missing': [
    {
      resourceType: 'Immunization',
      status: 'completed',
      vaccineCode: { text: 'x' },
      patient: { reference: 'Patient/1' },
      occurrence: 'x',
    },
    'required',
    'Immunization.occurrence[x]',
  ],
  'a code that is not allowed': [{ ...patient, gender: 'F' }, 'code-invalid', 'Patient.gender'],
  'an id of other characters': [{ ...patient, id: 'a_b' }, 'value', 'Patient.id'],
  'an id that is too long': [{ ...patient, id: 'a'.repeat(65) }, 'value', 'Patient.id'],
  null: [{ ...patient, active: null }, 'structure', 'Patient.active'],
  'an empty array': [{ ...patient, name: [] }, 'structure', 'Patient.name'],
  'an empty object': [{ ...patient, name: [{}] }, 'structure', 'Patient.name[0]'],
  'an empty text': [{ ...patient, language: ' ' }, 'structure', 'Patient.language'],
  'a day that does not exist': [{ ...patient, birthDate: '1980-02-30' }, 'value', 'Patient.birthDate'],
  'an hour that does not exist': [
    { ...observation, issued: '2026-03-10T24:00:00Z' },
    'value',
    'Observation.issued',
  ],
  'a time without seconds': [{ ...observation, issued: '2026-03-10T10:00Z' }, 'value', 'Observation.issued'],
  'a time without a zone': [{ ...observation, issued: '2026-03-10T10:00:00' }, 'value', 'Observation.issued'],
  'a reference that is none': [
    { ...observation, subject: { reference: 'Somebody' } },
    'value',
    'Observation.subject.reference',
  ],
  'a reference to an unknown type': [
    { ...observation, subject: { reference: 'Patiant/1' } },
    'value',
    'Observation.subject.reference',
  ],
  'a contained resource that is not there': [
    { ...observation, subject: { reference: '#p' } },
    'value',
    'Observation.subject.reference',
  ],
  'a script in the narrative': [
    { ...patient, text: { status: 'generated', div: '<div><script>1</script></div>' } },
    'value',
    'Patient.text.div',
  ],
}

describe('the sandbox checks resources', () => {
  for (const resource of good) {
    it(`takes ${JSON.stringify(resource).slice(0, 90)}`, () => {
      assert.deepEqual(findings(resource, { utc: false }), [])
    })
  }

  for (const [what, [resource, code, expression]] of Object.entries(wrong)) {
    it(`finds ${what}`, () => {
      const found = findings(resource, { utc: false })
      assert.deepEqual(
        found.map((one) => [one.severity, one.code, one.expression]),
        [['error', code, [expression]]],
      )
    })
  }

  it('finds times that are not in UTC where they have to be', () => {
    const resource = { ...observation, issued: '2026-03-10T10:00:00+01:00' }
    assert.deepEqual(findings(resource, { utc: false }), [])
    assert.equal(findings(resource, { utc: true })[0]?.expression?.[0], 'Observation.issued')
    assert.deepEqual(findings({ ...observation, issued: '2026-03-10T10:00:00+00:00' }, { utc: true }), [])
  })

  it('has rules for types whose resources lack everything', () => {
    for (const [resourceType, { required }] of Object.entries(rules)) {
      const missing = findings({ resourceType }, { utc: false }).filter(({ code }) => code === 'required')
      assert.equal(missing.length, required.length, resourceType)
    }
  })
})
