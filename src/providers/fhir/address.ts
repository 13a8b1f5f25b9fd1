import { GatewayError } from '../../errors'
import { encoded } from './query'

/**
 * The address of an interaction: the segments below the root's path, each encoded, and the query, after the root's own. `$` of an operation stays as
 * it is, since some servers look for it before they decode.
 */
export function addressOf(
  root: string,
  path: readonly string[] = [],
  query: readonly (readonly [string, string])[] = [],
): string {
  const end = root.indexOf('?')
  const own = end < 0 ? '' : root.slice(end + 1)
  let url = (end < 0 ? root : root.slice(0, end)).replace(/\/+$/, '')
  for (const segment of path) url += `/${encodeURIComponent(segment).replace('%24', '$')}`
  if (own === '' && query.length === 0) return url
  const queries = [own, encoded(query)].filter(Boolean)
  return queries.length === 0 ? url : `${url}?${queries.join('&')}`
}

/**
 * The type of resource that an address names, if it names one: `Patient`, `fhir_namespace/Patient`, `patient_endpoint`,
 * `create_schedule_endpoint`. It may be one that FHIR does not have: `get_remittance_endpoint` names Remittance.
 */
export function typeNamedBy(place: string): string | undefined {
  const segments = place.split('/').filter(Boolean)
  const last = segments.at(-1) ?? ''
  if (/^[A-Z][A-Za-z]+$/.test(last)) return last
  const [, name] =
    /^(?:create_|update_|get_|search_)?([a-z_]+)_endpoint$/.exec(segments.length === 1 ? last : '') ?? []
  return name?.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase())
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
 * @param isAnotherName of the same server: then path and query are taken, at the origin of the page before
 */
export function samePlace(
  url: string,
  from: string,
  subject: string,
  isAnotherName: (url: URL) => boolean = () => false,
): URL {
  const { origin, host } = new URL(from)
  const named = URL.canParse(url, from) ? new URL(url, from) : undefined
  const isRenamed = named && /^https?:$/.test(named.protocol) && isAnotherName(named)
  const target = isRenamed ? new URL(`${origin}${named.pathname}${named.search}`) : named
  if (target?.origin === origin && !target.username && !target.password) {
    target.hash = ''
    return target
  }
  const where = target && /^https?:$/.test(target.protocol) ? target.host : 'something that is no web address'
  throw new GatewayError(
    'HG_RESPONSE',
    `${subject} says that the list goes on at ${where}, which is another place than ${host} and is not asked. Check the base address that the server has of itself; or name that host in the account, "Allowed hosts": then its links are followed at ${host}.`,
  )
}
