import type { Answer } from './exchange'
import { Failure, type Arrived } from './failure'
import { retryAfterMs } from './retry-after'

const MOST_ATTEMPTS = 3

/** What is known of a request over all its attempts, for the error or the response. */
export class Attempts {
  made = 1
  /** `unknown` as soon as one attempt may have arrived. */
  arrived: Arrived = 'no'

  note(failure: Failure): void {
    if (failure.facts.arrived === 'unknown') this.arrived = 'unknown'
  }
}

interface Surroundings {
  attempts: Attempts
  /** The request may safely arrive twice. */
  idempotent: boolean
  remainingMs: () => number
  sleep: (ms: number) => Promise<void>
}

/**
 * Sends up to three times. Again is tried: what surely did not arrive, unless its reason cannot change by itself; what
 * may have arrived, if it is idempotent; and what was answered with 429 or 503 and a Retry-After. A wait that does not
 * fit the deadline is not begun: the answer or the failure stands.
 */
export async function sendWithRetries<A extends Pick<Answer, 'statusCode' | 'headers'>>(
  send: () => Promise<A>,
  around: Surroundings,
): Promise<A> {
  const { attempts } = around
  for (;;) {
    let outcome: A | Failure
    try {
      outcome = await send()
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      outcome = thrown
    }
    if (outcome instanceof Failure) attempts.note(outcome)
    const waitMs = outcome instanceof Failure ? backoff(outcome, around) : askedWait(outcome)
    if (waitMs === undefined || attempts.made === MOST_ATTEMPTS || waitMs >= around.remainingMs()) {
      if (outcome instanceof Failure) throw outcome
      return outcome
    }
    await around.sleep(waitMs)
    attempts.made++
  }
}

/** 0.1 to 0.2 s, then 0.4 to 0.8 s: long enough for a service that is being restarted behind a balancer. */
function backoff({ code, facts }: Failure, { attempts, idempotent }: Surroundings): number | undefined {
  const stopped = code === 'HG_TIMEOUT' || code === 'HG_CLOSED'
  if (stopped || !facts.temporary || (facts.arrived !== 'no' && !idempotent)) return undefined
  return 100 * 4 ** (attempts.made - 1) * (1 + Math.random())
}

function askedWait({ statusCode, headers }: Pick<Answer, 'statusCode' | 'headers'>): number | undefined {
  return statusCode === 429 || statusCode === 503 ? retryAfterMs(headers) : undefined
}
