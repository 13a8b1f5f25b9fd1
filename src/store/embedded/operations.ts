import { GatewayError } from '../../errors'

/** Lets operations begin until the store closes, and those on one record follow each other. */
export class Operations {
  readonly #running = new Set<Promise<unknown>>()
  readonly #last = new Map<string, Promise<unknown>>()
  #ended = false

  /** HG_CLOSED after `end`. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended) {
      throw new GatewayError('HG_CLOSED', 'The store is closed. Deploy the flow again to open it.')
    }
    const running = work()
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  /** Begins when everything asked for earlier with the same key is over, well or not. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.run(async () => {
      const before = this.#last.get(key)
      const turn = before ? before.then(work, work) : work()
      this.#last.set(key, turn)
      try {
        return await turn
      } finally {
        if (this.#last.get(key) === turn) this.#last.delete(key)
      }
    })
  }

  /** No new ones; resolves when those that had begun are over. */
  async end(): Promise<void> {
    this.#ended = true
    await Promise.allSettled(this.#running)
  }
}
