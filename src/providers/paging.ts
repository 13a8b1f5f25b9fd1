import { createHash } from 'node:crypto'
import { GatewayError } from '../errors'
import { causeOf } from '../http/status'
import type { HttpResponse } from '../http/types'
import type { PersonFacts } from './json-answer'

/** One page of a list. */
export interface Page<T> {
  items: T[]
  /** How many the whole list has, where the answer says so. */
  total?: number
  response: HttpResponse
}

export interface Paging<T> {
  facts: PersonFacts
  /** Where to begin. Default 0. */
  offset?: number
  /** How many are asked for at a time. */
  limit: number
  fetch: (page: { limit: number; offset: number }) => Promise<Page<T>>
  /** What tells an item from all others, where it has that. */
  idOf: (item: T) => unknown
}

/** Five million records at 500 a page. */
const MOST_PAGES = 10_000

/** How many items back one is known again. */
const KNOWN_ITEMS = 100_000

/**
 * The pages of a list, one or more, one after the other, until the total is reached, or where there is none, until a page is empty.
 * A total that is the number of items of a full page may be the page's own, and one more is asked for. An item that
 * moved on to a later page because newer ones came in meanwhile is given once. A list that could go on
 * for ever does not: HG_RESPONSE for a page that came before, for one that is empty before the total is reached, and
 * after 10,000 pages.
 */
export async function* pagesOf<T>(paging: Paging<T>): AsyncGenerator<Page<T>, void, undefined> {
  const { facts, limit, fetch, idOf } = paging
  const seen = new Set<string>()
  let offset = paging.offset ?? 0
  const before = new Set<unknown>()
  for (let number = 0; number < MOST_PAGES; number++) {
    const page = await fetch({ limit, offset })
    const { items, total, response } = page
    if (items.length === 0) {
      if (total === undefined || offset >= total) {
        if (number === 0) yield page
        return
      }
      throw cannotGoOn(`came back empty after ${offset} of ${total} records`, response, facts)
    }
    const mark = markOf(items, idOf)
    if (seen.has(mark)) {
      // A service that knows no offset gives its only page again, which is not full where no total tells of it.
      if (total === undefined ? items.length < limit : offset >= total) return
      throw cannotGoOn(`gave a page that it had given before, after ${offset} records`, response, facts)
    }
    seen.add(mark)
    const fresh = items.filter((item) => idOf(item) === undefined || !before.has(idOf(item)))
    for (const item of fresh) before.add(idOf(item))
    for (const oldest of before) {
      if (before.size <= KNOWN_ITEMS) break
      before.delete(oldest)
    }
    offset += items.length
    yield { ...page, items: fresh }
    const isOfPage = items.length === limit && total === items.length
    if (total !== undefined && offset >= total && !isOfPage) return
  }
  throw new GatewayError(
    'HG_TOO_LARGE',
    `${subjectOf(facts)} has more than ${MOST_PAGES} pages of this list. Ask for a part of it, by dates.`,
    named(facts),
  )
}

function cannotGoOn(what: string, response: HttpResponse, facts: PersonFacts): GatewayError {
  return new GatewayError(
    'HG_RESPONSE',
    `The list of ${subjectOf(facts)} ${what}, so it is not complete. Try again later, or ask for a part of it, by dates.`,
    { ...causeOf(response, facts, { retryable: true }), ...named(facts) },
  )
}

function subjectOf({ name, provider }: PersonFacts): string {
  return name ?? provider ?? 'the provider'
}

function named({
  provider,
  operation,
  user,
}: PersonFacts): Pick<PersonFacts, 'provider' | 'operation' | 'user'> {
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(operation === undefined ? {} : { operation }),
    ...(user === undefined ? {} : { user }),
  }
}

/** The same for the same items in the same order. */
function markOf<T>(items: T[], idOf: (item: T) => unknown): string {
  const ids = items.map(idOf)
  const content = ids.every((id) => id !== undefined) ? ids : items
  return createHash('sha256').update(JSON.stringify(content)).digest('base64')
}
