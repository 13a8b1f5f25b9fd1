import { GatewayError, toGatewayError } from '../errors'
import { Stop } from '../http/stop'
import type { HttpResponse } from '../http/types'
import { forwardClock } from './clock'
import { endOf, LAST_USE_MS, renewalOf, type TimedToken } from './lifetime'

/** Where the tokens of one key come from. */
export interface TokenSource<T extends TimedToken> {
  /** One that was kept from an earlier time, if any. Asked before `obtain`, and left aside if it is due or was refused. */
  recall?(): Promise<T | undefined>
  /**
   * Asks the provider for a new one. It goes on where those who wait for it give up.
   * @param counts false once the key was forgotten: the token is for those who wait, and not to be kept
   */
  obtain(counts: () => boolean): Promise<T>
}

export interface TokenCacheOptions {
  /** Milliseconds since 1970. Default: `forwardClock`. */
  now?: () => number
  /** 0 to 1. Default: Math.random. */
  chance?: () => number
}

interface Entry<T> {
  value: T
  renewAt: number
}

/** An asking that is under way. */
interface Flight<T> {
  renewed: Promise<T>
  /** When it takes longer than who has a good token should wait. */
  slow: Promise<void>
  /** It counts until its key is forgotten. */
  mark: { counts: boolean }
}

interface Held {
  error: GatewayError
  until: number
}

/** Keys beyond this many drop out, oldest token first; theirs are recalled or obtained anew. */
const MOST_KEYS = 10_000

/** How long a renewal may hold up those who could go on with the token that is there. */
const PATIENCE_MS = 1_000

/** How long after a failed renewal, or one that did not help, there is no other one. */
const PAUSE_MS = 10_000

/** No longer is an asking refused on account of an earlier answer, whatever wait that named. */
const LONGEST_PAUSE_MS = 300_000

/**
 * The tokens of one account, by keys of its own making (the user and the kind of token; never a secret): kept, asked
 * for once however many want them, renewed before they end.
 *
 * While a token is valid, a renewal that fails for a passing reason is no failure, and one that takes longer than a second
 * is not waited for: the old one is given until shortly before its end. A refusal of the credentials, and a wait that the
 * provider asks for, are about the account: they hold for a while and for all keys, so that a wrong secret is not sent
 * once per message or per user.
 */
export class TokenCache<T extends TimedToken> {
  readonly now: () => number
  readonly #chance: () => number
  readonly #entries = new Map<string, Entry<T>>()
  readonly #refused = new Map<string, string>()
  /** Tokens that were new and were refused all the same, and until when there is no other one of the key. */
  readonly #inVain = new Map<string, { token: string; until: number }>()
  readonly #flights = new Map<string, Flight<T>>()
  #held: Held | undefined

  constructor({ now = forwardClock(), chance = Math.random }: TokenCacheOptions = {}) {
    this.now = now
    this.#chance = chance
  }

  /** A token that is not due. Rejects as the source does, and with HG_CLOSED when `signal` ends the waiting. */
  async get(key: string, source: TokenSource<T>, signal?: AbortSignal): Promise<T> {
    const current = this.#current(key)
    if (current) return current
    if (signal?.aborted) throw givenUp()
    const flight = this.#flights.get(key) ?? this.#start(key, source)
    const entry = this.#entries.get(key)
    const isGood = entry !== undefined && this.now() < endOf(entry.value) - LAST_USE_MS
    if (!isGood) return waitFor(flight.renewed, signal)
    return waitFor(Promise.race([flight.renewed, flight.slow.then(() => this.#orElse(key, flight))]), signal)
  }

  #start(key: string, source: TokenSource<T>): Flight<T> {
    let timer: NodeJS.Timeout | undefined
    const slow = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))
    const mark = { counts: true }
    const renewed = this.#renew(key, source, mark).finally(() => {
      clearTimeout(timer)
      if (this.#flights.get(key)?.mark === mark) this.#flights.delete(key)
    })
    // It may be that nobody waits for it any more.
    renewed.catch(() => undefined)
    const flight = { renewed, slow, mark }
    this.#flights.set(key, flight)
    return flight
  }

  /** The token that is there still, unless it was refused meanwhile. */
  #orElse(key: string, { renewed }: Flight<T>): T | Promise<T> {
    return this.#entries.get(key)?.value ?? renewed
  }

  /**
   * Forgets a token that was refused, and does not recall it; one that came in the meantime stays. True if it was the
   * one in use.
   */
  drop(key: string, token: string): boolean {
    const used = this.#entries.get(key)?.value.token
    if (used === undefined ? this.#refused.has(key) : used !== token) return false
    this.#entries.delete(key)
    put(this.#refused, key, token)
    return used !== undefined
  }

  /** Forgets all of a key: the next `get` recalls or obtains. What is on its way is given to who waits, and not kept. */
  forget(key: string): void {
    for (const map of [this.#entries, this.#refused, this.#inVain]) map.delete(key)
    const flight = this.#flights.get(key)
    if (flight) flight.mark.counts = false
    this.#flights.delete(key)
  }

  /**
   * Sends a request with a token. Where the answer is 401, once more with a new one: the second answer stands, whatever
   * it is. Where that is 401 too, no other token is asked for on that account for a while: the first answer stands.
   */
  async use(
    key: string,
    source: TokenSource<T>,
    send: (token: T) => Promise<HttpResponse>,
    signal?: AbortSignal,
  ): Promise<HttpResponse> {
    const token = this.#current(key) ?? (await this.get(key, source, signal))
    const response = await send(token)
    if (response.statusCode !== 401) return response
    const vain = this.#inVain.get(key)
    if (vain?.token === token.token && this.now() < vain.until) return response
    this.drop(key, token.token)
    const renewed = await this.get(key, source, signal)
    const again = await send(renewed)
    if (again.statusCode === 401) {
      put(this.#inVain, key, { token: renewed.token, until: this.now() + PAUSE_MS })
    }
    return { ...again, attempts: response.attempts + again.attempts }
  }

  /** The token of a key that is not due. */
  #current(key: string): T | undefined {
    const entry = this.#entries.get(key)
    return entry && this.now() < entry.renewAt ? entry.value : undefined
  }

  async #renew(key: string, source: TokenSource<T>, mark: Flight<T>['mark']): Promise<T> {
    try {
      const value = (await this.#recall(key, source, mark)) ?? (await this.#obtain(source, () => mark.counts))
      if (mark.counts) this.#keep(key, value)
      return value
    } catch (thrown) {
      const error = toGatewayError(thrown)
      const old = this.#entries.get(key)
      if (old && error.cause.retryable && this.now() < endOf(old.value) - LAST_USE_MS) {
        const next = this.now() + Math.max(pauseAfter(error), PAUSE_MS)
        old.renewAt = Math.min(next, endOf(old.value) - LAST_USE_MS)
        return old.value
      }
      throw error
    }
  }

  async #obtain(source: TokenSource<T>, counts: () => boolean): Promise<T> {
    // Whose asking it was that failed is no concern of the others.
    if (this.#held && this.now() < this.#held.until) throw withoutUser(this.#held.error)
    try {
      return await source.obtain(counts)
    } catch (thrown) {
      const error = toGatewayError(thrown)
      const until = this.now() + pauseAfter(error)
      if (until > Math.max(this.now(), this.#held?.until ?? 0)) this.#held = { error, until }
      throw error
    }
  }

  /** Another process may have renewed what both keep in one store. */
  async #recall(key: string, source: TokenSource<T>, mark: Flight<T>['mark']): Promise<T | undefined> {
    const value = await source.recall?.()
    if (!value || value.token === this.#refused.get(key)) return undefined
    // By a clock that was wrong then, or is wrong now.
    if (value.askedAt > this.now()) return undefined
    if (this.now() < renewalOf(value, 0)) return value
    if (mark.counts && !this.#entries.has(key)) put(this.#entries, key, { value, renewAt: 0 })
    return undefined
  }

  #keep(key: string, value: T): void {
    this.#refused.delete(key)
    put(this.#entries, key, { value, renewAt: renewalOf(value, this.#chance()) })
  }
}

function withoutUser({ code, message, cause }: GatewayError): GatewayError {
  const { user, ...facts } = cause
  return new GatewayError(code, message, facts)
}

function pauseAfter({ code, cause: { detail } }: GatewayError): number {
  const { retryAfterMs } = (detail ?? {}) as { retryAfterMs?: unknown }
  const asked = typeof retryAfterMs === 'number' ? retryAfterMs : 0
  return Math.min(Math.max(asked, code === 'HG_AUTH' ? PAUSE_MS : 0), LONGEST_PAUSE_MS)
}

/** As the newest; the oldest goes where there are too many. */
function put<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= MOST_KEYS) break
    map.delete(oldest)
  }
}

async function waitFor<T>(flight: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return flight
  const stop = new Stop(Infinity, signal)
  try {
    return await stop.until(() => flight, givenUp)
  } finally {
    stop.end()
  }
}

function givenUp(): GatewayError {
  return new GatewayError(
    'HG_CLOSED',
    'The waiting for a token was given up, because the node that wanted it was closed.',
    { retryable: true },
  )
}
