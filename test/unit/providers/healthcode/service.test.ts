import assert from 'node:assert/strict'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { HttpClient } from '../../../../src/http/client'
import type {
  Http,
  HttpRequest,
  HttpResponse,
  LentAnswer,
  LoanTerms,
  RequestAgent,
} from '../../../../src/http/types'
import type { FhirRequest } from '../../../../src/providers/fhir/service'
import {
  HealthcodeService,
  type HealthcodeServiceOptions,
} from '../../../../src/providers/healthcode/service'
import { TrustedHosts, type TrustOptions } from '../../../../src/providers/trusted-hosts'
import { startSandbox, type Sandbox } from '../../../../src/sandbox/sandbox'
import { failing } from '../../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../../support/faulty-server'

/** Passes on and keeps what was asked for. */
class Watched implements Http {
  readonly requests: HttpRequest[] = []
  tokens = 0

  constructor(private readonly http: Http) {}

  request(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request)
    return this.http.request(request)
  }

  lend<T>(terms: LoanTerms, use: (agent: RequestAgent) => Promise<T>): Promise<LentAnswer<T>> {
    this.tokens++
    return this.http.lend(terms, use)
  }

  close(): Promise<void> {
    return this.http.close()
  }

  count(part: string): number {
    return this.requests.filter(({ url }) => url.includes(part)).length
  }
}

const practitioners = 'search_practitioner_endpoint'
const patients = 'patient_endpoint'

describe('HealthcodeService', () => {
  let provider: Sandbox
  let elsewhere: FaultyServer
  let client: HttpClient
  let http: Watched

  before(async () => {
    client = new HttpClient({ proxy: 'none' })
    elsewhere = await startFaultyServer()
  })
  beforeEach(async () => {
    provider = await startSandbox()
    elsewhere.hits.length = 0
    http = new Watched(client)
  })
  afterEach(() => provider.close())
  after(async () => {
    await client.close()
    await elsewhere.close()
  })

  const open = (options: Partial<HealthcodeServiceOptions> = {}, trust: Partial<TrustOptions> = {}) => {
    const { apiKeyId, apiKey, siteId } = provider.demo.healthcode
    const { endpoints = provider.urls.healthcode } = options
    return new HealthcodeService({
      ...{ endpoints, http, siteId },
      client: { clientId: apiKeyId, clientSecret: apiKey, authentication: 'basic' },
      trusted: new TrustedHosts({ entered: Object.values(endpoints), ...trust }),
      ...options,
    })
  }
  const search = (more: Partial<FhirRequest> = {}): FhirRequest => ({
    ...{ operation: 'search', method: 'GET', endpoint: practitioners, query: [['count', '1']] },
    ...more,
  })
  const patient = { resourceType: 'Patient', name: [{ family: 'Moved' }] }
  const create = (more: Partial<FhirRequest> = {}): FhirRequest => ({
    ...{ operation: 'create', method: 'POST', endpoint: patients, body: JSON.stringify(patient) },
    headers: { 'content-type': 'application/fhir+json' },
    ...more,
  })
  const bodyOf = (response: HttpResponse) => JSON.parse(response.body.toString()) as Record<string, unknown>

  describe('finds its addresses', () => {
    it('in the two documents, asks for each and for a token once, however many requests there are', async () => {
      const service = open()
      const all = await Promise.all(Array.from({ length: 30 }, () => service.send(search())))
      assert.ok(all.every(({ statusCode }) => statusCode === 200))
      assert.deepEqual([http.count('discovery-document'), http.count('openid-configuration')], [1, 1])
      assert.equal(http.tokens, 1)
    })

    it('and tells the keys that there are', async () => {
      const keys = await open().endpoints()
      assert.ok(keys.includes('find_member_endpoint') && keys.includes('codes_valueset_namespace'))
      provider.healthcode.publish('discovery', { note: 'no address', version: 3 })
      assert.deepEqual(await open().endpoints(), keys)
    })

    it('with segments below them, encoded', async () => {
      const response = await open().send(
        search({ endpoint: 'codes_valueset_namespace/service-type', path: ['ISC'], query: [] }),
      )
      assert.equal(bodyOf(response)['resourceType'], 'ValueSet')
    })

    it('says HG_CONFIG for a key that the document does not have, and which it has', async () => {
      const { message } = await failing(open().send(search({ endpoint: 'invoice_endpoint' })), 'HG_CONFIG')
      assert.match(message, /no endpoint "invoice_endpoint"\. It has: .*find_member_endpoint/)
    })

    it('finds a key that the document has got in the meantime', async () => {
      provider.healthcode.publish('discovery', { [practitioners]: undefined })
      const service = open()
      await failing(service.send(search()), 'HG_CONFIG')
      const later = open()
      await later.endpoints()
      provider.healthcode.publish('discovery', {})
      assert.equal((await later.send(search())).statusCode, 200)
    })

    const wrong: [string, unknown, 'HG_RESPONSE' | 'HG_CONFIG'][] = [
      ['a relative address', '/healthcode/api/v1/ppr/practitioner', 'HG_RESPONSE'],
      ['a script', 'javascript:alert(1)', 'HG_RESPONSE'],
      ['plain http', 'http://api.healthcode.co.uk/ppr/practitioner', 'HG_RESPONSE'],
      ['a number', 7, 'HG_RESPONSE'],
      ['an address with a password', 'https://me:secret@127.0.0.1/', 'HG_RESPONSE'],
      ['an address with a fragment', 'https://127.0.0.1/api#v1', 'HG_RESPONSE'],
      ['the host of somebody else', 'https://evil.example/ppr/practitioner', 'HG_CONFIG'],
    ]
    for (const [what, address, code] of wrong) {
      it(`says ${code} for ${what} in the document, and uses the others`, async () => {
        provider.healthcode.publish('discovery', { [practitioners]: address })
        const service = open()
        const error = await failing(service.send(search()), code)
        assert.match(error.message, /"search_practitioner_endpoint" in the discovery document/)
        assert.doesNotMatch(error.message, /secret/)
        assert.equal(http.tokens, 0)
        assert.equal((await service.send(create())).statusCode, 201)
      })
    }

    it('uses the host of somebody else where the account allows it', async () => {
      provider.healthcode.publish('discovery', { [practitioners]: `${elsewhere.url}/ok` })
      await failing(open().send(search()), 'HG_CONFIG')
      assert.equal(elsewhere.hits.length, 0)
      const service = open({}, { allowed: [new URL(elsewhere.url).host] })
      assert.equal((await service.send(search())).body.toString(), 'ok')
    })

    it('says HG_RESPONSE for a document that names nothing, or is a web page', async () => {
      const undo = provider.misbehave({ endpoint: 'healthcode.discovery', do: 'body', text: '{}' })
      assert.match((await failing(open().send(search()), 'HG_RESPONSE')).message, /names no address/)
      undo()
      provider.misbehave({ endpoint: 'healthcode.discovery', do: 'html' })
      assert.match((await failing(open().send(search()), 'HG_RESPONSE')).message, /HTML page/)
    })

    it('says HG_UNAVAILABLE while the well-known address is down and there is no copy yet', async () => {
      provider.misbehave({ endpoint: 'healthcode.discovery', do: 'status', code: 503 })
      await failing(open().send(search()), 'HG_UNAVAILABLE')
    })

    it('goes on with the last good copies while both well-known addresses are down', async () => {
      let now = 0
      const service = open({ now: () => now, tokens: { now: () => 1_000_000 + now } })
      await service.send(search())
      for (const endpoint of ['healthcode.discovery', 'healthcode.openidConfiguration']) {
        provider.misbehave({ endpoint, do: 'status', code: 500 })
      }
      now = 3_600_000
      assert.equal((await service.send(search())).statusCode, 200)
      assert.equal(http.tokens, 2)
    })

    it('asks for the documents again when their time is over, with the ETag', async () => {
      let now = 0
      const service = open({ now: () => now })
      await service.send(search())
      now = 300_000
      await service.send(search())
      const [, second] = http.requests.filter(({ url }) => url.includes('discovery-document'))
      assert.match(second?.headers?.['if-none-match'] ?? '', /^"/)
      assert.equal(http.count('discovery-document'), 2)
    })
  })

  describe('follows an API that has moved', () => {
    for (const status of [301, 302, 404, 410] as const) {
      it(`where the old address answers ${status}, with method and body, and is right at once from then on`, async () => {
        const service = open()
        await service.send(search())
        provider.healthcode.move(practitioners, status)
        provider.healthcode.move(patients, status)
        assert.deepEqual(await shown(service.send(search())), [200, 2])
        assert.deepEqual(await shown(service.send(create())), [201, 1])
        assert.deepEqual(await shown(service.send(search())), [200, 1])
        assert.equal(http.count('discovery-document'), 2)
      })
    }
    const shown = async (sent: Promise<HttpResponse>) => {
      const { statusCode, attempts } = await sent
      return [statusCode, attempts]
    }

    it('keeps the body of a POST on the way', async () => {
      const service = open()
      await service.endpoints()
      provider.healthcode.move(patients, 302)
      const response = await service.send(create())
      assert.deepEqual([response.statusCode, response.attempts], [201, 2])
      assert.deepEqual(bodyOf(response)['name'], patient.name)
    })

    it('where the old address cannot be reached', async () => {
      provider.healthcode.publish('discovery', {
        ...{ [practitioners]: 'http://127.0.0.1:1/gone', [patients]: 'http://127.0.0.1:1/gone' },
      })
      for (const request of [search(), create()]) {
        const service = open({}, { allowed: ['127.0.0.1:1'] })
        await service.endpoints()
        const changed = service.send(request)
        await failing(changed, 'HG_UNAVAILABLE')
      }
      const service = open({}, { allowed: ['127.0.0.1:1'] })
      await service.endpoints()
      provider.healthcode.publish('discovery', {})
      assert.equal((await service.send(create())).statusCode, 201)
      assert.equal((await service.send(search())).statusCode, 200)
    })

    it('for the next request, where the old address let the time go by', async () => {
      const silent = net.createServer().listen(0, '127.0.0.1')
      await once(silent, 'listening')
      const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`
      const hasty = new HttpClient({ proxy: 'none', timeoutMs: 300 })
      try {
        provider.healthcode.publish('discovery', { [patients]: `https://${host}/` })
        const service = open({ http: hasty }, { allowed: [host] })
        await service.send(search())
        provider.healthcode.publish('discovery', {})
        await failing(service.send(create()), 'HG_TIMEOUT')
        while ((await service.send(create()).catch(() => undefined))?.statusCode !== 201);
      } finally {
        await hasty.close()
        silent.close()
      }
    })

    it('never sends again what may have arrived', async () => {
      const service = open()
      await service.endpoints()
      provider.misbehave({ endpoint: `healthcode.${patients}`, do: 'drop', carriedOut: true, times: 1 })
      provider.healthcode.publish('discovery', {
        [patients]: `${provider.url}/healthcode/api/v9/ice/Patient`,
      })
      await failing(service.send(create()), 'HG_UNAVAILABLE')
      assert.equal(http.count('/ice/Patient'), 1)
    })

    it('where the document still has the old address: by the header Location', async () => {
      const old = await addressOf(practitioners)
      provider.healthcode.move(practitioners, 301)
      provider.healthcode.publish('discovery', { [practitioners]: old })
      const response = await open().send(search())
      assert.deepEqual([response.statusCode, response.attempts], [200, 2])
      assert.notEqual(response.url.split('?')[0], old)
    })
    const addressOf = async (key: string) => {
      const { body } = await client.request({ method: 'GET', url: provider.urls.healthcode.discovery })
      return (JSON.parse(body.toString()) as Record<string, string>)[key]
    }

    const places: [string, () => string, 'HG_CONFIG' | 'HG_RESPONSE'][] = [
      ['to the host of somebody else', () => `${elsewhere.url}/ok`, 'HG_CONFIG'],
      ['to plain http', () => 'http://api.example.org/', 'HG_RESPONSE'],
      ['to a script', () => 'javascript:alert(1)//', 'HG_RESPONSE'],
    ]
    for (const [what, to, code] of places) {
      it(`not ${what}: ${code}, and nothing is sent there`, async () => {
        const old = await addressOf(patients)
        provider.healthcode.move(patients, 302, to())
        provider.healthcode.publish('discovery', { [patients]: old })
        const { message } = await failing(open().send(create()), code)
        assert.match(message, /"patient_endpoint" has moved to/)
        assert.equal(elsewhere.hits.length, 0)
      })
    }

    it('not round in circles: the last answer stands', async () => {
      const old = await addressOf(patients)
      provider.healthcode.move(patients, 301, old)
      provider.healthcode.publish('discovery', { [patients]: old })
      const response = await open().send(create())
      assert.equal(response.statusCode, 301)
      assert.equal(http.count('/ice/Patient'), 1)
    })

    it('and takes 404 for what it says where the API has not moved, without asking for the document each time', async () => {
      const service = open()
      const read = search({ endpoint: patients, path: ['unknown'], query: [] })
      for (let times = 0; times < 4; times++) {
        assert.deepEqual(await shown(service.send(read)), [404, 1])
      }
      assert.equal(http.count('discovery-document'), 2)
    })

    it('with a further page of a list as well, of the same origin alone', async () => {
      const service = open()
      await service.endpoints()
      const page = `${await addressOf(practitioners)}?page=2&count=1`
      provider.healthcode.move(practitioners, 410)
      const response = await service.send(search({ url: page, query: undefined }))
      assert.deepEqual([response.statusCode, response.attempts], [200, 2])
      assert.match(response.url, /\?page=2&count=1$/)
      await failing(service.send(search({ url: `${elsewhere.url}/ok` })), 'HG_RESPONSE')
      assert.equal(elsewhere.hits.length, 0)
    })
  })

  describe('sends', () => {
    it('site id, version and token with each request, and FHIR as what it takes', async () => {
      const { siteId } = provider.demo.healthcode
      await open().send(search())
      const { authorization, ...headers } = http.requests.at(-1)!.headers!
      assert.deepEqual(headers, {
        accept: 'application/fhir+json',
        'su-siteid': siteId,
        'hc-api-version': '1',
      })
      assert.match(authorization ?? '', /^Bearer \S+$/)
    })

    it('those of the request instead of those of the account', async () => {
      const { otherSite } = provider.demo.healthcode
      const service = open({ apiVersion: '1' })
      const second = await service.send(search({ apiVersion: '2' }))
      assert.match(second.body.toString(), /qualification/)
      assert.equal((await service.send(search({ siteId: otherSite.siteId }))).statusCode, 403)
      assert.equal(http.requests.at(-1)!.headers!['su-siteid'], otherSite.siteId)
    })

    it('nothing without a site id: HG_CONFIG; nor with one that fits no header: HG_INPUT', async () => {
      await failing(open({ siteId: ' ' }).send(search()), 'HG_CONFIG')
      for (const more of [{ siteId: 'HC\r\nX: y' }, { siteId: '' }, { apiVersion: '1 2' }, { siteId: 'é' }]) {
        await failing(open().send(search(more)), more.siteId === '' ? 'HG_CONFIG' : 'HG_INPUT')
      }
      assert.equal(http.requests.length, 0)
    })
  })

  describe('with a key', () => {
    const refused: [string, () => Promise<HttpResponse>, number][] = [
      [
        'of another site',
        () => open({ siteId: provider.demo.healthcode.otherSite.siteId }).send(search()),
        403,
      ],
      ['whose site has no subscription', () => withKey([patients]).send(search()), 403],
      ['for a version that does not exist', () => open({ apiVersion: '99' }).send(search()), 400],
    ]
    const withKey = (apis: (typeof patients)[]) => {
      const { siteId } = provider.demo.healthcode
      const { apiKeyId, apiKey } = provider.healthcode.addKey({ sites: [siteId], apis })
      return open({ client: { clientId: apiKeyId, clientSecret: apiKey, authentication: 'basic' } })
    }
    for (const [what, send, status] of refused) {
      it(`${what}: the answer ${status}, with what it says`, async () => {
        const response = await send()
        assert.equal(response.statusCode, status)
        assert.equal(bodyOf(response)['resourceType'], 'OperationOutcome')
      })
    }

    it('that was deleted: HG_AUTH, without the key', async () => {
      const service = open()
      await service.send(search())
      provider.healthcode.revokeKey(provider.demo.healthcode.apiKeyId)
      const error = await failing(service.send(search()), 'HG_AUTH')
      assert.ok(!JSON.stringify([error.message, error.cause]).includes(provider.demo.healthcode.apiKey))
    })

    it('whose token has expired before its time: once more with a new one', async () => {
      const service = open()
      await service.send(search())
      provider.healthcode.expireTokens()
      const response = await service.send(search())
      assert.deepEqual([response.statusCode, response.attempts, http.tokens], [200, 2, 2])
    })

    it('while the token server is down, answers with a web page, or names another issuer', async () => {
      const down = provider.misbehave({ endpoint: 'healthcode.token', do: 'status', code: 503 })
      await failing(open().send(search()), 'HG_UNAVAILABLE')
      down()
      const page = provider.misbehave({ endpoint: 'healthcode.token', do: 'html' })
      await failing(open().send(search()), 'HG_RESPONSE')
      page()
      provider.healthcode.publish('openidConfiguration', { issuer: 'https://evil.example' })
      await failing(open().send(search()), 'HG_RESPONSE')
      provider.healthcode.publish('openidConfiguration', { token_endpoint: `${elsewhere.url}/ok` })
      await failing(open().send(search()), 'HG_CONFIG')
      assert.equal(elsewhere.hits.length, 0)
    })
  })

  describe('is tested', () => {
    it('without a change of anything', async () => {
      assert.equal(await open().test(), 'site')
      assert.ok(http.requests.every(({ method }) => method === 'GET'))
      // A register, of which one entry is asked for.
      assert.match(http.requests.at(-1)?.url ?? '', /\/practitioner\?count=1$/)
    })

    const parts: [
      string,
      () => HealthcodeService,
      'HG_UNAVAILABLE' | 'HG_AUTH' | 'HG_FORBIDDEN' | 'HG_REJECTED',
      RegExp,
    ][] = [
      [
        'the discovery document',
        () => open({ endpoints: { ...provider.urls.healthcode, discovery: 'http://127.0.0.1:1/' } }),
        'HG_UNAVAILABLE',
        /^The discovery document does not work: /,
      ],
      [
        'the key',
        () =>
          open({ client: { clientId: 'sandbox-key', clientSecret: 'wrong-key', authentication: 'basic' } }),
        'HG_AUTH',
        /^The API key does not work: The token server does not accept the key/,
      ],
      [
        'the site',
        () => open({ siteId: provider.demo.healthcode.otherSite.siteId }),
        'HG_FORBIDDEN',
        /^The site does not work: Healthcode refuses it \(403\)/,
      ],
      ['the version', () => open({ apiVersion: '99' }), 'HG_REJECTED', /^The site does not work: .*HTTP 400/],
    ]
    for (const [what, service, code, sentence] of parts) {
      it(`and says that it is ${what} which does not work`, async () => {
        const { message, cause } = await failing(service().test(), code)
        assert.match(message, sentence)
        if (what.startsWith('the site')) assert.equal(cause.operation, 'test')
        assert.doesNotMatch(message, /wrong-key/)
      })
    }

    it('and says what Healthcode says of the version', async () => {
      const { message } = await failing(open({ apiVersion: '9' }).test(), 'HG_REJECTED')
      assert.match(message, /HC-API-Version has to be/)
    })

    it('without a request for patients, where the document has none of the harmless APIs', async () => {
      provider.healthcode.publish('discovery', {
        ...{ [practitioners]: undefined, codes_valueset_namespace: undefined },
      })
      assert.equal(await open().test(), 'key')
      assert.ok(http.requests.every(({ url }) => url.includes('/.well-known/')))
    })

    it('and does not go on to another API where the first is out of order', async () => {
      provider.misbehave({ endpoint: `healthcode.${practitioners}`, do: 'status', code: 500 })
      await failing(open().test(), 'HG_UNAVAILABLE')
    })

    it('with another API where the first is not there, and is content where none is', async () => {
      const { siteId } = provider.demo.healthcode
      const { apiKeyId, apiKey } = provider.healthcode.addKey({ sites: [siteId], apis: [practitioners] })
      provider.misbehave({ endpoint: `healthcode.${practitioners}`, do: 'status', code: 404 })
      const service = () =>
        open({ client: { clientId: apiKeyId, clientSecret: apiKey, authentication: 'basic' } })
      await failing(service().test(), 'HG_FORBIDDEN')
      provider.misbehave({ endpoint: 'healthcode.codes_valueset_namespace', do: 'status', code: 404 })
      assert.equal(await service().test(), 'key')
    })

    it('with another API where the site has no subscription for the first', async () => {
      const { siteId } = provider.demo.healthcode
      const { apiKeyId, apiKey } = provider.healthcode.addKey({
        sites: [siteId],
        apis: ['codes_valueset_namespace'],
      })
      await open({ client: { clientId: apiKeyId, clientSecret: apiKey, authentication: 'body' } }).test()
    })
  })

  it('shares nothing with another account of the same key', async () => {
    const [one, other] = [open(), open()]
    await one.send(search())
    await other.send(search())
    assert.deepEqual([http.count('discovery-document'), http.tokens], [2, 2])
  })
})
