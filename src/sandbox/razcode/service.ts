import type { People, Person } from '../accounts'
import type { Call } from '../call'
import type { Parameter } from '../form'
import { type Consumer, OAuth1Verifier, type SignedRequest } from '../oauth1-verifier'
import { Refusal } from '../refusal'
import { AccessTokens } from './access-tokens'
import { RequestTokens } from './request-tokens'

export interface RazcodeOptions {
  consumers: readonly Consumer[]
  people: People
  secret: string
  now: () => number
}

/** What the endpoints of RAZCODE and of HealthJibe have in common: one registration, one kind of token. */
export class RazcodeService {
  readonly consumers: ReadonlyMap<string, Consumer>
  readonly people: People
  readonly requestTokens: RequestTokens
  readonly accessTokens: AccessTokens
  readonly verifier: OAuth1Verifier

  constructor({ consumers, people, secret, now }: RazcodeOptions) {
    this.consumers = new Map(consumers.map((consumer) => [consumer.key, consumer]))
    this.people = people
    this.requestTokens = new RequestTokens(now)
    this.accessTokens = new AccessTokens(secret, people)
    this.verifier = new OAuth1Verifier(this.consumers, now)
  }

  /** Verifies a request that is made for a person, with an access token. */
  async verifyForPerson(call: Call, form: readonly Parameter[]): Promise<SignedRequest & { person: Person }> {
    const signed = await this.verifier.verify(call.wire(form), {
      required: ['oauth_token'],
      tokenSecret: (token, consumerKey) => this.accessTokens.secretOf(token, consumerKey),
      signal: call.signal,
    })
    const person = this.accessTokens.personOf(signed.token)
    if (!person || call.isTo('expireTokens')) throw expired()
    return { ...signed, person }
  }
}

export function expired(): Refusal {
  return new Refusal(401, 'This token has expired. The person has to connect again.', 'token_expired')
}
