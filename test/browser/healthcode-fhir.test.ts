import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import type { NodeRed } from '../runtime/support/node-red'
import { type Editor, useEditor } from './support/editor'

const flows = [
  { id: 'flow', type: 'tab', label: 'FHIR' },
  { id: 'account', type: 'healthcode-account', name: 'Healthcode', service: 'healthcode' },
  { id: 'server', type: 'healthcode-account', name: 'FHIR server', service: 'fhir' },
  // As somebody would write it by hand: everything that is left out is the default.
  { id: 'node', type: 'healthcode-fhir', z: 'flow', x: 200, y: 100, account: 'account', wires: [[]] },
]

describe('the dialog of healthcode-fhir', function () {
  this.timeout(120_000)
  let nodeRed: NodeRed
  let editor: Editor

  useEditor(flows, (opened) => ({ nodeRed, editor } = opened), { height: 1000 })

  const field = (dialog: Locator, name: string) => dialog.locator(`#node-input-${name}`)
  const proposal = (name: string) =>
    editor.page.locator('.red-ui-autoComplete-container').getByText(name, { exact: true })
  /** What is typed into a field that Node-RED has put another one in front of. */
  const typed = (dialog: Locator, name: string) =>
    field(dialog, name).locator('xpath=following-sibling::div[1]').locator('input').first()

  it('proposes the endpoints of the account, those of another one when it is chosen, and takes any text', async () => {
    const dialog = await editor.editNode('node')
    await dialog.getByText(/^12 endpoints\. Type, and choose\.$/).waitFor()
    await typed(dialog, 'endpoint').pressSequentially('remit')
    await proposal('search_remittance_summary_endpoint').waitFor()
    await editor.screenshot(`${nodeRed.version}-healthcode-fhir-endpoints`)
    await proposal('get_remittance_endpoint').click()
    assert.equal(await typed(dialog, 'endpoint').inputValue(), 'get_remittance_endpoint')
    const site = dialog.locator('label[for="node-input-siteId"]')
    assert.equal(await site.isVisible(), true)
    await field(dialog, 'account').selectOption('server')
    await dialog.getByText(/^14\d endpoints/).waitFor()
    assert.equal(await site.isVisible(), false)
    await typed(dialog, 'endpoint').fill('Patient/patient-1/Observation')
    await editor.endDialog('ok')
    await editor.deploy()
    const saved = (await nodeRed.getFlows()).find(({ id }) => id === 'node')
    assert.deepEqual(
      [saved?.account, saved?.endpoint, saved?.endpointType],
      ['server', 'Patient/patient-1/Observation', 'str'],
    )
  })

  it('shows the rows that an operation needs, and saves the defaults', async () => {
    const dialog = await editor.editNode('node')
    const rows: Record<string, string[]> = {
      read: ['resourceId', 'versionId', 'query'],
      create: ['document', 'ifNoneExist', 'prefer', 'check'],
      update: ['resourceId', 'document', 'conditional', 'query', 'ifMatch', 'matchVersion', 'check'],
      delete: ['resourceId', 'conditional', 'query', 'ifMatch'],
      search: ['query', 'count', 'all', 'output', 'onRequest'],
      history: ['resourceId', 'query', 'count', 'all', 'output', 'onRequest'],
      batch: ['document', 'most', 'check'],
      transaction: ['document', 'most', 'splitTransaction', 'check'],
      operation: [
        ...['operationName', 'method', 'resourceId', 'document', 'query', 'check'],
        ...['all', 'output', 'onRequest'],
      ],
    }
    const names = [...new Set(Object.values(rows).flat())].sort()
    for (const [operation, wanted] of Object.entries(rows)) {
      await field(dialog, 'operation').selectOption(operation)
      const visible = await Promise.all(
        names.map((name) => dialog.locator(`label[for="node-input-${name}"]`).isVisible()),
      )
      assert.deepEqual(
        names.filter((_, index) => visible[index]),
        [...wanted].sort(),
        operation,
      )
      await editor.screenshot(`${nodeRed.version}-healthcode-fhir-${operation}`)
    }
    await field(dialog, 'operation').selectOption('search')
    await editor.endDialog('ok')
    await editor.deploy()
    const saved = (await nodeRed.getFlows()).find(({ id }) => id === 'node')
    assert.deepEqual(
      [saved?.operation, saved?.resourceId, saved?.resourceIdType, saved?.all, saved?.check, saved?.output],
      ['search', 'id', 'msg', true, true, 'bundle'],
    )
  })
})
