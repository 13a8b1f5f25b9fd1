import assert from 'node:assert/strict'
import { HttpClient } from '../../../../src/http/client'
import { FhirClient } from '../../../../src/providers/fhir/client'
import { type FhirAccess, PlainFhirService } from '../../../../src/providers/fhir/plain-service'
import { TrustedHosts } from '../../../../src/providers/trusted-hosts'
import { startSandbox } from '../../../../src/sandbox/sandbox'
import { type FaultyServer, startFaultyServer } from '../../../support/faulty-server'
import { failure } from '../../../support/failing'

describe('a plain FHIR server', () => {
  let server: FaultyServer
  let http: HttpClient

  const capabilities = (fhirVersion: string) =>
    JSON.stringify({
      resourceType: 'CapabilityStatement',
      fhirVersion,
      rest: [{ resource: [{ type: 'B' }, { type: 'A' }] }],
    })

  before(async () => {
    http = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer({
      '/r4/metadata': (_request, response) => response.end(capabilities('4.0.1')),
      '/r5/metadata': (_request, response) => response.end(capabilities('5.0.0')),
      '/other/metadata': (_request, response) => response.end('{"resourceType": "Patient"}'),
      '/moved/Patient/1': (_request, response) => response.writeHead(301, { location: '/echo' }).end(),
      '/moves': (_request, response, { url }) => {
        const left = Number(url.searchParams.get('left'))
        response.writeHead(302, { location: left > 1 ? `/moves?left=${left - 1}` : '/echo' }).end()
      },
      '/bare/metadata': (_request, response) => response.end('{"resourceType": "CapabilityStatement"}'),
      '/named/metadata': (_request, response) => response.end(capabilities('5.0 of Millington')),
      '/odd/metadata': (_request, response) =>
        response.end(
          JSON.stringify({
            ...{ resourceType: 'CapabilityStatement', fhirVersion: '4.3.0' },
            rest: [
              null,
              {},
              { resource: { type: 'X' } },
              { resource: [null, 'Y', { type: 7 }, { type: 'B' }, { type: 'A' }] },
              { resource: [{ type: 'B' }] },
            ],
          }),
        ),
    })
  })
  after(async () => {
    await http.close()
    await server.close()
  })
  const serviceAt = (path: string) => new PlainFhirService({ base: server.url + path, http })

  it('is tested by its CapabilityStatement', async () => {
    await serviceAt('/r4').test()
    const { code, message } = await failure(serviceAt('/r5').test())
    assert.equal(code, 'HG_RESPONSE')
    assert.match(message, /FHIR 5\.0\.0/)
    assert.equal((await failure(serviceAt('/other').test())).code, 'HG_RESPONSE')
    const { code: missing, cause } = await failure(serviceAt('/missing').test())
    assert.deepEqual([missing, cause.operation], ['HG_NOT_FOUND', 'metadata'])
    assert.equal((await failure(serviceAt('/html').test())).code, 'HG_NOT_FOUND')
  })

  it('is asked for FHIR, and may keep its version to itself', async () => {
    await serviceAt('/bare').test()
    assert.equal(server.hits.at(-1)?.headers.accept, 'application/fhir+json')
    const { code, message } = await failure(serviceAt('/named').test())
    assert.equal(code, 'HG_RESPONSE')
    assert.doesNotMatch(message, /Millington/)
  })

  it('is not asked once the node is closed', async () => {
    const hits = server.hits.length
    const signal = AbortSignal.abort()
    assert.equal((await failure(serviceAt('/r4').test(signal))).code, 'HG_CLOSED')
    assert.equal((await failure(serviceAt('/r4').endpoints(signal))).code, 'HG_CLOSED')
    assert.equal(server.hits.length, hits)
  })

  it('tells its types', async () => {
    assert.deepEqual(await serviceAt('/r4').endpoints(), ['A', 'B'])
    assert.deepEqual(await serviceAt('/odd').endpoints(), ['A', 'B'])
    assert.deepEqual(await serviceAt('/bare').endpoints(), [])
    const sandbox = await startSandbox()
    const types = await new PlainFhirService({ base: sandbox.urls.fhir.base, http }).endpoints()
    assert.ok(types.includes('Patient') && types.length > 100)
    await sandbox.close()
  })

  it('gets what was asked for, and nothing of Healthcode', async () => {
    const { body, url } = await serviceAt('/echo/').send({
      operation: 'read',
      method: 'GET',
      endpoint: '',
      headers: { accept: 'application/fhir+json' },
      siteId: 'HC1',
      apiVersion: '2',
      query: [['a', 'b']],
    })
    assert.equal(url, `${server.url}/echo?a=b`)
    const { headers } = JSON.parse(body.toString()) as { headers: Record<string, string> }
    assert.equal(headers.accept, 'application/fhir+json')
    assert.deepEqual(
      Object.keys(headers).filter((name) => /^(?:su|hc)-|authorization/.test(name)),
      [],
    )
  })

  it('gets the token that its access gives', async () => {
    const service = new PlainFhirService({
      base: server.url,
      http,
      access: { use: (send) => send('Bearer abc') },
    })
    const { body } = await service.send({
      ...{ operation: 'read', method: 'GET', endpoint: 'echo', headers: { accept: 'application/fhir+json' } },
    })
    const { headers } = JSON.parse(body.toString()) as { headers: Record<string, string> }
    assert.deepEqual([headers.authorization, headers.accept], ['Bearer abc', 'application/fhir+json'])
  })

  it('is followed where a read is moved', async () => {
    const answer = await serviceAt('/moved').send({
      operation: 'read',
      method: 'GET',
      endpoint: 'Patient',
      path: ['1'],
    })
    assert.equal(answer.url, `${server.url}/echo`)
  })

  it('is followed three times, and no more', async () => {
    const moved = (left: number) =>
      serviceAt('').send({
        ...{ operation: 'read', method: 'GET', endpoint: 'moves', query: [['left', String(left)]] },
      })
    assert.equal((await moved(3)).url, `${server.url}/echo`)
    const hits = server.hits.length
    assert.equal((await moved(4)).statusCode, 302)
    assert.equal(server.hits.length - hits, 4)
  })

  it('goes on where the page before came from, without the token if that is another origin', async () => {
    const other = await startFaultyServer({
      '/r4/Patient': (_request, response, { url }) => {
        const next = url.search === '' ? [{ relation: 'next', url: '?p=2' }] : []
        const entry = [{ resource: { resourceType: 'Patient', id: url.search || '1' } }]
        response.setHeader('content-type', 'application/fhir+json')
        response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link: next, entry }))
      },
    })
    const moved = await startFaultyServer({
      '/r4/Patient': (_request, response, { url }) =>
        response.writeHead(302, { location: `${other.url}${url.pathname}` }).end(),
    })
    try {
      const access: FhirAccess = { use: (send) => send('Bearer abc') }
      const base = `${moved.url}/r4`
      const trusted = new TrustedHosts({ entered: [base], allowed: [new URL(other.url).host] })
      const client = new FhirClient(new PlainFhirService({ base, http, access, trusted }))
      let entries = 0
      for await (const page of client.pages({ endpoint: 'Patient', what: 'search', all: true })) {
        entries += page.entries.length
      }
      assert.equal(entries, 2)
      assert.deepEqual(
        other.hits.map(({ headers }) => headers.authorization),
        [undefined, undefined],
      )
      assert.equal(moved.hits[0]?.headers.authorization, 'Bearer abc')
    } finally {
      await moved.close()
      await other.close()
    }
  })

  it('leads nobody to a host that is not allowed', async () => {
    const moved = await startFaultyServer({
      '/r4/Patient/1': (_request, response) =>
        response.writeHead(307, { location: `${server.url}/echo` }).end(),
    })
    try {
      const hits = server.hits.length
      const client = new FhirClient(new PlainFhirService({ base: `${moved.url}/r4`, http }))
      const at = { endpoint: 'Patient', id: '1' }
      for (const sent of [client.read(at), client.delete(at)]) {
        const { code, message } = await failure(sent)
        assert.equal(code, 'HG_CONFIG')
        assert.match(
          message,
          new RegExp(`${new URL(server.url).host}, a host that the account does not allow`),
        )
      }
      assert.equal(server.hits.length, hits)
    } finally {
      await moved.close()
    }
  })

  it('is asked for no page of another place', async () => {
    const request = {
      operation: 'search',
      method: 'GET',
      endpoint: 'Patient',
      url: 'http://elsewhere.invalid/',
    } as const
    assert.equal((await failure(serviceAt('/r4').send(request))).code, 'HG_RESPONSE')
  })

  it('needs a base address', () => {
    for (const base of [
      '',
      'fhir',
      '/fhir',
      'ftp://h/fhir',
      'javascript:1',
      'http://h/fhir?x=1',
      'http://h/fhir#x',
    ]) {
      assert.throws(() => new PlainFhirService({ base, http }), { code: 'HG_CONFIG' }, base)
    }
  })
})
