import assert from 'node:assert/strict'
import { deployExample } from './support/example'

describe('the example of Bundles, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('11')

  const lines = async (nth = 1) => (await example.shown('entries', nth)) as string[]

  it('tells what became of each entry of a batch', async () => {
    await example.press('A batch')
    const [first, second, third, ...more] = await lines()
    assert.match(first ?? '', /^0: 201 .*Observation\/[\w-]+/)
    assert.match(second ?? '', /^1: 404 \S/)
    assert.match(third ?? '', /^2: 201 .*Observation\/[\w-]+/)
    assert.deepEqual(more, [])
  })

  it('sends a transaction, whose patient is made once', async () => {
    await example.press('A transaction')
    const once = await lines()
    assert.deepEqual(
      once.map((line) => line.slice(0, 7)),
      ['0: 201 ', '1: 201 '],
    )
    await example.press('A transaction')
    const again = await lines(2)
    assert.match(again[0] ?? '', /^0: 200 /)
    const idOf = (line = '') => /Patient\/[\w-]+/.exec(line)?.[0]
    assert.equal(idOf(again[0]), idOf(once[0]))
  })

  it('sends nothing of one with mistakes, and lists them', async () => {
    await example.press('One with mistakes')
    const { code, cause } = (await example.shown('what went wrong')) as {
      code: string
      cause: { detail: { findings: { path: string }[] } }
    }
    assert.equal(code, 'HG_INPUT')
    assert.deepEqual(cause.detail.findings.map(({ path }) => path).sort(), [
      'Bundle.entry[0].resource.birthDate',
      'Bundle.entry[0].resource.gender',
      'Bundle.entry[1].resource.subject.reference',
      'Bundle.entry[1].resource.valueQuantity.value',
    ])
  })
})
