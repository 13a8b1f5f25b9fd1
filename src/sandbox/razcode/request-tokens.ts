import { randomBytes } from 'node:crypto'
import type { Account } from '../accounts'
import { Refusal } from '../refusal'
import { ShortLived } from '../short-lived'

const TEN_MINUTES = 600_000

/** Longer than they are good for, so that a late caller hears "expired" and not "unknown". */
const ONE_DAY = 86_400_000

/** Temporary credentials: RFC 5849 section 2.1. */
export interface RequestToken {
  token: string
  secret: string
  consumerKey: string
  /** An address, or `oob`: the person is shown the verifier and types it. */
  callback: string
  goodUntil: number
  state: 'new' | 'approved' | 'refused' | 'used'
  verifier: string
  /** Who approved, a person or an organisation. */
  approvedBy?: Account
}

export class RequestTokens {
  readonly #tokens: ShortLived<RequestToken>

  constructor(private readonly now: () => number) {
    this.#tokens = new ShortLived(ONE_DAY, now)
  }

  issue(consumerKey: string, callback: string): RequestToken {
    const issued: RequestToken = {
      token: random(),
      secret: random(),
      consumerKey,
      callback,
      goodUntil: this.now() + TEN_MINUTES,
      state: 'new',
      verifier: random(),
    }
    this.#tokens.set(issued.token, issued)
    return issued
  }

  secretOf(token: string, consumerKey: string): string | undefined {
    const found = this.#tokens.get(token)
    return found?.consumerKey === consumerKey ? found.secret : undefined
  }

  /** The token that a person is to decide about; a page's refusal when there is nothing to decide. */
  toDecide(token: string): RequestToken {
    const found = this.#tokens.get(token)
    const startAgain = 'Go back to where you came from and start again.'
    if (!found) throw new Refusal(400, `This request is unknown. ${startAgain}`)
    if (found.state !== 'new') throw new Refusal(410, `This request was answered already. ${startAgain}`)
    if (found.goodUntil <= this.now()) throw new Refusal(410, `This request has expired. ${startAgain}`)
    return found
  }

  /** Uses the token up: RFC 5849 section 2.3. @returns who approved */
  redeem(token: string, verifier: string): Account {
    const found = this.#tokens.get(token)
    if (!found) throw new Refusal(401, 'This request token is unknown.', 'token_rejected')
    if (found.state === 'used') throw new Refusal(401, 'This request token was used already.', 'token_used')
    if (found.goodUntil <= this.now())
      throw new Refusal(401, 'This request token has expired.', 'token_expired')
    if (found.state === 'refused') throw new Refusal(401, 'The person refused this request.', 'user_refused')
    if (!found.approvedBy)
      throw new Refusal(401, 'Nobody has approved this request token yet.', 'permission_unknown')
    if (verifier !== found.verifier) throw new Refusal(401, 'This is not the verifier.', 'verifier_invalid')
    found.state = 'used'
    return found.approvedBy
  }
}

function random(): string {
  return randomBytes(18).toString('base64url')
}
