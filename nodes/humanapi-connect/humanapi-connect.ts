import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { connectFrames } from '../../src/providers/humanapi/endpoints'
import { isObject, type JsonObject } from '../../src/providers/json-answer'
import type { HumanApi } from '../humanapi-account/humanapi-account'
import { actionNode } from '../kit/action-node'
import type { BrowserReturn, Circumstances } from '../kit/browser'
import { email, humanApiPerson } from '../kit/humanapi'
import { user } from '../kit/inputs'
import type { BrowserOutcome } from '../kit/runner'
import { widgetInputs, widgetPage } from '../kit/widget-page'

const inputs = { user, email, ...widgetInputs }

export default function (RED: NodeAPI): void {
  actionNode<HumanApi, typeof inputs>(RED, {
    type: 'humanapi-connect',
    provider: 'humanapi',
    operation: 'connect',
    account: 'humanapi-account',
    outputs: 2,
    inputs,
    async run(action) {
      const { client, signal, values } = action
      // Who did not come from a browser is told so, and no session is begun for them.
      action.browser.leave(action.msg)
      const { token } = await humanApiPerson(action, values.user, values.email).token('auto', signal)
      const { clientId, endpoints } = client.client
      return widgetPage(RED, action, {
        script: 'humanapi-connect',
        vendorScript: endpoints.connectScript,
        frames: connectFrames(endpoints),
        data: { token, clientId },
        kept: { token },
        user: values.user,
      })
    },
    posted: { event: happened },
  })
}

interface Source {
  name: string
  id: string
}

/** What the page may tell, and what follows from it for the person's next token. */
async function happened(
  action: Circumstances<HumanApi>,
  { body, kept }: BrowserReturn,
): Promise<BrowserOutcome> {
  const { user = '', token = '', returnUrl = '' } = kept
  const { event } = body
  if (event !== 'connect' && event !== 'disconnect' && event !== 'close') throw notAnEvent()
  const { status = '' } = body
  if (typeof status !== 'string' || !/^[\w-]{0,64}$/.test(status)) throw notAnEvent()
  const results = isObject(body.sessionResults) ? body.sessionResults : {}
  const currentConnections =
    body.currentConnections === undefined ? undefined : sources(body.currentConnections)
  const payload = {
    event,
    status,
    sessionResults: {
      connectedSources: sources(results.connectedSources ?? []),
      disconnectedSources: sources(results.disconnectedSources ?? []),
    },
    currentConnections: currentConnections ?? [],
  }
  const person = humanApiPerson(action, user)
  if (/^(?:SESSION_TOKEN|MISSING_SESSION)/.test(status)) await person.noteRefused(token)
  else if (event === 'connect') await person.noteConnected(true)
  else if (currentConnections) await person.noteConnected(currentConnections.length > 0)
  return {
    payload,
    output: 1,
    user,
    set: { user },
    ...(event === 'close' && returnUrl !== '' && status === 'SUCCESS' ? { goTo: returnUrl } : {}),
  }
}

/** Only what a source is known by: the page is at the person's browser, who can post anything. */
function sources(list: unknown): Source[] {
  if (!Array.isArray(list) || list.length > 1000) throw notAnEvent()
  return list.map((each: unknown) => {
    const { name, id }: JsonObject = isObject(each) ? each : {}
    if (!isShort(name) || !isShort(id)) throw notAnEvent()
    return { name, id }
  })
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 500
}

function notAnEvent(): GatewayError {
  return new GatewayError('HG_INPUT', 'The page posted what is no event of Connect.')
}
