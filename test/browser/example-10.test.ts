import { importExample } from './support/example'

describe('the example of members and remittances at Healthcode, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('10')

  it('finds the member of the form, and nobody of another name', async () => {
    const page = await example.visit('/healthcode/members')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('cell', { name: 'Tomasz Hargreaves' }).waitFor()
    await example.screenshot(page)
    await page.getByLabel('Last name').fill('Nobody')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByText('Nobody was found.').waitFor()
    await page.close()
  })

  it('reads remittances as a table, and one by one with their claims', async () => {
    await example.press('What was paid')
    await example.status(/^[1-9]\d*$/, 'healthcode-fhir', 'remittances')
    await example.press('Claims of each payment')
    await example.status(/^[1-9]\d*$/, 'healthcode-fhir', 'payments one by one')
    await example.screenshot()
  })
})
