import { type ErrorCause, type ErrorCode, GatewayError } from '../errors'
import { retryAfterMs } from './retry-after'
import type { HttpResponse } from './types'

/** Who was asked for what, for the sentence and the cause of an error. */
export interface RequestFacts {
  /** `healthjibe`, `humanapi`, …; left out: "the provider". */
  provider?: string
  /** As people write it, `Human API`, for the sentence; left out: `provider`. */
  name?: string
  operation?: string
  /** What was asked for, as it reads in "… did not give <what>": `the list of HMS names`. */
  what?: string
}

const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id', 'request-id']

/** A page's beginning says what it is; the rest is not looked at. */
const SNIFFED = 1_024

/**
 * The error that an answer's status means, for every provider alike. What the answer says is not quoted: it may
 * repeat the document that was sent. For 2xx, which is no failure by itself, it is HG_RESPONSE.
 */
export function errorForStatus(response: HttpResponse, facts: RequestFacts): GatewayError {
  const { code, reason, retryable } = meaningOf(response)
  const subject = facts.name ?? facts.provider ?? 'The provider'
  const asked = facts.what ? ` for ${facts.what}` : ''
  const message = `${subject} answered${asked} with HTTP ${response.statusCode}: ${reason}`
  return new GatewayError(code, message, causeOf(response, facts, { retryable }))
}

/** The facts of an answer that an error carries, `detail` with the wait that the provider asks for. */
export function causeOf(
  response: HttpResponse,
  facts: RequestFacts,
  more: { retryable?: boolean; detail?: Record<string, unknown> } = {},
): Partial<ErrorCause> {
  const { provider, operation } = facts
  const requestId = REQUEST_ID_HEADERS.map((name) => response.headers[name]).find(Boolean)
  const waitMs = retryAfterMs(response.headers)
  const detail = { ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }), ...more.detail }
  return {
    ...(provider ? { provider } : {}),
    ...(operation ? { operation } : {}),
    statusCode: response.statusCode,
    ...(requestId ? { requestId } : {}),
    retryable: more.retryable ?? false,
    ...(Object.keys(detail).length > 0 ? { detail } : {}),
  }
}

/**
 * True for an HTML page: what a proxy, a sign-in portal or a web server in trouble gives in place of an answer. A
 * content type alone does not make one, since old services send plain values and XML as text/html.
 */
export function isHtml(response: HttpResponse): boolean {
  const start = response.body.subarray(0, SNIFFED).toString('utf8').trimStart()
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(start))
    return true
  return /^text\/html\b/i.test(response.headers['content-type'] ?? '') && HTML_PART.test(start)
}

/** A page in pieces: what a server sends when it is not quite in order. */
const HTML_PART =
  /^(?:<!--[^]*?-->\s*)*<(?:h[1-6r]|p|div|span|title|meta|link|script|style|center|font|table|form|br|img|a|b|i|strong|em|pre|ul|ol|main|section|header|frameset|iframe)\b/i

interface Meaning {
  code: ErrorCode
  reason: string
  retryable: boolean
}

function meaningOf({ statusCode }: HttpResponse): Meaning {
  const meaning = meanings[statusCode]
  if (meaning) return { retryable: false, ...meaning }
  if (statusCode >= 500) return { ...OUT_OF_ORDER, retryable: true }
  if (statusCode >= 400) return { ...REFUSED, retryable: false }
  if (statusCode >= 300) return { ...REDIRECT, retryable: false }
  return { ...UNREADABLE, retryable: false }
}

const OUT_OF_ORDER = {
  code: 'HG_UNAVAILABLE',
  reason: 'it is out of order at the moment. Try again later.',
} as const
const REFUSED = {
  code: 'HG_REJECTED',
  reason: 'it refuses this request. Check what is sent against the description of the service.',
} as const
const REDIRECT = {
  code: 'HG_RESPONSE',
  reason:
    'it points to another address, which is not followed. Check the URL of the account (http or https, host, path).',
} as const
const UNREADABLE = {
  code: 'HG_RESPONSE',
  reason: 'this answer cannot be used. Check the URL of the account.',
} as const

const meanings: Partial<Record<number, Omit<Meaning, 'retryable'> & { retryable?: boolean }>> = {
  401: {
    code: 'HG_AUTH',
    reason:
      'it does not accept the credentials. Check those of the account; if they are right, connect the user again.',
  },
  403: {
    code: 'HG_FORBIDDEN',
    reason: 'this is not allowed. Ask the user to grant it, or the provider what the account may do.',
  },
  404: {
    code: 'HG_NOT_FOUND',
    reason: 'it does not have what was asked for. Check the id or name, and the URL of the account.',
  },
  407: {
    code: 'HG_CONFIG',
    reason: 'this came from the proxy, which wants a user name and a password. Enter them in the proxy node.',
  },
  408: {
    code: 'HG_TIMEOUT',
    reason: 'the request took too long to arrive. Try again.',
    retryable: true,
  },
  409: {
    code: 'HG_CONFLICT',
    reason: 'this exists already or was changed in the meantime. Read the present state before trying again.',
  },
  410: {
    code: 'HG_NOT_FOUND',
    reason: 'what was asked for has been removed.',
  },
  412: {
    code: 'HG_CONFLICT',
    reason: 'this was changed in the meantime. Read the present state before trying again.',
  },
  413: {
    code: 'HG_TOO_LARGE',
    reason: 'the document is larger than it takes. Send less at a time.',
  },
  429: {
    code: 'HG_RATE_LIMITED',
    reason: 'there were too many requests. Wait, then send fewer.',
    retryable: true,
  },
}
