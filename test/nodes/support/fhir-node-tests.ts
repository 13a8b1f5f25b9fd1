import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { around, Flow, type Caught, type Config, type Message } from './flow'

export type Json = Record<string, unknown>

export interface FhirAnswer extends Message {
  payload: Json
  statusCode: number
  headers: Record<string, string>
  location?: { type: string; id: string; versionId?: string }
  outcomes?: { index: number; ok: boolean; statusCode: number; issues: Json[]; created?: { id: string } }[]
  requests?: number
  entry?: Json | null
  findings?: { severity: string; path: string }[]
  parts?: { id: string; index: number; count?: number }
}

export interface ServerUnderTest {
  account: Partial<Config>
  credentials?: Record<string, string>
  /** The endpoint of a type, and with '' that of Bundles. */
  at(type: string): string
}

/** A node in a flow of its own for each thing that is asked of it. */
export class Asked {
  #flow: Flow | undefined
  #running = ''
  #caught: Promise<never> | undefined

  constructor(private readonly server: ServerUnderTest) {}

  /** The flow with the node as it is wanted, left running while the same one is. */
  async flow(node: Json): Promise<Flow> {
    const wanted = JSON.stringify(node)
    if (this.#flow && this.#running === wanted) return this.#flow
    await this.stop()
    const { account, credentials } = this.server
    this.#flow = await Flow.start(
      around({ type: 'healthcode-fhir', ...node }, ['answer'], { type: 'healthcode-account', ...account }),
      credentials ? { credentials: { account: credentials } } : {},
    )
    this.#running = wanted
    return this.#flow
  }

  async ask(node: Json, msg: Json = {}): Promise<FhirAnswer> {
    const flow = await this.flow(node)
    flow.send('node', msg)
    return this.answer()
  }

  /** The next message; fails where there is an error instead. */
  async answer(): Promise<FhirAnswer> {
    const flow = this.#flow
    assert.ok(flow)
    this.#caught ??= flow.next('caught').then(({ error }) => {
      assert.fail(`${String(error?.code)}: ${String(error?.message)} ${JSON.stringify(error?.cause)}`)
    })
    return (await Promise.race([flow.next('answer'), this.#caught])) as FhirAnswer
  }

  /** The messages of a sequence, to its end. */
  async all(node: Json, msg: Json = {}): Promise<FhirAnswer[]> {
    const flow = await this.flow(node)
    flow.send('node', msg)
    const messages = [await this.answer()]
    while (messages.at(-1)?.parts?.count === undefined) messages.push(await this.answer())
    return messages
  }

  async failure(node: Json, msg: Json = {}): Promise<Caught> {
    // The error must not go to who waits for an answer.
    if (this.#caught) await this.stop()
    const flow = await this.flow(node)
    return flow.failure('node', { payload: 'kept', ...msg })
  }

  async stop(): Promise<void> {
    const flow = this.#flow
    this.#flow = undefined
    this.#caught = undefined
    await flow?.stop()
  }
}

/** What the node has to be able to do at every FHIR R4 server. `open` is asked before all. */
export function fhirNodeTests(open: () => ServerUnderTest, { isAtomic }: { isAtomic: boolean }): void {
  const system = 'urn:example:node'
  let server: ServerUnderTest
  let asked: Asked
  let mark: string

  before(() => {
    server = open()
  })
  beforeEach(() => {
    asked = new Asked(server)
    // Tests share the server: what each of them makes has a mark of its own.
    mark = randomUUID()
  })
  afterEach(() => asked.stop())

  const node = (operation: string, type: string, more: Json = {}): Json => ({
    ...{ operation, endpoint: server.at(type) },
    ...more,
  })
  const patient = (more: Json = {}): Json => ({
    resourceType: 'Patient',
    identifier: [{ system, value: mark }],
    ...more,
  })
  const criteria = () => ({ identifier: `${system}|${mark}` })
  const make = async (resource: Json): Promise<Json & { id: string; meta: { versionId: string } }> => {
    const { payload } = await asked.ask(node('create', String(resource.resourceType)), { payload: resource })
    return payload as Json & { id: string; meta: { versionId: string } }
  }
  const observations = async (count: number): Promise<string> => {
    const { id } = await make(patient())
    const subject = { reference: `Patient/${id}` }
    const entry = Array.from({ length: count }, (_, index) => ({
      resource: {
        ...{ resourceType: 'Observation', status: 'final', subject },
        ...{ code: { text: `Reading ${index}` }, effectiveDateTime: `2026-01-0${index + 1}T09:00:00Z` },
      },
      request: { method: 'POST', url: 'Observation' },
    }))
    await asked.ask(node('batch', ''), { payload: { resourceType: 'Bundle', type: 'batch', entry } })
    return subject.reference
  }

  it('creates and reads, and tells where the resource is', async () => {
    const created = await asked.ask(node('create', 'Patient'), {
      payload: patient({ gender: 'female' }),
      topic: 'kept',
    })
    const { id } = created.payload
    assert.deepEqual([created.statusCode, created.topic], [201, 'kept'])
    assert.deepEqual([created.location?.type, created.location?.id], ['Patient', id])
    assert.deepEqual(
      [created.health?.operation, created.health?.attempts, created.findings],
      ['create', 1, []],
    )
    const read = await asked.ask(node('read', 'Patient'), { id })
    assert.deepEqual([read.statusCode, read.payload.gender], [200, 'female'])
  })

  it('takes the resource as JSON, in a text and in a Buffer', async () => {
    const text = JSON.stringify(patient())
    for (const payload of [text, Buffer.from(text), `\uFEFF${text}`]) {
      const { statusCode } = await asked.ask(node('create', 'Patient'), { payload })
      assert.equal(statusCode, 201)
    }
  })

  it('reads an earlier version', async () => {
    const made = await make(patient({ gender: 'female' }))
    await asked.ask(node('update', 'Patient'), { payload: { ...made, gender: 'other' } })
    const { payload } = await asked.ask(node('read', 'Patient'), {
      id: made.id,
      versionId: made.meta.versionId,
    })
    assert.equal(payload.gender, 'female')
  })

  it('updates if nobody else was faster, by the version of the resource and by msg.ifMatch', async () => {
    const made = await make(patient())
    const careful = node('update', 'Patient', { matchVersion: true })
    const { payload } = await asked.ask(careful, { payload: { ...made, active: true } })
    assert.equal((await asked.failure(careful, { payload: { ...made, active: false } })).code, 'HG_CONFLICT')
    const { versionId } = payload.meta as { versionId: string }
    const plain = node('update', 'Patient')
    const again = await asked.ask(plain, { payload: { ...made, active: false }, ifMatch: versionId })
    assert.equal(again.payload.active, false)
    const late = await asked.failure(plain, { payload: made, ifMatch: `W/"${versionId}"` })
    assert.deepEqual([late.code, late.cause.statusCode, late.cause.operation], ['HG_CONFLICT', 412, 'update'])
  })

  it('deletes only the version that it is told', async () => {
    const { id, meta } = await make(patient())
    const { code } = await asked.failure(node('delete', 'Patient'), { id, ifMatch: `${meta.versionId}0` })
    assert.equal(code, 'HG_CONFLICT')
    await asked.ask(node('delete', 'Patient'), { id, ifMatch: meta.versionId })
    assert.equal((await asked.failure(node('read', 'Patient'), { id })).code, 'HG_NOT_FOUND')
  })

  it('does not take the id of an earlier read for a part of a search', async () => {
    const { id } = await make(patient())
    const { payload } = await asked.ask(node('search', 'Patient'), { id: 'another', query: criteria() })
    const entries = payload.entry as { resource: Json }[]
    assert.deepEqual(
      entries.map(({ resource }) => resource.id),
      [id],
    )
  })

  it('creates only if nothing fits, and updates, patches and deletes by criteria', async () => {
    const payload = patient()
    const once = node('create', 'Patient')
    await asked.ask(once, { payload, ifNoneExist: criteria() })
    const again = await asked.ask(once, { payload, ifNoneExist: `identifier=${system}|${mark}` })
    assert.equal(again.statusCode, 200)
    const by = { conditional: true }
    await asked.ask(node('update', 'Patient', by), { payload: patient({ active: true }), query: criteria() })
    const patched = [{ op: 'replace', path: '/active', value: false }]
    await asked.ask(node('patch', 'Patient', by), { payload: patched, query: criteria() })
    const found = await asked.ask(node('search', 'Patient'), { query: criteria() })
    const entries = found.payload.entry as { resource: Json }[]
    assert.deepEqual(
      entries.map(({ resource }) => resource.active),
      [false],
    )
    await asked.ask(node('delete', 'Patient', by), { query: criteria() })
    assert.equal((await asked.ask(node('search', 'Patient'), { query: criteria() })).payload.entry, undefined)
  })

  it('does not take an earlier search for criteria', async () => {
    const made = await make(patient())
    const { code } = await asked.failure(node('delete', 'Patient'), { query: criteria() })
    assert.equal(code, 'HG_INPUT')
    await asked.ask(node('delete', 'Patient'), { id: made.id, query: { identifier: 'another' } })
    assert.equal((await asked.failure(node('read', 'Patient'), { id: made.id })).code, 'HG_NOT_FOUND')
  })

  it('patches and deletes by id, with payload null where the answer has no body', async () => {
    const { id } = await make(patient())
    const patched = [{ op: 'add', path: '/birthDate', value: '1980-01-31' }]
    const { payload } = await asked.ask(node('patch', 'Patient'), { id, payload: JSON.stringify(patched) })
    assert.equal(payload.birthDate, '1980-01-31')
    const deleted = await asked.ask(node('delete', 'Patient'), { id })
    assert.ok(
      [undefined, 'OperationOutcome'].includes((deleted.payload as Json | null)?.resourceType as string),
    )
  })

  it('searches all pages as one Bundle, page by page, and entry by entry', async () => {
    const subject = await observations(7)
    const query = { subject, _sort: 'date' }
    const times = (resources: Json[]) => resources.map(({ effectiveDateTime }) => effectiveDateTime)
    const wanted = Array.from({ length: 7 }, (_, index) => `2026-01-0${index + 1}T09:00:00Z`)
    const search = (more: Json) => node('search', 'Observation', { count: '3', countType: 'num', ...more })
    const resourcesOf = ({ payload }: FhirAnswer) =>
      ((payload.entry ?? []) as { resource: Json }[]).map(({ resource }) => resource)

    const whole = await asked.ask(search({}), { query })
    assert.deepEqual([whole.payload.resourceType, whole.payload.type], ['Bundle', 'searchset'])
    assert.deepEqual(times(resourcesOf(whole)), wanted)
    assert.equal(whole.payload.link, undefined)
    assert.ok(Number(whole.health?.attempts) >= 3)

    const one = await asked.ask(search({ all: false }), { query })
    assert.deepEqual(times(resourcesOf(one)), wanted.slice(0, 3))

    const pages = await asked.all(search({ output: 'pages' }), { query })
    assert.ok(pages.length >= 3)
    assert.deepEqual(
      pages.flatMap((page) => times(resourcesOf(page))),
      wanted,
    )

    const entries = await asked.all(search({ output: 'entries' }), { query, topic: 'kept' })
    assert.deepEqual(times(entries.map(({ payload }) => payload)), wanted)
    assert.deepEqual(
      entries.map(({ parts, topic }) => [parts?.index, parts?.count, topic]),
      wanted.map((_, index) => [index, index === 6 ? 7 : undefined, 'kept']),
    )
    const [first] = entries
    assert.deepEqual([first?.statusCode, first?.health?.operation], [200, 'search'])
    assert.equal(first?.entry?.resource, undefined)
  })

  it('sends the next entry when one is handed back', async () => {
    const subject = await observations(3)
    const wanted = node('search', 'Observation', { output: 'entries', onRequest: true })
    const flow = await asked.flow(wanted)
    let entry = await asked.ask(wanted, { query: { subject } })
    for (let index = 0; entry.parts?.count === undefined; index++) {
      assert.equal(entry.parts?.index, index)
      await new Promise((resolve) => setTimeout(resolve, 30))
      assert.equal(flow.pending('answer'), 0)
      flow.send('node', { ...entry })
      entry = await asked.answer()
    }
    assert.equal(entry.parts.count, 3)
  })

  it('sends one message for an empty list', async () => {
    const none = { query: { subject: 'Patient/never-was' } }
    const [only, ...more] = await asked.all(node('search', 'Observation', { output: 'entries' }), none)
    assert.deepEqual([only?.payload, only?.entry, only?.parts?.count, more], [null, null, 1, []])
    const [page, ...further] = await asked.all(node('search', 'Observation', { output: 'pages' }), none)
    assert.deepEqual(
      [page?.payload.resourceType, page?.payload.entry, page?.parts?.count, further],
      ['Bundle', undefined, 1, []],
    )
  })

  it('searches with a posted form, for several values', async () => {
    const subject = await observations(4)
    const query = {
      subject,
      date: ['ge2026-01-02', 'lt2026-01-04'],
      _lastUpdated: [`gt${new Date(0).toISOString()}`],
    }
    const { payload } = await asked.ask(node('searchPost', 'Observation'), { query })
    assert.equal((payload.entry as unknown[]).length, 2)
  })

  it('reads the history of a resource', async () => {
    const made = await make(patient({ gender: 'female' }))
    await asked.ask(node('update', 'Patient'), { payload: { ...made, gender: 'other' } })
    const { payload } = await asked.ask(node('history', 'Patient'), { id: made.id })
    const entries = payload.entry as { resource: Json }[]
    assert.deepEqual(
      [payload.type, ...entries.map(({ resource }) => resource.gender)],
      ['history', 'other', 'female'],
    )
  })

  it('sends a batch, in parts where that is asked, and tells what became of each entry', async () => {
    const post = { resource: patient(), request: { method: 'POST', url: 'Patient' } }
    const missing = { request: { method: 'GET', url: 'Patient/never-was' } }
    const payload = { resourceType: 'Bundle', type: 'batch', entry: [post, missing, post] }
    const sent = await asked.ask(node('batch', '', { most: '2', mostType: 'num' }), { payload })
    assert.deepEqual(
      sent.outcomes?.map(({ index, ok, statusCode }) => [index, ok, statusCode]),
      [
        [0, true, 201],
        [1, false, 404],
        [2, true, 201],
      ],
    )
    assert.equal(sent.outcomes[1]?.issues[0]?.code, 'not-found')
    assert.ok(sent.outcomes[0]?.created?.id)
    assert.deepEqual([sent.requests, sent.payload.type], [2, 'batch-response'])
  })

  it('sends a transaction whose entries refer to each other, and splits it only where that is allowed', async () => {
    const urns = [randomUUID(), randomUUID()].map((id) => `urn:uuid:${id}`)
    const post = (resource: Json, fullUrl?: string) => ({
      ...(fullUrl === undefined ? {} : { fullUrl }),
      ...{ resource, request: { method: 'POST', url: resource.resourceType } },
    })
    const entry = urns.flatMap((urn) => [
      post({
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'x' },
        subject: { reference: urn },
      }),
      post(patient(), urn),
    ])
    const payload = { resourceType: 'Bundle', type: 'transaction', entry }
    const most = { most: '2', mostType: 'num' }
    const { code } = await asked.failure(node('transaction', '', most), { payload })
    assert.equal(code, 'HG_TOO_LARGE')
    const sent = await asked.ask(node('transaction', '', { ...most, splitTransaction: true }), { payload })
    assert.deepEqual([sent.requests, sent.outcomes?.map(({ ok }) => ok)], [2, [true, true, true, true]])
    const [made, whom] = sent.outcomes ?? []
    const read = await asked.ask(node('read', 'Observation'), { id: made?.created?.id })
    assert.deepEqual(read.payload.subject, { reference: `Patient/${whom?.created?.id}` })
  })

  if (isAtomic) {
    it('says what a transaction fails with as a whole', async () => {
      const post = { resource: patient(), request: { method: 'POST', url: 'Patient' } }
      const missing = { request: { method: 'GET', url: 'Patient/never-was' } }
      const payload = { resourceType: 'Bundle', type: 'transaction', entry: [post, missing] }
      const { code, cause } = await asked.failure(node('transaction', ''), { payload })
      assert.deepEqual([code, cause.operation], ['HG_NOT_FOUND', 'transaction'])
    })
  }

  it('says HG_NOT_FOUND for what is not there, with what the server says of it', async () => {
    const { code, cause } = await asked.failure(node('read', 'Patient'), { id: 'never-was' })
    const { issues } = cause.detail as { issues: { severity: string; code: string }[] }
    assert.deepEqual(
      [code, cause.statusCode, issues[0]?.severity, issues[0]?.code],
      ['HG_NOT_FOUND', 404, 'error', 'not-found'],
    )
  })

  it('says HG_REJECTED for what the server refuses, with the place and without the patient', async () => {
    const payload = { resourceType: 'Observation', code: { text: 'Featherstonehaugh' } }
    const { code, cause, message } = await asked.failure(node('create', 'Observation', { check: false }), {
      payload,
    })
    const { issues } = cause.detail as { issues: { severity: string; expression: string[] }[] }
    assert.equal(code, 'HG_REJECTED')
    assert.deepEqual(issues[0]?.expression, ['Observation.status'])
    assert.doesNotMatch(JSON.stringify([message, cause]), /Featherstonehaugh/)
  })

  it('checks a resource before it is sent, and tells all that is wrong with it', async () => {
    const payload = { resourceType: 'Observation', code: { text: 'x' }, effectiveDateTime: '2026-02-30' }
    const { code, cause, message } = await asked.failure(node('create', 'Observation'), { payload })
    const { findings } = cause.detail as { findings: { path: string }[] }
    assert.equal(code, 'HG_INPUT', message)
    assert.deepEqual(findings.map(({ path }) => path).sort(), [
      'Observation.effectiveDateTime',
      'Observation.status',
    ])
  })

  it('sends times in UTC, and tells those of answers by the clocks of a zone', async () => {
    const observation = (effectiveDateTime: string) => ({
      ...{ resourceType: 'Observation', status: 'final', code: { text: 'x' } },
      effectiveDateTime,
    })
    const create = node('create', 'Observation')
    const { code, message } = await asked.failure(create, { payload: observation('2026-07-01T09:00:00') })
    assert.equal(code, 'HG_INPUT')
    assert.match(message, /Observation\.effectiveDateTime is a local time/)
    const inLondon = node('create', 'Observation', { timeZone: 'Europe/London' })
    const { payload } = await asked.ask(inLondon, { payload: observation('2026-07-01T09:00:00') })
    assert.equal(payload.effectiveDateTime, '2026-07-01T08:00:00Z')
    const there = node('read', 'Observation', { answerTimeZone: 'America/New_York' })
    const read = await asked.ask(there, { id: payload.id })
    assert.equal(read.payload.effectiveDateTime, '2026-07-01T04:00:00-04:00')
    const twice = await asked.ask(inLondon, { payload: observation('2026-10-25T01:30:00') })
    assert.equal(twice.payload.effectiveDateTime, '2026-10-25T00:30:00Z')
    assert.deepEqual(
      twice.findings?.map(({ severity, path }) => `${severity} ${path}`),
      ['warning Observation.effectiveDateTime'],
    )
  })
}
