import type { Account, Accounts } from '../accounts'
import type { Call } from '../call'
import type { Parameter } from '../form'
import { type Consumer, type Expectation, OAuth1Verifier, type SignedRequest } from '../oauth1-verifier'
import { Refusal } from '../refusal'
import { AccessTokens, type TokenPair } from './access-tokens'
import { Connections } from './connections'
import { RequestTokens } from './request-tokens'

export interface RazcodeOptions {
  consumers: readonly Consumer[]
  people: Accounts
  organisations: Accounts
  secret: string
  now: () => number
}

/** What the endpoints of RAZCODE and of HealthJibe have in common: one registration, one kind of token. */
export class RazcodeService {
  readonly consumers: ReadonlyMap<string, Consumer>
  readonly people: Accounts
  readonly organisations: Accounts
  readonly requestTokens: RequestTokens
  readonly connections: Connections
  readonly verifier: OAuth1Verifier
  readonly #accessTokens: AccessTokens

  constructor({ consumers, people, organisations, secret, now }: RazcodeOptions) {
    this.consumers = new Map(consumers.map((consumer) => [consumer.key, consumer]))
    this.people = people
    this.organisations = organisations
    this.requestTokens = new RequestTokens(now)
    this.connections = new Connections(now)
    this.verifier = new OAuth1Verifier(this.consumers, now)
    this.#accessTokens = new AccessTokens(secret, [...people, ...organisations])
  }

  /** What people know a consumer by. */
  nameOf(consumerKey: string): string {
    return this.consumers.get(consumerKey)?.name ?? consumerKey
  }

  /** @param id the same id gives the same token */
  issueAccessToken(consumerKey: string, account: Account, id?: string): TokenPair {
    const pair = this.#accessTokens.issue(consumerKey, account, id)
    if (this.people.includes(account)) this.connections.know(pair.oauth_token, consumerKey, account)
    return pair
  }

  /** Verifies a request that is made for a person, with an access token. */
  async verifyForPerson(
    call: Call,
    form: readonly Parameter[],
  ): Promise<SignedRequest & { person: Account }> {
    const signed = await this.#verify(call, form, ['oauth_token'])
    const person = this.#accessTokens.holderOf(signed.token)
    if (!person || call.isTo('expireTokens')) throw expired('The person has to connect again.')
    if (!this.people.includes(person)) {
      throw wrongHolder('This token stands for an organisation; here one is needed that a person gave.')
    }
    if (this.connections.know(signed.token, signed.consumer.key, person).withdrawn) {
      throw new Refusal(
        401,
        'The person has withdrawn this connection. The person has to connect again.',
        'token_revoked',
      )
    }
    return { ...signed, person }
  }

  /** Verifies a request of an organisation with its access token, or of a consumer without any token. */
  async verifyForOrganisation(
    call: Call,
    form: readonly Parameter[],
  ): Promise<SignedRequest & { organisation: Account | undefined }> {
    const signed = await this.#verify(call, form, [])
    if (signed.token === '') return { ...signed, organisation: undefined }
    const organisation = this.#accessTokens.holderOf(signed.token)
    if (!organisation || call.isTo('expireTokens')) {
      throw expired('The organisation has to be activated again.')
    }
    if (!this.organisations.includes(organisation)) {
      throw wrongHolder("This token stands for a person; here the organisation's is needed, or none.")
    }
    return { ...signed, organisation }
  }

  /** The person who gave this consumer the token and has not withdrawn it. */
  personBehind(token: string, consumerKey: string): Account | undefined {
    if (this.#accessTokens.secretOf(token, consumerKey) === undefined) return undefined
    const holder = this.#accessTokens.holderOf(token)
    return this.people.find((person) => person === holder && !this.connections.isWithdrawn(token))
  }

  #verify(call: Call, form: readonly Parameter[], required: Expectation['required']): Promise<SignedRequest> {
    return this.verifier.verify(call.wire(form), {
      required,
      tokenSecret: (token, consumerKey) => this.#accessTokens.secretOf(token, consumerKey),
      signal: call.signal,
    })
  }
}

export function expired(whatToDo: string): Refusal {
  return new Refusal(401, `This token has expired. ${whatToDo}`, 'token_expired')
}

function wrongHolder(message: string): Refusal {
  return new Refusal(401, message, 'token_rejected')
}
