import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { type Answer, closeSandboxes, type Json, jsonOf, request, sandboxFor, type Sent } from '../support'
import { type Bundle, idsIn, refusedAs, send, bundleOf, outcomeOf } from './support'

const UUID = 'urn:uuid:5f0f3c9e-7a0b-4a53-9c39-0d1c8a1f0a01'

const patient = (value: string, more: Json = {}): Json => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:x', value }],
  ...more,
})
const observation = (reference: string): Json => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  subject: { reference },
})
const entry = (method: string, url: string, resource?: Json, more: Json = {}): Json => ({
  ...(resource ? { resource } : {}),
  request: { method, url, ...more },
})

describe("a Bundle at the sandbox's FHIR server", () => {
  let sandbox: Sandbox
  let base: string

  beforeEach(async () => {
    sandbox = await sandboxFor()
    base = sandbox.urls.fhir.base
  })
  afterEach(closeSandboxes)

  const post = (type: string, entries: Json[], headers: Sent['headers'] = {}): Promise<Answer> =>
    send('POST', base, { resourceType: 'Bundle', type, entry: entries }, headers)
  const entriesOf = (answer: Answer): Bundle['entry'] => {
    assert.equal(answer.status, 200, answer.text)
    return bundleOf(answer).entry
  }
  const statuses = (answer: Answer) => entriesOf(answer).map(({ response }) => response.status)
  const found = async (value: string) => idsIn(await request(`${base}/Patient?identifier=urn:x%7C${value}`))

  describe('a batch', () => {
    it('carries out each entry for itself, and tells of each', async () => {
      const answer = await post('batch', [
        entry('POST', 'Patient', patient('1')),
        entry('GET', 'Patient/none'),
        entry('PUT', 'Patient/own', patient('2', { id: 'own' })),
        entry('GET', 'Patient?identifier=urn:x|1'),
        entry('POST', 'Observation', { resourceType: 'Observation', status: 'final' }),
        entry('DELETE', 'Patient/patient-1'),
        entry('GET', 'Patient/patient-2'),
      ])
      assert.equal(jsonOf(answer).type, 'batch-response')
      assert.deepEqual(statuses(answer), [
        '201 Created',
        '404 Not Found',
        '201 Created',
        '200 OK',
        '422 Unprocessable Entity',
        '200 OK',
        '200 OK',
      ])
      const [created, missing, own, search, wrong, deleted, read] = entriesOf(answer)
      assert.equal(created!.response.location, `${base}/Patient/${created!.resource.id}/_history/1`)
      assert.equal(created!.response.etag, 'W/"1"')
      assert.equal(created!.fullUrl, `${base}/Patient/${created!.resource.id}`)
      assert.equal(missing?.response.outcome.issue[0]?.code, 'not-found')
      assert.equal(own?.resource.id, 'own')
      assert.equal((search?.resource as unknown as Bundle).total, 1)
      assert.deepEqual(wrong?.response.outcome.issue[0]?.expression, ['Observation.code'])
      assert.equal(deleted?.response.outcome.issue[0]?.severity, 'information')
      assert.equal(read?.resource.id, 'patient-2')
    })

    it('has no entries that refer to each other', async () => {
      const answer = await post('batch', [
        { fullUrl: UUID, ...entry('POST', 'Patient', patient('1')) },
        entry('POST', 'Observation', observation(UUID)),
      ])
      assert.deepEqual(statuses(answer), ['201 Created', '400 Bad Request'])
    })

    it('obeys conditions', async () => {
      const answer = await post('batch', [
        entry('PUT', 'Patient/patient-1', patient('1', { id: 'patient-1' }), { ifMatch: 'W/"7"' }),
        entry('POST', 'Patient', patient('2'), { ifNoneExist: 'identifier=urn:x|2' }),
        entry('POST', 'Patient', patient('2'), { ifNoneExist: 'identifier=urn:x|2' }),
        entry('GET', 'Patient/patient-1', undefined, { ifNoneMatch: 'W/"1"' }),
        entry('DELETE', 'Patient?identifier=urn:x|2'),
      ])
      assert.deepEqual(statuses(answer), [
        ...['412 Precondition Failed', '201 Created', '200 OK', '304 Not Modified', '200 OK'],
      ])
    })
  })

  describe('a transaction', () => {
    it('resolves what its entries say of each other, in whatever order they stand', async () => {
      const answer = await post('transaction', [
        entry('POST', 'Observation', observation(UUID)),
        { fullUrl: UUID, ...entry('POST', 'Patient', patient('1')) },
        entry(
          'PUT',
          'Patient?identifier=urn:x|2',
          patient('2', { link: [{ other: { reference: UUID }, type: 'seealso' }] }),
        ),
      ])
      assert.equal(jsonOf(answer).type, 'transaction-response')
      assert.deepEqual(statuses(answer), ['201 Created', '201 Created', '201 Created'])
      const [one, two, three] = entriesOf(answer)
      const reference = `Patient/${two!.resource.id}`
      assert.deepEqual(one?.resource.subject, { reference })
      assert.deepEqual(three?.resource.link, [{ other: { reference }, type: 'seealso' }])
    })

    it('resolves references by criteria', async () => {
      const criteria = 'Patient?identifier=https://sandbox.invalid/hospital/patient|7001'
      const answer = await post('transaction', [entry('POST', 'Observation', observation(criteria))])
      assert.deepEqual(entriesOf(answer)[0]?.resource.subject, { reference: 'Patient/patient-1' })
      const none = await post('transaction', [entry('POST', 'Observation', observation('Patient?_id=none'))])
      refusedAs(none, 412, 'not-found')
    })

    it('uses what is there already instead of a conditional create', async () => {
      const criteria = { ifNoneExist: 'identifier=https://sandbox.invalid/hospital/patient|7002' }
      const answer = await post('transaction', [
        { fullUrl: UUID, ...entry('POST', 'Patient', patient('1'), criteria) },
        entry('POST', 'Observation', observation(UUID)),
      ])
      assert.deepEqual(statuses(answer), ['200 OK', '201 Created'])
      assert.deepEqual(entriesOf(answer)[1]?.resource.subject, { reference: 'Patient/patient-2' })
    })

    it('holds criteria against what was there before it began', async () => {
      const answer = await post('transaction', [
        entry('POST', 'Patient', patient('1')),
        {
          fullUrl: UUID,
          ...entry('POST', 'Patient', patient('1'), { ifNoneExist: 'identifier=urn:x|1' }),
        },
        entry('PUT', 'Patient?identifier=urn:x|1', patient('1', { active: true })),
        entry('POST', 'Observation', observation(UUID)),
      ])
      assert.deepEqual(statuses(answer), ['201 Created', '201 Created', '201 Created', '201 Created'])
      const ids = await found('1')
      assert.equal(ids.length, 3)
      const { reference } = entriesOf(answer)[3]!.resource.subject as { reference: string }
      assert.ok(ids.includes(reference.replace('Patient/', '')))
    })

    it('deletes, creates, updates, patches, and reads last', async () => {
      const patch = { resourceType: 'Binary', contentType: 'application/json-patch+json' }
      const operations = [{ op: 'replace', path: '/active', value: false }]
      const data = Buffer.from(JSON.stringify(operations)).toString('base64')
      const answer = await post('transaction', [
        entry('GET', 'Patient?identifier=urn:x|new'),
        entry('PATCH', 'Patient/patient-3', { ...patch, data }),
        entry('PUT', 'Patient/patient-2', patient('new', { id: 'patient-2' })),
        entry('POST', 'Patient', patient('new')),
        entry('DELETE', 'Patient/patient-1'),
        entry('GET', 'Patient/patient-3'),
      ])
      const [search, , , , , read] = entriesOf(answer)
      assert.equal((search?.resource as unknown as Bundle).total, 2)
      assert.equal(read?.resource.active, false)
      assert.deepEqual(statuses(answer), ['200 OK', '200 OK', '200 OK', '201 Created', '200 OK', '200 OK'])
      assert.equal((await request(`${base}/Patient/patient-1`)).status, 410)
    })

    it('does all or nothing', async () => {
      const before = bundleOf(await request(`${base}/_history?_count=1`)).total
      const answer = await post('transaction', [
        entry('POST', 'Patient', patient('1')),
        entry('DELETE', 'Patient/patient-1'),
        entry('PUT', 'Patient/patient-2', patient('1', { id: 'patient-2' })),
        entry('PUT', 'Patient/patient-3', patient('1', { id: 'patient-3' }), { ifMatch: 'W/"7"' }),
      ])
      const { expression } = refusedAs(answer, 412, 'conflict')
      assert.deepEqual(expression, ['Bundle.entry[3]'])
      assert.deepEqual(await found('1'), [])
      assert.equal((await request(`${base}/Patient/patient-1`)).headers.etag, 'W/"1"')
      assert.equal((await request(`${base}/Patient/patient-2`)).headers.etag, 'W/"1"')
      assert.equal(bundleOf(await request(`${base}/_history?_count=1`)).total, before)
    })

    const refused: Record<string, [status: number, code: string, entries: Json[]]> = {
      'a resource that will not do': [
        422,
        'required',
        [
          entry('POST', 'Patient', patient('1')),
          entry('POST', 'Observation', { resourceType: 'Observation', status: 'final' }),
        ],
      ],
      'a reference to no entry': [400, 'value', [entry('POST', 'Observation', observation(UUID))]],
      'the same resource twice': [
        400,
        'invalid',
        [
          entry('PUT', 'Patient/patient-1', patient('1', { id: 'patient-1' })),
          entry('DELETE', 'Patient/patient-1'),
        ],
      ],
      'the same criteria twice': [
        400,
        'invalid',
        ['1', '2'].map(() => entry('POST', 'Patient', patient('1'), { ifNoneExist: 'identifier=urn:x|1' })),
      ],
      'the same fullUrl twice': [
        400,
        'invalid',
        ['1', '2'].map((value) => ({ fullUrl: UUID, ...entry('POST', 'Patient', patient(value)) })),
      ],
      'criteria that several fit': [412, 'multiple-matches', [entry('DELETE', 'Patient?active=true')]],
      'no request': [400, 'required', [{ resource: patient('1') }]],
      'another method': [400, 'value', [entry('HEAD', 'Patient/1')]],
      'an absolute path': [400, 'value', [entry('GET', '/Patient/1')]],
      'a create without a resource': [400, 'required', [entry('POST', 'Patient')]],
      'a patch that is no Binary': [400, 'invalid', [entry('PATCH', 'Patient/patient-1', patient('1'))]],
      'something that is not there': [404, 'not-found', [entry('GET', 'Patient/none')]],
      'a create with an id': [400, 'not-supported', [entry('POST', 'Patient/1', patient('1'))]],
    }
    for (const [what, [status, code, entries]] of Object.entries(refused)) {
      it(`is refused for ${what}, and says which entry`, async () => {
        const { expression } = refusedAs(await post('transaction', entries), status, code)
        assert.match(String(expression), new RegExp(`^Bundle\\.entry\\[${entries.length - 1}\\]`))
        assert.deepEqual(await found('1'), [])
      })
    }
  })

  it('is a batch or a transaction, of so many entries at most', async () => {
    refusedAs(await post('collection', []), 400, 'value')
    refusedAs(
      await send('POST', base, { resourceType: 'Bundle', type: 'batch', entry: {} }),
      400,
      'structure',
    )
    refusedAs(await send('POST', base, patient('1')), 400, 'invalid')
    const entries = Array.from({ length: 1000 }, () => entry('GET', 'Patient/none'))
    assert.equal(entriesOf(await post('batch', entries)).length, 1000)
    refusedAs(await post('batch', [...entries, ...entries.slice(0, 1)]), 413, 'too-costly')
    sandbox.healthcode.setMostEntries(2)
    refusedAs(await post('transaction', entries.slice(0, 3)), 413, 'too-costly')
    const empty = jsonOf(await post('transaction', []))
    assert.deepEqual([empty.type, 'entry' in empty], ['transaction-response', false])
  })

  it('is answered without what was written where Prefer says so', async () => {
    const answer = await post(
      'batch',
      [entry('POST', 'Patient', patient('1')), entry('GET', 'Patient?active=true')],
      {
        prefer: 'return=minimal',
      },
    )
    const [written, read] = entriesOf(answer)
    assert.equal('resource' in written!, false)
    assert.equal(read?.resource.resourceType, 'Bundle')
  })

  it('that is refused as a whole is an OperationOutcome', async () => {
    const { issue } = outcomeOf(
      await post('transaction', [
        entry('POST', 'Patient', { resourceType: 'Patient', gender: 'F', birthDate: '2026-02-30' }),
      ]),
    )
    assert.deepEqual(
      issue.map(({ code, expression }) => [code, expression]),
      [
        ['code-invalid', ['Bundle.entry[0].resource.gender']],
        ['value', ['Bundle.entry[0].resource.birthDate']],
      ],
    )
  })
})
