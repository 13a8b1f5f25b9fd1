import assert from 'node:assert/strict'
import { importExample } from './support/example'

describe('the example of reading vital signs, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('07')

  it('draws the measurement that is chosen', async () => {
    const page = await example.visit('/humanapi/vitals')
    await page.getByRole('img', { name: /^100 values .* bpm$/ }).waitFor()
    await page.getByLabel('Measurement').selectOption('Blood pressure')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('img', { name: /mmHg$/ }).waitFor()
    assert.equal(await page.locator('polyline').count(), 2)
    await example.screenshot(page)
    await page.close()
  })

  it('reads page by page, and offers the resources in the dialog', async () => {
    await example.press('Page by page')
    await example.status(/^[1-9]\d*$/, 'humanapi-read', 'page by page')
    await example.screenshot()
    const { editor, nodeRed } = example
    const id = example.id('humanapi-read', 'page by page')
    const dialog = await editor.editNode(id)
    await dialog.getByText('Heart rate: readings (heart_rate/readings)').waitFor()
    await editor.screenshot(`${nodeRed.version}-example-07-resources`)
    await editor.endDialog('ok')
    const saved = (await nodeRed.getFlows()).find((node) => node.id === id)
    assert.deepEqual(
      [saved?.resource, saved?.resourceType, saved?.recordId, saved?.all],
      ['heart_rate/readings', 'str', 'id', true],
    )
  })
})
