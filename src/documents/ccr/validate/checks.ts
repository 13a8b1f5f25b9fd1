import { Checker } from './checker'
import type { CcrFinding } from './finding'
import { Room } from './report'

/** Checks all the CCRs of a source while it is read. */
export class Checks {
  readonly #room = new Room()
  readonly #begun: Checker[] = []

  /** The next document begins. */
  begin(): Checker {
    const checker = new Checker(this.#room)
    this.#begun.push(checker)
    return checker
  }

  /** The findings of each document that has ended since the last time, in order; in small steps. */
  *take({ last }: { last: boolean }): Generator<undefined, CcrFinding[][], undefined> {
    const found: CcrFinding[][] = []
    while (this.#begun.length > (last ? 0 : 1)) {
      const checker = this.#begun.shift()
      if (checker) found.push(yield* checker.findings())
    }
    return found
  }
}

/** The findings of all documents of a source: of several, the paths begin with which one it is. */
export function ofAll(findings: readonly (readonly CcrFinding[])[]): CcrFinding[] {
  const [only, ...others] = findings
  if (only !== undefined && others.length === 0) return [...only]
  return findings.flatMap((own, index) => {
    const root = `ContinuityOfCareRecord[${index + 1}]`
    return own.map((one) => ({ ...one, path: one.path === '' ? root : `${root}/${one.path}` }))
  })
}
