import { isPlain, type PlainElement } from '../content'
import { codingSystem } from './coding-systems'
import { moment, period } from './iso8601'
import type { Place } from './place'
import type { Report } from './report'
import { words } from './words'

export type LeafRule = (text: string, place: Place, report: Report) => void
export type ElementRule = (element: PlainElement, place: Place, report: Report) => void

/** What leaves have to hold, by their name. */
export const leafRules: ReadonlyMap<string, LeafRule> = new Map<string, LeafRule>([
  ['ExactDateTime', date],
  ['Version', version],
  ['PatientAware', oneOf('Yes', 'No', 'Unknown')],
])

/** What elements have to hold, by the name of their type. */
export const typeRules: ReadonlyMap<string, ElementRule> = new Map<string, ElementRule>([
  ['ActorType', all(actor, words('Status', 'actorStatus'))],
  ['CodeType', code],
  ['DateTimeType', dateTime],
  ['DateTimeType/DateTimeRange', range],
  ['Direction', all(sequence, words('StopIndicator', 'stop'))],
  ['FunctionType', all(words('Type', 'functionType'), words('Status', 'functionStatus'))],
  [
    'ProblemType',
    all(
      codes('Description', 'SNOMED CT', 'ICD-9', 'ICD-10'),
      words('Type', 'problemType'),
      words('Status', 'problemStatus'),
    ),
  ],
  ['SocialHistoryType', words('Status', 'historyStatus')],
  [
    'TestType',
    all(
      codes('Description', 'LOINC', 'CPT', 'SNOMED CT'),
      words('Type', 'testType'),
      words('Status', 'testStatus'),
    ),
  ],
])

const product = codes('ProductName', 'RxNorm', 'NDC')
const resultType = words('Type', 'resultType')
const modifier = oneOf('AND', 'OR', 'THEN')

/** What elements have to hold, by their name. */
export const nameRules: ReadonlyMap<string, ElementRule> = new Map<string, ElementRule>([
  [
    'AdvanceDirective',
    all(advanceDirective, exact, words('Type', 'directiveType'), words('Status', 'directiveStatus')),
  ],
  ['DateTime', documentTime],
  ['Medication', all(words('Type', 'medicationType'), words('Status', 'medicationStatus'))],
  ['Payer', all(payer, exact, words('Type', 'payerType'))],
  [
    'Product',
    (element, place, report) => {
      if (place.parent?.name === 'Medication') product(element, place, report)
    },
  ],
  [
    'Result',
    (element, place, report) => {
      if (place.parent?.name === 'Results') resultType(element, place, report)
    },
  ],
  [
    'MultipleDirectionModifier',
    ({ Text }, place, report) => {
      if (typeof Text === 'string') modifier(Text, place, report)
    },
  ],
])

/** Is it inside the root element? */
const isTop = ({ parent }: Place): boolean => parent !== undefined && parent.parent === undefined

function version(text: string, place: Place, report: Report): void {
  if (!isTop(place) || text.trim() === 'V1.0') return
  report.add('version.unknown', place, 'The version of E2369-05 is "V1.0".')
}

function documentTime({ ExactDateTime }: PlainElement, place: Place, report: Report): void {
  if (!isTop(place) || ExactDateTime !== undefined) return
  report.add('date.document', place, 'The time of the document has to be an ExactDateTime.')
}

function actor(
  { Person, Organization, InformationSystem }: PlainElement,
  place: Place,
  report: Report,
): void {
  if (Person ?? Organization ?? InformationSystem) return
  report.add(
    'actor.empty',
    place,
    'The actor is neither a Person nor an Organization nor an InformationSystem.',
  )
}

function code({ Value, CodingSystem }: PlainElement, place: Place, report: Report): void {
  if (typeof Value !== 'string' || Value.trim() === '') return
  if (typeof CodingSystem !== 'string' || CodingSystem.trim() === '') {
    report.add('code.no-system', place, 'The code has no CodingSystem: nobody can tell what it means.')
  } else if (codingSystem(CodingSystem) === undefined) {
    report.add(
      'code.unknown-system',
      place,
      'The CodingSystem of the code is not one that is generally known.',
    )
  }
}

/** Looks whether what is described has codes, but none of the systems that the standard names for it. */
function codes(described: string, ...usual: readonly string[]): ElementRule {
  return (element, place, report) => {
    const description = element[described]
    const given =
      isPlain(description) && Array.isArray(description.Code) ? (description.Code as unknown[]) : []
    const systems = given.map((one) => (isPlain(one) ? codingSystem(String(one.CodingSystem)) : undefined))
    if (given.length === 0 || systems.some((system) => system !== undefined && usual.includes(system))) return
    report.add('code.unusual-system', place, `No code of its ${described} is of ${usual.join(', ')}.`)
  }
}

/** Several rules for one element. */
function all(...rules: readonly ElementRule[]): ElementRule {
  return (element, place, report) => {
    for (const rule of rules) rule(element, place, report)
  }
}

function oneOf(...values: readonly string[]): LeafRule {
  const known = new Set(values.map((value) => value.toLowerCase()))
  return (text, place, report) => {
    if (known.has(text.trim().toLowerCase())) return
    report.add('value.unknown', place, `${place.name} should be one of ${values.join(', ')}.`)
  }
}

function date(text: string, place: Place, report: Report): void {
  const read = moment(text)
  if (read === 'format') {
    report.add(
      'date.format',
      place,
      'The ExactDateTime is not a date or time in ISO 8601: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, also shorter.',
    )
  } else if (read === 'calendar') {
    report.add('date.calendar', place, 'There is no such day or time.')
  } else if (read.hasTime && !read.hasZone) {
    report.add('date.zone', place, 'The time has no zone: it means another instant in every place.')
  }
}

function dateTime(element: PlainElement, place: Place, report: Report): void {
  const ways = ['ExactDateTime', 'Age', 'ApproximateDateTime', 'DateTimeRange']
  if (ways.some((way) => element[way] !== undefined)) return
  report.add('date.empty', place, `${place.name} says neither when nor at which age.`)
}

function range({ BeginRange, EndRange }: PlainElement, place: Place, report: Report): void {
  const [begin, end] = [BeginRange, EndRange].map((one) => {
    const read = isPlain(one) && typeof one.ExactDateTime === 'string' ? period(one.ExactDateTime) : 'format'
    return typeof read === 'string' ? undefined : read
  })
  // Without a zone it may be any place's time: only two of a kind can be compared.
  if (!begin || !end || (begin.hasTime && end.hasTime && begin.hasZone !== end.hasZone)) return
  if (begin.from > end.to) report.add('date.range', place, 'The range ends before it begins.')
}

function advanceDirective(element: PlainElement, place: Place, report: Report): void {
  for (const name of ['Type', 'Description', 'Status']) {
    if (element[name] === undefined) {
      report.add('entry.incomplete', place, `An advance directive should have a ${name}.`)
    }
  }
}

function payer({ IDs }: PlainElement, place: Place, report: Report): void {
  if (!Array.isArray(IDs) || IDs.every((id) => isPlain(id) && id.Type !== undefined)) return
  report.add(
    'entry.incomplete',
    place,
    'Each of the IDs of a payer should have a Type, such as group or subscriber.',
  )
}

function exact({ DateTime }: PlainElement, place: Place, report: Report): void {
  if (!Array.isArray(DateTime)) return
  if (DateTime.every((one) => !isPlain(one) || one.ExactDateTime !== undefined)) return
  report.add('date.inexact', place, `A DateTime of ${place.name} should be an ExactDateTime.`)
}

/** What comes after what: `THEN` alone does not say. */
function sequence(element: PlainElement, place: Place, report: Report): void {
  const { MultipleDirectionModifier: modified, DirectionSequencePosition: position } = element
  if (!isPlain(modified) || typeof modified.Text !== 'string' || position !== undefined) return
  if (modified.Text.trim().toUpperCase() !== 'THEN') return
  report.add('entry.incomplete', place, 'A direction with THEN should have a DirectionSequencePosition.')
}
