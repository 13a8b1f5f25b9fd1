import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Account } from '../accounts'

export interface TokenPair {
  oauth_token: string
  oauth_token_secret: string
}

/**
 * Access tokens that carry what they stand for, sealed with the sandbox's secret: those that were given out stay
 * good when the sandbox starts again with the same secret.
 */
export class AccessTokens {
  constructor(
    private readonly secret: string,
    private readonly accounts: readonly Account[],
  ) {}

  /** @param id tells apart the tokens of one account; the same id gives the same token */
  issue(consumerKey: string, account: Account, id = randomBytes(12).toString('base64url')): TokenPair {
    const content = Buffer.from(JSON.stringify([consumerKey, account.id, id])).toString('base64url')
    const token = `${content}.${this.#derive('token', content)}`
    return { oauth_token: token, oauth_token_secret: this.#derive('secret', token) }
  }

  secretOf(token: string, consumerKey: string): string | undefined {
    return this.#open(token)?.consumerKey === consumerKey ? this.#derive('secret', token) : undefined
  }

  /** Who gave the token, a person or an organisation. */
  holderOf(token: string): Account | undefined {
    const opened = this.#open(token)
    return this.accounts.find(({ id }) => id === opened?.accountId)
  }

  #open(token: string): { consumerKey: string; accountId: string } | undefined {
    const [content = '', seal = ''] = token.split('.', 2)
    const right = Buffer.from(`${content}.${this.#derive('token', content)}`)
    const given = Buffer.from(token)
    if (seal === '' || right.length !== given.length || !timingSafeEqual(right, given)) return undefined
    const [consumerKey, accountId] = JSON.parse(Buffer.from(content, 'base64url').toString()) as [
      string,
      string,
    ]
    return { consumerKey, accountId }
  }

  #derive(purpose: 'token' | 'secret', text: string): string {
    return createHmac('sha256', this.secret).update(`access token ${purpose} ${text}`).digest('base64url')
  }
}
