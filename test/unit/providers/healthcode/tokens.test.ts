import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'
import { HttpClient } from '../../../../src/http/client'
import { startSandbox, type Sandbox } from '../../../../src/sandbox/sandbox'
import { tokenServerTests, type TokenServer } from '../../../support/token-server-tests'

describe('Tokens of the sandbox', () => {
  let provider: Sandbox
  let http: HttpClient
  let clients: TokenServer['clients']

  before(async () => {
    provider = await startSandbox()
    http = new HttpClient({ proxy: 'none' })
    const sites = [provider.demo.healthcode.siteId]
    const secret = () => {
      const { apiKeyId, apiKey } = provider.healthcode.addKey({ sites })
      return { clientId: apiKeyId, clientSecret: apiKey }
    }
    const signed = (alg: string, { publicKey, privateKey }: KeyPairKeyObjectResult) => {
      const kid = `key-${alg}`
      const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg }
      const { apiKeyId } = provider.healthcode.addKey({ sites, jwks: [jwk] })
      const clientSecret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      return { clientId: apiKeyId, clientSecret, keyId: kid }
    }
    clients = {
      basic: secret(),
      body: secret(),
      RS384: signed('RS384', generateKeyPairSync('rsa', { modulusLength: 2048 })),
      ES384: signed('ES384', generateKeyPairSync('ec', { namedCurve: 'secp384r1' })),
    }
  })
  after(async () => {
    await http.close()
    await provider.close()
  })

  tokenServerTests(() => ({
    ...{ http, openidConfiguration: provider.urls.healthcode.openidConfiguration, clients },
    refusedScope: 'system/none.such',
    open: (authorization) =>
      http.request({
        ...{ method: 'GET', url: `${provider.urls.fhir.base}/Patient?_count=1` },
        authorization: () => authorization,
      }),
    expire: () => provider.healthcode.expireTokens(),
    remove: (clientId) => void provider.healthcode.revokeKey(clientId),
  }))
})
