import { giveTurn } from '../../turn'
import { stopped } from '../xml/source'

/** Steps that are taken in one go: some tenths of a millisecond's work. */
export const STEPS = 200

/** What is made in small steps, without waiting in between. */
export function atOnce<T>(steps: Iterator<undefined, T, undefined>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** What is made in small steps, with turns for other work in between. Rejects with HG_CLOSED when aborted. */
export async function inTurns<T>(steps: Iterator<undefined, T, undefined>, signal?: AbortSignal): Promise<T> {
  for (let count = 0; ; count++) {
    const { done, value } = steps.next()
    if (done === true) return value
    if (count % STEPS > 0) continue
    if (signal?.aborted) throw stopped()
    await giveTurn()
  }
}
