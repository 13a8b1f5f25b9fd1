import type { NodeAPI } from 'node-red'
import { outgoingDocument } from '../../src/documents/outgoing'
import { GatewayError } from '../../src/errors'
import { actionNode } from '../kit/action-node'
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
    async run({ account, client, config, msg, signal, used, values }) {
      if ((config.delivery ?? 'direct') !== 'direct') {
        throw new GatewayError(
          'HG_CONFIG',
          'The delivery of this node is not known. Open the node, choose "direct", and deploy.',
        )
      }
      const connection = await account.connection(values.user)
      const { text } = await outgoingDocument(values.document)
      if (!connection.notificationStatus) {
        return { payload: msg.payload, output: 1, user: values.user, status: held('status.stopped') }
      }
      const response = await client.healthjibe.notify(connection, text, signal)
      await used(values.user)
      return { payload: response.body.toString(), user: values.user, ...answer(response) }
    },
  })
}
