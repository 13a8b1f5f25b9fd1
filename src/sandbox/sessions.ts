import { randomBytes } from 'node:crypto'
import type { Account } from './accounts'
import type { Call } from './call'
import { ShortLived } from './short-lived'

const ONE_HOUR = 3_600_000

/** Cookies are shared between the ports of a host, so Node-RED's own must not be called the same. */
const COOKIE = 'health-sandbox-session'

/** Who is signed in on the pages for people, by a cookie. */
export class Sessions {
  readonly #people: ShortLived<Account>

  constructor(now: () => number) {
    this.#people = new ShortLived(ONE_HOUR, now)
  }

  of(call: Call): Account | undefined {
    return this.#people.get(call.cookie(COOKIE))
  }

  /** @returns the Set-Cookie header */
  start(call: Call, person: Account): string {
    const id = randomBytes(18).toString('base64url')
    this.#people.set(id, person)
    return setCookie(call, id)
  }

  /** @returns the Set-Cookie header */
  end(call: Call): string {
    this.#people.take(call.cookie(COOKIE))
    return `${setCookie(call, '')}; Max-Age=0`
  }
}

function setCookie({ secure }: Call, value: string): string {
  return `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
