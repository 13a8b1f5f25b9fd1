import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { fhirJson } from '../../../../src/documents/fhir/json'
import { MAX_DOCUMENT_BYTES } from '../../../../src/documents/outgoing'
import { GatewayError } from '../../../../src/errors'

describe('what a flow wants to send as FHIR', () => {
  const patient = { resourceType: 'Patient', name: [{ family: 'Müller' }] }
  const text = JSON.stringify(patient)

  it('is an object as it is, whatever it is', () => {
    for (const value of [patient, [patient], null, undefined, 7]) assert.equal(fhirJson(value), value)
  })

  it('is read from a text or from bytes in UTF-8, with a mark at its beginning too', () => {
    for (const value of [
      text,
      ` \n${text}`,
      `\uFEFF${text}`,
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      new Uint8Array(Buffer.from(text)),
      // As of a function node, whose objects are of another realm.
      runInNewContext('Uint8Array.from(bytes)', { bytes: [...Buffer.from(text)] }) as unknown,
    ]) {
      assert.deepEqual(fhirJson(value), patient)
    }
    assert.deepEqual(fhirJson('{"text": "a < b"}'), { text: 'a < b' })
  })

  it('is no XML, and says so', () => {
    for (const value of ['<Patient/>', ' \n<?xml version="1.0"?><Patient/>', Buffer.from('<Patient/>')]) {
      assert.throws(() => fhirJson(value), { code: 'HG_INPUT', message: /XML/ })
    }
  })

  it('is no other text, of which no word is told', () => {
    for (const value of ['', 'Zebedee', `${text}}`, Buffer.from('Zebedee'), `x\uFEFF${text}`]) {
      assert.throws(
        () => fhirJson(value),
        (error) => {
          assert.ok(error instanceof GatewayError)
          assert.deepEqual([error.code, /Zebedee|XML/.test(error.message)], ['HG_INPUT', false])
          return true
        },
      )
    }
  })

  it('has no more than 64 MiB, be it a text or bytes', function () {
    this.timeout(60_000)
    const most = Buffer.alloc(MAX_DOCUMENT_BYTES, ' ')
    most.write('{}')
    assert.deepEqual(fhirJson(most), {})
    assert.deepEqual(fhirJson(most.toString()), {})
    const tooMuch = Buffer.concat([most, Buffer.from(' ')])
    for (const value of [tooMuch, tooMuch.toString(), `"${'é'.repeat(MAX_DOCUMENT_BYTES / 2)}"`]) {
      assert.throws(() => fhirJson(value), { code: 'HG_TOO_LARGE' })
    }
  })
})
