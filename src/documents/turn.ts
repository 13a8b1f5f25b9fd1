import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds of work after which other flows get their turn. */
const LONGEST_HOLD_MS = 4

let turnBegan: number | undefined

/**
 * Waits for the event loop's next turn if our work in this one has lasted long enough. All documents share one
 * measure, because all that waits is resumed in the same turn.
 */
export async function giveTurn(): Promise<void> {
  if (turnBegan === undefined) {
    turnBegan = performance.now()
    setImmediate(() => {
      turnBegan = undefined
    })
  } else if (performance.now() - turnBegan > LONGEST_HOLD_MS) await nextTurn()
}
