import assert from 'node:assert/strict'
import fc from 'fast-check'
import { answerParameters } from '../../../src/providers/razcode/answer'

const staged = { raz_id: 'ABCD2345', raz_uri: 'https://example.org/r?a=1&b=2', ack: 'Success' }

describe('the parameters of an answer', () => {
  const answers: [string, string][] = [
    ['name=value', 'raz_id=ABCD2345&raz_uri=https%3A%2F%2Fexample.org%2Fr%3Fa%3D1%26b%3D2&ACK=Success'],
    ['one a line', 'raz_id=ABCD2345\r\nraz_uri=https://example.org/r?a=1%26b=2\nACK=Success\n'],
    ['JSON', '{"raz_id":"ABCD2345","raz_uri":"https://example.org/r?a=1&b=2","ACK":"Success"}'],
    ['JSON inside something', `\uFEFF {"response":[{"result":${JSON.stringify(staged)}}]}`],
    [
      'XML',
      '<?xml version="1.0"?><response><raz_id>ABCD2345</raz_id><raz_uri>https://example.org/r?a=1&amp;b=2</raz_uri><ACK>Success</ACK></response>',
    ],
    [
      'XML with a namespace and attributes',
      '<r:answer xmlns:r="urn:x"><r:raz_id> ABCD2345 </r:raz_id><r:raz_uri><![CDATA[https://example.org/r?a=1&b=2]]></r:raz_uri><status ACK="Success"/></r:answer>',
    ],
  ]
  for (const [what, text] of answers) {
    it(`are read from ${what}`, () => {
      const { raz_id, raz_uri, ack } = Object.fromEntries(answerParameters(text) ?? [])
      assert.deepEqual({ raz_id, raz_uri, ack }, staged)
    })
  }

  it('keep what looks like a number as text', () => {
    assert.equal(answerParameters('<r><raz_id>00123</raz_id></r>')?.get('raz_id'), '00123')
    assert.equal(answerParameters('{"raz_id":123}')?.get('raz_id'), '123')
  })

  it('are taken once: of two the first', () => {
    assert.equal(answerParameters('ACK=Success&ack=Failure')?.get('ack'), 'Success')
  })

  const none: [string, string][] = [
    ['nothing', ''],
    ['a sentence', 'The record was staged.'],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['JSON that is cut', '{"raz_id":"A"'],
    ['XML that is cut', '<response><raz_id>A</raz_id>'],
    ['XML with tags that do not match', '<response><raz_id>A</raz_uri></response>'],
    ['XML with a DTD', '<!DOCTYPE r [<!ENTITY a "A">]><r><raz_id>&a;</raz_id></r>'],
    ['10,000 nested elements', '<a>'.repeat(10_000) + '</a>'.repeat(10_000)],
    ['10,000 nested lists', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['a line that is no pair', 'raz_id=A\nand more'],
  ]
  for (const [what, text] of none) {
    it(`are not found in ${what}`, () => {
      assert.equal(answerParameters(text), undefined)
    })
  }

  it('are found or not, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `<${text}`),
        ),
        (text) => {
          const found = answerParameters(text)
          assert.ok(found === undefined || found instanceof Map)
        },
      ),
    )
  })
})
