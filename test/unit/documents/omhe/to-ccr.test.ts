import assert from 'node:assert/strict'
import fc from 'fast-check'
import { GatewayError } from '../../../../src/errors'
import type { CcrDocument } from '../../../../src/documents/ccr/model'
import { ccrFindings } from '../../../../src/documents/ccr/validate'
import { omheToCcr, type OmheCcrOptions } from '../../../../src/documents/omhe/to-ccr'

const created = '2026-01-15T10:00:00Z'

function ccrOf(text: string, options: OmheCcrOptions = {}): CcrDocument {
  const { ccr } = omheToCcr(text, { created, ...options })
  assert.deepEqual(ccrFindings(ccr), [])
  return ccr
}

function refusal(text: unknown, options: unknown = {}): GatewayError {
  try {
    omheToCcr(text as string, options as OmheCcrOptions)
  } catch (error) {
    assert.ok(error instanceof GatewayError)
    return error
  }
  assert.fail('was made')
}

/** Section, description and values of every entry. */
function outline({ Body }: CcrDocument): unknown[] {
  const results = (['VitalSigns', 'Results'] as const).flatMap((section) =>
    (Body?.[section]?.Result ?? []).map(({ Description, Test = [] }) => [
      section,
      Description?.Text,
      ...Test.map(({ TestResult }) => `${TestResult?.Value} ${TestResult?.Units?.Unit}`),
    ]),
  )
  const habits = (Body?.SocialHistory?.SocialHistoryElement ?? []).map(({ Type, Description }) => [
    'SocialHistory',
    Type?.Text,
    Description?.Text,
    ...(Description?.ObjectAttribute ?? []).map(({ AttributeValue = [] }) => AttributeValue[0]?.Value),
  ])
  return [...results, ...habits]
}

describe('a CCR of OMHE commands', () => {
  it('has each command in its section', () => {
    const text =
      'bp120/80p60\nwt85k\nfm30k\nffm=60k\npbf12.6\nbmi19.7\npn3\nbg104\nlip190h44\nst7540m95\nmd7\nzeo77\n' +
      'wtr3\nbeer\nveg=carrots\nfrv=apple\neat=toast\ngym=30 laps\nci=Fine'
    assert.deepEqual(outline(ccrOf(text)), [
      ['VitalSigns', 'Blood pressure', '120 mm[Hg]', '80 mm[Hg]', '60 /min'],
      ['VitalSigns', 'Body weight', '85 kg'],
      ['VitalSigns', 'Body fat mass', '30 kg'],
      ['VitalSigns', 'Fat-free mass', '60 kg'],
      ['VitalSigns', 'Percentage of body fat', '12.6 %'],
      ['VitalSigns', 'Body mass index', '19.7 kg/m2'],
      ['VitalSigns', 'Pain', '3 {score}'],
      ['Results', 'Blood glucose', '104 mg/dL'],
      ['Results', 'Lipids', '190 mg/dL', '44 mg/dL'],
      ['Results', 'Steps', '7540 {steps}', '95 min'],
      ['Results', 'Mood', '7 {score}'],
      ['Results', 'Sleep score', '77 {score}'],
      ['SocialHistory', 'Water', 'Water', '3'],
      ['SocialHistory', 'Alcohol (beer)', 'Alcohol (beer)', '1'],
      ['SocialHistory', 'Vegetables', 'carrots'],
      ['SocialHistory', 'Fruit or vegetable', 'apple'],
      ['SocialHistory', 'Meal', 'toast'],
      ['SocialHistory', 'Workout', '30 laps'],
      ['SocialHistory', 'Check-in', 'Fine'],
    ])
  })

  it('is whole: ids, codes, times, sources, tags and the document around them', () => {
    const ccr = ccrOf('bp=120/80#dt20120501:083059z#tz-5#rest#id=a7#points5', { documentId: 'doc-1' })
    const Source = [{ Actor: [{ ActorID: 'patient' }] }]
    const DateTime = [{ ExactDateTime: '2012-05-01T03:30:59-05:00' }]
    const test = (place: number, text: string, code: string, value: string) => ({
      CCRDataObjectID: `test-${place}`,
      DateTime,
      Type: { Text: 'Observation' },
      Description: { Text: text, Code: [{ Value: code, CodingSystem: 'LOINC' }] },
      Source,
      TestResult: { Value: value, Units: { Unit: 'mm[Hg]' } },
    })
    assert.deepEqual(ccr, {
      CCRDocumentObjectID: 'doc-1',
      Language: { Text: 'English' },
      Version: 'V1.0',
      DateTime: { ExactDateTime: created },
      Patient: [{ ActorID: 'patient' }],
      From: { ActorLink: [{ ActorID: 'patient' }] },
      Body: {
        VitalSigns: {
          Result: [
            {
              CCRDataObjectID: 'result-1',
              DateTime,
              IDs: [{ Type: { Text: 'OMHE id' }, ID: 'a7', Source }],
              Description: { Text: 'Blood pressure', Code: [{ Value: '85354-9', CodingSystem: 'LOINC' }] },
              Source,
              CommentID: ['comment-1'],
              Test: [
                test(1, 'Systolic blood pressure', '8480-6', '120'),
                test(2, 'Diastolic blood pressure', '8462-4', '80'),
              ],
            },
          ],
        },
      },
      Actors: { Actor: [{ ActorObjectID: 'patient', Person: {}, Source }] },
      Comments: {
        Comment: [
          {
            CommentObjectID: 'comment-1',
            DateTime: { ExactDateTime: created },
            Description: { Text: '#rest #points5' },
            Source: [{ ActorID: 'patient' }],
          },
        ],
      },
    })
  })

  it('names the patient and the source', () => {
    const patient = { id: 'u1', given: 'Maria', family: 'Example', birthDate: '1970-05-01', gender: 'Female' }
    const Source = [{ Actor: [{ ActorID: 'source' }] }]
    const ccr = ccrOf('wt85k', { patient, source: { system: 'SMS gateway', version: '2' } })
    assert.deepEqual(ccr.From, { ActorLink: [{ ActorID: 'source' }] })
    assert.deepEqual(ccr.Actors?.Actor, [
      {
        ActorObjectID: 'patient',
        Person: {
          Name: { CurrentName: { Given: ['Maria'], Family: ['Example'] } },
          DateOfBirth: { ExactDateTime: '1970-05-01' },
          Gender: { Text: 'Female' },
        },
        IDs: [{ Type: { Text: 'Patient ID' }, ID: 'u1', Source }],
        Source,
      },
      { ActorObjectID: 'source', InformationSystem: { Name: 'SMS gateway', Version: '2' }, Source },
    ])
    const [person, clinic] =
      ccrOf('wt85k', { patient: { name: 'M. Example' }, source: { organization: 'Clinic' } }).Actors?.Actor ??
      []
    assert.deepEqual(person?.Person, { Name: { DisplayName: 'M. Example' } })
    assert.deepEqual(clinic?.Organization, { Name: 'Clinic' })
  })

  it('takes a time that is given where a command says none', () => {
    const times = (text: string, at?: string) =>
      ccrOf(text, { at }).Body?.VitalSigns?.Result?.map(({ DateTime }) => DateTime?.[0]?.ExactDateTime)
    const at = '2026-01-15T09:00:00+01:00'
    assert.deepEqual(times('wt85k\nwt86k#tz1\nwt87k#dt20120501:083059z', at), [
      '2026-01-15T08:00:00Z',
      '2026-01-15T09:00:00+01:00',
      '2012-05-01T08:30:59Z',
    ])
    assert.deepEqual(times('wt85k'), [undefined])
    assert.deepEqual(times('wt85k#dt2012', at), [undefined])
  })

  it('takes commands that were read or made by hand as well', () => {
    const command = { command: 'wt', values: { weight: { value: 85, unit: 'kg' } } }
    for (const given of [command, [command]]) {
      assert.deepEqual(omheToCcr(given, { created }), omheToCcr('wt=85k', { created }))
    }
    assert.match(refusal({ command: 'foo' }).message, /no such OMHE command/)
    assert.equal(refusal(undefined).code, 'HG_INPUT')
  })

  it('gives the same content the same id', () => {
    const id = (text: string, options?: OmheCcrOptions) => ccrOf(text, options).CCRDocumentObjectID
    const uuid = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
    assert.match(String(id('wt85k')), uuid)
    assert.equal(id('wt85k'), id('weight=85.0K', { created: '2026-02-01T00:00:00Z' }))
    assert.notEqual(id('wt85k'), id('wt86k'))
    assert.notEqual(id('wt85k'), id('wt85k', { patient: { id: 'u1' } }))
  })

  it("takes a text for the patient's id, or the name of a system", () => {
    assert.deepEqual(
      ccrOf('wt85k', {
        patient: 'u1',
        source: 'SMS gateway',
        documentId: 'd',
        created: '2026-01-15T09:00:00Z',
      }),
      ccrOf('wt85k', {
        ...{ patient: { id: 'u1' }, source: { system: 'SMS gateway' } },
        ...{ documentId: 'd', created: '2026-01-15T09:00:00Z' },
      }),
    )
  })

  it('tells that it does not know of whom they are', () => {
    const codes = (patient?: OmheCcrOptions['patient']) =>
      omheToCcr('wt85k', { patient }).findings.map(({ code }) => code)
    assert.deepEqual([codes(), codes({}), codes({ gender: 'Female' })], Array(3).fill(['no-patient']))
    for (const patient of ['u1', { id: 7 }, { family: 'Example' }, { name: 'M. Example' }]) {
      assert.deepEqual(codes(patient), [])
    }
    assert.deepEqual(codes({ reference: 'Patient/7' }), [])
  })

  it('tells what it does not know of a patient, without a name', () => {
    const patient = { id: 'u1', birthdate: '1970-05-01', 'Maria Example': 1, other: undefined }
    const { ccr, findings } = omheToCcr('wt85k', { patient })
    assert.deepEqual(
      findings.map(({ severity, code, path }) => [severity, code, path]),
      [
        ['warning', 'unknown-property', 'patient.birthdate'],
        ['warning', 'unknown-property', 'patient.*'],
      ],
    )
    assert.equal(ccr.Actors?.Actor?.[0]?.Person?.DateOfBirth, undefined)
  })

  it('takes the birth date by the name that CCR or FHIR has for it, as text or a Date', () => {
    const born = (patient: OmheCcrOptions['patient']) =>
      ccrOf('wt85k', { patient }).Actors?.Actor?.[0]?.Person?.DateOfBirth
    for (const date of ['1970-05-01', '1970-05', '1970']) {
      const expected = { ExactDateTime: date }
      assert.deepEqual(born({ id: 'u1', birthDate: date }), expected)
      assert.deepEqual(born({ id: 'u1', dateOfBirth: date }), expected)
    }
    const date = new Date('1970-05-01T00:00:00Z')
    const expected = { ExactDateTime: '1970-05-01T00:00:00.000Z' }
    assert.deepEqual(born({ id: 'u1', birthDate: date }), expected)
    assert.deepEqual(born({ id: 'u1', dateOfBirth: date }), expected)
  })

  const paths: [string, Record<string, unknown>, RegExp][] = [
    ['birthDate', { birthDate: '1980-02-30' }, /^patient\.birthDate is no date/],
    ['dateOfBirth', { dateOfBirth: '5/1/1970' }, /^patient\.dateOfBirth is no date/],
    ['a number for dateOfBirth', { dateOfBirth: 1970 }, /^patient\.dateOfBirth is no date/],
    ['a Date without a time', { birthDate: new Date(NaN) }, /^patient\.birthDate is no date/],
    ['both', { birthDate: '1970', dateOfBirth: '1970' }, /birthDate and patient\.dateOfBirth are the same/],
    ['a family name that is a list', { family: ['Example'] }, /^patient\.family is not usable/],
    ['an id with half a character', { id: '\ud800' }, /^patient\.id is not usable/],
    ['a gender with a control character', { gender: 'a\u0007' }, /^patient\.gender is not usable/],
    ['a reference elsewhere', { reference: 'Group/7' }, /^patient\.reference is not usable/],
  ]
  for (const [what, patient, message] of paths) {
    it(`is refused with the path of ${what}`, () => {
      const error = refusal('wt85k', { patient })
      assert.equal(error.code, 'HG_INPUT')
      assert.match(error.message, message)
    })
  }

  it('is refused with the path of what is wrong with the source', () => {
    assert.match(refusal('wt85k', { source: { system: 'a', version: 5 } }).message, /^source\.version/)
    assert.match(refusal('wt85k', { source: { organization: 'a\u0000' } }).message, /^source\.organization/)
    assert.match(refusal('wt85k', { source: { system: 'a', versoin: '5' } }).message, /The source is not/)
  })

  it('tells what it has no place for', () => {
    const { ccr, findings } = omheToCcr('wt85k#pw=x#dt2012\nok\npts5\nci\nbg501')
    assert.deepEqual(ccrFindings(ccr), [])
    assert.deepEqual(
      findings.map(({ severity, code, path, line }) => [severity, code, path, line]),
      [
        ['error', 'malformed-helper', 'wt/#dt', 1],
        ['error', 'out-of-range', 'bg/glucose', 5],
        ['information', 'not-carried', 'wt/#pw', 1],
        ['information', 'not-carried', 'wt/#dt', 1],
        ['information', 'not-carried', 'yes', 2],
        ['information', 'not-carried', 'pts', 3],
        ['information', 'not-carried', 'ci', 4],
        ['error', 'no-patient', '', 1],
      ],
    )
    assert.doesNotMatch(JSON.stringify(ccr), /pw/)
    assert.match(refusal('bg501\nwt85k', { strict: true }).message, /outside the documented range/)
    assert.match(refusal('ok\npts5').message, /nothing|No command in it/)
  })

  const unusable: [string, OmheCcrOptions | Record<string, unknown>][] = [
    ['a patient that is an empty text', { patient: ' ' }],
    ['a patient that is a list', { patient: ['Maria'] }],
    ['a patient that is a Map', { patient: new Map([['id', 'u1']]) }],
    ['a patient of whom nothing is known by its name', { patient: { identifier: 'u1' } }],
    ['a birth date that does not exist', { patient: { birthDate: '1980-02-30' } }],
    ['a patient that is null', { patient: null }],
    ['a name that is a number', { patient: { name: 5 } }],
    ['an empty name', { patient: { name: ' ' } }],
    ['a name with a control character', { patient: { name: 'a\u0000' } }],
    ['a birth date in other words', { patient: { birthDate: '5/1/1970' } }],
    ['a reference to something else', { patient: { reference: 'Group/7' } }],
    ['a source that is an empty text', { source: '' }],
    ['a source that is a list', { source: ['Clinic'] }],
    ['a source without a name', { source: {} }],
    ['a source that is both', { source: { organization: 'a', system: 'b' } }],
    ['a time that is none', { at: 'now' }],
    ['a creation time that is none', { created: 'now' }],
  ]
  for (const [what, options] of unusable) {
    it(`is not made with ${what}`, () => {
      assert.equal(refusal('wt85k', options).code, 'HG_INPUT')
    })
  }

  it('is valid whatever the commands say', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    const line = fc.oneof(
      fc.tuple(fc.constantFrom('eat=', 'ci=', 'beer=', 'gym', 'frv='), text).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('bp120/80', 'wt85k', 'bg104', 'lip190h44', 'wtr3', 'st1m2'), fc.array(text))
        .map(([command, tags]) => [command, ...tags].join('#')),
    )
    const known = fc.option(text, { nil: undefined })
    const patient = fc.record({ id: known, name: known, given: known, family: known, gender: known })
    fc.assert(
      fc.property(fc.array(line), patient, known, (lines, whom, organization) => {
        let ccr
        try {
          const source = organization === undefined ? undefined : { organization }
          ccr = omheToCcr(lines.join('\n'), { patient: whom, source }).ccr
        } catch (error) {
          assert.ok(error instanceof GatewayError && error.code === 'HG_INPUT')
          return
        }
        assert.deepEqual(ccrFindings(ccr), [])
      }),
      { numRuns: 300 },
    )
  })
})
