import { GatewayError, type ErrorCode } from '../../errors'
import { causeOf, errorForStatus } from '../../http/status'
import type { HttpResponse } from '../../http/types'
import { isObject, type JsonObject, type PersonFacts } from '../json-answer'
import { refusalBody, vendorWords } from '../vendor-words'
import { filterNames } from './query'

export interface HumanApiFacts extends PersonFacts {
  /** Values that the answer may repeat and that must not be told: the secret, the e-mail address. */
  hide: readonly string[]
}

/** What stands in a refusal that may be told. */
interface Said {
  message?: string
  fields?: string
}

interface Meaning {
  code: ErrorCode
  sentence: string
}

/**
 * The error of a refusal by the token endpoint; `own` puts a meaning in place of the general one of its status. Such
 * refusals are not documented; of the same vendor's Admin API two forms are, `{code, error, message}` and
 * `{statusCode, error, message, validation}`, both with `x-humanapi-request-id`. Whatever of these is there is taken.
 */
export function refusalOf(response: HttpResponse, facts: HumanApiFacts, own?: Meaning): GatewayError {
  const body = refusalBody(response)
  const message = vendorWords(body, ['message', 'error'], facts.hide)
  const fields = fieldsIn(body).filter((field) => /^[\w.]{1,60}$/.test(field))
  return errorOf(response, facts, own, saying(message, fields))
}

/** The same by the Data API, whose words may be about the person: only words that are known are told. */
export function dataRefusalOf(response: HttpResponse, facts: PersonFacts, own?: Meaning): GatewayError {
  const body = refusalBody(response)
  const code = ['error', 'code'].map((name) => body[name]).find((each) => BEARER_ERRORS.has(each))
  const fields = fieldsIn(body).filter((field) => PARAMETERS.has(field))
  return errorOf(response, facts, own, saying(code as string | undefined, fields))
}

/** RFC 6750, section 3.1. */
const BEARER_ERRORS: ReadonlySet<unknown> = new Set([
  'invalid_request',
  'invalid_token',
  'insufficient_scope',
])

/** What is sent to the Data API. */
const PARAMETERS: ReadonlySet<string> = new Set([
  ...['accept', 'authorization', 'date', 'format', 'id', 'limit', 'offset'],
  ...filterNames,
])

/** True where the answer names fields of the request that are missing or malformed. */
export function isValidation(response: HttpResponse): boolean {
  return isObject(refusalBody(response).validation)
}

/** True for a refusal in one of the vendor's forms. */
export function isVendors(response: HttpResponse): boolean {
  const body = refusalBody(response)
  return requestIdOf(response, body) !== undefined || typeof body.code === 'number'
}

function errorOf(
  response: HttpResponse,
  facts: PersonFacts,
  own: Meaning | undefined,
  { message, fields }: Said,
): GatewayError {
  const general = errorForStatus(response, facts)
  const words = [
    own?.sentence ?? general.message,
    message && `Human API says: ${message}`,
    fields && `It names: ${fields}.`,
  ]
  const requestId = requestIdOf(response, refusalBody(response))
  return new GatewayError(own?.code ?? general.code, words.filter(Boolean).join(' '), {
    ...causeOf(response, facts, { retryable: general.cause.retryable }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(facts.user === undefined ? {} : { user: facts.user }),
  })
}

function saying(message: string | undefined, fields: readonly string[]): Said {
  return {
    ...(message === undefined ? {} : { message }),
    ...(fields.length > 0 ? { fields: fields.slice(0, 10).join(', ') } : {}),
  }
}

function fieldsIn({ validation }: JsonObject): string[] {
  const keys: unknown[] = isObject(validation) && Array.isArray(validation.keys) ? validation.keys : []
  return keys.filter((key) => typeof key === 'string')
}

function requestIdOf({ headers }: HttpResponse, body: JsonObject): string | undefined {
  const id = headers['x-humanapi-request-id'] ?? body['x-humanapi-request-id']
  return typeof id === 'string' ? id : undefined
}
