import { GatewayError } from '../../errors'
import type { Store } from '../store'
import { EmbeddedConnections } from './connections'
import { Database } from './database'
import { EmbeddedHandshakes } from './handshakes'
import { Names } from './names'
import { Operations } from './operations'
import { SealedRecords } from './sealed-records'
import { unlock, type KeyTexts } from './unlock'

export interface EmbeddedStoreOptions {
  /** A directory of its own; made, for its owner only, if it is not there. */
  path: string
  /** Key texts: the current one, then earlier ones, of which one may still open the store. */
  keys: readonly string[]
  /** Milliseconds since 1970. */
  now?: () => number
  /** Told of damage that stops nothing; a process warning if left out. */
  warn?: (message: string) => void
}

const SWEEP_EVERY_MS = 10 * 60_000

/**
 * The store in a directory (LevelDB), for one process at a time, encrypted. Rejects with HG_CONFIG for a path or key
 * that cannot be right, HG_CONFLICT if the store is open already, HG_UNAVAILABLE if the disk is full or out of order;
 * so do its operations, and with HG_CLOSED after `close`.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  const keyTexts = checked(options.keys)
  const database = await Database.open(options.path)
  try {
    return await assemble(database, keyTexts, options)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function assemble(
  database: Database,
  keyTexts: KeyTexts,
  options: EmbeddedStoreOptions,
): Promise<Store> {
  const { vault, indexKey } = await unlock(database, keyTexts)
  const { now = Date.now, warn = warnProcess } = options
  const operations = new Operations()
  const parts = {
    records: new SealedRecords(database, vault),
    names: new Names(indexKey),
    operations,
    now,
    warn,
  }
  const handshakes = new EmbeddedHandshakes(parts)
  // What one sweep could not do, for want of disk space, the next one does.
  const sweep = () => handshakes.sweep().catch(() => undefined)
  await sweep()
  const sweeping = setInterval(() => void sweep(), SWEEP_EVERY_MS).unref()

  async function shut(): Promise<void> {
    clearInterval(sweeping)
    await operations.end()
    await database.close()
  }
  let closing: Promise<void> | undefined
  return {
    connections: new EmbeddedConnections(parts),
    handshakes,
    close: () => (closing ??= shut()),
  }
}

function checked(keys: readonly string[]): KeyTexts {
  const [current, ...earlier] = keys
  if (current && !earlier.includes('')) return [current, ...earlier]
  throw new GatewayError('HG_CONFIG', 'The store has no encryption key, or an empty one. Enter a key.')
}

function warnProcess(message: string): void {
  process.emitWarning(message, { code: 'HG_CONFIG' })
}
