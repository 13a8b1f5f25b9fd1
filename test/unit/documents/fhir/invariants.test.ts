import assert from 'node:assert/strict'
import { fhirFindings } from '../../../../src/documents/fhir/check'
import { invariants } from '../../../../src/documents/fhir/check/invariants'
import type { Json } from './cases'

/** The keys of the rules that a resource breaks. */
const broken = (resource: Json) =>
  fhirFindings(resource).flatMap(({ code, message }) => {
    const key = /\(([^()]+)\)$/.exec(message)?.[1]
    return code === 'invariant' && key !== undefined ? [key] : []
  })

const of =
  (resourceType: string, more: Json = {}) =>
  (value: Json): Json => ({ resourceType, ...more, ...value })
const extended = (type: string) => (value: Json) =>
  of('Patient')({ extension: [{ url: 'http://h', [`value${type}`]: value }] })
const first =
  (make: (value: Json) => Json, ...names: string[]) =>
  (value: Json): Json =>
    make(names.reduceRight<Json>((inner, name) => ({ [name]: [inner] }), value))

const repeat = (value: Json) =>
  of('MedicationRequest')({ dosageInstruction: [{ timing: { repeat: value } }] })
const text = { text: 'x' }
const absent = { extension: [{ url: 'http://h', valueString: 'x' }] }
const status = (system: string, ...codes: string[]) => ({
  coding: codes.map((code) => ({ system: `http://terminology.hl7.org/CodeSystem/${system}`, code })),
})
const allergic = (code: string) => status('allergyintolerance-verification', code)
const active = status('allergyintolerance-clinical', 'active')
const clinical = (...codes: string[]) => status('condition-clinical', ...codes)
const verified = (code: string) => status('condition-ver-status', code)
const coded = (...codes: string[]) => ({
  coding: codes.map((code) => ({ system: 'http://loinc.org', code })),
})
const kg = (value: number, unit = 'kg', code = 'kg') => ({ value, unit, code })
const start = '2026-07-01T09:00:00Z'
const end = '2026-07-01T10:00:00Z'

/** A rule, where it holds, what breaks it, and what does not. */
const cases: [key: string, make: (value: Json) => Json, bad: Json[], good: Json[]][] = [
  ...['Age', 'Count', 'Distance', 'Duration', 'Quantity'].map((type): (typeof cases)[number] => [
    'qty-3',
    extended(type),
    [{ value: 1, code: 'a' }],
    [
      { value: 1, code: 'a', system: 'http://h' },
      { value: 1, unit: 'a' },
      { code: 'a', _system: absent },
    ],
  ]),
  [
    'att-1',
    extended('Attachment'),
    [{ data: 'AAAA' }],
    [{ data: 'AAAA', contentType: 'text/plain' }, { url: 'x:y' }],
  ],
  ...(
    [
      [extended('Attachment'), 'contentType'],
      [of('Binary'), 'contentType'],
      [extended('Signature'), 'targetFormat'],
      [extended('Signature'), 'sigFormat'],
    ] as const
  ).map(([make, name]): (typeof cases)[number] => [
    'BCP 13',
    make,
    ['png', 'a/', '/b', 'a b/c', 'a/b c', 'x a/b', 'a/b, c/d'].map((type) => ({ [name]: type })),
    ['a/b', 'application/fhir+json; fhirVersion=4.0', 'a/b;c', 'a/b ; c'].map((type) => ({ [name]: type })),
  ]),
  [
    'ISO 4217',
    extended('Money'),
    ['gbp', 'GB', 'GBPX', 'GBP '].map((currency) => ({ value: 1, currency })),
    [{ value: 1, currency: 'GBP' }, { value: 1 }],
  ],
  ['cpt-2', extended('ContactPoint'), [{ value: '1' }], [{ value: '1', system: 'phone' }, { use: 'home' }]],
  [
    'rng-2',
    extended('Range'),
    [
      { low: kg(2), high: kg(1) },
      { low: { value: 2 }, high: { value: 1 } },
    ],
    [
      { low: kg(1), high: kg(1) },
      { low: kg(1), high: kg(2) },
      { low: kg(2) },
      { high: kg(1) },
      { low: kg(2, 'kg', 'g'), high: kg(1) },
      { low: kg(2, 'g'), high: kg(1) },
      { low: kg(2), high: { unit: 'kg', code: 'kg' } },
    ],
  ],
  ['tim-1', repeat, [{ duration: 1 }], [{ duration: 1, durationUnit: 'h' }, { durationUnit: 'h' }]],
  ['tim-2', repeat, [{ period: 1 }], [{ period: 1, periodUnit: 'd' }]],
  ['tim-6', repeat, [{ periodMax: 2 }], [{ periodMax: 2, period: 1 }]],
  ['tim-7', repeat, [{ durationMax: 2 }], [{ durationMax: 2, duration: 1 }]],
  ['tim-8', repeat, [{ countMax: 2 }], [{ countMax: 2, count: 1 }]],
  ['tim-9', repeat, [{ offset: 2 }], [{ offset: 2, when: ['AC'] }]],
  [
    'tim-10',
    repeat,
    [{ timeOfDay: ['08:00:00'], when: ['AC'] }],
    [{ timeOfDay: ['08:00:00'] }, { when: ['AC'] }],
  ],
  [
    'ext-1',
    first(of('Patient'), 'extension'),
    [{ url: 'x' }, { url: 'x', valueString: 'y', ...absent }, { url: 'x', _valueString: absent, ...absent }],
    [
      { url: 'x', valueString: 'y' },
      { url: 'x', ...absent },
      { url: 'x', _valueString: absent },
    ],
  ],
  [
    'ait-1',
    of('AllergyIntolerance'),
    [
      {},
      { verificationStatus: allergic('confirmed') },
      { verificationStatus: status('other', 'entered-in-error') },
    ],
    [{ clinicalStatus: active }, { verificationStatus: allergic('entered-in-error') }],
  ],
  [
    'ait-2',
    of('AllergyIntolerance', { clinicalStatus: active }),
    [{ verificationStatus: allergic('entered-in-error') }],
    [
      {},
      { verificationStatus: allergic('confirmed') },
      { clinicalStatus: undefined, verificationStatus: allergic('entered-in-error') },
    ],
  ],
  [
    'app-1',
    first(of('Appointment'), 'participant'),
    [{ status: 'accepted' }],
    [{ type: [text] }, { actor: text }],
  ],
  ['app-2', of('Appointment'), [{ start }, { end }], [{ start, end }, {}]],
  [
    'app-3',
    of('Appointment'),
    [{ status: 'booked' }, {}],
    [{ status: 'booked', start }, { status: 'proposed' }, { status: 'cancelled' }, { status: 'waitlist' }],
  ],
  [
    'app-4',
    of('Appointment', { cancelationReason: text }),
    [{ status: 'booked' }, {}],
    [{ status: 'cancelled' }, { status: 'noshow' }, { status: 'booked', cancelationReason: undefined }],
  ],
  [
    'start',
    of('Appointment'),
    [{ start: end, end: start }],
    [
      { start, end },
      { start, end: start },
    ],
  ],
  ['start', of('Slot'), [{ start: end, end: start }], [{ start, end }, { start }, { end }]],
  [
    'con-4',
    of('Condition'),
    [{ abatementString: 'x' }, { abatementDateTime: '2026', clinicalStatus: clinical('active') }],
    [
      {},
      ...['inactive', 'resolved', 'remission'].map((code) => ({
        ...{ abatementString: 'x', clinicalStatus: clinical('other', code) },
      })),
    ],
  ],
  [
    'con-5',
    of('Condition', { clinicalStatus: clinical('active') }),
    [{ verificationStatus: verified('entered-in-error') }],
    [
      {},
      { verificationStatus: verified('confirmed') },
      { clinicalStatus: undefined, verificationStatus: verified('entered-in-error') },
    ],
  ],
  ['con-1', first(of('Condition'), 'stage'), [{ type: text }], [{ summary: text }, { assessment: [text] }]],
  ['con-2', first(of('Condition'), 'evidence'), [absent], [{ code: [text] }, { detail: [text] }]],
  ['ppc-1', of('Consent'), [{}], [{ policy: [{ uri: 'x:y' }] }, { policyRule: text }]],
  ['ipn-1', of('InsurancePlan'), [{}], [{ name: 'x' }, { identifier: [text] }, { _name: absent }]],
  [
    'imm-1',
    first(of('Immunization'), 'education'),
    [{ publicationDate: '2026' }],
    [{ documentType: 'x' }, { reference: 'x:y' }, { _reference: absent }],
  ],
  [
    'obs-6',
    of('Observation', { dataAbsentReason: text }),
    [{ valueString: 'x' }],
    [{}, { basedOn: [text] }, { valueString: 'x', dataAbsentReason: undefined }],
  ],
  [
    'obs-7',
    of('Observation', {
      code: coded('1', '2'),
      component: [{ code: coded('3') }, { code: coded('4', '2') }],
    }),
    [{ valueString: 'x' }],
    [
      {},
      { valueString: 'x', code: coded('1') },
      { valueString: 'x', code: text, component: [{ code: text }] },
      { valueString: 'x', code: { coding: [text] }, component: [{ code: { coding: [text] } }] },
    ],
  ],
  [
    'obs-3',
    first(of('Observation'), 'referenceRange'),
    [{ type: text }],
    [{ low: kg(1) }, { high: kg(1) }, text],
  ],
  ['org-1', of('Organization'), [{}], [{ name: 'x' }, { identifier: [text] }]],
  ['org-2', first(of('Organization'), 'address'), [{ use: 'home' }], [{ use: 'work' }, text]],
  ['org-3', first(of('Organization'), 'telecom'), [{ use: 'home' }], [{ use: 'work' }]],
  [
    'inv-1',
    first(of('Parameters'), 'parameter'),
    [
      { name: 'x' },
      { name: 'x', valueString: 'y', part: [{ name: 'z', valueString: 'z' }] },
      { name: 'x', valueString: 'y', resource: { resourceType: 'Basic', code: text } },
    ],
    [
      { name: 'x', valueString: 'y' },
      { name: 'x', _valueString: absent },
      { name: 'x', resource: { resourceType: 'Basic', code: text } },
      { name: 'x', part: [{ name: 'z', valueString: 'z' }] },
    ],
  ],
  [
    'pat-1',
    first(of('Patient'), 'contact'),
    [{ gender: 'male' }],
    [{ name: text }, { telecom: [{ use: 'home' }] }, { address: text }, { organization: text }],
  ],
  [
    'cmp-1',
    first(of('Composition'), 'section'),
    [{ title: 'x' }],
    [{ text: { status: 'empty' } }, { entry: [text] }, { section: [{ text: { status: 'empty' } }] }],
  ],
  [
    'cmp-2',
    first(of('Composition'), 'section'),
    [{ emptyReason: text, entry: [text] }],
    [{ emptyReason: text }, { entry: [text] }],
  ],
]

describe('the rules of R4 that hold within one object', () => {
  for (const [key, make, bad, good] of cases) {
    it(`${key}, of ${String(make({}).resourceType)}`, () => {
      for (const value of bad) assert.ok(broken(make(value)).includes(key), JSON.stringify(value))
      for (const value of good) assert.ok(!broken(make(value)).includes(key), JSON.stringify(value))
    })
  }

  const period = (begin: unknown, over: unknown) =>
    broken(of('Patient')({ contact: [{ name: text, period: { start: begin, end: over } }] }))

  it('per-1: a period that surely ends before it begins', () => {
    for (const [begin, over] of [
      ['2026', '2025'],
      ['2026-02', '2026-01'],
      ['2026-02-02', '2026-02-01'],
      ['2026-02-02', '2026-01'],
      ['2026-02-02', '2025'],
      ['2026', '2025-12-31'],
      ['2026-02-01T10:00:00Z', '2026-02-01T09:59:59Z'],
      ['2026-02-01T10:00:00Z', '2026-02-01T10:30:00+01:00'],
      ['2026-02-01T10:00:00Z', '2026-01-29'],
      ['2026-02-04', '2026-02-01T10:00:00Z'],
      ['2026-03-03T10:00:00Z', '2026-02'],
      ['2026-01-03T10:00:00Z', '2025'],
    ]) {
      assert.deepEqual(period(begin, over), ['per-1'], `${begin} to ${over}`)
    }
  })

  it('per-1: not one that may end after it begins', () => {
    for (const [begin, over] of [
      ['2026', '2026'],
      ['2026-02', '2026'],
      ['2026', '2026-01-01'],
      ['2026-02-01', '2026-02'],
      ['2026-02-01', '2026-02-01'],
      ['2026-02-01', '2026-02-01T00:00:00Z'],
      ['2026-02-01T09:00:00Z', '2026-02-01'],
      ['2026-02-01T10:00:00+01:00', '2026-02-01T09:00:00Z'],
      ['2025-12-31', '2026'],
      // By clocks that are behind UTC it was the day before still.
      ['2026-02-02T01:00:00Z', '2026-02-01'],
      ['2026-02-01T01:00:00Z', '2026-01-31'],
      ['2026-01-01T01:00:00Z', '2025-12-31'],
      ['2026-02-01T01:00:00Z', '2026-01'],
      ['2026-01-01T01:00:00Z', '2025'],
      ['2026-02-02', '2026-02-01T23:00:00Z'],
      ['2026-02-01', '2026-01-31T23:00:00Z'],
      ['2026-02', '2026-01-31T23:00:00Z'],
      ['2026-02-03T10:00:00Z', '2026-02-01'],
      ['2026', '2025-12-31T23:00:00Z'],
    ]) {
      assert.deepEqual(period(begin, over), [], `${begin} to ${over}`)
    }
    for (const [begin, over] of [
      ['tomorrow', 'soon'],
      ['tomorrow', '2026'],
      ['2026', '1'],
      ['2026', undefined],
      [undefined, '2026'],
      ['2026', 2025],
    ]) {
      assert.ok(!period(begin, over).includes('per-1'))
    }
  })

  it('are all looked at here', () => {
    const keys = Object.values(invariants).flatMap((rules) => rules.map(({ key }) => key))
    const seen = new Set([...cases.map(([key]) => key), 'per-1'])
    assert.deepEqual(
      keys.filter((key) => !seen.has(key)),
      [],
    )
  })
})
