import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  humanApiFhirResources,
  humanApiToFhir,
} from '../../../../../src/documents/convert/humanapi-to-fhir/humanapi-to-fhir'
import { GatewayError } from '../../../../../src/errors'
import { HttpClient } from '../../../../../src/http/client'
import { accessBy, HumanApiClient } from '../../../../../src/providers/humanapi/client'
import { humanApiResource } from '../../../../../src/providers/humanapi/resources'
import { startSandbox } from '../../../../../src/sandbox/sandbox'
import { assertApart } from '../../../../support/apart'
import { common, isWellFormed, shown } from './support'

const weight = { ...common, timestamp: '2015-03-19T22:48:26Z', value: 70, unit: 'kg' }

describe('Human API to FHIR', () => {
  it('is a collection, in which the same record has the same address', () => {
    const again = () => humanApiToFhir('weight/readings', [weight, { ...weight, id: 'other' }]).bundle
    const { resourceType, type, entry = [] } = again()
    assert.deepEqual([resourceType, type, entry.length], ['Bundle', 'collection', 2])
    assert.notEqual(entry[0]?.fullUrl, entry[1]?.fullUrl)
    for (const { fullUrl } of entry) {
      assert.match(
        fullUrl ?? '',
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      )
    }
    assert.deepEqual(again().entry, entry)
    assert.equal(humanApiToFhir('weight', weight).bundle.entry?.[0]?.fullUrl, entry[0]?.fullUrl)
  })

  it('of records without an id tells two that are alike apart', () => {
    const { id, ...anonymous } = weight
    assert.ok(id)
    const { entry = [] } = humanApiToFhir('weight/readings', [anonymous, anonymous]).bundle
    assert.notEqual(entry[0]?.fullUrl, entry[1]?.fullUrl)
    assert.ok(entry.every(({ resource }) => !('identifier' in (resource ?? {}))))
  })

  it('has a record that comes twice once, and says so', () => {
    const pressure = { ...common, timestamp: weight.timestamp, systolic: 120, diastolic: 80, unit: 'mmHg' }
    const records = [pressure, { ...pressure, heartRate: 61 }, { ...pressure, id: 'other' }]
    const { bundle, findings } = humanApiToFhir('blood_pressure/readings', records)
    isWellFormed(bundle)
    assert.equal(bundle.entry?.length, 2)
    assert.deepEqual(
      findings.map(({ code, first }) => [code, first]),
      [
        ['status-assumed', 0],
        ['repeated', 1],
      ],
    )
  })

  // With work that grows by the square these would not be done within the time-out of a test.
  it('reads long texts in a time that grows with their length', () => {
    const filler = [' ', '-', '- ', 'no ', 'not in ', 'after ', 'un', 'error ', 'tele', '1', '/', '(', 'H ']
    for (const part of filler) {
      const long = part.repeat(100_000 / part.length)
      for (const text of [long, `x${long}x`, `no${long}x`, `error${long}x`, `1${long}x`]) {
        const fields = { name: text, status: text, visitType: text, value: text, unit: text, dateTime: text }
        const result = {
          name: text,
          value: text,
          unit: text,
          flag: text,
          codes: [{ code: text, name: text }],
        }
        const record = { ...common, ...fields, results: [result], components: [result], dates: [text] }
        for (const resource of humanApiFhirResources.filter((name) => name.startsWith('medical/'))) {
          isWellFormed(humanApiToFhir(resource, record).bundle)
        }
      }
    }
  })

  it('of nothing is an empty collection', () => {
    assert.deepEqual(humanApiToFhir('weight/readings', []), {
      bundle: { resourceType: 'Bundle', type: 'collection' },
      findings: [],
    })
  })

  it('refers to the patient that is given', () => {
    const { bundle } = humanApiToFhir('weight', weight, { patient: 'Patient/7' })
    const resource = bundle.entry?.[0]?.resource
    assert.ok(resource?.resourceType === 'Observation')
    assert.deepEqual(resource.subject, { reference: 'Patient/7', type: 'Patient' })
  })

  it('says so where nobody tells whom the record is about', () => {
    const { findings } = humanApiToFhir('weight', { ...weight, humanId: undefined })
    assert.deepEqual(findings.map(shown), ['patient-unknown humanId', 'status-assumed status'])
    const given = humanApiToFhir('weight', { ...weight, humanId: undefined }, { patient: 'Patient/1' })
    assert.deepEqual(given.findings.map(shown), ['status-assumed status'])
  })

  it('says once what was found in many records, without a value', () => {
    const odd = { ...weight, unit: 'Zebulons' }
    const records = [weight, odd, weight, odd, odd].map((record, index) => ({ ...record, id: `r${index}` }))
    const { findings } = humanApiToFhir('weight/readings', records)
    assert.deepEqual(
      findings.map(({ code, count, first, severity }) => [code, count, first, severity]),
      [
        ['status-assumed', 5, 0, 'information'],
        ['unit-unknown', 3, 1, 'warning'],
        ['unit-mismatch', 3, 1, 'warning'],
      ],
    )
    assert.ok(!JSON.stringify(findings).includes('Zebulon'))
  })

  it('is HG_INPUT for a resource without a form in FHIR, and for what are no records', () => {
    for (const resource of ['locations', 'genetic/traits', 'medical/ccds/raw', 'constructor', '']) {
      assert.throws(() => humanApiToFhir(resource, {}), { code: 'HG_INPUT' })
    }
    for (const data of [undefined, null, 'text', 1, [[]], [null]]) {
      assert.throws(() => humanApiToFhir('weight', data), { code: 'HG_INPUT' })
    }
  })

  it('is for resources that there are', () => {
    for (const name of humanApiFhirResources) assert.equal(humanApiResource(name).name, name)
  })

  it('is well-formed or HG_INPUT, whatever a record holds', () => {
    const name = fc.constantFrom(
      ...['id', 'humanId', 'name', 'value', 'unit', 'timestamp', 'tzOffset', 'dateTime', 'status', 'codes'],
      ...['results', 'components', 'dates', 'reasons', 'diagnoses', 'provider', 'organization', 'reactions'],
      ...['systolic', 'diastolic', 'startDate', 'endDate', 'allergen', 'visitType', 'steps', 'code', 'low'],
      ...['codeSystem', 'details', 'source', 'patient', 'reactionsFull'],
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(
          'Active',
          '120',
          '<5',
          '2014-07-07',
          '2014-07-07T10:00:00Z',
          'kg',
          'WEIGHT',
          '__proto__',
          '2013-01-01',
          '120/80',
          'mmHg',
          'Blood pressure',
          'entered in error',
          'relapse',
          '\u0001',
        ),
        fc.string(),
        fc.double(),
        fc.constantFrom(null, true, undefined),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(name, tie('value'), { maxKeys: 8 }),
      ),
    }))
    fc.assert(
      fc.property(
        fc.constantFrom(...humanApiFhirResources),
        fc.dictionary(name, value),
        (resource, record) => {
          try {
            const { bundle } = humanApiToFhir(resource, record)
            isWellFormed(bundle)
          } catch (error) {
            if (!(error instanceof GatewayError && error.code === 'HG_INPUT')) throw error
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  describe('of the sandbox', () => {
    for (const resource of humanApiFhirResources) {
      it(resource, async () => {
        const sandbox = await startSandbox({ now: () => Date.UTC(2026, 2, 10, 12) })
        const http = new HttpClient({ proxy: 'none' })
        try {
          const { clientId, clientSecret } = sandbox.demo.humanapi
          const client = new HumanApiClient({
            clientId,
            clientSecret,
            endpoints: sandbox.urls.humanapi,
            http,
          })
          const { kind } = humanApiResource(resource)
          const data =
            kind === 'single'
              ? (await client.one(accessBy(), { resource })).value
              : (
                  await client.page(accessBy(), {
                    resource,
                    ...(kind === 'daily' ? { id: '2026-03-09' } : {}),
                  })
                ).items
          const { bundle, findings } = humanApiToFhir(resource, data)
          const records = Array.isArray(data) ? data.length : 1
          assert.ok((bundle.entry ?? []).length >= records)
          isWellFormed(bundle)
          const wrong = findings.filter(({ code }) => /^(?:not-converted|unit-|value-|period-)/.test(code))
          assert.deepEqual(wrong, [])
          assertApart([bundle, humanApiToFhir(resource, structuredClone(data)).bundle])
        } finally {
          await http.close()
          await sandbox.close()
        }
      })
    }
  })
})
