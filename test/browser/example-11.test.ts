import { importExample } from './support/example'

describe('the example of Bundles, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('11')

  it('shows under each node how many entries were done', async () => {
    await example.press('A batch')
    await example.status(/^2\/3$/, 'healthcode-fhir', 'batch')
    await example.press('A transaction')
    await example.status(/^2\/2$/, 'healthcode-fhir', 'transaction')
    await example.press('One with mistakes')
    await example.status(/^unusable message$/, 'healthcode-fhir', 'not sent')
    await example.screenshot()
  })
})
