import type { NodeAPI } from 'node-red'
import type { HumanApi } from '../humanapi-account/humanapi-account'
import { actionNode } from '../kit/action-node'
import { choice } from '../kit/choice'
import { email, humanApiPerson } from '../kit/humanapi'
import { user } from '../kit/inputs'

const inputs = { user, email }

export default function (RED: NodeAPI): void {
  actionNode<HumanApi, typeof inputs>(RED, {
    type: 'humanapi-token',
    provider: 'humanapi',
    operation: 'token',
    account: 'humanapi-account',
    inputs,
    async run(action) {
      const { config, signal, values } = action
      const type = choice(config, 'tokenType', ['session', 'id', 'access', 'auto'])
      const { expiresAt, ...token } = await humanApiPerson(action, values.user, values.email).token(
        type,
        signal,
      )
      const end = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }
      return { payload: { ...token, ...end }, user: values.user }
    },
  })
}
