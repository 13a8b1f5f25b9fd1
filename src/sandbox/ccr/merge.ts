import { randomUUID } from 'node:crypto'
import { inTurns } from '../slices'
import {
  type Ccr,
  CCR_NAMESPACE,
  type CcrSection,
  ccrLists,
  ccrSections,
  type Entry,
  escapeXml,
  type Id,
  type IdKind,
} from './read'

export interface MergedCcr {
  /** Who gives the document out. */
  from: string
  /** Stands in for a patient where no document names one. */
  patient: string
  /** Milliseconds since 1970. */
  createdAt: number
}

const FROM_ID = 'sandbox-service'
const PATIENT_ID = 'sandbox-person'

/** What the identifiers of one document are called in the merged one, where that differs. */
type Names = Map<string, string>

/**
 * Makes one CCR of several. What is in two documents under the same identifier and is the same stands there once;
 * what has the same identifier and is something else gets one of its own, and so does what refers to it.
 */
export class CcrMerge {
  readonly #xml = new Map<CcrSection, string[]>()
  readonly #actors: string[]
  /** What an identifier stands for: the XML as it came. */
  readonly #meanings = new Map<string, string>()
  readonly #entries = new Map<string, Names>()
  #patient: string | undefined

  constructor(private readonly about: MergedCcr) {
    for (const id of [FROM_ID, PATIENT_ID]) this.#meanings.set(key('actor', id), '')
    this.#actors = [
      actor(FROM_ID, `<InformationSystem><Name>${escapeXml(about.from)}</Name></InformationSystem>`),
    ]
  }

  /**
   * Rejects when `signal` aborts; nothing of the merge is to be used then.
   * @param wanted says which entries of the body's sections to take
   */
  async add(ccr: Ccr, wanted: (entry: Entry) => boolean, signal: AbortSignal): Promise<void> {
    const names: Names = new Map()
    const taken: Found[] = []
    for await (const found of inTurns(entriesIn(ccr, ccrLists), signal)) {
      if (this.#isNew(found.entry, names)) taken.push(found)
    }
    const namesOfOthers = new Map(names)
    for await (const found of inTurns(entriesIn(ccr, ccrSections), signal)) {
      const { section, entry } = found
      const meaning = `${section} ${render(entry, namesOfOthers)}`
      if (wanted(entry) && this.#isNewEntry(meaning, entry, names)) taken.push(found)
    }
    for await (const { section, entry } of inTurns(taken, signal)) {
      const xml = this.#xml.get(section) ?? []
      this.#xml.set(section, xml)
      xml.push(render(entry, names))
    }
    const [patient] = ccr.patients
    if (patient) this.#patient ??= names.get(key('actor', patient)) ?? patient
  }

  toBuffer(): Buffer {
    const { patient, createdAt } = this.about
    const displayed = `<Person><Name><DisplayName>${escapeXml(patient)}</DisplayName></Name></Person>`
    const actors =
      this.#patient === undefined ? [...this.#actors, actor(PATIENT_ID, displayed)] : this.#actors
    const section = (name: CcrSection, first: readonly string[] = []) => {
      const entries = [...first, ...(this.#xml.get(name) ?? [])]
      return entries.length === 0 ? [] : [`<${name}>`, ...entries, `</${name}>`]
    }
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<ContinuityOfCareRecord xmlns="${CCR_NAMESPACE}">`,
      `<CCRDocumentObjectID>${randomUUID()}</CCRDocumentObjectID>`,
      '<Language><Text>English</Text></Language>',
      '<Version>V1.0</Version>',
      `<DateTime><ExactDateTime>${new Date(createdAt).toISOString()}</ExactDateTime></DateTime>`,
      `<Patient><ActorID>${escapeXml(this.#patient ?? PATIENT_ID)}</ActorID></Patient>`,
      `<From><ActorLink><ActorID>${FROM_ID}</ActorID></ActorLink></From>`,
      '<Body>',
      ...ccrSections.flatMap((name) => section(name)),
      '</Body>',
      ...ccrLists.flatMap((name) => section(name, name === 'Actors' ? actors : [])),
      '</ContinuityOfCareRecord>',
    ]
    return Buffer.from(lines.join('\n'))
  }

  /** Of actors, references and comments: whether it is not there yet. Notes what it is called here. */
  #isNew(entry: Entry, names: Names): boolean {
    const own = givenIds(entry)[0]
    if (!own) return true
    const meaning = render(entry, new Map())
    const name = freeName(own.id, (candidate) => {
      const known = this.#meanings.get(key(own.kind, candidate))
      return known === undefined || known === meaning
    })
    if (name !== own.id) names.set(key(own.kind, own.id), name)
    const isNew = !this.#meanings.has(key(own.kind, name))
    this.#meanings.set(key(own.kind, name), meaning)
    return isNew
  }

  /** The same for an entry of the body, which gives identifiers to its parts as well. */
  #isNewEntry(meaning: string, entry: Entry, names: Names): boolean {
    const known = this.#entries.get(meaning)
    if (known) {
      for (const [id, name] of known) names.set(id, name)
      return false
    }
    const own: Names = new Map()
    for (const { kind, id } of givenIds(entry)) {
      const name = freeName(id, (candidate) => !this.#meanings.has(key(kind, candidate)))
      this.#meanings.set(key(kind, name), meaning)
      if (name !== id) own.set(key(kind, id), name)
    }
    for (const [id, name] of own) names.set(id, name)
    this.#entries.set(meaning, own)
    return true
  }
}

interface Found {
  section: CcrSection
  entry: Entry
}

function entriesIn(ccr: Ccr, sections: readonly CcrSection[]): Found[] {
  return sections.flatMap((section) => (ccr.sections.get(section) ?? []).map((entry) => ({ section, entry })))
}

function actor(id: string, what: string): string {
  const source = `<Source><Actor><ActorID>${FROM_ID}</ActorID></Actor></Source>`
  return `<Actor><ActorObjectID>${id}</ActorObjectID>${what}${source}</Actor>`
}

function key(kind: IdKind, id: string): string {
  return `${kind} ${id}`
}

function freeName(id: string, isFree: (candidate: string) => boolean): string {
  let name = id
  for (let number = 2; !isFree(name); number++) name = `${id}-${number}`
  return name
}

function givenIds({ pieces }: Entry): Id[] {
  return pieces.filter((piece) => typeof piece !== 'string').filter(({ given }) => given)
}

function render({ pieces }: Entry, names: Names): string {
  return pieces
    .map((piece) =>
      typeof piece === 'string' ? piece : escapeXml(names.get(key(piece.kind, piece.id)) ?? piece.id),
    )
    .join('')
}
