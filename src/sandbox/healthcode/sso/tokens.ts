import { randomBytes } from 'node:crypto'
import { Seal } from '../../seal'

export interface AccessToken {
  keyId: string
  scope: string
  isExpired: boolean
}

/** Access tokens that carry what they stand for: they are good still when the sandbox starts again. */
export class AccessTokens {
  /** Seconds; the live service's is not published. */
  lifetime = 3600
  readonly #seal: Seal
  /** Of tokens that were all made to expire. */
  #generation = 0

  constructor(
    secret: string,
    private readonly now: () => number,
  ) {
    this.#seal = new Seal(secret, 'healthcode access token')
  }

  issue(keyId: string, scope: string): string {
    const until = this.now() + this.lifetime * 1000
    return this.#seal.seal([
      keyId,
      scope,
      String(until),
      String(this.#generation),
      randomBytes(9).toString('base64url'),
    ])
  }

  /** Nothing for what is no token of this sandbox. */
  read(token: string): AccessToken | undefined {
    const sealed = this.#seal.open(token)
    if (!sealed) return undefined
    const [keyId = '', scope = '', until, generation] = sealed
    const isExpired = Number(until) <= this.now() || Number(generation) < this.#generation
    return { keyId, scope, isExpired }
  }

  /** All that were given out until now. */
  expireAll(): void {
    this.#generation++
  }
}
