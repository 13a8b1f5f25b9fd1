import { ccrFindingCodes, type CcrFinding, type CcrFindingCode } from './finding'
import { inDocumentOrder, ordinalsOf, pathOf, type Place } from './place'

/** More than a person reads, and little memory. */
const MOST = 10_000

/** Collects findings. Beyond the first 10 000 they are only counted. */
export class Report {
  readonly #found: { place: Place; finding: CcrFinding }[] = []
  #omitted = 0

  add(code: CcrFindingCode, place: Place, message: string): void {
    if (this.#found.length === MOST) {
      this.#omitted++
      return
    }
    const line = place.line === undefined ? {} : { line: place.line }
    const finding = { severity: ccrFindingCodes[code], code, path: pathOf(place), ...line, message }
    this.#found.push({ place, finding })
  }

  /** In the order of the document. */
  findings(): CcrFinding[] {
    const sorted = this.#found
      .map(({ place, finding }) => ({ finding, ordinals: ordinalsOf(place) }))
      .sort((one, other) => inDocumentOrder(one.ordinals, other.ordinals))
      .map(({ finding }) => finding)
    if (this.#omitted === 0) return sorted
    const message = `${this.#omitted} more findings are left out.`
    return [...sorted, { severity: 'information', code: 'findings.limit', path: '', message }]
  }
}
