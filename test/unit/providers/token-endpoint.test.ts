import assert from 'node:assert/strict'
import { HttpClient } from '../../../src/http/client'
import { TokenEndpoint } from '../../../src/providers/token-endpoint'
import { TrustedHosts } from '../../../src/providers/trusted-hosts'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

describe('TokenEndpoint', () => {
  let server: FaultyServer
  let http: HttpClient
  let document: Record<string, unknown>

  const wellKnown = '/auth/.well-known/openid-configuration'
  before(async () => {
    http = new HttpClient({ proxy: 'none' })
    const answer = (_request: unknown, response: { end(text: string): void }) => {
      response.end(JSON.stringify(document))
    }
    server = await startFaultyServer({
      ...{ [wellKnown]: answer, '/own': answer, '/fhir/.well-known/smart-configuration': answer },
    })
  })
  beforeEach(() => {
    document = { issuer: `${server.url}/auth`, token_endpoint: `${server.url}/auth/token` }
  })
  after(async () => {
    await http.close()
    await server.close()
  })

  const endpoint = (path = wellKnown, kind: 'openid' | 'smart' = 'openid') => {
    const url = server.url + path
    return new TokenEndpoint({
      ...{ url, kind, http, provider: 'healthcode' },
      trusted: new TrustedHosts({ entered: [url] }),
    })
  }

  it('is what the OpenID configuration of the issuer names', async () => {
    assert.equal(await endpoint().get(), `${server.url}/auth/token`)
    document['issuer'] = `${server.url}/auth/`
    assert.equal(await endpoint().get(), `${server.url}/auth/token`)
  })

  it('is what the SMART configuration names, which needs no issuer', async () => {
    delete document['issuer']
    assert.equal(
      await endpoint('/fhir/.well-known/smart-configuration', 'smart').get(),
      `${server.url}/auth/token`,
    )
  })

  it('is not taken from a document of another issuer, or of none: HG_RESPONSE', async () => {
    const wrong = ['https://evil.example', '', undefined, 7, 'auth', server.url + '/other', server.url]
    for (const issuer of wrong) {
      document['issuer'] = issuer
      const { message } = await failing(endpoint().get(), 'HG_RESPONSE')
      assert.match(message, /issuer/)
    }
  })

  it('compares the origin alone at an address that is not well-known', async () => {
    document['issuer'] = server.url
    assert.equal(await endpoint('/own').get(), `${server.url}/auth/token`)
    document['issuer'] = 'https://evil.example'
    await failing(endpoint('/own').get(), 'HG_RESPONSE')
  })

  it('is not used where it is missing, relative, plain http, or a script: HG_RESPONSE', async () => {
    const wrong = [undefined, '', '/auth/token', 'javascript:alert(1)', 'http://auth.example.org/token', {}]
    for (const address of wrong) {
      document['token_endpoint'] = address
      await failing(endpoint().get(), 'HG_RESPONSE')
    }
  })

  it('is not used at another host, unless the account allows it: HG_CONFIG', async () => {
    document['token_endpoint'] = 'https://auth.example.org/token'
    const { message } = await failing(endpoint().get(), 'HG_CONFIG')
    assert.match(message, /auth\.example\.org/)
  })

  it('is another one once the document says so', async () => {
    const mine = endpoint()
    const first = await mine.get()
    assert.equal(await mine.elsewhere(first), undefined)
    document['token_endpoint'] = `${server.url}/auth/token2`
    assert.equal(await mine.elsewhere(first), `${server.url}/auth/token2`)
    assert.equal(await mine.get(), `${server.url}/auth/token2`)
    assert.equal(await mine.elsewhere(first), `${server.url}/auth/token2`)
  })
})
