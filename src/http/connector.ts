import http from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import type { buildConnector } from 'undici'
import { GatewayError } from '../errors'
import { connectFailure, type Stage } from './connect-failure'
import { misconfigured, type Failure } from './failure'
import type { Proxy } from './proxy'
import type { TlsOptions } from './types'

/** Three of these fit the default deadline of a request. */
const CONNECT_TIMEOUT_MS = 10_000

const TCP_KEEP_ALIVE_MS = 60_000

export interface Endpoint {
  hostname: string
  port: number
  secure: boolean
}

/** How connections are made: to the target, to it through a proxy's CONNECT, or to a proxy that takes whole URLs. */
export type Route = { target: Endpoint; proxy?: Proxy } | { target?: undefined; proxy: Proxy }

/** The TLS material of one client, read once: a context of its own would cost every connection 0.1 to 0.2 ms. */
export class TlsMaterial {
  private made?: tls.SecureContext

  constructor(readonly options: TlsOptions = {}) {}

  /** HG_CONFIG when certificate, key or passphrase cannot be used. */
  context(): tls.SecureContext {
    const { ca, cert, key, pfx, passphrase } = this.options
    try {
      return (this.made ??= tls.createSecureContext({ ca, cert, key, pfx, passphrase }))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'TLS_MATERIAL'
      throw misconfigured(
        `The TLS configuration cannot be used (${code}). Check its certificate, key, CA and passphrase.`,
        code,
      )
    }
  }
}

/**
 * Makes the connections of one origin for undici. In undici's ProxyAgent a CONNECT has no time limit of its own and
 * its failure no status; here one limit covers name, TCP, CONNECT and TLS, every failure says which of them it was,
 * and connections that nobody waits for any more can be given up.
 */
export class Connector {
  private readonly opening = new Set<Opening>()
  private readonly sockets = new Set<net.Socket>()
  private readonly sessions: Sessions = {}

  constructor(
    private readonly route: Route,
    private readonly material: TlsMaterial,
  ) {}

  readonly connect: buildConnector.connector = (_options, callback) => {
    this.open().then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error as Error, null),
    )
  }

  /** Rejects with a Failure or a GatewayError. */
  async open(): Promise<net.Socket> {
    const opening = new Opening(this.route, this.material, this.sessions)
    this.opening.add(opening)
    try {
      const socket = await opening.run()
      if (!socket.destroyed) this.sockets.add(socket.once('close', () => this.sockets.delete(socket)))
      return socket
    } finally {
      this.opening.delete(opening)
    }
  }

  /** Gives up the connections that are not made yet. */
  abandon(): void {
    for (const opening of this.opening) opening.giveUp('ABANDONED')
  }

  destroy(): void {
    this.abandon()
    for (const socket of this.sockets) socket.destroy()
  }
}

interface Sessions {
  target?: Buffer
  proxy?: Buffer
}

/** One connection while it is made. */
class Opening {
  private socket?: net.Socket
  private step!: { stage: Stage; peer: Endpoint }
  private given?: string

  constructor(
    private readonly route: Route,
    private readonly material: TlsMaterial,
    private readonly sessions: Sessions,
  ) {}

  async run(): Promise<net.Socket> {
    const timer = setTimeout(() => this.giveUp('CONNECT_TIMEOUT'), CONNECT_TIMEOUT_MS)
    try {
      return await this.establish()
    } catch (error) {
      this.socket?.destroy()
      throw error instanceof GatewayError ? error : this.failure(error)
    } finally {
      clearTimeout(timer)
    }
  }

  giveUp(reason: string): void {
    this.given ??= reason
    this.socket?.destroy()
  }

  private async establish(): Promise<net.Socket> {
    const { target, proxy } = this.route
    if (!target) return this.connection(proxy, 'proxy')
    if (!proxy) return this.connection(target, 'target')
    const socket = await this.connection(proxy, 'proxy')
    await this.tunnel(socket, proxy, target)
    return target.secure ? this.secure(socket, target, 'target') : socket
  }

  private async connection(peer: Endpoint, role: keyof Sessions): Promise<net.Socket> {
    const socket = await this.reach(peer)
    return peer.secure ? this.secure(socket, peer, role) : socket
  }

  private async reach(peer: Endpoint): Promise<net.Socket> {
    this.step = { stage: 'reach', peer }
    const socket = this.use(net.connect({ host: peer.hostname, port: peer.port, noDelay: true }))
    await this.event(socket, 'connect')
    return socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS)
  }

  /** A proxy gets the same CA and client certificate; server name and ALPN are the target's alone. */
  private async secure(plain: net.Socket, peer: Endpoint, role: keyof Sessions): Promise<net.Socket> {
    this.step = { stage: 'secure', peer }
    const { servername, ALPNProtocols = [], rejectUnauthorized } = this.material.options
    const spoken = role === 'target' ? ALPNProtocols.filter((name) => name !== 'h2') : []
    const socket = tls.connect({
      socket: plain,
      host: peer.hostname,
      servername: role === 'target' && servername ? servername : nameOf(peer),
      secureContext: this.material.context(),
      rejectUnauthorized: rejectUnauthorized !== false,
      ALPNProtocols: spoken.length > 0 ? spoken : ['http/1.1'],
      session: this.sessions[role],
    })
    socket.on('session', (session) => (this.sessions[role] = session))
    await this.event(this.use(socket), 'secureConnect')
    return socket
  }

  private async tunnel(socket: net.Socket, proxy: Proxy, target: Endpoint): Promise<void> {
    this.step = { stage: 'tunnel', peer: proxy }
    const authority = authorityOf(target)
    const headers: Record<string, string> = { host: authority }
    if (proxy.authorization) headers['proxy-authorization'] = proxy.authorization
    const status = await new Promise<number>((resolve, reject) => {
      const request = http.request({
        method: 'CONNECT',
        path: authority,
        headers,
        createConnection: () => socket,
      })
      request.once('connect', (response) => resolve(response.statusCode ?? 0))
      request.once('error', reject)
      request.once('close', () => reject(new Error('CLOSED')))
      request.end()
    })
    if (status < 200 || status > 299) throw new Error(`PROXY_${status}`)
  }

  private use<T extends net.Socket>(socket: T): T {
    this.socket = socket
    // An error between two steps must not find a socket without a listener. And a TLS alert after the handshake leaves
    // the socket open until its end, whose "other side closed" undici would then report in the alert's stead.
    socket.on('error', () => socket.destroy())
    if (this.given) socket.destroy()
    return socket
  }

  private event(socket: net.Socket, name: 'connect' | 'secureConnect'): Promise<void> {
    return new Promise((resolve, reject) => {
      const over = () => {
        socket.off(name, succeed).off('error', fail).off('close', close)
      }
      const succeed = () => {
        over()
        resolve()
      }
      const fail = (error: Error) => {
        over()
        reject(error)
      }
      const close = () => fail(new Error('CLOSED'))
      socket.on(name, succeed).on('error', fail).on('close', close)
    })
  }

  private failure(error: unknown): Failure | GatewayError {
    const { stage, peer } = this.step
    const reason = this.given ?? (error as NodeJS.ErrnoException).code ?? (error as Error).message
    return connectFailure(stage, hostOf(peer), peer === this.route.proxy, reason)
  }
}

/** For server name indication, which knows no addresses (RFC 6066 section 3). */
function nameOf({ hostname }: Endpoint): string {
  return net.isIP(hostname) ? '' : hostname
}

/** `host:port`, the port always given, as a CONNECT needs it. */
export function authorityOf({ hostname, port }: Endpoint): string {
  return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}

/** `host` or `host:port`, as a URL has it. */
export function hostOf(peer: Endpoint): string {
  return new URL(`${peer.secure ? 'https' : 'http'}://${authorityOf(peer)}`).host
}
