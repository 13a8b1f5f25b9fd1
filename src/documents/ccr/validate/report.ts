import { ccrFindingCodes, type CcrFinding, type CcrFindingCode, type CcrSeverity } from './finding'
import { inDocumentOrder, ordinalsOf, pathOf, type Place } from './place'

/** More than a person reads, and little memory. */
export const MOST_FINDINGS = 10_000

const severities: readonly CcrSeverity[] = ['error', 'warning', 'information']
const rank = new Map(Object.keys(ccrFindingCodes).map((code, index) => [code, index]))

/**
 * How many findings all documents of a source may still have: by severity, so that none can hide one that is worse.
 * The first error of a document has its place in any case: whether it is valid must not depend on the others.
 */
export class Room {
  readonly #left = { error: MOST_FINDINGS, warning: MOST_FINDINGS, information: MOST_FINDINGS }
  readonly #omitted = { error: 0, warning: 0, information: 0 }

  left(severity: CcrSeverity): number {
    return Math.max(this.#left[severity], severity === 'error' ? 1 : 0)
  }

  take(severity: CcrSeverity, { listed, omitted }: { listed: number; omitted: number }): void {
    this.#left[severity] -= listed
    this.#omitted[severity] += omitted
  }

  /** The finding that tells how many there are besides; none if that is all. */
  omitted(): CcrFinding[] {
    const omitted = severities
      .filter((severity) => this.#omitted[severity] > 0)
      .map((severity) => `${this.#omitted[severity]} of severity ${severity}`)
    if (omitted.length === 0) return []
    const message = `More findings are left out: ${omitted.join(', ')}.`
    return [{ severity: 'information', code: 'findings.limit', path: '', message }]
  }
}

interface Found {
  place: Place
  code: CcrFindingCode
  message: string
  /** Where in the document; from when it is first asked for. */
  ordinals: readonly number[] | undefined
}

/** Collects the findings of a document, in whatever order they are made. */
export class Report {
  readonly #room: Room
  readonly #lists: Record<CcrSeverity, First> = {
    error: new First(),
    warning: new First(),
    information: new First(),
  }

  constructor(room: Room) {
    this.#room = room
  }

  add(code: CcrFindingCode, place: Place, message: string): void {
    this.#lists[ccrFindingCodes[code]].add({ place, code, message, ordinals: undefined })
  }

  /** Counts as many more, which come after ten thousand of their kind. */
  omit(code: CcrFindingCode, count: number): void {
    this.#lists[ccrFindingCodes[code]].omitted += count
  }

  /** In the order of the document; in small steps, as it is made. */
  *findings(): Generator<undefined, CcrFinding[], undefined> {
    const all: Found[] = []
    for (const severity of severities) {
      const list = this.#lists[severity]
      const first = yield* list.take(this.#room.left(severity))
      this.#room.take(severity, { listed: first.length, omitted: list.omitted })
      for (const one of first) all.push(one)
    }
    const findings: CcrFinding[] = []
    // Most of it is in order, and sorting what is takes hardly more than looking at it.
    for (const { place, code, message } of all.sort(inOrder)) {
      const line = place.line === undefined ? {} : { line: place.line }
      findings.push({ severity: ccrFindingCodes[code], code, path: pathOf(place), ...line, message })
      yield
    }
    return findings
  }
}

/** The first findings of a severity, by the order of the document; the others are only counted. */
class First {
  omitted = 0
  #found: Found[] = []
  /** The last one that may be among them, once there are enough. */
  #last: Found | undefined

  add(found: Found): void {
    if (this.#last !== undefined && inOrder(found, this.#last) >= 0) {
      this.omitted++
      return
    }
    this.#found.push(found)
    if (this.#found.length >= 2 * MOST_FINDINGS) this.#cut(MOST_FINDINGS)
  }

  *take(most: number): Generator<undefined, Found[], undefined> {
    for (const found of this.#found) {
      found.ordinals ??= ordinalsOf(found.place)
      yield
    }
    if (this.#found.length > most) this.#cut(most)
    return this.#found
  }

  #cut(most: number): void {
    this.#found.sort(inOrder)
    this.omitted += this.#found.length - most
    this.#found.length = most
    this.#last = this.#found.at(-1)
  }
}

/** By place; at one place as the codes are listed. */
function inOrder(one: Found, other: Found): number {
  one.ordinals ??= ordinalsOf(one.place)
  other.ordinals ??= ordinalsOf(other.place)
  return (
    inDocumentOrder(one.ordinals, other.ordinals) || (rank.get(one.code) ?? 0) - (rank.get(other.code) ?? 0)
  )
}
