import type { TrustOptions } from '../trusted-hosts'

/**
 * The two addresses of Healthcode that are fixed; every other one comes out of these documents. Source:
 * apidocs.healthcode.co.uk, "API overview", Discovering the APIs.
 */
export const healthcodeEndpoints = {
  /** Key-value pairs: the addresses of the APIs. */
  discovery: 'https://api.healthcode.co.uk/.well-known/discovery-document.json',
  /** "A special case is the discovery document for our single sign-on APIs". */
  openidConfiguration: 'https://auth.healthcode.co.uk/.well-known/openid-configuration',
}

export type HealthcodeEndpoints = typeof healthcodeEndpoints

/**
 * Of the user acceptance tests. Published is apidocs.uat.healthcode.co.uk; public clients use auth.uat.healthcode.co.uk,
 * and the discovery document's address follows from both.
 */
export const healthcodeUatEndpoints: HealthcodeEndpoints = {
  discovery: 'https://api.uat.healthcode.co.uk/.well-known/discovery-document.json',
  openidConfiguration: 'https://auth.uat.healthcode.co.uk/.well-known/openid-configuration',
}

/** Healthcode's own hosts are below these. */
const LIVE_DOMAIN = 'healthcode.co.uk'
const UAT_DOMAIN = 'uat.healthcode.co.uk'

/**
 * What an account with these addresses trusts of itself: live hosts or those of the user acceptance tests, never both, so
 * that a document of one that names hosts of the other leads no key and no patient there.
 */
export function healthcodeTrust(endpoints: HealthcodeEndpoints): TrustOptions {
  const entered = [endpoints.discovery, endpoints.openidConfiguration]
  const isBelow = (domain: string) =>
    entered.some((url) => URL.canParse(url) && new URL(url).hostname.endsWith(`.${domain}`))
  if (isBelow(UAT_DOMAIN)) return { entered, domains: [UAT_DOMAIN] }
  if (isBelow(LIVE_DOMAIN)) return { entered, domains: [LIVE_DOMAIN], barred: [UAT_DOMAIN] }
  return { entered }
}

/** "Where the header is not specified, version 1 is assumed": it is always sent. */
export const DEFAULT_API_VERSION = '1'

/**
 * What a test asks for, in this order, with GET: registers and code sets, which are no patient's. Source:
 * apidocs.healthcode.co.uk, "API library".
 */
export const harmlessRequests: readonly { endpoint: string; query: readonly [string, string][] }[] = [
  { endpoint: 'search_practitioner_endpoint', query: [['count', '1']] },
  { endpoint: 'codes_valueset_namespace/service-type/ISC', query: [] },
]
