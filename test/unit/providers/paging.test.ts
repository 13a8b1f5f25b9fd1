import assert from 'node:assert/strict'
import { pagesOf, type Page } from '../../../src/providers/paging'
import { failing } from '../../support/failing'

const response = {
  statusCode: 200,
  headers: {},
  body: Buffer.alloc(0),
  attempts: 1,
  url: 'http://127.0.0.1/',
}
const facts = { provider: 'humanapi', operation: 'weights' }

interface Item {
  id?: string
  value?: number
}

/** Reads all of a list that a function serves; counts the requests. */
async function read(
  serve: (page: { limit: number; offset: number }) => { items: Item[]; total?: number },
  limit = 3,
): Promise<{ ids: unknown[]; requests: number }> {
  let requests = 0
  const fetch = (page: { limit: number; offset: number }): Promise<Page<Item>> => {
    requests++
    return Promise.resolve({ ...serve(page), response })
  }
  const ids: unknown[] = []
  for await (const { items } of pagesOf({ facts, limit, fetch, idOf: ({ id }) => id })) {
    ids.push(...items.map(({ id, value }) => id ?? value))
  }
  return { ids, requests }
}

const listOf = (length: number) => Array.from({ length }, (_, index) => ({ id: `r${index}` }))

describe('the pages of a list', () => {
  it('are as many as the total says, and one request each; one more where the total may be of the page', async () => {
    for (const [length, requests] of [
      [0, 1],
      [1, 1],
      [3, 2],
      [4, 2],
      [9, 3],
    ] as const) {
      const list = listOf(length)
      const { ids, requests: made } = await read(({ limit, offset }) => ({
        items: list.slice(offset, offset + limit),
        total: length,
      }))
      assert.deepEqual([ids.length, made], [length, requests])
    }
  })

  it('are all of them where the total is that of the page', async () => {
    for (const length of [2, 3, 6, 8]) {
      const list = listOf(length)
      const { ids } = await read(({ limit, offset }) => {
        const items = list.slice(offset, offset + limit)
        return { items, total: items.length }
      })
      assert.equal(ids.length, length)
    }
  })

  it('are one where the service knows no offset', async () => {
    const { ids } = await read(() => ({ items: listOf(3), total: 3 }))
    assert.equal(ids.length, 3)
  })

  it('end with the total of the last page, which may have changed', async () => {
    const list = listOf(7)
    const { ids } = await read(({ limit, offset }) => ({
      items: list.slice(offset, offset + limit),
      total: offset === 0 ? 10 : 7,
    }))
    assert.equal(ids.length, 7)
  })

  it('give once what moved on because something new came in between', async () => {
    const list = listOf(7)
    const { ids } = await read(({ limit, offset }) => {
      const items = list.slice(offset, offset + limit)
      if (offset === 0) list.unshift({ id: 'new' })
      return { items, total: list.length }
    })
    assert.deepEqual(ids, ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6'])
  })

  it('give once what comes again later', async () => {
    const pages = [['a', 'b', 'c'], ['d', 'e', 'f'], ['a', 'g', 'h'], ['i']]
    const { ids } = await read(({ offset }) => ({
      items: (pages[offset / 3] ?? []).map((id) => ({ id })),
      total: 10,
    }))
    assert.deepEqual(ids, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
  })

  it('keep records without an id, even where they are alike', async () => {
    const list = [{ value: 1 }, { value: 1 }, { value: 2 }, { value: 1 }]
    const { ids } = await read(({ limit, offset }) => ({
      items: list.slice(offset, offset + limit),
      total: 4,
    }))
    assert.deepEqual(ids, [1, 1, 2, 1])
  })

  it('do not go round in a circle', async () => {
    const circle = read(({ offset }) => ({ items: listOf(6).slice(offset % 6, (offset % 6) + 3) }))
    const error = await failing(circle, 'HG_RESPONSE')
    assert.match(error.message, /given before, after 6 records/)
    assert.deepEqual([error.cause.provider, error.cause.operation], ['humanapi', 'weights'])
  })

  it('do not go on for ever', async () => {
    let number = 0
    await failing(
      read(() => ({ items: [{ id: String(number++) }] }), 1),
      'HG_TOO_LARGE',
    )
    assert.equal(number, 10_000)
  })
})
