import assert from 'node:assert/strict'
import { inTurns, slices } from '../../../src/sandbox/slices'

describe("the sandbox's slices of a large document", () => {
  const large = Buffer.alloc(1_000_000, 'abc')
  const never = new AbortController().signal

  it('are the whole of it, with a turn of the event loop before each but the first', async () => {
    let turns = 0
    const count = () => {
      turns++
      timer = setImmediate(count)
    }
    let timer = setImmediate(count)
    const seen: Buffer[] = []
    for await (const slice of slices(large, never)) {
      assert.ok(turns >= seen.length, `${turns} turns before slice ${seen.length}`)
      seen.push(slice)
    }
    clearImmediate(timer)
    assert.ok(seen.length > 3)
    assert.deepEqual(Buffer.concat(seen), large)
  })

  it('end when the work is called off', async () => {
    const controller = new AbortController()
    const work = async () => {
      for await (const slice of slices(large, controller.signal)) {
        assert.ok(slice.length > 0)
        controller.abort()
      }
    }
    await assert.rejects(work(), { name: 'AbortError' })
  })
})

describe("the sandbox's turns in long lists", () => {
  const items = Array.from({ length: 1000 }, (_, at) => at)

  it('leave the list as it is and let the event loop have its turn', async () => {
    let turns = 0
    const count = () => {
      turns++
      timer = setImmediate(count)
    }
    let timer = setImmediate(count)
    const seen: number[] = []
    for await (const item of inTurns(items, new AbortController().signal)) seen.push(item)
    clearImmediate(timer)
    assert.deepEqual(seen, items)
    assert.ok(turns >= 3, `${turns} turns`)
  })

  it('end when the work is called off', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const work = async () => {
      for await (const item of inTurns(items, controller.signal)) {
        seen.push(item)
        controller.abort()
      }
    }
    await assert.rejects(work(), { name: 'AbortError' })
    assert.ok(seen.length < items.length)
  })
})
