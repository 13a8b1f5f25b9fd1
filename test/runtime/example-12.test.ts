import assert from 'node:assert/strict'
import { deployExample } from './support/example'

describe('the example of copying Observations, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('12')

  it('copies all pages, and the same ones again without a double', async () => {
    for (const nth of [1, 2]) {
      await example.press('Copy')
      const { count } = (await example.shown('done', nth)) as { count: number }
      // 240 Observations of the sandbox's hospital, 50 at a time.
      assert.equal(count, 5)
    }
  })

  it('shows what the other server refuses', async () => {
    await example.change(example.node('healthcode-fhir', 'to the other server'), {
      siteId: 'HC10002',
      siteIdType: 'str',
    })
    await example.press('Copy')
    assert.equal(await example.errorCode(), 'HG_FORBIDDEN')
  })

  it('says so where there is nothing to copy', async () => {
    await example.change(example.node('healthcode-fhir', 'page by page'), { query: '{"status":"cancelled"}' })
    await example.press('Copy')
    const { count } = (await example.shown('nothing to copy')) as { count: number }
    assert.equal(count, 1)
  })
})
