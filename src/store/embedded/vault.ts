import { decrypt, encrypt } from './aes-gcm'
import type { DataKey } from './data-key'

const VERSION = 1
const ID_BYTES = 8
const HEADER_BYTES = 1 + ID_BYTES

/**
 * Encrypts what the database holds. A sealed value: version (1 byte), id of its data key (8), and AES-256-GCM's part.
 * The header and the database key are authenticated, so a value cannot be passed off as another record's.
 *
 * A random nonce carries 2^32 values for each data key (SP 800-38D, 8.3): four years at 30 writes a second. A change
 * of the key text makes a new data key.
 */
export class Vault {
  readonly #dataKeys: ReadonlyMap<string, DataKey>

  /** `earlier` data keys open values, `current` seals them. */
  constructor(
    readonly current: DataKey,
    earlier: readonly DataKey[] = [],
  ) {
    this.#dataKeys = new Map([current, ...earlier].map((dataKey) => [dataKey.id, dataKey]))
  }

  seal(name: string, plain: Buffer): Buffer {
    const header = Buffer.from([VERSION, ...Buffer.from(this.current.id, 'hex')])
    return Buffer.concat([header, encrypt(this.current.key, context(header, name), plain)])
  }

  /** Undefined if the value was not sealed under this name, or is damaged, or its data key is not there. */
  open(name: string, sealed: Buffer): Buffer | undefined {
    const dataKey = this.#dataKeys.get(dataKeyIdOf(sealed))
    if (!dataKey || sealed[0] !== VERSION) return undefined
    const header = sealed.subarray(0, HEADER_BYTES)
    return decrypt(dataKey.key, context(header, name), sealed.subarray(HEADER_BYTES))
  }
}

/** Which data key a value says it was sealed with. */
export function dataKeyIdOf(sealed: Buffer): string {
  return sealed.subarray(1, HEADER_BYTES).toString('hex')
}

function context(header: Buffer, name: string): Buffer {
  return Buffer.concat([header, Buffer.from(name)])
}
