import assert from 'node:assert/strict'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
import type { NodeRed } from '../runtime/support/node-red'
import { configField, type Editor, testAccount, useEditor } from './support/editor'

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
  })
  useEditor(flows, (opened) => ({ nodeRed, editor } = opened))
  after(() => provider.close())

  const open = () => editor.editConfig('healthcode-account', 'account')

  it('tests the sandbox without anything entered, as Healthcode and as a FHIR server', async () => {
    const dialog = await open()
    await testAccount(dialog, 'The discovery document, the API key and the site work.')
    await configField(dialog, 'service').selectOption('fhir')
    await testAccount(dialog, 'The FHIR R4 server works.')
    await editor.endDialog('cancel')
  })

  it('shows what the choices need, and nothing else', async () => {
    const dialog = await open()
    const shown = async () => {
      const names = ['siteId', 'apiVersion', 'apiKeyId', 'apiKey', 'keyId', 'scope']
      const visible = await Promise.all(names.map((name) => configField(dialog, name).isVisible()))
      return names.filter((_, index) => visible[index])
    }
    assert.deepEqual(await shown(), ['siteId', 'apiVersion', 'apiKeyId', 'apiKey', 'scope'])
    await configField(dialog, 'authentication').selectOption('privateKeyJwt')
    assert.deepEqual(await shown(), ['siteId', 'apiVersion', 'apiKeyId', 'apiKey', 'keyId', 'scope'])
    await configField(dialog, 'service').selectOption('fhir')
    await configField(dialog, 'authentication').selectOption('none')
    assert.deepEqual(await shown(), [])
    await editor.endDialog('cancel')
  })

  it('keeps addresses, site and key, hides the key, and says in a line what does not work', async () => {
    const { apiKeyId, apiKey, siteId, otherSite } = provider.demo.healthcode
    const dialog = await open()
    await configField(dialog, 'environment').selectOption('custom')
    for (const [name, url] of Object.entries({ ...provider.urls.healthcode })) {
      await dialog.getByLabel(name, { exact: true }).fill(url)
    }
    await configField(dialog, 'siteId').fill(otherSite.siteId)
    await configField(dialog, 'apiKeyId').fill(apiKeyId)
    await configField(dialog, 'apiKey').fill('wrong')
    await testAccount(dialog, /^HG_AUTH: The API key does not work: /)
    await configField(dialog, 'apiKey').fill(apiKey)
    await testAccount(dialog, /^HG_FORBIDDEN: The site does not work: /)
    await configField(dialog, 'siteId').fill(siteId)
    await testAccount(dialog, 'The discovery document, the API key and the site work.')
    await editor.screenshot(`${nodeRed.version}-healthcode-account`)
    await editor.endDialog('ok')
    await editor.deploy()
    const saved = (await nodeRed.getFlows()).find(({ id }) => id === 'account')
    assert.deepEqual([saved?.siteId, saved?.urls], [siteId, provider.urls.healthcode])
    assert.ok(!JSON.stringify(saved).includes(apiKey))
    await editor.reload()
    const again = await open()
    assert.equal(await configField(again, 'apiKey').inputValue(), '__PWRD__')
    await testAccount(again, 'The discovery document, the API key and the site work.')
    await editor.endDialog('cancel')
  })
})
