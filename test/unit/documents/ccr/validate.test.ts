import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { buildCcr } from '../../../../src/documents/ccr/build'
import type { CcrDocument } from '../../../../src/documents/ccr/model'
import { readCcr } from '../../../../src/documents/ccr/read'
import { readAndValidateCcr, readAndValidateCcrs, validateCcr } from '../../../../src/documents/ccr/validate'
import { ccrFindingCodes, type CcrFinding } from '../../../../src/documents/ccr/validate/finding'
import { ccrFindings } from '../../../../src/documents/ccr/validate'
import { CcrReader } from '../../../../src/documents/ccr/reader'
import { Checks } from '../../../../src/documents/ccr/validate/checks'
import { walk } from '../../../../src/documents/ccr/validate/walk'
import { GatewayError } from '../../../../src/errors'
import { redactDeep } from '../../../../src/redact'
import { ofDocuments } from '../../../support/ccr-documents'

const source = '<Source><Actor><ActorID>a</ActorID></Actor></Source>'
const problem = (inside = '') => `<Problem><CCRDataObjectID>p</CCRDataObjectID>${inside}${source}</Problem>`
const problems = (...inside: string[]) => `<Problems>${inside.join('')}</Problems>`

interface Parts {
  version?: string
  dateTime?: string
  body?: string
  actor?: string
  end?: string
  root?: string
}

/** A valid document of fourteen lines or more, with one part of it as it is wanted. */
function ccr({ version, dateTime, body, actor, end, root }: Parts = {}): string {
  return `<ContinuityOfCareRecord ${root ?? 'xmlns="urn:astm-org:CCR"'}>
<CCRDocumentObjectID>d</CCRDocumentObjectID>
<Language><Text>English</Text></Language>
<Version>${version ?? 'V1.0'}</Version>
<DateTime>${dateTime ?? '<ExactDateTime>2026-01-15T09:30:00Z</ExactDateTime>'}</DateTime>
<Patient><ActorID>a</ActorID></Patient>
<From><ActorLink><ActorID>a</ActorID></ActorLink></From>
<Body>
${body ?? ''}
</Body>
<Actors>
<Actor><ActorObjectID>a</ActorObjectID>${actor ?? '<Person/>'}${source}</Actor>
</Actors>
${end ?? ''}
</ContinuityOfCareRecord>`
}

const brief = (findings: readonly CcrFinding[]) => findings.map(({ code, path, line }) => [code, path, line])

type Case = [code: keyof typeof ccrFindingCodes, what: string, parts: Parts, path: string, line: number]

const inProblem = (inside: string): Parts => ({ body: problems(problem(inside)) })
const inTest = (inside: string): Parts => ({
  body: `<Results><Result><CCRDataObjectID>r</CCRDataObjectID>${source}<Test><CCRDataObjectID>t</CCRDataObjectID>${inside}</Test></Result></Results>`,
})
const medication = (inside: string): Parts => ({
  body: `<Medications><Medication><CCRDataObjectID>m</CCRDataObjectID>${source}${inside}</Medication></Medications>`,
})
const product = '<Product><ProductName><Text>x</Text></ProductName></Product>'
const when = (inside: string) => inProblem(`<DateTime>${inside}</DateTime>`)

const cases: Case[] = [
  ['structure.namespace', 'another namespace', { root: 'xmlns="urn:other"' }, '', 1],
  ['structure.namespace', 'no namespace', { root: '' }, '', 1],
  ['structure.missing', 'a required element', { body: '<Problems/>' }, 'Body/Problems/Problem', 9],
  [
    'structure.order',
    'the wrong order',
    inProblem('<Type/><IDs><ID>1</ID>' + source + '</IDs>'),
    'Body/Problems/Problem[1]/Type',
    9,
  ],
  [
    'structure.too-many',
    'one too many',
    inProblem('<Type/>\n<Type/>'),
    'Body/Problems/Problem[1]/Type[2]',
    10,
  ],
  [
    'structure.choice',
    'two alternatives',
    { actor: '<Person/><Organization><Name>n</Name></Organization>' },
    'Actors/Actor[1]/Organization',
    12,
  ],
  ['structure.element', 'an unknown element', inProblem('<Typ/>'), 'Body/Problems/Problem[1]/*[2]', 9],
  [
    'structure.element',
    'an element of another namespace',
    inProblem('<x:Type xmlns:x="urn:x"/>'),
    'Body/Problems/Problem[1]/Type',
    9,
  ],
  ['structure.element', 'an element in a leaf', { version: 'V1.0<b/>' }, 'Version', 4],
  [
    'structure.attribute',
    'an unknown attribute',
    inProblem('<Type lang="en"/>'),
    'Body/Problems/Problem[1]/Type',
    9,
  ],
  [
    'structure.attribute',
    'an attribute of a leaf',
    {
      end: '<!-- --><References a="b"><Reference><ReferenceObjectID>r</ReferenceObjectID><Source/></Reference></References>',
    },
    'References',
    14,
  ],
  ['structure.text', 'text between elements', inProblem('Asthma'), 'Body/Problems/Problem[1]', 9],
  [
    'structure.value',
    'a number that is none',
    medication(
      `${product}<Directions><Direction><DirectionSequencePosition>one</DirectionSequencePosition></Direction></Directions>`,
    ),
    'Body/Medications/Medication[1]/Directions[1]/Direction[1]/DirectionSequencePosition',
    9,
  ],
  [
    'id.duplicate',
    'an id twice',
    { body: problems(problem(), '\n', problem()) },
    'Body/Problems/Problem[2]/CCRDataObjectID',
    10,
  ],
  [
    'id.duplicate',
    'an id of an object and an actor',
    { body: problems(problem().replace('>p<', '>a<')) },
    'Actors/Actor[1]/ActorObjectID',
    12,
  ],
  [
    'id.empty',
    'an empty id',
    { body: problems(problem().replace('>p<', '> <')) },
    'Body/Problems/Problem[1]/CCRDataObjectID',
    9,
  ],
  [
    'link.actor',
    'an actor who is not there',
    { body: problems(problem().replace('>a<', '>b<')) },
    'Body/Problems/Problem[1]/Source[1]/Actor[1]/ActorID',
    9,
  ],
  [
    'link.object',
    'a link that leads nowhere',
    {
      body: problems(
        problem().replace('</Problem>', '<InternalCCRLink><LinkID>x</LinkID></InternalCCRLink></Problem>'),
      ),
    },
    'Body/Problems/Problem[1]/InternalCCRLink[1]/LinkID',
    9,
  ],
  [
    'link.reference',
    'a reference that is an object',
    { body: problems(problem().replace('</Problem>', '<ReferenceID>p</ReferenceID></Problem>')) },
    'Body/Problems/Problem[1]/ReferenceID[1]',
    9,
  ],
  [
    'link.comment',
    'a comment that is not there',
    { body: problems(problem().replace('</Problem>', '<CommentID>x</CommentID></Problem>')) },
    'Body/Problems/Problem[1]/CommentID[1]',
    9,
  ],
  [
    'link.signature',
    'a signature that is not there',
    {
      body: problems(
        problem().replace('</Problem>', '<Signature><SignatureID>x</SignatureID></Signature></Problem>'),
      ),
    },
    'Body/Problems/Problem[1]/Signature[1]/SignatureID',
    9,
  ],
  ['actor.empty', 'an actor who is nothing', { actor: '', end: '' }, 'Actors/Actor[1]', 12],
  [
    'actor.patient',
    'a patient who is an organization',
    { actor: '<Organization><Name>n</Name></Organization>' },
    'Patient[1]/ActorID',
    6,
  ],
  [
    'date.format',
    'a date in another format',
    when('<ExactDateTime>1/4/1946</ExactDateTime>'),
    'Body/Problems/Problem[1]/DateTime[1]/ExactDateTime',
    9,
  ],
  [
    'date.calendar',
    'a day that is not',
    when('<ExactDateTime>2026-02-30</ExactDateTime>'),
    'Body/Problems/Problem[1]/DateTime[1]/ExactDateTime',
    9,
  ],
  [
    'date.zone',
    'a time without zone',
    when('<ExactDateTime>2026-02-03T10:00:00</ExactDateTime>'),
    'Body/Problems/Problem[1]/DateTime[1]/ExactDateTime',
    9,
  ],
  ['date.empty', 'a date that says nothing', when('<Type/>'), 'Body/Problems/Problem[1]/DateTime[1]', 9],
  [
    'date.range',
    'an end before the beginning',
    when(
      '<DateTimeRange><BeginRange><ExactDateTime>2006-02</ExactDateTime></BeginRange><EndRange><ExactDateTime>2006-01-31</ExactDateTime></EndRange></DateTimeRange>',
    ),
    'Body/Problems/Problem[1]/DateTime[1]/DateTimeRange[1]',
    9,
  ],
  [
    'date.document',
    'a document time in words',
    { dateTime: '<ApproximateDateTime><Text>now</Text></ApproximateDateTime>' },
    'DateTime',
    5,
  ],
  ['version.unknown', 'another version', { version: '1' }, 'Version', 4],
  [
    'code.no-system',
    'a code of nobody',
    inProblem('<Status><Code><Value>1</Value></Code></Status>'),
    'Body/Problems/Problem[1]/Status/Code[1]',
    9,
  ],
  [
    'code.unknown-system',
    'a code of an unknown system',
    inProblem('<Status><Code><Value>1</Value><CodingSystem>mine</CodingSystem></Code></Status>'),
    'Body/Problems/Problem[1]/Status/Code[1]',
    9,
  ],
  [
    'code.unusual-system',
    'a problem with a drug code',
    inProblem('<Description><Code><Value>1</Value><CodingSystem>RxNorm</CodingSystem></Code></Description>'),
    'Body/Problems/Problem[1]',
    9,
  ],
  [
    'code.unusual-system',
    'a medication with a vaccine code',
    medication(
      '<Product><ProductName><Code><Value>1</Value><CodingSystem>CVX</CodingSystem></Code></ProductName></Product>',
    ),
    'Body/Medications/Medication[1]/Product[1]',
    9,
  ],
  [
    'code.unusual-system',
    'a test with a drug code',
    inTest(
      `<Description><Code><Value>1</Value><CodingSystem>NDC</CodingSystem></Code></Description>${source}<TestResult/>`,
    ),
    'Body/Results/Result[1]/Test[1]',
    9,
  ],
  [
    'value.unknown',
    'a word that is not in the list',
    {
      body: problems(
        problem().replace(
          '</Problem>',
          `<PatientKnowledge><PatientAware>perhaps</PatientAware>${source}</PatientKnowledge></Problem>`,
        ),
      ),
    },
    'Body/Problems/Problem[1]/PatientKnowledge/PatientAware',
    9,
  ],
  [
    'value.unknown',
    'an unknown modifier',
    medication(
      `${product}<Directions><Direction><MultipleDirectionModifier><Text>either</Text></MultipleDirectionModifier></Direction></Directions>`,
    ),
    'Body/Medications/Medication[1]/Directions[1]/Direction[1]/MultipleDirectionModifier',
    9,
  ],
  [
    'value.unknown',
    'a status that is not in the list',
    inProblem('<Status><Text>better</Text></Status>'),
    'Body/Problems/Problem[1]',
    9,
  ],
  [
    'date.inexact',
    'a date of a payer in words',
    {
      body: `<Payers><Payer><CCRDataObjectID>x</CCRDataObjectID><DateTime><ApproximateDateTime><Text>old</Text></ApproximateDateTime></DateTime>${source}</Payer></Payers>`,
    },
    'Body/Payers/Payer[1]',
    9,
  ],
  [
    'entry.incomplete',
    'a direction with THEN, but without its position',
    medication(
      `${product}<Directions><Direction><MultipleDirectionModifier><Text>then</Text></MultipleDirectionModifier></Direction></Directions>`,
    ),
    'Body/Medications/Medication[1]/Directions[1]/Direction[1]',
    9,
  ],
  [
    'entry.incomplete',
    'an advance directive without status',
    {
      body: `<AdvanceDirectives><AdvanceDirective><CCRDataObjectID>x</CCRDataObjectID><Type/><Description/>${source}</AdvanceDirective></AdvanceDirectives>`,
    },
    'Body/AdvanceDirectives/AdvanceDirective[1]',
    9,
  ],
  [
    'entry.incomplete',
    'an id of a payer without type',
    {
      body: `<Payers><Payer><CCRDataObjectID>x</CCRDataObjectID><IDs><ID>1</ID>${source}</IDs>${source}</Payer></Payers>`,
    },
    'Body/Payers/Payer[1]',
    9,
  ],
]

describe('validating a CCR', () => {
  it('finds nothing in a good one', async () => {
    assert.deepEqual(await validateCcr(ccr()), [])
    const full = ccr({
      body: problems(
        problem(
          '<DateTime><ExactDateTime>2006-04-12T15:10:57.246-05:00</ExactDateTime></DateTime><Description><Text>Asthma</Text><Code><Value>493.90</Value><CodingSystem>ICD9-CM</CodingSystem></Code></Description>',
        ),
      ),
      root: 'xmlns="urn:astm-org:CCR" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:astm-org:CCR CCR.xsd"',
    })
    assert.deepEqual(await validateCcr(full), [])
    assert.deepEqual(
      await validateCcr(full.replaceAll(/<(\/?)(?=\w)/g, '<$1c:').replace('xmlns=', 'xmlns:c=')),
      [],
    )
  })

  for (const [code, what, parts, where, line] of cases) {
    it(`finds ${what}: ${code}`, async () => {
      const findings = await validateCcr(ccr(parts))
      const own = findings.filter((one) => one.code === code)
      assert.deepEqual(brief(own), [[code, where, line]])
      assert.equal(own[0]?.severity, ccrFindingCodes[code])
      // What else is found is no error of the schema.
      if (ccrFindingCodes[code] !== 'error') assert.ok(findings.every(({ severity }) => severity !== 'error'))
    })
  }

  const words: [where: string, child: 'Type' | 'Status', word: string, other: string][] = [
    ['Payers/Payer', 'Type', 'Self-Pay', 'Free'],
    ['Payers/Payer', 'Type', 'Prescription Drug Benefit', 'Drugs'],
    ['Payers/Payer', 'Type', 'Workers Compensation', 'Work'],
    ['AdvanceDirectives/AdvanceDirective', 'Type', 'CPR Status', 'Will'],
    ['AdvanceDirectives/AdvanceDirective', 'Status', 'Verified With Family Only', 'New'],
    ['FunctionalStatus/Function', 'Type', 'Mental Status', 'Mobility'],
    ['FunctionalStatus/Function', 'Status', 'temporary', 'Better'],
    ['Problems/Problem', 'Type', 'FINDING', 'Pain'],
    ['Problems/Problem', 'Status', ' Rule  out\n', 'Denied'],
    ['SocialHistory/SocialHistoryElement', 'Status', 'Unknown', 'Denied'],
    ['Medications/Medication', 'Type', 'IV Fluid', 'Pill'],
    ['Medications/Medication', 'Status', 'On Hold', 'Stopped'],
    ['Results/Result', 'Type', 'MRI', 'Photograph'],
  ]
  for (const [where, child, word, other] of words) {
    it(`knows the words for ${child} of ${where}`, async () => {
      const [section = '', entry = ''] = where.split('/')
      const found = async (text: string) => {
        const element = `<${entry}><${child}><Text>${text}</Text></${child}></${entry}>`
        const findings = await validateCcr(ccr({ body: `<${section}>${element}</${section}>` }))
        return brief(findings.filter(({ code }) => code === 'value.unknown'))
      }
      assert.deepEqual(await found(word), [])
      assert.deepEqual(await found(''), [])
      assert.deepEqual(await found(other), [['value.unknown', `Body/${where}[1]`, 9]])
    })
  }

  it('knows the words for vital signs, tests and actors, where the standard has some', async () => {
    const found = async (parts: Parts) =>
      brief((await validateCcr(ccr(parts))).filter(({ code }) => code === 'value.unknown')).map(
        ([, where]) => where,
      )
    const odd = '<Type><Text>odd</Text></Type><Status><Text>odd</Text></Status>'
    assert.deepEqual(await found({ body: `<VitalSigns><Result>${odd}</Result></VitalSigns>` }), [])
    assert.deepEqual(await found(inTest(odd)), Array(2).fill('Body/Results/Result[1]/Test[1]'))
    assert.deepEqual(await found({ actor: '<Status><Text>odd</Text></Status>' }), ['Actors/Actor[1]'])
    const direction =
      '<Directions><Direction><StopIndicator><Text>no</Text></StopIndicator></Direction></Directions>'
    assert.deepEqual(await found(medication(product + direction)), [
      'Body/Medications/Medication[1]/Directions[1]/Direction[1]',
    ])
  })

  it('finds an attribute of a leaf', async () => {
    const findings = await validateCcr(ccr().replace('<Version>', '<Version of="it">'))
    assert.deepEqual(brief(findings), [['structure.attribute', 'Version', 4]])
  })

  it('finds xsi:type where it is not the type that the schema has', async () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:c="urn:astm-org:CCR"'
    const found = async (element: string, type: string) => {
      const text = ccr(inProblem('<Type><Text>Problem</Text></Type>')).replace(
        `<${element}>`,
        `<${element} ${xsi} xsi:type="${type}">`,
      )
      return brief(await validateCcr(text))
    }
    const wrong = (path: string, line = 9) => [['structure.attribute', path, line]]
    assert.deepEqual(await found('Problem', 'ProblemType'), [])
    assert.deepEqual(await found('Problem', ' c:ProblemType '), [])
    assert.deepEqual(await found('Problem', 'AlertType'), wrong('Body/Problems/Problem[1]'))
    assert.deepEqual(await found('Problems', 'ProblemType'), wrong('Body/Problems'))
    assert.deepEqual(await found('Type', 'string'), wrong('Body/Problems/Problem[1]/Type'))
    assert.deepEqual(await found('Text', 'xs:string'), [])
    assert.deepEqual(await found('Text', 'Nonsense'), wrong('Language/Text', 3))
    assert.deepEqual(await found('Version', 'xs:integer'), wrong('Version', 4))
    assert.deepEqual(await found('Body', 'Body'), wrong('Body', 8))
  })

  it('takes links by their text, whatever white space is around it', async () => {
    const link = '<InternalCCRLink><LinkID>\n a </LinkID></InternalCCRLink>'
    const found = await validateCcr(
      ccr({ body: problems(problem().replace('</Problem>', `${link}</Problem>`)) }),
    )
    assert.deepEqual(brief(found), [])
  })

  it('compares the ends of a range only where both have a zone, or none', async () => {
    const range = async (begin: string, end: string) => {
      const [from, to] = [begin, end].map((text) => `<ExactDateTime>${text}</ExactDateTime>`)
      const parts = when(
        `<DateTimeRange><BeginRange>${from}</BeginRange><EndRange>${to}</EndRange></DateTimeRange>`,
      )
      return (await validateCcr(ccr(parts))).filter(({ code }) => code === 'date.range').length
    }
    assert.equal(await range('2026-01-15T09:00:00Z', '2026-01-15T08:00:00Z'), 1)
    assert.equal(await range('2026-01-15T09:00:00', '2026-01-15T08:00:00'), 1)
    assert.equal(await range('2026-01-15T09:00:00Z', '2026-01-15T08:00:00'), 0)
    assert.equal(await range('2026-01-15T09:00:00', '2026-01-15T08:00:00+10:00'), 0)
    assert.equal(await range('2026-01-16', '2026-01-15T08:00:00Z'), 1)
  })

  it('lets a signature hold anything', async () => {
    const Signature = '<Signature a="1" x:b="2" xmlns:x="urn:x">text <x:c>d</x:c><Body/></Signature>'
    const end = `<Signatures><CCRSignature><SignatureObjectID>s</SignatureObjectID>${Signature}</CCRSignature></Signatures>`
    assert.deepEqual(await validateCcr(ccr({ end })), [])
    assert.deepEqual(await validateCcr(await readCcr(ccr({ end }))), [])
  })

  it('knows an attribute by its namespace too', async () => {
    const address = '<Address xmlns:p="urn:astm-org:CCR" p:Preferred="true"/>'
    const found = await validateCcr(ccr({ actor: `<Person/>${address}` }))
    assert.deepEqual(brief(found), [['structure.attribute', 'Actors/Actor[1]/Address[1]', 12]])
  })

  it('allows the one attribute that the schema knows', async () => {
    const found = await validateCcr(ccr({ actor: '<Person/><Address Preferred="true"/>' }))
    assert.deepEqual(found, [])
  })

  it('says in which document of several', async () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${ccr()}</entry>\n<entry>${ccr({ version: '1' })}</entry></feed>`
    assert.deepEqual(brief(await validateCcr(feed)), [
      ['version.unknown', 'ContinuityOfCareRecord[2]/Version', 19],
    ])
  })

  it('sorts findings as the document is', async () => {
    const findings = await validateCcr(
      ccr({ version: '2', body: problems(problem('<Typ/>').replace('>a<', '>x<'), problem()), actor: '' }),
    )
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['version.unknown', 'actor.patient', 'structure.element', 'link.actor', 'id.duplicate', 'actor.empty'],
    )
  })

  it('knows every code that it has', () => {
    const seen = new Set(cases.map(([code]) => code))
    // Only an object that a program made has a wrong shape, and only a large document too many findings: see below.
    const rest = Object.keys(ccrFindingCodes).filter((code) => !seen.has(code as CcrFinding['code']))
    assert.deepEqual(rest, ['structure.shape', 'findings.limit'])
  })

  it('has every code in its documentation, with the severity', () => {
    const documentation = readFileSync(path.resolve(__dirname, '../../../../docs/ccr.md'), 'utf8')
    const rows = [...documentation.matchAll(/^\| `(\w+\.[\w-]+)` +\| (\w+) /gm)]
    assert.deepEqual(Object.fromEntries(rows.map(([, code, severity]) => [code, severity])), ccrFindingCodes)
  })

  it('never tells a name that CCR does not know: it may be a person', async () => {
    const text = ccr(
      inProblem(
        '<Text/><Maria_Example/>\n<type/><x:Maria_Example xmlns:x="urn:x"/><Type Maria="1" Example:x="2" xmlns:Example="u"/>',
      ),
    )
    const findings = await validateCcr(text)
    assert.doesNotMatch(JSON.stringify(findings), /Maria|Example/)
    assert.deepEqual(
      findings.map(({ code, path }) => [code, path.split('/').at(-1)]),
      [
        ['structure.element', 'Text'],
        ['structure.element', '*[3]'],
        ['structure.element', '*[4]'],
        ['structure.element', '*[5]'],
        ['structure.attribute', 'Type'],
        ['structure.attribute', 'Type'],
      ],
    )
    assert.match(findings[0]?.message ?? '', /may not contain Text/)
    assert.match(findings[2]?.message ?? '', /Is Type meant/)
  })

  it('never loses an error among what is not one, not even in several documents', async () => {
    const uncoded = `<Code><Value>1</Value></Code>`.repeat(11_000)
    const text = ccr({ ...inProblem(`<Description>${uncoded}</Description>`), actor: '<Odd/><Person/>' })
    const errors = (findings: CcrFinding[]) => findings.filter(({ severity }) => severity === 'error')
    const found = await validateCcr(text)
    assert.deepEqual(brief(errors(found)), [['structure.element', 'Actors/Actor[1]/*[2]', 12]])
    assert.equal(found.at(-1)?.code, 'findings.limit')
    assert.equal(errors(await validateCcr(await readCcr(text))).length, 1)
    const several = await validateCcr(`<feed>${text}${text}</feed>`)
    assert.equal(errors(several).length, 2)
    assert.equal(several.filter(({ severity }) => severity === 'information').length, 10_001)
    assert.equal(several.filter(({ code }) => code === 'findings.limit').length, 1)
  })

  it('never takes an error from a document because of those before it, and tells once what is left out', async () => {
    const bad = ccr({ body: '<x/>'.repeat(9_999) + problems(), version: '1' })
    const invalid = ccr({ version: '1' }).replace(/<Language>.*<\/Language>/, '')
    const feed = `<feed>${bad}${invalid.repeat(3)}${ccr()}${invalid}</feed>`
    const { findings } = await readAndValidateCcrs(feed)
    const codes = findings.map((own) =>
      own.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    )
    assert.equal(codes[0]?.length, 10_000)
    const missing = ['structure.missing']
    assert.deepEqual(codes.slice(1), [missing, missing, missing, [], missing])
    const more = ccr({ body: '<x/>'.repeat(9_999) }).replace(/<Language>.*<\/Language>/, '')
    const found = await validateCcr(`<feed>${more.repeat(3)}</feed>`)
    assert.equal(found.length, 10_003)
    assert.deepEqual(found.at(-1), {
      ...{ severity: 'information', code: 'findings.limit', path: '' },
      message: 'More findings are left out: 19998 of severity error.',
    })
  })

  it('checks so many CCRs at a time that each can have its finding, and no more', async () => {
    const empty = '<ContinuityOfCareRecord/>'
    const found = await validateCcr(`<feed>${empty.repeat(20_000)}</feed>`)
    assert.ok(found.length < 30_002 && found.length > 20_000, `${found.length}`)
    await assert.rejects(
      validateCcr(`<feed>${empty.repeat(50_001)}</feed>`),
      (error) => error instanceof GatewayError && error.code === 'HG_TOO_LARGE',
    )
  }).timeout(30_000)

  it('is refused where there is neither a CCR nor a source of one', async () => {
    for (const given of [undefined, null, 5, true, [], new Date(), new Map(), new ArrayBuffer(8), () => 1]) {
      for (const validate of [validateCcr, async (ccr: CcrDocument) => Promise.resolve(ccrFindings(ccr))]) {
        await assert.rejects(
          async () => validate(given as CcrDocument),
          (error) => error instanceof GatewayError && error.code === 'HG_INPUT',
        )
      }
    }
  })

  it('never quotes what the document says', async () => {
    for (const [, what, parts] of cases) {
      const text = ccr(parts).replaceAll(/>([^<>\s][^<>]*)</g, '>$1 SECRET<')
      assert.doesNotMatch(JSON.stringify(await validateCcr(text)), /SECRET|mine|perhaps|\beither/, what)
    }
  })

  it('says nothing that an error would have to hide', async () => {
    for (const [, what, parts] of cases) {
      const findings = await validateCcr(ccr(parts))
      assert.deepEqual(redactDeep(findings), findings, what)
    }
  })

  it('gives the document and its findings in one go', async () => {
    const text = ccr({ version: '1' })
    const { ccr: document, findings } = await readAndValidateCcr(text)
    assert.deepEqual(document, await readCcr(text))
    assert.deepEqual(findings, await validateCcr(text))
  })

  it('rejects what is no XML, and XML without a CCR', async () => {
    for (const text of ['', '<a>', '<feed/>']) {
      await assert.rejects(
        validateCcr(text),
        (error) => error instanceof GatewayError && error.code === 'HG_INPUT',
      )
    }
  })

  it('stops when it is told to', async () => {
    for (const given of [ccr(), buildCcr({ patient: {} })]) {
      await assert.rejects(
        validateCcr(given, { signal: AbortSignal.abort() }),
        (error) => error instanceof GatewayError && error.code === 'HG_CLOSED',
      )
    }
  })

  describe('that is an object', () => {
    const model = (change: (ccr: CcrDocument) => object): CcrDocument => {
      const built = buildCcr({ patient: {}, problems: [{ description: 'x' }] })
      return { ...built, ...change(built) }
    }

    it('finds the same as in its XML, but for the lines', async () => {
      for (const [, what, parts] of cases) {
        const text = ccr(parts)
        const withoutLines = (findings: CcrFinding[]) => findings.map((one) => ({ ...one, line: undefined }))
        assert.deepEqual(
          withoutLines(await validateCcr(await readCcr(text))),
          withoutLines(await validateCcr(text)),
          what,
        )
      }
    })

    it('finds nothing in what a flow may leave there', async () => {
      const changed = model(({ Body }) => ({
        Version: null,
        ...{ CCRDocumentObjectID: 5, DateTime: { ExactDateTime: new Date(0) } },
        Patient: { ActorID: 'patient-1' },
        Body: { ...Body, Results: undefined },
      }))
      assert.deepEqual(brief(await validateCcr(changed)), [['structure.missing', 'Version', undefined]])
    })

    const shapes: [what: string, change: object, path: string, code: CcrFinding['code']][] = [
      ['a character that XML cannot carry', { Version: 'V1.0\u0001' }, 'Version', 'structure.shape'],
      ['half a character', { Version: 'V1.0\ud800' }, 'Version', 'structure.shape'],
      ['an array where one belongs', { Language: [{}] }, 'Language', 'structure.shape'],
      ['text where an element belongs', { Language: 'English' }, 'Language', 'structure.shape'],
      ['an element where text belongs', { Version: {} }, 'Version', 'structure.shape'],
      ['a number that is none', { Version: NaN }, 'Version', 'structure.shape'],
      ['a property that is no element', { Problems: {} }, 'Problems', 'structure.element'],
      [
        'a Map where an element belongs',
        { Language: new Map([['Text', 'x']]) },
        'Language',
        'structure.shape',
      ],
      ['a Date where an element belongs', { Language: new Date(0) }, 'Language', 'structure.shape'],
      ['a property of another case', { version: 'V1.0' }, 'version', 'structure.element'],
    ]
    for (const [what, change, where, code] of shapes) {
      it(`finds ${what}`, async () => {
        const errors = (await validateCcr(model(() => change))).filter(({ severity }) => severity === 'error')
        assert.deepEqual(brief(errors), [[code, where, undefined]])
      })
    }

    it('finds nothing in what a function node makes, though its Object and Date are others', async () => {
      const made: unknown = runInNewContext(
        `({ DateTime: { ExactDateTime: new Date(0) }, Language: { Text: 'English' } })`,
      )
      assert.deepEqual(await validateCcr(model(() => made as object)), [])
    })

    it('proposes the name that was meant', async () => {
      const [finding] = await validateCcr(model(() => ({ version: '1' })))
      assert.match(finding?.message ?? '', /may not contain version. Is Version meant\?/)
    })

    it('passes over a $ that is not in order', async () => {
      for (const $ of [
        5,
        [],
        { content: 5 },
        { content: [5, null, { child: 'x', count: 1 }, { element: 5 }] },
        { attributes: [null], leaves: [{}] },
      ]) {
        assert.deepEqual(await validateCcr(model(() => ({ $ }))), [], JSON.stringify($))
      }
    })

    it('comes to an end with an object that contains itself', async () => {
      const reaction: Record<string, unknown> = { CCRDataObjectID: 'x' }
      reaction['Interventions'] = {
        Intervention: [{ Medications: { Medication: [{ Reaction: reaction }] } }],
      }
      const findings = await validateCcr(
        model(() => ({ Body: { Alerts: { Alert: [{ Reaction: [reaction] }] } } })),
      )
      assert.ok(findings.some(({ message }) => message.includes('nested deeper than 256')))
    })

    it('goes on behind an element that is nested too deep', async () => {
      let reaction: Record<string, unknown> = {}
      for (let depth = 0; depth < 300; depth++) {
        reaction = {
          Interventions: { Intervention: [{ Medications: { Medication: [{ Reaction: reaction }] } }] },
        }
      }
      const findings = await validateCcr(
        model(() => ({
          Body: { Alerts: { Alert: [{ Reaction: [reaction] }] } },
          Comments: { Comment: [{ Odd: {} }] },
        })),
      )
      assert.ok(findings.some(({ message }) => message.includes('nested deeper than 256')))
      assert.ok(findings.some(({ path }) => path === 'Comments/Comment[1]/Odd'))
    })

    it('tells the index of a child by those of its own element', async () => {
      const wrong = '<Type/><CCRDataObjectID>p</CCRDataObjectID><Type/>'
      const findings = await validateCcr(
        ccr({
          body: problems(
            `<Problem>${wrong}${source}</Problem>`,
            `<Problem>${source}<Type/><Type/>${source}</Problem>`,
          ),
        }),
      )
      const paths = findings.filter(({ code }) => code === 'structure.too-many').map(({ path }) => path)
      assert.deepEqual(paths, ['Body/Problems/Problem[1]/Type[2]', 'Body/Problems/Problem[2]/Type[2]'])
    })

    it('counts the links to one id that are left out', async () => {
      const links = '<ReferenceID>z</ReferenceID>'.repeat(10_005)
      const findings = await validateCcr(
        ccr({ body: problems(problem().replace('</Problem>', `${links}</Problem>`)) }),
      )
      assert.equal(findings.filter(({ code }) => code === 'link.reference').length, 10_000)
      assert.equal(findings.at(-1)?.message, 'More findings are left out: 5 of severity warning.')
    })

    it('only counts what goes beyond ten thousand findings', async () => {
      const Problem = Array.from({ length: 6000 }, () => ({}))
      const findings = await validateCcr(model(() => ({ Body: { Problems: { Problem } } })))
      assert.equal(findings.length, 10_001)
      assert.deepEqual(findings.at(-1), {
        ...{ severity: 'information', code: 'findings.limit', path: '' },
        message: 'More findings are left out: 2000 of severity error.',
      })
    })

    it('goes in steps through what is inside of one element, whatever it is', () => {
      const many = 5000
      const contents = {
        Body: { $: { content: Array.from({ length: many }, () => ({ element: 'x', namespace: '' })) } },
        Actors: {
          Actor: [{ Person: { Name: { CurrentName: { Given: Array.from({ length: many }, String) } } } }],
        },
        Patient: [{ $: { leaves: Array.from({ length: many }, () => ({ name: 'ActorID', index: 0 })) } }],
      }
      for (const [name, content] of Object.entries(contents)) {
        let steps = 0
        const walked = walk({ [name]: content }, new Checks().begin())
        while (walked.next().done !== true) steps++
        assert.ok(steps > many, `${name}: ${steps} steps`)
      }
    })

    it('puts many children of one element into order in steps, at the end', () => {
      const checks = new Checks()
      const reader = new CcrReader({ checks })
      reader.write(`<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">${'<To/><Patient/>'.repeat(5000)}`)
      reader.write('</ContinuityOfCareRecord>')
      reader.end()
      let steps = 0
      const found = checks.take({ last: true })
      let next = found.next()
      for (; next.done !== true; next = found.next()) steps++
      assert.ok(steps > 40_000, `${steps} steps`)
      const codes = next.value[0]?.map(({ code }) => code)
      assert.deepEqual([...new Set(codes)].sort(), [
        'findings.limit',
        'structure.missing',
        'structure.order',
        'structure.too-many',
      ])
    })

    it('gives other work its turn', async () => {
      const Problem = Array.from({ length: 20_000 }, (_, index) => ({
        ...{ CCRDataObjectID: `p${index}`, Description: { Text: 'x' } },
        Source: [{ Actor: [{ ActorID: 'patient-1' }] }],
      }))
      let turns = 0
      const timer = setInterval(() => turns++, 0)
      assert.deepEqual(await validateCcr(model(() => ({ Body: { Problems: { Problem } } }))), [])
      clearInterval(timer)
      assert.ok(turns > 1)
    })
  })

  ofDocuments('says valid where the schema does, and not valid where it does not', async (documents) => {
    const verdicts: Record<string, string> = {}
    for (const { name, bytes } of documents) verdicts[name] = await verdict(bytes)
    assert.deepEqual(
      verdicts,
      Object.fromEntries(documents.map(({ name, verdict: wanted }) => [name, wanted])),
    )
    assert.ok(documents.length > 20)
  })
})

async function verdict(document: Buffer): Promise<string> {
  try {
    const findings = await validateCcr(document)
    return findings.some(({ severity }) => severity === 'error') ? 'invalid' : 'valid'
  } catch (error) {
    assert.ok(error instanceof GatewayError && error.code === 'HG_INPUT')
    return 'malformed'
  }
}
