import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { actionNode } from '../kit/action-node'
import { sendToAuthorize } from '../kit/authorization'
import { returnUrl, user, userId, type Input } from '../kit/inputs'
import { shownConnection } from '../kit/messages'
import type { RazcodeClients } from '../razcode-account/razcode-account'

const organisation: Input<string> = {
  ...user,
  read(value) {
    const id = userId(value)
    if (id !== '') return id
    throw new GatewayError(
      'HG_INPUT',
      'No organisation. Set msg.user, or the node\'s property "Organisation", to your own id of it.',
    )
  },
}

const inputs = { user: organisation, returnUrl }
const provider = 'razcode'

export default function (RED: NodeAPI): void {
  actionNode<RazcodeClients, typeof inputs>(RED, {
    type: 'razcode-activate',
    provider,
    operation: 'activate',
    account: 'razcode-account',
    outputs: 2,
    inputs,
    /** Steps 1 and 2: an unauthorized request token, and the browser is sent to have the organisation authorize it. */
    run(action) {
      const { razcode } = action.client
      return sendToAuthorize(
        action,
        (callback, signal) => razcode.beginActivation(callback, signal),
        action.values,
      )
    },
    browser: {
      /** Step 3: the access token is stored, and will sign what is staged. */
      async callback({ client, organisations, signal }, back) {
        const { user = '', returnUrl = '', token = '', secret = '' } = back.kept
        const tokens = await client.razcode.finishActivation({ token, secret }, back.query, signal)
        const activation = await organisations.grant({ user, provider, tokens: { ...tokens } })
        return {
          payload: shownConnection(activation),
          output: 1,
          user,
          goTo: returnUrl,
          page: 'activated',
        }
      },
    },
  })
}
