import type { NodeAPI } from 'node-red'
import { actionNode } from '../kit/action-node'
import { choice, type ActionConfig } from '../kit/choice'
import { optionalUser, user } from '../kit/inputs'
import { shownConnection } from '../kit/messages'
import type { Outcome } from '../kit/runner'
import { finished } from '../kit/status'

const inputs = { user: optionalUser }

/** By the provider that is chosen: the type of the account, and the property that holds its id. */
const accounts = {
  razcode: { type: 'razcode-account', property: 'account' },
  humanapi: { type: 'humanapi-account', property: 'humanapiAccount' },
  zivacare: { type: 'zivacare-account', property: 'zivacareAccount' },
} as const
const providers = ['razcode', 'humanapi', 'zivacare'] as const

export default function (RED: NodeAPI): void {
  actionNode<unknown, typeof inputs>(RED, {
    type: 'health-connections',
    provider: 'health-gateways',
    operation: 'connections',
    account(config) {
      const { type, property } = accounts[choice(config, 'provider', providers)]
      return { type, id: config[property] }
    },
    inputs,
    async run(action) {
      const { config, values } = action
      const connections = action[kindOf(config)]
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

/** Only RAZCODE knows organisations: what another account's node says of them is left over from a change of provider. */
function kindOf(config: ActionConfig): 'people' | 'organisations' {
  if (choice(config, 'provider', providers) !== 'razcode') return 'people'
  return choice(config, 'of', ['people', 'organisations'])
}

function one(payload: { user: string; [fact: string]: unknown }): Outcome {
  return { payload, user: payload.user }
}
