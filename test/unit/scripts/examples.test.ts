import assert from 'node:assert/strict'
import type { FlowNode } from '../../../scripts/lib/examples.mjs' with { 'resolution-mode': 'import' }

const tab = (id: string): FlowNode => ({ id, type: 'tab', label: id })
const node = (id: string, z: string, more: object = {}): FlowNode => ({
  id,
  type: 'debug',
  z,
  x: 1,
  y: 1,
  ...more,
})
const account: FlowNode = { id: 'account', type: 'razcode-account', name: 'ours' }

async function merge(examples: Record<string, FlowNode[]>): Promise<FlowNode[]> {
  const { mergeExamples } = await import('../../../scripts/lib/examples.mjs')
  return mergeExamples(Object.entries(examples).map(([name, nodes]) => ({ name, nodes })))
}

describe('the examples as one flow file', () => {
  it('keeps each on its own tab, in order', async () => {
    const flows = await merge({ a: [tab('a'), node('n1', 'a')], b: [tab('b'), node('n2', 'b')] })
    assert.deepEqual(
      flows.map(({ id }) => id),
      ['a', 'n1', 'b', 'n2'],
    )
  })

  it('shares config nodes of the same id', async () => {
    const flows = await merge({ a: [tab('a'), account], b: [tab('b'), { ...account, name: 'other' }] })
    assert.deepEqual(
      flows.filter(({ type }) => type === 'razcode-account'),
      [account],
    )
  })

  it('makes a tab, named after the file, for nodes that come without one', async () => {
    const flows = await merge({ '01 - Loose': [node('n1', 'nowhere'), account] })
    const [made, loose] = flows
    assert.equal(made?.type, 'tab')
    assert.equal(made.label, '01 - Loose')
    assert.equal(loose?.z, made.id)
    assert.equal('z' in flows[2]!, false)
  })

  it('gives new ids where a later example uses one again, in wires and references too', async () => {
    const one = [tab('t'), node('n', 't', { wires: [['m']], account: 'account' }), node('m', 't'), account]
    const flows = await merge({ a: one, b: one })
    assert.equal(new Set(flows.map(({ id }) => id)).size, flows.length)
    assert.equal(flows.length, 7)
    const [otherTab, otherN, otherM] = flows.slice(4)
    assert.equal(otherN?.z, otherTab?.id)
    assert.deepEqual(otherN?.wires, [[otherM?.id]])
    assert.equal(otherN.account, 'account')
  })

  it('comes out the same each time', async () => {
    const examples = { a: [tab('t'), node('n', 't')], b: [tab('t'), node('n', 't')], c: [node('loose', '')] }
    assert.deepEqual(await merge(examples), await merge(examples))
  })
})
