/**
 * Milliseconds since 1970 by the machine's clock, which goes on while the machine sleeps; but one that is set back goes
 * on from where it was, so that no token lives longer for it. Set forward, as after a start without the right time, it
 * lets tokens be renewed early, which harms nobody.
 * @param wall the machine's clock
 * @param steady one that is never set, from any beginning
 */
export function forwardClock(
  wall: () => number = Date.now,
  steady: () => number = () => performance.now(),
): () => number {
  let ahead = -Infinity
  return () => {
    ahead = Math.max(ahead, wall() - steady())
    return steady() + ahead
  }
}
