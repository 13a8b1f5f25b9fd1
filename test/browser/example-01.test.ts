import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { sandboxUrl } from '../runtime/support/example'
import { importExample } from './support/example'

describe('the first example, clicked through', function () {
  this.timeout(120_000)
  const example = importExample('01')

  /** From "Connect" to the page on which services are chosen. */
  const signIn = async (): Promise<Page> => {
    const page = await example.visit('/healthjibe/connect')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('button', { name: 'Save and go back' }).waitFor()
    return page
  }

  it('says under the node that a user is not connected', async () => {
    await example.press("Send Maria's CCR")
    await example.status(/^not connected$/, 'healthjibe-notify')
  })

  it('sends the record of the demo user', async () => {
    await example.press("Send the demo user's CCR")
    await example.status(/^\d+ ms$/, 'healthjibe-notify')
    await example.screenshot()
  })

  it('connects a person, and sends their record', async () => {
    const page = await signIn()
    await page.getByRole('button', { name: 'Save and go back' }).click()
    await page.getByRole('heading', { name: 'You are connected' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    await page.close()
    await example.status(/^\d+ ms$/, 'healthjibe-connect')
    await example.press("Send Maria's CCR")
    await example.status(/^\d+ ms$/, 'healthjibe-notify')
  })

  it('shows in the sandbox what has arrived', async () => {
    const page = await example.visit(sandboxUrl(example.nodeRed))
    await page.getByText('CCR document 2').waitFor()
    await page.getByRole('link', { name: /document 2/ }).click()
    await page.getByText('Blood pressure').first().waitFor()
    await page.close()
  })

  it('obeys a person who wants nothing sent any more', async () => {
    const page = await signIn()
    await page.locator('input[name="notify"][value="false"]').check()
    await page.getByRole('button', { name: 'Save and go back' }).click()
    await page.getByRole('heading', { name: 'Nothing more will be sent' }).waitFor()
    await page.close()
    await example.press("Send Maria's CCR")
    await example.status(/^stopped by user$/, 'healthjibe-notify')
  })

  it('tells a person who refuses, and the flow', async () => {
    const page = await example.visit('/healthjibe/connect')
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByRole('heading', { name: 'That did not work' }).waitFor()
    await page.close()
    await example.status(/^forbidden$/, 'healthjibe-connect')
    example.expectRefusal(403)
  })

  it('is saved without a secret', async () => {
    const exported = JSON.stringify(await example.nodeRed.getFlows())
    assert.doesNotMatch(exported, /credentials|oauth_token|consumerSecret":"./)
  })
})
