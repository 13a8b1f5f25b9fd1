import type { IncomingMessage } from 'node:http'
import type { NodeAPI, NodeMessageInFlow } from 'node-red'
import { GatewayError, toGatewayError } from '../../src/errors'
import type { JsonObject } from '../../src/providers/json-answer'
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
    run({ client, msg }) {
      const { headers, body } = posted(msg)
      try {
        const events = client.notifications.verify({ headers, body: body as Buffer | string })
        return Promise.resolve({
          ...answer(200),
          more: events.map((payload) => ({ output: 1, payload, ...whose(payload) })),
          status: finished(String(events.length)),
        })
      } catch (thrown) {
        const failure = toGatewayError(thrown)
        // One that came before was dealt with then: who sends it again has missed the answer.
        const status = { HG_FORBIDDEN: 403, HG_CONFLICT: 200, HG_TOO_LARGE: 413 } as Partial<
          Record<string, number>
        >
        return Promise.resolve({ ...answer(status[failure.code] ?? 400), failure, status: failed(failure) })
      }
    },
  })
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
