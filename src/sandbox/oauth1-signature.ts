import { createHmac } from 'node:crypto'
import type { Parameter } from './form'
import type { WireRequest } from './oauth1-parameters'
import { slices } from './slices'

/** Scheme, host and path that the signature covers: RFC 5849 section 3.4.1.2. */
export function baseStringUri({ scheme, host, path }: WireRequest): string {
  const defaultPort = scheme === 'https' ? ':443' : ':80'
  const authority = host.toLowerCase()
  return `${scheme}://${authority.endsWith(defaultPort) ? authority.slice(0, -defaultPort.length) : authority}${path}`
}

/**
 * RFC 5849 section 3.4.2. The base string of a large document is never in memory as a whole.
 * @param key as `signingKey` makes it
 * @returns base64
 */
export async function hmacSignature(
  hash: 'sha1' | 'sha256',
  key: string,
  request: WireRequest,
  parameters: readonly Parameter[],
  signal: AbortSignal,
): Promise<string> {
  const hmac = createHmac(hash, key)
  hmac.update(`${request.method.toUpperCase()}&${percentEncode(baseStringUri(request))}&`)
  const sorted = parameters
    .map(({ name, value }) => ({ name: Buffer.from(name), value }))
    .sort((a, b) => compareEncoded(a.name, b.name) || compareEncoded(a.value, b.value))
  for (const [index, { name, value }] of sorted.entries()) {
    if (index > 0) hmac.update('%26')
    hmac.update(encodeTwice(name)).update('%3D')
    for await (const slice of slices(value, signal)) hmac.update(encodeTwice(slice))
  }
  return hmac.digest('base64')
}

/** The two secrets as key of an HMAC, and as the PLAINTEXT signature: RFC 5849 sections 3.4.2 and 3.4.4. */
export function signingKey(consumerSecret: string, tokenSecret: string): string {
  return `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`
}

/** RFC 5849 section 3.6. */
function percentEncode(text: string): string {
  const encoded = [...Buffer.from(text)].map((byte) =>
    isUnreserved(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  )
  return encoded.join('')
}

/** Percent-encoded for the parameter string and once more for the base string: `<` becomes `%253C`. */
function encodeTwice(bytes: Uint8Array): Buffer {
  const encoded = Buffer.allocUnsafe(bytes.length * 5)
  let end = 0
  for (const byte of bytes) {
    if (isUnreserved(byte)) {
      encoded[end++] = byte
    } else {
      encoded[end++] = 0x25
      encoded[end++] = 0x32
      encoded[end++] = 0x35
      encoded[end++] = upperHexDigit(byte >> 4)
      encoded[end++] = upperHexDigit(byte & 15)
    }
  }
  return encoded.subarray(0, end)
}

function upperHexDigit(value: number): number {
  return value < 10 ? 0x30 + value : 0x37 + value
}

function isUnreserved(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x5f ||
    byte === 0x7e
  )
}

/** The order that the percent-encoded forms have (RFC 5849 section 3.4.1.3.2), without making these. */
function compareEncoded(a: Buffer, b: Buffer): number {
  const length = Math.max(a.length, b.length)
  for (let at = 0; at < length; at++) {
    if (a[at] !== b[at]) return rank(a[at]) - rank(b[at])
  }
  return 0
}

/** An escape begins with `%`, which sorts before every unreserved character. */
function rank(byte: number | undefined): number {
  if (byte === undefined) return -1
  return isUnreserved(byte) ? 256 + byte : byte
}
