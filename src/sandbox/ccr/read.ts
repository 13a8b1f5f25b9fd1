import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from '../../vendor/saxes'
import { slices } from '../slices'

export const CCR_NAMESPACE = 'urn:astm-org:CCR'

/** The body's sections, in the order of the schema. */
export const ccrSections = [
  'Payers',
  'AdvanceDirectives',
  'Support',
  'FunctionalStatus',
  'Problems',
  'FamilyHistory',
  'SocialHistory',
  'Alerts',
  'Medications',
  'MedicalEquipment',
  'Immunizations',
  'VitalSigns',
  'Results',
  'Procedures',
  'Encounters',
  'PlanOfCare',
  'HealthCareProviders',
] as const

/** What stands after the body, in the order of the schema. A signature covers one document, so none is kept. */
export const ccrLists = ['Actors', 'References', 'Comments'] as const

export type CcrSection = (typeof ccrSections)[number] | (typeof ccrLists)[number]
export type IdKind = 'actor' | 'data' | 'reference' | 'comment'

/** An identifier within an entry, where it is given or where it is referred to. */
export interface Id {
  kind: IdKind
  id: string
  given: boolean
}

/** One element of a section. */
export interface Entry {
  /** Its XML, the identifiers apart. Stands on its own below an element whose default namespace is the CCR's. */
  pieces: (string | Id)[]
  /** What its description says, or else its name or type. */
  label: string
  /** The `ExactDateTime`s, as written, of it and of its parts, without those of its sources. */
  dates: string[]
}

export interface Ccr {
  sections: ReadonlyMap<CcrSection, readonly Entry[]>
  /** Actor identifiers. */
  patients: readonly string[]
}

const ids: ReadonlyMap<string, Omit<Id, 'id'>> = new Map([
  ['ActorObjectID', { kind: 'actor', given: true }],
  ['ActorID', { kind: 'actor', given: false }],
  ['CCRDataObjectID', { kind: 'data', given: true }],
  ['LinkID', { kind: 'data', given: false }],
  ['ReferenceObjectID', { kind: 'reference', given: true }],
  ['ReferenceID', { kind: 'reference', given: false }],
  ['CommentObjectID', { kind: 'comment', given: true }],
  ['CommentID', { kind: 'comment', given: false }],
])

const sectionAt: ReadonlyMap<string, CcrSection> = new Map<string, CcrSection>([
  ...ccrSections.map((name) => [`Body/${name}`, name] as const),
  ...ccrLists.map((name) => [name, name] as const),
])

/** Reads a document that `checkHer` has let in. Comments and processing instructions are left out. */
export async function readCcr(bytes: Buffer, signal: AbortSignal): Promise<Ccr> {
  const reader = new CcrReader()
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', (tag) => reader.open(tag))
  parser.on('text', (text) => reader.text(text))
  parser.on('cdata', (text) => reader.text(text))
  parser.on('closetag', (tag) => reader.close(tag))
  const decoder = new StringDecoder('utf8')
  for await (const slice of slices(bytes, signal)) parser.write(decoder.write(slice))
  parser.close()
  return reader
}

/** Where an entry says what it is, below itself; its description comes before all. */
const names: ReadonlySet<string> = new Set([
  'Type/Text',
  'Product/ProductName/Text',
  'Organization/Name',
  'InformationSystem/Name',
  'Person/Name/DisplayName',
])
const nameParts: ReadonlySet<string> = new Set(['Given', 'Family'])
const DEEPEST_NAME = 4

interface Tag {
  name: string
  local: string
  attributes: Record<string, { name: string; value: string }>
  ns: Record<string, string>
}

type Scope = Readonly<Record<string, string>>

class CcrReader implements Ccr {
  readonly sections = new Map<CcrSection, Entry[]>()
  readonly patients: string[] = []
  /** Local names below the root element, and the prefixes known at each. */
  readonly #path: string[] = []
  readonly #scopes: Scope[] = []
  #entry: Entry | undefined
  #entryDepth = 0
  #sourceDepth = 0
  #isRoot = true
  /** The text since the last tag that opened. */
  #leaf = ''

  open(tag: Tag): void {
    const scope = withDeclarations(this.#scopes.at(-1) ?? {}, tag.ns)
    this.#scopes.push(scope)
    if (this.#isRoot) {
      this.#isRoot = false
      return
    }
    if (!this.#entry && this.#path.length < 3) this.#beginEntry()
    const begins = this.#entry !== undefined && this.#path.length === this.#entryDepth
    if (this.#entry) this.#write(openTag(tag, begins ? scope : {}))
    this.#path.push(tag.local)
    if (tag.local === 'Source') this.#sourceDepth++
    this.#leaf = ''
  }

  text(text: string): void {
    this.#leaf += text
    if (this.#entry && !ids.has(this.#path.at(-1) ?? '')) this.#write(escapeXml(text))
  }

  close({ name, local }: Pick<Tag, 'name' | 'local'>): void {
    this.#scopes.pop()
    const entry = this.#entry
    if (entry) {
      const id = ids.get(local)
      if (id) entry.pieces.push({ ...id, id: this.#leaf.trim() })
      this.#write(`</${name}>`)
      this.#note(entry, local)
    } else if (this.#path.length === 2 && this.#path.join('/') === 'Patient/ActorID') {
      this.patients.push(this.#leaf.trim())
    }
    if (local === 'Source') this.#sourceDepth--
    this.#path.pop()
    if (this.#path.length === this.#entryDepth) this.#entry = undefined
  }

  #beginEntry(): void {
    const section = sectionAt.get(this.#path.join('/'))
    if (!section) return
    this.#entry = { pieces: [], label: '', dates: [] }
    this.#entryDepth = this.#path.length
    const entries = this.sections.get(section) ?? []
    this.sections.set(section, entries)
    entries.push(this.#entry)
  }

  #note(entry: Entry, local: string): void {
    const text = this.#leaf.trim()
    if (local === 'ExactDateTime' && this.#sourceDepth === 0) entry.dates.push(text)
    const below = this.#path.length - this.#entryDepth - 1
    // Joining a path at every depth would take forever in a document that is nested deep
    if (below < 2 || below > DEEPEST_NAME) return
    const within = this.#path.slice(-below).join('/')
    if (within === 'Description/Text') entry.label = text
    else if (within.startsWith('Person/Name/CurrentName/') && nameParts.has(local)) {
      entry.label = `${entry.label} ${text}`.trim()
    } else if (names.has(within)) entry.label ||= text
  }

  #write(markup: string): void {
    const pieces = this.#entry?.pieces ?? []
    const last = pieces.at(-1)
    if (typeof last === 'string') pieces[pieces.length - 1] = last + markup
    else pieces.push(markup)
  }
}

function withDeclarations(scope: Scope, declared: Scope): Scope {
  return Object.keys(declared).length === 0 ? scope : { ...scope, ...declared }
}

/** @param scope prefixes to declare besides those that the tag declares itself */
function openTag({ name, attributes }: Tag, scope: Scope): string {
  const declarations = Object.entries(scope)
    .filter(([prefix, uri]) => prefix !== 'xml' && prefix !== 'xmlns' && !(prefix === '' && isCcr(uri)))
    .map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const)
  const all = new Map([
    ...declarations,
    ...Object.values(attributes).map(({ name, value }) => [name, value] as const),
  ])
  return `<${name}${[...all].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('')}>`
}

/** A document without a namespace is meant to be a CCR all the same. */
function isCcr(uri: string): boolean {
  return uri === CCR_NAMESPACE || uri === ''
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For text and for quoted attribute values. A carriage return that came as a reference stays one. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => escapes[character] ?? `&#${character.charCodeAt(0)};`)
}
