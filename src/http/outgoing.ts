import type { Message } from './exchange'
import { misconfigured } from './failure'
import type { HttpRequest } from './types'

/** A request as it is sent, before its authorization. */
export interface Outgoing extends Message {
  authorization?: HttpRequest['authorization']
}

/** Set by undici from URL and body; a second value would make the request ambiguous. */
const ownHeaders = new Set(['host', 'content-length'])

/** Reads and checks what the caller gave. HG_CONFIG for an address that cannot be used. */
export function outgoing(request: HttpRequest, userAgent: string): Outgoing {
  const headers: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'gzip, deflate, br' }
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const lower = name.toLowerCase()
    if (!ownHeaders.has(lower)) headers[lower] = value
  }
  return {
    method: request.method,
    url: addressOf(request.url),
    headers,
    body: bytesOf(request.body),
    authorization: request.authorization,
  }
}

function bytesOf(body: HttpRequest['body']): Message['body'] {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return body
}

/** The text itself is not repeated: what was entered in the wrong field may be a secret. */
export function addressOf(text: string): URL {
  const url = parsed(text)
  if (!url) throw misconfigured('The address is not a URL. It must look like https://host/path.', 'ADDRESS')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw misconfigured(`An address must begin with https: or http:, not with ${url.protocol}.`, 'ADDRESS')
  }
  if (url.username || url.password) {
    throw misconfigured(
      `The address of ${url.host} must not contain a user name or password. Enter them as credentials.`,
      'ADDRESS',
    )
  }
  if (url.hash) url.hash = ''
  return url
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
