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
  /** All there is of the user; what was there before is replaced. */
  write(user: string, tokens: Record<string, string>): Promise<void>
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

  /** Changes what is stored of a user. Changes of one user never overlap. */
  async change(
    user: string,
    memory: TokenMemory,
    change: (state: HumanApiState) => HumanApiState,
  ): Promise<void> {
    const before = this.#changes.get(user)
    const work = async () => {
      await before?.catch(() => undefined)
      const stored = await memory.read(user)
      await memory.write(user, writeState(change(readState(stored)), stored))
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
   * since a source is connected, an id token. What it finds is remembered for the next time.
   */
  async token(type: HumanApiTokenType | 'auto', signal?: AbortSignal): Promise<HumanApiToken> {
    const grant = type === 'auto' ? await this.#auto(signal) : await this.#grant(type, signal)
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
        this.#tokens.cache.use(
          this.#key('access'),
          this.#source('access'),
          ({ token }) => request(token),
          signal,
        ),
    }
  }

  /** What the widget has told: whether the person has a connected source now. */
  async noteConnected(connected: boolean): Promise<void> {
    // The token of the other kind opens Connect no longer, or would hide what has changed.
    this.#tokens.cache.forget(this.#key(connected ? 'session' : 'id'))
    await this.#change((state) => ({ ...state, connected }))
  }

  /**
   * What the widget has told: it does not take this token (`SESSION_TOKEN_INVALID`, `SESSION_TOKEN_EXPIRED`). The next
   * one that is asked for is new.
   */
  noteRefused(token: string): void {
    for (const type of ['session', 'id'] as const) this.#tokens.cache.drop(this.#key(type), token)
  }

  async #auto(signal: AbortSignal | undefined): Promise<HumanApiGrant> {
    if ((await this.state()).connected) {
      try {
        return await this.#grant('id', signal)
      } catch (error) {
        if (!isRefusal(error, 'HG_NOT_CONNECTED')) throw error
        // All sources were disconnected, or the user was deleted there: a session it is again.
        return this.#grant('session', signal)
      }
    }
    try {
      return await this.#grant('session', signal)
    } catch (error) {
      if (!isRefusal(error, 'HG_FORBIDDEN')) throw error
      return this.#grant('id', signal)
    }
  }

  #grant(type: HumanApiTokenType, signal: AbortSignal | undefined): Promise<HumanApiGrant> {
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
      obtain: () => this.#obtain(type),
    }
  }

  async #obtain(type: HumanApiTokenType): Promise<HumanApiGrant> {
    try {
      const grant = await this.#ask(type, this.#tokens.cache.now())
      await this.#change((state) => {
        const changed = withGrant(state, grant)
        if (state.humanId !== changed.humanId) this.#forgetOthers(type)
        return changed
      })
      return grant
    } catch (error) {
      const found =
        type === 'session' ? isRefusal(error, 'HG_FORBIDDEN') : isRefusal(error, 'HG_NOT_CONNECTED')
      if (found) await this.#change((state) => ({ ...state, connected: type === 'session' }))
      throw error
    }
  }

  #ask(type: HumanApiTokenType, askedAt: number): Promise<HumanApiGrant> {
    const { client } = this.#tokens
    switch (type) {
      case 'session':
        return client.session(this.user, emailOf(this.#email), askedAt)
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

  #change(change: (state: HumanApiState) => HumanApiState): Promise<void> {
    return this.#tokens.change(this.user, this.#memory, change)
  }
}

function keyOf(type: HumanApiTokenType, user: string): string {
  return JSON.stringify([type, user])
}

/** A refusal of the provider, and not one of ours. */
function isRefusal(error: unknown, code: GatewayError['code']): boolean {
  return error instanceof GatewayError && error.code === code && error.cause.statusCode !== undefined
}

function emailOf(email: string | undefined): string {
  if (email !== undefined && /^[^\s@]+@[^\s@]+$/.test(email)) return email
  throw new GatewayError(
    'HG_INPUT',
    'A session needs the e-mail address of the user. Set msg.email, or the node\'s property "E-mail".',
  )
}
