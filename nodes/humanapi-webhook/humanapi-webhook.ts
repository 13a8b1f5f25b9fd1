import type { IncomingMessage } from 'node:http'
import type { NodeAPI, NodeMessageInFlow } from 'node-red'
import { GatewayError, toGatewayError } from '../../src/errors'
import type { NotificationMemory } from '../../src/providers/humanapi/webhook'
import type { JsonObject } from '../../src/providers/json-answer'
import type { Handshakes } from '../../src/store/store'
import type { HumanApi } from '../humanapi-account/humanapi-account'
import { actionNode } from '../kit/action-node'
import { userId, type Inputs } from '../kit/inputs'
import { failed, finished } from '../kit/status'

const inputs: Inputs = {}

export default function (RED: NodeAPI): void {
  actionNode<HumanApi, Inputs>(RED, {
    type: 'humanapi-webhook',
    provider: 'humanapi',
    operation: 'notification',
    account: 'humanapi-account',
    outputs: 2,
    inputs,
    async run({ account, client, msg, store }) {
      const { headers, body } = posted(msg)
      try {
        const memory = memoryIn(store.handshakes, account.scope)
        const events = await client.notifications.verify({ headers, body: body as Buffer | string }, memory)
        return {
          ...answer(200),
          more: events.map((payload) => ({ output: 1, payload, ...whose(payload) })),
          status: finished(String(events.length)),
        }
      } catch (thrown) {
        const failure = toGatewayError(thrown)
        return { ...answer(statusOf[failure.code] ?? NOT_NOW), failure, status: failed(failure) }
      }
    },
    closed(msg, failure) {
      posted(msg)
      return { ...answer(NOT_NOW), failure, status: failed(failure) }
    },
  })
}

/** Who sends it may try again. */
const NOT_NOW = 503

/** Of what the notification itself is to blame for. */
const statusOf: Partial<Record<GatewayError['code'], number>> = {
  HG_INPUT: 400,
  HG_FORBIDDEN: 403,
  HG_TOO_LARGE: 413,
  // It was dealt with when it came first: who sends it again has missed the answer.
  HG_CONFLICT: 200,
}

/** Those that came are kept with the account's tokens, so that none is new again after a deploy. */
function memoryIn(handshakes: Handshakes, scope: string): NotificationMemory {
  return {
    async add(signature, lifetimeMs) {
      const id = `notification ${scope} ${signature}`
      if ((await handshakes.take(id)).outcome !== 'unknown') return false
      await handshakes.put(id, {}, lifetimeMs)
      return true
    },
  }
}

function answer(statusCode: number): {
  payload: string
  statusCode: number
  headers: Record<string, string>
} {
  return { payload: '', statusCode, headers: { 'cache-control': 'no-store' } }
}

function whose({ clientUserId }: JsonObject): { user?: string } {
  const user = userId(clientUserId)
  return user === '' ? {} : { user }
}

function posted(msg: NodeMessageInFlow): { headers: IncomingMessage['headers']; body: unknown } {
  const { req, payload } = msg as { req?: IncomingMessage; payload?: unknown }
  if (req) return { headers: req.headers, body: payload }
  throw new GatewayError(
    'HG_INPUT',
    'This message did not come from a web request. Wire this node behind an "http in" node, and its first output to an "http response" node.',
  )
}
