import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FlowNode, NodeRed } from './node-red'

const folder = path.join(__dirname, '../../../examples')

/** The nodes of the first example, as the package brings them. */
export function firstExample(): FlowNode[] {
  const file = path.join(folder, '01 - Send a CCR to HealthJibe.json')
  return JSON.parse(readFileSync(file, 'utf8')) as FlowNode[]
}

/** The one node of a type; with a name where there are several. */
export function nodeOf(nodes: readonly FlowNode[], type: string, name?: string): FlowNode {
  const found = nodes.filter((node) => node.type === type && (name === undefined || node.name === name))
  if (found.length !== 1) throw new Error(`${found.length} nodes of type ${type} ${name ?? ''}`)
  return found[0]!
}

/** Where the sandbox of a Node-RED is: any port that was free, as the log says. */
export function sandboxUrl(nodeRed: NodeRed): string {
  const url = /The sandbox is at (http:\S+)/.exec(nodeRed.log)?.[1]
  if (url === undefined) throw new Error(`No sandbox in the log:\n${nodeRed.log}`)
  return url
}

/** For `startNodeRed`: a sandbox that cannot be in the way of another one. */
export const anyPort = { HEALTH_GATEWAYS_SANDBOX_PORT: '0' }
