import assert from 'node:assert/strict'
import { fhirFindings } from '../../../../src/documents/fhir/check'
import type { Json } from './cases'

const patient: Json = { resourceType: 'Patient', active: true }
const uuid = (last: number) => `urn:uuid:0d0a3b1c-0000-4000-8000-00000000000${last}`

/** What is found in a Bundle, each with the rule that is broken, if it has a name. */
const found = (type: string, entry?: unknown[], more: Json = {}) =>
  fhirFindings({ resourceType: 'Bundle', type, ...(entry ? { entry } : {}), ...more }).map(
    ({ severity, code, path, message }) => {
      const key = /\((bdl-\d+)\)$/.exec(message)?.[1]
      return [
        ...(severity === 'error' ? [] : [severity]),
        code,
        path,
        ...(key === undefined ? [] : [key]),
      ].join(' ')
    },
  )
const requested = (method: string, url: string, resource?: Json) => ({
  ...{ request: { method, url } },
  ...(resource ? { resource } : {}),
})

describe('the check of a Bundle', () => {
  it('finds an entry that is none', () => {
    assert.deepEqual(found('collection', [null, 'x', { resource: patient }]), [
      'structure Bundle.entry[0]',
      'structure Bundle.entry[1]',
    ])
  })

  it('takes a total of a searchset and of a history alone', () => {
    for (const type of ['searchset', 'history']) assert.deepEqual(found(type, undefined, { total: 0 }), [])
    for (const type of ['collection', 'batch', 'transaction-response'])
      assert.deepEqual(found(type, undefined, { total: 0 }), ['invariant Bundle.total bdl-1'])
  })

  it('takes how it was found in a searchset alone', () => {
    const entry = [{ resource: patient, search: { mode: 'match' } }]
    assert.deepEqual(found('searchset', entry), [])
    assert.deepEqual(found('collection', entry), ['invariant Bundle.entry[0].search bdl-2'])
  })

  it('asks for requests and responses where they belong, and nowhere else', () => {
    const { request } = requested('DELETE', 'Patient/1')
    const response = { status: '200' }
    for (const type of ['batch', 'transaction']) {
      assert.deepEqual(found(type, [{ request }]), [])
      assert.deepEqual(found(type, [{ resource: patient }]), ['required Bundle.entry[0] bdl-3'])
      assert.deepEqual(found(type, [{ request, response }]), ['invariant Bundle.entry[0].response bdl-4'])
    }
    for (const type of ['batch-response', 'transaction-response']) {
      assert.deepEqual(found(type, [{ response }]), [])
      assert.deepEqual(found(type, [{ resource: patient }]), ['required Bundle.entry[0] bdl-4'])
      assert.deepEqual(found(type, [{ request, response }]), ['invariant Bundle.entry[0].request bdl-3'])
    }
    assert.deepEqual(found('collection', [{ resource: patient, request, response }]), [
      'invariant Bundle.entry[0].request bdl-3',
      'invariant Bundle.entry[0].response bdl-4',
    ])
    assert.deepEqual(found('history', [{ request, response }, { resource: patient }]), [])
  })

  it('asks for a resource where there is nothing else', () => {
    assert.deepEqual(found('collection', [{ fullUrl: uuid(1) }]), ['invariant Bundle.entry[0] bdl-5'])
    assert.deepEqual(found('history', [{ response: { status: '200' } }]), [])
  })

  it('looks at the requests of a batch and a transaction, not at those of a history', () => {
    const entry = [requested('POST', 'Patient')]
    assert.deepEqual(found('batch', entry), ['required Bundle.entry[0]'])
    assert.deepEqual(found('history', entry), [])
  })

  it('takes a full URL once for each version, and none that names a version', () => {
    const at = (versionId?: string) => ({
      ...{
        fullUrl: uuid(1),
        resource: versionId === undefined ? patient : { ...patient, meta: { versionId } },
      },
    })
    assert.deepEqual(found('collection', [at('1'), at('2')]), [])
    for (const version of [undefined, '1'])
      assert.deepEqual(found('collection', [at(version), at(version)]), [
        'duplicate Bundle.entry[1].fullUrl bdl-7',
      ])
    assert.deepEqual(found('history', [at('1'), at('1')]), [])
    const fullUrl = 'http://h/Patient/1/_history/2'
    assert.deepEqual(found('collection', [{ fullUrl, resource: patient }]), [
      'invariant Bundle.entry[0].fullUrl bdl-8',
    ])
  })

  it('asks a document for what makes it one', () => {
    const composition = {
      ...{ resourceType: 'Composition', status: 'final', type: { text: 'x' }, date: '2026-01-01' },
      ...{ author: [{ display: 'x' }], title: 'x' },
    }
    const identifier = { system: 'urn:x', value: '1' }
    const whole = { identifier, timestamp: '2026-01-01T00:00:00Z' }
    assert.deepEqual(found('document', [{ resource: composition }, { resource: patient }], whole), [])
    for (const part of [{ system: 'urn:x' }, { value: '1' }])
      assert.deepEqual(found('document', [{ resource: composition }], { ...whole, identifier: part }), [
        'invariant Bundle bdl-9',
      ])
    assert.deepEqual(found('document', [{ resource: composition }], { identifier }), [
      'invariant Bundle bdl-10',
    ])
    assert.deepEqual(found('document', [{ resource: patient }, { resource: composition }], whole), [
      'invariant Bundle bdl-11',
    ])
    for (const entry of [null, { resource: null }])
      assert.ok(found('document', [entry], whole).includes('invariant Bundle bdl-11'))
  })

  it('asks a message for its header', () => {
    const header = { resourceType: 'MessageHeader', eventUri: 'urn:x', source: { endpoint: 'urn:y' } }
    assert.deepEqual(found('message', [{ resource: header }]), [])
    assert.deepEqual(found('message', [{ resource: patient }]), ['invariant Bundle bdl-12'])
    assert.deepEqual(found('message'), ['invariant Bundle bdl-12'])
  })

  it('takes requests that go together with their resources', () => {
    const parameters = { resourceType: 'Parameters', parameter: [{ name: 'x', valueString: 'y' }] }
    for (const entry of [
      requested('POST', 'Patient', patient),
      requested('POST', '/Patient', patient),
      requested('PUT', 'Patient/1', { ...patient, id: '1' }),
      requested('PUT', 'Patient/1', patient),
      requested('PUT', 'Patient?identifier=x', patient),
      requested('PUT', 'http://h/fhir/Patient/1', patient),
      requested('PATCH', 'Patient/1', parameters),
      requested('POST', 'Patient/$validate', parameters),
      requested('POST', 'Patient/_search'),
      requested('POST', 'Patient/_search?name=x'),
      requested('GET', 'Patient?name=x'),
      requested('DELETE', 'Patient/1'),
    ]) {
      assert.deepEqual(found('transaction', [entry]), [], JSON.stringify(entry))
    }
  })

  it('finds requests that do not', () => {
    for (const [entry, ...told] of [
      [requested('PATCH', 'Patient/1'), 'required Bundle.entry[0]'],
      [requested('PUT', 'Patient/1'), 'required Bundle.entry[0]'],
      [requested('POST', 'Patient/_searching'), 'required Bundle.entry[0]'],
      [requested('PUT', 'Patient', patient), 'value Bundle.entry[0].request.url'],
      [requested('PUT', 'Group/1', patient), 'value Bundle.entry[0].request.url'],
      [requested('POST', 'Group', patient), 'value Bundle.entry[0].request.url'],
      [requested('PUT', 'Patient/1', { ...patient, id: '2' }), 'value Bundle.entry[0].request.url'],
      [requested('GET', 'Patient/1', patient), 'warning structure Bundle.entry[0].resource'],
      [requested('DELETE', 'Patient/1', patient), 'warning structure Bundle.entry[0].resource'],
    ] as const) {
      assert.deepEqual(found('transaction', [entry]), told, JSON.stringify(entry))
    }
  })

  it('finds one resource that a transaction changes twice, which a batch may', () => {
    const put = requested('PUT', 'Patient/1', patient)
    const parameters = { resourceType: 'Parameters', parameter: [{ name: 'x', valueString: 'y' }] }
    for (const second of [
      put,
      requested('DELETE', 'Patient/1'),
      requested('PATCH', 'Patient/1', parameters),
    ]) {
      assert.deepEqual(found('transaction', [put, second]), ['duplicate Bundle.entry[1].request.url'])
      assert.deepEqual(found('batch', [put, second]), [])
    }
    assert.deepEqual(found('transaction', [put, requested('GET', 'Patient/1')]), [])
    const search = requested('DELETE', 'Patient?name=x')
    assert.deepEqual(found('transaction', [search, search]), [])
  })
})
