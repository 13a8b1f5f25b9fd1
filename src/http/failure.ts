import { GatewayError, type ErrorCode } from '../errors'
import type { StopCause } from './stop'
import type { FailureDetail } from './types'

/** Where an attempt stands: no connection yet; sent or being sent; its answer has begun. */
export type Phase = 'connecting' | 'sent' | 'reading'

export type Arrived = FailureDetail['arrived']

interface Facts {
  reason: string
  arrived: Arrived
  /** The same request may succeed later. */
  temporary: boolean
  statusCode?: number
}

/** Why one attempt came to nothing; becomes a GatewayError when no further attempt follows. */
export class Failure extends Error {
  constructor(
    readonly code: ErrorCode,
    sentence: string,
    readonly facts: Facts,
  ) {
    super(sentence)
  }

  toGatewayError(attempts: number, arrived: Arrived): GatewayError {
    const detail: FailureDetail = { reason: this.facts.reason, arrived, attempts }
    return new GatewayError(this.code, this.message, {
      statusCode: this.facts.statusCode,
      retryable: this.facts.temporary,
      detail,
    })
  }
}

/** The request was stopped from outside. */
export function stopped(cause: StopCause, phase: Phase, host: string, timeoutMs: number): Failure {
  const arrived = phase === 'connecting' ? 'no' : 'unknown'
  if (cause === 'closed') {
    const sentence = `The request to ${host} was given up, because the node that made it was closed.`
    return new Failure('HG_CLOSED', sentence, { reason: 'CLOSED', arrived, temporary: true })
  }
  const seconds = `${Number((timeoutMs / 1000).toPrecision(3))} s`
  const sentences: Record<Phase, string> = {
    connecting: `No connection to ${host} within ${seconds}. Check the address and the network, or allow more time.`,
    sent: `${host} did not answer within ${seconds}. Try again later, or allow more time.`,
    reading: `The answer of ${host} was not complete after ${seconds}. Try again later, or allow more time.`,
  }
  return new Failure('HG_TIMEOUT', sentences[phase], { reason: 'TIMEOUT', arrived, temporary: true })
}

export function tooLarge(host: string, limit: number, statusCode: number): Failure {
  const mebibytes = Number((limit / 1024 / 1024).toPrecision(3))
  return new Failure(
    'HG_TOO_LARGE',
    `The answer of ${host} is larger than the limit of ${mebibytes} MiB. Ask for less, or raise the limit.`,
    { reason: 'RESPONSE_SIZE', arrived: 'unknown', temporary: false, statusCode },
  )
}

/** Settings with which nothing can be sent. */
export function misconfigured(sentence: string, reason: string): GatewayError {
  const detail: FailureDetail = { reason, arrived: 'no', attempts: 1 }
  return new GatewayError('HG_CONFIG', sentence, { detail })
}

/** An answer whose body cannot be used. */
export function unreadable(sentence: string, reason: string, statusCode?: number): Failure {
  return new Failure('HG_RESPONSE', sentence, { reason, arrived: 'unknown', temporary: false, statusCode })
}

export function proxyRefusesUser(proxy: string): GatewayError {
  return misconfigured(
    `The proxy ${proxy} does not accept the user name and password (407). Check them in the proxy's settings.`,
    'PROXY_407',
  )
}
