import assert from 'node:assert/strict'
import fc from 'fast-check'
import { buildCcr, buildCcrInTurns } from '../../../../src/documents/ccr/build'
import type {
  CcrEntryInput,
  CcrInput,
  CcrProductInput,
  CcrTestInput,
} from '../../../../src/documents/ccr/build/input'
import { ccrFindings } from '../../../../src/documents/ccr/validate'
import { GatewayError } from '../../../../src/errors'

const patient = { given: 'Maria', family: 'Example' }

describe('building a CCR', () => {
  it('fills in what the schema requires', () => {
    const { CCRDocumentObjectID, DateTime, ...ccr } = buildCcr({ patient })
    assert.match(String(CCRDocumentObjectID), /^[\da-f]{8}-/)
    assert.match(String(DateTime?.ExactDateTime), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const source = [{ Actor: [{ ActorID: 'patient-1' }] }]
    assert.deepEqual(ccr, {
      Language: { Text: 'English' },
      Version: 'V1.0',
      Patient: [{ ActorID: 'patient-1' }],
      From: { ActorLink: [{ ActorID: 'patient-1' }] },
      Body: {},
      Actors: {
        Actor: [
          {
            ActorObjectID: 'patient-1',
            Person: { Name: { CurrentName: { Given: ['Maria'], Family: ['Example'] } } },
            Source: source,
          },
        ],
      },
    })
  })

  it('takes the day of birth by the name that FHIR has for it, too', () => {
    const born = (person: CcrInput['patient']) => buildCcr({ patient: person }).Actors?.Actor?.[0]?.Person
    for (const date of ['1970-05-01', new Date('1970-05-01T00:00:00Z')]) {
      const [one, other] = [born({ dateOfBirth: date }), born({ birthDate: date })]
      assert.ok(one?.DateOfBirth?.ExactDateTime)
      assert.deepEqual(other, one)
    }
    const relative = { id: 'actor-2', family: 'Example', birthDate: '1940' }
    const { Actors } = buildCcr({ patient, actors: [relative] })
    assert.deepEqual(Actors?.Actor?.[1]?.Person?.DateOfBirth, { ExactDateTime: '1940' })
    const refusals: [CcrInput, RegExp][] = [
      [{ patient: { birthDate: '1970', dateOfBirth: '1970' } }, /patient\.birthDate.* same as dateOfBirth/],
      [{ patient: { birthDate: new Date(Number.NaN) } }, /patient\.birthDate/],
      [{ patient, actors: [{ system: 'x', birthDate: '1970' }] }, /actors\[0\].* one of a person/],
    ]
    for (const [input, message] of refusals)
      assert.throws(() => buildCcr(input), { code: 'HG_INPUT', message })
  })

  it('puts measurements that belong together into one result, and a single one into its own', () => {
    const { Body } = buildCcr({
      patient,
      vitalSigns: [
        { description: 'Weight', value: 61.5, unit: 'kg', date: '2026-01-15' },
        { description: 'Pressure', tests: [{ value: '124', unit: 'mm[Hg]' }, { value: 81 }] },
      ],
    })
    const Source = [{ Actor: [{ ActorID: 'patient-1' }] }]
    const DateTime = [{ ExactDateTime: '2026-01-15' }]
    const Description = { Text: 'Weight' }
    assert.deepEqual(Body?.VitalSigns?.Result, [
      {
        CCRDataObjectID: 'result-1',
        ...{ Source, DateTime, Description },
        Test: [
          {
            ...{ CCRDataObjectID: 'test-1', DateTime, Description, Source },
            TestResult: { Value: '61.5', Units: { Unit: 'kg' } },
          },
        ],
      },
      {
        CCRDataObjectID: 'result-2',
        ...{ Source, Description: { Text: 'Pressure' } },
        Test: [
          { CCRDataObjectID: 'test-2', Source, TestResult: { Value: '124', Units: { Unit: 'mm[Hg]' } } },
          { CCRDataObjectID: 'test-3', Source, TestResult: { Value: '81' } },
        ],
      },
    ])
  })

  it('has the id of a procedure, and the unit of a measurement for what is normal', () => {
    const { Body } = buildCcr({
      patient,
      procedures: [{ description: 'x', ids: [{ id: '7', type: 'Accession' }] }],
      results: [
        { description: 'y', value: 5, unit: 'mmol/L', normal: '4-6' },
        { description: 'z', value: 5, unit: 'mmol/L', normal: { value: '70-110', unit: 'mg/dL' } },
        { description: 'w', value: 5, normal: 4 },
      ],
    })
    const ids = Body?.Procedures?.Procedure?.[0]?.IDs
    assert.deepEqual([ids?.ID, ids?.Type], ['7', { Text: 'Accession' }])
    const normals = Body?.Results?.Result?.map(({ Test }) => {
      const [normal] = Test?.[0]?.NormalResult?.Normal ?? []
      return [normal?.Value, normal?.Units?.Unit]
    })
    assert.deepEqual(normals, [
      ['4-6', 'mmol/L'],
      ['70-110', 'mg/dL'],
      ['4', undefined],
    ])
  })

  it('takes ISO 8601 and Dates for exact, other text for approximate', () => {
    const { Body } = buildCcr({
      patient,
      problems: [
        {
          date: [
            '1990-05',
            'as a child',
            new Date(0),
            { type: 'Onset', age: { value: 7, unit: 'years' } },
            { from: '2001', to: 'now' },
          ],
        },
      ],
    })
    assert.deepEqual(Body?.Problems?.Problem?.[0]?.DateTime, [
      { ExactDateTime: '1990-05' },
      { ApproximateDateTime: { Text: 'as a child' } },
      { ExactDateTime: '1970-01-01T00:00:00.000Z' },
      { Type: { Text: 'Onset' }, Age: { Value: '7', Units: { Unit: 'years' } } },
      {
        DateTimeRange: [
          { BeginRange: { ExactDateTime: '2001' }, EndRange: { ApproximateDateTime: { Text: 'now' } } },
        ],
      },
    ])
  })

  it('takes who is named for the source, or who made the document', () => {
    const { Body, From, Actors } = buildCcr({
      patient,
      actors: [
        { id: 'doctor', family: 'Sample', specialty: 'Cardiology' },
        { system: 'Node-RED', version: '5' },
      ],
      from: [{ actor: 'doctor', role: 'Author' }],
      problems: [{ description: 'A' }, { description: 'B', source: 'actor-1' }],
    })
    assert.deepEqual(From?.ActorLink, [{ ActorID: 'doctor', ActorRole: [{ Text: 'Author' }] }])
    assert.deepEqual(
      Body?.Problems?.Problem?.map(({ Source }) => Source?.[0]?.Actor?.[0]?.ActorID),
      ['doctor', 'actor-1'],
    )
    assert.deepEqual(Actors?.Actor?.[2]?.InformationSystem, { Name: 'Node-RED', Version: '5' })
  })

  it('makes no id that is given elsewhere', () => {
    const { Body } = buildCcr({ patient, problems: [{ description: 'A' }, { id: 'problem-1' }] })
    assert.deepEqual(
      Body?.Problems?.Problem?.map(({ CCRDataObjectID }) => CCRDataObjectID),
      ['problem-2', 'problem-1'],
    )
  })

  it('puts comments at the end of the document, and points to them', () => {
    const { Body, Comments } = buildCcr({
      patient,
      date: '2026-01-15',
      problems: [{ comment: 'As she says' }],
    })
    assert.deepEqual(Body?.Problems?.Problem?.[0]?.CommentID, ['comment-1'])
    assert.deepEqual(Comments?.Comment, [
      {
        CommentObjectID: 'comment-1',
        DateTime: { ExactDateTime: '2026-01-15' },
        Description: { Text: 'As she says' },
        Source: [{ ActorID: 'patient-1' }],
      },
    ])
  })

  it('leaves out a section without entries', () => {
    assert.deepEqual(buildCcr({ patient, problems: [], medications: [] }).Body, {})
  })

  describe('refuses, and says where,', () => {
    const refused: [what: string, input: unknown, message: RegExp][] = [
      ['nothing', undefined, /what it is to be built of has to be an object/],
      ['no patient', {}, /"patient" is missing/],
      ['a property that is mistyped', { patient, problem: [] }, /"problem" is not a property .* problems,/],
      ['one deep inside', { patient, alerts: [{ agens: 'x' }] }, /"alerts\[0\]\.agens" is not .* agent,/],
      ['text that is an object', { patient, id: {} }, /"id" has to be a string/],
      [
        'a day that does not exist',
        { patient, problems: [{ description: 'x', date: '2026-02-30' }] },
        /"problems\[0\]\.date" is a day or time that does not exist/,
      ],
      [
        'a birthday that does not exist',
        { patient: { dateOfBirth: '1970-13-01' } },
        /"patient\.dateOfBirth" is a day/,
      ],
      [
        'a document time that does not exist',
        { patient, date: '2026-01-15T25:00Z' },
        /"date" is a day or time/,
      ],
      ['an object where an array belongs', { patient, problems: {} }, /"problems" has to be an array/],
      [
        'a medication without product',
        { patient, medications: [{}] },
        /"medications\[0\]\.product" is missing/,
      ],
      [
        'a test without value',
        { patient, results: [{ tests: [{}] }] },
        /"results\[0\]\.tests\[0\]\.value" is/,
      ],
      ['a result without test', { patient, results: [{}] }, /"results\[0\]" has to have either/],
      ...['unit', 'normal', 'flag', 'method'].map((name): [string, unknown, RegExp] => [
        `what is of one test, beside several: ${name}`,
        { patient, results: [{ tests: [{ value: 1 }], [name]: 'x' }] },
        new RegExp(`"results\\[0\\]\\.${name}" is for a single value`),
      ]),
      ['a Map for a patient', { patient: new Map() }, /"patient" has to be an object/],
      ['an actor who is not there', { patient, source: 'who' }, /"source" names an actor who is not/],
      [
        'an id twice',
        { patient: { id: 'a' }, problems: [{ id: 'a' }] },
        /"problems\[0\]\.id" has the same id/,
      ],
      [
        'a document date in words',
        { patient, date: 'today' },
        /"date" has to be a Date.*: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ/,
      ],
      ['a Date without time', { patient, date: new Date(NaN) }, /"date" is a Date without/],
      [
        'a date that says nothing',
        { patient, problems: [{ date: { type: 'Onset' } }] },
        /date" has none of at/,
      ],
      [
        'a person who is a system',
        { patient, actors: [{ given: 'A', system: 'B' }] },
        /"actors\[0\]" has to be one/,
      ],
      ['a version of a person', { patient, actors: [{ version: '1' }] }, /version" is only for a system/],
      [
        'two ids of a procedure',
        { patient, procedures: [{ ids: [{ id: '1' }, { id: '2' }] }] },
        /one id only/,
      ],
      ['a character that XML has not', { patient, purpose: 'a\u0000b' }, /"purpose" has a character/],
      ['half a character', { patient, purpose: '\uD800' }, /"purpose" has a character/],
      ['a description of nothing', { patient, purpose: {} }, /"purpose" has neither text nor codes/],
    ]
    for (const [what, input, message] of refused) {
      it(what, () => {
        assert.throws(
          () => buildCcr(input as CcrInput),
          (error) =>
            error instanceof GatewayError && error.code === 'HG_INPUT' && message.test(error.message),
        )
      })
    }
  })

  it('never says what the values were', () => {
    for (const input of [
      { patient: { given: 'SECRET', gender: 5, family: {} } },
      { patient, source: 'SECRET' },
      { patient, date: 'SECRET' },
      { patient, problems: [{ id: 'SECRET' }, { id: 'SECRET' }] },
    ]) {
      assert.throws(
        () => buildCcr(input as CcrInput),
        (error) => error instanceof GatewayError && !error.message.includes('SECRET'),
      )
    }
  })

  it('makes a document without any error or dangling link of whatever it takes', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const bad = ccrFindings(buildCcr(input)).filter(({ severity }) => severity !== 'information')
        assert.deepEqual(bad, [])
      }),
    )
  })

  it('makes what survives as JSON', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const ccr = buildCcr(input)
        assert.deepEqual(JSON.parse(JSON.stringify(ccr)), ccr)
      }),
    )
  })

  it('may be built with turns for other work, and is the same then', async () => {
    const results = Array.from({ length: 20_000 }, (_, i) => ({
      description: `${i}`,
      value: i,
      unit: 'kg',
      date: '2026-01-15',
    }))
    const input = { id: 'd', patient: {}, date: '2026-01-15', results }
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const built = await buildCcrInTurns(input).finally(() => clearInterval(timer))
    assert.deepEqual(built, buildCcr(input))
    assert.ok(turns > 3, `${turns} turns`)
    await assert.rejects(buildCcrInTurns({ patient: {}, results: [{ description: '\u0000', value: 1 }] }), {
      code: 'HG_INPUT',
      message: /results\[0\]/,
    })
    await assert.rejects(buildCcrInTurns(input, { signal: AbortSignal.abort() }), { code: 'HG_CLOSED' })
  })
})

const optional = { requiredKeys: [] as [] }
const word = fc.stringMatching(/^[A-Za-zäß<&"' ]{0,5}[A-Za-z]$/)
const described = fc.oneof(
  word,
  fc.record(
    { text: word, codes: fc.array(fc.record({ value: word, system: word }, { requiredKeys: ['value'] })) },
    { requiredKeys: ['text'] },
  ),
)
const quantity = fc.oneof(
  word,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.record({ value: word, unit: word }),
)
const moment = fc.oneof(
  word,
  fc.constantFrom('1990', '2026-01-31', '2026-01-31T09:30:00Z'),
  fc.constant(new Date(0)),
)
const when = fc.oneof(moment, fc.record({ type: word, at: moment }), fc.record({ age: quantity }))
const id = { id: word, type: word, issuedBy: fc.constant('system') }
const ids = fc.array(fc.record(id, { requiredKeys: ['id'] }), { maxLength: 1 })
const source = fc.constantFrom('doctor', 'patient', 'system')

const entryParts = {
  date: fc.oneof(when, fc.array(when)),
  ids,
  type: described,
  description: described,
  status: described,
  source,
  comment: word,
}
const entry: fc.Arbitrary<CcrEntryInput> = fc.record(entryParts, optional)
const test: fc.Arbitrary<CcrTestInput> = fc.record(
  { ...entryParts, value: word, unit: word, normal: quantity, flag: described, method: described },
  { requiredKeys: ['value'] },
)
const product: fc.Arbitrary<CcrProductInput> = fc.record(
  {
    ...entryParts,
    ...{ product: described, brand: described, strength: quantity, form: described, quantity, series: word },
    ...{ directions: word, dose: quantity, route: described, site: described, frequency: word },
    indication: described,
  },
  { requiredKeys: ['product'] },
)
const results = fc.array(
  fc.oneof(test, fc.record({ ...entryParts, tests: fc.array(test) }, { requiredKeys: ['tests'] })),
)
const role = fc.oneof(source, fc.record({ actor: source, role: described }))
const names = fc.oneof(word, fc.array(word))
const person = {
  ...{ given: names, middle: names, family: names, suffix: word, title: word, displayName: word },
  ...{ dateOfBirth: moment, gender: described, ids, relation: described, specialty: described },
  ...{
    telephone: names,
    email: names,
    address: fc.record({ line1: word, city: word, type: word }, optional),
  },
}
const inputs: fc.Arbitrary<CcrInput> = fc.record(
  {
    ...{
      id: word,
      date: fc.constantFrom('2026-01-31', new Date(0)),
      language: described,
      purpose: described,
      source,
    },
    patient: fc.record({ ...person, id: fc.constant('patient') }, { requiredKeys: ['id'] }),
    actors: fc.constant([
      { id: 'doctor', family: 'Sample' },
      { id: 'system', system: 'Node-RED' },
    ]),
    ...{ from: fc.oneof(role, fc.array(role)), to: fc.array(role), support: fc.array(role) },
    ...{ advanceDirectives: fc.array(entry), problems: fc.array(entry), socialHistory: fc.array(entry) },
    alerts: fc.array(
      fc.record({ ...entryParts, agent: described, reaction: described, severity: described }, optional),
    ),
    ...{
      medications: fc.array(product),
      medicalEquipment: fc.array(product),
      immunizations: fc.array(product),
    },
    ...{ vitalSigns: results, results },
    procedures: fc.array(fc.record({ ...entryParts, site: described, practitioner: source }, optional)),
    encounters: fc.array(fc.record({ ...entryParts, location: described, practitioner: source }, optional)),
    healthCareProviders: fc.array(role),
  },
  { requiredKeys: ['patient', 'actors'] },
)
