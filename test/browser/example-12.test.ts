import { importExample } from './support/example'

describe('the example of copying Observations, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('12')

  it('copies page by page, to the end', async () => {
    await example.press('Copy')
    await example.status(/^5$/, 'healthcode-fhir', 'page by page')
    await example.status(/^40\/40$/, 'healthcode-fhir', 'to the other server')
    await example.screenshot()
  })
})
