import type { NodeAPI } from 'node-red'
import { outgoingDocument } from '../../src/documents/outgoing'
import { actionNode } from '../kit/action-node'
import { choice } from '../kit/choice'
import { document, user } from '../kit/inputs'
import { answer } from '../kit/messages'
import { held } from '../kit/status'
import type { RazcodeClients } from '../razcode-account/razcode-account'

const inputs = { user, document }

export default function (RED: NodeAPI): void {
  actionNode<RazcodeClients, typeof inputs>(RED, {
    type: 'healthjibe-notify',
    provider: 'healthjibe',
    operation: 'notify',
    account: 'razcode-account',
    outputs: 2,
    inputs,
    async run({ client, config, msg, people, signal, used, values }) {
      choice(config, 'delivery', ['direct'])
      const { text } = await outgoingDocument(values.document)
      // After the document, which takes its time if it is large: what counts is the wish of this moment.
      const connection = await people.get(values.user)
      if (connection.notificationStatus === false) {
        return { payload: msg.payload, output: 1, user: values.user, status: held('status.stopped') }
      }
      const response = await client.healthjibe.notify(connection, text, signal)
      await used(connection)
      return { payload: response.body.toString(), user: values.user, ...answer(response) }
    },
  })
}
