/**
 * What one user of one account has granted. Kept encrypted in the store, never in a flow file.
 * Times are ISO 8601 in UTC.
 */
export interface Connection {
  /** Whose it is: an account's scope (`Account.scope` of the node kit), the same for all its users. */
  account: string
  /** The integrator's own id of the person, any valid UTF-8 string. */
  user: string
  provider: string
  /** Secret values by the provider's own names, for example `oauth_token` and `oauth_token_secret`. */
  tokens: Record<string, string>
  /**
   * False once the user has asked that nothing more be sent (HealthJibe's `raz_notification_status`). Missing where the
   * provider knows no such choice.
   */
  notificationStatus?: boolean
  grantedAt: string
  lastUsedAt?: string
}

/** A connection as it may be shown: everything but the tokens. */
export type ConnectionSummary = Omit<Connection, 'tokens'>

export type Inherit = (
  earlier: Connection | 'unreadable' | undefined,
) => Partial<Omit<Connection, 'account' | 'user'>>

export interface Connections {
  get(account: string, user: string): Promise<Connection | undefined>
  /** The connection that holds a token of this name and value. Goes through all connections of the account. */
  findByToken(account: string, name: string, value: string): Promise<Connection | undefined>
  /**
   * Creates or replaces. On disk, synced, when the promise resolves. `inherit` says what the new one takes over from
   * the one that it replaces, without another change in between; `unreadable` is one that is there and damaged.
   */
  put(connection: Connection, inherit?: Inherit): Promise<Connection>
  /**
   * Changes an existing connection; changes of one connection never overlap. Resolves to undefined, and writes
   * nothing, if it does not exist (any more).
   */
  update(
    account: string,
    user: string,
    change: Partial<Omit<Connection, 'account' | 'user'>>,
  ): Promise<Connection | undefined>
  /** Notes that the connection was used. May be lost in a crash. */
  touch(account: string, user: string): Promise<void>
  /** All of one account, sorted by user. */
  list(account: string): Promise<ConnectionSummary[]>
  /** True if there was one. */
  forget(account: string, user: string): Promise<boolean>
}

/**
 * Secrets that wait for a browser to come back: stored once, taken once, gone after their time. `unknown` is also the
 * answer for one that expired long ago.
 */
export interface Handshakes {
  put(id: string, value: Record<string, string>, lifetimeMs: number): Promise<void>
  take(id: string): Promise<TakenHandshake>
}

export type TakenHandshake =
  | { outcome: 'taken'; value: Record<string, string> }
  /** Taken before (for as long as it would have lived), too late, or never there. */
  | { outcome: 'used' | 'expired' | 'unknown' }

export interface Store {
  readonly connections: Connections
  readonly handshakes: Handshakes
  close(): Promise<void>
}
