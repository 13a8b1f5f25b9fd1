import { constants } from 'node:buffer'
import { toGatewayError } from '../errors'
import { expand } from './body'
import { exchange, type Answer } from './exchange'
import { Failure, misconfigured, stopped, type Phase } from './failure'
import { type Lane, Lanes } from './lane'
import { Loan } from './loan'
import { addressOf, outgoing, type Outgoing } from './outgoing'
import { nextHop } from './redirect'
import { Attempts, sendWithRetries } from './retry'
import { Stop, type StopCause } from './stop'
import type {
  Http,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  LentAnswer,
  LoanTerms,
  RequestAgent,
} from './types'

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024
const DEFAULT_USER_AGENT = 'health-gateways-node-red'

const idempotentMethods = new Set<HttpRequest['method']>(['GET', 'HEAD', 'PUT', 'DELETE'])

/**
 * The one way out: a pool of connections per origin, with a deadline, a size limit, retries, redirects, TLS material
 * and proxy as types.ts says. One client per account; its environment's proxy variables are read when it is made.
 */
export class HttpClient implements Http {
  private readonly lanes: Lanes
  private readonly running = new Set<Stop>()
  private closed = false

  constructor(private readonly options: HttpClientOptions = {}) {
    this.lanes = new Lanes(options.tls, options.proxy)
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const first = outgoing(request, this.userAgent)
    const job = new Job(request, this.limits(request), this.lanes)
    return await this.tracked(job.stop, () => job.run(first))
  }

  async lend<T>(terms: LoanTerms, use: (agent: RequestAgent) => Promise<T>): Promise<LentAnswer<T>> {
    const url = addressOf(terms.url)
    const { timeoutMs, bytes } = this.limits(terms)
    const stop = new Stop(timeoutMs, terms.signal)
    const attempts = new Attempts()
    const stoppedIn = (phase: Phase) => (cause: StopCause) => stopped(cause, phase, url.host, timeoutMs)
    const send = () => {
      const loan = new Loan(url, this.lanes.wayTo(url), this.userAgent, bytes)
      return stop.until(
        () => loan.run(use),
        (cause) => loan.abort(stoppedIn(loan.phase)(cause)),
      )
    }
    return this.tracked(stop, () =>
      told(attempts, async () => {
        const outcome = await sendWithRetries(send, {
          attempts,
          idempotent: terms.idempotent,
          remainingMs: () => stop.remainingMs(),
          sleep: (ms) => stop.sleep(ms, stoppedIn('connecting')),
        })
        return { ...outcome, attempts: attempts.made, url: url.href }
      }),
    )
  }

  private async tracked<T>(stop: Stop, work: () => Promise<T>): Promise<T> {
    if (this.closed) stop.fire('closed')
    this.running.add(stop)
    try {
      return await work()
    } finally {
      stop.end()
      this.running.delete(stop)
    }
  }

  private get userAgent(): string {
    return this.options.userAgent ?? DEFAULT_USER_AGENT
  }

  async close(): Promise<void> {
    this.closed = true
    for (const stop of this.running) stop.fire('closed')
    await this.lanes.destroy()
  }

  private limits(request: Pick<HttpRequest, 'timeoutMs' | 'maxResponseBytes'>): Limits {
    const timeoutMs = request.timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    const bytes = request.maxResponseBytes ?? this.options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES
    if (!(timeoutMs > 0)) throw misconfigured('The time limit must be more than 0 seconds.', 'TIME_LIMIT')
    if (!(bytes > 0))
      throw misconfigured('The limit of the size of an answer must be more than 0.', 'SIZE_LIMIT')
    return { timeoutMs, bytes: Math.min(Math.ceil(bytes), constants.MAX_LENGTH) }
  }
}

/** Makes the last attempt's failure an error that tells of all of them. */
async function told<T>(attempts: Attempts, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw toGatewayError(thrown)
    attempts.note(thrown)
    throw thrown.toGatewayError(attempts.made, attempts.arrived)
  }
}

interface Limits {
  timeoutMs: number
  bytes: number
}

/** One call of `request`: its attempts and its redirects under one deadline. */
class Job {
  readonly stop: Stop
  private readonly attempts = new Attempts()
  private readonly idempotent: boolean

  constructor(
    private readonly request: HttpRequest,
    private readonly limits: Limits,
    private readonly lanes: Lanes,
  ) {
    this.stop = new Stop(limits.timeoutMs, request.signal)
    this.idempotent = request.idempotent ?? idempotentMethods.has(request.method)
  }

  run(first: Outgoing): Promise<HttpResponse> {
    return told(this.attempts, async () => {
      const { answer, url } = await this.follow(first)
      const { statusCode, headers } = answer
      const body = isEncoded(answer) ? await this.expanded(answer, url.host) : answer.body
      return { statusCode, headers, body, attempts: this.attempts.made, url: url.href }
    })
  }

  private async follow(first: Outgoing): Promise<{ answer: Answer; url: URL }> {
    let hop = first
    for (let left = this.request.redirects ?? 0; ; left--) {
      const answer = await this.deliver(hop)
      const next = left > 0 ? nextHop(hop, answer) : undefined
      if (!next) return { answer, url: hop.url }
      this.request.checkRedirect?.(next.url.href)
      hop = next
    }
  }

  private deliver(hop: Outgoing): Promise<Answer> {
    const { attempts, idempotent, stop } = this
    return sendWithRetries(() => this.send(hop), {
      attempts,
      idempotent,
      remainingMs: () => stop.remainingMs(),
      sleep: (ms) => stop.sleep(ms, this.stoppedIn(hop.url.host)),
    })
  }

  private send(hop: Outgoing): Promise<Answer> {
    const lane = this.lanes.for(hop.url)
    const { authorization } = hop
    if (authorization) return this.sendAuthorized(lane, hop, authorization)
    return exchange(lane, hop, this.limits.bytes, this.stop)
  }

  private async sendAuthorized(
    lane: Lane,
    hop: Outgoing,
    authorization: NonNullable<Outgoing['authorization']>,
  ): Promise<Answer> {
    const value = await this.stop.until(async () => authorization(hop.url.href), this.stoppedIn(hop.url.host))
    const headers = { ...hop.headers, authorization: value }
    return await exchange(lane, { ...hop, headers }, this.limits.bytes, this.stop)
  }

  private async expanded({ statusCode, headers, body }: Answer, host: string): Promise<Buffer> {
    const contentEncoding = headers['content-encoding'] ?? ''
    const limit = this.limits.bytes
    const expanded = await this.stop.until(
      () => expand(body, contentEncoding, { host, limit, statusCode }),
      (cause) => stopped(cause, 'reading', host, this.limits.timeoutMs),
    )
    delete headers['content-encoding']
    delete headers['content-length']
    return expanded
  }

  private stoppedIn(host: string): (cause: StopCause) => Failure {
    return (cause) => stopped(cause, 'connecting', host, this.limits.timeoutMs)
  }
}

function isEncoded({ headers, body }: Answer): boolean {
  return body.length > 0 && headers['content-encoding'] !== undefined
}
