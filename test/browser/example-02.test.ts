import { sandboxUrl } from '../runtime/support/example'
import { importExample } from './support/example'

describe('the example of choosing what to share, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('02')

  it('lets a patient choose services', async () => {
    const page = await example.visit('/healthjibe/configure')
    await page.getByLabel('Fitness Diary').check()
    await page.getByRole('button', { name: 'Save and go back' }).click()
    await page.getByRole('heading', { name: 'You are connected' }).waitFor()
    await page.close()
    await example.status(/^\d+ ms$/, 'healthjibe-connect', '')
    await example.status(/^true$/, 'debug', 'goes on?')
    await example.status(/^2$/, 'hms-list')
  })

  it('sends to the services that were chosen', async () => {
    await example.press('Send a record')
    await example.status(/^\d+ ms$/, 'healthjibe-notify')
    await example.screenshot()
    const page = await example.visit(sandboxUrl(example.nodeRed))
    await page.getByText('to My Health Journal, Fitness Diary').waitFor()
    await page.close()
  })

  it('keeps the choice for the next time, and obeys a patient who says stop', async () => {
    const page = await example.visit('/healthjibe/configure')
    await page.getByLabel('Fitness Diary').and(page.locator(':checked')).waitFor()
    await page.getByLabel('Stop: send nothing more').check()
    await page.getByRole('button', { name: 'Save and go back' }).click()
    await page.getByRole('heading', { name: 'Nothing more will be sent' }).waitFor()
    await page.close()
    await example.status(/^false$/, 'debug', 'goes on?')
    await example.press('Send a record')
    await example.status(/^stopped by user$/, 'healthjibe-notify')
  })

  it('lets HealthJibe say who somebody is', async () => {
    const page = await example.visit('/healthjibe/sign-on')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'You are signed on' }).waitFor()
    await page.close()
    await example.status(/^demo$/, 'debug', 'signed on')
  })
})
