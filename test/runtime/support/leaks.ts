import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { FlowNode, NodeRed } from './node-red'

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
