import { wrong } from './readers'
import type { Located } from './parts'

/** The ids of a document: those that are given are kept, the others made, and none is used twice. */
export class Identities {
  readonly #taken = new Set<string>()
  readonly #actors = new Set<string>()
  readonly #counts = new Map<string, number>()

  /** Takes the ids that are given, so that none of those that are made is one of them. */
  claim(ids: readonly (Located | undefined)[]): void {
    for (const id of ids) {
      if (!id) continue
      if (this.#taken.has(id.value))
        throw wrong(id.where, 'has the same id as something else in the document')
      this.#taken.add(id.value)
    }
  }

  /** The given id, or a new one: `problem-1`, `problem-2`. */
  of(given: Located | undefined, kind: string): string {
    if (given) return given.value
    for (;;) {
      const count = (this.#counts.get(kind) ?? 0) + 1
      this.#counts.set(kind, count)
      const id = `${kind}-${count}`
      if (this.#taken.has(id)) continue
      this.#taken.add(id)
      return id
    }
  }

  /** The same for an actor, whom others may name then. */
  ofActor(given: Located | undefined, kind: string): string {
    const id = this.of(given, kind)
    this.#actors.add(id)
    return id
  }

  /** The id of an actor of the document. */
  actor({ value, where }: Located): string {
    if (this.#actors.has(value)) return value
    throw wrong(where, 'names an actor who is not in the document: give them in "actors"')
  }
}
