import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'

export interface TestProxy {
  url: string
  host: string
  /** Authorities asked for with CONNECT, in order. */
  connects: string[]
  /** Absolute URLs of requests without a tunnel, in order. */
  requests: string[]
  /** Proxy-Authorization of each, or undefined. */
  credentials: (string | undefined)[]
  close(): Promise<void>
}

export interface TestProxyOptions {
  /** What Proxy-Authorization must be; anything else gets 407. */
  authorization?: string
  /** Answers every CONNECT with this status; `hang`: with nothing. */
  connectStatus?: number | 'hang'
  /** Makes it an https proxy. */
  tls?: https.ServerOptions
}

/** A forward proxy on 127.0.0.1: CONNECT tunnels, and requests in absolute form (RFC 9112 section 3.2.2). */
export async function startProxy(options: TestProxyOptions = {}): Promise<TestProxy> {
  const connects: string[] = []
  const requests: string[] = []
  const credentials: (string | undefined)[] = []
  const sockets = new Set<net.Socket>()

  const refused = (request: http.IncomingMessage) => {
    const given = request.headers['proxy-authorization']
    credentials.push(given)
    return options.authorization !== undefined && given !== options.authorization
  }

  const server = options.tls ? https.createServer(options.tls) : http.createServer()
  server.on('request', (request, response) => {
    requests.push(request.url ?? '')
    if (refused(request)) return void response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('no')
    const headers = { ...request.headers }
    delete headers['proxy-authorization']
    const onward = http.request(request.url ?? '', { method: request.method, headers, agent: false })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end('bad gateway'))
    request.pipe(onward)
  })
  server.on('connect', (request, client, head) => {
    connects.push(request.url ?? '')
    client.on('error', () => client.destroy())
    if (refused(request)) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    if (options.connectStatus === 'hang') return
    if (options.connectStatus) return void client.end(`HTTP/1.1 ${options.connectStatus} No\r\n\r\n`)
    const { hostname, port } = new URL(`http://${request.url}`)
    const target = net.connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''), () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      target.write(head)
      target.pipe(client).pipe(target)
    })
    sockets.add(target)
    target.on('close', () => (sockets.delete(target), client.destroy()))
    target.on('error', () => client.destroy())
    client.on('close', () => target.destroy())
  })
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${options.tls ? 'https' : 'http'}://${host}`,
    host,
    connects,
    requests,
    credentials,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
