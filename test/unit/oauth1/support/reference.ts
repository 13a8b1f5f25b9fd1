import { createHmac } from 'node:crypto'

/**
 * RFC 5849 a second time, in the plainest way, from what a server sees: everything decoded, in arrays, sorted,
 * joined, one HMAC. Shares nothing with src/oauth1. Text is handled as "binary strings": one character a byte.
 */
export interface WireRequest {
  method: string
  /** Absolute, as sent. */
  url: string
  /** A form body's bytes. */
  body?: Uint8Array
  /** Protocol parameters of the Authorization header, decoded; `realm` and `oauth_signature` may be among them. */
  header?: readonly (readonly [string, string])[]
}

type Pair = [name: string, value: string]

/** Section 3.4.1.1. */
export function baseString(request: WireRequest): string {
  return [request.method.toUpperCase(), baseUri(request.url), normalizedParameters(request)]
    .map(encode)
    .join('&')
}

/** Section 3.4.1.3: everything but `realm` of the header and `oauth_signature`, encoded, sorted, joined. */
export function normalizedParameters({ url, body, header = [] }: WireRequest): string {
  const collected: Pair[] = [
    ...formDecode(/\?([^#]*)/.exec(url)?.[1] ?? ''),
    ...header
      .filter(([name]) => name !== 'realm')
      .map(([name, value]): Pair => [binary(name), binary(value)]),
    ...formDecode(Buffer.from(body ?? []).toString('latin1')),
  ]
  return collected
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]): Pair => [encode(name), encode(value)])
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Section 3.4.1.2. */
export function baseUri(url: string): string {
  const [, scheme = '', authority = '', path = ''] = /^([^:]+):\/\/([^/?#]*)([^?#]*)/.exec(url) ?? []
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase()
  const port = { http: ':80', https: ':443' }[scheme.toLowerCase()] ?? ''
  const shortHost = port !== '' && host.endsWith(port) ? host.slice(0, -port.length) : host
  return `${scheme.toLowerCase()}://${shortHost}${path === '' ? '/' : path}`
}

/** Sections 3.4.2 and 3.4.4. */
export function signature(
  method: string,
  request: WireRequest,
  consumerSecret: string,
  tokenSecret = '',
): string {
  const key = `${encode(binary(consumerSecret))}&${encode(binary(tokenSecret))}`
  if (method === 'PLAINTEXT') return key
  const hash = method === 'HMAC-SHA256' ? 'sha256' : 'sha1'
  return createHmac(hash, key).update(baseString(request), 'latin1').digest('base64')
}

/** An Authorization header's parameters (section 3.5.1), `realm` included, in their order. */
export function parseHeader(header: string): Pair[] {
  const pairs = [...header.replace(/^OAuth /, '').matchAll(/([^=,\s]+)="((?:[^"\\]|\\.)*)"(?:,\s*|$)/g)]
  return pairs.map(([, name = '', value = '']): Pair =>
    name === 'realm' ? [name, value.replace(/\\(.)/g, '$1')] : [name, text(decode(value, false))],
  )
}

/** Section 3.6. */
export function encode(bytes: string): string {
  return bytes.replace(
    /[^A-Za-z0-9._~-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

export function formDecode(form: string): Pair[] {
  return form
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const [name = '', ...value] = part.split('=')
      return [decode(name, true), decode(value.join('='), true)]
    })
}

function decode(encoded: string, plusIsSpace: boolean): string {
  let bytes = ''
  for (let i = 0; i < encoded.length; i++) {
    const digits = encoded.slice(i + 1, i + 3)
    if (encoded[i] === '%' && /^[0-9A-Fa-f]{2}$/.test(digits)) {
      bytes += String.fromCharCode(parseInt(digits, 16))
      i += 2
    } else bytes += plusIsSpace && encoded[i] === '+' ? ' ' : (encoded[i] ?? '')
  }
  return bytes
}

export function binary(value: string | Uint8Array): string {
  return (typeof value === 'string' ? Buffer.from(value) : Buffer.from(value)).toString('latin1')
}

function text(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
