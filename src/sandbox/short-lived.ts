/** Things that are forgotten after `lifetimeMs`, and the oldest earlier when there are more than `limit`. */
export class ShortLived<V> {
  readonly #entries = new Map<string, { value: V; until: number }>()

  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => number,
    private readonly limit = 10_000,
  ) {}

  set(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: this.now() + this.lifetimeMs })
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.limit) break
      this.#entries.delete(oldest)
    }
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key)
    if (entry && entry.until > this.now()) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  /** Oldest first. */
  values(): V[] {
    const now = this.now()
    return [...this.#entries.values()].filter(({ until }) => until > now).map(({ value }) => value)
  }

  take(key: string): V | undefined {
    const value = this.get(key)
    this.#entries.delete(key)
    return value
  }
}
