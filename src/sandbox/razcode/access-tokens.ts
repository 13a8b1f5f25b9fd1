import { createHmac, randomBytes } from 'node:crypto'
import type { Account } from '../accounts'
import { Seal } from '../seal'

export interface TokenPair {
  oauth_token: string
  oauth_token_secret: string
}

/** Access tokens of people and of organisations, good still after a restart. */
export class AccessTokens {
  readonly #seal: Seal

  constructor(
    private readonly secret: string,
    private readonly accounts: readonly Account[],
  ) {
    this.#seal = new Seal(secret, 'access token token')
  }

  /** @param id tells apart the tokens of one account; the same id gives the same token */
  issue(consumerKey: string, account: Account, id = randomBytes(12).toString('base64url')): TokenPair {
    const token = this.#seal.seal([consumerKey, account.id, id])
    return { oauth_token: token, oauth_token_secret: this.#secretFor(token) }
  }

  secretOf(token: string, consumerKey: string): string | undefined {
    return this.#seal.open(token)?.[0] === consumerKey ? this.#secretFor(token) : undefined
  }

  /** Who gave the token, a person or an organisation. */
  holderOf(token: string): Account | undefined {
    const [, accountId] = this.#seal.open(token) ?? []
    return this.accounts.find(({ id }) => id === accountId)
  }

  #secretFor(token: string): string {
    return createHmac('sha256', this.secret).update(`access token secret ${token}`).digest('base64url')
  }
}
