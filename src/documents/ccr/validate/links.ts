import type { CcrFindingCode } from './finding'
import { pathOf, type Place } from './place'
import type { Report } from './report'

/** Leaves that give something its id, with what that is. */
const given: ReadonlyMap<string, string> = new Map([
  ['CCRDocumentObjectID', 'document'],
  ['CCRDataObjectID', 'object'],
  ['ActorObjectID', 'actor'],
  ['ReferenceObjectID', 'reference'],
  ['CommentObjectID', 'comment'],
  ['SignatureObjectID', 'signature'],
])

/** Leaves that name an id, with what it has to be the id of; a LinkID may name anything. */
const named: ReadonlyMap<string, { code: CcrFindingCode; what?: string }> = new Map([
  ['ActorID', { code: 'link.actor', what: 'actor' }],
  ['LinkID', { code: 'link.object' }],
  ['ReferenceID', { code: 'link.reference', what: 'reference' }],
  ['CommentID', { code: 'link.comment', what: 'comment' }],
  ['SignatureID', { code: 'link.signature', what: 'signature' }],
])

/** Holds the ids of a document to be unique, and its links to lead somewhere. */
export class Links {
  readonly #report: Report
  readonly #ids = new Map<string, { what: string; place: Place }>()
  readonly #links: { id: string; place: Place }[] = []
  readonly #people = new Set<string>()

  constructor(report: Report) {
    this.#report = report
  }

  leaf(text: string, place: Place): void {
    const what = given.get(place.name)
    if (what !== undefined) this.#give(what, text.trim(), place)
    else if (named.has(place.name)) this.#links.push({ id: text.trim(), place })
  }

  /** Notes that an actor is a person. */
  person(id: string): void {
    this.#people.add(id.trim())
  }

  /** Follows the links, when the whole document has been seen. */
  end(): void {
    for (const { id, place } of this.#links) {
      const { code, what } = named.get(place.name) ?? { code: 'link.object' }
      const target = this.#ids.get(id)
      if (!target || (what !== undefined && target.what !== what)) {
        this.#report.add(code, place, `The document has no ${what ?? 'object'} with the id that stands here.`)
      } else if (place.parent?.name === 'Patient' && !this.#people.has(id)) {
        this.#report.add('actor.patient', place, 'The actor that is the patient is not a Person.')
      }
    }
  }

  #give(what: string, id: string, place: Place): void {
    const first = this.#ids.get(id)
    if (id === '') this.#report.add('id.empty', place, `${place.name} is empty: nothing can point to it.`)
    else if (first) {
      const path = pathOf(first.place)
      this.#report.add(
        'id.duplicate',
        place,
        `The ${first.what} at ${path} has the same id: a link cannot tell them apart.`,
      )
    } else this.#ids.set(id, { what, place })
  }
}
