import type { HttpResponse } from '../../src/http/types'
import type { Connection, ConnectionSummary } from '../../src/store/store'
import type { Outcome } from './runner'

/**
 * Headers that describe the transport to this machine or belong to the provider's own session: a flow that ends in an
 * `http response` node would send them on to its browser.
 */
const NOT_PASSED_ON = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
])

/** The facts of an answer, as the message carries them. */
export function answer(response: HttpResponse): Pick<Outcome, 'statusCode' | 'headers' | 'attempts'> {
  const { statusCode, attempts } = response
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (!NOT_PASSED_ON.has(name)) headers[name] = value
  }
  return { statusCode, headers, attempts }
}

/** What a flow may see of a connection: never a token. */
export function shownConnection(
  connection: Connection | ConnectionSummary,
): Omit<ConnectionSummary, 'account'> {
  const { user, provider, notificationStatus, grantedAt, lastUsedAt } = connection
  return { user, provider, notificationStatus, grantedAt, lastUsedAt }
}
