import { GatewayError, type ErrorCode } from '../../errors'
import { causeOf, errorForStatus } from '../../http/status'
import type { HttpResponse } from '../../http/types'
import { isObject, type PersonFacts } from '../json-answer'
import { refusalBody, vendorWords } from '../vendor-words'

export interface HumanApiFacts extends PersonFacts {
  /** Values that the answer may repeat and that must not be told: the secret, the token, the e-mail address. */
  hide: readonly string[]
}

/**
 * What Human API said of a refusal. The errors of the token endpoint and of the Data API are not documented; of the same
 * vendor's Admin API two forms are, `{code, error, message}` and `{statusCode, error, message, validation}`, both with
 * `x-humanapi-request-id`. Whatever of these is there is taken.
 */
interface Said {
  message?: string
  fields?: string
  requestId?: string
}

/** The error of an answer that is no success; `own` puts a meaning in place of the general one of its status. */
export function refusalOf(
  response: HttpResponse,
  facts: HumanApiFacts,
  own?: { code: ErrorCode; sentence: string },
): GatewayError {
  const said = saidIn(response, facts.hide)
  const general = errorForStatus(response, facts)
  const words = [
    own?.sentence ?? general.message,
    said.message && `Human API says: ${said.message}`,
    said.fields && `It names: ${said.fields}.`,
  ]
  const cause = causeOf(response, facts, { retryable: general.cause.retryable })
  return new GatewayError(own?.code ?? general.code, words.filter(Boolean).join(' '), {
    ...cause,
    ...(said.requestId ? { requestId: said.requestId } : {}),
    ...(facts.user === undefined ? {} : { user: facts.user }),
  })
}

/** True where the answer names fields of the request that are missing or malformed. */
export function isValidation(response: HttpResponse): boolean {
  return isObject(refusalBody(response).validation)
}

/** True for JSON, as a refusal of the vendor's own is. */
export function saysAnything(response: HttpResponse): boolean {
  return Object.keys(refusalBody(response)).length > 0
}

function saidIn(response: HttpResponse, hide: readonly string[]): Said {
  const body = refusalBody(response)
  const { validation } = body
  const message = vendorWords(body, ['message', 'error'], hide)
  const keys = isObject(validation) && Array.isArray(validation.keys) ? (validation.keys as unknown[]) : []
  const fields = keys.filter((key) => typeof key === 'string' && /^[\w.]{1,60}$/.test(key))
  const id = response.headers['x-humanapi-request-id'] ?? body['x-humanapi-request-id']
  return {
    ...(message === undefined ? {} : { message }),
    ...(fields.length > 0 ? { fields: fields.slice(0, 10).join(', ') } : {}),
    ...(typeof id === 'string' ? { requestId: id } : {}),
  }
}
