import assert from 'node:assert/strict'
import { typeNamedBy } from '../../../../src/providers/fhir/address'

describe('the type that an address names', () => {
  for (const [place, type] of [
    ['Patient', 'Patient'],
    ['/Patient/', 'Patient'],
    ['fhir_namespace/Patient', 'Patient'],
    ['Patient/7/Observation', 'Observation'],
    ['patient_endpoint', 'Patient'],
    ['create_schedule_endpoint', 'Schedule'],
    ['update_schedule_endpoint', 'Schedule'],
    ['get_remittance_endpoint', 'Remittance'],
    ['search_practitioner_endpoint', 'Practitioner'],
    ['search_practitioner_role_endpoint', 'PractitionerRole'],
    ['fhir_namespace/patient_endpoint', undefined],
    ['patient_endpoint/7', undefined],
    ['patient_endpoint/other', undefined],
    ['Patient_endpoint', undefined],
    ['patient_endpoints', undefined],
    ['my-patient_endpoint', undefined],
    ['codes_valueset_namespace', undefined],
    ['_endpoint', undefined],
    ['patient', undefined],
    ['Patient7', undefined],
    ['P', undefined],
    ['', undefined],
  ] as const) {
    it(`at "${place}": ${type ?? 'none'}`, () => assert.equal(typeNamedBy(place), type))
  }
})
