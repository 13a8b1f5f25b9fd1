import { createHmac, type KeyObject } from 'node:crypto'
import { GatewayError } from '../../errors'

/**
 * The database's keys. A kind of record has a prefix of its own, so that others can live beside it:
 *
 *     vault!key!<id>               a data key, wrapped
 *     vault!index                  the key of the names below, sealed
 *     connection!<account>!<user>  sealed
 *     handshake!<id>               sealed
 *
 * Accounts, users and ids stand in them as HMAC-SHA256: who reads the files learns how many there are, not whose.
 * The user's is made together with the account's, so that one person's connections to two accounts look unrelated.
 */
export const DATA_KEYS = 'vault!key!'
export const INDEX_KEY = 'vault!index'
export const HANDSHAKES = 'handshake!'

export function dataKeyName(id: string): string {
  return DATA_KEYS + id
}

export class Names {
  readonly #indexKey: KeyObject

  constructor(indexKey: KeyObject) {
    this.#indexKey = indexKey
  }

  /** HG_INPUT for an account or user no connection can have. */
  connection(account: string, user: string): string {
    const connections = this.connectionsOf(account)
    return connections + this.#hash(connections, checked('user', user))
  }

  /** The prefix of all connections of one account. */
  connectionsOf(account: string): string {
    return `connection!${this.#hash('account', checked('account', account))}!`
  }

  handshake(id: string): string {
    return HANDSHAKES + this.#hash('handshake', id)
  }

  /** `kind` holds no NUL, so no two pairs give the same text. */
  #hash(kind: string, value: string): string {
    return createHmac('sha256', this.#indexKey).update(`${kind}\0${value}`).digest('base64url')
  }
}

function checked(what: string, value: string): string {
  if (typeof value !== 'string' || value === '') {
    throw new GatewayError(
      'HG_INPUT',
      `The ${what} of a connection is not set. Give it as a non-empty string.`,
    )
  }
  // UTF-8 has no form for half a surrogate pair: two different strings would be one user.
  if (/\p{Surrogate}/u.test(value)) {
    throw new GatewayError(
      'HG_INPUT',
      `The ${what} of a connection holds half of a surrogate pair, which is no character. Give it as valid Unicode.`,
    )
  }
  return value
}
