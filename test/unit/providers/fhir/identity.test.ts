import assert from 'node:assert/strict'
import type { HttpResponse } from '../../../../src/http/types'
import { type Asked, sameResource } from '../../../../src/providers/fhir/identity'
import { FhirFacts } from '../../../../src/providers/fhir/operation-outcome'
import { GatewayError } from '../../../../src/errors'

describe('the resource that was asked for', () => {
  const response: HttpResponse = {
    ...{ statusCode: 200, headers: {}, body: Buffer.alloc(0), attempts: 1, url: 'http://h' },
  }
  const patient = { resourceType: 'Patient', id: '7' }
  const at = { endpoint: 'Patient', id: '7' }
  interface Case {
    asked?: Asked
    operation?: string
    provider?: string
  }
  /** What is wrong, if something is. */
  const told = (resource: object, { asked = at, operation = 'read', provider = 'fhir' }: Case = {}) => {
    const answer = { resource: { ...resource }, response }
    try {
      assert.equal(sameResource(answer, asked, new FhirFacts(provider, operation, asked.endpoint)), answer)
      return undefined
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      return { what: /another (\w+) than/.exec(error.message)?.[1], cause: error.cause, text: error.message }
    }
  }
  const what = (resource: object, given?: Case) => told(resource, given)?.what

  it('may come without an id', () => {
    for (const id of [undefined, null, '']) assert.equal(what({ ...patient, id }), undefined, String(id))
    for (const id of ['8', 8, 0, false, {}, ['7']])
      assert.equal(what({ ...patient, id }), 'id', JSON.stringify(id))
    assert.equal(what({ ...patient, id: 7 }), undefined)
    assert.equal(what({ ...patient, id: 'a' }, { asked: { ...at, id: 'A' } }), 'id')
  })

  it('may come without a version', () => {
    const asked = { ...at, versionId: '2' }
    for (const meta of [undefined, null, {}, { versionId: null }, { versionId: '' }, { versionId: 2 }]) {
      assert.equal(what({ ...patient, meta }, { asked }), undefined, JSON.stringify(meta))
    }
    assert.equal(what({ ...patient, meta: { versionId: '1' } }, { asked }), 'version')
  })

  it('is of any type only where the content of a Binary is read', () => {
    const asked = { endpoint: 'Binary', id: '7' }
    assert.equal(what(patient, { asked }), undefined)
    assert.equal(what({ ...patient, id: '8' }, { asked }), undefined)
    for (const operation of ['update', 'patch', 'delete']) {
      assert.equal(what(patient, { asked, operation }), 'type', operation)
    }
    assert.equal(what({ resourceType: 'Binary', id: '8' }, { asked }), 'id')
  })

  it('is no OperationOutcome where it is read, but at Healthcode', () => {
    const outcome = { resourceType: 'OperationOutcome', id: 'x' }
    const asked = { ...at, type: 'Patient' }
    assert.equal(what(outcome, { asked }), 'type')
    assert.equal(what(outcome, { asked, provider: 'healthcode' }), undefined)
    for (const operation of ['update', 'patch', 'delete', 'create']) {
      assert.equal(what(outcome, { asked, operation }), undefined, operation)
    }
  })

  it('is no Bundle, but at Healthcode', () => {
    const asked = { ...at, type: 'Patient' }
    for (const operation of ['read', 'update']) {
      assert.equal(what({ resourceType: 'Bundle' }, { asked, operation }), 'type')
      assert.equal(what({ resourceType: 'Bundle' }, { asked, operation, provider: 'healthcode' }), undefined)
    }
  })

  it('may be in a Bundle at Healthcode, by its Location too', () => {
    const asked = { ...at, sent: 'Patient' }
    const by = (type: string, provider: string) => {
      const answer = { location: { type, id: '8' }, response }
      return () => sameResource(answer, asked, new FhirFacts(provider, 'update', 'Patient'))
    }
    assert.doesNotThrow(by('Bundle', 'healthcode'))
    assert.throws(by('Bundle', 'fhir'), /of another type/)
    assert.throws(by('Coverage', 'healthcode'), /of another type/)
    assert.throws(by('Patient', 'healthcode'), /of another id/)
  })

  it('is of the type that is named, be it one that R4 does not have', () => {
    const asked = { endpoint: 'Thing', id: '7' }
    assert.equal(what(patient, { asked }), 'type')
    assert.equal(what(patient, { asked, provider: 'healthcode' }), undefined)
  })

  it('is not told by the Location of a read', () => {
    const answer = { resource: patient, location: { type: 'Patient', id: '8' }, response }
    assert.equal(sameResource(answer, at, new FhirFacts('fhir', 'read', 'Patient')), answer)
  })

  it('is told in sentences', () => {
    const other = (what: string) =>
      `The FHIR server answered for ${what} with a resource of another id than the one that was asked for, so it is not passed on: it may be somebody else's.`
    const advice =
      'If the record was merged or moved, ask for it by its new id. Check that no cache or proxy in between mixes up answers, and tell those who run the server.'
    const carried = 'What was sent may have been carried out, there or elsewhere: look before you repeat it.'
    const resource = { ...patient, id: '8' }
    assert.equal(told(resource)?.text, `${other('read at Patient')} ${advice}`)
    assert.equal(
      told(resource, { operation: 'update' })?.text,
      `${other('update at Patient')} ${carried} ${advice}`,
    )
  })

  it('was not changed by a read, and may have been by anything else', () => {
    const other = { ...patient, id: '8' }
    const read = told(other)
    assert.deepEqual([read?.cause.detail, read?.text.includes('carried out')], [undefined, false])
    for (const operation of ['update', 'patch', 'delete', 'create']) {
      const { cause, text } = told(other, { operation }) ?? {}
      assert.deepEqual([cause?.detail, text?.includes('carried out')], [{ arrived: 'unknown' }, true])
    }
  })
})
