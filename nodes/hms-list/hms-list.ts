import type { NodeAPI } from 'node-red'
import { actionNode } from '../kit/action-node'
import { user } from '../kit/inputs'
import { answer } from '../kit/messages'
import { finished } from '../kit/status'
import type { RazcodeClients } from '../razcode-account/razcode-account'

const inputs = { user }

export default function (RED: NodeAPI): void {
  actionNode<RazcodeClients, typeof inputs>(RED, {
    type: 'hms-list',
    provider: 'healthjibe',
    operation: 'hmsList',
    account: 'razcode-account',
    inputs,
    async run({ client, people, signal, used, values }) {
      const connection = await people.get(values.user)
      const { names, response } = await client.healthjibe.hmsList(connection, signal)
      await used(connection)
      return {
        ...answer(response),
        payload: names,
        user: values.user,
        status: finished(String(names.length)),
      }
    },
  })
}
