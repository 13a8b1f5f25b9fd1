import { join } from 'node:path'
import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
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
        script: join(__dirname, 'page.js'),
        vendorScript: endpoints.connectScript,
        frames: [endpoints.connectFrame],
        data: { token, clientId },
        kept: { token },
        user: values.user,
      })
    },
    posted: { event: happened },
  })
}

/** What the page may tell, and what follows from it for the person's next token. */
async function happened(
  action: Circumstances<HumanApi>,
  { body, kept }: BrowserReturn,
): Promise<BrowserOutcome> {
  const { user = '', token = '', returnUrl = '' } = kept
  const { event } = body
  if (event !== 'connect' && event !== 'disconnect' && event !== 'close') {
    throw new GatewayError('HG_INPUT', 'The page posted what is no event of Connect.')
  }
  const status = text(body.status) ?? ''
  const results = isObject(body.sessionResults) ? body.sessionResults : {}
  const payload = {
    event,
    status,
    sessionResults: {
      connectedSources: sources(results.connectedSources),
      disconnectedSources: sources(results.disconnectedSources),
      requestedSources: sources(results.requestedSources),
    },
    currentConnections: sources(body.currentConnections),
    requestedProviders: providers(body.requestedProviders),
  }
  const person = humanApiPerson(action, user)
  if (/^(?:SESSION_TOKEN|MISSING_SESSION)/.test(status)) await person.noteRefused(token)
  else if (event === 'connect') await person.noteConnected(true)
  else if (Array.isArray(body.currentConnections)) {
    await person.noteConnected(body.currentConnections.length > 0)
  }
  return {
    payload,
    output: 1,
    user,
    set: { user },
    ...(event === 'close' && returnUrl !== '' && status === 'SUCCESS' ? { goTo: returnUrl } : {}),
  }
}

/*
 * Only what is known is passed on, since the page is at the person's browser, who can post anything; what is not
 * readable of it is left out, and the event is none the less for that. Source of the names: humanapi-connect-client 2.4.1.
 */

type Fields = Readonly<Record<string, unknown>>

function sources(list: unknown): Fields[] {
  return objectsIn(list, ({ name, id }) => ({ name: text(name), id: text(id) }))
}

function providers(list: unknown): Fields[] {
  return objectsIn(list, ({ address, healthSystem, location, physician, website }) => ({
    address: text(address),
    healthSystem: text(healthSystem),
    location: isObject(location)
      ? some({ latitude: number(location.latitude), longitude: number(location.longitude) })
      : undefined,
    physician: text(physician),
    website: text(website),
  }))
}

function objectsIn(list: unknown, read: (object: JsonObject) => Fields): Fields[] {
  const objects = Array.isArray(list) ? (list as unknown[]).filter(isObject) : []
  return objects.map((object) => some(read(object))).filter((fields) => fields !== undefined)
}

/** The fields that are there; undefined where none is. */
function some(fields: Fields): Fields | undefined {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined)
  return there.length > 0 ? Object.fromEntries(there) : undefined
}

function text(value: unknown): string | undefined {
  const written = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  return typeof written === 'string' && written.length <= 500 ? written : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
