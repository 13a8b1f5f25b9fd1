import type { Answer } from './exchange'
import type { Outgoing } from './outgoing'

/** Headers that say nothing about who asks. Any other may be a key under a name that only the provider knows. */
const harmless = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-language',
  'content-type',
  'user-agent',
])

/**
 * The request that a redirect leads to, or undefined when the redirect is to be the answer. Followed are 301, 302 and
 * 303 of GET and HEAD, and 307 and 308 of any method with the body kept. Never followed is a way from https to http,
 * to another scheme, to a URL with user name and password, or of a body to another origin: what it holds was meant for
 * this one. Another origin gets neither authorization nor cookies nor other headers of the provider.
 */
export function nextHop(request: Outgoing, answer: Answer): Outgoing | undefined {
  if (!allows(answer.statusCode, request.method)) return undefined
  const url = target(request.url, answer.headers.location)
  if (!url) return undefined
  if (url.origin === request.url.origin) return { ...request, url }
  if (request.body !== undefined) return undefined
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => harmless.has(name)))
  return { ...request, url, headers, authorization: undefined }
}

function allows(statusCode: number, method: string): boolean {
  if (statusCode === 307 || statusCode === 308) return true
  return [301, 302, 303].includes(statusCode) && (method === 'GET' || method === 'HEAD')
}

function target(from: URL, location: string | undefined): URL | undefined {
  if (!location || !URL.canParse(location, from)) return undefined
  const url = new URL(location, from)
  const secureEnough = url.protocol === 'https:' || (url.protocol === 'http:' && from.protocol === 'http:')
  return secureEnough && !url.username && !url.password ? url : undefined
}
