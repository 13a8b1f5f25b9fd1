import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Reply } from '../call'
import { Refusal } from '../refusal'

/** Something of a request is missing or malformed. */
export class InvalidRequest extends Refusal {
  constructor(
    message: string,
    readonly source: 'body' | 'query' | 'headers',
    readonly keys: readonly string[],
  ) {
    super(400, message)
  }
}

export function jsonReply(value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/**
 * A refusal as JSON. What the token endpoint and the Data API answer is not documented; these are the two forms of the
 * same vendor's Admin API.
 */
export function refusalReply(refusal: Refusal): Reply {
  const { status, message } = refusal
  const error = STATUS_CODES[status] ?? 'Error'
  const about = { error, message, 'x-humanapi-request-id': randomUUID() }
  const body =
    refusal instanceof InvalidRequest
      ? { statusCode: status, ...about, validation: { source: refusal.source, keys: refusal.keys } }
      : { code: status, ...about }
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Bearer realm="Human API sandbox"' } : {}
  return { ...jsonReply(body, challenge), status }
}
