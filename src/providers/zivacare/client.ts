import { GatewayError, toGatewayError } from '../../errors'
import type { Http, HttpRequest, HttpResponse } from '../../http/types'
import { isoDay } from '../day'
import {
  isObject,
  objectIn,
  spelled,
  textOf,
  tokenOf,
  unreadable,
  type JsonObject,
  type PersonFacts,
} from '../json-answer'
import { pagesOf, type Page } from '../paging'
import { zivaCareDataType, type ZivaCareDataType } from './data-types'
import { PAGE, unitSystems, type UnitSystem, type ZivaCareEndpoints } from './endpoints'
import { refusalBody } from '../vendor-words'
import { refusalOf, vendorCodeIn, type ZivaCareFacts } from './refusal'

const provider = 'zivacare'
const service = { provider, name: 'ZivaCare' }

/** A token answer has some five short values. */
const LONGEST_TOKEN_ANSWER = 64 * 1024

export interface ZivaCareOptions {
  clientId: string
  clientSecret: string
  endpoints: ZivaCareEndpoints
  http: Http
  /** How the exchange is written. The vendor's sample sends a form, its Android library JSON. Default: form. */
  requestStyle?: 'form' | 'json'
}

/** What the exchange of a special token gives. It has no end that is told. */
export interface ZivaCareGrant {
  /** ZivaCare's own id of the person. */
  zivaUserCode: string
  accessToken: string
  name?: string
  email?: string
  /** Without its body, which is the token. */
  response: HttpResponse
}

/** A user who was created, not connected yet. */
export interface ZivaCareUser {
  clientUserId: string
  /** To be exchanged, as one of the widget's. */
  specialToken: string
  /** Without its body, which is the token. */
  response: HttpResponse
}

/** The grant as it is kept with a person's connection. */
export function zivaCareTokens({
  zivaUserCode,
  accessToken,
}: Pick<ZivaCareGrant, 'zivaUserCode' | 'accessToken'>): {
  ziva_user_code: string
  access_token: string
} {
  return { ziva_user_code: zivaUserCode, access_token: accessToken }
}

/** Whose data are read. */
export interface ZivaCareAccess {
  user?: string
  accessToken: string
}

/** What is asked of a list. Days are a Date or ISO 8601. */
export interface ZivaCareQuery {
  /** `steps`, `sleeps` …: see zivaCareDataTypes. */
  type: string
  /** Records of this day. */
  day?: unknown
  /** Records of a period, first and last day included; both or none. */
  from?: unknown
  to?: unknown
  /** Records that reached ZivaCare after this day. */
  start?: unknown
  /** Records that were changed before this day. */
  end?: unknown
  /** How many records at a time. */
  limit?: number
  offset?: number
  /** Default: as the sources have it. */
  units?: UnitSystem
  signal?: AbortSignal
}

/** ZivaCare's operations, one method each. Sources: docs.zivacare.com, the page named at each. */
export class ZivaCareClient {
  readonly clientId: string
  readonly endpoints: ZivaCareEndpoints
  readonly #options: ZivaCareOptions

  constructor(options: ZivaCareOptions) {
    this.clientId = options.clientId
    this.endpoints = options.endpoints
    this.#options = options
  }

  /**
   * "ZivaCare Connect", steps 4 and 5: the special token and the client secret for the access token. The token
   * serves once, so it is sent again only where ZivaCare answers that it cannot take it now, and when to come back.
   * HG_REJECTED where it is not taken, HG_RESPONSE where half of the answer is missing.
   */
  async exchange(specialToken: string, user?: string, signal?: AbortSignal): Promise<ZivaCareGrant> {
    if (!/^[\x21-\x7e]{1,8192}$/.test(specialToken)) {
      throw new GatewayError(
        'HG_INPUT',
        'This is no special token. Hand in the specialToken that the connect script gives to `finish`.',
      )
    }
    const { clientSecret, requestStyle = 'form' } = this.#options
    const facts: ZivaCareFacts = {
      ...service,
      operation: 'exchange',
      what: 'an access token',
      hide: [clientSecret, specialToken],
      ...(user === undefined ? {} : { user }),
    }
    const fields = { clientSecret, specialToken }
    const response = await this.#send(facts, {
      url: this.endpoints.exchange,
      ...(requestStyle === 'json' ? jsonBody(fields) : formBody(fields)),
      ...(signal ? { signal } : {}),
    })
    if (!isSuccess(response)) {
      throw refusalOf(response, facts, response.statusCode === 400 ? notExchanged : undefined)
    }
    const answer = objectIn(response, facts)
    const zivaUserCode = textOf(answer, 'ziva_user_code')
    const accessToken = tokenOf(answer, 'access_token')
    if (zivaUserCode === undefined || accessToken === undefined) {
      const missing = accessToken === undefined ? 'access_token' : 'ziva_user_code'
      throw unreadable(response, facts, `an answer without ${missing}`)
    }
    const [name, email] = [textOf(answer, 'name'), textOf(answer, 'email')]
    return {
      zivaUserCode,
      accessToken,
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      response: withoutBody(response),
    }
  }

  /**
   * "Manage Users", create application user: registers somebody without the widget. HG_CONFLICT where the id is taken.
   * Sent again only where ZivaCare answers that it cannot take it now: a second time would be that conflict.
   */
  async createUser(
    clientUserId: string,
    clientUserName: string,
    signal?: AbortSignal,
  ): Promise<ZivaCareUser> {
    const { clientId, clientSecret } = this.#options
    const facts: ZivaCareFacts = {
      ...service,
      operation: 'createUser',
      what: 'a new user',
      user: clientUserId,
      hide: [clientSecret, clientUserName],
    }
    if (/\p{Surrogate}/u.test(clientUserId + clientUserName)) {
      throw new GatewayError('HG_INPUT', 'The id or the name of the user is not valid UTF-8 text.')
    }
    const response = await this.#send(facts, {
      url: this.endpoints.createUser,
      ...jsonBody({ clientId, clientSecret, clientUserId, clientUserName }),
      ...(signal ? { signal } : {}),
    })
    if (!isSuccess(response)) throw refusalOf(response, facts)
    const specialToken = tokenOf(objectIn(response, facts), 'specialToken')
    if (specialToken === undefined) throw unreadable(response, facts, 'an answer without specialToken')
    return { clientUserId, specialToken, response: withoutBody(response) }
  }

  /** "API Conventions": one record by its code, or the one object that the type is. */
  async one(
    access: ZivaCareAccess,
    { type, code, units, signal }: Pick<ZivaCareQuery, 'type' | 'units' | 'signal'> & { code?: string },
  ): Promise<{ value: JsonObject; response: HttpResponse }> {
    const known = zivaCareDataType(type)
    if ((known.kind === 'single') !== (code === undefined || code === '')) {
      const sentence =
        known.kind === 'single'
          ? `The type ${type} is a single one: it takes no code.`
          : `A record of the type ${type} is asked for by its code.`
      throw new GatewayError('HG_INPUT', sentence)
    }
    const path = code ? [known.name, segment(code)] : [known.name]
    const { response, answer, facts } = await this.#read(access, known, { path, units, signal })
    if (vendorCodeIn(response) !== undefined && answer.user_code === undefined) {
      throw refusalOf(response, facts)
    }
    // One page of the documentation shows a record as it is, the others show it under the name of its type.
    const [inside, ...more] = Object.values(answer)
    const value = more.length === 0 && isObject(inside) ? inside : answer
    if (Object.keys(value).length === 0) throw unreadable(response, facts, 'JSON that is no record')
    return { value, response }
  }

  /** "API Conventions": one page of a list, 10 records where no limit is given. */
  async page(access: ZivaCareAccess, query: ZivaCareQuery): Promise<Page<JsonObject>> {
    const known = zivaCareDataType(query.type)
    const { units, signal } = query
    const parameters = [...numbers(query), ...days({ start: query.start, end: query.end })]
    const { response, answer, facts } = await this.#read(access, known, {
      path: listPath(known, query),
      parameters,
      units,
      signal,
    })
    // The name of the list is the type's in camel case; whatever it is, there is one.
    const lists = Object.values(answer).filter((value): value is unknown[] => Array.isArray(value))
    const items = spelled(answer, known.name) ?? (lists.length === 1 ? lists[0] : undefined)
    if (!Array.isArray(items) || !items.every(isObject)) {
      throw unreadable(response, facts, 'JSON that is no list of records')
    }
    const total = String(answer.total)
    return { items, ...(/^\d{1,15}$/.test(total) ? { total: Number(total) } : {}), response }
  }

  /** All pages of a list. It ends in any case: see `pagesOf`. */
  pages(access: ZivaCareAccess, query: ZivaCareQuery): AsyncGenerator<Page<JsonObject>, void, undefined> {
    const known = zivaCareDataType(query.type)
    const { limit = PAGE, offset } = query
    return pagesOf({
      facts: factsOf(known, access),
      limit,
      ...(offset === undefined ? {} : { offset }),
      fetch: (part) => this.page(access, { ...query, ...part }),
      idOf: (item) => item.code,
    })
  }

  /**
   * Whether ZivaCare answers at each address: to a user without an id with 0005, to an exchange without a token and to data
   * without a token with a refusal in JSON. Nothing has changed after it. It may look for what is missing before it
   * looks at the secret, so a wrong one may show with the first user only.
   */
  async test(signal?: AbortSignal): Promise<void> {
    const { clientId, clientSecret, requestStyle = 'form' } = this.#options
    const facts: ZivaCareFacts = { ...service, operation: 'test', hide: [clientSecret] }
    const abort = signal ? { signal } : {}
    const { createUser, exchange, data } = this.endpoints
    const created = await this.#send(facts, {
      url: createUser,
      ...jsonBody({ clientId, clientSecret }),
      ...abort,
    })
    if (vendorCodeIn(created) !== '0005') throw refusalOf(created, facts)
    const body = requestStyle === 'json' ? jsonBody({ clientSecret }) : formBody({ clientSecret })
    const exchanged = await this.#send(facts, { url: exchange, ...body, ...abort })
    if (vendorCodeIn(exchanged) === undefined || exchanged.statusCode === 404)
      throw refusalOf(exchanged, facts)
    const url = `${data.replace(/\/+$/, '')}/profile`
    const read = await this.#send(facts, {
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      ...abort,
    })
    if (read.statusCode === 404 || Object.keys(refusalBody(read)).length === 0) throw refusalOf(read, facts)
  }

  async #read(
    access: ZivaCareAccess,
    type: ZivaCareDataType,
    ask: {
      path: string[]
      parameters?: Parameters
      units: UnitSystem | undefined
      signal: AbortSignal | undefined
    },
  ): Promise<{ response: HttpResponse; answer: JsonObject; facts: ZivaCareFacts }> {
    const { path, parameters = [], units, signal } = ask
    const facts: ZivaCareFacts = { ...factsOf(type, access), hide: [access.accessToken], silent: true }
    if (units !== undefined && !unitSystems.includes(units)) {
      throw new GatewayError('HG_INPUT', `The units are one of ${unitSystems.join(', ')}.`)
    }
    const url = new URL(`${this.endpoints.data.replace(/\/+$/, '')}/${path.join('/')}`)
    for (const [name, value] of [['access_token', access.accessToken] as const, ...parameters]) {
      url.searchParams.append(name, value)
    }
    const response = await this.#send(facts, {
      method: 'GET',
      url: url.href,
      headers: { accept: 'application/json', ...(units ? { 'x-unit-system': units } : {}) },
      ...(signal ? { signal } : {}),
    })
    if (!isSuccess(response)) throw refusalOf(response, facts, dataMeanings[response.statusCode])
    return { response, answer: objectIn(response, facts), facts }
  }

  /** Any answer, without the query of its address, which has the token. What is none rejects with who was asked. */
  async #send(
    { operation, user }: ZivaCareFacts,
    request: Omit<HttpRequest, 'method'> & { method?: 'GET' },
  ): Promise<HttpResponse> {
    const { method = 'POST' } = request
    const limit = method === 'POST' ? { maxResponseBytes: LONGEST_TOKEN_ANSWER } : {}
    try {
      const response = await this.#options.http.request({ ...limit, ...request, method })
      return { ...response, url: response.url.replace(/\?.*$/s, '') }
    } catch (thrown) {
      const facts = { provider, ...(operation ? { operation } : {}), ...(user === undefined ? {} : { user }) }
      throw toGatewayError(thrown).with(facts)
    }
  }
}

type Parameters = readonly (readonly [name: string, value: string])[]

function factsOf({ name, title }: ZivaCareDataType, { user }: ZivaCareAccess): PersonFacts {
  const whose = user === undefined ? {} : { user }
  return { ...service, operation: name, what: `"${title}"`, ...whose }
}

function isSuccess({ statusCode }: HttpResponse): boolean {
  return statusCode >= 200 && statusCode <= 299
}

function withoutBody(response: HttpResponse): HttpResponse {
  return { ...response, body: Buffer.alloc(0) }
}

function formBody(fields: Record<string, string>): Pick<HttpRequest, 'headers' | 'body'> {
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(fields).toString(),
  }
}

function jsonBody(fields: Record<string, string>): Pick<HttpRequest, 'headers' | 'body'> {
  return {
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(fields),
  }
}

/** `/{type}`, `/{type}/daily/{day}` or `/{type}/period/{first}/{last}`. */
function listPath({ name, kind }: ZivaCareDataType, { day, from, to }: ZivaCareQuery): string[] {
  const [one, first, last] = [dayOf(day, 'The day'), dayOf(from, 'The first day'), dayOf(to, 'The last day')]
  if (kind === 'single') {
    throw new GatewayError('HG_INPUT', `The type ${name} is a single one, not a list.`)
  }
  if (one === undefined && first === undefined && last === undefined) return [name]
  if (kind === 'goals') throw new GatewayError('HG_INPUT', `The type ${name} is not kept by day.`)
  if (one !== undefined && first === undefined && last === undefined) return [name, 'daily', one]
  if (one !== undefined || first === undefined || last === undefined) {
    throw new GatewayError('HG_INPUT', 'Give one day, or the first and the last day of a period.')
  }
  if (first > last) {
    throw new GatewayError('HG_INPUT', 'The first day is after the last one. Exchange them.')
  }
  return [name, 'period', first, last]
}

function numbers({ limit, offset }: ZivaCareQuery): Parameters {
  for (const [name, value, least] of [
    ['limit', limit, 1],
    ['offset', offset, 0],
  ] as const) {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) continue
    throw new GatewayError('HG_INPUT', `The ${name} has to be a whole number, ${least} or more.`)
  }
  return [
    ...(limit === undefined ? [] : [['limit', String(limit)] as const]),
    ...(offset === undefined ? [] : [['offset', String(offset)] as const]),
  ]
}

function days(values: { start: unknown; end: unknown }): Parameters {
  return Object.entries(values).flatMap(([name, value]) => {
    const day = dayOf(value, `"${name}"`)
    return day === undefined ? [] : [[name, day] as const]
  })
}

function dayOf(value: unknown, what: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const day = isoDay(value)
  if (day !== undefined) return day
  throw new GatewayError(
    'HG_INPUT',
    `${what} is not a day of the calendar. Give a Date or ISO 8601 (yyyy-mm-dd, a time may follow).`,
  )
}

/** A code as a part of the address. `daily` and `period` would be something else than a code. */
function segment(code: string): string {
  if (/^(?:\.{1,2}|daily|period)$/.test(code) || /[\p{Cc}\p{Surrogate}]/u.test(code)) {
    throw new GatewayError('HG_INPUT', 'The code is not one of a record of ZivaCare.')
  }
  return encodeURIComponent(code)
}

const notExchanged = {
  code: 'HG_REJECTED',
  sentence:
    'ZivaCare did not take the special token. It serves once, and for a short time: let the user connect again.',
} as const

const dataMeanings: Partial<Record<number, { code: 'HG_AUTH'; sentence: string }>> = {
  401: {
    code: 'HG_AUTH',
    sentence: "ZivaCare does not accept the user's access token any more. Let them connect again.",
  },
}
