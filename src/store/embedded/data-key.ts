import { createSecretKey, randomBytes, scrypt, type KeyObject } from 'node:crypto'
import { GatewayError } from '../../errors'
import { decrypt, encrypt } from './aes-gcm'
import { dataKeyName } from './names'

/** Encrypts records. `id` is 8 bytes in hex. */
export interface DataKey {
  readonly id: string
  readonly key: KeyObject
}

/** How a data key is kept: encrypted with a key derived from the key text; scrypt's parameters as in RFC 7914. */
interface WrappedDataKey {
  version: 1
  N: number
  r: number
  p: number
  salt: string
  wrapped: string
}

/**
 * One of the settings OWASP's Password Storage Cheat Sheet holds equal; of these the one with the least memory
 * (16 MiB) that is still quick on a small board. Measured: 154 ms on a server, once for each opening.
 */
const scryptCost = { N: 2 ** 14, r: 8, p: 5 }

/** What a record may ask of us: enough for stronger settings to come, not for a damaged one to take all memory. */
const scryptLimit = { N: 2 ** 17, r: 8, p: 16 }

export async function createDataKey(keyText: string): Promise<{ dataKey: DataKey; record: Buffer }> {
  const secret = randomBytes(32)
  const dataKey = { id: randomBytes(8).toString('hex'), key: createSecretKey(secret) }
  const salt = randomBytes(16)
  const wrapping = await derive(keyText, salt, scryptCost)
  const record: WrappedDataKey = {
    version: 1,
    ...scryptCost,
    salt: salt.toString('base64'),
    wrapped: encrypt(wrapping, Buffer.from(dataKeyName(dataKey.id)), secret).toString('base64'),
  }
  return { dataKey, record: Buffer.from(JSON.stringify(record)) }
}

/** Undefined if this is not the key text the data key was made with; HG_CONFIG if the record is no data key. */
export async function openDataKey(id: string, record: Buffer, keyText: string): Promise<DataKey | undefined> {
  const { salt, wrapped, ...cost } = parse(record)
  const wrapping = await derive(keyText, Buffer.from(salt, 'base64'), cost)
  const secret = decrypt(wrapping, Buffer.from(dataKeyName(id)), Buffer.from(wrapped, 'base64'))
  return secret && { id, key: createSecretKey(secret) }
}

function derive(keyText: string, salt: Buffer, { N, r, p }: typeof scryptCost): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    scrypt(keyText, salt, 32, { N, r, p, maxmem: 2 ** 28 }, (error, derived) => {
      if (error) reject(error)
      else resolve(createSecretKey(derived))
    })
  })
}

function parse(record: Buffer): WrappedDataKey {
  let value: Partial<Record<keyof WrappedDataKey, unknown>> | null
  try {
    value = JSON.parse(record.toString()) as typeof value
  } catch {
    value = null
  }
  if (typeof value?.version === 'number' && value.version > 1) {
    throw new GatewayError(
      'HG_CONFIG',
      'The store was written by a newer version of this package. Install that version or a later one.',
    )
  }
  if (value && isWrappedDataKey(value)) return value
  throw new GatewayError(
    'HG_CONFIG',
    "The store's own key record is damaged. Restore its directory from a backup, or move it away to begin with an empty store.",
  )
}

function isWrappedDataKey(
  value: Partial<Record<keyof WrappedDataKey, unknown>>,
): value is Partial<Record<keyof WrappedDataKey, unknown>> & WrappedDataKey {
  const { N, r, p, salt, wrapped } = value
  return (
    within(N, scryptLimit.N) &&
    N !== 1 &&
    Number.isInteger(Math.log2(Number(N))) &&
    within(r, scryptLimit.r) &&
    within(p, scryptLimit.p) &&
    typeof salt === 'string' &&
    typeof wrapped === 'string'
  )
}

function within(value: unknown, limit: number): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= limit
}
