import assert from 'node:assert/strict'
import { GatewayError } from '../../../src/errors'
import { jsonIn, objectIn, spelled, textOf, tokenOf } from '../../../src/providers/json-answer'

const answer = (body: string | Buffer, contentType = 'application/json') => ({
  statusCode: 200,
  headers: { 'content-type': contentType },
  body: Buffer.from(body as string),
  attempts: 1,
  url: 'https://api.example.org/',
})
const facts = {
  provider: 'humanapi',
  name: 'Human API',
  operation: 'weights',
  what: '"Weight"',
  user: 'maria',
}

describe('an answer in JSON', () => {
  it('is read with or without a byte order mark', () => {
    assert.deepEqual(jsonIn(answer('[{"ä":1}]'), facts), [{ ä: 1 }])
    assert.deepEqual(objectIn(answer('\uFEFF{"ä":1}'), facts), { ä: 1 })
  })

  const others: [string, string | Buffer, string | undefined, RegExp][] = [
    ['nothing', '', undefined, /with an empty body,/],
    ['bytes', Buffer.from([0xff, 0x00]), undefined, /with bytes that are no text,/],
    ['a web page', '<!doctype html><p>Zebulon', 'text/html', /with an HTML page,/],
    ['a web page that says that it is JSON', '<html>Zebulon', undefined, /with an HTML page,/],
    ['JSON that is cut', '{"name":"Zebul', undefined, /with JSON that is broken or cut,/],
    ['a sentence', 'Zebulon is not here.', 'text/plain', /with something else,/],
  ]
  for (const [what, body, type, sentence] of others) {
    it(`is HG_RESPONSE where it is ${what}, which is told without a word of it`, () => {
      assert.throws(
        () => jsonIn(answer(body, type), facts),
        (error: unknown) => {
          assert.ok(error instanceof GatewayError)
          assert.equal(error.code, 'HG_RESPONSE')
          assert.match(error.message, /^Human API answered for "Weight" with/)
          assert.match(error.message, sentence)
          assert.doesNotMatch(JSON.stringify([error.message, error.cause]), /Zebul/)
          assert.deepEqual([error.cause.operation, error.cause.user], ['weights', 'maria'])
          return true
        },
      )
    })
  }

  it('is HG_RESPONSE where an object belongs and something else is there', () => {
    for (const body of ['[]', 'null', '1', '"text"']) {
      assert.throws(() => objectIn(answer(body), facts), { code: 'HG_RESPONSE', message: /no object/ })
    }
  })

  it('may spell its names either way', () => {
    assert.equal(spelled({ human_id: 1 }, 'human_id'), 1)
    assert.equal(spelled({ humanId: 1 }, 'human_id'), 1)
    assert.equal(spelled({ human_id: 1 }, 'humanId'), 1)
    assert.equal(spelled({}, 'toString'), undefined)
    assert.equal(textOf({ a: '' }, 'a') ?? textOf({ a: 1 }, 'a'), undefined)
    assert.equal(tokenOf({ a: 'x y' }, 'a') ?? tokenOf({ a: 'x'.repeat(8193) }, 'a'), undefined)
    assert.equal(tokenOf({ a: 't0ken' }, 'a'), 't0ken')
  })
})
