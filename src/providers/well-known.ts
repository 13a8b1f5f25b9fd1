import { toGatewayError } from '../errors'
import { errorForStatus, type RequestFacts } from '../http/status'
import type { Http, HttpResponse } from '../http/types'
import { objectIn, type JsonObject } from './json-answer'

/** Good answers by their addresses: they outlive what asked for them, as where an account is opened anew. */
export type LastGood = Map<string, { body: Buffer; from: string }>

export interface WellKnownOptions<T> {
  url: string
  http: Http
  /** `what` as it reads in "… did not give <what>". */
  facts: RequestFacts
  /** Checks and reads the document; what it throws counts as if there were none. */
  read: (document: JsonObject, from: string) => T
  /** Throws for an address that the document must not be taken from. Without it, no redirect is followed. */
  check?: (address: string) => void
  /** Of the same account: what serves where there is no copy yet, and the address is down. */
  lastGood?: LastGood
  /** Milliseconds; never back. Default: by the process's steady clock. */
  now?: () => number
}

/** How long it may take; a refresh holds up those who wait for it. */
const FIRST_TIMEOUT_MS = 10_000
const LATER_TIMEOUT_MS = 5_000

const LARGEST = 1024 * 1024
const REDIRECTS = 3

/** How long a copy serves where the answer does not say. */
const UNSAID_AGE_MS = 3_600_000
/** Neither once a message, nor once a year, whatever the answer says. */
const SHORTEST_AGE_MS = 1_000
const LONGEST_AGE_MS = 86_400_000

/** How long a request for a newer one may hold up those whom the last good copy can serve. */
const PATIENCE_MS = 1_000

/** After a failure the last good copy serves for this time without another try. */
const PAUSE_MS = 30_000

/** Refreshes that brought nothing new are not repeated sooner. */
const FUTILE_MS = 1_000

interface Flight<T> {
  loaded: Promise<T>
  /** Resolves when it has taken so long that the last good copy is to serve. */
  slow: Promise<void>
}

interface Copy<T> {
  value: T
  body: Buffer
  etag?: string
  freshUntil: number
}

/**
 * A JSON document at a well-known address. It is kept as long as Cache-Control says (max-age; an hour where it says
 * nothing), then asked for again with its ETag; while that fails, or takes more than a second, the last good copy serves.
 */
export class WellKnown<T> {
  readonly #options: WellKnownOptions<T>
  readonly #now: () => number
  #copy: Copy<T> | undefined
  #flight: Flight<T> | undefined
  #futileUntil = -Infinity

  constructor(options: WellKnownOptions<T>) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  /** Rejects, where there is no copy of any time, as `Http`, `errorForStatus` and `read` do. */
  async get(): Promise<T> {
    const copy = this.#copy
    if (copy && this.#now() < copy.freshUntil) return copy.value
    const { loaded, slow } = this.#fly()
    if (!copy) return loaded
    // A failure is about the passing state of a server, so it does not end what works.
    const orCopy = loaded.catch(() => copy.value)
    return Promise.race([orCopy, slow.then(() => this.#copy?.value ?? copy.value)])
  }

  /**
   * Asks again at once, since something in the copy `seen` did not hold.
   * @param certain false where the reason may be another one: then not sooner than a second after it brought nothing, or
   *   half a minute after it failed
   * @returns the document, if it is another one than `seen`
   */
  async refresh(seen: T, certain = true): Promise<T | undefined> {
    if (this.#copy && this.#copy.value !== seen) return this.#copy.value
    if (!certain && this.#now() < this.#futileUntil) return undefined
    let pauseMs = FUTILE_MS
    const value = await this.#fly().loaded.catch(() => {
      pauseMs = PAUSE_MS
      return seen
    })
    if (value !== seen) return value
    this.#futileUntil = this.#now() + pauseMs
    return undefined
  }

  #fly(): Flight<T> {
    if (this.#flight) return this.#flight
    let timer: NodeJS.Timeout | undefined
    const slow = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))
    const loaded = this.#load()
      .catch((thrown: unknown) => {
        const isFirst = this.#copy === undefined
        this.#copy ??= this.#earlier()
        if (this.#copy) this.#copy.freshUntil = Math.max(this.#copy.freshUntil, this.#now() + PAUSE_MS)
        if (isFirst && this.#copy) return this.#copy.value
        throw toGatewayError(thrown)
      })
      .finally(() => {
        clearTimeout(timer)
        this.#flight = undefined
      })
    // It may be that nobody waits for it any more.
    loaded.catch(() => undefined)
    this.#flight = { loaded, slow }
    return this.#flight
  }

  async #load(): Promise<T> {
    const { url, http, facts, read, check } = this.#options
    const known = this.#copy
    const askedAt = this.#now()
    const response = await http.request({
      method: 'GET',
      url,
      headers: { accept: 'application/json', ...(known?.etag ? { 'if-none-match': known.etag } : {}) },
      timeoutMs: known ? LATER_TIMEOUT_MS : FIRST_TIMEOUT_MS,
      maxResponseBytes: LARGEST,
      ...(check ? { redirects: REDIRECTS, checkRedirect: check } : {}),
    })
    if (response.statusCode === 304 && known) {
      this.#copy = { ...known, freshUntil: askedAt + ageMs(response) }
      return known.value
    }
    if (response.statusCode !== 200) throw errorForStatus(response, facts)
    const { body, headers } = response
    const value = known?.body.equals(body) ? known.value : read(objectIn(response, facts), response.url)
    const { etag } = headers
    this.#copy = { value, body, ...(etag ? { etag } : {}), freshUntil: askedAt + ageMs(response) }
    this.#options.lastGood?.set(url, { body, from: response.url })
    return value
  }

  /** Read anew, since what is allowed may be less by now. */
  #earlier(): Copy<T> | undefined {
    const { url, read, lastGood } = this.#options
    const kept = lastGood?.get(url)
    if (!kept) return undefined
    try {
      const value = read(JSON.parse(kept.body.toString()) as JsonObject, kept.from)
      return { value, body: kept.body, freshUntil: -Infinity }
    } catch {
      return undefined
    }
  }
}

/** How long an answer may be kept, by RFC 9111: what of max-age is left after Age. */
function ageMs({ headers }: HttpResponse): number {
  const control = headers['cache-control'] ?? ''
  if (/(?:^|[\s,])no-(?:cache|store)(?:$|[\s,=])/i.test(control)) return SHORTEST_AGE_MS
  const said = /(?:^|[\s,])max-age="?(\d+)/i.exec(control)?.[1]
  if (said === undefined) return UNSAID_AGE_MS
  const age = /^\d+$/.test(headers.age ?? '') ? Number(headers.age) : 0
  return Math.min(Math.max((Number(said) - age) * 1000, SHORTEST_AGE_MS), LONGEST_AGE_MS)
}
