import { daysAgo } from '../support/days'
import { importExample } from './support/example'

describe('the example of reading steps and sleep from ZivaCare, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('09')

  it('shows the last two weeks, and the days that are chosen', async () => {
    const page = await example.visit('/zivacare/days')
    await page.getByRole('heading', { name: 'Your steps and sleep' }).waitFor()
    await page
      .getByRole('row', { name: new RegExp(daysAgo(3)) })
      .first()
      .waitFor()
    await example.screenshot(page)
    await page.getByLabel('First day').fill(daysAgo(8))
    await page.getByLabel('Last day').fill(daysAgo(7))
    await page.getByRole('button', { name: 'Show' }).click()
    await page
      .getByRole('row', { name: new RegExp(daysAgo(3)) })
      .first()
      .waitFor({ state: 'detached' })
    await page.getByRole('row', { name: new RegExp(`${daysAgo(7)}.*hours`) }).waitFor()
    await example.screenshot()

    await page.getByLabel('Last day').fill(daysAgo(9))
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('alert').filter({ hasText: 'first day' }).waitFor()
    await page.close()
    example.expectRefusal(400)
  })

  it('offers the types of data in the dialog', async () => {
    const { editor, nodeRed } = example
    const id = (await nodeRed.getFlows()).find(({ resource }) => resource === 'steps')?.id
    const dialog = await editor.editNode(String(id))
    await dialog.getByText('Steps (steps)').waitFor()
    await editor.screenshot(`${nodeRed.version}-example-09-resource`)
    await editor.endDialog('ok')
  })
})
