import { misconfigured } from './failure'
import type { ProxyOptions } from './types'

export interface Proxy {
  hostname: string
  port: number
  /** The proxy itself is spoken to over TLS. */
  secure: boolean
  /** Value of Proxy-Authorization. */
  authorization?: string
}

/** The proxy for a URL, or undefined for the direct way; HG_CONFIG when the proxy's own URL cannot be used. */
export type ProxyChooser = (url: URL) => Proxy | undefined

/** The environment is read here, once. Its rules are curl's: the lower-case name wins, `*_proxy` by the URL's scheme. */
export function proxyChooser(options: ProxyOptions = 'environment'): ProxyChooser {
  if (options === 'none') return () => undefined
  if (options !== 'environment') {
    const bypassed = bypass(options.noProxy ?? [])
    const proxy = lazily(() =>
      parseProxy(options.url, 'the proxy setting', options.username, options.password),
    )
    return (url) => (bypassed(url) ? undefined : proxy())
  }
  const bypassed = bypass([variable('no_proxy') ?? ''])
  const byScheme: Record<string, (() => Proxy) | undefined> = {
    'http:': fromVariable('http_proxy'),
    'https:': fromVariable('https_proxy'),
  }
  return (url) => (bypassed(url) ? undefined : byScheme[url.protocol]?.())
}

function variable(name: string): string | undefined {
  return process.env[name] ?? process.env[name.toUpperCase()]
}

function fromVariable(name: string): (() => Proxy) | undefined {
  const value = variable(name)
  return value ? lazily(() => parseProxy(value, `the environment variable ${name.toUpperCase()}`)) : undefined
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** `host:port` without a scheme is what many write into HTTP_PROXY; curl takes it as http, and so do we. */
function parseProxy(text: string, where: string, username?: string, password?: string): Proxy {
  const withScheme = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (!url?.hostname || !['http:', 'https:'].includes(url.protocol)) {
    throw misconfigured(
      `The proxy's address in ${where} cannot be used. It must look like http://host:port.`,
      'PROXY_ADDRESS',
    )
  }
  const [user, secret] = username ? [username, password ?? ''] : [decode(url.username), decode(url.password)]
  const secure = url.protocol === 'https:'
  return {
    hostname: bare(url.hostname),
    port: Number(url.port) || (secure ? 443 : 80),
    secure,
    authorization: user ? `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` : undefined,
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** An IPv6 address without its brackets. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/**
 * NO_PROXY: names separated by commas or spaces; `*` is all; a name also stands for all below it, with or without a
 * leading `.` or `*.`; `:port` narrows it to that port.
 */
function bypass(lists: string[]): (url: URL) => boolean {
  const entries = lists
    .flatMap((list) => list.split(/[\s,]+/))
    .filter(Boolean)
    .map((entry) => {
      const [, name = entry, port] = /^(.*[^:]|\[.*\]):(\d+)$/.exec(entry) ?? []
      return { name: bare(name.toLowerCase().replace(/^\*?\./, '')), port: port ? Number(port) : undefined }
    })
  return (url) => {
    const host = bare(url.hostname)
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    return entries.some(
      (entry) =>
        entry.name === '*' ||
        ((entry.port ?? port) === port && (host === entry.name || host.endsWith(`.${entry.name}`))),
    )
  }
}
