import { GatewayError } from '../errors'
import { percentEncode } from './percent-encode'

/** Throws HG_CONFIG for what is not an absolute http or https URL. */
export function httpUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new GatewayError(
      'HG_CONFIG',
      'The URL of a provider is not usable. Give a full address that begins with https:// (or http://).',
    )
  }
  return parsed
}

/** Appends parameters to a URL's query. What the query has already stays as it is, byte for byte, and stays first. */
export function withQuery(url: string, params: Iterable<readonly [name: string, value: string]>): string {
  const result = httpUrl(url)
  const added = [...params].map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
  // with its ?, since the setter takes one away and the query may begin with another
  result.search = `?${[result.search.slice(1), ...added].filter((part) => part !== '').join('&')}`
  return result.href
}

/**
 * The parameters of a query, decoded as application/x-www-form-urlencoded (RFC 5849 section 3.4.1.3.1): `+` is a
 * space, the first `=` ends the name, a parameter without `=` has an empty value. Bytes, because nothing says that
 * an escape sequence in somebody's URL is UTF-8; a `%` that begins no escape sequence stays a `%`.
 */
export function queryParameters(url: URL): { name: Buffer; value: Buffer }[] {
  return url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      return equals < 0
        ? { name: decoded(part), value: Buffer.alloc(0) }
        : { name: decoded(part.slice(0, equals)), value: decoded(part.slice(equals + 1)) }
    })
}

function decoded(text: string): Buffer {
  const binary = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  return Buffer.from(binary, 'latin1')
}
