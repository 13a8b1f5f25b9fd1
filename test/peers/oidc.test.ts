import { HttpClient } from '../../src/http/client'
import { type Peer, startPeer } from '../support/peer'
import { tokenServerTests, type TokenServer } from '../support/token-server-tests'

interface Told extends Pick<TokenServer, 'openidConfiguration' | 'clients'> {
  origin: string
}

describe('Tokens of oidc-provider', () => {
  let peer: Peer<Told>
  let http: HttpClient

  before(async function () {
    // It may have to be installed.
    this.timeout(300_000)
    peer = await startPeer('oidc.mjs')
    http = new HttpClient({ proxy: 'none' })
  })
  after(async () => {
    await http.close()
    await peer.stop()
  })

  const get = (path: string, authorization?: string) =>
    http.request({
      ...{ method: 'GET', url: peer.told.origin + path },
      ...(authorization === undefined ? {} : { authorization: () => authorization }),
    })

  tokenServerTests(() => ({
    ...{ http, openidConfiguration: peer.told.openidConfiguration, clients: peer.told.clients },
    refusedScope: 'system/*.write',
    open: (authorization) => get('/fhir/metadata', authorization),
    expire: () => get('/control/expire'),
    remove: (clientId) => get(`/control/delete?client=${clientId}`),
  }))
})
