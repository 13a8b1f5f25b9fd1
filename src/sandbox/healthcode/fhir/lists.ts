import { randomUUID } from 'node:crypto'
import type { Misbehaviour } from '../../misbehaviour'
import { ShortLived } from '../../short-lived'
import { refuse } from './outcome'
import type { Resource } from './resource'

export type IsTo = (what: Misbehaviour['do']) => boolean

/** A result that is read page by page; it stays as it was when it was asked for. */
export interface Listing {
  type: 'searchset' | 'history'
  /** Whose resources these are: nobody else gets its pages. */
  owner: object
  /** The address that asked for it. */
  self: string
  count: number
  entries: readonly Entry[]
  /** What comes along with these entries. */
  more(entries: readonly Entry[]): readonly Entry[]
}

export interface Entry {
  fullUrl: string
  resource?: Resource
  search?: { mode: 'match' | 'include' }
  request?: { method: string; url: string }
  response?: { status: string; etag: string; lastModified: string }
}

const TEN_MINUTES = 600_000
const MOST_LISTINGS = 100

/** Lists as R4 has them: each page's link `next` leads to the following one, by an address that means nothing else. */
export class Listings {
  readonly #kept: ShortLived<Listing>

  constructor(now: () => number) {
    this.#kept = new ShortLived(TEN_MINUTES, now, MOST_LISTINGS)
  }

  firstPage(listing: Listing, base: string, isTo: IsTo): Resource {
    const id = randomUUID()
    const first = page(listing, id, 0, base, isTo)
    if (first.link.some(({ url }) => url.includes(id))) this.#kept.set(id, listing)
    return first
  }

  /** @throws FhirRefusal for a link that is older than ten minutes, or another site's */
  nextPage(id: string, offset: string, base: string, owner: object, isTo: IsTo): Resource {
    const listing = this.#kept.get(id)
    if (listing?.owner !== owner || !/^\d{1,9}$/.test(offset)) {
      throw refuse(410, 'not-found', 'This page is no longer kept. Begin the search again.')
    }
    return page(listing, id, Number(offset), base, isTo)
  }
}

function page(
  listing: Listing,
  id: string,
  offset: number,
  base: string,
  isTo: IsTo,
): Resource & { link: { relation: string; url: string }[] } {
  const { type, self, count, entries } = listing
  const start = isTo('repeatPage') ? 0 : offset
  const shown = isTo('emptyPage') ? [] : entries.slice(start, start + count)
  const entry = [...shown, ...listing.more(shown)]
  const pageLink = (from: number) => `${base}?_getpages=${id}&_getpagesoffset=${from}`
  const here = offset === 0 ? self : pageLink(offset)
  const end = isTo('nextForever') ? Infinity : entries.length
  const next = nextLink(offset + count < end && count > 0, here, pageLink(offset + count), isTo)
  return {
    resourceType: 'Bundle',
    id: randomUUID(),
    type,
    ...(isTo('noTotal') ? {} : { total: entries.length }),
    link: [
      { relation: 'self', url: here },
      ...(next === undefined ? [] : [{ relation: 'next', url: next }]),
      ...(offset > 0 ? [{ relation: 'previous', url: pageLink(Math.max(0, offset - count)) }] : []),
    ],
    ...(entry.length === 0 ? {} : { entry }),
  }
}

function nextLink(isMore: boolean, here: string, next: string, isTo: IsTo): string | undefined {
  if (isTo('nextToItself')) return here
  if (isTo('nextElsewhere')) return 'http://elsewhere.invalid/fhir?_getpages=1'
  return isMore ? next : undefined
}

/**
 * A list as Healthcode's own APIs give it: a collection whose tags tell the page, how many were asked for, and how many
 * there are in all; `total` is how many this page has, as in the published samples. Without pages, it has all and no tags.
 */
export function collection(
  all: readonly Entry[],
  paged: { page: number; count: number } | undefined,
  isTo: IsTo,
  more: (entries: readonly Entry[]) => readonly Entry[] = () => [],
): Resource {
  const { page, count } = paged ?? { page: 1, count: all.length }
  const start = isTo('repeatPage') ? 0 : (page - 1) * count
  const shown = isTo('emptyPage') ? [] : all.slice(start, start + count)
  const entry = [...shown, ...more(shown)].map(({ fullUrl, resource }) => ({ fullUrl, resource }))
  const tag = [
    { code: 'page', display: String(page) },
    { code: 'count', display: String(count) },
    { code: 'maxRecords', display: String(all.length) },
  ]
  const isUncounted = isTo('noTotal')
  return {
    resourceType: 'Bundle',
    id: randomUUID(),
    ...(paged ? { meta: { tag: isUncounted ? tag.slice(0, 2) : tag } } : {}),
    type: 'collection',
    ...(isUncounted ? {} : { total: shown.length }),
    ...(entry.length === 0 ? {} : { entry }),
  }
}
