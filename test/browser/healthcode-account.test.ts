import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { healthcodeEndpoints } from '../../src/providers/healthcode/endpoints'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
import type { NodeRed } from '../runtime/support/node-red'
import { configField, type Editor, openEditor, testAccount, useEditor } from './support/editor'

/** As imported: with the addresses of another service, and with what this dialog has no fields for. */
const imported = {
  name: 'Imported',
  environment: 'custom',
  service: 'fhir',
  urls: {
    fhir: 'http://127.0.0.1/fhir',
    openidConfiguration: 'http://127.0.0.1/openid',
    discovery: 'http://127.0.0.1/discovery',
  },
  publicUrl: 'https://flows.example.org',
  store: 'store',
}
/** From before an account had a service: the base says that it is a FHIR server's. */
const early = { name: 'Early', environment: 'custom', urls: { fhir: 'http://127.0.0.1/fhir' } }

const flows = [
  { id: 'flow', type: 'tab', label: 'Healthcode' },
  { id: 'account', type: 'healthcode-account', name: '' },
  { id: 'server', type: 'healthcode-account', name: 'Server', service: 'fhir' },
  { id: 'imported', type: 'healthcode-account', ...imported },
  { id: 'early', type: 'healthcode-account', ...early },
  { id: 'store', type: 'health-store', name: 'Kept' },
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

  const open = (id = 'account') => editor.editConfig('healthcode-account', id)
  const saved = async (id: string) => (await nodeRed.getFlows()).find((node) => node.id === id)
  /** Every row that is shown: what its label says, and what its field does while it is empty. */
  const rows = async (dialog: Locator) => {
    await dialog.locator('#health-gateways-url-openidConfiguration[placeholder^="http"]').waitFor({
      state: 'attached',
    })
    const shown = dialog.locator('.form-row:visible').filter({ has: dialog.page().locator('label') })
    return Promise.all(
      (await shown.all()).map(async (row) => [
        (await row.locator('label').innerText()).trim(),
        await row.locator('input, select').first().getAttribute('placeholder'),
      ]),
    )
  }
  const labels = async (dialog: Locator) => (await rows(dialog)).map(([label]) => label)
  const signOn = ['Authentication', 'API Key Id', 'API Key', 'Scope', 'Allowed hosts']
  const network = ['Time-out (s)', 'TLS', 'Proxy']
  const openidTip = 'Optional: needed only where the server has no SMART configuration.'
  const urlsTip = 'Addresses. An empty one keeps its live value.'

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

  for (const id of ['server', 'imported', 'early']) {
    it(`asks for the base of a FHIR server before all else, and for nothing that is Healthcode's: ${id}`, async () => {
      const dialog = await open(id)
      await configField(dialog, 'environment').selectOption('custom')
      assert.equal(await configField(dialog, 'service').inputValue(), 'fhir')
      assert.deepEqual((await rows(dialog)).slice(3, 5), [
        ['Base URL of the FHIR server', 'https://host/fhir'],
        ['OpenID configuration', 'https://host/.well-known/openid-configuration'],
      ])
      assert.deepEqual(await labels(dialog), [
        ...['Name', 'Service', 'Environment', 'Base URL of the FHIR server', 'OpenID configuration'],
        ...[...signOn, ...network],
      ])
      assert.equal(await dialog.getByText(openidTip).isVisible(), true)
      assert.equal(await dialog.getByText(urlsTip).isVisible(), false)
      await editor.screenshot(`${nodeRed.version}-healthcode-account-${id}`)
      await editor.endDialog('cancel')
    })
  }

  it("asks for Healthcode's two documents, and shows their live addresses", async () => {
    const dialog = await open()
    await configField(dialog, 'environment').selectOption('custom')
    assert.deepEqual((await rows(dialog)).slice(3, 5), [
      ['Discovery document', healthcodeEndpoints.discovery],
      ['OpenID configuration', healthcodeEndpoints.openidConfiguration],
    ])
    assert.deepEqual(await labels(dialog), [
      ...['Name', 'Service', 'Environment', 'Discovery document', 'OpenID configuration'],
      ...['Site id', 'API version', ...signOn, ...network],
    ])
    assert.equal(await dialog.getByText(urlsTip).isVisible(), true)
    assert.equal(await dialog.getByText(openidTip).isVisible(), false)
    await editor.endDialog('cancel')
  })

  it('says so in German, too', async () => {
    const german = await openEditor(nodeRed, { locale: 'de' })
    try {
      const dialog = await german.editConfig('healthcode-account', 'imported')
      assert.deepEqual((await labels(dialog)).slice(1, 5), [
        ...['Dienst', 'Umgebung', 'Basis-URL des FHIR-Servers', 'OpenID-Konfiguration'],
      ])
      await german.screenshot(`${nodeRed.version}-healthcode-account-imported-de`)
      await configField(dialog, 'service').selectOption('healthcode')
      assert.deepEqual((await labels(dialog)).slice(3, 5), ['Discovery-Dokument', 'OpenID-Konfiguration'])
      assert.deepEqual(german.errors, [])
    } finally {
      await german.close()
    }
  })

  it('tests what it shows: the FHIR server at the base, and Healthcode without it', async () => {
    const { apiKeyId, apiKey, siteId } = provider.demo.healthcode
    const { discovery, openidConfiguration } = provider.urls.healthcode
    const dialog = await open('server')
    await configField(dialog, 'environment').selectOption('custom')
    await dialog.getByLabel('Base URL of the FHIR server').fill(provider.urls.fhir.base)
    await testAccount(dialog, 'The FHIR R4 server works.')
    await configField(dialog, 'service').selectOption('healthcode')
    await dialog.getByLabel('Discovery document').fill(discovery)
    await dialog.getByLabel('OpenID configuration').fill(openidConfiguration)
    await configField(dialog, 'siteId').fill(siteId)
    await configField(dialog, 'apiKeyId').fill(apiKeyId)
    await configField(dialog, 'apiKey').fill(apiKey)
    await testAccount(dialog, 'The discovery document, the API key and the site work.')
    await editor.endDialog('cancel')
  })

  it('tests with what it has no field for', async () => {
    const dialog = await open('imported')
    const asked = editor.page.waitForRequest('**/healthcode-account/imported/test')
    await testAccount(dialog, /^HG_/)
    const { config } = (await asked).postDataJSON() as { config: Record<string, unknown> }
    const { publicUrl, store, urls } = imported
    assert.deepEqual([config.publicUrl, config.store, config.urls], [publicUrl, store, urls])
    await editor.endDialog('cancel')
  })

  it('keeps what it has no field for, and the base for as long as it does not contradict the service', async () => {
    const change = async (...choices: [name: string, value: string][]) => {
      const dialog = await open('imported')
      for (const [name, value] of choices) await configField(dialog, name).selectOption(value)
      await configField(dialog, 'name').fill(`Changed: ${String(choices)}`)
      await editor.endDialog('ok')
      await editor.deploy()
      const account = await saved('imported')
      assert.equal(account?.name, `Changed: ${String(choices)}`)
      assert.deepEqual([account.publicUrl, account.store], [imported.publicUrl, imported.store])
      return account.urls
    }
    assert.deepEqual(await change(), imported.urls)
    assert.deepEqual(await change(['environment', 'sandbox'], ['service', 'healthcode']), imported.urls)
    const { fhir: _gone, ...rest } = imported.urls
    assert.deepEqual(await change(['environment', 'custom']), rest)
  })

  it('keeps addresses, site and key, hides the key, and says in a line what does not work', async () => {
    const { apiKeyId, apiKey, siteId, otherSite } = provider.demo.healthcode
    const dialog = await open()
    await configField(dialog, 'environment').selectOption('custom')
    const { discovery, openidConfiguration } = provider.urls.healthcode
    await dialog.getByLabel('Discovery document').fill(discovery)
    await dialog.getByLabel('OpenID configuration').fill(openidConfiguration)
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
    const account = await saved('account')
    assert.deepEqual([account?.siteId, account?.urls], [siteId, provider.urls.healthcode])
    assert.ok(!JSON.stringify(account).includes(apiKey))
    await editor.reload()
    const again = await open()
    assert.equal(await configField(again, 'apiKey').inputValue(), '__PWRD__')
    await testAccount(again, 'The discovery document, the API key and the site work.')
    await editor.endDialog('cancel')
  })
})
