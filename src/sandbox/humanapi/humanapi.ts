import { html } from '../html'
import type { Misbehaviour, Target } from '../misbehaviour'
import type { ProviderPart } from '../provider'
import { connectRoutes } from './connect'
import { consolePath, consoleRoute } from './console'
import { dataRoutes } from './data-endpoint'
import { humanApiEndpoints, type HumanApiUrls, humanApiUrls } from './endpoints'
import type { SentNotification } from './notifications'
import { HumanApiService } from './service'
import { type Source, sources } from './sources'
import { tokenRoute } from './token-endpoint'
import type { User } from './users'
import { usersRoutes } from './users-endpoint'

export type { SentNotification }

export interface HumanApiOptions {
  origin: string
  secret: string
  now: () => number
  /** True when what the sandbox does itself, as sending a notification, is to misbehave in this way. */
  isTo: (target: Target, what: Misbehaviour['do']) => boolean
}

export interface HumanApiDemo {
  clientId: string
  clientSecret: string
  /** Somebody who has connected sources already. */
  connectedUser: { user: string; email: string; humanId: string }
}

/** What a person, or time, does to Human API. Users by the client's own id. */
export interface HumanApiControl {
  /** All there are, by id. */
  sources: readonly { id: string; name: string }[]
  /**
   * As in Connect. @returns false when it was connected already
   * @throws RangeError for who has no session yet, or an unknown source
   */
  connect(user: string, sourceId: string): boolean
  /** As in Connect. @returns false when it was not connected */
  disconnect(user: string, sourceId: string): boolean
  /** All tokens of the user are expired from now on. */
  expireTokens(user: string): void
  /** The tokens are worth nothing any more; a new session makes somebody new. */
  deleteUser(user: string): void
  /**
   * Where notifications go; none are sent while it is `undefined`.
   * @throws RangeError for what is no http address of this machine
   */
  notifyAt(address: string | undefined): void
  /** Notifies of new data of every connected source. */
  newData(user: string): void
  /** Sends the same bytes once more. */
  repeat(notification: SentNotification): void
  /** Those sent, newest last. */
  notifications(): readonly SentNotification[]
  /** Resolves when no notification is on its way. */
  settled(): Promise<void>
}

export interface HumanApi {
  part: ProviderPart
  urls: HumanApiUrls
  demo: HumanApiDemo
  control: HumanApiControl
  close(): void
}

/** Human API: tokens, Connect, the Data API, users and notifications. */
export function humanApi({ origin, secret, now, isTo }: HumanApiOptions): HumanApi {
  const notification = { endpoint: humanApiEndpoints.notification, path: consolePath }
  const service = new HumanApiService({ secret, now, isTo: (what) => isTo(notification, what) })
  const { client, demoUser, notifications, tokens } = service
  return {
    part: {
      routes: [
        tokenRoute(service),
        ...connectRoutes(service),
        ...dataRoutes(service),
        ...usersRoutes(service),
        consoleRoute(service),
      ],
      endpoints: Object.values(humanApiEndpoints),
      pages: [
        {
          path: consolePath,
          title: 'Human API',
          about: 'As who looks after the client: users, and where notifications go',
        },
      ],
      accounts: [
        { name: 'Human API client id', shown: html`<code>${client.id}</code>` },
        { name: 'Human API client secret', shown: html`<code>${client.secret}</code>` },
      ],
    },
    urls: humanApiUrls(origin),
    demo: {
      clientId: client.id,
      clientSecret: client.secret,
      connectedUser: { user: demoUser.id, email: demoUser.email, humanId: demoUser.humanId },
    },
    control: {
      sources: sources.map(({ id, name }) => ({ id, name })),
      connect: (user, sourceId) => service.connect(userOf(service, user), sourceOf(sourceId)),
      disconnect: (user, sourceId) => service.disconnect(userOf(service, user), sourceOf(sourceId)),
      expireTokens: (user) => tokens.expireOf(userOf(service, user)),
      deleteUser: (user) => service.delete(userOf(service, user)),
      notifyAt: (address) => notifications.register(address),
      newData: (user) => service.newDataOf(userOf(service, user)),
      repeat: (notification) => notifications.repeat(notification),
      notifications: () => notifications.list(),
      settled: () => notifications.settled(),
    },
    close: () => notifications.close(),
  }
}

function userOf({ users }: HumanApiService, id: string): User {
  const user = users.find(id)
  if (!user) throw new RangeError(`Human API knows no user ${id}: start a session first.`)
  return user
}

function sourceOf(id: string): Source {
  const source = sources.find((one) => one.id === id)
  if (!source) throw new RangeError(`There is no source ${id}.`)
  return source
}
