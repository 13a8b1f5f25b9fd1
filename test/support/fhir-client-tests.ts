import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { GatewayError } from '../../src/errors'
import type { FhirClient, FhirPage } from '../../src/providers/fhir/client'
import type { JsonObject } from '../../src/providers/json-answer'
import { failure } from './failing'

export interface FhirServerUnderTest {
  client: FhirClient
  /** The endpoint of a type, and with '' that of Bundles. */
  at(type: string): string
  /** How many requests have been sent. */
  sent(): number
}

export interface FhirServerTraits {
  /** A transaction with an entry that fails is refused, and leaves nothing behind. */
  atomic: boolean
  /** What is wrong with a resource is told with its place. */
  invalidPlace: string
}

/** What a client has to be able to do at every FHIR R4 server. `open` is asked before each test. */
export function fhirClientTests(open: () => FhirServerUnderTest, traits: FhirServerTraits): void {
  const system = 'urn:example:list'

  let mark: string
  let server: FhirServerUnderTest
  let client: FhirClient
  const at = (type: string) => ({ endpoint: server.at(type) })

  beforeEach(() => {
    // Tests share the server: what each of them makes has a mark of its own.
    mark = randomUUID()
    server = open()
    client = server.client
  })

  const patient = (value = mark, more: JsonObject = {}): JsonObject => ({
    resourceType: 'Patient',
    identifier: [{ system, value }],
    ...more,
  })
  const identified = (value = mark) => ({ identifier: `${system}|${value}` })
  const create = async (
    resource: JsonObject,
  ): Promise<{ id: string; versionId: string; resource: JsonObject }> => {
    const type = String(resource.resourceType)
    const { resource: made } = await client.create({ ...at(type), resource })
    const { id, meta } = made as { id: string; meta: { versionId: string } }
    return { id, versionId: meta.versionId, resource: made! }
  }
  const observations = async (count: number, subject: string): Promise<string[]> => {
    const ids: string[] = []
    for (let index = 0; index < count; index++) {
      const { id } = await create({
        resourceType: 'Observation',
        status: index % 2 === 0 ? 'final' : 'amended',
        code: { text: `Reading ${index}` },
        subject: { reference: subject },
        effectiveDateTime: `2026-01-${String(index + 1).padStart(2, '0')}`,
      })
      ids.push(id)
    }
    return ids
  }
  const readAll = async (pages: AsyncIterable<FhirPage>): Promise<FhirPage[]> => {
    const all: FhirPage[] = []
    for await (const page of pages) all.push(page)
    return all
  }
  const idsIn = (pages: readonly FhirPage[], type: string): string[] =>
    pages
      .flatMap(({ entries }) => entries)
      .map(({ resource }) => resource as { resourceType: string; id: string })
      .filter(({ resourceType }) => resourceType === type)
      .map(({ id }) => id)
  const search = async (type: string, query: Record<string, unknown>): Promise<FhirPage[]> =>
    readAll(client.pages({ ...at(type), what: 'search', query, all: true }))

  describe('one resource', () => {
    it('is created, says where it is, and is read', async () => {
      const answer = await client.create({ ...at('Patient'), resource: patient(mark, { active: true }) })
      assert.equal(answer.response.statusCode, 201)
      const { type, id, versionId } = answer.location!
      assert.equal(type, 'Patient')
      const { resource } = await client.read({ ...at('Patient'), id })
      assert.equal(resource.active, true)
      assert.equal((resource.meta as JsonObject).versionId, versionId)
    })

    it('is read in an earlier version', async () => {
      const { id, versionId, resource } = await create(patient(mark, { gender: 'female' }))
      await client.update({ ...at('Patient'), resource: { ...resource, gender: 'other' } })
      assert.equal((await client.read({ ...at('Patient'), id })).resource.gender, 'other')
      for (const version of [versionId, `W/"${versionId}"`, `"${versionId}"`]) {
        const { resource: earlier } = await client.read({ ...at('Patient'), id, versionId: version })
        assert.equal(earlier.gender, 'female')
      }
    })

    it('is created once where it is to be created unless it is there', async () => {
      const target = { ...at('Patient'), resource: patient(), ifNoneExist: identified() }
      const first = await client.create(target)
      const second = await client.create(target)
      assert.deepEqual([first.response.statusCode, second.response.statusCode], [201, 200])
      assert.equal((await search('Patient', identified())).flatMap(({ entries }) => entries).length, 1)
    })

    it('is not created where criteria fit several', async () => {
      await create(patient())
      await create(patient())
      const target = { ...at('Patient'), resource: patient(), ifNoneExist: identified() }
      const { code, cause } = await failure(client.create(target))
      assert.equal(code, 'HG_CONFLICT')
      assert.equal(cause.statusCode, 412)
      assert.ok(issuesOf(cause).length > 0)
    })

    it('is updated at the version that was read, and at no other', async () => {
      const { id, versionId, resource } = await create(patient())
      const change = { ...at('Patient'), resource: { ...resource, active: false }, ifMatch: versionId }
      assert.equal((await client.update(change)).response.statusCode, 200)
      const { code, cause } = await failure(client.update(change))
      assert.equal(code, 'HG_CONFLICT')
      assert.equal(cause.statusCode, 412)
      assert.equal((await client.read({ ...at('Patient'), id })).resource.active, false)
    })

    it('gets the id of the address', async () => {
      const { id } = await create(patient())
      await client.update({ ...at('Patient'), id, resource: patient(mark, { gender: 'male' }) })
      assert.equal((await client.read({ ...at('Patient'), id })).resource.gender, 'male')
    })

    it('is made or changed by criteria', async () => {
      const made = await client.update({ ...at('Patient'), resource: patient(), query: identified() })
      assert.equal(made.response.statusCode, 201)
      const changed = await client.update({
        ...at('Patient'),
        resource: patient(mark, { active: true }),
        query: identified(),
      })
      assert.equal(changed.response.statusCode, 200)
      assert.equal(changed.resource?.id, made.resource?.id)
    })

    it('is patched by id, and by criteria', async () => {
      const { id } = await create(patient())
      const add = (value: boolean) => [{ op: 'add', path: '/active', value }]
      await client.patch({ ...at('Patient'), id, patch: add(true) })
      assert.equal((await client.read({ ...at('Patient'), id })).resource.active, true)
      await client.patch({ ...at('Patient'), query: identified(), patch: add(false) })
      assert.equal((await client.read({ ...at('Patient'), id })).resource.active, false)
    })

    it('is deleted by id, and by criteria', async () => {
      for (const which of [
        async () => ({ id: (await create(patient())).id }),
        () => ({ query: identified() }),
      ]) {
        const target = await which()
        if ('query' in target) await create(patient())
        await client.delete({ ...at('Patient'), ...target })
        assert.deepEqual(idsIn(await search('Patient', identified()), 'Patient'), [])
      }
    })

    it('that is not there is HG_NOT_FOUND, and so is one that was deleted', async () => {
      const { id } = await create(patient())
      await client.delete({ ...at('Patient'), id })
      for (const missing of [id, 'never-was']) {
        const { code, cause } = await failure(client.read({ ...at('Patient'), id: missing }))
        assert.equal(code, 'HG_NOT_FOUND')
        assert.equal(cause.operation, 'read')
        assert.equal(cause.provider, client.service.provider)
      }
    })

    it('that is not right is HG_REJECTED, with the place and without what was sent', async () => {
      const resource = { resourceType: 'Observation', code: { text: 'Featherstonehaugh' } }
      const error = await failure(client.create({ ...at('Observation'), resource }))
      assert.equal(error.code, 'HG_REJECTED')
      const [issue] = issuesOf(error.cause)
      assert.equal(issue?.severity, 'error')
      assert.deepEqual(issue.expression, [traits.invalidPlace])
      const told = JSON.stringify([error.message, error.cause, error.stack])
      assert.ok(!told.includes('Featherstonehaugh'), told)
    })

    it('has a history, newest first', async () => {
      const { id, resource } = await create(patient(mark, { gender: 'female' }))
      await client.update({ ...at('Patient'), resource: { ...resource, gender: 'other' } })
      const pages = await readAll(client.pages({ ...at('Patient'), what: 'history', id, all: true }))
      const genders = pages
        .flatMap(({ entries }) => entries)
        .map((entry) => (entry.resource as JsonObject).gender)
      assert.deepEqual(genders, ['other', 'female'])
    })
  })

  describe('a search', () => {
    let subject: string
    let ids: string[]

    beforeEach(async () => {
      const { id } = await create(patient())
      subject = `Patient/${id}`
      ids = await observations(7, subject)
    })

    it('gives all pages, each entry once', async () => {
      const query = { subject }
      const pages = await readAll(
        client.pages({ ...at('Observation'), what: 'search', query, count: 3, all: true }),
      )
      assert.ok(pages.length >= 3)
      assert.deepEqual(idsIn(pages, 'Observation').sort(), [...ids].sort())
    })

    it('gives one page where one is asked for, and asks for no more than is taken', async () => {
      const target = { ...at('Observation'), what: 'search', query: { subject }, count: 3 } as const
      const before = server.sent()
      assert.equal(idsIn(await readAll(client.pages({ ...target, all: false })), 'Observation').length, 3)
      for await (const page of client.pages({ ...target, all: true })) {
        assert.equal(page.entries.length, 3)
        break
      }
      assert.equal(server.sent() - before, 2)
    })

    it('is the same as a posted form, page by page', async () => {
      const query = { subject, status: 'final' }
      const posted = await readAll(
        client.pages({ ...at('Observation'), what: 'searchPost', query, count: 2, all: true }),
      )
      assert.ok(posted.length >= 2)
      assert.deepEqual(idsIn(posted, 'Observation').sort(), ids.filter((_, index) => index % 2 === 0).sort())
    })

    it('takes several values, prefixes, a sorting and a Date', async () => {
      const found = await search('Observation', {
        subject,
        status: 'final,amended',
        date: 'ge2026-01-03',
        _sort: '-date',
        _lastUpdated: ['ge2020-01-01', 'le2090-01-01'],
      })
      assert.deepEqual(idsIn(found, 'Observation'), ids.slice(2).reverse())
      const none = await search('Observation', { subject, _lastUpdated: new Date(0) })
      assert.deepEqual(idsIn(none, 'Observation'), [])
    })

    it('includes what is referred to', async () => {
      const found = await search('Observation', { subject, _include: 'Observation:subject', _count: 100 })
      assert.deepEqual(idsIn(found, 'Patient'), [subject.slice('Patient/'.length)])
      assert.equal(idsIn(found, 'Observation').length, ids.length)
    })

    it('that finds nothing is one empty page', async () => {
      const found = await search('Observation', { subject: 'Patient/never-was' })
      assert.deepEqual([found.length, idsIn(found, 'Observation')], [1, []])
    })
  })

  describe('a Bundle', () => {
    const post = (resource: JsonObject, fullUrl?: string): JsonObject => ({
      ...(fullUrl === undefined ? {} : { fullUrl }),
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })
    const bundle = (type: string, entry: JsonObject[]): JsonObject => ({
      resourceType: 'Bundle',
      type,
      entry,
    })
    const observationOf = (reference: string): JsonObject => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Reading' },
      subject: { reference },
    })

    it('as a batch tells what became of each entry', async () => {
      const { id } = await create(patient())
      const { outcomes, requests } = await client.bundle({
        ...at(''),
        bundle: bundle('batch', [
          { request: { method: 'GET', url: `Patient/${id}` } },
          { request: { method: 'GET', url: 'Patient/never-was' } },
          post(patient()),
        ]),
      })
      assert.equal(requests, 1)
      assert.deepEqual(
        outcomes.map(({ index, ok, statusCode }) => [index, ok, statusCode]),
        [
          [0, true, 200],
          [1, false, 404],
          [2, true, 201],
        ],
      )
      assert.equal(outcomes[0]?.resource?.id, id)
      assert.equal(outcomes[1]?.issues[0]?.code, 'not-found')
      assert.equal(outcomes[2]?.created?.type, 'Patient')
    })

    it('as a batch is sent in parts, and answered as one', async () => {
      const entries = Array.from({ length: 5 }, (_, index) =>
        index === 3 ? { request: { method: 'GET', url: 'Patient/never-was' } } : post(patient()),
      )
      const answer = await client.bundle({ ...at(''), bundle: bundle('batch', entries), most: 2 })
      assert.equal(answer.requests, 3)
      assert.deepEqual(
        answer.outcomes.map(({ index, statusCode }) => [index, statusCode]),
        [
          [0, 201],
          [1, 201],
          [2, 201],
          [3, 404],
          [4, 201],
        ],
      )
      assert.equal(answer.resource?.type, 'batch-response')
      assert.equal((answer.resource.entry as unknown[]).length, 5)
      assert.equal(idsIn(await search('Patient', identified()), 'Patient').length, 4)
    })

    it('as a transaction resolves references between entries', async () => {
      const urn = `urn:uuid:${randomUUID()}`
      const { outcomes } = await client.bundle({
        ...at(''),
        bundle: bundle('transaction', [post(observationOf(urn)), post(patient(), urn)]),
      })
      assert.deepEqual(
        outcomes.map(({ statusCode }) => statusCode),
        [201, 201],
      )
      const [made] = outcomes
      const { resource } = await client.read({ ...at('Observation'), id: made!.created!.id })
      assert.deepEqual(resource.subject, { reference: `Patient/${outcomes[1]?.created?.id}` })
    })

    it('as a transaction is not split unless that is allowed, and then along references', async () => {
      const urns = [0, 1].map(() => `urn:uuid:${randomUUID()}`)
      const entries = [
        ...urns.map((urn) => post(patient(), urn)),
        ...urns.map((urn) => post(observationOf(urn))),
      ]
      const target = { ...at(''), bundle: bundle('transaction', entries), most: 2 }
      const before = server.sent()
      assert.equal((await failure(client.bundle(target))).code, 'HG_TOO_LARGE')
      assert.equal(server.sent(), before)
      const answer = await client.bundle({ ...target, splitTransaction: true })
      assert.equal(answer.requests, 2)
      assert.deepEqual(
        answer.outcomes.map(({ index, statusCode }) => [index, statusCode]),
        [0, 1, 2, 3].map((index) => [index, 201]),
      )
      const { resource } = await client.read({ ...at('Observation'), id: answer.outcomes[3]!.created!.id })
      assert.deepEqual(resource.subject, { reference: `Patient/${answer.outcomes[1]?.created?.id}` })
    })

    const missing = { request: { method: 'GET', url: 'Patient/never-was' } }
    if (traits.atomic) {
      it('as a transaction that cannot be carried out fails as a whole', async () => {
        const target = { ...at(''), bundle: bundle('transaction', [post(patient()), missing]) }
        const { code, cause } = await failure(client.bundle(target))
        assert.deepEqual([code, cause.operation], ['HG_NOT_FOUND', 'transaction'])
        assert.deepEqual(idsIn(await search('Patient', identified()), 'Patient'), [])
      })
    } else {
      it('as a transaction of a server that carries out a part of it tells which', async () => {
        const target = { ...at(''), bundle: bundle('transaction', [post(patient()), missing]) }
        const { outcomes } = await client.bundle(target)
        assert.deepEqual(
          outcomes.map(({ statusCode }) => statusCode),
          [201, 404],
        )
      })
    }
  })

  describe('what cannot be meant', () => {
    it('is not sent', async () => {
      const before = server.sent()
      const patients = at('Patient')
      const refused = [
        client.delete(patients),
        client.delete({ ...patients, id: '' }),
        client.delete({ ...patients, id: 'a/../..' }),
        client.delete({ ...patients, query: {} }),
        client.delete({ ...patients, query: { identifier: undefined } }),
        client.delete({ ...patients, query: { identifier: [] } }),
        client.delete({ ...patients, query: 'identifier=' }),
        client.delete({ ...patients, id: '1', query: identified() }),
        client.update({ ...patients, resource: patient() }),
        client.update({ ...patients, id: '1', resource: patient(mark, { id: '2' }) }),
        client.update({ ...patients, id: '1', resource: patient(), ifMatch: 'a"b\n' }),
        client.create({ ...patients, resource: { name: [] } }),
        client.create({ ...patients, resource: patient(), ifNoneExist: '' }),
        client.patch({ ...patients, id: '1', patch: 'active: true' }),
        client.operation({ ...patients, name: 'a/b' }),
        client.bundle({ ...at(''), bundle: { resourceType: 'Bundle', type: 'collection' } }),
        client.bundle({ ...at(''), bundle: patient() }),
      ]
      for (const promise of refused) assert.equal((await failure(promise)).code, 'HG_INPUT')
      assert.equal(server.sent(), before)
    })
  })
}

interface ToldIssue {
  severity?: string
  code?: string
  details?: string
  diagnostics?: string
  expression?: string[]
}

export function issuesOf({ detail }: GatewayError['cause']): ToldIssue[] {
  return (detail as { issues: ToldIssue[] }).issues
}
