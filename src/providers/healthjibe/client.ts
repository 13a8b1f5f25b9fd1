import { GatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import type { PendingAuthorization } from '../../oauth1/exchange'
import {
  textOf,
  unreadable,
  type AccessTokens,
  type CallbackQuery,
  type Exchange,
  type Fields,
  type Grant,
  type RazcodeGateway,
} from '../razcode/gateway'
import { type CalendarDay, mmddyyyy } from './calendar-day'

const provider = 'healthjibe'

/** What is read from a health management service. */
export interface HmsQuery {
  /** Its name, as the list of services has it. */
  hms: string
  /** The first and the last day; left out: no limit. */
  startDate?: CalendarDay
  endDate?: CalendarDay
}

/** HealthJibe's operations, one method each. Source of all: HealthJibe "Source Integration". */
export class HealthJibeClient {
  readonly #gateway: RazcodeGateway

  constructor(gateway: RazcodeGateway) {
    this.#gateway = gateway
  }

  /** Steps 1 and 2: a request token, and the page on which the user authorizes it. */
  beginConnect(callback: string, signal?: AbortSignal): Promise<PendingAuthorization> {
    return this.#gateway.beginAuthorization('authorize', callback, signal)
  }

  /** Step 3: the access token, to be stored with the user. */
  finishAuthorization(
    pending: Pick<PendingAuthorization, 'token' | 'secret'>,
    query: CallbackQuery,
    signal?: AbortSignal,
  ): Promise<AccessTokens> {
    return this.#gateway.accessToken(pending, query, signal)
  }

  /**
   * Step 4: the page on which the user chooses the services that receive the data; it returns to `razCallback`.
   * `user` is the caller's own id of the person, for an application with several users under one account.
   */
  configurePage(grant: Grant, razCallback: string, user?: string): Promise<string> {
    return this.#gateway.signedPage(grant, 'configure', [
      ['raz_callback', razCallback],
      ...(user === undefined ? [] : [['user', user] as const]),
    ])
  }

  /** Step 5: whether health information should continue to be sent for this user. */
  notificationStatus(query: CallbackQuery): boolean {
    const status = query.raz_notification_status?.toLowerCase()
    if (status !== 'true' && status !== 'false') {
      throw new GatewayError(
        'HG_RESPONSE',
        'The browser came back from the configuration page without raz_notification_status (true or false). The connection is kept as it was; send the user through the configuration again.',
      )
    }
    return status === 'true'
  }

  /** Sign-on: a request token, and the page on which HealthJibe says who the person is. */
  beginSignOn(callback: string, signal?: AbortSignal): Promise<PendingAuthorization> {
    return this.#gateway.beginAuthorization('authenticate', callback, signal)
  }

  /**
   * What a sign-on brought: the first time an authorised request token, which is exchanged for the access token; later
   * the access token itself, which is not exchanged. Its secret was stored the first time.
   */
  async finishSignOn(
    pending: Pick<PendingAuthorization, 'token' | 'secret'>,
    query: CallbackQuery,
    signal?: AbortSignal,
  ): Promise<{ firstTime: true; tokens: AccessTokens } | { firstTime: false; accessToken: string }> {
    const refused = query.denied !== undefined || query.oauth_problem !== undefined
    const accessToken = query.oauth_token
    if (refused || !accessToken || accessToken === pending.token) {
      return { firstTime: true, tokens: await this.#gateway.accessToken(pending, query, signal) }
    }
    return { firstTime: false, accessToken }
  }

  /** Sends a health encounter record, a CCR or OMHE commands, as the form parameter `her`. */
  async notify(grant: Grant, her: string, signal?: AbortSignal): Promise<HttpResponse> {
    const facts = { provider, operation: 'sourcenotification' }
    const fields: Fields = [['her', her]]
    const response = await this.#gateway.send({
      ...facts,
      method: 'POST',
      url: this.#gateway.endpoints.sourceNotification,
      fields,
      grant,
      signal,
    })
    // What it says is not documented, only that it is an answer to a form: text in any case.
    textOf({ response, facts, sent: fields })
    return response
  }

  /** The names of the health management services that the user linked: reading steps 1 and 2. */
  async hmsList(grant: Grant, signal?: AbortSignal): Promise<{ names: string[]; response: HttpResponse }> {
    const facts = { provider, operation: 'hmslist' }
    const url = this.#gateway.endpoints.hmsList
    const response = await this.#gateway.send({ ...facts, method: 'GET', url, grant, signal })
    return { names: namesIn({ response, facts }), response }
  }

  /**
   * The CCR of one service, as it came: reading steps 4 and 5. A service that the user does not have is
   * HG_NOT_FOUND, a start after the end HG_INPUT.
   */
  async hmsRead(
    grant: Grant,
    { hms, startDate, endDate }: HmsQuery,
    signal?: AbortSignal,
  ): Promise<HttpResponse> {
    if (startDate && endDate && startDate.iso > endDate.iso) {
      throw new GatewayError('HG_INPUT', 'The start date is after the end date. Exchange them.')
    }
    return this.#gateway.send({
      provider,
      operation: 'hmsread',
      what: 'the health management service',
      method: 'GET',
      url: this.#gateway.endpoints.hmsRead,
      fields: [
        ['hms', hms],
        ...(startDate ? [['startdate', mmddyyyy(startDate)] as const] : []),
        ...(endDate ? [['enddate', mmddyyyy(endDate)] as const] : []),
      ],
      grant,
      signal,
    })
  }
}

function namesIn(exchange: Exchange): string[] {
  const names = parsed(textOf(exchange))
  if (
    Array.isArray(names) &&
    names.every((name): name is string => typeof name === 'string' && name !== '')
  ) {
    return names
  }
  throw unreadable('The list of health management services is not a JSON array of names.', exchange)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
