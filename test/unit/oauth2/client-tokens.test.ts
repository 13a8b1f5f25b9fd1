import assert from 'node:assert/strict'
import { HttpClient } from '../../../src/http/client'
import type { HttpResponse } from '../../../src/http/types'
import { ClientTokens, type TokenAddress } from '../../../src/oauth2/client-tokens'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const HOUR = 3_600_000

describe('ClientTokens', () => {
  let server: FaultyServer
  let http: HttpClient
  let now: number
  let given: number
  let refused: number | undefined

  before(async () => {
    http = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer({
      '/token': (_request, response) => {
        if (refused !== undefined) return void response.writeHead(refused).end('{"error":"invalid_client"}')
        const token = { access_token: `token-${++given}`, token_type: 'bearer', expires_in: 3600 }
        response.setHeader('content-type', 'application/json').end(JSON.stringify(token))
      },
    })
  })
  beforeEach(() => {
    server.hits.length = 0
    now = 1_000_000
    given = 0
    refused = undefined
  })
  after(async () => {
    await http.close()
    await server.close()
  })

  const at = (path: string, elsewhere?: string): TokenAddress => ({
    get: () => Promise.resolve(server.url + path),
    elsewhere: () => Promise.resolve(elsewhere === undefined ? undefined : server.url + elsewhere),
  })
  const tokens = (address = at('/token'), clientId = 'me') =>
    new ClientTokens({
      ...{ http, address, provider: 'healthcode' },
      client: { clientId, clientSecret: 'secret', authentication: 'basic' },
      cache: { now: () => now, chance: () => 0 },
    })
  const answer = (statusCode: number): HttpResponse => ({
    ...{ statusCode, headers: {}, body: Buffer.alloc(0), attempts: 1, url: 'https://api.example.org/' },
  })
  const sends = (of: ClientTokens, statuses: number[] = []) => {
    const seen: string[] = []
    const done = of.use((authorization) => {
      seen.push(authorization)
      return Promise.resolve(answer(statuses[seen.length - 1] ?? 200))
    })
    return done.then((response) => ({ seen, response }))
  }

  it('asks once, however many requests want a token at once, and keeps it', async () => {
    const mine = tokens()
    const all = await Promise.all(Array.from({ length: 50 }, () => sends(mine)))
    assert.ok(all.every(({ seen }) => seen.join() === 'Bearer token-1'))
    await sends(mine)
    assert.equal(server.count('/token'), 1)
  })

  it('renews it before its end', async () => {
    const mine = tokens()
    await sends(mine)
    now += HOUR - HOUR / 10 - 1
    assert.deepEqual((await sends(mine)).seen, ['Bearer token-1'])
    now += 2
    assert.deepEqual((await sends(mine)).seen, ['Bearer token-2'])
  })

  it('sends once more with a new one after 401, and no third time', async () => {
    const mine = tokens()
    const { seen, response } = await sends(mine, [401])
    assert.deepEqual(seen, ['Bearer token-1', 'Bearer token-2'])
    assert.deepEqual([response.statusCode, response.attempts], [200, 2])
    const again = await sends(mine, [401, 401])
    assert.deepEqual(again.seen, ['Bearer token-2', 'Bearer token-3'])
    assert.equal(again.response.statusCode, 401)
  })

  it('says HG_AUTH once the key is deleted, and does not ask once a message', async () => {
    const mine = tokens()
    await sends(mine)
    refused = 401
    await failing(sends(mine, [401]), 'HG_AUTH')
    await failing(sends(mine), 'HG_AUTH')
    assert.equal(server.count('/token'), 2)
    refused = undefined
    now += 11_000
    assert.deepEqual((await sends(mine)).seen, ['Bearer token-2'])
  })

  it('goes on with the token that it has while the server is down', async () => {
    const mine = tokens()
    await sends(mine)
    refused = 500
    now += HOUR - 60_000
    assert.deepEqual((await sends(mine)).seen, ['Bearer token-1'])
    now += 60_000
    await failing(sends(mine), 'HG_UNAVAILABLE')
  })

  it('asks at another address where the token endpoint has gone', async () => {
    for (const gone of ['/status?code=404', '/status?code=410', '/redirect', '/close']) {
      const { seen } = await sends(tokens(at(gone, '/token')))
      assert.deepEqual(seen, [`Bearer token-${given}`], gone)
      await failing(
        sends(tokens(at(gone))),
        gone === '/close' ? 'HG_UNAVAILABLE' : gone === '/redirect' ? 'HG_RESPONSE' : 'HG_NOT_FOUND',
      )
    }
    refused = 401
    await failing(sends(tokens(at('/token', '/ok'))), 'HG_AUTH')
    assert.equal(server.count('/ok'), 0)
  })

  it('asks nowhere else where the endpoint is there, and refuses or does not answer with a token', async () => {
    for (const [there, code] of [
      ['/html', 'HG_RESPONSE'],
      ['/status?code=400', 'HG_REJECTED'],
      ['/status?code=403', 'HG_FORBIDDEN'],
    ] as const) {
      await failing(sends(tokens(at(there, '/token'))), code)
    }
    assert.equal(server.count('/token'), 0)
    assert.deepEqual((await sends(tokens(at('/status?code=300', '/token')))).seen, ['Bearer token-1'])
  })

  it('gets one ahead of time, if there is none', async () => {
    const mine = tokens()
    await mine.ready()
    await mine.ready()
    assert.equal(server.count('/token'), 1)
    assert.deepEqual((await sends(mine)).seen, ['Bearer token-1'])
    refused = 401
    await failing(tokens().ready(), 'HG_AUTH')
    await failing(tokens().ready(AbortSignal.abort()), 'HG_CLOSED')
  })

  it('shares nothing with another account, not even of the same key', async () => {
    const [one, other] = [tokens(), tokens()]
    assert.deepEqual((await sends(one)).seen, ['Bearer token-1'])
    assert.deepEqual((await sends(other)).seen, ['Bearer token-2'])
    await sends(one, [401])
    assert.deepEqual((await sends(other)).seen, ['Bearer token-2'])
  })

  it('gives up for who waits no longer, and not for the others: HG_CLOSED', async () => {
    const mine = tokens()
    const stop = new AbortController()
    const waiting = mine.use(() => Promise.resolve(answer(200)), stop.signal)
    const other = sends(mine)
    stop.abort()
    await failing(waiting, 'HG_CLOSED')
    assert.deepEqual((await other).seen, ['Bearer token-1'])
  })
})
