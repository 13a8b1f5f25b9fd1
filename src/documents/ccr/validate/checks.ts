import { GatewayError } from '../../../errors'
import { Checker } from './checker'
import type { CcrFinding } from './finding'
import { Room } from './report'

/**
 * CCRs that are checked at a time: each that is not valid has a finding, so that this is what bounds their number. Real
 * ones take more than 1.3 kB, and then 64 MiB hold no more of them.
 */
const MOST_DOCUMENTS = 50_000

/** Checks all the CCRs of a source while it is read. */
export class Checks {
  readonly #room = new Room()
  readonly #begun: Checker[] = []
  #count = 0

  /** The next document begins. HG_TOO_LARGE: it is one too many. */
  begin(): Checker {
    if (++this.#count > MOST_DOCUMENTS) {
      throw new GatewayError(
        'HG_TOO_LARGE',
        `The document has more than ${MOST_DOCUMENTS} CCRs, the most that are checked at a time. Send it in parts.`,
      )
    }
    const checker = new Checker(this.#room)
    this.#begun.push(checker)
    return checker
  }

  /**
   * The findings of each document that has ended since the last time, in order; in small steps. With those of the last
   * one stands what has been left out of all.
   */
  *take({ last }: { last: boolean }): Generator<undefined, CcrFinding[][], undefined> {
    const found: CcrFinding[][] = []
    while (this.#begun.length > (last ? 0 : 1)) {
      const checker = this.#begun.shift()
      if (checker) found.push(yield* checker.findings())
    }
    if (last) found.at(-1)?.push(...this.#room.omitted())
    return found
  }
}

/** The findings of all documents of a source: of several, the paths begin with which one it is. */
export function ofAll(findings: readonly (readonly CcrFinding[])[]): CcrFinding[] {
  const [only, ...others] = findings
  if (only !== undefined && others.length === 0) return [...only]
  return findings.flatMap((own, index) => {
    const root = `ContinuityOfCareRecord[${index + 1}]`
    return own.map((one) =>
      one.code === 'findings.limit' ? one : { ...one, path: one.path === '' ? root : `${root}/${one.path}` },
    )
  })
}
