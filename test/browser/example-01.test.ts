import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { anyPort, firstExample, nodeOf, sandboxUrl } from '../runtime/support/example'
import { type NodeRed, startNodeRed } from '../runtime/support/node-red'
import { manifest } from '../runtime/support/package'
import { type Editor, openEditor } from './support/editor'

const example = firstExample()
const id = (type: string, name?: string) => nodeOf(example, type, name).id

describe('the first example, clicked through', function () {
  this.timeout(120_000)
  let nodeRed: NodeRed
  let editor: Editor

  before(async () => {
    nodeRed = await startNodeRed({ env: anyPort })
    editor = await openEditor(nodeRed)
    await editor.importExample(manifest.name, '01 - Send a CCR to HealthJibe')
    await editor.deploy()
  })
  after(async () => {
    await editor.close()
    await nodeRed.stop()
  })
  afterEach(() => {
    assert.deepEqual(editor.errors, [])
  })

  const statusOf = async (node: string, fits: RegExp) => {
    await editor.show(node)
    const label = editor.page.locator(`g[id="${node}"] .red-ui-flow-node-status-label`)
    await label.filter({ hasText: fits }).waitFor()
  }

  /** From "Connect" to the page on which services are chosen. */
  const signIn = async (): Promise<Page> => {
    const page = await editor.newPage()
    await page.goto(`${nodeRed.url}/healthjibe/connect`)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('button', { name: 'Save and go back' }).waitFor()
    return page
  }

  it('says under the node that a user is not connected', async () => {
    await editor.inject(id('inject', "Send Maria's CCR"))
    await statusOf(id('healthjibe-notify'), /^not connected$/)
  })

  it('sends the record of the demo user', async () => {
    await editor.inject(id('inject', "Send the demo user's CCR"))
    await statusOf(id('healthjibe-notify'), /^\d+ ms$/)
    await editor.screenshot(`${nodeRed.version}-example-01`)
  })

  it('connects a person, and sends their record', async () => {
    const page = await signIn()
    await page.getByRole('button', { name: 'Save and go back' }).click()
    await page.getByRole('heading', { name: 'You are connected' }).waitFor()
    await page.close()
    await statusOf(id('healthjibe-connect'), /^\d+ ms$/)
    await editor.inject(id('inject', "Send Maria's CCR"))
    await statusOf(id('healthjibe-notify'), /^\d+ ms$/)
  })

  it('shows in the sandbox what has arrived', async () => {
    const page = await editor.newPage()
    await page.goto(sandboxUrl(nodeRed))
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
    await editor.inject(id('inject', "Send Maria's CCR"))
    await statusOf(id('healthjibe-notify'), /^stopped by user$/)
  })

  it('tells a person who refuses, and the flow', async () => {
    const page = await editor.newPage()
    await page.goto(`${nodeRed.url}/healthjibe/connect`)
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByRole('heading', { name: 'The connection was not made' }).waitFor()
    await page.close()
    await statusOf(id('healthjibe-connect'), /^forbidden$/)
    // The browser writes a refused page (403) to its console as an error; that one is meant.
    editor.errors.splice(0, editor.errors.length, ...editor.errors.filter((text) => !text.includes('403')))
  })

  it('is saved without a secret', async () => {
    const exported = JSON.stringify(await nodeRed.getFlows())
    assert.doesNotMatch(exported, /credentials|oauth_token|consumerSecret":"./)
  })
})
