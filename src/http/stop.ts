export type StopCause = 'timeout' | 'closed'

/** The longest delay that a Node timer can hold; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The requests that a signal stops. It has one listener for all of them: at eleven, Node warns of a leak. */
const bySignal = new WeakMap<AbortSignal, Set<Stop>>()

function watch(signal: AbortSignal, stop: Stop): void {
  const stops = bySignal.get(signal)
  if (stops) return void stops.add(stop)
  bySignal.set(signal, new Set([stop]))
  signal.addEventListener('abort', stopAll)
}

function unwatch(signal: AbortSignal, stop: Stop): void {
  const stops = bySignal.get(signal)
  stops?.delete(stop)
  if (stops?.size !== 0) return
  bySignal.delete(signal)
  signal.removeEventListener('abort', stopAll)
}

function stopAll(this: AbortSignal): void {
  for (const stop of bySignal.get(this) ?? []) stop.fire('closed')
}

/**
 * What ends a request from outside: its deadline, its caller's signal, or the client's close, whichever is first.
 * A request waits for one thing at a time, so there is one waiter. `end` must be called when the request is over:
 * it leaves no timer, and no listener on a signal that may live as long as the node.
 */
export class Stop {
  private cause?: StopCause
  private waiter?: (cause: StopCause) => void
  private readonly endsAt: number
  private readonly timer: NodeJS.Timeout

  constructor(
    readonly timeoutMs: number,
    private readonly signal?: AbortSignal,
  ) {
    this.endsAt = performance.now() + timeoutMs
    this.timer = setTimeout(() => this.fire('timeout'), Math.min(timeoutMs, LONGEST_TIMER_MS))
    if (signal?.aborted) this.cause = 'closed'
    else if (signal) watch(signal, this)
  }

  fire(cause: StopCause): void {
    if (this.cause) return
    this.cause = cause
    this.waiter?.(cause)
  }

  remainingMs(): number {
    return this.endsAt - performance.now()
  }

  /**
   * For work that settles by itself: `onStop` is called once, at once where the request is stopped already, unless `leave`
   * comes first.
   */
  watch(onStop: (cause: StopCause) => void): void {
    if (this.cause) onStop(this.cause)
    else this.waiter = onStop
  }

  leave(): void {
    this.waiter = undefined
  }

  /** Settles as the work does; when the request is stopped before, rejects at once with what `onStop` returns. */
  until<T>(work: () => PromiseLike<T>, onStop: (cause: StopCause) => Error): Promise<T> {
    if (this.cause) return Promise.reject(onStop(this.cause))
    return new Promise<T>((resolve, reject) => {
      this.waiter = (cause) => reject(onStop(cause))
      const done = () => (this.waiter = undefined)
      work().then(
        (value) => {
          done()
          resolve(value)
        },
        (error: unknown) => {
          done()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
  }

  async sleep(ms: number, onStop: (cause: StopCause) => Error): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    try {
      await this.until(() => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), onStop)
    } finally {
      clearTimeout(timer)
    }
  }

  end(): void {
    clearTimeout(this.timer)
    if (this.signal) unwatch(this.signal, this)
  }
}
