import { isUtf8 } from 'node:buffer'
import { decodeForm, hexValue, type Parameter } from './form'
import { Refusal } from './refusal'

/** A request as it stood on the wire. */
export interface WireRequest {
  method: string
  scheme: 'http' | 'https'
  host: string
  /** Escapes as they were sent. */
  path: string
  query: string
  /** Every Authorization header. */
  authorization: readonly string[]
  /** The body's parameters; empty when the body is no form. */
  form: readonly Parameter[]
}

export interface CollectedParameters {
  /** `oauth_*`, each there once. */
  protocol: ReadonlyMap<string, string>
  /** All that the signature covers (RFC 5849 section 3.4.1.3.1), `oauth_signature` left out. */
  signed: readonly Parameter[]
}

const KNOWN = new Set(
  [
    'callback',
    'consumer_key',
    'nonce',
    'signature',
    'signature_method',
    'timestamp',
    'token',
    'verifier',
    'version',
  ].map((name) => `oauth_${name}`),
)

/** Collects and checks the parameters of a signed request: RFC 5849 sections 3.1, 3.4.1.3.1 and 3.5. */
export function collectParameters(request: WireRequest): CollectedParameters {
  const header = authorizationParameters(request.authorization)
  const query = decodeForm(request.query)
  const places = [header, request.form, query].filter((place) => place.some(isProtocol))
  if (places.length === 0) {
    throw new Refusal(401, 'The request is not signed: it has no oauth_* parameters.', 'parameter_absent')
  }
  if (places.length > 1) {
    throw rejected(
      'The oauth_* parameters stand in more than one of header, body and query; they belong in one.',
    )
  }
  const all = [...header, ...request.form, ...query]
  const protocol = new Map<string, string>()
  for (const { name, value } of all.filter(isProtocol)) {
    if (!KNOWN.has(name)) throw rejected('There is an oauth_* parameter that OAuth 1.0 does not know.')
    if (protocol.has(name)) throw rejected(`${name} was sent more than once.`)
    protocol.set(name, value.toString())
  }
  return { protocol, signed: all.filter(({ name }) => name !== 'oauth_signature') }
}

export function isProtocol({ name }: Parameter): boolean {
  return name.startsWith('oauth_')
}

/** RFC 5849 section 3.5.1, without `realm`. */
function authorizationParameters(headers: readonly string[]): Parameter[] {
  if (headers.length > 1) throw rejected('There is more than one Authorization header.')
  const [, list] = /^OAuth[ \t]+(.*)$/i.exec(headers[0] ?? '') ?? []
  if (list === undefined) return []
  const pair = /[ \t]*([^\s=,"]+)="([^"\\]*)"[ \t]*(,(?=.)|$)/y
  const parameters: Parameter[] = []
  while (pair.lastIndex < list.length) {
    const [, name, value] = pair.exec(list) ?? []
    if (name === undefined || value === undefined) {
      throw rejected('The Authorization header is not a list of name="value" separated by commas.')
    }
    if (name.toLowerCase() !== 'realm') {
      parameters.push({ name: percentDecode(name).toString(), value: percentDecode(value) })
    }
  }
  return parameters
}

function percentDecode(text: string): Buffer {
  if (/[^A-Za-z0-9\-._~%]/.test(text)) {
    throw rejected('The Authorization header holds a character that has to be percent-encoded.')
  }
  const [start = '', ...escapes] = text.split('%')
  const pieces = escapes.map((piece) => {
    const byte = hexValue(piece.charCodeAt(0)) * 16 + hexValue(piece.charCodeAt(1))
    return Buffer.concat([Buffer.of(byte), Buffer.from(piece.slice(2))])
  })
  const bytes = Buffer.concat([Buffer.from(start), ...pieces])
  if (!isUtf8(bytes)) throw rejected('The Authorization header holds text that is not UTF-8.')
  return bytes
}

function rejected(advice: string): Refusal {
  return new Refusal(400, advice, 'parameter_rejected')
}
