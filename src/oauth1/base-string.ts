import type { FormBody } from './form-body'
import { PercentEncoded, percentEncode } from './percent-encode'
import { httpUrl, queryParameters } from './url'

export interface SignedRequest {
  method: string
  url: string
  form?: FormBody
}

/** `oauth_…` parameters by name, without `oauth_signature`. */
export type ProtocolParameters = Readonly<Record<string, string | number>>

interface Parameter {
  /** Percent-encoded. */
  readonly name: string
  readonly value: PercentEncoded
}

/**
 * RFC 5849 section 3.4.1.2: scheme and host in lower case, a default port left out, an empty path written as `/`;
 * without query and fragment. The same URL parser as in the HTTP client makes it, so that what is signed is what
 * is sent.
 */
export function baseStringUri(url: string): string {
  const { protocol, host, pathname } = httpUrl(url)
  return `${protocol}//${host}${pathname}`
}

/**
 * The signature base string of RFC 5849 section 3.4.1.1 in pieces, so that a form value of many MB is never copied.
 * Byte pieces are valid only until the next one is asked for.
 */
export function* signatureBaseString(
  request: SignedRequest,
  protocol: ProtocolParameters,
): Generator<string | Uint8Array, void> {
  yield `${percentEncode(request.method.toUpperCase())}&${percentEncode(baseStringUri(request.url))}&`
  for (const [index, { name, value }] of requestParameters(request, protocol).entries()) {
    yield `${index > 0 ? '%26' : ''}${percentEncode(name)}%3D`
    yield* value.twice()
  }
}

/** Collected as section 3.4.1.3.1 says and sorted as 3.4.1.3.2 says: by encoded name, then by encoded value. */
function requestParameters(request: SignedRequest, protocol: ProtocolParameters): Parameter[] {
  const parameters: Parameter[] = [
    ...queryParameters(httpUrl(request.url)).map(({ name, value }) => parameter(name, value)),
    ...Object.entries(protocol).map(([name, value]) =>
      parameter(name, typeof value === 'number' ? String(value) : value),
    ),
    ...(request.form?.encoded ?? []),
  ]
  return parameters
    .filter(({ name }) => name !== 'oauth_signature')
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.value.compare(b.value)))
}

function parameter(name: string | Uint8Array, value: string | Uint8Array): Parameter {
  return { name: percentEncode(name), value: new PercentEncoded(value) }
}
