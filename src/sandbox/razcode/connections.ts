import type { Account } from '../accounts'
import { ShortLived } from '../short-lived'

/** What a person's access token stands for. */
export interface Connection {
  token: string
  consumerKey: string
  person: Account
  /** Milliseconds since 1970. */
  since: number
  withdrawn: boolean
}

/**
 * The connections that people have, and those that they withdrew. They live as long as the sandbox: a token from
 * before a restart is known again from when it is used, also one that was withdrawn.
 */
export class Connections {
  readonly #byToken: ShortLived<Connection>

  constructor(private readonly now: () => number) {
    this.#byToken = new ShortLived(Infinity, now)
  }

  /** Adds the token's connection unless it is there. */
  know(token: string, consumerKey: string, person: Account): Connection {
    const known = this.#byToken.get(token)
    if (known) return known
    const connection = { token, consumerKey, person, since: this.now(), withdrawn: false }
    this.#byToken.set(token, connection)
    return connection
  }

  /** Newest first, without those withdrawn. */
  of(person: Account): Connection[] {
    return this.#byToken
      .values()
      .filter((connection) => connection.person === person && !connection.withdrawn)
      .reverse()
  }

  /** The access token that the consumer got last for this person. */
  tokenFor(consumerKey: string, person: Account): string | undefined {
    return this.of(person).find((connection) => connection.consumerKey === consumerKey)?.token
  }

  isWithdrawn(token: string): boolean {
    return this.#byToken.get(token)?.withdrawn === true
  }

  withdraw(token: string): void {
    const connection = this.#byToken.get(token)
    if (connection) connection.withdrawn = true
  }
}
