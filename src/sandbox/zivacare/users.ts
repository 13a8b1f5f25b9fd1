import { createHash } from 'node:crypto'
import { ShortLived } from '../short-lived'
import type { SourceId } from './sources'

/** A person as one application has registered them. */
export interface ZivaUser {
  /** `ziva_user_code`, a UUID. */
  code: string
  clientId: string
  /** The application's own id of the person. */
  clientUserId: string
  /** 1 for the first user of this id, one more for each that came after a deletion. */
  generation: number
  name: string
  /** The empty string when it is not known. */
  email: string
  sources: ReadonlySet<SourceId>
}

export type Registration = Pick<ZivaUser, 'clientId' | 'clientUserId'>

type Details = Pick<ZivaUser, 'name' | 'email' | 'sources'>

/** The users of all applications. They live as long as the sandbox. */
export class Users {
  /** Deleted ones stay, so that what was given out for them is known to be void. */
  readonly #byId: ShortLived<ZivaUser & { deleted: boolean }>

  constructor(now: () => number) {
    this.#byId = new ShortLived(Infinity, now)
  }

  find(registration: Registration): ZivaUser | undefined {
    const user = this.#byId.get(idOf(registration))
    return user?.deleted ? undefined : user
  }

  /** Registers a user, or gives one who is there these details. */
  register(registration: Registration, details: Details): ZivaUser {
    const known = this.#byId.get(idOf(registration))
    const generation = known ? known.generation + (known.deleted ? 1 : 0) : 1
    return this.#set(registration, generation, details)
  }

  /** The user of this generation, who was registered before the sandbox started again if they are not known. */
  recall(registration: Registration, generation: number, details: Details): ZivaUser | undefined {
    const known = this.#byId.get(idOf(registration))
    if (!known) return this.#set(registration, generation, details)
    return known.deleted || known.generation !== generation ? undefined : known
  }

  delete(registration: Registration): void {
    const user = this.#byId.get(idOf(registration))
    if (user) user.deleted = true
  }

  /** Oldest first. */
  list(): ZivaUser[] {
    return this.#byId.values().filter(({ deleted }) => !deleted)
  }

  #set(registration: Registration, generation: number, details: Details): ZivaUser {
    const { clientId, clientUserId } = registration
    const code = uuid(`user ${idOf(registration)} ${generation}`)
    const user = { code, clientId, clientUserId, generation, ...details, deleted: false }
    this.#byId.set(idOf(registration), user)
    return user
  }
}

function idOf({ clientId, clientUserId }: Registration): string {
  return JSON.stringify([clientId, clientUserId])
}

/** A UUID that is the same for the same text. */
export function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
