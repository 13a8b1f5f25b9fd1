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

  it('are taken once: of several the one that lies least deep, and among those the first', () => {
    assert.equal(answerParameters('ACK=Success&ack=Failure')?.get('ack'), 'Success')
    assert.equal(answerParameters('<r><ACK>Success</ACK><ACK>Failure</ACK></r>')?.get('ack'), 'Success')
    const inner = '{"payment":{"ACK":"Failure"},"ACK":"Success"}'
    assert.equal(answerParameters(inner)?.get('ack'), 'Success')
  })

  const odd: [string, string, string, string][] = [
    ['an element with an attribute', '<r><ACK xsi:type="xsd:string">Success</ACK></r>', 'ack', 'Success'],
    [
      'numeric references',
      '<r><raz_uri>http://a/?a=1&#38;b=2&#x26;c=3</raz_uri><x>1</x></r>',
      'raz_uri',
      'http://a/?a=1&b=2&c=3',
    ],
    [
      'lines that are not encoded',
      'ACK=Success\nraz_uri=http://a/?a=1&b=2+3',
      'raz_uri',
      'http://a/?a=1&b=2+3',
    ],
    ['a value with a line break', 'ACK=Failure&errormsg=No quota\nleft', 'errormsg', 'No quota\nleft'],
    ['a string of JSON that holds JSON', JSON.stringify('{"ACK":"Success","raz_id":"A"}'), 'ack', 'Success'],
    [
      'an element that holds name=value',
      '<string xmlns="http://tempuri.org/">ACK=Success&amp;raz_id=A</string>',
      'raz_id',
      'A',
    ],
    [
      'an escape sequence that is none',
      'ACK=Failure\nerrormsg=100% of the quota',
      'errormsg',
      '100% of the quota',
    ],
  ]
  for (const [what, text, name, value] of odd) {
    it(`are read in spite of ${what}`, () => {
      assert.equal(answerParameters(text)?.get(name), value)
    })
  }

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
    ['a sentence before a pair', 'The answer: raz_id=A'],
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
