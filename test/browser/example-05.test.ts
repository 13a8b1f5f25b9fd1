import { sandboxUrl } from '../runtime/support/example'
import { importExample } from './support/example'

describe('the example of activating an organisation, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('05')

  it('says under the node that an organisation is not activated', async () => {
    await example.press('Stage a record as clinic-2')
    await example.status(/^not connected$/, 'razcode-stage')
  })

  it('tells an organisation that refuses, and the flow', async () => {
    const page = await example.visit('/razcode/activate')
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByRole('heading', { name: 'The connection was not made' }).waitFor()
    await page.close()
    await example.status(/^forbidden$/, 'razcode-activate')
    example.expectRefusal(403)
  })

  it('activates an organisation', async () => {
    const page = await example.visit('/razcode/activate')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('heading', { name: 'The organisation is activated' }).waitFor()
    await page.close()
    await example.status(/^\d+ ms$/, 'razcode-activate')
    await example.status(/^clinic-2$/, 'debug', 'activated')
  })

  it('stages a record for it, and lists it', async () => {
    await example.press('Stage a record as clinic-2')
    await example.status(/^\d+ ms$/, 'razcode-stage')
    await example.press('Who is activated?')
    await example.status(/^2$/, 'health-connections')
    await example.screenshot()
    const page = await example.visit(sandboxUrl(example.nodeRed))
    await page.getByRole('link', { name: /^RAZCODE / }).click()
    await page.getByText('Demo Clinic').first().waitFor()
    await page.close()
  })
})
