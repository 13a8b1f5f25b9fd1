import { createHash } from 'node:crypto'

const onCanvas = (node) => typeof node.x === 'number' && typeof node.y === 'number'
const isConfig = (node) => !onCanvas(node) && !['tab', 'subflow', 'group'].includes(node.type)

/**
 * One flow file of several examples. Each keeps its own tabs, or gets one named after its file; accounts and other
 * config nodes with the same id are one node; any other id that an earlier example has used already is replaced.
 * @param {{ name: string, nodes: object[] }[]} examples
 */
export function mergeExamples(examples) {
  const merged = []
  const used = new Set()
  for (const example of examples) {
    const nodes = withTab(example).map((node) => structuredClone(node))
    const ids = new Map(
      nodes
        .filter((node) => used.has(node.id) && !isConfig(node))
        .map(({ id }) => [id, newId(example.name, id)]),
    )
    for (const node of nodes) {
      if (used.has(node.id) && isConfig(node)) continue
      const own = ids.size > 0 ? replaceIds(node, ids) : node
      used.add(own.id)
      merged.push(own)
    }
  }
  return merged
}

function withTab({ name, nodes }) {
  const tabs = new Set(nodes.filter(({ type }) => type === 'tab' || type === 'subflow').map(({ id }) => id))
  const loose = (node) => (onCanvas(node) || node.type === 'group') && !tabs.has(node.z)
  if (!nodes.some(loose)) return nodes
  const tab = { id: newId(name, 'tab'), type: 'tab', label: name, disabled: false, info: '', env: [] }
  return [tab, ...nodes.map((node) => (loose(node) ? { ...node, z: tab.id } : node))]
}

const newId = (name, id) => createHash('sha256').update(`${name}\0${id}`).digest('hex').slice(0, 16)

/** Ids stand in `id`, `z`, `g`, `wires`, `links` and in any property of a node that names another. */
function replaceIds(value, ids) {
  if (typeof value === 'string') return ids.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => replaceIds(item, ids))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceIds(item, ids)]))
}
