import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import type { NodeRed } from '../runtime/support/node-red'
import { type Editor, openEditor, useEditor } from './support/editor'

const flows = [
  { id: 'flow', type: 'tab', label: 'FHIR' },
  { id: 'account', type: 'healthcode-account', name: 'Healthcode', service: 'healthcode' },
  { id: 'server', type: 'healthcode-account', name: 'FHIR server', service: 'fhir' },
  // From before an account had a service: the base says that it is a FHIR server's.
  {
    id: 'early',
    type: 'healthcode-account',
    environment: 'custom',
    urls: { fhir: 'http://127.0.0.1:9/fhir' },
  },
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
    await field(dialog, 'account').selectOption('early')
    assert.equal(await site.isVisible(), false)
    await field(dialog, 'account').selectOption('account')
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
      search: ['query', 'count', 'all', 'output'],
      history: ['resourceId', 'query', 'count', 'all', 'output'],
      batch: ['document', 'most', 'check'],
      transaction: ['document', 'most', 'splitTransaction', 'check'],
      operation: [
        ...['operationName', 'method', 'resourceId', 'document', 'query', 'check'],
        ...['all', 'output'],
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

  it('asks for messages handed back only where there are several', async () => {
    const dialog = await editor.editNode('node')
    await field(dialog, 'operation').selectOption('search')
    const shown: string[] = []
    for (const output of ['entries', 'bundle', 'pages']) {
      await field(dialog, 'output').selectOption(output)
      if (await dialog.getByLabel('The next one when a message is handed back').isVisible())
        shown.push(output)
    }
    assert.deepEqual(shown, ['entries', 'pages'])
    await field(dialog, 'operation').selectOption('read')
    assert.equal(await dialog.getByLabel('The next one when a message is handed back').isVisible(), false)
    await editor.endDialog('cancel')
  })

  /** What a person reads of a field that is empty: label, place holder, and what pointing at the row tells. */
  const read = async (dialog: Locator, name: string) => {
    const label = dialog.locator(`label[for="node-input-${name}"]`)
    // One line is about 20 px high.
    const { height = 0 } = (await label.boundingBox()) ?? {}
    assert.ok(height > 0 && height < 35, `the label of ${name} does not fit into its line`)
    return [
      (await label.innerText()).trim(),
      await typed(dialog, name).getAttribute('placeholder'),
      await label.locator('xpath=..').getAttribute('title'),
    ]
  }
  const texts: Record<string, Record<string, [label: string, hint: string, tip: RegExp]>> = {
    'en-US': {
      count: ['Per page', 'entries a request, not in all', /does not limit the whole list/],
      timeZone: ['Request zone', 'Europe/London, where missing', /^Sent times without a zone/],
      answerTimeZone: ['Answer zone', 'Europe/London; empty: as sent', /^The times of answers/],
    },
    de: {
      count: ['Je Seite', 'Einträge je Anfrage, nicht insgesamt', /^So viele Einträge werden auf einmal/],
      timeZone: ['Zone Anfrage', 'Europe/Berlin, wo sie fehlt', /^Gesendete Zeiten ohne Zone/],
      answerTimeZone: ['Zone Antwort', 'Europe/Berlin; leer: wie gesendet', /^Die Zeiten der Antworten/],
    },
  }
  for (const [locale, fields] of Object.entries(texts)) {
    it(`tells what the page size and the zones are for: ${locale}`, async () => {
      const other = await openEditor(nodeRed, { locale, height: 1000 })
      try {
        const dialog = await other.editNode('node')
        await field(dialog, 'operation').selectOption('search')
        await other.screenshot(`${nodeRed.version}-healthcode-fhir-search-${locale}`)
        for (const [name, [label, hint, tip]] of Object.entries(fields)) {
          const [readLabel, readHint, readTip] = await read(dialog, name)
          assert.deepEqual([readLabel, readHint], [label, hint])
          assert.match(readTip ?? '', tip)
        }
        assert.deepEqual(other.errors, [])
      } finally {
        await other.close()
      }
    })
  }
})
