import { GatewayError } from '../../errors'
import type { Change, Database } from './database'
import type { Vault } from './vault'

/** JSON values, encrypted. What opens was written by us, so its shape is trusted. */
export class SealedRecords {
  readonly #database: Database
  readonly #vault: Vault

  constructor(database: Database, vault: Vault) {
    this.#database = database
    this.#vault = vault
  }

  async has(name: string): Promise<boolean> {
    return (await this.#database.get(name)) !== undefined
  }

  /**
   * HG_CONFIG if the record is there and cannot be opened: neither message nor provider is at fault, a retry does not
   * help, and it takes whoever runs the installation to put it right. `remedy` tells how.
   */
  async read(name: string, remedy: string): Promise<unknown> {
    const sealed = await this.#database.get(name)
    if (!sealed) return undefined
    const plain = this.#vault.open(name, sealed)
    if (plain) return JSON.parse(plain.toString())
    throw new GatewayError(
      'HG_CONFIG',
      `A record of the store at ${this.#database.path} cannot be read: it is damaged, or was changed by someone else. ${remedy}`,
      { detail: { reason: 'damaged record' } },
    )
  }

  /** All with the prefix; the value is undefined where a record cannot be opened. */
  async *all(prefix: string): AsyncGenerator<[name: string, value: unknown]> {
    for await (const chunk of this.#database.chunks(prefix)) {
      for (const [name, sealed] of chunk) {
        const plain = this.#vault.open(name, sealed)
        yield [name, plain && JSON.parse(plain.toString())]
      }
    }
  }

  write(name: string, value: object, durability: { sync: boolean }): Promise<void> {
    const sealed = this.#vault.seal(name, Buffer.from(JSON.stringify(value)))
    return this.#write({ type: 'put', key: name, value: sealed }, durability)
  }

  delete(name: string): Promise<void> {
    return this.#write({ type: 'del', key: name }, { sync: true })
  }

  #write(change: Change, durability: { sync: boolean }): Promise<void> {
    return this.#database.write([change], durability)
  }
}
