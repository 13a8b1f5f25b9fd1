import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { builtinKeys } from '../../../src/store/builtin-key'
import { acquireStore } from '../../../src/store/shared-stores'
import type { Connection } from '../../../src/store/store'
import { type FlowNode, type NodeRed, startNodeRed } from './node-red'
import { credentialSecret } from './user-folder'

/** Text of a patient, each word unlike any other in the run. */
export const patient = ['Zebulon', 'Quackenbush', 'Xylophagia', '555-0199-4412', 'zq@quack.example']

/** To be called in a `describe`: hands over a Node-RED that writes down all it can, in its log and in its context. */
export function useTellingNodeRed(take: (nodeRed: NodeRed) => void): void {
  let nodeRed: NodeRed | undefined
  before(async () => {
    nodeRed = await startNodeRed({
      settings: {
        logging: { console: { level: 'trace', metrics: true, audit: true } },
        contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
      },
    })
    take(nodeRed)
  })
  after(() => nodeRed?.stop())
}

/** A node of the tab `flow`; wires by the ids without their `n-`. */
export function node(
  id: string,
  type: string,
  wires: string[][],
  more: Record<string, unknown> = {},
): FlowNode {
  return {
    id: `n-${id}`,
    type,
    z: 'flow',
    x: 0,
    y: 0,
    wires: wires.map((out) => out.map((to) => `n-${to}`)),
    ...more,
  }
}

/** A Catch node's errors go into the context, and on to the test: the error alone, not the message with the document. */
export function keeping(): FlowNode[] {
  return [
    node('keep', 'function', [['kept']], {
      func: "flow.set('error_' + msg._msgid, msg.error, () => node.send({ error: msg.error }))",
      outputs: 1,
    }),
    node('kept', 'test-capture', []),
  ]
}

/** What the built-in store of a Node-RED that has ended has of a user. */
export async function storedConnection(
  { userDir }: NodeRed,
  account: string,
  user: string,
): Promise<Connection | undefined> {
  const folder = path.join(userDir, 'health-gateways')
  const keys = await builtinKeys(folder, credentialSecret)
  const { store, release } = await acquireStore({ path: path.join(folder, 'store'), keys })
  const connection = await store.connections.get(account, user)
  await release()
  return connection
}

/** All that a Node-RED that has ended leaves behind: its log, and every file of its user folder but installed packages. */
export function placesOf({ log, userDir }: NodeRed): Record<string, string> {
  const entries = readdirSync(userDir, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(userDir, file), readFileSync(file, 'latin1')] as const)
  return { 'the log': log, ...Object.fromEntries(files) }
}

/** Which of the canaries are in which place, and what stands around them. */
export function canariesIn(places: Record<string, string>, canaries: readonly string[]): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    canaries
      .filter((canary) => text.includes(canary) || text.includes(encodeURIComponent(canary)))
      .map((canary) => `${canary} in ${place}: ${around(text, canary)}`),
  )
}

function around(text: string, canary: string): string {
  const at = text.indexOf(canary)
  return text.slice(Math.max(0, at - 80), at + 40)
}
