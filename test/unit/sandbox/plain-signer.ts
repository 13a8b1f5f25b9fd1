import { createHmac, randomBytes } from 'node:crypto'

export type Pairs = readonly (readonly [string, string])[]

export interface Secrets {
  consumerKey: string
  consumerSecret: string
  token?: string
  tokenSecret?: string
}

export interface ToSign {
  method: string
  /** Without query. */
  uri: string
  /** Of query and form body, decoded. */
  parameters?: Pairs
  /** Replaces or adds protocol parameters; the empty string leaves one out. */
  oauth?: Record<string, string>
}

/** RFC 5849, written down once more and as plainly as can be, for the tests alone. */
export function signed({ method, uri, parameters = [], oauth = {} }: ToSign, secrets: Secrets): Pairs {
  const protocol = Object.entries({
    oauth_consumer_key: secrets.consumerKey,
    oauth_token: secrets.token ?? '',
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_nonce: randomBytes(8).toString('hex'),
    oauth_version: '1.0',
    ...oauth,
  }).filter(([, value]) => value !== '')
  const sorted = [...parameters, ...protocol]
    .map(([name, value]) => [escape(name), escape(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  const base = [method, uri, sorted.map((pair) => pair.join('=')).join('&')].map(escape).join('&')
  const key = `${escape(secrets.consumerSecret)}&${escape(secrets.tokenSecret ?? '')}`
  const hash = oauth.oauth_signature_method === 'HMAC-SHA256' ? 'sha256' : 'sha1'
  const signature =
    oauth.oauth_signature_method === 'PLAINTEXT' ? key : createHmac(hash, key).update(base).digest('base64')
  return 'oauth_signature' in oauth ? protocol : [...protocol, ['oauth_signature', signature]]
}

export function authorizationHeader(oauth: Pairs): string {
  return `OAuth realm="test", ${oauth.map(([name, value]) => `${escape(name)}="${escape(value)}"`).join(', ')}`
}

export function formEncoded(pairs: Pairs): string {
  return pairs.map((pair) => pair.map(escape).join('=')).join('&')
}

export function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
