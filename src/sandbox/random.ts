import { createHash } from 'node:crypto'

/** Numbers that look like chance and are the same for the same keys. */
export class Random {
  readonly #key: string
  #drawn = 0
  #block = Buffer.alloc(0)

  constructor(...keys: readonly (string | number)[]) {
    this.#key = JSON.stringify(keys)
  }

  /** From 0 up to, not including, 1. */
  fraction(): number {
    const at = (this.#drawn * 4) % 32
    if (at === 0) this.#block = createHash('sha256').update(`${this.#key} ${this.#drawn}`).digest()
    this.#drawn++
    return this.#block.readUInt32BE(at) / 2 ** 32
  }

  /** `spread` away from `middle` at most, more often near than far. */
  near(middle: number, spread: number, decimals = 0): number {
    const away = (this.fraction() + this.fraction() + this.fraction()) / 1.5 - 1
    return rounded(middle + away * spread, decimals)
  }

  /** From `least` up to, not including, `most`, rounded down. */
  between(least: number, most: number, decimals = 0): number {
    const step = 10 ** decimals
    return rounded(Math.floor((least + this.fraction() * (most - least)) * step) / step, decimals)
  }

  chance(of: number): boolean {
    return this.fraction() < of
  }

  oneOf<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.fraction() * items.length)] ?? items[0]
  }
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
