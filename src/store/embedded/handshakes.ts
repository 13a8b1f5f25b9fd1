import { GatewayError } from '../../errors'
import type { Handshakes, TakenHandshake } from '../store'
import { HANDSHAKES, type Names } from './names'
import type { Operations } from './operations'
import type { SealedRecords } from './sealed-records'

const REMEDY = 'Begin again with connecting the user.'

/** For so long a browser that comes too late is told so, and not that it was never here. */
const REMEMBERED_MS = 60 * 60_000

interface Handshake {
  /** Milliseconds since 1970. */
  expiresAt: number
  /** Gone once it is taken or expired. */
  value?: Record<string, string>
}

export interface HandshakesParts {
  records: SealedRecords
  names: Names
  operations: Operations
  now: () => number
}

export class EmbeddedHandshakes implements Handshakes {
  readonly #parts: HandshakesParts

  constructor(parts: HandshakesParts) {
    this.#parts = parts
  }

  async put(id: string, value: Record<string, string>, lifetimeMs: number): Promise<void> {
    if (!Number.isFinite(lifetimeMs)) {
      throw new GatewayError(
        'HG_INPUT',
        'The lifetime of a handshake is not a number of milliseconds. Give one.',
      )
    }
    await this.#inTurn(this.#parts.names.handshake(id), (name) =>
      this.#write(name, { expiresAt: this.#parts.now() + lifetimeMs, value }),
    )
  }

  take(id: string): Promise<TakenHandshake> {
    return this.#inTurn(this.#parts.names.handshake(id), async (name) => {
      const handshake = await this.#read(name)
      if (!handshake) return { outcome: 'unknown' }
      const { expiresAt, value } = handshake
      if (this.#parts.now() >= expiresAt) return { outcome: 'expired' }
      if (!value) return { outcome: 'used' }
      await this.#write(name, { expiresAt })
      return { outcome: 'taken', value }
    })
  }

  /** Removes the secrets of those that have expired, and an hour later the memory of them. */
  async sweep(): Promise<void> {
    await this.#parts.operations.run(async () => {
      for await (const [name, value] of this.#parts.records.all(HANDSHAKES)) {
        if (value === undefined) await this.#parts.records.delete(name)
        else if (this.#isExpired(value as Handshake)) await this.#expire(name)
      }
    })
  }

  #expire(name: string): Promise<void> {
    return this.#inTurn(name, async () => {
      const handshake = await this.#read(name)
      if (!handshake || !this.#isExpired(handshake)) return
      const { expiresAt, value } = handshake
      if (this.#parts.now() >= expiresAt + REMEMBERED_MS) await this.#parts.records.delete(name)
      else if (value) await this.#write(name, { expiresAt })
    })
  }

  #isExpired({ expiresAt }: Handshake): boolean {
    return this.#parts.now() >= expiresAt
  }

  #inTurn<T>(name: string, work: (name: string) => Promise<T>): Promise<T> {
    return this.#parts.operations.inTurn(name, () => work(name))
  }

  async #read(name: string): Promise<Handshake | undefined> {
    return (await this.#parts.records.read(name, REMEDY)) as Handshake | undefined
  }

  #write(name: string, handshake: Handshake): Promise<void> {
    return this.#parts.records.write(name, handshake, { sync: true })
  }
}
