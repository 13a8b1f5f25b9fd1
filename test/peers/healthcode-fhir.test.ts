import assert from 'node:assert/strict'
import { Asked, fhirNodeTests, type ServerUnderTest } from '../nodes/support/fhir-node-tests'
import { type Peer, startPeer } from '../support/peer'

interface TokenServer {
  origin: string
  openidConfiguration: string
  clients: Record<'basic', { clientId: string; clientSecret: string }>
}

describe("healthcode-fhir at Medplum's router, with tokens of oidc-provider", () => {
  let tokens: Peer<TokenServer>
  let fhir: Peer<{ base: string }>

  before(async function () {
    // They may have to be installed.
    this.timeout(300_000)
    tokens = await startPeer('oidc.mjs')
    fhir = await startPeer('medplum.mjs', `${tokens.told.origin}/fhir/metadata`)
  })
  after(() => Promise.all([fhir.stop(), tokens.stop()]))

  const server = (apiKey = tokens.told.clients.basic.clientSecret): ServerUnderTest => ({
    account: {
      ...{ environment: 'custom', service: 'fhir' },
      urls: { fhir: fhir.told.base, openidConfiguration: tokens.told.openidConfiguration },
    },
    credentials: { apiKeyId: tokens.told.clients.basic.clientId, apiKey },
    at: (type) => type,
  })

  fhirNodeTests(server, { isAtomic: false })

  describe('and without a good one', () => {
    let asked: Asked

    afterEach(() => asked.stop())

    it('renews a token that is worth nothing any more, once', async () => {
      asked = new Asked(server())
      const node = { operation: 'search', endpoint: 'Patient', all: false }
      await asked.ask(node)
      await fetch(`${tokens.told.origin}/control/expire`)
      assert.equal((await asked.ask(node)).statusCode, 200)
    })

    it('says HG_AUTH for a wrong key, and does not show it', async () => {
      asked = new Asked(server('Featherstonehaugh'))
      const { code, message, cause } = await asked.failure({ operation: 'search', endpoint: 'Patient' })
      assert.equal(code, 'HG_AUTH')
      assert.doesNotMatch(JSON.stringify([message, cause]), /Featherstonehaugh/)
    })
  })
})
