import { createHash } from 'node:crypto'
import { GatewayError, toGatewayError } from '../../errors'
import { causeOf } from '../../http/status'
import type { HttpResponse } from '../../http/types'
import { isObject, type JsonObject } from '../json-answer'
import { samePlace } from './address'
import { bundleOf } from './answer'
import { type FhirFacts, inSentence, subjectOf } from './operation-outcome'
import { encoded, type Pairs } from './query'
import type { FhirRequest } from './service'

export interface FhirPage {
  bundle: JsonObject
  /** Of the Bundle; without those of a page that came before, entry for entry. */
  entries: JsonObject[]
  /** How many there are in all, where the answer says so. */
  total?: number
  response: HttpResponse
}

export interface Paging {
  facts: FhirFacts
  send: (request: FhirRequest) => Promise<HttpResponse>
  /** As the service's. */
  isAnotherName: (url: URL) => boolean
  /** Of the first page. */
  request: FhirRequest
  /** Of the search; in the request they are in its query or its form. */
  pairs: Pairs
  /**
   * Lists without links have further pages by `page` and `count`, where the answer has tags of them or the request asked
   * for them. Source: Healthcode, "List operations".
   */
  byNumber: boolean
  /** The first page alone, if false. */
  all: boolean
  /** Default 10,000. */
  mostPages?: number
}

const MOST_PAGES = 10_000

const NARROW = 'Ask for a part of it, by dates or other criteria.'
const TELL = 'Tell those who run the server, or ask for a part of it, by dates or other criteria.'

/** A server may leave out of a page what the caller must not see, and a list may move while it is read. */
const MOST_WITHOUT_NEWS = 10

/**
 * The pages of a list, one after the other and one at a time. They follow `Bundle.link` with the relation next, as far
 * as it stays at the same origin; where a list has no links, the number of the page. HG_RESPONSE for a link that leads
 * elsewhere, or to a page that was there before, or that cannot be understood; for entries that are no objects; after ten
 * pages in a row without anything new; and where the last page comes before the number of matches is reached, by number.
 * HG_TOO_LARGE after `mostPages`. Where FHIR has a list, an object in its place is taken for a list of one.
 */
export async function* pagesOf(paging: Paging): AsyncGenerator<FhirPage, void, undefined> {
  const { facts, send, mostPages = MOST_PAGES } = paging
  const course = new Course(paging)
  for (let number = 1; course.request; number++) {
    if (number > mostPages) throw tooManyPages(facts, mostPages)
    // No variable here holds on to a page while the next one is on its way.
    yield course.take(await send(course.request))
    course.goOn()
  }
}

/** How far a list has been read. */
class Course {
  /** Of the next page; none after the last. */
  request: FhirRequest | undefined
  private readonly links = new Set<string>()
  private readonly pages = new Set<string>()
  private withoutNews = 0
  private matches = 0
  /** Why it is not known how the list goes on after the page that was given last. */
  private fault: GatewayError | undefined
  /** How many entries that page had, without those that tell of the search. */
  private held = 0
  /** How many of these match what is looked for. */
  private matching = 0
  /** By the number of the page. */
  private number: number
  private count: number | undefined
  /** What the request asked for. */
  private readonly asked: { page?: number; count?: number }

  constructor(private readonly paging: Paging) {
    const given = (name: string) => numberIn(paging.pairs.find(([one]) => one === name)?.[1])
    this.request = paging.request
    this.asked = { page: given('page'), count: given('count') }
    this.number = Math.max(this.asked.page ?? 1, 1)
    this.matches = (this.number - 1) * (this.asked.count ?? 0)
  }

  take(response: HttpResponse): FhirPage {
    const page = this.read(response)
    this.request = undefined
    try {
      if (this.paging.all) this.request = this.after(page)
    } catch (error) {
      this.fault = toGatewayError(error)
    }
    return page
  }

  /** To be called once the page was given: it was read, even where it does not say how the list goes on. */
  goOn(): void {
    if (this.fault) throw this.fault
  }

  private read(response: HttpResponse): FhirPage {
    const bundle = bundleOf(response, this.paging.facts)
    const given = this.entriesOf(bundle, response)
    this.held = given.filter((entry) => modeOf(entry) !== 'outcome').length
    this.matching = given.filter((entry) => (modeOf(entry) ?? 'match') === 'match').length
    // Of all that is in them: two versions may have one time, and what was included on one page may match on the next.
    const mark = given.length === 0 ? '' : digest(JSON.stringify(given))
    const isNew = mark !== '' && !this.pages.has(mark)
    this.pages.add(mark)
    this.withoutNews = isNew ? 0 : this.withoutNews + 1
    if (this.withoutNews > MOST_WITHOUT_NEWS) {
      throw this.broken(`has had ${MOST_WITHOUT_NEWS} pages in a row without anything new`, response)
    }
    const byLinks = this.isByLinks(bundle)
    const total = byLinks ? numberOf(bundle.total) : maximumOf(bundle)
    // Pages at different addresses that are alike may be different entries, if these have no names.
    const isKept = isNew || (byLinks && given.some((entry) => !isNamed(entry)))
    return { bundle, entries: isKept ? given : [], ...(total === undefined ? {} : { total }), response }
  }

  private after(page: FhirPage): FhirRequest | undefined {
    const { bundle, response } = page
    const link = this.nextIn(bundle, response)
    if (link !== undefined) return this.follow(link, response)
    // `Bundle.total` is not compared then: it may be an estimate, and count what the caller must not see.
    return this.isNumbered(bundle) ? this.numbered(page) : undefined
  }

  private entriesOf({ entry }: JsonObject, response: HttpResponse): JsonObject[] {
    const entries = listOf(entry)
    if (entries.every(isObject)) return entries
    throw this.broken('has entries that are none', response, { advice: TELL })
  }

  /** A link that may be the one to the next page, and cannot be followed, is not the end of a list. */
  private nextIn({ link }: JsonObject, response: HttpResponse): string | undefined {
    const links = listOf(link).filter((one) => one !== null)
    if (!links.every(hasRelation)) {
      throw this.broken('has a link of which it is not known what it is for', response, { advice: TELL })
    }
    const next = links.filter(({ relation }) => relation.trim().toLowerCase() === 'next')
    const [url, ...others] = new Set(next.map((one) => one.url))
    if (next.length === 0) return undefined
    if (others.length > 0) throw this.broken('goes on at two places', response, { advice: TELL })
    if (typeof url === 'string' && url.trim() !== '') return url
    throw this.broken('goes on, and its link does not say where', response, { advice: TELL })
  }

  /** Links without one to the next page are those of the last page, unless a tag says how many entries there are in all. */
  private isByLinks(bundle: JsonObject): boolean {
    if (!this.paging.byNumber || this.links.size > 0) return true
    return listOf(bundle.link).length > 0 && maximumOf(bundle) === undefined
  }

  private isNumbered(bundle: JsonObject): boolean {
    if (this.isByLinks(bundle)) return false
    const { page, count } = this.asked
    return page !== undefined || count !== undefined || isTagged(bundle)
  }

  private follow(link: string, response: HttpResponse): FhirRequest {
    const { facts, request, pairs } = this.paging
    let target: URL
    try {
      target = samePlace(link, response.url, subjectOf(facts.provider), this.paging.isAnotherName)
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      throw error.with(causeOf(response, facts))
    }
    const { href } = target
    if (this.links.size === 0) this.links.add(digest(response.url))
    if (this.links.has(digest(href)))
      throw this.broken('leads back to a page that was there before', response)
    this.links.add(digest(href))
    const { path, query, body: form, idempotent, ...same } = request
    // A posted search whose links lead to where it was posted wants the criteria again.
    if (request.method === 'POST' && target.pathname.endsWith('/_search')) {
      const body = encoded(pairs.filter(([name]) => !target.searchParams.has(name)))
      return { ...same, url: href, from: response.url, body, idempotent: true }
    }
    const { 'content-type': type, ...headers } = request.headers ?? {}
    return { ...same, url: href, from: response.url, method: 'GET', headers }
  }

  private numbered({ bundle, entries, response }: FhirPage): FhirRequest | undefined {
    const { request, pairs } = this.paging
    const { held, matching } = this
    const total = maximumOf(bundle)
    const includes = pairs.some(([name]) => /^_(?:rev)?include/.test(name))
    if (held === 0) {
      if (total === undefined || this.matches >= total || includes) return undefined
      throw this.broken(`came to an end after ${this.matches} of ${total} entries`, response, {
        retryable: true,
      })
    }
    // An API that does not look at the number of a page gives all there is each time.
    if (entries.length === 0 && !isTagged(bundle) && held !== this.asked.count) return undefined
    // `total` is what this page has (published samples), or the number of all (FHIR); what was included is no match.
    if (entries.length > 0) this.matches += Math.min(numberOf(bundle.total) ?? matching, matching)
    this.count = tagged(bundle, 'count') ?? this.count
    if (!includes && total !== undefined && this.matches >= total) return undefined
    // Without a word of the server on its own limit, a page with less than was asked for need not be the last.
    if (total === undefined && this.count !== undefined && held < this.count) return undefined
    this.number++
    const query: Pairs = [...pairs.filter(([name]) => name !== 'page'), ['page', String(this.number)]]
    return request.method === 'POST' ? { ...request, body: encoded(query) } : { ...request, query }
  }

  private broken(
    what: string,
    response: HttpResponse,
    { retryable = false, advice = NARROW }: { retryable?: boolean; advice?: string } = {},
  ): GatewayError {
    const { facts } = this.paging
    const sentence = `The list of ${inSentence(facts.provider)} ${what}, so it cannot be read to its end. ${advice}`
    return new GatewayError('HG_RESPONSE', sentence, causeOf(response, facts, { retryable }))
  }
}

function tooManyPages({ provider, operation }: FhirFacts, most: number): GatewayError {
  const sentence = `The list of ${inSentence(provider)} has more than ${most} pages. Ask for a part of it, by dates or other criteria, or for more entries at a time.`
  return new GatewayError('HG_TOO_LARGE', sentence, { provider, operation })
}

/** Some servers write a list of one as that one alone. */
function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

function hasRelation(link: unknown): link is JsonObject & { relation: string } {
  return isObject(link) && typeof link.relation === 'string'
}

/** How many match in all: the tag `maxRecords`, on some pages `maxCount`. */
function maximumOf(bundle: JsonObject): number | undefined {
  return tagged(bundle, 'maxRecords') ?? tagged(bundle, 'maxCount')
}

function tagged(bundle: JsonObject, code: string): number | undefined {
  return numberIn(tagsOf(bundle).find((tag) => tag.code === code)?.display)
}

function isTagged(bundle: JsonObject): boolean {
  return tagsOf(bundle).some(({ code }) => /^(?:page|count|maxRecords|maxCount)$/.test(String(code)))
}

function tagsOf({ meta }: JsonObject): JsonObject[] {
  return isObject(meta) && Array.isArray(meta.tag) ? (meta.tag as unknown[]).filter(isObject) : []
}

function numberIn(text: unknown): number | undefined {
  return /^\s*\d+\s*$/.test(String(text)) ? numberOf(Number(text)) : undefined
}

function numberOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

function isNamed({ fullUrl, resource }: JsonObject): boolean {
  return fullUrl !== undefined || (isObject(resource) && resource.id !== undefined)
}

/** Why an entry is there. Source: hl7.org/fhir/R4/valueset-search-entry-mode.html */
function modeOf({ search }: JsonObject): unknown {
  return isObject(search) ? search.mode : undefined
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
