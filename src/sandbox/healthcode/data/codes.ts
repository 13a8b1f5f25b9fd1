export interface Code {
  code: string
  display: string
  /** Profession that a specialty belongs to. */
  profession?: string
}

export interface CodeSet {
  system: string
  codes: readonly Code[]
}

const SYSTEM = 'https://sandbox.invalid/codes'

const set = (name: string, codes: readonly (readonly [string, string, string?])[]): CodeSet => ({
  system: `${SYSTEM}/${name}`,
  codes: codes.map(([code, display, profession]) => ({
    code,
    display,
    ...(profession === undefined ? {} : { profession }),
  })),
})

/**
 * The code sets that the pages list, by name and scheme ('' for those without one). Their codes are made up, but for
 * those of ICD; the real sets are licensed.
 */
export const codeSets: Readonly<Record<string, Readonly<Record<string, CodeSet>>>> = {
  'service-category': {
    ISC: set('service-category', [
      ['S1', 'Consultation'],
      ['S2', 'Diagnostics'],
      ['S3', 'Treatment'],
      ['S4', 'Accommodation'],
    ]),
  },
  'service-type': {
    ISC: set('service-type', [
      ['S101', 'First consultation'],
      ['S102', 'Follow-up consultation'],
      ['S201', 'Blood test'],
      ['S202', 'X-ray'],
      ['S203', 'MRI scan'],
      ['S301', 'Physiotherapy session'],
      ['S401', 'Private room, one night'],
    ]),
  },
  'procedure-code': {
    CCSD: set('procedure-code-a', [
      ['X0010', 'Injection into a joint'],
      ['X0020', 'Arthroscopy of the knee'],
      ['X0030', 'Removal of a skin lesion'],
      ['X0040', 'Cataract surgery, one eye'],
    ]),
    '9BUPP': set('procedure-code-b', [
      ['900A', 'Physiotherapy, initial assessment'],
      ['900B', 'Physiotherapy, following session'],
    ]),
  },
  'condition-code': {
    ICD9: {
      system: 'http://hl7.org/fhir/sid/icd-9-cm',
      codes: [
        { code: '401.9', display: 'Hypertension, unspecified' },
        { code: '724.2', display: 'Low back pain' },
      ],
    },
    ICD10: {
      system: 'http://hl7.org/fhir/sid/icd-10',
      codes: [
        { code: 'H25.9', display: 'Senile cataract, unspecified' },
        { code: 'I10', display: 'Essential (primary) hypertension' },
        { code: 'M17.1', display: 'Other primary gonarthrosis' },
        { code: 'M54.5', display: 'Low back pain' },
      ],
    },
  },
  'practitioner-role': {
    '': set('practitioner-role', [
      ['P1', 'Consultant'],
      ['P2', 'Physiotherapist'],
      ['P3', 'Psychologist'],
    ]),
  },
  'practitioner-specialty': {
    '': set('practitioner-specialty', [
      ['P101', 'Orthopaedics', 'P1'],
      ['P102', 'Ophthalmology', 'P1'],
      ['P103', 'Dermatology', 'P1'],
      ['P201', 'Musculoskeletal physiotherapy', 'P2'],
      ['P301', 'Clinical psychology', 'P3'],
    ]),
  },
  'practitioner-subspecialty': {
    '': set('practitioner-subspecialty', [
      ['P1011', 'Knee surgery'],
      ['P1012', 'Shoulder surgery'],
      ['P1021', 'Cataract surgery'],
    ]),
  },
}
