import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'

export interface TestServer {
  /** Origin, without a slash at the end. */
  url: string
  port: number
  /** Ends its connections, too. */
  close: () => Promise<void>
}

/** A server on 127.0.0.1 at a port of its own. */
export async function listen(
  answering: http.RequestListener | http.Server | https.Server,
): Promise<TestServer> {
  const server = typeof answering === 'function' ? http.createServer(answering) : answering
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${server instanceof https.Server ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
