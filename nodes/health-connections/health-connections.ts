import type { NodeAPI } from 'node-red'
import { actionNode } from '../kit/action-node'
import { choice } from '../kit/choice'
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
    async run(action) {
      const { config, values } = action
      const connections = action[choice(config, 'of', ['people', 'organisations'])]
      switch (choice(config, 'action', ['list', 'get', 'forget'])) {
        case 'list': {
          const all = await connections.list()
          return { payload: all.map(shownConnection), status: finished(String(all.length)) }
        }
        case 'get':
          return one(shownConnection(await connections.get(user.read(values.user))))
        case 'forget': {
          const person = user.read(values.user)
          return one({ user: person, forgotten: await connections.forget(person) })
        }
      }
    },
  })
}

function one(payload: { user: string; [fact: string]: unknown }): Outcome {
  return { payload, user: payload.user }
}
