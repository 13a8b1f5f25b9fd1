import { createHash } from 'node:crypto'
import type { Call, Reply } from '../call'
import { type ApiKey, apiKeys, apiPaths, healthcodePaths } from './endpoints'
import { FhirRefusal, issue, refuse } from './fhir/outcome'

/** What an address that an API has left answers. */
export type MovedStatus = 301 | 302 | 404 | 410

/** Seconds for which a well-known document may be kept without asking again. */
const MAX_AGE = 300

/** Where the APIs are, and the two documents that tell it. */
export class Directory {
  readonly #places = new Map<ApiKey, string>(apiKeys.map((key) => [key, 'v1']))
  readonly #left = new Map<string, { status: MovedStatus; to: string | undefined }>()
  readonly #changes = {
    discovery: {} as Record<string, unknown>,
    openidConfiguration: {} as Record<string, unknown>,
  }
  #moves = 1

  constructor(private readonly origin: string) {}

  urlOf(key: ApiKey): string {
    const place = healthcodePaths.apis.replace(':place', this.#places.get(key) ?? '')
    return `${this.origin}${place}/${apiPaths[key]}`
  }

  /** The API gets another address, which the discovery document has from now on. @param to where the old one leads */
  move(key: ApiKey, status: MovedStatus, to?: string): void {
    this.#left.set(`${this.#places.get(key) ?? ''} ${key}`, { status, to })
    this.#places.set(key, `v${++this.#moves}`)
  }

  /** Fields that differ from what would be right; `undefined` takes one away. */
  publish(document: 'discovery' | 'openidConfiguration', changes: Record<string, unknown>): void {
    this.#changes[document] = changes
  }

  /**
   * Does nothing where the API is.
   * @param rest of the address, after the API's own
   * @throws FhirRefusal that leads from an address which the API has left to the one that it has now
   */
  check(key: ApiKey, place: string, rest: () => string): void {
    if (place === this.#places.get(key)) return
    const { status, to } = this.#left.get(`${place} ${key}`) ?? { status: 404 as const, to: undefined }
    if (status === 301 || status === 302) {
      const text =
        'This API has another address now: the one in the header Location and in the discovery document.'
      throw new FhirRefusal(status, [issue('informational', text, {}, 'information')], {
        location: (to ?? this.urlOf(key)) + rest(),
      })
    }
    throw refuse(
      status,
      'not-found',
      'There is no API at this address. Take the address from the discovery document.',
    )
  }

  discovery(call: Call): Reply {
    const urls = Object.fromEntries(apiKeys.map((key) => [key, this.urlOf(key)]))
    return documentReply(call, { ...urls, ...this.#changes.discovery })
  }

  /** Where the plain FHIR server's access tokens come from, for those who want to have one. */
  smartConfiguration(): object {
    return {
      token_endpoint: this.origin + healthcodePaths.token,
      scopes_supported: scopes,
      ...clientAuthentication,
      capabilities: ['client-confidential-asymmetric', 'client-confidential-symmetric', 'permission-v1'],
    }
  }

  openidConfiguration(call: Call): Reply {
    const at = (path: string) => this.origin + path
    const right = {
      issuer: at(healthcodePaths.issuer),
      authorization_endpoint: at(healthcodePaths.authorize),
      token_endpoint: at(healthcodePaths.token),
      jwks_uri: at(healthcodePaths.jwks),
      scopes_supported: scopes,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      ...clientAuthentication,
    }
    return documentReply(call, { ...right, ...this.#changes.openidConfiguration })
  }
}

/** How servers sign themselves in. Source: hl7.org/fhir/smart-app-launch, "App Launch: Metadata" */
const clientAuthentication = {
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
}

/** No scope of Healthcode's is published; these are those of SMART for servers, and all of them are given unasked. */
export const scopes = ['system/*.read', 'system/*.write'] as const

function documentReply(call: Call, document: object): Reply {
  const body = JSON.stringify(document, undefined, 2)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'cache-control': `public, max-age=${MAX_AGE}` }
  const known = call
    .header('if-none-match')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers }
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body }
}
