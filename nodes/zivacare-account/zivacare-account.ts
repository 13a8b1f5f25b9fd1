import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { ZivaCareClient, zivaCareTokens } from '../../src/providers/zivacare/client'
import { zivaCareEndpoints } from '../../src/providers/zivacare/endpoints'
import { accountNode } from '../kit/account-node'

const provider = 'zivacare'

export default function (RED: NodeAPI): void {
  accountNode(RED, {
    type: 'zivacare-account',
    provider,
    credentials: { clientId: 'text', clientSecret: 'password' },
    live: zivaCareEndpoints,
    sandbox({ urls, demo: { zivacare } }) {
      const { clientId, clientSecret, connectedUser } = zivacare
      return {
        endpoints: urls.zivacare,
        credentials: { clientId, clientSecret },
        connections: [
          { of: 'people', user: connectedUser.user, provider, tokens: zivaCareTokens(connectedUser) },
        ],
      }
    },
    client: ({ credentials, endpoints, http, config: { requestStyle = 'form' } }) => {
      if (requestStyle === 'form' || requestStyle === 'json') {
        return new ZivaCareClient({ ...credentials, endpoints, http, requestStyle })
      }
      throw new GatewayError(
        'HG_CONFIG',
        'The request style of the account is not known. Open the account, choose form or JSON, and deploy.',
      )
    },
    async test(client) {
      await client.test()
      return 'zivacare-account.answers'
    },
  })
}
