import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { HttpClient } from '../../../../src/http/client'
import { bundleTypeOf } from '../../../../src/providers/fhir/bundle'
import { FhirClient } from '../../../../src/providers/fhir/client'
import { PlainFhirService } from '../../../../src/providers/fhir/plain-service'
import type { JsonObject } from '../../../../src/providers/json-answer'
import { failing } from '../../../support/failing'
import { type FaultyServer, startFaultyServer } from '../../../support/faulty-server'

describe('what is sent as a Bundle', () => {
  it('is a batch or a transaction, whose entries are objects', () => {
    assert.equal(bundleTypeOf({ resourceType: 'Bundle', type: 'batch', entry: [{}] }), 'batch')
    assert.equal(bundleTypeOf({ resourceType: 'Bundle', type: 'transaction' }), 'transaction')
    for (const value of [
      undefined,
      null,
      'Bundle',
      [],
      { type: 'batch' },
      { resourceType: 'Patient', type: 'batch' },
      { resourceType: 'Bundle' },
      { resourceType: 'Bundle', type: 'searchset' },
      { resourceType: 'Bundle', type: 'batch', entry: {} },
      { resourceType: 'Bundle', type: 'batch', entry: [{}, null] },
    ]) {
      assert.throws(() => bundleTypeOf(value), { code: 'HG_INPUT' }, JSON.stringify(value))
    }
  })
})

describe('a Bundle that is sent', () => {
  let server: FaultyServer
  let http: HttpClient
  let client: FhirClient
  /** The answer to the entries of a request, which is the nth. */
  let answer: (entries: readonly JsonObject[], nth: number, response: ServerResponse) => void

  const json = (response: ServerResponse, value: unknown, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(value))
  }
  const answered = (entry: readonly unknown[]): JsonObject => ({
    ...{ resourceType: 'Bundle', id: 'answer', type: 'transaction-response', entry },
  })
  const refuse = (response: ServerResponse, status: number): void =>
    json(response, { resourceType: 'OperationOutcome', issue: [] }, status)
  const created = { response: { status: '201 Created' } }
  const sent = (): JsonObject[] => server.hits.map(({ body }) => JSON.parse(body.toString()) as JsonObject)
  const namesSent = (): unknown[][] =>
    sent().map(({ entry }) => (entry as JsonObject[]).map(({ fullUrl }) => fullUrl))

  const post = (name: string, to?: string): JsonObject => ({
    fullUrl: `urn:uuid:${name}`,
    request: { method: 'POST', url: 'Observation' },
    resource: {
      resourceType: 'Observation',
      ...(to === undefined ? {} : { focus: [{ reference: `urn:uuid:${to}` }] }),
    },
  })
  const bundle = (type: 'batch' | 'transaction', entry?: readonly JsonObject[]) => ({
    endpoint: '',
    bundle: { resourceType: 'Bundle', type, ...(entry ? { entry } : {}) },
  })

  beforeEach(async () => {
    http = new HttpClient({ proxy: 'none', timeoutMs: 5_000 })
    server = await startFaultyServer({
      '/fhir': (_request, response, { body }) => {
        const { entry = [] } = JSON.parse(body.toString()) as { entry?: JsonObject[] }
        answer(entry, server.hits.length, response)
      },
    })
    client = new FhirClient(new PlainFhirService({ base: `${server.url}/fhir`, http }))
    answer = (entries, _nth, response) => json(response, answered(entries.map(() => created)))
  })
  afterEach(async () => {
    await http.close()
    await server.close()
  })

  it('may have no entries, and then gets none', async () => {
    answer = (_entries, _nth, response) =>
      json(response, { resourceType: 'Bundle', type: 'transaction-response' })
    const { outcomes, requests } = await client.bundle(bundle('transaction'))
    assert.deepEqual([outcomes, requests], [[], 1])
    assert.deepEqual(sent(), [bundle('transaction').bundle])
  })

  it('has what each answer says, and nothing that it does not say', async () => {
    const patient = { resourceType: 'Patient', id: '7' }
    const location = 'http://h/fhir/Patient/7/_history/1'
    const lastModified = '2026-07-01T08:00:00Z'
    const entry = [
      { response: { status: '201 Created', location, etag: 'W/"1"', lastModified }, resource: patient },
      { response: { status: ' 204 ' } },
      { response: { status: '404', location: 7, etag: null, lastModified: {} }, resource: 'none' },
      { response: { status: 'HTTP 200' } },
      { response: { status: '299' } },
      { response: { status: '300' } },
      { response: { status: '2000' } },
    ]
    answer = (_entries, _nth, response) => json(response, answered(entry))
    const { outcomes, resource } = await client.bundle(bundle('batch', Array<JsonObject>(7).fill({})))
    const issues: unknown[] = []
    const created = { type: 'Patient', id: '7', versionId: '1' }
    assert.deepEqual(outcomes, [
      {
        ...{ index: 0, ok: true, statusCode: 201, location, created, etag: 'W/"1"', lastModified },
        ...{ resource: patient, issues },
      },
      { index: 1, ok: true, statusCode: 204, issues },
      { index: 2, ok: false, statusCode: 404, issues },
      { index: 3, ok: false, statusCode: 0, issues },
      { index: 4, ok: true, statusCode: 299, issues },
      { index: 5, ok: false, statusCode: 300, issues },
      { index: 6, ok: false, statusCode: 0, issues },
    ])
    assert.deepEqual(resource, answered(entry))
  })

  it('in parts has one answer, of its own type and without the id of a part', async () => {
    const entries = ['a', 'b', 'c'].map((name) => post(name))
    const { resource } = await client.bundle({ ...bundle('batch', entries), most: 2 })
    assert.deepEqual(resource, {
      ...{ resourceType: 'Bundle', type: 'batch-response', entry: [created, created, created] },
    })
  })

  for (const most of [0, -1, 0.5, NaN]) {
    it(`is not sent with ${most} entries at a time`, async () => {
      for (const type of ['batch', 'transaction'] as const) {
        const target = { ...bundle(type, [post('a')]), most, splitTransaction: true }
        await failing(client.bundle(target), 'HG_INPUT')
      }
      assert.equal(server.hits.length, 0)
    })
  }

  it('is not sent where more hang together than go at a time', async () => {
    const entries = [post('a'), post('b'), post('c', 'b'), post('d', 'c')]
    const target = { ...bundle('transaction', entries), splitTransaction: true }
    await failing(client.bundle({ ...target, most: 2 }), 'HG_TOO_LARGE')
    assert.equal(server.hits.length, 0)
    assert.equal((await client.bundle({ ...target, most: 3 })).requests, 2)
  })

  it('and is too large all the same is divided along its references, wherever they stand', async () => {
    answer = (entries, _nth, response) => {
      if (entries.length > 2) refuse(response, 413)
      else json(response, answered(entries.map(({ fullUrl }) => ({ ...created, fullUrl }))))
    }
    const entries = [post('a'), post('b'), post('c'), post('d', 'f'), post('e'), post('f'), post('g', 'e')]
    const target = { ...bundle('transaction', entries), splitTransaction: true, most: 4 }
    const { outcomes, resource, requests } = await client.bundle(target)
    assert.deepEqual(
      namesSent().filter(({ length }) => length <= 2),
      [['a', 'b'], ['c'], ['d', 'f'], ['e', 'g']].map((names) => names.map((name) => `urn:uuid:${name}`)),
    )
    assert.equal(requests, 4)
    assert.ok(outcomes.every(({ ok, index }, at) => ok && index === at))
    // Each answer stands where its entry does.
    assert.deepEqual(
      (resource?.entry as JsonObject[]).map(({ fullUrl }) => fullUrl),
      entries.map(({ fullUrl }) => fullUrl),
    )
  })

  it('and is too large all the same is told where all of it hangs together', async () => {
    answer = (_entries, _nth, response) => refuse(response, 413)
    const entries = [post('a'), post('b', 'a'), post('c', 'b')]
    const sending = client.bundle({ ...bundle('transaction', entries), splitTransaction: true })
    await failing(sending, 'HG_TOO_LARGE')
    assert.equal(server.hits.length, 1)
  })

  it('of which a later part meets no server any more tells that this did not arrive', async () => {
    answer = (entries, _nth, response) => {
      response.setHeader('connection', 'close')
      response.once('close', () => void server.close())
      json(response, answered(entries.map(() => created)))
    }
    const { outcomes } = await client.bundle({ ...bundle('batch', [post('a'), post('b')]), most: 1 })
    assert.deepEqual(
      outcomes.map(({ error }) => [error?.code, error?.arrived]),
      [
        [undefined, undefined],
        ['HG_UNAVAILABLE', 'no'],
      ],
    )
  })

  it('is sent as one where it has as many entries as may be', async () => {
    const target = { ...bundle('transaction', [post('a'), post('b')]), most: 2 }
    assert.equal((await client.bundle(target)).requests, 1)
  })

  for (const [status, arrived] of [
    [300, 'no'],
    [404, 'no'],
    [499, 'no'],
    [500, 'unknown'],
    [200, 'unknown'],
  ] as const) {
    it(`of which a later part is answered ${status} tells whether it may have arrived: ${arrived}`, async () => {
      answer = (entries, nth, response) => {
        if (nth === 1) json(response, answered(entries.map(() => created)))
        else refuse(response, status)
      }
      const entries = ['a', 'b', 'c'].map((name) => post(name))
      const { outcomes, resource } = await client.bundle({ ...bundle('batch', entries), most: 1 })
      assert.deepEqual(
        outcomes.map(({ ok, statusCode, error }) => [ok, statusCode, error?.arrived]),
        [
          [true, 201, undefined],
          [false, 0, arrived],
          [false, 0, 'no'],
        ],
      )
      const [done, failed, left] = (resource?.entry as { response: JsonObject }[]).map(
        ({ response }) => response,
      )
      assert.deepEqual(done, created.response)
      const saidOf = (response: JsonObject | undefined) => {
        const { resourceType, issue } = response?.outcome as JsonObject
        const [{ severity, code, diagnostics } = {}] = issue as JsonObject[]
        assert.deepEqual([response?.status, resourceType], ['0', 'OperationOutcome'])
        assert.deepEqual([severity, code], ['error', 'incomplete'])
        return diagnostics
      }
      assert.equal(saidOf(failed), outcomes[1]?.error?.message)
      assert.match(String(saidOf(left)), /^Not sent/)
    })
  }
})
