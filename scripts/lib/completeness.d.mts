export interface Manifest {
  'node-red': { nodes: Record<string, string> }
}

/** What is missing or stray in the package whose folder is `root`, one line each. */
export function findGaps(root: string, manifest: Manifest): string[]

export function catalog(root: string, language: string, type: string): Record<string, unknown>
