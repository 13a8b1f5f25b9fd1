import { randomUUID } from 'node:crypto'
import type { NodeAPI } from 'node-red'
import { GatewayError, toGatewayError } from '../../src/errors'
import type { Grant } from '../../src/providers/razcode/gateway'
import type { Connection } from '../../src/store/store'
import { actionNode, type Action } from '../kit/action-node'
import { redirect, sendToAuthorize } from '../kit/authorization'
import type { BrowserReturn, Circumstances, Departure } from '../kit/browser'
import { choice } from '../kit/choice'
import type { AccountConnections } from '../kit/connections'
import * as input from '../kit/inputs'
import { shownConnection } from '../kit/messages'
import type { BrowserOutcome, Outcome } from '../kit/runner'
import { inBrowser } from '../kit/status'
import type { RazcodeClients } from '../razcode-account/razcode-account'

/** Who signs on may be anybody; but a flow that names somebody, and fails to, must not get anybody. */
const inputs = { user: input.optionalId('user', 'user'), returnUrl: input.returnUrl }
const provider = 'healthjibe'

type Connect = Action<RazcodeClients, input.Values<typeof inputs>>

export default function (RED: NodeAPI): void {
  actionNode<RazcodeClients, typeof inputs>(RED, {
    type: 'healthjibe-connect',
    provider,
    operation: (config) => (typeof config.action === 'string' ? config.action : 'connect'),
    account: 'razcode-account',
    outputs: 2,
    inputs,
    run(action) {
      return actions[choice(action.config, 'action', ['connect', 'configure', 'signOn'])](action)
    },
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

/** Connecting, steps 1 and 2: an unauthorized request token, and the browser is sent to authorize it. */
async function connect(action: Connect): Promise<Outcome> {
  const { healthjibe } = action.client
  const user = input.user.read(action.values.user)
  const { returnUrl } = action.values
  return sendToAuthorize(action, (callback, signal) => healthjibe.beginConnect(callback, signal), {
    step: 'authorize',
    user,
    returnUrl,
  })
}

/** Steps 3 and 4: the access token is stored, and the browser goes on to choose the services. */
async function authorized(
  action: Circumstances<RazcodeClients>,
  back: BrowserReturn,
): Promise<BrowserOutcome> {
  const { client, people, signal } = action
  const { user = '', returnUrl = '', token = '', secret = '' } = back.kept
  const tokens = await client.healthjibe.finishAuthorization({ token, secret }, back.query, signal)
  const connection = await people.grant({ user, provider, tokens: { ...tokens }, notificationStatus: true })
  const goTo = await configurationPage(action, back.leave(), connection, returnUrl)
  return { payload: undefined, output: 'none', goTo, status: inBrowser }
}

/** Changing the configuration of an existing connection: signed with its access token, nothing is exchanged. */
async function configure(action: Connect): Promise<Outcome> {
  const connection = await action.people.get(input.user.read(action.values.user))
  const departure = action.browser.leave(action.msg)
  const page = await configurationPage(action, departure, connection, action.values.returnUrl)
  return { ...redirect(action, departure, page), user: connection.user }
}

async function configurationPage(
  { client, config }: Circumstances<RazcodeClients>,
  departure: Departure,
  grant: Grant,
  returnUrl: string,
): Promise<string> {
  const { user, tokens } = grant
  await departure.keep({ step: 'configure', user, returnUrl, token: tokens.oauth_token ?? '' })
  return client.healthjibe.configurePage(
    grant,
    departure.callback,
    config.sendUser === true ? user : undefined,
  )
}

/** Step 5: the browser is back for good; whether the user wants to be sent anything is kept and obeyed. */
async function configured(
  { client, people }: Circumstances<RazcodeClients>,
  back: BrowserReturn,
): Promise<BrowserOutcome> {
  const { user = '', returnUrl = '', token = '' } = back.kept
  if (back.query.oauth_token !== token) {
    throw new GatewayError(
      'HG_RESPONSE',
      'The browser came back from the configuration page with the token of another connection. Begin again.',
    )
  }
  const notificationStatus = client.healthjibe.notificationStatus(back.query)
  if ((await people.find(user))?.tokens.oauth_token !== token) {
    throw new GatewayError(
      'HG_CONFLICT',
      'The connection was made anew or forgotten while the user was on the configuration page, which was about the earlier one. Let them choose again.',
      { user },
    )
  }
  const connection = await people.update(user, { notificationStatus })
  return arrived(connection, returnUrl, notificationStatus ? 'connected' : 'stopped')
}

/** Sign-on: the browser is sent to HealthJibe, which says who the person is. */
function signOn(action: Connect): Promise<Outcome> {
  const { healthjibe } = action.client
  const { user = '', returnUrl } = action.values
  return sendToAuthorize(action, (callback, signal) => healthjibe.beginSignOn(callback, signal), {
    step: 'signOn',
    user,
    returnUrl,
  })
}

/** Back from sign-on: the first time with a request token to exchange, later with the access token kept then. */
async function signedOn(
  { client, people, signal, used }: Circumstances<RazcodeClients>,
  back: BrowserReturn,
): Promise<BrowserOutcome> {
  const { user = '', returnUrl = '', token = '', secret = '' } = back.kept
  const result = await client.healthjibe.finishSignOn({ token, secret }, back.query, signal)
  const { firstTime } = result
  if (firstTime) {
    if (user !== '') await assertFree(people, client, user, signal)
    const tokens = { ...result.tokens }
    const connection = await people.grant({
      user: user || `${provider}-${randomUUID()}`,
      provider,
      tokens,
      notificationStatus: true,
    })
    return arrived(connection, returnUrl, 'signedOn', { firstTime })
  }
  const connection = await whoHolds(people, result.accessToken, user)
  // An access token that the person has withdrawn still stands in old addresses: it must sign nobody on.
  await client.healthjibe.hmsList(connection, signal)
  await used(connection)
  return arrived(connection, returnUrl, 'signedOn', { firstTime })
}

/**
 * HealthJibe takes the person for somebody new. A connection that the user has already is then another person's, unless
 * it was withdrawn there.
 */
async function assertFree(
  people: AccountConnections,
  { healthjibe }: RazcodeClients,
  user: string,
  signal: AbortSignal,
): Promise<void> {
  const connection = await people.find(user)
  if (!connection) return
  try {
    await healthjibe.hmsList(connection, signal)
  } catch (error) {
    const { code } = toGatewayError(error)
    if (code === 'HG_AUTH' || code === 'HG_NOT_CONNECTED') return
    throw error
  }
  throw new GatewayError(
    'HG_FORBIDDEN',
    `Somebody signed on at HealthJibe who is new to it, but the user "${user}" is connected already, as another person. If the user has a new HealthJibe account, let them connect.`,
    { user },
  )
}

async function whoHolds(people: AccountConnections, token: string, user: string): Promise<Connection> {
  const connection = await people.findByToken('oauth_token', token)
  if (!connection) {
    throw new GatewayError(
      'HG_NOT_CONNECTED',
      'HealthJibe takes this person for connected, but their connection is not kept here. Let them remove it at HealthJibe, then sign on again.',
    )
  }
  if (user !== '' && connection.user !== user) {
    throw new GatewayError(
      'HG_FORBIDDEN',
      `Another person than the user "${user}" signed on at HealthJibe.`,
      { user },
    )
  }
  return connection
}

/** The end of every way: a new message with the connection, and the browser goes where it was to go. */
function arrived(
  connection: Connection,
  returnUrl: string,
  page: BrowserOutcome['page'],
  more: Record<string, unknown> = {},
): BrowserOutcome {
  const { user } = connection
  return {
    payload: { ...shownConnection(connection), ...more },
    output: 1,
    user,
    set: { user },
    goTo: returnUrl,
    page,
  }
}

const actions = { connect, configure, signOn }

/** What goes on when the browser is back, by the step that it left for. */
const steps: Readonly<
  Record<
    string,
    ((action: Circumstances<RazcodeClients>, back: BrowserReturn) => Promise<BrowserOutcome>) | undefined
  >
> = {
  authorize: authorized,
  configure: configured,
  signOn: signedOn,
}
