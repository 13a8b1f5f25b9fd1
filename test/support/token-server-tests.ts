import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import type { HttpClient } from '../../src/http/client'
import type { HttpResponse } from '../../src/http/types'
import { requestToken, type ClientCredentials } from '../../src/oauth2/client-credentials'
import { ClientTokens } from '../../src/oauth2/client-tokens'
import { TokenEndpoint } from '../../src/providers/token-endpoint'
import { TrustedHosts } from '../../src/providers/trusted-hosts'
import { failing } from './failing'

type Registered = Pick<ClientCredentials, 'clientId' | 'clientSecret' | 'keyId'>

/** A token server, and something that only a good token of it opens. */
export interface TokenServer {
  http: HttpClient
  openidConfiguration: string
  /** One that a client may not have. */
  refusedScope: string
  clients: Record<'basic' | 'body' | 'RS384' | 'ES384', Registered>
  open(authorization: string): Promise<HttpResponse>
  /** Makes all tokens worth nothing. */
  expire(): unknown
  /** Deletes a client, as somebody else does. */
  remove(clientId: string): unknown
}

/** What client credentials have to do at any token server. */
export function tokenServerTests(server: () => TokenServer): void {
  const ways = {
    basic: 'basic',
    body: 'body',
    RS384: 'privateKeyJwt',
    ES384: 'privateKeyJwt',
  } as const
  const client = (way: keyof typeof ways, more: Partial<ClientCredentials> = {}): ClientCredentials => ({
    ...server().clients[way],
    authentication: ways[way],
    ...more,
  })
  const endpoint = () => {
    const { http, openidConfiguration: url } = server()
    const trusted = new TrustedHosts({ entered: [url] })
    return new TokenEndpoint({ url, kind: 'openid', http, trusted, provider: 'fhir' })
  }
  const ask = async (of: ClientCredentials) =>
    requestToken({
      ...{ http: server().http, url: await endpoint().get(), client: of },
      ...{ askedAt: 5000, provider: 'fhir' },
    })
  const tokens = (of: ClientCredentials) =>
    new ClientTokens({ http: server().http, client: of, address: endpoint(), provider: 'fhir' })

  for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
    it(`gives a token that opens what it is for, by ${way}, again and again`, async () => {
      const first = await ask(client(way))
      const second = await ask(client(way))
      for (const { token, askedAt, expiresAt } of [first, second]) {
        assert.equal((await server().open(`Bearer ${token}`)).statusCode, 200)
        assert.deepEqual([askedAt, expiresAt], [5000, 5000 + 3_600_000])
      }
      assert.notEqual(first.token, second.token)
      assert.equal((await server().open('Bearer another')).statusCode, 401)
    })
  }

  it('gives a token for a scope, and says HG_CONFIG for one that it may not have', async () => {
    const { token } = await ask(client('basic', { scope: 'system/*.read' }))
    assert.equal((await server().open(`Bearer ${token}`)).statusCode, 200)
    const error = await failing(ask(client('basic', { scope: server().refusedScope })), 'HG_CONFIG')
    assert.match(error.message, /invalid_scope/)
  })

  it('says HG_AUTH for a wrong key, each way, without it', async () => {
    const other = (way: 'RS384' | 'ES384') =>
      (way === 'RS384'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
      ).privateKey
        .export({ type: 'pkcs8', format: 'pem' })
        .toString()
    for (const way of ['basic', 'body', 'RS384', 'ES384'] as const) {
      const clientSecret = way === 'basic' || way === 'body' ? 'not-the-secret' : other(way)
      const error = await failing(ask(client(way, { clientSecret })), 'HG_AUTH')
      assert.match(error.message, /invalid_client/)
      assert.doesNotMatch(JSON.stringify([error.message, error.cause]), /not-the-secret/)
    }
    await failing(ask(client('basic', { clientId: 'nobody' })), 'HG_AUTH')
    await failing(ask(client('ES384', { keyId: 'no-such-key' })), 'HG_AUTH')
  })

  it('is asked once for many requests, and once more after 401', async () => {
    const mine = tokens(client('basic'))
    const sent: string[] = []
    const send = (authorization: string) => {
      sent.push(authorization)
      return server().open(authorization)
    }
    const all = await Promise.all(Array.from({ length: 20 }, () => mine.use(send)))
    assert.ok(all.every(({ statusCode }) => statusCode === 200))
    assert.equal(new Set(sent).size, 1)
    await server().expire()
    const again = await Promise.all(Array.from({ length: 20 }, () => mine.use(send)))
    assert.ok(again.every(({ statusCode }) => statusCode === 200))
    assert.equal(new Set(sent).size, 2)
  })

  it('says HG_AUTH for a client that was deleted while it was at work', async () => {
    const of = client('body')
    const mine = tokens(of)
    const send = (authorization: string) => server().open(authorization)
    assert.equal((await mine.use(send)).statusCode, 200)
    await server().remove(of.clientId)
    await server().expire()
    await failing(mine.use(send), 'HG_AUTH')
  })
}
