import assert from 'node:assert/strict'
import { checkReference } from '../../../../src/documents/fhir/check/references'
import { Findings } from '../../../../src/documents/fhir/check/finding'
import { primitiveFaults } from '../../../../src/documents/fhir/check/primitives'
import { primitives, typeOf } from '../../../../src/documents/fhir/r4/model'

const MEGABYTE = 'x'.repeat(1024 * 1024)
const UUID = '0d0a3b1c-0000-4000-8000-0000000000ff'
const uris = ['x', 'http://h/x?a=b#c', 'urn:oid:1.2']
const noUris = ['a b', ' a', 'a\n']
const moments = ['2026-07-01T09:00:00Z', '2026-07-01T09:00:00.123456+01:00', '2026-07-01T23:59:60-14:00']
const noMoments = [
  ...['2026-07-01T09:00:00', '2026-07-01T09:00Z', '2026-07-01T24:00:00Z', '2026-07-01T09:60:00Z'],
  ...['2026-07-01T09:00:61Z', '2026-07-01t09:00:00Z', '2026-07-01T09:00:00z', '2026-07-01 09:00:00Z'],
  ...[
    '2026-07-01T09:00:00+0100',
    '2026-07-01T09:00:00.Z',
    '2026-07-01T09:00:00+14:01',
    '2026-02-29T09:00:00Z',
  ],
  ...['2026-07-01T', 'soon', '1 2026-07-01T09:00:00Z', '2026-07-01T09:00:00Z 1', '2026-07-01T09:00:00+01:60'],
]
const noDates = [
  ...[
    '26',
    '2026-1',
    '2026-7-1',
    '2026-00',
    '2026-13',
    '2026-07-00',
    '2026-07-32',
    '2026-06-31',
    '2026-02-29',
  ],
  ...[
    '1900-02-29',
    '0000',
    '0000-01',
    '0000-01-01',
    '2026-00-01',
    '2026-01-00',
    '20260701',
    '2026-07-01 ',
    ' 2026',
    '2026-07-01-02',
    'today',
  ],
]
const dates = ['2026', '2026-07', '2026-07-31', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']

/** Of each primitive type: what it may be, and what of the same JSON type it may not. */
const cases: Record<string, [good: unknown[], bad: unknown[]]> = {
  boolean: [[true, false], []],
  decimal: [
    [0, -1.5, 1e30],
    [NaN, Infinity, -Infinity],
  ],
  integer: [
    [0, -2_147_483_648, 2_147_483_647],
    [-2_147_483_649, 2_147_483_648, 0.5, NaN],
  ],
  unsignedInt: [
    [0, 2_147_483_647],
    [-1, 2_147_483_648, 0.5],
  ],
  positiveInt: [
    [1, 2_147_483_647],
    [0, -1, 2_147_483_648, 1.5],
  ],
  string: [
    ['x', ' x ', MEGABYTE],
    ['', `${MEGABYTE}x`],
  ],
  markdown: [
    ['x', MEGABYTE],
    ['', `${MEGABYTE}x`],
  ],
  xhtml: [['<div xmlns="http://www.w3.org/1999/xhtml">x</div>'], ['', 'x']],
  code: [
    ['x', 'a b', 'a b c', 'ö-1'],
    ['', ' x', 'x ', 'a  b', '\n'],
  ],
  id: [
    ['x', 'A-1.b', 'x'.repeat(64)],
    ['', 'a_b', 'a b', 'x'.repeat(65), 'ä', 'a\n'],
  ],
  uri: [uris, noUris],
  url: [uris, noUris],
  canonical: [uris, noUris],
  oid: [
    ['urn:oid:1.2', 'urn:oid:0.0', 'urn:oid:2.16.840.1.113883', 'urn:oid:2.10'],
    [
      '1.2',
      'urn:oid:1',
      'urn:oid:3.1',
      'urn:oid:1.02',
      'urn:oid:1.',
      'urn:oid:1.2.',
      'xurn:oid:1.2',
      'urn:oid:1.2x',
    ],
  ],
  uuid: [
    [`urn:uuid:${UUID}`, `urn:uuid:${UUID.toUpperCase()}`],
    [
      UUID,
      `urn:uuid:${UUID}0`,
      `urn:uuid:${UUID.slice(1)}`,
      `xurn:uuid:${UUID}`,
      `urn:uuid:${UUID.replace('f', 'g')}`,
    ],
  ],
  base64Binary: [
    ['AAAA', 'AA==', 'AAA=', 'A A\r\nAA', '+/09 azAZ'],
    ['A', 'AAAAA', 'A===', 'AA=A', 'AA_-'],
  ],
  date: [dates, [...noDates, ...moments]],
  dateTime: [
    [...dates, ...moments],
    [...noDates, ...noMoments],
  ],
  instant: [moments, [...dates, ...noDates, ...noMoments]],
  time: [
    ['00:00:00', '09:30:00', '19:59:59.25', '23:59:60'],
    [
      '9:30:00',
      '09:30',
      '24:00:00',
      '09:60:00',
      '09:30:61',
      '09:30:00Z',
      '09:30:00.',
      'x09:30:00',
      '09:30:00x',
      '30:00:00',
    ],
  ],
}

describe('a primitive value of FHIR', () => {
  for (const [type, [good, bad]] of Object.entries(cases)) {
    it(`of the type ${type}`, () => {
      const fault = (value: unknown) => primitiveFaults.get(type)?.(value)
      for (const value of good) assert.equal(fault(value), undefined, String(value).slice(0, 60))
      for (const value of bad) assert.equal(typeof fault(value), 'string', String(value).slice(0, 60))
      const isText = typeof good[0] === 'string'
      for (const value of [isText ? 7 : '7', isText ? true : 'true', {}, []]) {
        assert.equal(typeof fault(value), 'string', JSON.stringify(value))
      }
    })
  }

  it('has a check, whatever its type', () => {
    assert.deepEqual(
      [...primitives].filter((type) => !primitiveFaults.has(type)),
      [],
    )
    assert.deepEqual(Object.keys(cases).sort(), [...primitiveFaults.keys()].sort())
  })

  it('that is a moment is told what it lacks', () => {
    for (const [value, lack] of [
      ['2026-07-01T09:00:00', /zone/],
      ['2026-07-01T09:00', /zone/],
      ['2026-07-01T09:00Z', /seconds/],
      ['2026-02-30T09:00', /does not exist/],
      ['2026-02-30', /does not exist/],
      ['soon', /has to be/],
    ] as const) {
      assert.match(String(primitiveFaults.get('dateTime')?.(value)), lack, value)
    }
    assert.match(String(primitiveFaults.get('instant')?.('2026-07-01')), /with time and time zone/)
    assert.match(String(primitiveFaults.get('date')?.('2026-02-30')), /does not exist/)
  })
})

describe('a reference of FHIR', () => {
  const subject = typeOf('Observation')?.properties.get('subject')
  const told = (reference: unknown, type?: unknown): string[] => {
    const findings = new Findings()
    assert.ok(subject)
    checkReference({ reference, type }, subject, { key: 'subject' }, findings)
    return findings.list.map(({ code, path }) => `${code} ${path}`)
  }

  it('has one of its forms, and leads to a type that is allowed', () => {
    for (const reference of [
      ...[
        'Patient/7',
        'Patient/A-1.b',
        `Patient/${'x'.repeat(64)}`,
        'Patient/7/_history/1',
        'Patient?name=x',
        '#p',
      ],
      ...[
        'http://h',
        'https://h/fhir/Patient/7',
        'https://h/fhir/Patient/7/_history/1',
        'http://h/other/thing',
      ],
      ...[
        `urn:uuid:${UUID}`,
        `urn:uuid:${UUID.toUpperCase()}`,
        'urn:oid:1.20.300',
        'urn:x:y',
        'ftp://h/x',
        'mailto:a@h',
      ],
      ...['https://h/Patient', 'https://h/fhir/Unheard/7', '', undefined, 7],
    ]) {
      assert.deepEqual(told(reference), [], String(reference))
    }
  })

  it('of no form, to no type or to one that is not allowed is found', () => {
    for (const reference of [
      ...[
        'Patient',
        'Patient/',
        '/Patient/7',
        'Patient/a b',
        `Patient/${'x'.repeat(65)}`,
        'Patient/7/',
        'Patient/7/x',
      ],
      ...[
        'Patient/7/_history/',
        `Patient/7/_history/${'x'.repeat(65)}`,
        'Patient?',
        'Patient?name',
        'Patient?=x',
        'Jo Doe',
      ],
      ...[
        'http://',
        'http://h h',
        'https:x',
        'urn:uuid:7',
        `urn:uuid:${UUID}0`,
        `x urn:uuid:${UUID}`,
        'urn:oid:3.1',
      ],
      ...['urn:oid:1', 'urn:oid:1.02', 'x:', 'a b:c', 'Patient 7', '7/7'],
      ...[
        'Pacient/7',
        'patient/7',
        'Pacient?name=x',
        'Observation/7',
        'Observation?code=x',
        'Observation/7/_history/1',
      ],
      ...['https://h/fhir/Observation/7', 'http://h/Observation/7/_history/1'],
      ...[`http://h/Observation/${'x'.repeat(64)}/_history/${'x'.repeat(64)}`, 'Patient?name=a\nb'],
    ]) {
      assert.deepEqual(told(reference), ['value subject.reference'], reference)
    }
  })

  it('says the type that it leads to, or none', () => {
    for (const reference of ['Patient/7', 'Patient?name=x', 'https://h/Patient/7']) {
      assert.deepEqual(told(reference, 'Patient'), [])
      assert.deepEqual(told(reference, 'http://own.example/type'), [])
      assert.deepEqual(told(reference, 'Group'), ['value subject.type'])
    }
    assert.deepEqual(told(`urn:uuid:${UUID}`, 'Group'), [])
  })

  it('may lead to any type where R4 leaves it open', () => {
    const target = typeOf('Provenance')?.properties.get('target')
    assert.ok(target)
    const findings = new Findings()
    checkReference({ reference: 'Basic/7' }, target, { key: 'target' }, findings)
    assert.deepEqual(findings.list, [])
  })

  it('to a type that is not allowed is told with those that are', () => {
    const findings = new Findings()
    assert.ok(subject)
    checkReference({ reference: 'Claim/7' }, subject, { key: 'subject' }, findings)
    assert.match(String(findings.list[0]?.message), / Patient, Group, Device, Location /)
  })
})
