import assert from 'node:assert/strict'
import { importExample } from './support/example'

describe('the example of connecting with Human API, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('06')

  it('connects two sources of a new person, and knows the person again', async () => {
    const page = await example.visit('/humanapi/connect')
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    const frame = page.frameLocator('#human-api')
    for (const source of ['Demo Smart Scale', 'Demo Fitness Band']) {
      await frame.getByRole('button', { name: `Connect ${source}`, exact: true }).click()
      await frame.getByRole('button', { name: 'Sign in and connect' }).click()
      await frame.getByRole('button', { name: `Disconnect ${source}` }).waitFor()
    }
    await example.screenshot(page)
    await frame.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByText('Thank you. You can close this page.').waitFor()
    await example.status(/^close$/, 'debug', 'event')
    await example.screenshot()

    await example.press('A token for Maria')
    await example.status(/^id$/, 'debug', 'type of the token')
    await page.reload()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await frame.getByRole('button', { name: 'Disconnect Demo Smart Scale' }).click()
    await frame.getByRole('button', { name: 'Connect Demo Smart Scale', exact: true }).waitFor()
    await example.status(/^disconnect$/, 'debug', 'event')
    await page.keyboard.press('Escape')
    await example.status(/^close$/, 'debug', 'event')
    assert.equal(await page.locator('#human-api').count(), 0)
    await page.close()
  })
})
