import { toGatewayError, GatewayError } from '../../errors'
import { isHtml } from '../../http/status'
import type { Http, HttpRequest, HttpResponse } from '../../http/types'
import { expiryOf, type TimedToken } from '../../oauth2/lifetime'
import {
  isObject,
  jsonIn,
  objectIn,
  spelled,
  textOf,
  tokenOf,
  unreadable,
  type JsonObject,
  type PersonFacts,
} from '../json-answer'
import { pagesOf, type Page } from '../paging'
import { DEMO_TOKEN, MOST_RECORDS, tokenPath, TOTAL_HEADER, type HumanApiEndpoints } from './endpoints'
import { filterParameters, limitOf, offsetOf, type DataQuery } from './query'
import { dataRefusalOf, isValidation, isVendors, refusalOf, type HumanApiFacts } from './refusal'
import { humanApiResource, pathOf, type HumanApiResource } from './resources'

const service = { provider: 'humanapi', name: 'Human API' }

/** A token answer has some five short values. */
const LONGEST_TOKEN_ANSWER = 64 * 1024

export interface HumanApiOptions {
  clientId: string
  clientSecret: string
  endpoints: HumanApiEndpoints
  http: Http
}

/**
 * `session` opens Connect for a person without sources, `id` for one who has connected some; `access` reads their data.
 */
export type HumanApiTokenType = 'session' | 'id' | 'access'

/** What the token endpoint gave. */
export interface HumanApiGrant extends TimedToken {
  type: HumanApiTokenType
  /** Only with a session. */
  humanId?: string
  /** To be kept; there is nothing to use it for yet ("Web Guide"). Never with a session. */
  refreshToken?: string
  /** Of a session that `HumanApiTokens` keeps: a digest of the e-mail address that it was begun for. */
  address?: string
}

/** Whose data are read: sends a request with their access token, once more where a renewed one is needed. */
export interface HumanApiAccess {
  user?: string
  send(request: (accessToken: string) => Promise<HttpResponse>): Promise<HttpResponse>
}

/** One record, or the one object that a resource is. */
export interface HumanApiRecord {
  value: JsonObject
  response: HttpResponse
}

/** Human API's operations, one method each. Sources: "Web Guide" and reference.humanapi.co. */
export class HumanApiClient {
  readonly clientId: string
  readonly endpoints: HumanApiEndpoints
  readonly #secret: string
  readonly #http: Http

  constructor({ clientId, clientSecret, endpoints, http }: HumanApiOptions) {
    this.clientId = clientId
    this.endpoints = endpoints
    this.#secret = clientSecret
    this.#http = http
  }

  /**
   * "Start a user session": a token to open Connect with, and `human_id`. HG_FORBIDDEN where the person has connected a
   * source already: it is an id token then.
   * @param askedAt the time by which the token's life is counted
   */
  session(user: string, email: string, askedAt: number, signal?: AbortSignal): Promise<HumanApiGrant> {
    return this.#token({ type: 'session', user, email, askedAt, signal })
  }

  /** "Returning User": a token to open Connect with, for who has connected a source. Else HG_NOT_CONNECTED. */
  idToken(user: string, askedAt: number, signal?: AbortSignal): Promise<HumanApiGrant> {
    return this.#token({ type: 'id', user, askedAt, signal })
  }

  /** "Retrieve the access token": for the data of who has connected a source. Else HG_NOT_CONNECTED. */
  accessToken(user: string, askedAt: number, signal?: AbortSignal): Promise<HumanApiGrant> {
    return this.#token({ type: 'access', user, askedAt, signal })
  }

  /** One object: a resource that is a single one, or a record of a list by its id. */
  async one(
    access: HumanApiAccess,
    { resource, id, signal }: { resource: string; id?: string; signal?: AbortSignal },
  ): Promise<HumanApiRecord> {
    const known = humanApiResource(resource)
    const response = await this.#get(access, known, pathOf(known, id), [], signal)
    return { value: objectIn(response, factsOf(known, access)), response }
  }

  /** One page of a list, as the vendor cuts it: 50 records where no limit is given. */
  page(
    access: HumanApiAccess,
    { resource, id, signal, ...query }: DataQuery & { resource: string; id?: string; signal?: AbortSignal },
  ): Promise<Page<JsonObject>> {
    const known = humanApiResource(resource)
    return this.#page(access, known, pathOf(known, id), query, signal)
  }

  /** All pages of a list, 500 records at a time where no limit is given. It ends in any case: see `pagesOf`. */
  pages(
    access: HumanApiAccess,
    { resource, id, signal, ...query }: DataQuery & { resource: string; id?: string; signal?: AbortSignal },
  ): AsyncGenerator<Page<JsonObject>, void, undefined> {
    const known = humanApiResource(resource)
    const path = pathOf(known, id)
    return pagesOf({
      facts: factsOf(known, access),
      limit: limitOf(query.limit ?? MOST_RECORDS),
      ...(query.offset === undefined ? {} : { offset: query.offset }),
      fetch: (part) => this.#page(access, known, path, { ...query, ...part }, signal),
      idOf: (item) => item.id,
    })
  }

  /**
   * A document as it is: `medical/ccds/raw` (XML), `medical/reports/raw` (in the format that is asked for).
   * @param format of a report. Default: json
   */
  async raw(
    access: HumanApiAccess,
    {
      resource,
      id,
      format,
      signal,
    }: { resource: string; id: string; format?: 'json' | 'html' | 'pdf'; signal?: AbortSignal },
  ): Promise<HttpResponse> {
    const known = humanApiResource(resource)
    const asked = known.name === 'medical/reports/raw' ? (format ?? 'json') : undefined
    const query: Parameters = asked === undefined ? [] : [['format', asked]]
    const response = await this.#get(access, known, pathOf(known, id), query, signal)
    const facts = factsOf(known, access)
    if (response.body.length === 0) throw unreadable(response, facts, 'an empty body')
    if (asked !== 'html' && isHtml(response)) throw unreadable(response, facts, 'an HTML page')
    if (asked === 'pdf' && !isPdf(response)) throw unreadable(response, facts, 'something that is no PDF')
    return response
  }

  /**
   * Whether the account works. Asks for the access token of a user who cannot exist, which changes nothing, as a session
   * would, which makes a user; then reads the demo data. HG_AUTH where client id and secret are not accepted. A client
   * that is blocked is not told from one that is not, where Human API refuses it as it refuses an unknown user.
   */
  async test(signal?: AbortSignal): Promise<void> {
    const user = `health-gateways test ${this.clientId}`
    const { response, facts } = await this.#askToken({ type: 'access', user, askedAt: 0, signal })
    if (response.statusCode === 401) throw tokenRefusal(response, 'access', facts)
    // Anything that is not the vendor's own, as of a proxy, is no answer to the question.
    if (response.statusCode === 403 && isVendors(response)) return this.#testData(signal)
    if (!isSuccess(response)) throw refusalOf(response, facts)
    grantIn(response, facts, 'access', 0)
    return this.#testData(signal)
  }

  /** Whether the Data API is at its address; whether it has demo data for this account is another matter. */
  async #testData(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.page(accessBy(), { resource: 'sources', ...(signal ? { signal } : {}) })
    } catch (thrown) {
      const error = toGatewayError(thrown)
      if (error.code !== 'HG_AUTH' && error.code !== 'HG_FORBIDDEN') throw error
    }
  }

  async #token(asked: TokenRequest): Promise<HumanApiGrant> {
    const { type, askedAt } = asked
    const { response, facts } = await this.#askToken(asked)
    if (!isSuccess(response)) throw tokenRefusal(response, type, facts)
    return grantIn(response, facts, type, askedAt)
  }

  async #askToken({
    type,
    user,
    email,
    signal,
  }: TokenRequest): Promise<{ response: HttpResponse; facts: HumanApiFacts }> {
    if (/\p{Surrogate}/u.test(user)) {
      throw new GatewayError('HG_INPUT', 'The user is not valid UTF-8 text. Give another id of the person.')
    }
    const facts: HumanApiFacts = {
      ...service,
      operation: `${type}Token`,
      what: `${type === 'session' ? 'a' : 'an'} ${type} token`,
      user,
      hide: [this.#secret, email ?? ''],
    }
    const response = await this.#request(facts, {
      method: 'POST',
      url: joined(this.endpoints.auth, tokenPath),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        client_id: this.clientId,
        client_user_id: user,
        ...(email === undefined ? {} : { client_user_email: email }),
        client_secret: this.#secret,
        type,
      }),
      // Who asks again gets another token, and the one that was lost harms nobody.
      idempotent: true,
      maxResponseBytes: LONGEST_TOKEN_ANSWER,
      ...(signal ? { signal } : {}),
    })
    return { response, facts }
  }

  async #page(
    access: HumanApiAccess,
    resource: HumanApiResource,
    path: string,
    { limit, offset, filters }: DataQuery,
    signal: AbortSignal | undefined,
  ): Promise<Page<JsonObject>> {
    const query: Parameters = [
      ...(limit === undefined ? [] : [['limit', String(limitOf(limit))] as const]),
      ...(offset === undefined ? [] : [['offset', String(offsetOf(offset))] as const]),
      ...filterParameters(filters),
    ]
    const response = await this.#get(access, resource, path, query, signal)
    const items = jsonIn(response, factsOf(resource, access))
    if (!Array.isArray(items) || !items.every(isObject)) {
      throw unreadable(response, factsOf(resource, access), 'JSON that is no list of records')
    }
    const total = response.headers[TOTAL_HEADER]?.trim() ?? ''
    return { items, ...(/^\d{1,15}$/.test(total) ? { total: Number(total) } : {}), response }
  }

  async #get(
    access: HumanApiAccess,
    resource: HumanApiResource,
    path: string,
    query: Parameters,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    const url = new URL(joined(this.endpoints.data, path === '' ? '' : `/${path}`))
    for (const [name, value] of query) url.searchParams.append(name, value)
    const facts = factsOf(resource, access)
    const response = await access.send((token) =>
      this.#request(facts, {
        method: 'GET',
        url: url.href,
        headers: { accept: resource.kind === 'raw' ? 'application/json, */*' : 'application/json' },
        authorization: () => `Bearer ${token}`,
        ...(signal ? { signal } : {}),
      }),
    )
    if (isSuccess(response)) return response
    throw dataRefusalOf(response, facts, dataMeanings[response.statusCode])
  }

  /** Any answer; what is none rejects with who was asked for what. */
  async #request({ operation, user }: PersonFacts, request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#http.request(request)
    } catch (thrown) {
      const whose = user === undefined ? {} : { user }
      throw toGatewayError(thrown).with({
        provider: service.provider,
        ...(operation ? { operation } : {}),
        ...whose,
      })
    }
  }
}

interface TokenRequest {
  type: HumanApiTokenType
  user: string
  email?: string
  askedAt: number
  signal?: AbortSignal | undefined
}

type Parameters = readonly (readonly [name: string, value: string])[]

/** The access of a token that is at hand already, and is not renewed: that of the demo data by default. */
export function accessBy(token: string = DEMO_TOKEN): HumanApiAccess {
  return { send: (request) => request(token) }
}

function factsOf({ name, title }: HumanApiResource, { user }: HumanApiAccess): PersonFacts {
  const whose = user === undefined ? {} : { user }
  return { ...service, operation: name, what: `"${title}"`, ...whose }
}

function isSuccess({ statusCode }: HttpResponse): boolean {
  return statusCode >= 200 && statusCode <= 299
}

/** The mark may stand anywhere in the first 1024 bytes. Source: PDF Reference 1.7, appendix H, note 13. */
function isPdf({ body }: HttpResponse): boolean {
  return body.subarray(0, 1024).includes('%PDF-')
}

function joined(base: string, path: string): string {
  return base.replace(/\/+$/, '') + path
}

/** Names of the fields, by type. Source: "Web Guide". */
const fields = {
  session: { token: 'session_token', refreshToken: undefined },
  id: { token: 'id_token', refreshToken: 'id_refresh_token' },
  access: { token: 'access_token', refreshToken: 'refresh_token' },
} as const

function grantIn(
  response: HttpResponse,
  facts: HumanApiFacts,
  type: HumanApiTokenType,
  askedAt: number,
): HumanApiGrant {
  const answer = objectIn(response, facts)
  const token = tokenOf(answer, fields[type].token)
  const humanId = textOf(answer, 'human_id')
  if (token === undefined) throw unreadable(response, facts, `an answer without ${fields[type].token}`)
  if (type === 'session' && humanId === undefined) {
    throw unreadable(response, facts, 'an answer without human_id')
  }
  const kind = textOf(answer, 'token_type')
  if (kind !== undefined && kind.toLowerCase() !== 'bearer') {
    throw unreadable(response, facts, 'a token of a type other than Bearer')
  }
  const expiresAt = expiryOf(spelled(answer, 'expires_in'), askedAt)
  const { refreshToken: name } = fields[type]
  const refreshToken = name && textOf(answer, name)
  return {
    type,
    token,
    askedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(humanId === undefined ? {} : { humanId }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
}

/**
 * What a refusal of the token endpoint means. Documented is 403 for a session after a source was connected. That access
 * is refused before that is documented without its status: 403 is taken for it. A web page is of something in between.
 */
function tokenRefusal(response: HttpResponse, type: HumanApiTokenType, facts: HumanApiFacts): GatewayError {
  const { statusCode } = response
  const who = `The user "${facts.user}"`
  if (statusCode === 401) {
    const sentence = 'Human API does not accept the account. Check its client id and client secret.'
    return refusalOf(response, facts, { code: 'HG_AUTH', sentence })
  }
  if (statusCode !== 403 || isHtml(response) || isValidation(response)) return refusalOf(response, facts)
  if (type === 'session') {
    const sentence = `${who} has connected a source at Human API already, so there is no session for them. Ask for an id token, or for auto, which does so by itself.`
    return refusalOf(response, facts, { code: 'HG_FORBIDDEN', sentence })
  }
  const sentence = `${who} has no connected source at Human API, or is not active there any more. Send their browser through a humanapi-connect node first.`
  return refusalOf(response, facts, { code: 'HG_NOT_CONNECTED', sentence })
}

const dataMeanings: Partial<Record<number, { code: 'HG_AUTH' | 'HG_FORBIDDEN'; sentence: string }>> = {
  401: {
    code: 'HG_AUTH',
    sentence:
      'Human API does not accept the access token, not even a new one. The user may have been deleted there: let them connect again.',
  },
  403: {
    code: 'HG_FORBIDDEN',
    sentence:
      'Human API does not allow this resource. The user may have disconnected its source, or it is not part of your contract.',
  },
}
