import assert from 'node:assert/strict'
import { importExample } from './support/example'

describe('the example of connecting a person with ZivaCare, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('08')

  const openWindow = async () => {
    const page = await example.visit('/zivacare/connect')
    await page.getByRole('heading', { name: 'Connect your health data' }).waitFor()
    await page.getByText('Example Clinic asks to read').waitFor()
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Connect' }).click()
    const shown = await opened
    await shown.waitForLoadState()
    return { page, shown }
  }

  it('lets a person connect two sources in the window, and finish', async () => {
    const { page, shown } = await openWindow()
    await example.screenshot(page)
    for (const source of ['Stride Band', 'Home Scale']) {
      await shown.getByRole('button', { name: `Connect ${source}`, exact: true }).click()
      await shown.getByRole('button', { name: 'Allow', exact: true }).click()
    }
    const closed = shown.waitForEvent('close')
    await shown.getByRole('button', { name: 'Finish Connecting Data' }).click()
    await closed
    await page.getByRole('status').filter({ hasText: 'Thank you' }).waitFor()
    await page.close()
    await example.status(/^maria$/, 'debug', 'connected')
    await example.status(/^20$/, 'debug', 'weights')
    await example.screenshot()
  })

  it('changes nothing when the person closes the window, who can open it again', async () => {
    const { page, shown } = await openWindow()
    await shown.getByRole('button', { name: 'Cancel' }).click()
    // Long enough for the script to see that the window is closed
    await page.waitForTimeout(500)
    assert.equal(await page.getByRole('status').textContent(), '')
    const again = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Connect' }).click()
    await (await again).close()
    await page.close()
  })

  it('creates a user without a page', async () => {
    await example.press('Create a user')
    await example.status(/^Jane Example$/, 'debug', 'created')
  })
})
