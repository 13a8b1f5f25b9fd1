import { GatewayError } from '../../errors'
import { encoded } from './query'

/**
 * The address of an interaction: the segments below the root, each encoded, and the query. `$` of an operation stays as
 * it is, since some servers look for it before they decode.
 */
export function addressOf(
  root: string,
  path: readonly string[] = [],
  query: readonly (readonly [string, string])[] = [],
): string {
  let url = root.replace(/\/+$/, '')
  for (const segment of path) url += `/${encodeURIComponent(segment).replace('%24', '$')}`
  if (query.length === 0) return url
  return `${url}${url.includes('?') ? '&' : '?'}${encoded(query)}`
}

/** What stands between slashes. HG_INPUT for a part that is empty or would lead elsewhere. */
export function segmentsOf(text: string, what: string): string[] {
  const segments = text.split('/')
  if (segments.every((one) => one !== '' && one !== '.' && one !== '..' && !/[\p{Cc}\p{Cs}]/u.test(one))) {
    return segments
  }
  throw new GatewayError(
    'HG_INPUT',
    `The ${what} cannot be part of an address: it is empty or has an empty part.`,
  )
}

/**
 * The address of a further page, absolute or relative to that of the page before, if it has the same origin.
 * HG_RESPONSE for any other.
 */
export function samePlace(url: string, from: string, subject: string): URL {
  const { origin, host } = new URL(from)
  const target = URL.canParse(url, from) ? new URL(url, from) : undefined
  if (target?.origin === origin && !target.username && !target.password) return target
  const where = target && /^https?:$/.test(target.protocol) ? target.host : 'something that is no web address'
  throw new GatewayError(
    'HG_RESPONSE',
    `${subject} says that the list goes on at ${where}, which is another place than ${host} and is not asked. Check the base address that the server has of itself.`,
  )
}
