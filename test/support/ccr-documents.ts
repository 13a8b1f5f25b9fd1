import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A document that readers have to cope with, and what is known of it. */
export interface CcrTestDocument {
  name: string
  bytes: Buffer
  /** By the standard's schema. */
  verdict: 'valid' | 'invalid' | 'malformed'
  /** Of the fault, where it is malformed. */
  line?: number
  /** Its root element is the CCR, and not something around it. */
  isRoot: boolean
}

const NAMESPACE = 'xmlns="urn:astm-org:CCR"'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

const code = (value: string, system: string) =>
  `<Code><Value>${value}</Value><CodingSystem>${system}</CodingSystem></Code>`
const text = (name: string, value: string, codes = '') => `<${name}><Text>${value}</Text>${codes}</${name}>`
const when = (date: string, type = '') =>
  `<DateTime>${type && text('Type', type)}<ExactDateTime>${date}</ExactDateTime></DateTime>`
const by = (actor: string) => `<Source><Actor><ActorID>${actor}</ActorID></Actor></Source>`
const id = (value: string) => `<CCRDataObjectID>${value}</CCRDataObjectID>`
const product = (name: string, strength: string) =>
  `<Product>${text('ProductName', name, code('435', 'RxNorm'))}<Strength><Value>${strength}</Value><Units><Unit>mg</Unit></Units></Strength></Product>`
const test = (name: string, value: string, unit: string) => `
        <Test>${id(`test-${name}`)}${text('Description', name, code('8480-6', 'LOINC'))}${by('clinic')}
          <TestResult><Value>${value}</Value><Units><Unit>${unit}</Unit></Units></TestResult>
          <NormalResult><Normal><Value>120</Value>${by('clinic')}</Normal></NormalResult>
        </Test>`

const person = (actor: string, given: string, family: string) => `
    <Actor>
      <ActorObjectID>${actor}</ActorObjectID>
      <Person>
        <Name><CurrentName><Given>${given}</Given><Family>${family}</Family></CurrentName></Name>
        <DateOfBirth><ExactDateTime>1961-02-03</ExactDateTime></DateOfBirth>
        ${text('Gender', 'Female')}
      </Person>
      <Address Preferred="1"><Line1>1 Invented Lane</Line1><City>Nowhere</City></Address>
      <Telephone><Value>555-0100</Value></Telephone>
      ${by(actor)}
    </Actor>`
const actors = `
  <Actors>${person('patient', 'Ada', 'Invented')}${person('daughter', 'Bea', 'Invented')}
    <Actor><ActorObjectID>clinic</ActorObjectID><Organization><Name>No Such Clinic</Name></Organization>${by('clinic')}</Actor>
    <Actor><ActorObjectID>program</ActorObjectID><InformationSystem><Name>Nothing</Name><Type>EHR</Type><Version>1</Version></InformationSystem>${by('clinic')}</Actor>
  </Actors>`

const head = (version = 'V1.0') => `
  <CCRDocumentObjectID>document-1</CCRDocumentObjectID>
  ${text('Language', 'English')}
  <Version>${version}</Version>
  <DateTime><ExactDateTime>2012-03-04T05:06:07Z</ExactDateTime></DateTime>
  <Patient><ActorID>patient</ActorID></Patient>`
const from = '\n  <From><ActorLink><ActorID>clinic</ActorID></ActorLink></From>'

/** By their names, so that a document can have them in whichever order. */
const sections = {
  Payers: `<Payer>${id('payer')}<IDs>${text('Type', 'Group')}<ID>77</ID>${by('clinic')}</IDs>${text('Type', 'Primary')}${by('patient')}<PaymentProvider><ActorID>clinic</ActorID></PaymentProvider></Payer>`,
  AdvanceDirectives: `<AdvanceDirective>${id('directive')}${text('Type', 'Resuscitation Status')}${text('Description', 'Full code')}${text('Status', 'Verified')}${by('patient')}</AdvanceDirective>`,
  Support: `<SupportProvider><ActorID>daughter</ActorID>${text('ActorRole', 'Daughter')}</SupportProvider>`,
  FunctionalStatus: `<Function>${id('function')}${text('Type', 'Mobility')}${text('Description', 'Walks')}${by('clinic')}</Function>`,
  Problems: `<Problem>${id('problem')}<DateTime>${text('Type', 'Onset')}${text('ApproximateDateTime', 'as a child')}</DateTime>${text('Type', 'Diagnosis')}${text('Description', 'Asthma &amp; cough', code('493.90', 'ICD9-CM'))}${text('Status', 'Active')}${by('patient')}<CommentID>comment</CommentID></Problem>`,
  FamilyHistory: `<FamilyProblemHistory>${id('family')}${by('patient')}<FamilyMember><ActorID>daughter</ActorID>${by('patient')}</FamilyMember><Problem>${text('Description', 'Asthma')}${by('patient')}</Problem></FamilyProblemHistory>`,
  SocialHistory: `<SocialHistoryElement>${id('social')}${text('Type', 'Marital Status')}${text('Description', 'Married')}${by('patient')}</SocialHistoryElement>`,
  Alerts: `<Alert>${id('alert')}${text('Type', 'Allergy')}${text('Description', 'Penicillin')}${text('Status', 'Active')}${by('patient')}<Reaction>${text('Description', 'Rash')}${text('Severity', 'Mild')}</Reaction></Alert>`,
  Medications: `<Medication>${id('medication')}${when('2011-01', 'Start')}${text('Status', 'Active')}${by('clinic')}${product('Salbutamol', '0.1')}<Directions><Direction><Dose><Value>1</Value></Dose><Frequency><Value>when needed</Value></Frequency></Direction></Directions></Medication>`,
  MedicalEquipment: `<Equipment>${id('equipment')}${by('clinic')}${product('Inhaler', '1')}</Equipment>`,
  Immunizations: `<Immunization>${id('shot')}${when('2010-10-11')}${by('clinic')}${product('Influenza', '15')}<SeriesNumber>1</SeriesNumber></Immunization>`,
  VitalSigns: `<Result>${id('vital')}${when('2012-03-04T05:00:00+01:00', 'Assessment Time')}${text('Description', 'Blood pressure')}${by('clinic')}${test('systolic', '124', 'mm[Hg]')}</Result>`,
  Results: `<Result>${id('result')}${by('clinic')}${test('glucose', '5.1', 'mmol/L')}</Result>`,
  Procedures: `<Procedure>${id('procedure')}${text('Description', 'Tonsillectomy')}${by('clinic')}</Procedure>`,
  Encounters: `<Encounter>${id('encounter')}${text('Type', 'Visit')}${by('clinic')}<Practitioners><Practitioner><ActorID>clinic</ActorID></Practitioner></Practitioners></Encounter>`,
  PlanOfCare: `<Plan>${id('plan')}${text('Type', 'Order')}${by('clinic')}<OrderRequest>${id('order')}${by('clinic')}<Goals><Goal>${id('goal')}${by('clinic')}</Goal></Goals></OrderRequest></Plan>`,
  HealthCareProviders: `<Provider><ActorID>clinic</ActorID>${text('ActorRole', 'Primary care')}</Provider>`,
} as const
type Section = keyof typeof sections
const every = Object.keys(sections) as Section[]
const body = (...names: Section[]) =>
  `\n  <Body>${names.map((name) => `\n    <${name}>${sections[name]}</${name}>`).join('')}\n  </Body>`
const foot = `
  <References><Reference><ReferenceObjectID>reference</ReferenceObjectID>${text('Description', 'A page')}<Source><ActorID>clinic</ActorID></Source></Reference></References>
  <Comments><Comment><CommentObjectID>comment</CommentObjectID>${when('2012-03-04T05:06:07Z')}${text('Description', 'Said so')}<Source><ActorID>patient</ActorID></Source></Comment></Comments>
  <Signatures><CCRSignature><SignatureObjectID>signature</SignatureObjectID><Signature>any <b xmlns="">thing</b></Signature></CCRSignature></Signatures>`

const root = (inside: string, attributes: string = NAMESPACE) =>
  `<ContinuityOfCareRecord ${attributes}>${inside}\n</ContinuityOfCareRecord>`
const whole = root(`${head()}${from}${body(...every)}${actors}${foot}`)
/** With one of its parts exchanged. */
function changed(document: string, part: string, other: string): string {
  if (!document.includes(part)) throw new Error(`The document has no ${part}`)
  return document.replace(part, () => other)
}
const prefixed = (xml: string) =>
  xml
    .replace(/(<\/?)(?=[A-Z])/g, '$1ccr:')
    .replace('xmlns=', 'xmlns:ccr=')
    .replace('<b xmlns="">', '<b>')

/** Without `From`, with the body's sections in an order of their own and actors that are not there, as some services had it. */
const unordered = root(`${head('0.1')}${body('Medications', 'Alerts', 'Problems', 'Results')}${actors}`)

const mismatched = changed(whole, '<ExactDateTime>2011-01', '\n<ApproximateDateTime>2011-01\n')

function lineOf(xml: string, part: string): number {
  return xml.slice(0, xml.indexOf(part)).split('\n').length
}

type Known = Pick<CcrTestDocument, 'verdict'> & Partial<CcrTestDocument>
const own: [name: string, document: string | Buffer, known: Known['verdict'] | Partial<Known>][] = [
  [
    'every section',
    `${DECLARATION}<?xml-stylesheet type="text/xsl" href="ccr.xsl"?>\n<!-- made up -->\n${changed(whole, NAMESPACE, `${NAMESPACE} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:astm-org:CCR CCR_20051109.xsd"`)}\n<!-- end -->\n`,
    'valid',
  ],
  ['hardly anything', root(`${head('1')}${from}<Body/>${actors}`), 'valid'],
  ['no namespace', root(`${head()}${from}<Body/>${actors}`, ''), 'invalid'],
  ['a prefix', DECLARATION + prefixed(whole), 'valid'],
  ['a prefix of the root element alone', prefixed(whole).replace(/(<\/?)ccr:(?!Cont)/g, '$1'), 'invalid'],
  ['sections in another order, without From', DECLARATION + unordered, 'invalid'],
  ['From without ActorLink', changed(whole, from, '<From/>'), 'invalid'],
  ['no actors', changed(whole, actors, ''), 'invalid'],
  ['an empty payer', changed(whole, sections.Payers, '<Payer/>'), 'invalid'],
  [
    'text between elements',
    changed(whole, '<Units><Unit>mmol/L</Unit></Units>', '<Units>mmol/L</Units>'),
    'invalid',
  ],
  ['another case', changed(whole, '<Text>Rash</Text>', '<text>Rash</text>'), 'invalid'],
  [
    'an element of its own',
    changed(whole, '<CommentID>', '<x:Own xmlns:x="urn:x" x:a="1">2<!--3--> <x:b/></x:Own><CommentID>'),
    'invalid',
  ],
  [
    'elements in the wrong order',
    changed(
      whole,
      `${text('Status', 'Active')}${by('patient')}`,
      `${by('patient')}${text('Status', 'Active')}`,
    ),
    'invalid',
  ],
  [
    'two where one is allowed',
    changed(whole, text('Status', 'Active'), text('Status', 'Active').repeat(2)),
    'invalid',
  ],
  [
    'attributes that are not allowed',
    changed(whole, '<Text>Rash</Text>', '<Text xml:lang="en" a="&#10;&quot;\t">Rash</Text>'),
    'invalid',
  ],
  ['sections that stand there twice', changed(whole, '<Procedures>', '<Procedures/><Procedures>'), 'invalid'],
  [
    'ids that are given twice, links that lead nowhere',
    whole.replace(/>(?:problem|vital)</g, '>alert<').replace('>daughter<', '>nobody<'),
    'valid',
  ],
  [
    'dates that are none',
    whole.replace('2011-01', '@@DATE@@').replace('2010-10-11', '\n2010-13-45 ').replace('1961-02-03', ''),
    'valid',
  ],
  [
    'CDATA, references, comments and line ends',
    changed(
      whole,
      '<Text>Rash</Text>',
      '<Text>\r\n<![CDATA[<Rash> ]] & ]]>&#233;&#x1F600;&#13;<!-- - -->&lt;<?p i?></Text><!----><?p?>',
    ).replace(/\n/g, '\r\n'),
    'valid',
  ],
  [
    'the names of the draft',
    whole.replace(/(<\/?)Payers>/g, '$1Insurance>').replace(/(<\/?)SocialHistoryElement>/g, '$1RiskFactor>'),
    'invalid',
  ],
  ['a byte order mark', Buffer.from(`\uFEFF${whole.replace('Ada', 'Adá')}`), 'valid'],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${whole.replace('Ada', 'Adá')}`, 'utf16le'), 'valid'],
  [
    'ISO-8859-1',
    Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${whole.replace('Ada', 'Adá')}`, 'latin1'),
    'valid',
  ],
  [
    'an entry around it',
    `<?xml version='1.0'?><entry xmlns="http://www.w3.org/2005/Atom"><title>t</title>${whole}<x/></entry>`,
    { verdict: 'valid', isRoot: false },
  ],
  [
    'a feed around three',
    `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="urn:g"><!-- a --><title>t</title> <entry>${whole}</entry><entry g:a="1">${unordered}</entry><entry>text ${prefixed(whole)} text</entry></feed>`,
    { verdict: 'invalid', isRoot: false },
  ],
  ['more than a mebibyte', changed(whole, sections.Results, sections.Results.repeat(3000)), 'valid'],
  [
    'an end tag of another element',
    mismatched,
    { verdict: 'malformed', line: lineOf(mismatched, '\n</Exact') + 1 },
  ],
  ['no end', whole.slice(0, -1), { verdict: 'malformed', line: whole.split('\n').length }],
]

/** Made up for these tests, with what real documents have and should not. */
const ownDocuments: readonly CcrTestDocument[] = own.map(([name, document, known]) => ({
  isRoot: true,
  ...(typeof known === 'string' ? { verdict: known } : { verdict: 'valid', ...known }),
  name,
  bytes: Buffer.from(document),
}))

const samples = path.resolve(__dirname, '../../../shared/samples/ccr')

/** Public samples, which are not part of the project; undefined, and a line that says so, where they are missing. */
export function sampleDocuments(): CcrTestDocument[] | undefined {
  const manifest = path.join(samples, 'MANIFEST.tsv')
  if (!existsSync(manifest)) {
    console.log(`      skipped: ${samples} is not there`)
    return undefined
  }
  const [head = [], ...rows] = readFileSync(manifest, 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t'))
  return rows.map((row) => {
    const field = (name: string) => row[head.indexOf(name)] ?? ''
    const wellFormed = field('wf') === 'yes'
    return {
      name: field('file'),
      bytes: readFileSync(path.join(samples, field('file'))),
      verdict: !wellFormed ? 'malformed' : field('valid') === 'VALID' ? 'valid' : 'invalid',
      ...(wellFormed ? {} : { line: Number(/ line (\d+), column/.exec(field('wf'))?.[1]) }),
      isRoot: field('root') === 'ContinuityOfCareRecord',
    }
  })
}

/** A test for our own documents, and the same for the public samples. */
export function ofDocuments(
  what: string,
  test: (documents: readonly CcrTestDocument[]) => Promise<void>,
): void {
  it(`${what}, for documents of every kind`, () => test(ownDocuments)).timeout(60_000)
  it(`${what}, for every public sample`, function () {
    const documents = sampleDocuments()
    if (documents) return test(documents)
    this.skip()
  }).timeout(60_000)
}
