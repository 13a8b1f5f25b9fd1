import { hexId } from './ids'
import { type Source, sourceWith } from './sources'

/** Somebody of the client, under the client's own id. */
export interface User {
  /** `client_user_id` */
  id: string
  email: string
  /** 32 hexadecimal digits */
  humanId: string
  /** Milliseconds since 1970. */
  createdAt: number
  updatedAt: number
  /** Since when, in milliseconds since 1970. */
  connections: Map<Source, number>
}

/** The client's users, and what they have connected. */
export class Users {
  readonly #byId = new Map<string, User>()
  /** How often a user of this id was deleted: who comes back is somebody new. */
  readonly #deleted = new Map<string, number>()

  constructor(
    private readonly secret: string,
    private readonly now: () => number,
  ) {}

  find(id: string): User | undefined {
    return this.#byId.get(id)
  }

  findHuman(humanId: string): User | undefined {
    return this.list().find((user) => user.humanId === humanId)
  }

  list(): User[] {
    return [...this.#byId.values()]
  }

  /** The user of this id, made unless there; the e-mail address is the one given last. */
  know(id: string, email: string): User {
    const known = this.#byId.get(id)
    if (known) {
      known.email = email
      return known
    }
    const at = this.now()
    const humanId = this.#humanIdOf(id)
    const user = { id, email, humanId, createdAt: at, updatedAt: at, connections: new Map<Source, number>() }
    this.#byId.set(id, user)
    return user
  }

  /** @returns false when it was connected already */
  connect(user: User, source: Source): boolean {
    if (user.connections.has(source)) return false
    user.connections.set(source, this.now())
    user.updatedAt = this.now()
    return true
  }

  /** @returns false when it was not connected */
  disconnect(user: User, source: Source): boolean {
    user.updatedAt = this.now()
    return user.connections.delete(source)
  }

  /** All that there is to know of a user, for a token to carry. */
  record({ connections, ...user }: User): string {
    return JSON.stringify({ ...user, connections: [...connections].map(([{ id }, since]) => [id, since]) })
  }

  /** The user of a record, who comes back when a restart has forgotten them; none who was deleted since. */
  recall(record: string): User | undefined {
    const { connections, ...user } = JSON.parse(record) as Omit<User, 'connections'> & {
      connections: [string, number][]
    }
    if (user.humanId !== this.#humanIdOf(user.id)) return undefined
    const known = this.#byId.get(user.id)
    if (known) return known
    const sources = connections.flatMap(([id, since]): [Source, number][] => {
      const source = sourceWith(id)
      return source ? [[source, since]] : []
    })
    const recalled = { ...user, connections: new Map(sources) }
    this.#byId.set(user.id, recalled)
    return recalled
  }

  delete(user: User): void {
    this.#byId.delete(user.id)
    this.#deleted.set(user.id, (this.#deleted.get(user.id) ?? 0) + 1)
  }

  #humanIdOf(id: string): string {
    return hexId(JSON.stringify([this.secret, id, this.#deleted.get(id) ?? 0]), 32)
  }
}
