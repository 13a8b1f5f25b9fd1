import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, type Json, request, sandboxFor } from '../support'
import { idsIn, refusedAs, send, bundleOf } from './support'

const people: Record<string, Json> = {
  ana: {
    name: [{ family: 'Ñandú', given: ['Ana', 'María'] }],
    gender: 'female',
    birthDate: '1980-05-17',
    active: true,
    identifier: [{ system: 'urn:x', value: 'a,1' }],
    generalPractitioner: [{ reference: 'Practitioner/p1' }],
    meta: { tag: [{ system: 'urn:t', code: 'mine' }] },
  },
  ben: {
    name: [{ family: 'Nandorf', given: ['Ben'] }],
    gender: 'male',
    birthDate: '1980-05',
    identifier: [{ system: 'urn:y', value: 'b' }],
    address: [{ city: 'Köln', postalCode: '50667' }],
    generalPractitioner: [{ reference: 'Practitioner/p2' }],
  },
  cem: { name: [{ text: 'Cem Öz' }], birthDate: '1975', active: false, identifier: [{ value: 'c' }] },
}

const observations: Record<string, Json> = {
  low: {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '1-1', display: 'Sugar in blood' }] },
    subject: { reference: 'Patient/ana' },
    effectiveDateTime: '2026-03-01T10:00:00Z',
    valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  },
  high: {
    status: 'amended',
    code: { coding: [{ system: 'http://loinc.org', code: '1-1' }], text: 'Glucose' },
    subject: { reference: 'Patient/ben' },
    effectivePeriod: { start: '2026-03-02T00:00:00Z', end: '2026-03-04T00:00:00Z' },
    valueQuantity: { value: 11.27, unit: 'mmol/L', code: 'mmol/L' },
    performer: [{ reference: 'Practitioner/p1' }],
  },
  other: {
    status: 'final',
    code: { coding: [{ system: 'urn:other', code: '1-1' }] },
    subject: { reference: 'Group/ana' },
  },
}

describe("a search of the sandbox's FHIR server", () => {
  let sandbox: Sandbox
  let base: string

  before(async () => {
    sandbox = await sandboxFor({ now: () => Date.parse('2026-03-10T13:20:00Z') })
    base = sandbox.urls.fhir.base
    const put = async (resourceType: string, id: string, resource: Json) => {
      const answer = await send('PUT', `${base}/${resourceType}/${id}`, { resourceType, id, ...resource })
      assert.equal(answer.status, 201, answer.text)
    }
    for (const id of ['p1', 'p2']) await put('Practitioner', id, {})
    for (let number = 1; number <= 6; number++) {
      await request(`${base}/Patient/patient-${number}`, { method: 'DELETE' })
    }
    for (const [id, one] of Object.entries(people)) await put('Patient', id, one)
    for (const [id, one] of Object.entries(observations)) await put('Observation', id, one)
  })
  after(closeSandboxes)

  const ids = async (type: string, query: string) => {
    const only = type === 'Observation' ? `&_lastUpdated=ge2026-03-10T13:20:00Z` : ''
    return idsIn(await request(`${base}/${type}?${query}${only}`)).sort()
  }
  const finds = (type: string, rows: Record<string, string[]>) => {
    for (const [query, expected] of Object.entries(rows)) {
      it(`${type}?${query}`, async () => {
        assert.deepEqual(await ids(type, query), expected)
      })
    }
  }

  describe('by tokens', () => {
    finds('Patient', {
      'gender=female': ['ana'],
      'gender=female,male': ['ana', 'ben'],
      'gender:not=female': ['ben', 'cem'],
      'gender:missing=true': ['cem'],
      'gender:missing=false': ['ana', 'ben'],
      'active=true': ['ana'],
      'active=false': ['cem'],
      'identifier=b': ['ben'],
      'identifier=urn:y%7Cb': ['ben'],
      'identifier=urn:x%7Cb': [],
      'identifier=urn:y%7C': ['ben'],
      'identifier=%7Cc': ['cem'],
      'identifier=%7Cb': [],
      'identifier=a%5C,1': ['ana'],
      'identifier=a,1': [],
      '_id=ana,cem': ['ana', 'cem'],
      '_tag=urn:t%7Cmine': ['ana'],
    })
    finds('Observation', {
      'code=1-1': ['high', 'low', 'other'],
      'code=http://loinc.org%7C1-1': ['high', 'low'],
      'code:text=sugar': ['low'],
      'code:text=glu': ['high'],
      'code=1-1&status=final': ['low', 'other'],
    })
  })

  describe('by texts', () => {
    finds('Patient', {
      'family=nand': ['ana', 'ben'],
      'family:exact=Nandorf': ['ben'],
      'family:exact=nandorf': [],
      'family:contains=DO': ['ben'],
      'given=mar': ['ana'],
      'name=cem': ['cem'],
      'address-city=koln': ['ben'],
      'address=506': ['ben'],
    })
  })

  describe('by dates', () => {
    finds('Patient', {
      'birthdate=1980-05-17': ['ana'],
      'birthdate=1980-05': ['ana', 'ben'],
      'birthdate=1980': ['ana', 'ben'],
      'birthdate=lt1980': ['cem'],
      'birthdate=le1980-05-17': ['ana', 'ben', 'cem'],
      'birthdate=gt1980-05-17': ['ben'],
      'birthdate=le1975-01': [],
      'birthdate=ge1975-12&birthdate=lt1980': [],
      'birthdate=sa1979': ['ana', 'ben'],
      'birthdate=eb1980-05': ['cem'],
      'birthdate=ne1980': ['cem'],
      'birthdate=ap1980-05-17': ['ana', 'ben'],
      'birthdate=ge1975&birthdate=lt1980': ['cem'],
    })
    finds('Observation', {
      'date=2026-03-01': ['low'],
      'date=2026-03-01T11:00:00%2B01:00': ['low'],
      'date=ge2026-03-02': ['high'],
      'date=gt2026-03-03': ['high'],
      'date=lt2026-03-02T00:00:00Z': ['low'],
      'date:missing=true': ['other'],
    })
  })

  describe('by references', () => {
    finds('Observation', {
      'subject=Patient/ana': ['low'],
      'subject=ana': ['low', 'other'],
      'subject:Group=ana': ['other'],
      'patient=ana': ['low'],
      'performer=p1': ['high'],
    })
    finds('Patient', { 'general-practitioner=Practitioner/p1,Practitioner/p2': ['ana', 'ben'] })

    it('by the address of this server, too', async () => {
      assert.deepEqual(await ids('Observation', `subject=${base}/Patient/ana`), ['low'])
    })
  })

  describe('by quantities', () => {
    finds('Observation', {
      'value-quantity=5.4': ['low'],
      'value-quantity=5': ['low'],
      'value-quantity=gt5.4': ['high'],
      'value-quantity=ge5.4': ['high', 'low'],
      'value-quantity=11.3%7C%7Cmmol/L': ['high'],
      'value-quantity=5.4%7Chttp://unitsofmeasure.org%7Cmmol/L': ['low'],
      'value-quantity=5.4%7Curn:x%7Cmmol/L': [],
      'value-quantity=lt100%7C%7Ckg': [],
    })
  })

  describe('sorted', () => {
    const sorted = async (type: string, query: string) => idsIn(await request(`${base}/${type}?${query}`))

    it('up and down, by several fields, what has none last', async () => {
      assert.deepEqual(await sorted('Patient', '_sort=birthdate'), ['cem', 'ben', 'ana'])
      assert.deepEqual(await sorted('Patient', '_sort=-birthdate'), ['ana', 'ben', 'cem'])
      assert.deepEqual(await sorted('Patient', '_sort=gender,_id'), ['ana', 'ben', 'cem'])
      assert.deepEqual(await sorted('Patient', '_sort=-gender'), ['ben', 'ana', 'cem'])
      assert.deepEqual(await sorted('Patient', '_sort=family'), ['ben', 'ana', 'cem'])
    })
  })

  describe('with what belongs to it', () => {
    const modes = async (query: string) => {
      const { entry, total } = bundleOf(await request(`${base}/${query}`))
      return [
        total,
        ...entry.map(({ resource, search }) => `${search.mode} ${resource.resourceType}/${resource.id}`),
      ]
    }

    it('_include: each once, of the type that is asked for', async () => {
      assert.deepEqual(await modes('Patient?_include=Patient:general-practitioner&_sort=_id&_count=2'), [
        ...[
          3,
          'match Patient/ana',
          'match Patient/ben',
          'include Practitioner/p1',
          'include Practitioner/p2',
        ],
      ])
      const all = await modes('Observation?_id=high&_include=*')
      assert.deepEqual(all.sort(), [
        ...[1, 'include Patient/ben', 'include Practitioner/p1', 'match Observation/high'],
      ])
      assert.deepEqual(await modes('Observation?_id=high&_include=Observation:performer:Organization'), [
        ...[1, 'match Observation/high'],
      ])
    })

    it('_revinclude: what refers to it', async () => {
      assert.deepEqual(await modes('Patient?_id=ana&_revinclude=Observation:subject'), [
        ...[1, 'match Patient/ana', 'include Observation/low'],
      ])
    })
  })

  describe('is refused', () => {
    const rows: Record<string, string> = {
      'shoesize=44': 'not-supported',
      'gender:exact=male': 'not-supported',
      'subject.name=x': 'not-supported',
      'birthdate=soon': 'value',
      'birthdate=1980-02-30': 'value',
      'gender=': 'value',
      'gender=male,': 'value',
      'active:missing=maybe': 'value',
      '_sort=shoesize': 'invalid',
      '_include=Patient:name': 'invalid',
      '_include=Patient': 'invalid',
      '_count=-1': 'value',
      '_count=1&_count=2': 'invalid',
      '_summary=text': 'not-supported',
      '_since=2026-03-01T00:00:00Z': 'not-supported',
      'page=1': 'not-supported',
    }
    for (const [query, code] of Object.entries(rows)) {
      it(`Patient?${query}`, async () => {
        refusedAs(await request(`${base}/Patient?${query}`), 400, code)
      })
    }

    it('unless unknown parameters are to be left out', async () => {
      const answer = await request(`${base}/Patient?shoesize=44&gender=male`, {
        headers: { prefer: 'handling=lenient' },
      })
      assert.deepEqual(idsIn(answer), ['ben'])
    })

    it('where it asks for XML', async () => {
      refusedAs(await request(`${base}/Patient?_format=xml`), 406, 'not-supported')
      assert.equal((await request(`${base}/Patient?_format=application/fhir%2Bjson`)).status, 200)
    })
  })
})
