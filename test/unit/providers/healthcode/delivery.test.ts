import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpClient } from '../../../../src/http/client'
import { FhirClient, type FhirPage } from '../../../../src/providers/fhir/client'
import type { JsonObject } from '../../../../src/providers/json-answer'
import { Discovery } from '../../../../src/providers/healthcode/discovery'
import { HealthcodeService } from '../../../../src/providers/healthcode/service'
import { TokenEndpoint } from '../../../../src/providers/token-endpoint'
import { TrustedHosts } from '../../../../src/providers/trusted-hosts'
import { failing } from '../../../support/failing'
import { type FaultyServer, type Hit, startFaultyServer } from '../../../support/faulty-server'

type Answer = (request: IncomingMessage, response: ServerResponse, hit: Hit) => void

const api = { endpoint: 'x_endpoint' }
const patient = { resourceType: 'Patient', id: '1' }

describe('A request on its way to an API of Healthcode', () => {
  let http: HttpClient
  let home: FaultyServer
  let other: FaultyServer
  /** What the API answers, at each of the two servers. */
  let answers: { home: Answer; other: Answer }
  /** What the discovery document has. */
  let document: () => Record<string, string>
  let token: Answer

  const json = (response: ServerResponse, value: unknown, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(value))
  }
  const outcome = (code: string) => ({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code }],
  })

  beforeEach(async () => {
    http = new HttpClient({ proxy: 'none', timeoutMs: 5_000 })
    const at = (which: 'home' | 'other'): Answer => {
      return (request, response, hit) => answers[which](request, response, hit)
    }
    const below = (which: 'home' | 'other') =>
      Object.fromEntries(['/api', '/api/1', '/api/gone', '/new'].map((path) => [path, at(which)]))
    home = await startFaultyServer({
      ...below('home'),
      '/discovery': (_request, response) => json(response, document()),
      '/.well-known/openid-configuration': (_request, response) =>
        json(response, { issuer: home.url, token_endpoint: `${home.url}/token` }),
      '/token': (request, response, hit) => token(request, response, hit),
    })
    other = await startFaultyServer(below('other'))
    document = () => ({ x_endpoint: `${home.url}/api` })
    token = (_request, response) =>
      json(response, { access_token: `t${home.count('/token')}`, token_type: 'Bearer', expires_in: 3600 })
    const plain: Answer = (_request, response) => json(response, patient)
    answers = { home: plain, other: plain }
  })
  afterEach(async () => {
    await http.close()
    await home.close()
    await other.close()
  })

  const open = (allowed = [new URL(other.url).host]): FhirClient => {
    const endpoints = {
      discovery: `${home.url}/discovery`,
      openidConfiguration: `${home.url}/.well-known/openid-configuration`,
    }
    return new FhirClient(
      new HealthcodeService({
        ...{ endpoints, http, siteId: 'HC1' },
        client: { clientId: 'id', clientSecret: 'secret', authentication: 'basic' },
        trusted: new TrustedHosts({ entered: Object.values(endpoints), allowed }),
        now: () => 0,
      }),
    )
  }
  const readAll = async (pages: AsyncIterable<FhirPage>, between?: () => Promise<unknown>) => {
    const ids: unknown[] = []
    for await (const { entries } of pages) {
      for (const { resource } of entries) ids.push((resource as JsonObject).id)
      await between?.()
    }
    return ids
  }
  /** Three pages of an entry each, whose links lead on at the same server. */
  const pagesAt =
    (url: () => string): Answer =>
    (_request, response, hit) => {
      const page = Number(hit.url.searchParams.get('p') ?? 1)
      const next = page < 3 ? [{ relation: 'next', url: `${url()}?p=${page + 1}` }] : []
      const entry = [{ resource: { resourceType: 'Coverage', id: String(page) } }]
      json(response, { resourceType: 'Bundle', type: 'searchset', link: next, entry })
    }

  describe('tells whether it may have arrived', () => {
    it('no, where the token could not be got', async () => {
      token = (request) => request.socket.resetAndDestroy()
      const { message, cause } = await failing(open().create({ ...api, resource: patient }), 'HG_UNAVAILABLE')
      assert.match(message, /^The access token could not be got, so nothing else was sent: /)
      assert.equal((cause.detail as JsonObject).arrived, 'no')
      token = (_request, response) => json(response, {}, 503)
      const refused = await failing(open().create({ ...api, resource: patient }), 'HG_UNAVAILABLE')
      assert.equal((refused.cause.detail as JsonObject).arrived, 'no')
    })

    it('no, where there is no address', async () => {
      const lost = new HttpClient({ proxy: 'none', timeoutMs: 5_000 })
      document = () => {
        throw new Error('not asked')
      }
      const endpoints = { discovery: `${other.url}/reset`, openidConfiguration: `${other.url}/reset` }
      const service = new HealthcodeService({
        ...{ endpoints, http: lost, siteId: 'HC1' },
        client: { clientId: 'id', clientSecret: 'secret', authentication: 'basic' },
        trusted: new TrustedHosts({ entered: Object.values(endpoints) }),
      })
      const create = new FhirClient(service).create({ ...api, resource: patient })
      const { message, cause } = await failing(create, 'HG_UNAVAILABLE')
      assert.match(message, /^The address of the API could not be looked up, so nothing else was sent: /)
      assert.equal((cause.detail as JsonObject).arrived, 'no')
      await lost.close()
    })

    it('no, where the API takes no connection', async () => {
      document = () => ({ x_endpoint: 'http://127.0.0.1:1/api' })
      const create = open(['127.0.0.1:1']).create({ ...api, resource: patient })
      const { cause } = await failing(create, 'HG_UNAVAILABLE')
      assert.equal((cause.detail as JsonObject).arrived, 'no')
    })

    for (const [what, next] of [
      ['cannot be reached', 'http://127.0.0.1:1/api'],
      ['is not allowed', 'http://127.0.0.2:1/api'],
    ] as const) {
      it(`unknown, where it may have at the old address and the new one ${what}`, async () => {
        answers.home = (request) => {
          document = () => ({ x_endpoint: next })
          request.socket.resetAndDestroy()
        }
        const update = open(['127.0.0.1:1']).update({ ...api, resource: patient })
        const { cause } = await update.then(
          () => assert.fail(),
          (error: unknown) => error as { cause: { detail: JsonObject } },
        )
        assert.equal(cause.detail.arrived, 'unknown')
        assert.equal(cause.detail.attempts, home.count('/api/1') + (what === 'is not allowed' ? 0 : 3))
      })
    }
  })

  it('makes no token and no question for the document a message, whatever is answered', async () => {
    const client = open()
    answers.home = (_request, response) => json(response, outcome('login'), 401)
    for (let times = 0; times < 5; times++) await failing(client.read({ ...api, id: '1' }), 'HG_AUTH')
    assert.deepEqual([home.count('/token'), home.count('/api/1')], [2, 6])
    answers.home = (_request, response) => json(response, outcome('deleted'), 410)
    for (let times = 0; times < 5; times++) await failing(client.read({ ...api, id: '1' }), 'HG_NOT_FOUND')
    assert.equal(home.count('/discovery'), 2)
  })

  it('sends again what may arrive twice, as a posted search', async () => {
    answers.home = (request, response) => {
      if (home.count('/api') === 1) request.socket.resetAndDestroy()
      else json(response, { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient }] })
    }
    assert.deepEqual(await readAll(open().pages({ ...api, what: 'searchPost', all: true })), ['1'])
    assert.equal(home.count('/api'), 2)
  })

  it('has the document asked for again after it may have arrived, for the next request', async () => {
    const client = open()
    answers.home = (request) => {
      document = () => ({ x_endpoint: `${other.url}/api` })
      request.socket.resetAndDestroy()
    }
    await failing(client.create({ ...api, resource: patient }), 'HG_UNAVAILABLE')
    assert.equal(other.hits.length, 0)
    while (home.count('/discovery') < 2) await new Promise(setImmediate)
    // The answer may be on its way still.
    while (!(await client.create({ ...api, resource: patient }).catch(() => undefined)));
    assert.ok(other.count('/api') > 0)
  })

  it('goes where the document says, and not where the old address points to', async () => {
    answers.home = (_request, response, { path }) => {
      document = () => ({ x_endpoint: `${other.url}/api` })
      if (path === '/new') json(response, patient)
      else response.writeHead(302, { location: `${home.url}/new` }).end()
    }
    await open().read({ ...api, id: '1' })
    assert.deepEqual([other.count('/api/1'), home.count('/new')], [1, 0])
  })

  it('goes nowhere from a move without an address', async () => {
    answers.home = (_request, response) => response.writeHead(301).end()
    const { cause } = await failing(open().read({ ...api, id: '1' }), 'HG_RESPONSE')
    assert.equal(cause.statusCode, 301)
  })

  it('goes on at no more than three other addresses', async () => {
    answers.home = (_request, response, { url }) => {
      const number = Number(url.searchParams.get('n') ?? 0)
      response.writeHead(307, { location: `${home.url}/api/1?n=${number + 1}` }).end()
    }
    await failing(open().read({ ...api, id: '1' }), 'HG_RESPONSE')
    assert.equal(home.count('/api/1'), 4)
  })

  for (const status of [307, 308]) {
    it(`goes on after ${status} with its method and body`, async () => {
      answers.home = (_request, response) =>
        response.writeHead(status, { location: `${other.url}/api` }).end()
      await open().create({ ...api, resource: patient })
      assert.deepEqual(
        other.hits.map(({ method, body }) => [method, JSON.parse(body.toString()) as unknown]),
        [['POST', patient]],
      )
    })
  }

  it('does not follow the documents to a host that is not allowed', async () => {
    const moving = await startFaultyServer({
      '/moved': (_request, response) => response.writeHead(302, { location: `${home.url}/discovery` }).end(),
    })
    const trusted = new TrustedHosts({ entered: [`${moving.url}/moved`] })
    const discovery = new Discovery({ url: `${moving.url}/moved`, http, trusted })
    await failing(discovery.keys(), 'HG_CONFIG')
    const { url } = moving
    const token = new TokenEndpoint({ url: `${url}/moved`, kind: 'smart', http, trusted, provider: 'fhir' })
    await failing(token.get(), 'HG_CONFIG')
    assert.equal(home.hits.length, 0)
    await moving.close()
  })

  describe('for a further page of a list', () => {
    it('goes where the page before came from, while the document has the old address still', async () => {
      answers.home = (_request, response, { url }) =>
        response.writeHead(301, { location: `${other.url}/new${url.search}` }).end()
      answers.other = pagesAt(() => `${other.url}/new`)
      const pages = open().pages({ ...api, what: 'search', all: true })
      assert.deepEqual(await readAll(pages), ['1', '2', '3'])
    })

    it('goes where the page before came from, though the document has a new address by now', async () => {
      const client = open()
      const list: Answer = pagesAt(() => `${home.url}/api`)
      answers.home = (request, response, hit) =>
        hit.path === '/api' ? list(request, response, hit) : json(response, outcome('deleted'), 410)
      const move = async () => {
        document = () => ({ x_endpoint: `${other.url}/api` })
        await client.read({ ...api, id: 'gone' })
      }
      assert.deepEqual(await readAll(client.pages({ ...api, what: 'search', all: true }), move), [
        '1',
        '2',
        '3',
      ])
      assert.equal(other.count('/api'), 0)
    })

    it('goes on at the new address where the old one has ceased to answer meanwhile', async () => {
      const client = open()
      const list: Answer = pagesAt(() => `${home.url}/api`)
      let isGone = false
      answers.home = (request, response, hit) =>
        isGone ? json(response, outcome('not-found'), 410) : list(request, response, hit)
      answers.other = (request, response, hit) =>
        hit.path === '/api'
          ? pagesAt(() => `${other.url}/api`)(request, response, hit)
          : json(response, patient)
      const move = async () => {
        isGone = true
        document = () => ({ x_endpoint: `${other.url}/api` })
        await client.read({ ...api, id: '1' })
      }
      assert.deepEqual(await readAll(client.pages({ ...api, what: 'search', all: true }), move), [
        '1',
        '2',
        '3',
      ])
    })

    it('goes to no host that the account does not allow', async () => {
      answers.home = pagesAt(() => `${other.url}/api`)
      await failing(readAll(open([]).pages({ ...api, what: 'search', all: true })), 'HG_RESPONSE')
      assert.equal(other.hits.length, 0)
    })
  })
})
