import type { NodeAPI } from 'node-red'
import { HealthJibeClient } from '../../src/providers/healthjibe/client'
import { gatewayEndpoints, RazcodeGateway } from '../../src/providers/razcode/gateway'
import { accountNode } from '../kit/account-node'

/** One client for each service that the registration serves. */
export interface RazcodeClients {
  gateway: RazcodeGateway
  healthjibe: HealthJibeClient
}

export default function (RED: NodeAPI): void {
  accountNode(RED, {
    type: 'razcode-account',
    provider: 'razcode',
    credentials: { consumerKey: 'text', consumerSecret: 'password' },
    live: gatewayEndpoints,
    sandbox({ urls, demo: { consumer, connectedUser } }) {
      const { user, ...tokens } = connectedUser
      return {
        endpoints: urls.razcode,
        credentials: { consumerKey: consumer.key, consumerSecret: consumer.secret },
        connections: [{ user, provider: 'healthjibe', tokens }],
      }
    },
    client({ credentials, endpoints, http }): RazcodeClients {
      const gateway = new RazcodeGateway({ ...credentials, endpoints, http })
      return { gateway, healthjibe: new HealthJibeClient(gateway) }
    },
    /** A request token that is never used: it proves address, key and secret. */
    async test({ gateway }) {
      await gateway.requestToken('oob')
    },
  })
}
