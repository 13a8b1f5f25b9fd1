export type NodeRedVersion = '4.1' | '5'

/** Where a version of Node-RED is and which Node runs it, or why this machine cannot have it. */
export type ReadyNodeRed =
  | { version: NodeRedVersion; red: string; node: string; unavailable?: undefined }
  | { version: NodeRedVersion; unavailable: string }

export interface Prepared {
  root: string
  /** The packed package, where an installation was asked for. */
  tarball?: string
  /** The folder whose node_modules holds it. */
  installed?: string
  nodeRed: Partial<Record<NodeRedVersion, ReadyNodeRed>>
  /** Why they cannot be there, if so. */
  peers: { unavailable?: string }
}

export function prepare(needs: {
  build?: boolean
  install?: 'package' | 'demo'
  nodeRed?: NodeRedVersion[]
  peers?: boolean
  say?: (line: string) => void
}): Promise<Prepared>

export function newestNodeRed(): NodeRedVersion
