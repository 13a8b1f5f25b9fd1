import assert from 'node:assert/strict'
import fc from 'fast-check'
import { formBody, type FormParameter } from '../../../src/oauth1/form-body'
import { collectBody } from './support/collect'
import { binary, formDecode } from './support/reference'

const parameters: fc.Arbitrary<FormParameter[]> = fc.array(
  fc.tuple(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.uint8Array({ maxLength: 40 })),
  ),
  { maxLength: 6 },
)

describe('form body', () => {
  it('writes the parameters in their order, spaces as %20', async () => {
    const form = formBody([
      ['her', '<ContinuityOfCareRecord note="a+b&c">ü</ContinuityOfCareRecord>'],
      ['user', 'a b'],
      ['her', ''],
    ])
    assert.equal(
      (await collectBody(form)).toString(),
      'her=%3CContinuityOfCareRecord%20note%3D%22a%2Bb%26c%22%3E%C3%BC%3C%2FContinuityOfCareRecord%3E&user=a%20b&her=',
    )
    assert.equal(form.contentType, 'application/x-www-form-urlencoded')
  })

  it('is read back by URLSearchParams and by the plain decoder, with the announced length', async () => {
    await fc.assert(
      fc.asyncProperty(parameters, async (params) => {
        const form = formBody(params)
        const announced = form.contentLength
        const body = await collectBody(form)
        assert.equal(body.length, announced)
        const nonEmpty = formDecode(body.toString('latin1'))
        assert.deepEqual(
          nonEmpty,
          params.map(([name, value]) => [binary(name), binary(value)]),
        )
        const texts = params.filter(([, value]) => typeof value === 'string')
        if (texts.length === params.length) {
          assert.deepEqual([...new URLSearchParams(body.toString())], params)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('can be sent again: every call of chunks gives the same bytes', async () => {
    const form = formBody([['her', '<ccr>ü</ccr>'.repeat(30_000)]])
    const first = await collectBody(form)
    assert.deepEqual(await collectBody(form), first)
    assert.equal(first.length, form.contentLength)
  })

  it('hands over a small body in one piece, a large one in pieces of up to 64 KiB', async () => {
    const pieces = async (params: FormParameter[]) => {
      const sizes: number[] = []
      for await (const chunk of formBody(params).chunks()) sizes.push(chunk.length)
      return sizes
    }
    assert.deepEqual(await pieces([]), [])
    assert.deepEqual(
      await pieces([
        ['a', 'b'],
        ['c', 'd'],
      ]),
      [7],
    )
    const large = await pieces([['her', '<x>'.repeat(100_000)]])
    assert.ok(large.length > 5)
    assert.ok(Math.max(...large) <= 65_536)
  })

  it('keeps its parameters when the caller changes the list afterwards', async () => {
    const params: FormParameter[] = [['her', '<ccr/>']]
    const form = formBody(params)
    params.push(['user', 'x'])
    assert.deepEqual(form.params, [['her', '<ccr/>']])
    assert.equal((await collectBody(form)).toString(), 'her=%3Cccr%2F%3E')
  })
})
