import type { Dispatcher } from 'undici'
// Not from 'undici' itself: that makes its agent the global fetch's in the whole process, for every other node, and
// takes three times as long to load (52 ms against 17 ms).
import Pool from 'undici/lib/dispatcher/pool.js'
import { Connector, TlsMaterial, authorityOf, type Endpoint, type Route } from './connector'
import { bare, proxyChooser, type Proxy, type ProxyChooser } from './proxy'
import type { ProxyOptions, TlsOptions } from './types'

/** Sockets to one origin. More requests wait their turn, on their own deadline's time. */
const MOST_CONNECTIONS = 64

/**
 * How long an idle connection is kept where the server does not say, and at most where it does (less undici's margin
 * of 2 s). A POST that meets the server's own closing fails with its fate unknown, and must not be sent again. Measured
 * on a server which closes after T: of 2,400 POSTs sent within 4 ms of T, 130 failed with undici's default (longer than
 * T), none with a time shorter than T. The shortest T in common use without being said is gunicorn's 2 s.
 */
const KEEP_ALIVE_MS = 1_500
const LONGEST_KEEP_ALIVE_MS = 30_000

/** The way to one origin, or to one proxy that takes whole URLs: a pool and the connector which feeds it. */
export class Lane {
  private readonly connector: Connector
  private readonly pool: Pool
  /** Requests that have no connection yet. */
  private waiting = 0

  constructor(
    origin: string,
    route: Route,
    material: TlsMaterial,
    /** Set when requests go to the proxy as they are (absolute form, RFC 9112 section 3.2.2), without a tunnel. */
    readonly forwarder?: Proxy,
  ) {
    this.connector = new Connector(route, material)
    this.pool = new Pool(origin, {
      connect: this.connector.connect,
      connections: MOST_CONNECTIONS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_MS,
      // the deadline of the request covers both
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.waiting++
    this.pool.dispatch(options, handler)
  }

  /** To be called once for every dispatch: when it got its connection, or will not need one any more. */
  noLongerWaiting(): void {
    this.waiting--
    if (this.waiting === 0) this.connector.abandon()
  }

  async destroy(): Promise<void> {
    this.connector.destroy()
    await this.pool.destroy()
  }
}

/** How a URL is reached. */
export interface Way {
  /** Of the target, or of the proxy that takes whole URLs. */
  origin: string
  route: Route
  material: TlsMaterial
  /** As in Lane. */
  forwarder?: Proxy
}

/** Finds or makes the lane for a URL. */
export class Lanes {
  private readonly lanes = new Map<string, Lane>()
  private readonly material: TlsMaterial
  private readonly chooseProxy: ProxyChooser

  constructor(tls?: TlsOptions, proxy?: ProxyOptions) {
    this.material = new TlsMaterial(tls)
    this.chooseProxy = proxyChooser(proxy)
  }

  /** HG_CONFIG when the proxy's address cannot be used. */
  for(url: URL): Lane {
    const { origin, route, material, forwarder } = this.wayTo(url)
    const key = forwarder ? `proxy ${origin}` : origin
    let lane = this.lanes.get(key)
    if (!lane) {
      lane = new Lane(origin, route, material, forwarder)
      this.lanes.set(key, lane)
    }
    return lane
  }

  /** HG_CONFIG when the proxy's address cannot be used. */
  wayTo(url: URL): Way {
    const { material } = this
    const proxy = this.chooseProxy(url)
    // many proxies allow CONNECT to port 443 alone, so plain http goes through them in absolute form
    if (proxy && url.protocol === 'http:') {
      return { origin: proxyOrigin(proxy), route: { proxy }, material, forwarder: proxy }
    }
    return { origin: url.origin, route: { target: endpoint(url), proxy }, material }
  }

  async destroy(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.destroy()))
  }
}

function endpoint(url: URL): Endpoint {
  const secure = url.protocol === 'https:'
  return { hostname: bare(url.hostname), port: Number(url.port) || (secure ? 443 : 80), secure }
}

function proxyOrigin(proxy: Proxy): string {
  return `${proxy.secure ? 'https' : 'http'}://${authorityOf(proxy)}`
}
