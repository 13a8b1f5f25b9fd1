import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { HttpClient } from '../../../../src/http/client'
import { bundleTypeOf } from '../../../../src/providers/fhir/bundle'
import { FhirClient } from '../../../../src/providers/fhir/client'
import { PlainFhirService } from '../../../../src/providers/fhir/plain-service'
import type { JsonObject } from '../../../../src/providers/json-answer'
import { failing } from '../../../support/failing'
import { type FaultyServer, startFaultyServer } from '../../../support/faulty-server'
import { Counted } from './support'

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

  for (const most of [0, -1, 0.5, 1.5, 2.5, NaN, -Infinity]) {
    it(`is not sent with ${most} entries at a time`, async () => {
      for (const type of ['batch', 'transaction'] as const) {
        const entries = ['a', 'b', 'c', 'd', 'e'].map((name) => post(name))
        const target = { ...bundle(type, entries), most, splitTransaction: true }
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
      const sent = await client.bundle({ ...bundle('batch', entries), most: 1 })
      const { outcomes, resource, requests, failure: why } = sent
      // What the server refuses of one part says nothing of the next.
      const goesOn = status === 404 || status === 499
      assert.deepEqual([requests, server.hits.length], goesOn ? [3, 3] : [2, 2])
      assert.deepEqual([why?.code, why?.cause.retryable], [outcomes[1]?.error?.code, false])
      assert.match(why?.message ?? '', /1 of its 3 entries were done/)
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
      assert.equal(String(saidOf(left)).startsWith('Not sent'), !goesOn)
      assert.deepEqual(
        outcomes.map(({ issues }) => issues[0]?.diagnostics),
        [undefined, saidOf(failed), saidOf(left)],
      )
    })
  }

  it('is sent as one where as many entries go at a time as there are', async () => {
    const entries = ['a', 'b', 'c'].map((name) => post(name))
    for (const most of [undefined, Infinity]) {
      const { requests, outcomes } = await client.bundle({ ...bundle('batch', entries), most })
      assert.deepEqual([requests, outcomes.length], [1, 3])
    }
  })

  describe('whose entry is answered with another resource', () => {
    const patient = (id: string, more: JsonObject = {}) => ({ resourceType: 'Patient', id, ...more })
    const mary = patient('mary-millington', { name: [{ family: 'Millington' }] })
    const ask = (method: string, url: string): JsonObject => ({ request: { method, url } })
    const ok = (resource?: JsonObject, response: JsonObject = {}): JsonObject => ({
      response: { status: '200 OK', ...response },
      ...(resource ? { resource } : {}),
    })
    /** What becomes of one entry. */
    const one = async (
      type: 'batch' | 'transaction',
      request: JsonObject,
      answer_: JsonObject,
      provider = 'fhir',
    ) => {
      answer = (_entries, _nth, response) => json(response, answered([answer_]))
      const asking = provider === 'fhir' ? client : new FhirClient(new Counted(client.service, provider))
      const { outcomes, resource } = await asking.bundle(bundle(type, [request]))
      const [outcome] = outcomes
      assert.ok(outcome && outcomes.length === 1)
      return { outcome, answer: resource }
    }

    for (const type of ['batch', 'transaction'] as const) {
      for (const [what, request, given, different, changes] of [
        ['a read of an id', ask('GET', 'Patient/7'), ok(mary), 'id', false],
        ['a read of an id with a line', ask('GET', 'Patient/a_b'), ok(mary), 'id', false],
        ['a read of an address', ask('GET', 'http://h/fhir/Patient/7?_summary=true'), ok(mary), 'id', false],
        [
          'a read of a type',
          ask('GET', '/Patient/7'),
          ok({ ...mary, resourceType: 'Person' }),
          'type',
          false,
        ],
        [
          'a read with an outcome',
          ask('GET', 'Patient/7'),
          ok({ resourceType: 'OperationOutcome' }),
          'type',
          false,
        ],
        [
          'a read of a version',
          ask('GET', 'Patient/7/_history/2'),
          ok(patient('7', { meta: { versionId: '3' } })),
          'version',
          false,
        ],
        [
          'a read of a version by its tag',
          ask('GET', 'Patient/7/_history/2'),
          ok(patient('7'), { etag: 'W/"3"' }),
          'version',
          false,
        ],
        ['an update', ask('PUT', 'Patient/7'), ok(mary), 'id', true],
        ['a patch', ask('PATCH', 'Patient/7'), ok(mary), 'id', true],
        ['a delete', ask('DELETE', 'Patient/7'), ok(mary), 'id', true],
        [
          'an update by its Location',
          ask('PUT', 'Patient/7'),
          ok(undefined, { location: 'Patient/mary-millington/_history/1' }),
          'id',
          true,
        ],
        [
          'a patch by its Location',
          ask('PATCH', 'Patient/7'),
          ok(undefined, { location: 'http://h/Person/7' }),
          'type',
          true,
        ],
        [
          'an update that failed',
          ask('PUT', 'Patient/7'),
          { ...ok(mary), response: { status: '409' } },
          'id',
          true,
        ],
      ] as const) {
        it(`${what} of a ${type} fails, without a word of whose it is`, async () => {
          const { outcome, answer } = await one(type, request, given)
          const { error, issues, ...rest } = outcome
          assert.deepEqual(rest, { index: 0, ok: false, statusCode: 0 })
          assert.deepEqual(
            issues.map(({ diagnostics }) => diagnostics),
            [error?.message],
          )
          assert.deepEqual([error?.code, error?.arrived], ['HG_RESPONSE', 'unknown'])
          assert.match(
            error?.message ?? '',
            new RegExp(`^The FHIR server answered for ${type} with a resource of another ${different} than`),
          )
          assert.equal((error?.message ?? '').includes('may have been carried out'), changes)
          assert.doesNotMatch(JSON.stringify([outcome, answer]), /millington|Patient\/7/i)
          assert.equal(answer?.type, `${type}-response`)
        })
      }
    }

    for (const [what, request, given] of [
      ['the one that was asked for', ask('GET', 'Patient/7'), ok(patient('7'))],
      ['one without id', ask('PUT', 'Patient/7'), ok({ resourceType: 'Patient' })],
      ['nothing', ask('GET', 'Patient/7'), ok()],
      ['advice', ask('PUT', 'Patient/7'), ok({ resourceType: 'OperationOutcome', id: 'x' })],
      [
        'a Location of the same',
        ask('PUT', 'Patient/7'),
        ok(undefined, { location: 'http://h/Patient/7/_history/2' }),
      ],
      ['content', ask('GET', 'Binary/7'), ok(mary)],
      ['a search', ask('GET', 'Patient?name=x'), ok({ resourceType: 'Bundle', id: 'x' })],
      ['a history', ask('GET', 'Patient/7/_history'), ok({ resourceType: 'Bundle', id: 'x' })],
      ['a history of all', ask('GET', 'Patient/_history'), ok({ resourceType: 'Bundle', id: 'x' })],
      ['an operation', ask('GET', 'Patient/$everything'), ok({ resourceType: 'Bundle', id: 'x' })],
      ['what belongs to one', ask('GET', 'Patient/Abc/Observation'), ok({ resourceType: 'Bundle', id: 'x' })],
      ['an update by criteria', ask('PUT', 'Patient?identifier=x/Patient/7'), ok(mary)],
      ['what is no interaction', ask('POST', 'Patient/7'), ok(mary)],
      ['a create', ask('POST', 'Patient'), ok(mary, { location: 'Patient/8' })],
      ['an address that is none', { request: { method: 'GET', url: 7 } }, ok(mary)],
      ['no request', {}, ok(mary)],
    ] as const) {
      it(`takes ${what}`, async () => {
        const { outcome, answer } = await one('batch', request, given)
        assert.deepEqual([outcome.ok, outcome.error, outcome.resource], [true, undefined, given.resource])
        assert.deepEqual(answer, answered([given]))
      })
    }

    it('takes what is no resource for none', async () => {
      const given = { response: { status: '200', location: 7 }, resource: 'Patient/8' }
      const { outcome } = await one('batch', ask('PUT', 'Patient/7'), given)
      assert.deepEqual([outcome.ok, outcome.resource], [true, undefined])
    })

    it('takes why it failed', async () => {
      const outcome_ = { resourceType: 'OperationOutcome', id: 'x', issue: [] }
      const given = { response: { status: '412' }, resource: outcome_ }
      const { outcome } = await one('batch', ask('GET', 'Patient/7'), given)
      assert.deepEqual([outcome.statusCode, outcome.error, outcome.resource], [412, undefined, outcome_])
    })

    it('takes a Bundle from Healthcode, and no other patient', async () => {
      const whole = ok({ resourceType: 'Bundle', id: 'x' })
      assert.equal((await one('batch', ask('GET', 'Patient/7'), whole, 'healthcode')).outcome.ok, true)
      assert.equal((await one('batch', ask('GET', 'Patient/7'), whole)).outcome.ok, false)
      const { outcome } = await one('batch', ask('GET', 'Patient/7'), ok(mary), 'healthcode')
      assert.match(outcome.error?.message ?? '', /^Healthcode answered for batch/)
    })

    it('leaves the others as they are', async () => {
      const given = [ok(patient('8')), ok(patient('7')), created]
      answer = (_entries, _nth, response) => json(response, answered(given))
      const entries = [ask('GET', 'Patient/7'), ask('GET', 'Patient/7'), post('a')]
      const { outcomes, resource, requests } = await client.bundle(bundle('batch', entries))
      assert.deepEqual(
        outcomes.map(({ index, ok, statusCode }) => [index, ok, statusCode]),
        [
          [0, false, 0],
          [1, true, 200],
          [2, true, 201],
        ],
      )
      const [first, ...others] = resource?.entry as JsonObject[]
      assert.deepEqual([others, requests, server.hits.length], [given.slice(1), 1, 1])
      assert.equal((first?.response as JsonObject).status, '0')
    })
  })

  it('that may have been carried out says so where its answer cannot be understood', async () => {
    answer = (_entries, _nth, response) => json(response, answered([]))
    const { message, cause } = await failing(client.bundle(bundle('batch', [post('a')])), 'HG_RESPONSE')
    assert.match(message, /may have been carried out/)
    assert.equal((cause.detail as JsonObject).arrived, 'unknown')
  })
})
