import type { NodeAPI } from 'node-red'
import type { Healthcode } from '../healthcode-account/healthcode-account'
import { actionNode } from '../kit/action-node'
import { choice } from '../kit/choice'
import { inputs } from './inputs'
import { Interaction, operations } from './interactions'

export default function (RED: NodeAPI): void {
  actionNode<Healthcode, typeof inputs>(RED, {
    type: 'healthcode-fhir',
    provider: 'healthcode',
    providerOf: ({ service }) => service.provider,
    operation: ({ operation }) => (typeof operation === 'string' ? operation : operations[0]),
    account: 'healthcode-account',
    inputs,
    run: async (action) => new Interaction(action, choice(action.config, 'operation', operations)).run(),
  })
}
