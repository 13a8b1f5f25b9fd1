import type { PendingAuthorization } from '../../src/oauth1/exchange'
import type { Action } from './action-node'
import type { Departure } from './browser'
import type { Outcome } from './runner'
import { inBrowser } from './status'

/**
 * OAuth 1.0a, the way out: an unauthorized request token is obtained, and the message becomes the redirect to the page
 * on which it is authorized. `kept` is there again when the browser is back, with `token` and `secret`.
 */
export async function sendToAuthorize<Client>(
  action: Action<Client, unknown>,
  begin: (callback: string, signal: AbortSignal) => Promise<PendingAuthorization>,
  kept: Record<string, string>,
): Promise<Outcome> {
  const departure = action.browser.leave(action.msg)
  const pending = await begin(departure.callback, action.signal)
  if (!pending.callbackConfirmed) {
    action.warn(
      'The gateway did not confirm the callback address (oauth_callback_confirmed): it may follow OAuth 1.0, not 1.0a, and send the browser elsewhere.',
    )
  }
  await departure.keep({ ...kept, token: pending.token, secret: pending.secret })
  const { attempts, page } = pending
  return { ...redirect(action, departure, page), user: kept.user || undefined, attempts }
}

/** The redirect that takes the browser of a message to a page. */
export function redirect({ msg }: Action<unknown, unknown>, departure: Departure, location: string): Outcome {
  return {
    payload: '',
    statusCode: 302,
    headers: { location },
    set: { cookies: { ...(msg.cookies as object | undefined), ...departure.cookies } },
    status: inBrowser,
  }
}
