import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Misbehaviour } from '../misbehaviour'
import { Seal } from '../seal'
import { Notifications } from './notifications'
import type { Source } from './sources'
import { band, diary, hospital, scale } from './sources'
import { Tokens } from './tokens'
import { Users, type User } from './users'

export interface Client {
  id: string
  secret: string
  /** What people know it by. */
  name: string
}

export interface ServiceOptions {
  secret: string
  now: () => number
  /** True when the next notification is to misbehave in this way. */
  isTo: (what: Misbehaviour['do']) => boolean
}

/** What the endpoints of Human API have in common: one client, its users, their tokens and sources. */
export class HumanApiService {
  readonly client: Client
  readonly users: Users
  readonly tokens: Tokens
  readonly notifications: Notifications
  /** Somebody who has connected sources already. */
  readonly demoUser: User
  readonly now: () => number

  constructor({ secret, now, isTo }: ServiceOptions) {
    this.now = now
    this.client = {
      id: 'sandbox-client',
      secret: createHmac('sha256', secret).update('humanapi client').digest('hex'),
      name: 'Node-RED (demo)',
    }
    this.users = new Users(secret, now)
    this.tokens = new Tokens(new Seal(secret, 'humanapi token'), this.users, now)
    this.notifications = new Notifications(this.client, now, isTo)
    this.demoUser = this.#connectedDemoUser()
  }

  isSecret(given: string): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest()
    return timingSafeEqual(digest(given), digest(this.client.secret))
  }

  /** As a person does in Connect. @returns false when it was connected already */
  connect(user: User, source: Source): boolean {
    if (!this.users.connect(user, source)) return false
    this.notifications.send(user, 'sources.SourceConnected', source)
    this.#newData(user, source)
    return true
  }

  /** As a person does in Connect. @returns false when it was not connected */
  disconnect(user: User, source: Source): boolean {
    if (!this.users.disconnect(user, source)) return false
    this.notifications.send(user, 'sources.SourceDisconnected', source)
    return true
  }

  /** Tells the client that every connected source has new data. */
  newDataOf(user: User): void {
    for (const source of user.connections.keys()) this.#newData(user, source)
  }

  /** The tokens are worth nothing any more, and whoever comes back under the same id is somebody new. */
  delete(user: User): void {
    this.users.delete(user)
    this.tokens.forget(user)
  }

  #newData(user: User, source: Source): void {
    this.notifications.send(user, `${source.kind}.DataUpdated`, source)
  }

  #connectedDemoUser(): User {
    const user = this.users.know('demo', 'demo@example.org')
    // The same over restarts, and longer ago than the oldest daily data
    const since = Date.UTC(new Date(this.now()).getUTCFullYear() - 1, 0, 1)
    user.createdAt = since
    user.updatedAt = since
    for (const source of [hospital, band, scale, diary]) user.connections.set(source, since)
    return user
  }
}
