/** The part of the test helper that we use; the package has no declarations of its own. */
declare module 'node-red-node-test-helper' {
  import type { Node, NodeAPI } from 'node-red'

  interface Helper {
    init(runtimePath: string): void
    settings(settings: { userDir: string }): void
    startServer(): Promise<void>
    stopServer(done: () => void): void
    load(
      nodes: ((RED: NodeAPI) => void)[],
      flow: readonly { id: string; type: string }[],
      credentials: Readonly<Record<string, Readonly<Record<string, string>>>>,
    ): Promise<void>
    unload(): Promise<void>
    getNode(id: string): Node
    log(): { args: unknown[][] }
  }

  const helper: Helper
  export default helper
}
