import type { CcrFindingCode } from './finding'
import { pathOf, type Place } from './place'
import { MOST_FINDINGS, type Report } from './report'

/** What a leaf says about ids: what it gives an id to, or what the id that it names has to be the id of. */
export type IdRule =
  | { readonly gives: string }
  | { readonly gives?: undefined; readonly code: CcrFindingCode; readonly wants?: string }

/** The leaves with an id, by name; a LinkID may name anything. */
export const idRules: ReadonlyMap<string, IdRule> = new Map<string, IdRule>([
  ['CCRDocumentObjectID', { gives: 'document' }],
  ['CCRDataObjectID', { gives: 'object' }],
  ['ActorObjectID', { gives: 'actor' }],
  ['ReferenceObjectID', { gives: 'reference' }],
  ['CommentObjectID', { gives: 'comment' }],
  ['SignatureObjectID', { gives: 'signature' }],
  ['ActorID', { code: 'link.actor', wants: 'actor' }],
  ['LinkID', { code: 'link.object' }],
  ['ReferenceID', { code: 'link.reference', wants: 'reference' }],
  ['CommentID', { code: 'link.comment', wants: 'comment' }],
  ['SignatureID', { code: 'link.signature', wants: 'signature' }],
])

interface Given {
  what: string
  place: Place
}

/** Links to one id that has not been given yet. */
interface Pending {
  link: Exclude<IdRule, { gives: string }>
  /** The first of them: of more than can be told, it is enough to know how many there are. */
  places: Place[]
  more: number
}

/** Holds the ids of a document to be unique, and its links to lead somewhere. */
export class Links {
  readonly #report: Report
  readonly #given = new Map<string, Given>()
  /** By the code of the link, then by id. */
  readonly #pending = new Map<CcrFindingCode, Map<string, Pending>>()
  readonly #patients: { id: string; place: Place }[] = []
  readonly #people = new Set<string>()

  constructor(report: Report) {
    this.#report = report
  }

  /** A leaf for which there is a rule. */
  leaf(rule: IdRule, text: string, place: Place): void {
    const id = text.trim()
    if (rule.gives !== undefined) this.#give(rule.gives, id, place)
    else this.#follow(rule, id, place)
  }

  /** Notes that an actor is a person. */
  person(id: string): void {
    this.#people.add(id.trim())
  }

  /** Follows the links that were waiting, when the whole document has been seen; in small steps. */
  *end(): Generator<undefined, void, undefined> {
    for (const links of this.#pending.values()) {
      for (const [id, { link, places, more }] of links) {
        const given = this.#given.get(id)
        yield
        if (isMeant(link, given)) continue
        for (const place of places) {
          this.#leadsNowhere(link, place)
          yield
        }
        this.#report.omit(link.code, more)
      }
    }
    for (const { id, place } of this.#patients) {
      if (this.#given.get(id)?.what === 'actor' && !this.#people.has(id)) {
        this.#report.add('actor.patient', place, 'The actor that is the patient is not a Person.')
      }
      yield
    }
  }

  #give(what: string, id: string, place: Place): void {
    const first = this.#given.get(id)
    if (id === '') this.#report.add('id.empty', place, `${place.name} is empty: nothing can point to it.`)
    else if (first) {
      const path = pathOf(first.place)
      this.#report.add(
        'id.duplicate',
        place,
        `The ${first.what} at ${path} has the same id: a link cannot tell them apart.`,
      )
    } else this.#given.set(ofItsOwn(id), { what, place })
  }

  #follow(link: Pending['link'], id: string, place: Place): void {
    if (place.parent?.name === 'Patient') this.#patients.push({ id, place })
    const given = this.#given.get(id)
    if (isMeant(link, given)) return
    // The first that has an id keeps it.
    if (given) this.#leadsNowhere(link, place)
    else this.#await(link, id, place)
  }

  #await(link: Pending['link'], id: string, place: Place): void {
    let links = this.#pending.get(link.code)
    if (links === undefined) this.#pending.set(link.code, (links = new Map<string, Pending>()))
    const known = links.get(id)
    if (known === undefined) links.set(ofItsOwn(id), { link, places: [place], more: 0 })
    else if (known.places.length < MOST_FINDINGS) known.places.push(place)
    else known.more++
  }

  #leadsNowhere({ code, wants = 'object' }: Pending['link'], place: Place): void {
    this.#report.add(code, place, `The document has no ${wants} with the id that stands here.`)
  }
}

const isMeant = ({ wants }: Pending['link'], given: Given | undefined): boolean =>
  given !== undefined && (wants === undefined || given.what === wants)

/** Shorter texts have no part in longer ones. */
const SLICED = 13

/** A text that was cut out of a longer one keeps all of that alive. */
const ofItsOwn = (id: string): string =>
  id.length < SLICED ? id : Buffer.from(id, 'utf16le').toString('utf16le')
