import { GatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import type {
  AccessTokens,
  CallbackQuery,
  Grant,
  PendingAuthorization,
  RazcodeGateway,
} from '../razcode/gateway'

/** HealthJibe's operations, one method each. Source of all: HealthJibe "Source Integration". */
export class HealthJibeClient {
  readonly #gateway: RazcodeGateway

  constructor(gateway: RazcodeGateway) {
    this.#gateway = gateway
  }

  /** Steps 1 and 2: a request token, and the page on which the user authorizes it. */
  async beginConnect(
    callback: string,
    signal?: AbortSignal,
  ): Promise<PendingAuthorization & { page: string }> {
    const pending = await this.#gateway.requestToken(callback, signal)
    return { ...pending, page: this.#gateway.authorizationPage('authorize', pending.token) }
  }

  /** Step 3: the access token, to be stored with the user. */
  finishAuthorization(
    pending: Pick<PendingAuthorization, 'token' | 'secret'>,
    query: CallbackQuery,
    signal?: AbortSignal,
  ): Promise<AccessTokens> {
    return this.#gateway.accessToken(pending, query, signal)
  }

  /** Step 4: the page on which the user chooses the services that receive the data; it returns to `razCallback`. */
  configurePage(grant: Grant, razCallback: string): Promise<string> {
    return this.#gateway.signedPage(grant, 'configure', { raz_callback: razCallback })
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

  /** Sends a health encounter record, a CCR or OMHE commands, as the form parameter `her`. */
  notify(grant: Grant, her: string, signal?: AbortSignal): Promise<HttpResponse> {
    return this.#gateway.post(
      { provider: 'healthjibe', operation: 'sourcenotification' },
      this.#gateway.endpoints.sourceNotification,
      grant,
      [['her', her]],
      signal,
    )
  }
}
