import assert from 'node:assert/strict'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
import type { NodeRed } from '../runtime/support/node-red'
import { configField, type Editor, testAccount, useEditor } from './support/editor'

const flows = [
  { id: 'flow', type: 'tab', label: 'Dialogs' },
  { id: 'account', type: 'razcode-account', name: '', environment: 'sandbox' },
  { id: 'store', type: 'health-store', name: '' },
  {
    id: 'notify',
    type: 'healthjibe-notify',
    z: 'flow',
    x: 200,
    y: 100,
    account: 'account',
    wires: [[], []],
  },
  { id: 'ccr', type: 'ccr', z: 'flow', x: 440, y: 100, wires: [[]] },
  ...['healthjibe-connect', 'razcode-activate', 'razcode-stage', 'hms-list', 'hms-read'].map(
    (type, index) => ({
      id: type,
      type,
      z: 'flow',
      x: 200,
      y: 160 + 60 * index,
      account: 'account',
      wires: [[], []],
    }),
  ),
]

describe('the dialogs', function () {
  this.timeout(120_000)
  let nodeRed: NodeRed
  let provider: Sandbox
  let editor: Editor

  before(async () => {
    provider = await startSandbox()
  })
  useEditor(flows, (opened) => ({ nodeRed, editor } = opened))
  after(() => provider.close())

  const saved = async (id: string) => (await nodeRed.getFlows()).find((node) => node.id === id)

  it('of a CCR: asks for what its action needs', async () => {
    const dialog = await editor.editNode('ccr')
    const several = dialog.locator('#node-input-several')
    const pretty = dialog.locator('#node-input-pretty')
    const shown = async () => [await several.isVisible(), await pretty.isVisible()]
    assert.deepEqual(await shown(), [true, false])
    assert.equal(await several.inputValue(), 'sequence')
    await editor.screenshot(`${nodeRed.version}-ccr`)
    await several.selectOption('array')
    await dialog.locator('#node-input-action').selectOption('build')
    assert.deepEqual(await shown(), [false, true])
    await dialog.locator('#node-input-action').selectOption('validate')
    assert.deepEqual(await shown(), [false, false])
    await editor.endDialog('ok')
    await editor.deploy()
    const node = await saved('ccr')
    assert.deepEqual([node?.several, node?.action], ['array', 'validate'])
  })

  it('of an account: tests the sandbox', async () => {
    const dialog = await editor.editConfig('razcode-account', 'account')
    await testAccount(dialog, 'The account works.')
    await editor.endDialog('cancel')
  })

  it('of an account: keeps own addresses and hides the secret', async () => {
    let dialog = await editor.editConfig('razcode-account', 'account')
    await configField(dialog, 'environment').selectOption('custom')
    await configField(dialog, 'consumerKey').fill(provider.demo.consumer.key)
    await configField(dialog, 'consumerSecret').fill('wrong')
    await configField(dialog, 'publicUrl').fill('https://flows.example.org')
    await dialog.locator('.health-gateways-url').first().waitFor()
    const order = await dialog.locator('.health-gateways-urls').innerText()
    await dialog.getByLabel('requestToken').fill(provider.urls.razcode.requestToken)
    const { stage } = provider.urls.razcode
    await dialog.getByLabel('stage', { exact: true }).fill(stage)
    await testAccount(dialog, /^HG_AUTH: /)
    await configField(dialog, 'consumerSecret').fill(provider.demo.consumer.secret)
    await testAccount(dialog, 'The account works.')
    await editor.screenshot(`${nodeRed.version}-account-custom`)
    await editor.endDialog('ok')
    await editor.deploy()

    const account = await saved('account')
    assert.deepEqual(account?.urls, { requestToken: provider.urls.razcode.requestToken, stage })
    assert.equal(account.environment, 'custom')
    assert.doesNotMatch(JSON.stringify(account), new RegExp(provider.demo.consumer.secret))

    await editor.reload()
    dialog = await editor.editConfig('razcode-account', 'account')
    assert.equal(await configField(dialog, 'consumerSecret').inputValue(), '__PWRD__')
    assert.equal(await dialog.getByLabel('requestToken').inputValue(), provider.urls.razcode.requestToken)
    assert.equal(await dialog.locator('.health-gateways-urls').innerText(), order)
    await testAccount(dialog, 'The account works.')
    await editor.endDialog('cancel')
  })

  it('of an account: keeps addresses that it could not show', async () => {
    const before = (await saved('account'))?.urls
    await editor.page.route('**/endpoints', (route) => route.abort())
    const dialog = await editor.editConfig('razcode-account', 'account')
    await dialog.getByText('Node-RED did not answer').waitFor()
    await configField(dialog, 'name').fill('Renamed')
    await editor.endDialog('ok')
    await editor.deploy()
    await editor.page.unroute('**/endpoints')
    assert.deepEqual((await saved('account'))?.urls, before)
    assert.equal((await saved('account'))?.name, 'Renamed')
    // The request that was made to fail is the one error on the console.
    editor.errors.splice(
      0,
      editor.errors.length,
      ...editor.errors.filter((text) => !text.includes('ERR_FAILED')),
    )
  })

  it('of a store: makes a key where there is none, once', async () => {
    let dialog = await editor.editConfig('health-store', 'store')
    const made = await configField(dialog, 'encryptionKey').inputValue()
    assert.equal(Buffer.from(made, 'base64').length, 32)
    await editor.endDialog('ok')
    await editor.deploy()
    assert.doesNotMatch(JSON.stringify(await nodeRed.getFlows()), /encryptionKey/)
    const credentials = (await nodeRed.adminJson('/credentials/health-store/store')) as Record<
      string,
      unknown
    >
    assert.equal(credentials.has_encryptionKey, true)

    await editor.reload()
    dialog = await editor.editConfig('health-store', 'store')
    assert.equal(await configField(dialog, 'encryptionKey').inputValue(), '__PWRD__')
    await editor.endDialog('cancel')
  })

  it('of an action: keeps its properties as the contract names them', async () => {
    const dialog = await editor.editNode('notify')
    const chosen = dialog.locator('#node-input-account option:checked')
    assert.equal(await chosen.textContent(), 'Renamed')
    await dialog.locator('#node-input-name').fill('Send')
    await editor.endDialog('ok')
    await editor.deploy()
    const { x, y, wires, z, ...node } = (await saved('notify')) ?? { id: '', type: '' }
    assert.deepEqual(node, {
      id: 'notify',
      type: 'healthjibe-notify',
      name: 'Send',
      account: 'account',
      user: 'user',
      userType: 'msg',
      document: 'payload',
      documentType: 'msg',
    })
    assert.deepEqual([y, wires, z], [100, [[], []], 'flow'])
    assert.equal(typeof x, 'number')
  })

  /** What a dialog writes into a node of which the flow says nothing: what the node does without it. */
  const written: Record<string, Record<string, unknown>> = {
    'healthjibe-connect': {
      action: 'connect',
      user: 'user',
      userType: 'msg',
      returnUrl: '',
      returnUrlType: 'str',
      sendUser: false,
    },
    'razcode-activate': { user: 'user', userType: 'msg', returnUrl: '', returnUrlType: 'str' },
    'razcode-stage': {
      document: 'payload',
      documentType: 'msg',
      code: 'tag',
      qrFormat: 'svg',
      qrErrorCorrection: 'M',
      restrictTo: 'restrictTo',
      restrictToType: 'msg',
      organisation: 'organisation',
      organisationType: 'msg',
      payment: 'payment',
      paymentType: 'msg',
    },
    'hms-list': { user: 'user', userType: 'msg' },
    'hms-read': {
      user: 'user',
      userType: 'msg',
      hms: 'hms',
      hmsType: 'msg',
      startDate: 'startDate',
      startDateType: 'msg',
      endDate: 'endDate',
      endDateType: 'msg',
      output: 'xml',
    },
  }
  for (const [type, properties] of Object.entries(written)) {
    it(`of ${type}: writes what the node does without it`, async () => {
      const dialog = await editor.editNode(type)
      await dialog.locator('#node-input-name').fill('Mine')
      await editor.screenshot(`${nodeRed.version}-${type}`)
      await editor.endDialog('ok')
      await editor.deploy()
      const node = await saved(type)
      for (const [name, value] of Object.entries(properties)) {
        assert.deepEqual([name, node?.[name]], [name, value])
      }
    })
  }

  it('of razcode-stage: shows what a choice needs', async () => {
    const dialog = await editor.editNode('razcode-stage')
    const format = dialog.locator('#node-input-qrFormat')
    const plainHttp = dialog.getByText('plain http, not encrypted')
    assert.deepEqual([await format.isVisible(), await plainHttp.isVisible()], [false, true])
    await dialog.locator('#node-input-code').selectOption('qr')
    assert.deepEqual([await format.isVisible(), await plainHttp.isVisible()], [true, false])
    await format.selectOption('png')
    await editor.screenshot(`${nodeRed.version}-razcode-stage-qr`)
    await editor.endDialog('ok')
    await editor.deploy()
    const stage = await saved('razcode-stage')
    assert.deepEqual([stage?.code, stage?.qrFormat], ['qr', 'png'])
  })

  it('of hms-read: says why no names can be loaded', async () => {
    const dialog = await editor.editNode('hms-read')
    await dialog.getByRole('button', { name: 'Load names' }).click()
    await dialog.getByText(/^HG_NOT_CONNECTED: Nobody has connected/).waitFor()
    await editor.endDialog('cancel')
  })
})
