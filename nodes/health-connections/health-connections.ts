import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { actionNode } from '../kit/action-node'
import { optionalUser, user } from '../kit/inputs'
import { shownConnection } from '../kit/messages'
import type { Outcome } from '../kit/runner'
import { finished } from '../kit/status'

const inputs = { user: optionalUser }

export default function (RED: NodeAPI): void {
  actionNode<unknown, typeof inputs>(RED, {
    type: 'health-connections',
    provider: 'health-gateways',
    operation: 'connections',
    account: 'razcode-account',
    inputs,
    async run({ account, config, store, values }) {
      const { scope } = account
      switch (config.action ?? 'list') {
        case 'list': {
          const connections = await store.connections.list(scope)
          return { payload: connections.map(shownConnection), status: finished(String(connections.length)) }
        }
        case 'get':
          return one(shownConnection(await account.connection(await user.read(values.user))))
        case 'forget': {
          const person = await user.read(values.user)
          return one({ user: person, forgotten: await store.connections.forget(scope, person) })
        }
        default:
          throw new GatewayError(
            'HG_CONFIG',
            'The action of this node is not known. Choose list, get or forget, and deploy.',
          )
      }
    },
  })
}

function one(payload: { user: string; [fact: string]: unknown }): Outcome {
  return { payload, user: payload.user }
}
