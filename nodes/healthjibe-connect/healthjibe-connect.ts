import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { actionNode, type Action } from '../kit/action-node'
import type { BrowserReturn, Circumstances } from '../kit/browser'
import * as input from '../kit/inputs'
import { shownConnection } from '../kit/messages'
import type { BrowserOutcome, Outcome } from '../kit/runner'
import { inBrowser } from '../kit/status'
import type { RazcodeClients } from '../razcode-account/razcode-account'

const inputs = { user: input.user, returnUrl: input.returnUrl }

export default function (RED: NodeAPI): void {
  actionNode<RazcodeClients, typeof inputs>(RED, {
    type: 'healthjibe-connect',
    provider: 'healthjibe',
    operation: 'connect',
    account: 'razcode-account',
    outputs: 2,
    inputs,
    run: begin,
    browser: {
      callback(action, back) {
        const step = steps[back.kept.step ?? '']
        if (step) return step(action, back)
        throw new GatewayError(
          'HG_NOT_FOUND',
          'This way back leads to a step that is not known. Begin again.',
        )
      },
    },
  })
}

/** Steps 1 and 2: an unauthorized request token, and the browser is sent to authorize it. */
async function begin(action: Action<RazcodeClients, input.Values<typeof inputs>>): Promise<Outcome> {
  const { browser, client, config, msg, signal, values } = action
  if ((config.action ?? 'connect') !== 'connect') {
    throw new GatewayError(
      'HG_CONFIG',
      'The action of this node is not known. Open the node, choose "connect", and deploy.',
    )
  }
  const departure = browser.leave(msg)
  const pending = await client.healthjibe.beginConnect(departure.callback, signal)
  if (!pending.callbackConfirmed) {
    action.warn(
      'HealthJibe did not confirm the callback address (oauth_callback_confirmed): it may follow OAuth 1.0, not 1.0a, and send the browser elsewhere.',
    )
  }
  await departure.keep({
    step: 'authorize',
    user: values.user,
    returnUrl: values.returnUrl,
    token: pending.token,
    secret: pending.secret,
  })
  return {
    payload: '',
    statusCode: 302,
    headers: { location: pending.page },
    set: { cookies: { ...(msg.cookies as object | undefined), ...departure.cookies } },
    attempts: pending.attempts,
    user: values.user,
    status: inBrowser,
  }
}

/** Steps 3 and 4: the access token is stored, and the browser goes on to choose the services. */
async function authorized(
  action: Circumstances<RazcodeClients>,
  back: BrowserReturn,
): Promise<BrowserOutcome> {
  const { account, client, signal, store } = action
  const { user = '', returnUrl = '', token = '', secret = '' } = back.kept
  const tokens = await client.healthjibe.finishAuthorization({ token, secret }, back.query, signal)
  // One that cannot be read is as good as none: it is replaced.
  const earlier = await store.connections.get(account.scope, user).catch(() => undefined)
  await store.connections.put({
    account: account.scope,
    user,
    provider: 'healthjibe',
    tokens: { ...tokens },
    // Who has said stop before is asked again on the next page; until they answer, that stands.
    notificationStatus: earlier?.notificationStatus ?? true,
    grantedAt: new Date().toISOString(),
  })
  const departure = back.leave()
  await departure.keep({ step: 'configure', user, returnUrl, token: tokens.oauth_token })
  return {
    payload: undefined,
    output: 'none',
    goTo: await client.healthjibe.configurePage({ user, tokens: { ...tokens } }, departure.callback),
    status: inBrowser,
  }
}

/** Step 5: the browser is back for good; whether the user wants to be sent anything is kept and obeyed. */
async function configured(
  action: Circumstances<RazcodeClients>,
  back: BrowserReturn,
): Promise<BrowserOutcome> {
  const { account, client, store } = action
  const { user = '', returnUrl = '', token = '' } = back.kept
  if (back.query.oauth_token !== token) {
    throw new GatewayError(
      'HG_RESPONSE',
      'The browser came back from the configuration page with the token of another connection. Begin again.',
    )
  }
  const notificationStatus = client.healthjibe.notificationStatus(back.query)
  const connection = await store.connections.update(account.scope, user, { notificationStatus })
  if (!connection) {
    throw new GatewayError(
      'HG_NOT_CONNECTED',
      'The connection was forgotten while the user was on the configuration page. Begin again.',
    )
  }
  return {
    payload: shownConnection(connection),
    output: 1,
    user,
    goTo: returnUrl,
    page: notificationStatus ? 'connected' : 'stopped',
  }
}

/** What goes on when the browser is back, by the step that it left for. */
const steps: Readonly<Record<string, typeof authorized | undefined>> = {
  authorize: authorized,
  configure: configured,
}
