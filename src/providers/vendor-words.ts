import type { HttpResponse } from '../http/types'
import { excerpt } from '../redact'
import { isObject, type JsonObject } from './json-answer'

/** The JSON object of a refusal, read leniently: empty for what is none. */
export function refusalBody(response: HttpResponse): JsonObject {
  try {
    const value: unknown = JSON.parse(response.body.toString('utf8'))
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/**
 * The first of these fields that is text, fit for an error: 200 characters of it, redacted, without the values in `hide`,
 * which a service may repeat (a secret, a token, an e-mail address).
 */
export function vendorWords(
  body: JsonObject,
  fields: readonly string[],
  hide: readonly string[],
): string | undefined {
  const text = fields
    .map((field) => body[field])
    .find((each): each is string => typeof each === 'string' && each !== '')
  if (text === undefined) return undefined
  // An excerpt ends somewhere: half of a secret would not be known as one.
  const safe = hide.filter(Boolean).reduce((left, secret) => left.split(secret).join('[redacted]'), text)
  return excerpt(safe, hide.join(' '))
}
