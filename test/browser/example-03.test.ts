import assert from 'node:assert/strict'
import { importExample } from './support/example'

const service = 'My Health Journal'

describe('the example of reading from a service, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('03')

  it('says that a service has nothing yet', async () => {
    const page = await example.visit('/healthjibe/records')
    await page.getByLabel('Service').selectOption(service)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText('Nothing has been kept here').waitFor()
    await page.close()
  })

  it('shows a record that was sent, and the part of it that is of some days', async () => {
    await example.press('First: send a record')
    await example.status(/^\d+ ms$/, 'healthjibe-notify')
    const page = await example.visit('/healthjibe/records')
    await page.getByLabel('Service').selectOption(service)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText('Metformin 500 mg').waitFor()
    await page.getByText('Heart rate 68 /min').waitFor()
    await example.screenshot(page)

    await page.getByLabel('First day').fill('2026-03-01')
    await page.getByLabel('Last day').fill('2026-03-31')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText('Metformin 500 mg').waitFor({ state: 'detached' })
    await page.getByText('Heart rate 68 /min').waitFor()
    assert.equal(await page.getByLabel('First day').inputValue(), '2026-03-01')

    await example.status(/^1$/, 'hms-list')
    await example.status(/^\d+ ms$/, 'hms-read')
    await example.screenshot()

    await page.getByLabel('Last day').fill('2026-02-01')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('alert').filter({ hasText: 'first day' }).waitFor()
    await page.close()
    await example.status(/^unusable message$/, 'hms-read')
    example.expectRefusal(400)
  })

  it('offers the names of the services in the dialog', async () => {
    const { editor, nodeRed } = example
    const read = example.id('hms-read')
    const dialog = await editor.editNode(read)
    await dialog.getByRole('button', { name: 'Load names' }).click()
    await dialog.getByText('Of the user demo').waitFor()
    await dialog.getByLabel('Health management services').selectOption(service)
    await editor.screenshot(`${nodeRed.version}-example-03-names`)
    await editor.endDialog('ok')
    await editor.deploy()
    const saved = (await nodeRed.getFlows()).find(({ id }) => id === read)
    assert.deepEqual({ hms: saved?.hms, hmsType: saved?.hmsType }, { hms: service, hmsType: 'str' })
  })
})
