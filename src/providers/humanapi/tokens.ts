import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import { TokenCache, type TokenCacheOptions, type TokenSource } from '../../oauth2/token-cache'
import type { HumanApiAccess, HumanApiClient, HumanApiGrant, HumanApiTokenType } from './client'
import {
  humanApiTokenTypes,
  readState,
  withGrant,
  writeState,
  type HumanApiState,
  type StoredTokens,
} from './state'

/** Where the tokens of people are kept, encrypted; by the integrator's own ids of them. */
export interface TokenMemory {
  read(user: string): Promise<StoredTokens | undefined>
  /** All there is of the user, who may be new; what was there before is replaced. */
  write(user: string, tokens: Record<string, string>): Promise<void>
  /** The same for a user who is there already; nothing is kept of anybody else. */
  update(user: string, tokens: Record<string, string>): Promise<void>
}

export interface HumanApiUser {
  /** The integrator's own id: `client_user_id`. */
  user: string
  /** `client_user_email`: needed for a session only. */
  email?: string
}

export interface HumanApiToken {
  type: HumanApiTokenType
  token: string
  /** The vendor's own id of the person, where it is known. */
  humanId?: string
  /** Milliseconds since 1970, where the vendor says when. */
  expiresAt?: number
}

/** All tokens of an account: asked for once, renewed in time, and written down. */
export class HumanApiTokens {
  readonly client: HumanApiClient
  readonly cache: TokenCache<HumanApiGrant>
  /** The last change of a user's state: the next one waits for it, so that none is lost. */
  readonly #changes = new Map<string, Promise<unknown>>()

  constructor(client: HumanApiClient, options?: TokenCacheOptions) {
    this.client = client
    this.cache = new TokenCache(options)
  }

  of(person: HumanApiUser, memory: TokenMemory): HumanApiPerson {
    return new HumanApiPerson(this, person, memory)
  }

  /** Lets go of all tokens of a user. What is stored is the memory's. */
  forget(user: string): void {
    for (const type of humanApiTokenTypes) this.cache.forget(keyOf(type, user))
  }

  /**
   * Changes what is stored of a user. Changes of one user never overlap.
   * @param how whether the user may be new
   * @param change gives the same state where there is nothing to change
   */
  async change(
    user: string,
    memory: TokenMemory,
    how: 'write' | 'update',
    change: (state: HumanApiState) => HumanApiState,
  ): Promise<void> {
    const before = this.#changes.get(user)
    const work = async () => {
      await before?.catch(() => undefined)
      const stored = await memory.read(user)
      if (how === 'update' && stored === undefined) return
      const state = readState(stored)
      const changed = change(state)
      if (changed !== state) await memory[how](user, writeState(changed, stored))
    }
    const mine = work()
    this.#changes.set(user, mine)
    try {
      await mine
    } finally {
      if (this.#changes.get(user) === mine) this.#changes.delete(user)
    }
  }
}

/** The tokens of one person. */
export class HumanApiPerson {
  readonly user: string
  readonly #tokens: HumanApiTokens
  readonly #email: string | undefined
  readonly #memory: TokenMemory

  constructor(tokens: HumanApiTokens, { user, email }: HumanApiUser, memory: TokenMemory) {
    this.user = user
    this.#tokens = tokens
    this.#email = email
    this.#memory = memory
  }

  async state(): Promise<HumanApiState> {
    return readState(await this.#memory.read(this.user))
  }

  /**
   * A token that is good for a while. `session` is HG_FORBIDDEN once a source was connected, `id` and `access` are
   * HG_NOT_CONNECTED before. `auto` opens Connect in either case: a session for a new person; where that is refused,
   * since a source is connected, an id token; HG_FORBIDDEN where both are. What is found is remembered for the next time,
   * of a user who has had a token before.
   */
  async token(type: HumanApiTokenType | 'auto', signal?: AbortSignal): Promise<HumanApiToken> {
    const grant =
      type === 'auto' ? await this.#auto(signal) : await this.#noting(type, this.#grant(type, signal))
    const { token, expiresAt, humanId = (await this.state()).humanId } = grant
    return {
      type: grant.type,
      token,
      ...(humanId === undefined ? {} : { humanId }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }
  }

  /** For reading the person's data. A 401 renews the access token once. */
  access(signal?: AbortSignal): HumanApiAccess {
    const { user } = this
    return {
      user,
      send: (request: (accessToken: string) => Promise<HttpResponse>) =>
        this.#noting(
          'access',
          this.#tokens.cache.use(
            this.#key('access'),
            this.#source('access'),
            ({ token }) => request(token),
            signal,
          ),
        ),
    }
  }

  /** What the widget has told: whether the person has a connected source now. */
  async noteConnected(connected: boolean): Promise<void> {
    // They open Connect no longer, or would hide what has changed; so would those that are on their way.
    for (const type of connected ? (['session'] as const) : (['id', 'access'] as const)) {
      this.#tokens.cache.forget(this.#key(type))
    }
    await this.#note(connected)
  }

  /**
   * What the widget has told: it does not take this token (`SESSION_TOKEN_INVALID`, `SESSION_TOKEN_EXPIRED`). The next
   * one that is asked for is new, after a restart as well.
   */
  async noteRefused(token: string): Promise<void> {
    for (const type of openers) this.#tokens.cache.drop(this.#key(type), token)
    await this.#change('update', (state) => {
      const refused = openers.filter((type) => state.grants[type]?.token === token)
      if (refused.length === 0) return state
      const left = Object.entries(state.grants).filter(([type]) => !refused.some((other) => other === type))
      return { ...state, grants: Object.fromEntries(left) }
    })
  }

  async #auto(signal: AbortSignal | undefined): Promise<HumanApiGrant> {
    const { connected } = await this.state()
    const [first, other] = connected ? (['id', 'session'] as const) : (['session', 'id'] as const)
    try {
      return await this.#grant(first, signal)
    } catch (error) {
      if (!isRefusal(error, first)) throw error
    }
    // A source was connected elsewhere; or all were disconnected, or the user was deleted.
    try {
      return await this.#grant(other, signal)
    } catch (error) {
      throw isRefusal(error, other) ? bothRefused(error) : error
    }
  }

  /** Remembers what a refusal says of the person. */
  async #noting<T>(type: HumanApiTokenType, asking: Promise<T>): Promise<T> {
    try {
      return await asking
    } catch (error) {
      if (isRefusal(error, type)) await this.#note(type === 'session')
      throw error
    }
  }

  #note(connected: boolean): Promise<void> {
    return this.#change('update', (state) =>
      state.connected === connected ? state : { ...state, connected },
    )
  }

  async #grant(type: HumanApiTokenType, signal: AbortSignal | undefined): Promise<HumanApiGrant> {
    const grant = await this.#cached(type, signal)
    const address = type === 'session' && isAddress(this.#email) ? markOf(this.#email) : grant.address
    if (grant.address === address) return grant
    // It was begun for another e-mail address, which has been corrected since.
    this.#tokens.cache.drop(this.#key(type), grant.token)
    return this.#cached(type, signal)
  }

  #cached(type: HumanApiTokenType, signal: AbortSignal | undefined): Promise<HumanApiGrant> {
    return this.#tokens.cache.get(this.#key(type), this.#source(type), signal)
  }

  #key(type: HumanApiTokenType): string {
    return keyOf(type, this.user)
  }

  #source(type: HumanApiTokenType): TokenSource<HumanApiGrant> {
    return {
      recall: async () => {
        const { connected, grants } = await this.state()
        // A session from before the first source was connected, or an id token from before the last one went.
        return connected === (type === 'session') ? undefined : grants[type]
      },
      obtain: (counts) => this.#obtain(type, counts),
    }
  }

  async #obtain(type: HumanApiTokenType, counts: () => boolean): Promise<HumanApiGrant> {
    const grant = await this.#ask(type, this.#tokens.cache.now())
    await this.#change('write', (state) => {
      // What was told, or forgotten, while it was on its way is newer.
      if (!counts()) return state
      const changed = withGrant(state, grant)
      if (state.humanId !== undefined && state.humanId !== changed.humanId) this.#forgetOthers(type)
      return changed
    })
    return grant
  }

  async #ask(type: HumanApiTokenType, askedAt: number): Promise<HumanApiGrant> {
    const { client } = this.#tokens
    switch (type) {
      case 'session': {
        const email = addressOf(this.#email)
        return { ...(await client.session(this.user, email, askedAt)), address: markOf(email) }
      }
      case 'id':
        return client.idToken(this.user, askedAt)
      case 'access':
        return client.accessToken(this.user, askedAt)
    }
  }

  /** They are of somebody who had this id before. */
  #forgetOthers(type: HumanApiTokenType): void {
    for (const other of humanApiTokenTypes) {
      if (other !== type) this.#tokens.cache.forget(this.#key(other))
    }
  }

  #change(how: 'write' | 'update', change: (state: HumanApiState) => HumanApiState): Promise<void> {
    return this.#tokens.change(this.user, this.#memory, how, change)
  }
}

/** Those that open Connect. */
const openers = ['session', 'id'] as const

function keyOf(type: HumanApiTokenType, user: string): string {
  return JSON.stringify([type, user])
}

/** Human API's refusal, and none of ours, of a token that the person cannot have: by whether a source is connected. */
function isRefusal(error: unknown, type: HumanApiTokenType): error is GatewayError {
  if (!(error instanceof GatewayError) || error.cause.statusCode === undefined) return false
  return error.code === (type === 'session' ? 'HG_FORBIDDEN' : 'HG_NOT_CONNECTED')
}

function bothRefused({ cause }: GatewayError): GatewayError {
  return new GatewayError(
    'HG_FORBIDDEN',
    'Human API refuses both a session and an id token of this user, so Connect cannot be opened. Ask Human API whether the client is still active, and whether the user is blocked.',
    cause,
  )
}

function isAddress(email: string | undefined): email is string {
  return email !== undefined && /^[^\s@]+@[^\s@]+$/.test(email)
}

function addressOf(email: string | undefined): string {
  if (isAddress(email)) return email
  throw new GatewayError(
    'HG_INPUT',
    'A session needs the e-mail address of the user. Set msg.email, or the node\'s property "E-mail", to one.',
  )
}

/** Tells a corrected address from the earlier one; the address itself is kept nowhere. */
function markOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}
