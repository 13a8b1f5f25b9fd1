import assert from 'node:assert/strict'
import { forwardClock } from '../../../src/oauth2/clock'

describe('the clock of tokens', () => {
  let wall: number
  let steady: number
  let now: () => number
  const pass = (ms: number) => {
    wall += ms
    steady += ms
  }

  beforeEach(() => {
    wall = 1_000_000
    steady = 77
    now = forwardClock(
      () => wall,
      () => steady,
    )
  })

  it('is that of the machine', () => {
    assert.equal(now(), 1_000_000)
    pass(5000)
    assert.equal(now(), 1_005_000)
    assert.ok(Math.abs(forwardClock()() - Date.now()) < 60_000)
  })

  it('has gone on when the machine wakes up', () => {
    now()
    wall += 3_600_000
    assert.equal(now(), 4_600_000)
    pass(1)
    assert.equal(now(), 4_600_001)
  })

  it('goes on from where it was when the machine is set back', () => {
    now()
    wall -= 900_000
    assert.equal(now(), 1_000_000)
    pass(1000)
    assert.equal(now(), 1_001_000)
  })
})
