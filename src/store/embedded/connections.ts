import { GatewayError } from '../../errors'
import type { Connection, Connections, ConnectionSummary, Inherit } from '../store'
import type { Names } from './names'
import type { Operations } from './operations'
import type { SealedRecords } from './sealed-records'

const REMEDY = 'Connect the user again, or restore the directory of the store from a backup.'

export interface ConnectionsParts {
  records: SealedRecords
  names: Names
  operations: Operations
  now: () => number
  /** Told once of every record that a list had to leave out. */
  warn: (message: string) => void
}

/**
 * Get, update and touch throw HG_CONFIG for a record that cannot be opened; put replaces it, forget removes it, and
 * list gives the others and warns: one damaged record neither hides the rest nor goes unseen.
 */
export class EmbeddedConnections implements Connections {
  readonly #parts: ConnectionsParts
  readonly #reported = new Set<string>()

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
  }

  get(account: string, user: string): Promise<Connection | undefined> {
    const { names, operations } = this.#parts
    return operations.run(async () => this.#read(names.connection(account, user)))
  }

  findByToken(account: string, name: string, value: string): Promise<Connection | undefined> {
    const { names, operations, records } = this.#parts
    return operations.run(async () => {
      for await (const [, record] of records.all(names.connectionsOf(account))) {
        const connection = record as Connection | undefined
        if (connection?.tokens[name] === value) return connection
      }
      return undefined
    })
  }

  put(connection: Connection, inherit?: Inherit): Promise<Connection> {
    return this.#inTurn(connection.account, connection.user, async (name) => {
      const put = inherit ? { ...connection, ...inherit(await this.#earlier(name)) } : connection
      await this.#write(name, put, true)
      return put
    })
  }

  /** What is undefined in `change` stays. */
  update(
    account: string,
    user: string,
    change: Partial<Omit<Connection, 'account' | 'user'>>,
  ): Promise<Connection | undefined> {
    return this.#inTurn(account, user, (name) => this.#change(name, change, true))
  }

  async touch(account: string, user: string): Promise<void> {
    await this.#inTurn(account, user, (name) => {
      const lastUsedAt = new Date(this.#parts.now()).toISOString()
      return this.#change(name, { lastUsedAt }, false)
    })
  }

  list(account: string): Promise<ConnectionSummary[]> {
    const { names, operations, records } = this.#parts
    return operations.run(async () => {
      const summaries: ConnectionSummary[] = []
      const unreadable: string[] = []
      for await (const [name, value] of records.all(names.connectionsOf(account))) {
        if (value === undefined) unreadable.push(name)
        else summaries.push(summary(value as Connection))
      }
      this.#report(unreadable)
      return summaries.sort((a, b) => (a.user < b.user ? -1 : 1))
    })
  }

  forget(account: string, user: string): Promise<boolean> {
    return this.#inTurn(account, user, async (name) => {
      const known = await this.#parts.records.has(name)
      if (known) await this.#parts.records.delete(name)
      return known
    })
  }

  async #inTurn<T>(account: string, user: string, work: (name: string) => Promise<T>): Promise<T> {
    const { names, operations } = this.#parts
    const name = names.connection(account, user)
    return operations.inTurn(name, () => work(name))
  }

  async #change(name: string, change: Partial<Connection>, sync: boolean): Promise<Connection | undefined> {
    const known = await this.#read(name)
    if (!known) return undefined
    const given = Object.entries<unknown>(change).filter(([, value]) => value !== undefined)
    const { account, user } = known
    const changed: Connection = { ...known, ...Object.fromEntries(given), account, user }
    await this.#write(name, changed, sync)
    return changed
  }

  async #earlier(name: string): Promise<Connection | 'unreadable' | undefined> {
    try {
      return await this.#read(name)
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'HG_CONFIG') return 'unreadable'
      throw error
    }
  }

  async #read(name: string): Promise<Connection | undefined> {
    return (await this.#parts.records.read(name, REMEDY)) as Connection | undefined
  }

  #write(name: string, connection: Connection, sync: boolean): Promise<void> {
    return this.#parts.records.write(name, connection, { sync })
  }

  #report(unreadable: string[]): void {
    const unreported = unreadable.filter((name) => !this.#reported.has(name))
    if (unreported.length === 0) return
    for (const name of unreported) this.#reported.add(name)
    this.#parts.warn(
      `${unreported.length} of an account's connections cannot be read and are not listed: their records are damaged. ${REMEDY}`,
    )
  }
}

function summary(connection: Connection): ConnectionSummary {
  const shown: ConnectionSummary & Partial<Connection> = { ...connection }
  delete shown.tokens
  return shown
}
