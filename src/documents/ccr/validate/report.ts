import { ccrFindingCodes, type CcrFinding, type CcrFindingCode, type CcrSeverity } from './finding'
import { inDocumentOrder, ordinalsOf, pathOf, type Place } from './place'

/** More than a person reads, and little memory. */
const MOST = 10_000

/** How many findings there may still be: counted by severity, so that none can hide one that is worse. */
export class Room {
  readonly #left: Record<CcrSeverity, number> = { error: MOST, warning: MOST, information: MOST }

  /** Takes the room of one more finding; false if there is none. */
  take(severity: CcrSeverity): boolean {
    return this.#left[severity]-- > 0
  }
}

/** Collects findings. Those without room are only counted. */
export class Report {
  readonly #room: Room
  readonly #found: { place: Place; finding: CcrFinding }[] = []
  readonly #omitted: Record<CcrSeverity, number> = { error: 0, warning: 0, information: 0 }

  constructor(room = new Room()) {
    this.#room = room
  }

  add(code: CcrFindingCode, place: Place, message: string): void {
    const severity = ccrFindingCodes[code]
    if (!this.#room.take(severity)) {
      this.#omitted[severity]++
      return
    }
    const line = place.line === undefined ? {} : { line: place.line }
    this.#found.push({ place, finding: { severity, code, path: pathOf(place), ...line, message } })
  }

  /** In the order of the document; in small steps, as it is made. */
  *findings(): Generator<undefined, CcrFinding[], undefined> {
    const placed: { finding: CcrFinding; ordinals: number[] }[] = []
    for (const { place, finding } of this.#found) {
      placed.push({ finding, ordinals: ordinalsOf(place) })
      yield
    }
    // Most of it is in order, and sorting what is takes hardly more than looking at it.
    const sorted = placed
      .sort((one, other) => inDocumentOrder(one.ordinals, other.ordinals))
      .map(({ finding }) => finding)
    const omitted = Object.entries(this.#omitted).filter(([, count]) => count > 0)
    if (omitted.length === 0) return sorted
    const counts = omitted.map(([severity, count]) => `${count} of severity ${severity}`)
    const message = `More findings are left out: ${counts.join(', ')}.`
    return [...sorted, { severity: 'information', code: 'findings.limit', path: '', message }]
  }
}
