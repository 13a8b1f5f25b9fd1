import assert from 'node:assert/strict'
import type { KeyOptions } from '../../src/sandbox/healthcode/healthcode'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { assertApart } from '../support/apart'
import { listen, type TestServer } from '../support/server'
import { sandbox, type Config } from './support/flow'
import { Asked, fhirNodeTests, type FhirAnswer, type Json } from './support/fhir-node-tests'

describe('healthcode-fhir', () => {
  let provider: Sandbox
  let asked: Asked
  let undo: (() => void)[] = []

  before(async () => {
    provider = await sandbox()
  })

  describe('at a FHIR R4 server', () => {
    fhirNodeTests(() => ({ account: { service: 'fhir' }, at: (type) => type }), { isAtomic: true })
  })

  describe("at Healthcode's FHIR namespace", () => {
    const at = (type: string) => (type === '' ? 'fhir_namespace' : `fhir_namespace/${type}`)
    fhirNodeTests(() => ({ account: {}, at }), { isAtomic: true })
  })

  const open = (account: Partial<Config> = {}, credentials?: Record<string, string>) => {
    asked = new Asked({ account, at: (type) => type, ...(credentials ? { credentials } : {}) })
  }
  /** With an API key that may do something else. */
  const openWithKey = (options: Partial<KeyOptions> = {}) => {
    const { siteId } = provider.demo.healthcode
    const { apiKeyId, apiKey } = provider.healthcode.addKey({ sites: [siteId], ...options })
    open({}, { apiKeyId, apiKey })
    return apiKeyId
  }
  const misbehave = (rule: Misbehaviour) => undo.push(provider.misbehave(rule))
  const entriesOf = ({ payload }: FhirAnswer) => (payload.entry ?? []) as { resource: Json }[]
  const remittances = { operation: 'searchPost', endpoint: 'search_remittance_summary_endpoint' }
  const patients = (operation: string, more: Json = {}) => ({
    operation,
    endpoint: 'patient_endpoint',
    ...more,
  })
  const patient = { resourceType: 'Patient', name: [{ family: 'Featherstonehaugh' }] }

  beforeEach(() => open())
  afterEach(async () => {
    for (const take of undo) take()
    undo = []
    await asked.stop()
  })

  describe("at Healthcode's APIs", () => {
    it('finds a member by a posted form', async () => {
      const { membershipNumber, ...query } = provider.demo.healthcode.member
      const found = await asked.ask({ operation: 'searchPost', endpoint: 'find_member_endpoint' }, { query })
      const [{ resource } = { resource: {} }] = entriesOf(found)
      assert.deepEqual([resource.resourceType, resource.subscriberId], ['Coverage', membershipNumber])
      assert.equal(found.health?.provider, 'healthcode')
    })

    it('reads remittances by page and count, the remittance with its claims, and a code set', async () => {
      const { insurerIdentifier } = provider.demo.healthcode.member
      const query = { insurerIdentifier: [insurerIdentifier, 'ppp', 'nuh', 'wpa'] }
      const found = await asked.ask({ ...remittances, count: '2', countType: 'num' }, { query })
      const ids = entriesOf(found).map(({ resource }) => resource.id)
      assert.ok(ids.length > 2)
      assert.equal(new Set(ids).size, ids.length)
      const one = await asked.ask({ operation: 'read', endpoint: 'get_remittance_endpoint' }, { id: ids[0] })
      assert.deepEqual(
        new Set(entriesOf(one).map(({ resource }) => resource.resourceType)),
        new Set(['PaymentReconciliation', 'ClaimResponse']),
      )
      const codes = await asked.ask({
        operation: 'read',
        endpoint: 'codes_valueset_namespace',
        resourceId: 'condition-code',
        resourceIdType: 'str',
      })
      assert.equal(codes.payload.resourceType, 'ValueSet')
    })

    it('creates, reads, updates and deletes', async () => {
      const made = await asked.ask(patients('create'), { payload: patient })
      assert.equal(made.statusCode, 201)
      const { id } = made.payload
      const changed = await asked.ask(patients('update', { matchVersion: true }), {
        payload: { ...made.payload, gender: 'female' },
      })
      assert.equal((changed.payload.meta as Json).versionId, '2')
      assert.equal((await asked.ask(patients('read'), { id })).payload.gender, 'female')
      await asked.ask(patients('delete'), { id })
      assert.equal((await asked.failure(patients('read'), { id })).code, 'HG_NOT_FOUND')
    })

    it('sends a type of resource that Healthcode has and R4 has not, with a warning', async () => {
      misbehave({
        ...{
          endpoint: 'healthcode.slot_endpoint',
          do: 'body',
          code: 200,
          contentType: 'application/fhir+json',
        },
        text: '{"resourceType":"ReserveSlot","id":"7"}',
      })
      const create = { operation: 'create' }
      const { payload, findings } = await asked.ask(
        { ...create, endpoint: 'slot_endpoint/$reserve' },
        { payload: { resourceType: 'ReserveSlot', slot: 7 } },
      )
      assert.equal(payload.id, '7')
      assert.deepEqual(
        findings?.map(({ severity, path }) => `${severity} ${path}`),
        ['warning resource.resourceType'],
      )
    })

    it('takes the endpoint, the site and the version from the message', async () => {
      const { otherSite } = provider.demo.healthcode
      open({}, { apiKeyId: otherSite.apiKeyId, apiKey: otherSite.apiKey })
      const node = { operation: 'search', endpoint: 'where', endpointType: 'msg', all: false }
      const msg = { where: 'search_practitioner_endpoint', siteId: otherSite.siteId, apiVersion: 2 }
      const [{ resource } = { resource: {} }] = entriesOf(await asked.ask(node, msg))
      assert.ok(resource.qualification)
      const { code } = await asked.failure(node, { ...msg, siteId: 'HC10001' })
      assert.equal(code, 'HG_FORBIDDEN')
    })

    it('does not tell from a name who it is that is searched for, where it is posted', async () => {
      const { code, message, cause } = await asked.failure(
        { operation: 'searchPost', endpoint: 'find_member_endpoint' },
        { query: { insurerIdentifier: 'ppp', lastName: 'Featherstonehaugh' } },
      )
      assert.equal(code, 'HG_REJECTED')
      assert.doesNotMatch(JSON.stringify([message, cause]), /Featherstonehaugh/)
    })

    it('tells the times of answers by the clocks of a zone', async () => {
      const node = {
        ...patients('search'),
        endpoint: 'slot_endpoint',
        all: false,
        count: '1',
        countType: 'num',
      }
      const [utc, there] = [
        await asked.ask(node),
        await asked.ask({ ...node, answerTimeZone: 'Asia/Kolkata' }),
      ].map((answer) => String(entriesOf(answer)[0]?.resource.start))
      assert.match(String(there), /\+05:30$/)
      assert.equal(Date.parse(String(there)), Date.parse(String(utc)))
    })

    it('shows how many entries there were, and how many of a batch were done', async () => {
      const flow = await asked.flow(patients('search', { count: '5', countType: 'num', all: false }))
      await asked.ask(patients('search', { count: '5', countType: 'num', all: false }))
      assert.deepEqual(flow.statuses('node').at(-1), { fill: 'green', shape: 'dot', text: '5' })
      const batch = { operation: 'batch', endpoint: 'fhir_namespace' }
      const entry = ['Patient/never-was', 'Patient'].map((url) => ({ request: { method: 'GET', url } }))
      await asked.ask(batch, { payload: { resourceType: 'Bundle', type: 'batch', entry } })
      assert.deepEqual((await asked.flow(batch)).statuses('node').at(-1), {
        fill: 'yellow',
        shape: 'dot',
        text: '1/2',
      })
    })
  })

  it('sends on what became of a batch of which a part is refused, and tells Catch nodes, with the message as it came', async () => {
    open({ service: 'fhir' })
    misbehave({ endpoint: 'healthcode.fhir', do: 'status', code: 422, after: 1, times: 1 })
    const entry = [1, 2, 3].map(() => ({ request: { method: 'GET', url: 'Patient/patient-1' } }))
    const payload = { resourceType: 'Bundle', type: 'batch', entry }
    const node = { operation: 'batch', most: '1', mostType: 'num' }
    const flow = await asked.flow(node)
    flow.send('node', { payload })
    const { outcomes, requests } = (await flow.next('answer')) as unknown as FhirAnswer
    assert.deepEqual(
      outcomes?.map(({ ok, issues }) => [ok, issues.length]),
      [
        [true, 0],
        [false, 1],
        [true, 0],
      ],
    )
    assert.equal(requests, 3)
    const caught = await flow.caught('HG_REJECTED', /2 of its 3 entries were done/)
    assert.deepEqual(caught.payload, payload)
  })

  describe('at a FHIR R4 server', () => {
    it('validates by $validate, and reads everything of a patient', async () => {
      open({ service: 'fhir' })
      const validate = {
        operation: 'operation',
        endpoint: 'Patient',
        operationName: '$validate',
        method: 'post',
      }
      const { payload, health } = await asked.ask(validate, { payload: patient })
      assert.deepEqual([payload.resourceType, health?.provider], ['OperationOutcome', 'fhir'])
      const everything = { operation: 'operation', endpoint: 'Patient', operationName: 'everything' }
      const all = await asked.ask(everything, { id: 'patient-1', payload: 'of something else' })
      assert.ok(entriesOf(all).some(({ resource }) => resource.resourceType === 'Observation'))
    })

    it('asks $validate about what is not valid, with its times as they are', async () => {
      open({ service: 'fhir' })
      const validate = {
        ...{ operation: 'operation', endpoint: 'Observation', operationName: '$validate', method: 'post' },
      }
      const payload = {
        resourceType: 'Observation',
        code: { text: 'x' },
        effectiveDateTime: '2026-07-01T09:00',
      }
      const { statusCode, payload: outcome } = await asked.ask(validate, { payload })
      const [issue] = outcome.issue as Json[]
      assert.deepEqual(
        [statusCode, outcome.resourceType, issue?.severity],
        [200, 'OperationOutcome', 'error'],
      )
      const inLondon = await asked.ask({ ...validate, timeZone: 'Europe/London' }, { payload })
      assert.equal(inLondon.payload.resourceType, 'OperationOutcome')
      const other = { ...validate, operationName: 'lastn' }
      assert.equal((await asked.failure(other, { payload })).code, 'HG_INPUT')
    })

    it('reads the pages of an operation, as they are wanted', async () => {
      open({ service: 'fhir' })
      const everything = { operation: 'operation', endpoint: 'Patient', operationName: 'everything' }
      const msg = { id: 'patient-1', query: { _count: 2 } }
      const idsOf = (answer: FhirAnswer) => entriesOf(answer).map(({ resource }) => resource.id)
      const whole = await asked.ask(everything, msg)
      const ids = idsOf(whole)
      assert.ok(ids.length > 4, String(ids.length))
      assert.equal(new Set(ids).size, ids.length)
      assert.equal(whole.payload.link, undefined)
      assert.equal(whole.health?.attempts, Math.ceil(ids.length / 2))
      const one = await asked.ask({ ...everything, all: false }, msg)
      assert.deepEqual(idsOf(one), ids.slice(0, 2))
      const pages = await asked.all({ ...everything, output: 'pages' }, msg)
      assert.deepEqual(pages.flatMap(idsOf), ids)
      assert.equal(pages.length, Math.ceil(ids.length / 2))
      const entries = await asked.all({ ...everything, output: 'entries' }, msg)
      assert.deepEqual(
        entries.map(({ payload, health }) => [payload.id, health?.attempts]),
        ids.map((id) => [id, 1]),
      )
    })

    it('tells of the answer in the one message for an empty list, too', async () => {
      open({ service: 'fhir' })
      const node = { operation: 'search', endpoint: 'Patient' }
      for (const output of ['entries', 'pages']) {
        const [{ statusCode, headers, health } = {} as FhirAnswer] = await asked.all(
          { ...node, output },
          { query: { identifier: 'urn:example|nobody' } },
        )
        assert.deepEqual([statusCode, health?.attempts], [200, 1], output)
        assert.match(String(headers['content-type']), /json/)
      }
    })

    it('tells the times of a resource that an entry of a batch brought by the clocks of a zone', async () => {
      open({ service: 'fhir' })
      const batch = { operation: 'batch', answerTimeZone: 'Asia/Kolkata' }
      const entry = [{ request: { method: 'GET', url: 'Patient/patient-1' } }]
      const { outcomes } = await asked.ask(batch, {
        payload: { resourceType: 'Bundle', type: 'batch', entry },
      })
      const [{ resource } = {}] = (outcomes ?? []) as { resource?: Json }[]
      assert.match(String((resource?.meta as Json).lastUpdated), /\+05:30$/)
    })

    it('sends a FHIRPath Patch without check where that is off', async () => {
      open({ service: 'fhir' })
      const patch = { operation: 'patch', endpoint: 'Patient', conditional: false }
      const msg = { id: 'patient-1', payload: { resourceType: 'Parameters', parameter: [{ nothing: 1 }] } }
      assert.equal((await asked.failure(patch, msg)).code, 'HG_INPUT')
      // What it is then is the server's to say.
      assert.equal((await asked.failure({ ...patch, check: false }, msg)).code, 'HG_REJECTED')
    })

    it('answers as it is asked to', async () => {
      open({ service: 'fhir' })
      const create = { operation: 'create', endpoint: 'Patient', prefer: 'minimal' }
      const { payload, location } = await asked.ask(create, { payload: patient })
      assert.deepEqual([payload, location?.type], [null, 'Patient'])
    })

    it('reads a list of 5,000 pages to its end, a message for each', async function () {
      this.timeout(120_000)
      open({ service: 'fhir' })
      const post = {
        resource: { resourceType: 'Basic', code: { text: 'x' } },
        request: { method: 'POST', url: 'Basic' },
      }
      const payload = {
        resourceType: 'Bundle',
        type: 'batch',
        entry: Array.from({ length: 5000 }, () => post),
      }
      const { outcomes } = await asked.ask({ operation: 'batch', most: '1000', mostType: 'num' }, { payload })
      assert.equal(outcomes?.length, 5000)
      const node = { operation: 'search', endpoint: 'Basic', count: '1', countType: 'num' }
      const pages = await asked.all({ ...node, output: 'pages' })
      assert.deepEqual([pages.length, pages.at(-1)?.parts?.count], [5000, 5000])
      assert.equal(new Set(pages.map((page) => entriesOf(page)[0]?.resource.id)).size, 5000)
    })
  })

  describe('at a server of another kind', () => {
    const entryCount = 50_001
    let server: TestServer
    let base: string
    let bundle: Json

    before(async () => {
      server = await listen((request, response) => {
        response.setHeader('content-type', 'application/fhir+json')
        if (request.url?.startsWith('/Basic/')) {
          response.end(JSON.stringify({ resourceType: 'Basic', id: 'a', code: { text: request.url } }))
          return
        }
        const number = Number(new URL(request.url ?? '', base).searchParams.get('page') ?? 1)
        const entry = Array.from({ length: entryCount }, (_, index) => ({
          resource: { resourceType: 'Basic', id: `${number}-${index}` },
        }))
        const link = number < 2 ? [{ relation: 'next', url: `${base}/Basic?page=2` }] : []
        bundle = { resourceType: 'Bundle', id: 'a', type: 'searchset', total: 2 * entryCount, link, entry }
        response.end(JSON.stringify(bundle))
      })
      base = server.url
    })
    after(() => server.close())
    const search = { operation: 'search', endpoint: 'Basic' }

    it('reads with a query where the node has one of its own, and not with that of an earlier search', async () => {
      open({ service: 'fhir', environment: 'custom', urls: { fhir: base } })
      const read = { operation: 'read', endpoint: 'Basic' }
      const msg = { id: 'a', query: { identifier: 'x' }, wanted: { _summary: 'text' } }
      const asks = async (node: Json) =>
        ((await asked.ask({ ...read, ...node }, msg)).payload.code as Json).text
      assert.equal(await asks({}), '/Basic/a')
      assert.equal(await asks({ query: 'query', queryType: 'msg' }), '/Basic/a')
      // As the editor leaves a field that was emptied.
      assert.equal(await asks({ query: '', queryType: 'msg' }), '/Basic/a')
      assert.equal(await asks({ query: '' }), '/Basic/a')
      assert.equal(await asks({ query: '_elements=code', queryType: 'str' }), '/Basic/a?_elements=code')
      assert.equal(await asks({ query: 'wanted', queryType: 'msg' }), '/Basic/a?_summary=text')
    })

    it('says HG_TOO_LARGE for more than 100,000 entries in one message', async function () {
      this.timeout(60_000)
      open({ service: 'fhir', environment: 'custom', urls: { fhir: base } })
      const { code, message } = await asked.failure(search)
      assert.equal(code, 'HG_TOO_LARGE')
      assert.match(message, /one by one or page by page/)
    })

    it('gives a single page as the server sent it', async function () {
      this.timeout(60_000)
      open({ service: 'fhir', environment: 'custom', urls: { fhir: base } })
      const { payload } = await asked.ask({ ...search, all: false })
      assert.deepEqual(payload, bundle)
    })
  })

  describe('at a server that answers what it is told to', () => {
    let server: TestServer
    let base: string
    let answers: (url: URL) => { body: Json; headers?: Record<string, string> }

    before(async () => {
      server = await listen((request, response) => {
        request.resume().on('end', () => {
          const { body, headers } = answers(new URL(request.url ?? '', base))
          response.writeHead(200, { 'content-type': 'application/fhir+json', ...headers })
          response.end(JSON.stringify(body))
        })
      })
      base = server.url
    })
    after(() => server.close())
    beforeEach(() => open({ service: 'fhir', environment: 'custom', urls: { fhir: base } }))

    /** Two entries on each page; what is after the second page is for `link` to say. */
    const pagesWith = (link: () => Json) => (url: URL) => {
      const page = Number(url.searchParams.get('page') ?? 1)
      const next = page === 1 ? { url: '?page=2' } : link()
      const entry = ['a', 'b'].map((one) => ({
        ...{ fullUrl: `urn:example:${one}${page}`, search: { mode: 'match' } },
        resource: { resourceType: 'Basic', id: `${one}${page}` },
      }))
      const links = 'none' in next ? [] : [{ relation: 'next', ...next }]
      return { body: { resourceType: 'Bundle', type: 'searchset', link: links, entry } }
    }
    const search = { operation: 'search', endpoint: 'Basic' }

    for (const [output, count] of [
      ['entries', 4],
      ['pages', 2],
    ] as const) {
      it(`shares nothing between the messages of a sequence of ${output}`, async () => {
        answers = pagesWith(() => ({ none: true }))
        const messages = await asked.all(
          { ...search, output, timeZone: 'Europe/London' },
          {
            ...{ payload: 'of before', before: { of: [] }, parts: { id: 'outer' } },
            // Of which there is a warning: clocks have it twice.
            query: { _lastUpdated: 'ge2026-10-25T01:30:00' },
          },
        )
        assertApart(messages)
        assert.deepEqual(
          messages.map(({ findings, before, parts }) => [findings?.length, before, parts]),
          messages.map(({ parts }, index) => [
            ...[1, { of: [] }],
            {
              ...{ id: parts?.id, type: 'array', index, len: 1, parts: { id: 'outer' } },
              ...(index + 1 === count ? { count } : {}),
            },
          ]),
        )
      })

      for (const [what, link] of [
        ['leads to the page itself', () => ({ url: '?page=2' })],
        ['leads round in a circle', () => ({ url: '/Basic' })],
        ['leads to another server', () => ({ url: 'http://elsewhere.invalid/Basic' })],
        ['has no address', () => ({})],
      ] as const) {
        it(`sends the ${output} of a list whose link ${what}, and then HG_RESPONSE`, async () => {
          answers = pagesWith(link)
          const flow = await asked.flow({ ...search, output })
          flow.send('node', {})
          assert.equal((await flow.next('caught')).error?.code, 'HG_RESPONSE')
          assert.equal(flow.pending('answer'), count)
          for (let index = 0; index < count; index++) {
            const { parts } = (await flow.next('answer')) as FhirAnswer
            assert.deepEqual([parts?.index, parts?.count], [index, undefined])
          }
        })
      }
    }

    const basic = { resourceType: 'Basic', id: 'a', code: { text: 'x' } }
    const bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ fullUrl: 'urn:x', resource: basic }],
    }
    const done = { resourceType: 'Bundle', type: 'batch-response', entry: [{ response: { status: '201' } }] }
    const batch = {
      ...{ resourceType: 'Bundle', type: 'batch' },
      entry: [
        {
          resource: { resourceType: 'Basic', code: { text: 'x' } },
          request: { method: 'POST', url: 'Basic' },
        },
      ],
    }
    const named = { operation: 'operation', endpoint: 'Basic', operationName: 'x' }
    /** What the node before has left. */
    const earlier = { location: 'before', entry: 'before', outcomes: 'before', requests: 'before' }
    for (const [what, node, payload, body, set] of [
      [
        'a create',
        { operation: 'create', endpoint: 'Basic' },
        { ...basic, id: undefined },
        basic,
        { location: undefined },
      ],
      ['a list in one message', search, undefined, bundle, { entry: undefined }],
      ['a list page by page', { ...search, output: 'pages' }, undefined, bundle, { entry: undefined }],
      [
        'a list entry by entry',
        { ...search, output: 'entries' },
        undefined,
        bundle,
        { entry: { fullUrl: 'urn:x' } },
      ],
      ['an operation', named, undefined, basic, { location: undefined, entry: undefined }],
      ['an operation with a list', named, undefined, bundle, { location: undefined, entry: undefined }],
      [
        'a batch',
        { operation: 'batch' },
        batch,
        done,
        { location: undefined, requests: 1, outcomes: [{ index: 0, ok: true, statusCode: 201, issues: [] }] },
      ],
    ] as const) {
      it(`leaves nothing of the node before where ${what} may set it, and the rest`, async () => {
        answers = () => ({ body })
        const { location, entry, outcomes, requests } = await asked.ask(node, { ...earlier, payload })
        assert.deepEqual({ location, entry, outcomes, requests }, { ...earlier, ...set })
      })
    }

    it('tells where what was created is, and nothing of the one before', async () => {
      const create = { operation: 'create', endpoint: 'Basic' }
      answers = () => ({ body: basic, headers: { location: '/Basic/a/_history/1' } })
      const first = await asked.ask(create, { payload: { ...basic, id: undefined } })
      assert.equal(first.location?.id, 'a')
      answers = () => ({ body: basic })
      const second = await asked.ask(create, { ...first, payload: { ...basic, id: undefined } })
      assert.equal(second.location, undefined)
    })
  })

  const bad: [what: string, prepare: () => void, node: Json, msg: Json, code: string, sentence: RegExp][] = [
    [
      'a subscription that is missing',
      () => openWithKey({ apis: ['find_member_endpoint'] }),
      remittances,
      { query: { insurerIdentifier: 'ppp' } },
      'HG_FORBIDDEN',
      /./,
    ],
    [
      'a site of somebody else',
      () => open({ siteId: 'HC10002' }),
      remittances,
      { query: { insurerIdentifier: 'ppp' } },
      'HG_FORBIDDEN',
      /./,
    ],
    [
      'a version that does not exist',
      () => open({ apiVersion: '9' }),
      patients('search'),
      {},
      'HG_REJECTED',
      /./,
    ],
    [
      'a version that is none',
      () => open(),
      patients('search'),
      { apiVersion: { of: 1 } },
      'HG_INPUT',
      /API version/,
    ],
    [
      'a token server that is down',
      () => misbehave({ endpoint: 'healthcode.token', do: 'drop' }),
      patients('search'),
      {},
      'HG_UNAVAILABLE',
      /./,
    ],
    [
      'a token server that is out of order',
      () => misbehave({ endpoint: 'healthcode.token', do: 'status', code: 503 }),
      patients('search'),
      {},
      'HG_UNAVAILABLE',
      /./,
    ],
    [
      'a token server that is slow',
      () => misbehave({ endpoint: 'healthcode.token', do: 'hang' }),
      patients('search'),
      {},
      'HG_TIMEOUT',
      /./,
    ],
    [
      'a token server that answers with a web page',
      () => misbehave({ endpoint: 'healthcode.token', do: 'html' }),
      patients('search'),
      {},
      'HG_RESPONSE',
      /./,
    ],
    [
      'an endpoint that nobody knows',
      () => open(),
      { operation: 'search', endpoint: 'mood_endpoint' },
      {},
      'HG_CONFIG',
      /mood_endpoint|endpoint/,
    ],
    ['no endpoint', () => open(), { operation: 'search' }, {}, 'HG_INPUT', /endpoint/i],
    [
      'an endpoint that the message does not have',
      () => open({ service: 'fhir' }),
      { operation: 'delete', endpoint: 'where', endpointType: 'msg', conditional: true },
      { query: { identifier: 'x|1' } },
      'HG_INPUT',
      /No endpoint/,
    ],
    [
      'a condition that is empty',
      () => open(),
      patients('create'),
      { payload: patient, ifNoneExist: '' },
      'HG_INPUT',
      /"If none exists" is empty/,
    ],
    [
      'a version that is empty',
      () => open(),
      patients('update'),
      { payload: { ...patient, id: '7' }, ifMatch: ' ' },
      'HG_INPUT',
      /If-Match is empty/,
    ],
    [
      'an endpoint that is no text',
      () => open(),
      { operation: 'search', endpoint: 'x', endpointType: 'msg' },
      { x: ['a'] },
      'HG_INPUT',
      /endpoint is no text/,
    ],
    [
      'a discovery document without the key',
      () => published('patient_endpoint', undefined),
      patients('search'),
      {},
      'HG_CONFIG',
      /./,
    ],
    [
      'a discovery document with a relative address',
      () => published('patient_endpoint', '/ice/Patient'),
      patients('search'),
      {},
      'HG_RESPONSE',
      /./,
    ],
    [
      'a discovery document with javascript:',
      () => published('patient_endpoint', 'javascript:alert(1)'),
      patients('search'),
      {},
      'HG_RESPONSE',
      /./,
    ],
    [
      'a discovery document that leads to plain http',
      () => published('patient_endpoint', 'http://api.healthcode.example/Patient'),
      patients('search'),
      {},
      'HG_RESPONSE',
      /./,
    ],
    [
      'a discovery document that leads to another host',
      () => published('patient_endpoint', 'https://elsewhere.example/Patient'),
      patients('search'),
      {},
      'HG_CONFIG',
      /./,
    ],
    [
      'a document that is no resource',
      () => open(),
      patients('create'),
      { payload: { name: 'x' } },
      'HG_INPUT',
      /resourceType is missing/,
    ],
    ['a text that is no JSON', () => open(), patients('create'), { payload: 'hello' }, 'HG_INPUT', /no JSON/],
    ['a document in XML', () => open(), patients('create'), { payload: '<Patient/>' }, 'HG_INPUT', /XML/],
    ['no document', () => open(), patients('create'), { payload: undefined }, 'HG_INPUT', /./],
    [
      'a type that does not fit the endpoint',
      () => open(),
      patients('create'),
      { payload: { resourceType: 'Practitioner' } },
      'HG_INPUT',
      /takes resources of the type Patient/,
    ],
    [
      'a type that does not fit the type of a server',
      () => open({ service: 'fhir' }),
      { operation: 'create', endpoint: 'Patient' },
      { payload: { resourceType: 'Practitioner' } },
      'HG_INPUT',
      /takes resources of the type Patient/,
    ],
    [
      'a type that does not fit the id',
      () => open({ service: 'fhir' }),
      { operation: 'update' },
      { id: 'Observation/patient-1', payload: { ...patient, id: 'patient-1' } },
      'HG_INPUT',
      /takes resources of the type Observation/,
    ],
    [
      "a type of Healthcode's own at another server",
      () => open({ service: 'fhir' }),
      { operation: 'create' },
      { payload: { resourceType: 'ReserveSlot' } },
      'HG_INPUT',
      /no type of resource of R4/,
    ],
    [
      'a Bundle of another type',
      () => open(),
      { operation: 'batch', endpoint: 'fhir_namespace' },
      { payload: { resourceType: 'Bundle', type: 'collection' } },
      'HG_INPUT',
      /type batch/,
    ],
    ['no id', () => open(), patients('read'), {}, 'HG_INPUT', /No id/],
    ['an id that leads elsewhere', () => open(), patients('read'), { id: '../Slot' }, 'HG_INPUT', /id/],
    [
      'a resource without a version to compare',
      () => open(),
      patients('update', { matchVersion: true }),
      { payload: { ...patient, id: 'x' } },
      'HG_INPUT',
      /versionId/,
    ],
    ['no criteria', () => open(), patients('delete', { conditional: true }), {}, 'HG_INPUT', /No criteria/],
    [
      'a criterion without a value',
      () => open({ service: 'fhir' }),
      { operation: 'search', endpoint: 'Observation' },
      { query: { patient: undefined, category: 'vital-signs' } },
      'HG_INPUT',
      /"patient" has no value.*Leave it out of the query, or give a value/,
    ],
    ['a query that is a number', () => open(), patients('search'), { query: 7 }, 'HG_INPUT', /query/],
    [
      'a local time in a query',
      () => open(),
      patients('search'),
      { query: { _since: '2026-01-01T09:00:00' } },
      'HG_INPUT',
      /local time/,
    ],
    [
      'changes of more than 90 days ago',
      () => open(),
      { ...remittances, endpoint: 'search_practitioner_endpoint', operation: 'search' },
      { query: { _since: new Date(Date.now() - 91 * 86_400_000) } },
      'HG_INPUT',
      /90 days/,
    ],
    [
      'a time zone that is not known',
      () => open(),
      patients('search', { timeZone: 'Europe/Londn' }),
      {},
      'HG_INPUT',
      /time zone/,
    ],
    [
      'a count of 0',
      () => open(),
      patients('search', { count: '0', countType: 'num' }),
      {},
      'HG_INPUT',
      /1 or more/,
    ],
    [
      'an unknown operation',
      () => open(),
      patients('merge'),
      {},
      'HG_CONFIG',
      /operation of this node is not known/,
    ],
    ['an unknown output', () => open(), patients('search', { output: 'stream' }), {}, 'HG_CONFIG', /output/],
    [
      'an operation without name',
      () => open(),
      patients('operation'),
      {},
      'HG_INPUT',
      /name of the operation/,
    ],
    [
      'an OperationOutcome that is no valid JSON',
      () =>
        misbehave({
          ...{
            endpoint: 'healthcode.patient_endpoint',
            do: 'body',
            code: 422,
            contentType: 'application/fhir+json',
          },
          text: '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":"wrong",}]}',
        }),
      patients('search'),
      {},
      'HG_REJECTED',
      /./,
    ],
    [
      'an answer that is no FHIR',
      () => misbehave({ endpoint: 'healthcode.patient_endpoint', do: 'html' }),
      patients('search'),
      {},
      'HG_RESPONSE',
      /./,
    ],
    [
      'an answer that is of another patient',
      () =>
        answered('healthcode.fhir', 200, '{"resourceType":"Patient","id":"patient-2"}', { service: 'fhir' }),
      { operation: 'read', endpoint: 'Patient' },
      { id: 'patient-1' },
      'HG_RESPONSE',
      /another id than the one that was asked for.*cache or proxy/,
    ],
    [
      "an answer that is of another patient at Healthcode's API",
      () => answered('healthcode.patient_endpoint', 200, '{"resourceType":"Patient","id":"patient-2"}'),
      patients('update'),
      { payload: { ...patient, id: 'patient-1' } },
      'HG_RESPONSE',
      /another id than the one that was asked for.*may have been carried out/,
    ],
    [
      'an answer that is of another type than its endpoint',
      () => answered('healthcode.patient_endpoint', 200, '{"resourceType":"Practitioner","id":"patient-1"}'),
      patients('read'),
      { id: 'patient-1' },
      'HG_RESPONSE',
      /another type than the one that was asked for/,
    ],
    [
      'an OperationOutcome in XML',
      () =>
        answered(
          'healthcode.patient_endpoint',
          422,
          '<OperationOutcome xmlns="http://hl7.org/fhir"><issue><severity value="error"/><code value="invalid"/></issue></OperationOutcome>',
          {},
          'application/fhir+xml',
        ),
      patients('search'),
      {},
      'HG_REJECTED',
      /Healthcode says: invalid/,
    ],
    [
      'a list whose link has no address',
      () =>
        answered(
          'healthcode.fhir',
          200,
          '{"resourceType":"Bundle","type":"searchset","link":[{"relation":"next"}]}',
          { service: 'fhir' },
        ),
      { operation: 'search', endpoint: 'Observation' },
      {},
      'HG_RESPONSE',
      /cannot be read to its end/,
    ],
    [
      'too many requests',
      () => {
        open({ timeout: 2 })
        misbehave({ endpoint: 'healthcode.patient_endpoint', do: 'status', code: 429, retryAfter: 60 })
      },
      patients('search'),
      {},
      'HG_RATE_LIMITED',
      /./,
    ],
    [
      'a list whose link leads to the page itself',
      () => {
        open({ service: 'fhir' })
        misbehave({ endpoint: 'healthcode.fhir', do: 'nextToItself' })
      },
      { operation: 'search', endpoint: 'Observation' },
      {},
      'HG_RESPONSE',
      /./,
    ],
    [
      'a list whose link leads to another server',
      () => {
        open({ service: 'fhir' })
        misbehave({ endpoint: 'healthcode.fhir', do: 'nextElsewhere' })
      },
      { operation: 'search', endpoint: 'Observation' },
      {},
      'HG_RESPONSE',
      /./,
    ],
  ]
  const answered = (
    endpoint: Misbehaviour['endpoint'],
    code: number,
    text: string,
    account: Partial<Config> = {},
    contentType = 'application/fhir+json',
  ) => {
    open(account)
    misbehave({ endpoint, do: 'body', code, text, contentType })
  }
  const published = (key: string, value: unknown) => {
    provider.healthcode.publish('discovery', { [key]: value })
    undo.push(() => provider.healthcode.publish('discovery', {}))
  }
  for (const [what, prepare, node, msg, code, sentence] of bad) {
    it(`says ${code} for ${what}`, async function () {
      this.timeout(30_000)
      prepare()
      const error = await asked.failure(node, msg)
      assert.equal(error.code, code, error.message)
      assert.match(error.message, sentence)
    })
  }

  it('says HG_AUTH once its key was deleted, with a token that it still has', async () => {
    const id = openWithKey()
    await asked.ask(patients('search', { all: false }))
    provider.healthcode.revokeKey(id)
    const flow = await asked.flow(patients('search', { all: false }))
    flow.send('node', { payload: 'kept' })
    const caught = await asked.answer().then(
      () => assert.fail('did not fail'),
      (error: unknown) => String(error),
    )
    assert.match(caught, /HG_AUTH/)
  })

  it('sends a create once where it is not known what became of it, and again where it is safe', async () => {
    open({ service: 'fhir' })
    const create = { operation: 'create', endpoint: 'Patient' }
    const mark = `once-${Date.now()}`
    const payload = { ...patient, identifier: [{ system: 'urn:example:once', value: mark }] }
    const count = async () =>
      entriesOf(
        await asked.ask(
          { operation: 'search', endpoint: 'Patient' },
          { query: { identifier: `urn:example:once|${mark}` } },
        ),
      ).length
    misbehave({ endpoint: 'healthcode.fhir', do: 'drop', carriedOut: true, times: 1 })
    const { code, cause } = await asked.failure(create, { payload })
    assert.deepEqual([code, (cause.detail as Json).arrived], ['HG_UNAVAILABLE', 'unknown'])
    assert.equal(await count(), 1)
    misbehave({ endpoint: 'healthcode.fhir', do: 'drop', carriedOut: true, times: 1 })
    const again = await asked.ask(create, {
      payload,
      ifNoneExist: { identifier: `urn:example:once|${mark}` },
    })
    assert.equal(again.health?.attempts, 2)
    assert.equal(await count(), 1)
  })

  it('ends a sequence with an error where a page in between cannot be read', async () => {
    open({ service: 'fhir' })
    const node = {
      operation: 'search',
      endpoint: 'Observation',
      output: 'pages',
      count: '50',
      countType: 'num',
    }
    misbehave({ endpoint: 'healthcode.fhir', do: 'cutJson', after: 2 })
    const flow = await asked.flow(node)
    flow.send('node', {})
    assert.equal((await flow.next('caught')).error?.code, 'HG_RESPONSE')
    assert.equal(flow.pending('answer'), 2)
  })

  it('goes on after an API has moved', async () => {
    const search = patients('search', { all: false })
    await asked.ask(search)
    for (const status of [301, 302, 404, 410] as const) {
      provider.healthcode.move('patient_endpoint', status)
      assert.equal((await asked.ask(search)).statusCode, 200)
    }
  })
})
