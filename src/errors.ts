import { redact, redactDeep } from './redact'

/**
 * Every way an operation can fail. A flow branches on these, so a code is never renamed and its meaning never
 * narrowed; a new kind of failure gets a new code.
 */
export const errorCodes = {
  HG_CONFIG: 'a node or account is not set up',
  HG_INPUT: 'the message cannot be used',
  HG_NOT_CONNECTED: 'the user has not connected this account',
  HG_AUTH: 'the provider does not accept the credentials or the token',
  HG_FORBIDDEN: 'the user or the provider said no',
  HG_REJECTED: 'the provider understood the request and refused its content',
  HG_NOT_FOUND: 'the thing asked for does not exist',
  HG_CONFLICT: 'something else has it, or it was used already',
  HG_RATE_LIMITED: 'too many requests',
  HG_UNAVAILABLE: 'the provider cannot be reached or is out of order',
  HG_TIMEOUT: 'it took too long',
  HG_RESPONSE: 'the answer cannot be read',
  HG_TOO_LARGE: 'the document or the answer is over the size limit',
  HG_CLOSED: 'the node was closed while it was at work',
  HG_INTERNAL: 'a fault of this package: please report it',
} as const

export type ErrorCode = keyof typeof errorCodes

/** What a Catch node finds in `msg.error.cause`: plain data, with nothing secret and no patient data in it. */
export interface ErrorCause {
  provider?: string
  operation?: string
  /** HTTP status of the provider's answer, if there was one. */
  statusCode?: number
  /** The provider's own id of the request, for its support desk. */
  requestId?: string
  /** The integrator's own id of the person whom it concerns. */
  user?: string
  /** True when the failure is temporary: the same message may succeed later. */
  retryable: boolean
  /** More facts, by kind of error; always JSON. */
  detail?: unknown
}

/**
 * The one error class. Node-RED hands only `message`, `code`, `stack` and `cause` on to a Catch node, so everything
 * a flow may need is in these. Message and cause are redacted here, whoever made them.
 */
export class GatewayError extends Error {
  readonly code: ErrorCode
  override readonly cause: ErrorCause

  constructor(code: ErrorCode, message: string, cause: Partial<ErrorCause> = {}) {
    super(redactAround(message, cause.user))
    this.name = 'GatewayError'
    this.code = code
    const { requestId, user, ...facts } = { retryable: false, ...cause }
    this.cause = {
      ...(redactDeep(facts) as ErrorCause),
      // Both look like secrets and are none: a person needs them to act.
      ...(requestId !== undefined && /^[\w.:-]{1,128}$/.test(requestId) ? { requestId } : {}),
      ...(user === undefined ? {} : { user: shownUser(user) }),
    }
  }

  /** The same failure, told with the circumstances in which it was met. */
  with(facts: Partial<ErrorCause>): GatewayError {
    const error = new GatewayError(this.code, this.message, { ...this.cause, ...facts })
    error.stack = this.stack
    return error
  }
}

/** An id of the integrator's own may look like anything; one that is an e-mail address says who the person is. */
function shownUser(user: string): string {
  return user.includes('@') ? redact(user) : user.slice(0, 200)
}

/** Leaves the user's id as it is where the sentence names them in quotes. */
function redactAround(message: string, user: string | undefined): string {
  if (user === undefined || user.includes('@')) return redact(message)
  const named = `"${user}"`
  return message
    .split(named)
    .map((part) => redact(part))
    .join(named)
}

/** Anything thrown, as a GatewayError: what is not one already is a fault of ours or of the platform. */
export function toGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const wrapped = new GatewayError('HG_INTERNAL', `Unexpected failure: ${error.message}`, {
    detail: { reason: (error as NodeJS.ErrnoException).code ?? error.name },
  })
  wrapped.stack = redact(error.stack ?? wrapped.stack ?? '')
  return wrapped
}
