import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds of work after which other flows get their turn. */
const LONGEST_HOLD_MS = 4

let turnBegan: number | undefined

/**
 * True when our work in this turn of the event loop has lasted long enough: wait for the next turn (`setImmediate`)
 * before going on. All work shares one measure, because all that waits is resumed in the same turn: sixteen
 * documents at once would else hold the loop sixteen times as long as one. Measured with 16 of 5 MB: 7.5 ms at most.
 */
export function turnIsLong(): boolean {
  if (turnBegan !== undefined) return performance.now() - turnBegan > LONGEST_HOLD_MS
  turnBegan = performance.now()
  setImmediate(() => {
    turnBegan = undefined
  })
  return false
}

/** Waits for the event loop's next turn if our work in this one has lasted long enough. */
export async function giveTurn(): Promise<void> {
  if (turnIsLong()) await nextTurn()
}

/** Long work that says, by each `yield`, where other work may have its turn. */
export type Steps<T> = Generator<undefined, T, undefined>

/** Does it with turns for others in between. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (turnIsLong()) await nextTurn()
  }
}

/** Does it without. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
