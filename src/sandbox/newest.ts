export interface Limits {
  count: number
  bytes: number
}

/** The newest documents, within limits; the very newest is kept whatever its size. */
export class Newest<T extends { bytes: Buffer }> {
  #kept: T[] = []

  constructor(private readonly limits: Limits) {}

  add(document: T): void {
    this.#kept.push(document)
    let bytes = this.#kept.reduce((sum, kept) => sum + kept.bytes.length, 0)
    while (this.#kept.length > 1 && (this.#kept.length > this.limits.count || bytes > this.limits.bytes)) {
      bytes -= this.#kept.shift()?.bytes.length ?? 0
    }
  }

  /** Newest last. */
  list(): readonly T[] {
    return this.#kept
  }
}
