import type { HttpResponse } from '../../src/http/types'
import type { JsonObject } from '../../src/providers/json-answer'
import type { Page } from '../../src/providers/paging'
import { choice, type ActionConfig } from './choice'
import { isEmpty, type Input } from './inputs'
import { answer } from './messages'
import type { Outcome, Part } from './runner'
import { finished } from './status'

/** How many records at a time; without one, what the provider finds right. Checked where it is used. */
export const limit: Input<number | undefined> = {
  value: '',
  type: 'num',
  read(value) {
    if (isEmpty(value)) return undefined
    return typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN
  },
}

/** A list that is read. */
export interface Reading {
  pages: AsyncIterable<Page<JsonObject>>
  /** How many records a full page has. */
  pageSize: number
  /** What the flow gets of records. Default: the array of them. */
  present?: (records: JsonObject[]) => Part
  /** Called when there is a first page: what it was read with has served. */
  used: () => Promise<void>
}

/** Reads a list as the node's `output` says: one result, or a message for each page. HG_CONFIG for an unknown choice. */
export function readList(config: ActionConfig, reading: Reading): Promise<Outcome> {
  const output = choice(config, 'output', ['array', 'sequence', 'onRequest'])
  return output === 'array' ? atOnce(reading) : Promise.resolve(inParts(reading, output === 'onRequest'))
}

const asTheyAre = (payload: JsonObject[]): Part => ({ payload })

async function atOnce({ pages, present = asTheyAre, used }: Reading): Promise<Outcome> {
  const records: JsonObject[] = []
  let last: HttpResponse | undefined
  let attempts = 0
  for await (const { items, response } of pages) {
    for (const item of items) records.push(item)
    last = response
    attempts += response.attempts
  }
  await used()
  return {
    ...(last ? answer(last) : {}),
    attempts,
    ...present(records),
    status: finished(String(records.length)),
  }
}

function inParts({ pages, pageSize, present = asTheyAre, used }: Reading, onRequest: boolean): Outcome {
  const empty = present([])
  async function* parts(): AsyncGenerator<Part> {
    let number = 0
    for await (const { items, response } of pages) {
      if (number++ === 0) await used()
      yield { ...answer(response), ...present(items) }
    }
  }
  return {
    payload: undefined,
    sequence: {
      parts: parts(),
      empty,
      // A `join` node puts arrays together where `len` is more than 1, and anything else into an array.
      len: Array.isArray(empty.payload) ? Math.max(2, pageSize) : 1,
      onRequest,
    },
  }
}
