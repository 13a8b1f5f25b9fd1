import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
import { anyPort } from '../runtime/support/example'
import { type NodeRed, startNodeRed } from '../runtime/support/node-red'
import { type Editor, openEditor } from './support/editor'

const flows = [
  { id: 'flow', type: 'tab', label: 'Healthcode' },
  { id: 'account', type: 'healthcode-account', name: '' },
  {
    ...{ id: 'node', type: 'healthcode-fhir', z: 'flow', x: 200, y: 100, account: 'account' },
    wires: [[]],
  },
]

describe('the dialog of healthcode-account', function () {
  this.timeout(120_000)
  let nodeRed: NodeRed
  let provider: Sandbox
  let editor: Editor

  before(async () => {
    provider = await startSandbox()
    nodeRed = await startNodeRed({ flows, env: anyPort })
    editor = await openEditor(nodeRed)
  })
  after(async () => {
    await editor.close()
    await nodeRed.stop()
    await provider.close()
  })
  afterEach(() => {
    assert.deepEqual(editor.errors, [])
  })

  const open = () => editor.editConfig('healthcode-account', 'account')
  const field = (dialog: Locator, name: string) => dialog.locator(`#node-config-input-${name}`)
  const tested = async (dialog: Locator, line: string | RegExp) => {
    await dialog.getByRole('button', { name: 'Test' }).click()
    await dialog.locator('.health-gateways-test-result').getByText(line).waitFor()
  }

  it('tests the sandbox without anything entered, as Healthcode and as a FHIR server', async () => {
    const dialog = await open()
    await tested(dialog, 'The discovery document, the API key and the site work.')
    await field(dialog, 'service').selectOption('fhir')
    await tested(dialog, 'The FHIR R4 server works.')
    await editor.endDialog('cancel')
  })

  it('shows what the choices need, and nothing else', async () => {
    const dialog = await open()
    const shown = async () => {
      const names = ['siteId', 'apiVersion', 'apiKeyId', 'apiKey', 'keyId', 'scope']
      const visible = await Promise.all(names.map((name) => field(dialog, name).isVisible()))
      return names.filter((_, index) => visible[index])
    }
    assert.deepEqual(await shown(), ['siteId', 'apiVersion', 'apiKeyId', 'apiKey', 'scope'])
    await field(dialog, 'authentication').selectOption('privateKeyJwt')
    assert.deepEqual(await shown(), ['siteId', 'apiVersion', 'apiKeyId', 'apiKey', 'keyId', 'scope'])
    await field(dialog, 'service').selectOption('fhir')
    await field(dialog, 'authentication').selectOption('none')
    assert.deepEqual(await shown(), [])
    await editor.endDialog('cancel')
  })

  it('keeps addresses, site and key, hides the key, and says in a line what does not work', async () => {
    const { apiKeyId, apiKey, siteId, otherSite } = provider.demo.healthcode
    const dialog = await open()
    await field(dialog, 'environment').selectOption('custom')
    for (const [name, url] of Object.entries({ ...provider.urls.healthcode })) {
      await dialog.getByLabel(name, { exact: true }).fill(url)
    }
    await field(dialog, 'siteId').fill(otherSite.siteId)
    await field(dialog, 'apiKeyId').fill(apiKeyId)
    await field(dialog, 'apiKey').fill('wrong')
    await tested(dialog, /^HG_AUTH: The API key does not work: /)
    await field(dialog, 'apiKey').fill(apiKey)
    await tested(dialog, /^HG_FORBIDDEN: The site does not work: /)
    await field(dialog, 'siteId').fill(siteId)
    await tested(dialog, 'The discovery document, the API key and the site work.')
    await editor.screenshot(`${nodeRed.version}-healthcode-account`)
    await editor.endDialog('ok')
    await editor.deploy()
    const saved = (await nodeRed.getFlows()).find(({ id }) => id === 'account')
    assert.deepEqual([saved?.siteId, saved?.urls], [siteId, provider.urls.healthcode])
    assert.ok(!JSON.stringify(saved).includes(apiKey))
    await editor.reload()
    const again = await open()
    assert.equal(await field(again, 'apiKey').inputValue(), '__PWRD__')
    await tested(again, 'The discovery document, the API key and the site work.')
    await editor.endDialog('cancel')
  })
})
