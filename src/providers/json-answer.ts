import { isAscii, isUtf8 } from 'node:buffer'
import { GatewayError } from '../errors'
import { causeOf, isHtml, type RequestFacts } from '../http/status'
import type { HttpResponse } from '../http/types'

/** Who was asked for what, for whom: by the integrator's own id of the person. */
export interface PersonFacts extends RequestFacts {
  user?: string
}

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The JSON of an answer. HG_RESPONSE, without a word of the answer, for what is none. */
export function jsonIn(response: HttpResponse, facts: PersonFacts): unknown {
  const value = parsedJson(response)
  if (value !== undefined) return value
  throw noJson(response, facts)
}

/** Undefined for what is none. */
export function parsedJson({ body }: HttpResponse): unknown {
  try {
    // Of text without umlauts this takes half the time.
    if (isAscii(body)) return JSON.parse(body.toString('latin1'))
    if (isUtf8(body)) return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''))
  } catch {
    // The caller tells.
  }
  return undefined
}

export function noJson(response: HttpResponse, facts: PersonFacts): GatewayError {
  return unreadable(response, facts, `${kindOf(response)}, where JSON belongs`)
}

/** The same for an answer that has to be an object. */
export function objectIn(response: HttpResponse, facts: PersonFacts): JsonObject {
  const value = jsonIn(response, facts)
  if (isObject(value)) return value
  throw unreadable(response, facts, 'JSON that is no object')
}

/** What cannot be used of an answer with a status of success. */
export function unreadable(response: HttpResponse, facts: PersonFacts, answered: string): GatewayError {
  const asked = facts.what ? ` for ${facts.what}` : ''
  return new GatewayError(
    'HG_RESPONSE',
    `${facts.name ?? facts.provider ?? 'The provider'} answered${asked} with ${answered}. Check the URL of the account, and that no proxy or sign-in page stands between.`,
    {
      ...causeOf(response, facts, { detail: { bytes: response.body.length } }),
      ...(facts.user === undefined ? {} : { user: facts.user }),
    },
  )
}

/** In words, without a word of the answer itself: it may be a patient's data. */
function kindOf(response: HttpResponse): string {
  const { body } = response
  if (body.length === 0) return 'an empty body'
  if (!isUtf8(body)) return 'bytes that are no text'
  if (isHtml(response)) return 'an HTML page'
  return /^\s*[{["]/.test(body.subarray(0, 100).toString()) ? 'JSON that is broken or cut' : 'something else'
}

/** The value of a field by its documented name, `human_id`, or by that name in the other spelling, `humanId`. */
export function spelled(object: JsonObject, name: string): unknown {
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const spelling = [name, camel, snake].find((each) => Object.hasOwn(object, each))
  return spelling === undefined ? undefined : object[spelling]
}

/** The same for a text; undefined for one that is empty or something else. */
export function textOf(object: JsonObject, name: string): string | undefined {
  const value = spelled(object, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The same for a token, which has to fit into a header or an address. */
export function tokenOf(object: JsonObject, name: string): string | undefined {
  const value = textOf(object, name)
  return value !== undefined && /^[\x21-\x7e]{1,8192}$/.test(value) ? value : undefined
}
