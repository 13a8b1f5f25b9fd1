import type { NodeAPI } from 'node-red'
import { HealthJibeClient } from '../../src/providers/healthjibe/client'
import { RazcodeClient } from '../../src/providers/razcode/client'
import { gatewayEndpoints, RazcodeGateway } from '../../src/providers/razcode/gateway'
import { accountNode } from '../kit/account-node'

/** One client for each service that the registration serves. */
export interface RazcodeClients {
  gateway: RazcodeGateway
  healthjibe: HealthJibeClient
  razcode: RazcodeClient
}

export default function (RED: NodeAPI): void {
  accountNode(RED, {
    type: 'razcode-account',
    provider: 'razcode',
    credentials: { consumerKey: 'text', consumerSecret: 'password' },
    live: gatewayEndpoints,
    sandbox({ urls, demo: { consumer, connectedUser, organisation } }) {
      const seeded = (of: 'people' | 'organisations', provider: string, demo: typeof connectedUser) => {
        const { user, ...tokens } = demo
        return { of, user, provider, tokens }
      }
      return {
        endpoints: urls.razcode,
        credentials: { consumerKey: consumer.key, consumerSecret: consumer.secret },
        connections: [
          { ...seeded('people', 'healthjibe', connectedUser), notificationStatus: true },
          seeded('organisations', 'razcode', organisation),
        ],
      }
    },
    /** The published stage address is plain http; the account can have it over https. */
    adjust: (endpoints, { stageHttps }) =>
      stageHttps === true ? { ...endpoints, stage: endpoints.stage.replace(/^http:/i, 'https:') } : endpoints,
    client({ credentials, endpoints, http }): RazcodeClients {
      const gateway = new RazcodeGateway({ ...credentials, endpoints, http })
      return {
        gateway,
        healthjibe: new HealthJibeClient(gateway),
        razcode: new RazcodeClient(gateway),
      }
    },
    async test({ gateway }) {
      await gateway.test()
      return undefined
    },
  })
}
