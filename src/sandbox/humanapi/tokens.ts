import { randomBytes } from 'node:crypto'
import type { Seal } from '../seal'
import type { User, Users } from './users'

export type TokenType = 'session' | 'id' | 'access'

/** In seconds, as the Web Guide has it. */
export const LIFETIMES: Readonly<Record<TokenType, number>> = { session: 3600, id: 86_400, access: 86_400 }

export interface Token {
  token: string
  type: TokenType
  user: User
  /** Milliseconds since 1970. */
  until: number
  /** Ids of the sources that were connected and disconnected with this token since Connect was closed last. */
  results: { connected: Set<string>; disconnected: Set<string> }
}

const MOST = 10_000

/**
 * The tokens that were given out, expired ones too: whoever presents one of those is told so. They carry what they
 * stand for: one that is presented after a restart brings its user back, with what was connected then.
 */
export class Tokens {
  readonly #byToken = new Map<string, Token>()

  constructor(
    private readonly seal: Seal,
    private readonly users: Users,
    private readonly now: () => number,
  ) {}

  issue(type: TokenType, user: User): Token {
    const until = this.now() + LIFETIMES[type] * 1000
    const nonce = randomBytes(9).toString('base64url')
    return this.#keep(
      this.seal.seal([type, String(until), nonce, this.users.record(user)]),
      type,
      user,
      until,
    )
  }

  find(token: string): Token | undefined {
    return this.#byToken.get(token) ?? this.#recall(token)
  }

  isExpired({ until }: Token): boolean {
    return until <= this.now()
  }

  expire(token: Token): void {
    token.until = this.now()
  }

  expireOf(user: User): void {
    for (const token of this.#byToken.values()) if (token.user === user) this.expire(token)
  }

  forget(user: User): void {
    for (const { token, user: holder } of this.#byToken.values()) {
      if (holder === user) this.#byToken.delete(token)
    }
  }

  #recall(token: string): Token | undefined {
    const [type, until, , record] = this.seal.open(token) ?? []
    const user = record === undefined ? undefined : this.users.recall(record)
    return user && this.#keep(token, type as TokenType, user, Number(until))
  }

  #keep(token: string, type: TokenType, user: User, until: number): Token {
    const results = { connected: new Set<string>(), disconnected: new Set<string>() }
    const kept = { token, type, user, until, results }
    this.#byToken.set(token, kept)
    for (const oldest of this.#byToken.keys()) {
      if (this.#byToken.size <= MOST) break
      this.#byToken.delete(oldest)
    }
    return kept
  }
}
