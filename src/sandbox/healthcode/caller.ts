import type { Call } from '../call'
import type { ApiKey } from './endpoints'
import { FhirRefusal, type IssueCode, issue, type MessageCode, refuse } from './fhir/outcome'
import type { Keys, RegisteredKey } from './sso/keys'
import type { AccessTokens } from './sso/tokens'

/** Who calls an API, and for which site. */
export interface Caller {
  site: string
  /** Of the API, as HC-API-Version asks. */
  version: number
  mayWrite: boolean
}

export interface Gate {
  keys: Keys
  tokens: AccessTokens
}

/** Versions that there are besides 1. */
const versions: Partial<Record<ApiKey, number>> = { search_practitioner_endpoint: 2 }

/** @throws FhirRefusal 401 without a good token, 403 for another's site or without subscription, 400 for the headers */
export function callerOf({ keys, tokens }: Gate, call: Call, api: ApiKey): Caller {
  const { key, mayWrite } = bearer({ keys, tokens }, call)
  const site = call.header('su-siteid')
  if (site === '') {
    throw refuse(400, 'required', 'The header SU-SiteId is missing: the id of the site to work on.')
  }
  if (!key.sites.includes(site)) {
    throw refuse(403, 'forbidden', 'The site in SU-SiteId is none of those that this API key may use.')
  }
  if (key.apis && !key.apis.includes(api)) {
    throw refuse(403, 'forbidden', 'The site has no subscription for this API.')
  }
  return { site, version: versionOf(call.header('hc-api-version') || '1', versions[api] ?? 1), mayWrite }
}

/** @throws FhirRefusal 401 */
export function bearer({ keys, tokens }: Gate, call: Call): { key: RegisteredKey; mayWrite: boolean } {
  const [, text] = /^Bearer ([^\s]+)$/i.exec(call.header('authorization')) ?? []
  if (text === undefined) {
    throw unauthorised(
      'login',
      'The header Authorization has to be Bearer and an access token.',
      'MSG_AUTH_REQUIRED',
    )
  }
  const token = tokens.read(text)
  const key = token && keys.find(token.keyId)
  if (!key)
    throw unauthorised('unknown', 'This is no access token of this service, or its API key was deleted.')
  if (token.isExpired || call.isTo('expireTokens'))
    throw unauthorised('expired', 'This access token has expired.')
  return { key, mayWrite: /\.(?:write|\*)(?: |$)/.test(token.scope) }
}

function unauthorised(code: IssueCode, text: string, message?: MessageCode): FhirRefusal {
  const challenge = 'Bearer realm="Healthcode sandbox"'
  return new FhirRefusal(401, [issue(code, text, message ? { message } : {})], {
    'www-authenticate': code === 'login' ? challenge : `${challenge}, error="invalid_token"`,
  })
}

function versionOf(text: string, newest: number): number {
  const version = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : NaN
  if (version <= newest) return version
  throw refuse(
    400,
    'not-supported',
    `HC-API-Version has to be a version of this API: ${newest === 1 ? '1' : `1 to ${newest}`}.`,
  )
}
