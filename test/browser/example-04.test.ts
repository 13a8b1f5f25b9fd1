import assert from 'node:assert/strict'
import { importExample } from './support/example'
import { readQr } from './support/qr'

describe('the example of a RAZCODE, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('04')

  it('shows a QR code that leads to the record', async () => {
    const page = await example.visit('/razcode')
    const address = await readQr(page.getByRole('img', { name: 'QR code' }))
    assert.equal(address, await page.getByRole('link').getAttribute('href'))
    await example.screenshot(page)
    await page.goto(address)
    await page.getByRole('heading', { name: 'Your health record' }).waitFor()
    await page.getByText('Amoxicillin 500 mg').first().waitFor()
    await page.close()
    await example.status(/^\d+ ms$/, 'razcode-stage')
  })

  it('shows a code that leads to the record when it is typed', async () => {
    const page = await example.visit('/razcode')
    const code = await page.locator('strong').innerText()
    await page.goto(new URL('/razcode', (await page.getByRole('link').getAttribute('href')) ?? '').href)
    await page.getByLabel('RAZCODE').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Show the record' }).click()
    await page.getByRole('heading', { name: 'Your health record' }).waitFor()
    await page.close()
  })

  it('stages a record for one user, with a payment', async () => {
    await example.press('For one user, with a payment')
    await example.status(/^\d+ ms$/, 'razcode-stage')
    await example.screenshot()
    const staged = await example.nodeRed.debugged(example.id('debug', 'RAZCODE'))
    const { razUri } = JSON.parse(staged[0]?.msg ?? '') as { razUri: string }
    const page = await example.visit(razUri)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('demo@example.org only').waitFor()
    await page.close()
  })
})
