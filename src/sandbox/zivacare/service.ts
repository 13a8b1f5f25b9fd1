import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Seal } from '../seal'
import { ShortLived } from '../short-lived'
import { refusal } from './errors'
import { isSourceId } from './sources'
import { type Registration, Users, type ZivaUser } from './users'

/** A registration in ZivaCare's developer portal. */
export interface Application {
  clientId: string
  clientSecret: string
  /** What people know it by. */
  name: string
}

const TEN_MINUTES = 600_000

/** The token of the demo user that the live service documents for trying the Data API. */
export const DEMO_TOKEN = 'demo'

/** What the endpoints have in common: the application, its users, the tokens that stand for them. */
export class ZivacareService {
  /** The registration that the sandbox comes with; its secret is good for this sandbox only. */
  readonly application: Application
  readonly users: Users
  readonly demoUser: Registration
  readonly #specialTokens: ShortLived<{ user: ZivaUser; used: boolean }>
  readonly #accessTokens: Seal

  constructor(secret: string, now: () => number) {
    this.application = {
      clientId: '1_sandbox',
      clientSecret: createHmac('sha256', secret).update('zivacare demo application').digest('base64url'),
      name: 'Node-RED (demo)',
    }
    this.users = new Users(now)
    this.demoUser = { clientId: this.application.clientId, clientUserId: 'demo' }
    this.#specialTokens = new ShortLived(TEN_MINUTES, now)
    this.#accessTokens = new Seal(secret, 'zivacare access token')
  }

  /** @throws Refusal for an application that is not registered */
  applicationOf(clientId: string): Application {
    if (clientId !== this.application.clientId) throw refusal('unknownApplication')
    return this.application
  }

  /** @throws Refusal for an application that is not registered, or another one's secret */
  checkSecret(clientId: string, clientSecret: string): void {
    if (!isSame(this.applicationOf(clientId).clientSecret, clientSecret)) throw refusal('unknownApplication')
  }

  /** Serves once, for ten minutes. */
  issueSpecialToken(user: ZivaUser): string {
    const token = randomBytes(64).toString('base64url')
    this.#specialTokens.set(token, { user, used: false })
    return token
  }

  /** @throws Refusal for a token that is unknown, used, or of a user who was deleted, and for a wrong secret */
  redeemSpecialToken(token: string, clientSecret: string): ZivaUser {
    const kept = this.#specialTokens.get(token)
    if (!kept) throw refusal('unknownSpecialToken')
    this.checkSecret(kept.user.clientId, clientSecret)
    if (kept.used) throw refusal('usedSpecialToken')
    const user = this.users.find(kept.user)
    if (user?.generation !== kept.user.generation) throw refusal('deletedUser')
    kept.used = true
    return user
  }

  /** @param id the same id gives the same token */
  issueAccessToken(user: ZivaUser, id = randomBytes(12).toString('base64url')): string {
    const { clientId, clientUserId, generation, name, email, sources } = user
    return this.#accessTokens.seal([clientId, clientUserId, String(generation), id, name, email, ...sources])
  }

  /** Whom an access token stands for; nobody for one that is unknown or whose user was deleted. */
  userBehind(token: string): ZivaUser | undefined {
    if (token === DEMO_TOKEN) return this.users.find(this.demoUser)
    const sealed = this.#accessTokens.open(token)
    if (!sealed) return undefined
    const [clientId = '', clientUserId = '', generation, , name = '', email = '', ...sources] = sealed
    const details = { name, email, sources: new Set(sources.filter(isSourceId)) }
    return this.users.recall({ clientId, clientUserId }, Number(generation), details)
  }
}

function isSame(right: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(right), digest(given))
}
