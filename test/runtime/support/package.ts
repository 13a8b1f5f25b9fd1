import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(__dirname, '../../..')

interface Manifest {
  name: string
  version: string
  'node-red': { nodes: Record<string, string> }
}

export interface NodeType {
  type: string
  /** An account or another config node: it has no place in the palette. */
  isConfig: boolean
}

export const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest

/** What the package registers, so that a test holds for nodes still to come. */
export const nodeTypes: NodeType[] = Object.keys(manifest['node-red'].nodes).map((type) => ({
  type,
  isConfig: /category:\s*['"]config['"]/.test(
    readFileSync(path.join(root, `nodes/${type}/${type}.html`), 'utf8'),
  ),
}))

export const languages = readdirSync(path.join(root, 'locales')).sort()

/** What the editor should get: the catalog of a type together with what all nodes share. */
export function catalog(type: string, language: string): Record<string, unknown> {
  const read = (name: string) =>
    JSON.parse(readFileSync(path.join(root, `locales/${language}/${name}.json`), 'utf8')) as Record<
      string,
      unknown
    >
  return { ...read('common'), ...read(type) }
}

export interface Example {
  /** As the import dialog shows it: the file's name without `.json`. */
  name: string
  flow: { id: string; type: string; [property: string]: unknown }[]
}

export const examples: Example[] = readdirSync(path.join(root, 'examples'))
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    name: file.replace(/\.json$/, ''),
    flow: JSON.parse(readFileSync(path.join(root, 'examples', file), 'utf8')) as Example['flow'],
  }))
