import { GatewayError } from '../../src/errors'
import type { Connection, Connections, ConnectionSummary } from '../../src/store/store'

/**
 * Who granted a connection. Organisations are kept apart, since their ids may be those of people as well; and so are
 * people who were only registered with the provider, and have granted nothing yet.
 */
export type ConnectionKind = 'people' | 'organisations' | 'registered'

interface Owner {
  scope: string
  environment: string
}

/** The connections of one account and one kind, by the integrator's own ids. */
export class AccountConnections {
  readonly #connections: Connections
  readonly #owner: Owner
  readonly #kind: ConnectionKind
  readonly #account: string
  readonly #forgotten: (user: string) => Promise<unknown>
  /** The last `grantAs`: the next one looks when it is done. */
  #granting: Promise<unknown> = Promise.resolve()

  /** @param forgotten told before a connection is deleted, for what is held of it elsewhere */
  constructor(
    connections: Connections,
    owner: Owner,
    kind: ConnectionKind,
    forgotten: (user: string) => Promise<unknown> = () => Promise.resolve(),
  ) {
    this.#connections = connections
    this.#owner = owner
    this.#kind = kind
    this.#forgotten = forgotten
    this.#account = kind === 'people' ? owner.scope : `${owner.scope}:${kind}`
  }

  /** HG_NOT_CONNECTED where there is none. */
  async get(user: string): Promise<Connection> {
    const connection = await this.find(user)
    if (connection) return connection
    const { environment } = this.#owner
    const sentence =
      this.#kind !== 'organisations'
        ? `The user "${user}" has not connected this account (environment: ${environment}). Send their browser through a connect node first.`
        : `The organisation "${user}" has not been activated for this account (environment: ${environment}). Send its browser through an activate node first.`
    throw new GatewayError('HG_NOT_CONNECTED', sentence, { user })
  }

  find(user: string): Promise<Connection | undefined> {
    return this.#connections.get(this.#account, user)
  }

  /** The one that holds this value under this name among its tokens. */
  findByToken(name: string, value: string): Promise<Connection | undefined> {
    return this.#connections.findByToken(this.#account, name, value)
  }

  /**
   * Keeps what was granted just now; an earlier grant of the same user is replaced. `notificationStatus` is for providers
   * that have one, and holds for who is new: who has said stop before has said it still, until they choose again.
   */
  async grant(
    granted: Pick<Connection, 'user' | 'provider' | 'tokens' | 'notificationStatus'>,
  ): Promise<Connection> {
    const connection: Connection = {
      account: this.#account,
      ...granted,
      grantedAt: new Date().toISOString(),
    }
    const { notificationStatus } = granted
    if (notificationStatus === undefined) return this.#connections.put(connection)
    return this.#connections.put(connection, (earlier) => ({
      // Nobody knows what a damaged one said: nothing is sent until the person has chosen again.
      notificationStatus:
        earlier === 'unreadable' ? false : (earlier?.notificationStatus ?? notificationStatus),
    }))
  }

  /**
   * As `grant`, where the provider has an id of its own for each person, kept under `name` among the tokens. One person's
   * data must not come under another one's name: HG_FORBIDDEN where another user's connection holds that id,
   * HG_CONFLICT where the user's own one holds a different id.
   */
  async grantAs(
    name: string,
    granted: Pick<Connection, 'user' | 'provider' | 'tokens'>,
  ): Promise<Connection> {
    const before = this.#granting
    const work = async () => {
      await before
      await this.#assertTheirs(name, granted)
      return this.grant(granted)
    }
    const mine = work()
    this.#granting = mine.catch(() => undefined)
    return mine
  }

  async #assertTheirs(name: string, { user, tokens }: Pick<Connection, 'user' | 'tokens'>): Promise<void> {
    const id = tokens[name] ?? ''
    const own = (await this.find(user))?.tokens[name]
    if (own !== undefined && own !== id) {
      throw new GatewayError(
        'HG_CONFLICT',
        `The user "${user}" is connected as another person of the provider's already. Nothing was kept. If they are to change, forget the connection first (health connections).`,
        { user },
      )
    }
    const holder = await this.findByToken(name, id)
    if (!holder || holder.user === user) return
    throw new GatewayError(
      'HG_FORBIDDEN',
      `What was granted for the user "${user}" is another person's, who has connected this account already. Nothing was kept. Let the user connect again; if both are the same person, forget the earlier connection first (health connections).`,
      { user },
    )
  }

  /** Undefined, and nothing is changed, where there is none. */
  change(
    user: string,
    change: Partial<Pick<Connection, 'notificationStatus' | 'tokens'>>,
  ): Promise<Connection | undefined> {
    return this.#connections.update(this.#account, user, change)
  }

  /** HG_NOT_CONNECTED where it was forgotten in the meantime. */
  async update(...[user, change]: Parameters<AccountConnections['change']>): Promise<Connection> {
    const connection = await this.change(user, change)
    if (connection) return connection
    throw new GatewayError('HG_NOT_CONNECTED', 'The connection was forgotten in the meantime. Begin again.', {
      user,
    })
  }

  list(): Promise<ConnectionSummary[]> {
    return this.#connections.list(this.#account)
  }

  async forget(user: string): Promise<boolean> {
    await this.#forgotten(user)
    return this.#connections.forget(this.#account, user)
  }
}
