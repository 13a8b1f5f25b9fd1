import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { turnIsLong } from '../../src/turn'

function work(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

describe('turns of the event loop', () => {
  beforeEach(() => nextTurn())

  it('a turn is long after some milliseconds of work, not before', () => {
    assert.equal(turnIsLong(), false)
    work(20)
    assert.equal(turnIsLong(), true)
  })

  it('the measure is shared: who comes second in a long turn waits as well', () => {
    const seen = [1, 2, 3].map(() => {
      const long = turnIsLong()
      work(20)
      return long
    })
    assert.deepEqual(seen, [false, true, true])
  })

  it('the next turn begins anew', async () => {
    turnIsLong()
    work(20)
    await nextTurn()
    assert.equal(turnIsLong(), false)
  })
})
