import type { NodeAPI } from 'node-red'
import { HumanApiClient } from '../../src/providers/humanapi/client'
import { humanApiEndpoints } from '../../src/providers/humanapi/endpoints'
import { HumanApiTokens } from '../../src/providers/humanapi/tokens'
import { HumanApiNotifications } from '../../src/providers/humanapi/webhook'
import { accountNode } from '../kit/account-node'

/** What the nodes of an account share: its tokens are asked for once, its notifications known by each other. */
export interface HumanApi {
  client: HumanApiClient
  tokens: HumanApiTokens
  notifications: HumanApiNotifications
}

export default function (RED: NodeAPI): void {
  accountNode(RED, {
    type: 'humanapi-account',
    provider: 'humanapi',
    credentials: { clientId: 'text', clientSecret: 'password' },
    live: humanApiEndpoints,
    sandbox({ urls, demo: { humanapi } }) {
      const { clientId, clientSecret, connectedUser } = humanapi
      const { user, humanId } = connectedUser
      const tokens = { human_id: humanId, source_connected: 'yes' }
      return {
        endpoints: { ...urls.humanapi },
        credentials: { clientId, clientSecret },
        connections: [{ of: 'people', user, provider: 'humanapi', tokens }],
      }
    },
    client({ credentials, endpoints, http }): HumanApi {
      const client = new HumanApiClient({ ...credentials, endpoints, http })
      return {
        client,
        tokens: new HumanApiTokens(client),
        notifications: new HumanApiNotifications(credentials),
      }
    },
    forgotten({ tokens }, user) {
      tokens.forget(user)
    },
    async test({ client }) {
      await client.test()
      return undefined
    },
  })
}
