import assert from 'node:assert/strict'
import { anyPort } from '../runtime/support/example'
import { type NodeRed, startNodeRed } from '../runtime/support/node-red'
import { examples, manifest } from '../runtime/support/package'
import { type Editor, openEditor } from './support/editor'

describe('the examples, one after another', function () {
  this.timeout(120_000)
  let nodeRed: NodeRed
  let editor: Editor

  before(async () => {
    nodeRed = await startNodeRed({ env: anyPort })
    editor = await openEditor(nodeRed)
  })
  after(async () => {
    await editor.close()
    await nodeRed.stop()
  })

  it('share one account of each service', async () => {
    for (const { name } of examples) await editor.importExample(manifest.name, name)
    await editor.deploy()
    const flows = await nodeRed.getFlows()
    const tabs = flows.filter(({ type }) => type === 'tab').map(({ label }) => label)
    assert.deepEqual(
      examples.filter(({ name }) => !tabs.includes(name)),
      [],
    )
    const accounts = flows.filter(({ type }) => type.endsWith('-account'))
    const services = accounts.map(({ type, service }) => JSON.stringify([type, service]))
    assert.equal(new Set(services).size, accounts.length)
    const used = new Set(flows.map(({ account }) => account).filter((account) => account !== undefined))
    assert.deepEqual([...used].sort(), accounts.map(({ id }) => id).sort())
    assert.deepEqual(editor.errors, [])
  })

  it('use no id twice, but for what they share', () => {
    const ids = examples.flatMap(({ flow }) =>
      flow.filter(({ x, type }) => x !== undefined || type === 'tab'),
    )
    assert.equal(new Set(ids.map(({ id }) => id)).size, ids.length)
  })
})
