import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { GatewayError } from '../../errors'
import { createDataKey, openDataKey, type DataKey } from './data-key'
import type { Database, Entry } from './database'
import { DATA_KEYS, INDEX_KEY, dataKeyName } from './names'
import { dataKeysInUse, retire } from './rotation'
import { Vault } from './vault'

export interface Unlocked {
  vault: Vault
  /** Names records; stays the same when the key text changes. */
  indexKey: KeyObject
}

/** The current one first. */
export type KeyTexts = readonly [string, ...string[]]

/** The data keys of a database that one of the key texts opens, and those that none does. */
interface DataKeys {
  current?: DataKey
  earlier: DataKey[]
  closed: string[]
}

/**
 * Opens the database's data key with the first of the key texts, or makes one in a new database. If an earlier text
 * opens it, or a change of keys was cut off, everything is sealed anew, and only the first text opens it from then on.
 */
export async function unlock(database: Database, keyTexts: KeyTexts): Promise<Unlocked> {
  const wrapped = await entries(database, DATA_KEYS)
  if (wrapped.length === 0) return create(database, keyTexts)
  const { current, earlier, closed } = await openDataKeys(wrapped, keyTexts)
  if (!current && earlier.length === 0) throw noKeyFits(database)
  if (closed.length > 0) await seeUnused(database, closed)
  if (current && wrapped.length === 1) {
    const vault = new Vault(current)
    return { vault, indexKey: await readIndexKey(database, vault) }
  }
  const vault = new Vault(current ?? (await addDataKey(database, keyTexts)), earlier)
  const indexKey = await readIndexKey(database, vault)
  await retire(database, vault, [...earlier.map(({ id }) => id), ...closed])
  return { vault, indexKey }
}

async function create(database: Database, [keyText]: KeyTexts): Promise<Unlocked> {
  if (!(await isEmpty(database))) {
    throw new GatewayError(
      'HG_CONFIG',
      `The directory ${database.path} holds a database that is not a store of this package. Choose another path.`,
    )
  }
  const { dataKey, record } = await createDataKey(keyText)
  const vault = new Vault(dataKey)
  const indexKey = randomBytes(32)
  await database.write(
    [
      { type: 'put', key: dataKeyName(dataKey.id), value: record },
      { type: 'put', key: INDEX_KEY, value: vault.seal(INDEX_KEY, indexKey) },
    ],
    { sync: true },
  )
  return { vault, indexKey: createSecretKey(indexKey) }
}

async function openDataKeys(wrapped: Entry[], keyTexts: KeyTexts): Promise<DataKeys> {
  const found: DataKeys = { earlier: [], closed: [] }
  for (const [name, record] of wrapped) {
    const id = name.slice(DATA_KEYS.length)
    const opened = await openWithAny(id, record, keyTexts)
    if (!opened) found.closed.push(id)
    else if (opened.at === 0 && !found.current) found.current = opened.dataKey
    else found.earlier.push(opened.dataKey)
  }
  return found
}

async function openWithAny(
  id: string,
  record: Buffer,
  keyTexts: KeyTexts,
): Promise<{ dataKey: DataKey; at: number } | undefined> {
  for (const [at, keyText] of keyTexts.entries()) {
    const dataKey = await openDataKey(id, record, keyText)
    if (dataKey) return { dataKey, at }
  }
  return undefined
}

/** A change of keys was cut off, and the earlier text is not among those given. It is needed if it has work left. */
async function seeUnused(database: Database, closed: string[]): Promise<void> {
  const inUse = await dataKeysInUse(database)
  if (!closed.some((id) => inUse.has(id))) return
  throw new GatewayError(
    'HG_CONFIG',
    `A change of the encryption key of the store at ${database.path} was interrupted. Enter the earlier key as the previous key, so that it can be completed.`,
  )
}

function noKeyFits(database: Database): GatewayError {
  return new GatewayError(
    'HG_CONFIG',
    `The encryption key does not open the store at ${database.path}. Enter the key it was made with, as the previous key if a new one is to replace it; without that key, move the directory away to begin with an empty store.`,
  )
}

async function addDataKey(database: Database, [keyText]: KeyTexts): Promise<DataKey> {
  const { dataKey, record } = await createDataKey(keyText)
  await database.write([{ type: 'put', key: dataKeyName(dataKey.id), value: record }], { sync: true })
  return dataKey
}

async function readIndexKey(database: Database, vault: Vault): Promise<KeyObject> {
  const sealed = await database.get(INDEX_KEY)
  const indexKey = sealed && vault.open(INDEX_KEY, sealed)
  if (indexKey) return createSecretKey(indexKey)
  throw new GatewayError(
    'HG_CONFIG',
    `The store at ${database.path} is damaged: its index key cannot be read. Restore the directory from a backup, or move it away to begin with an empty store.`,
  )
}

async function isEmpty(database: Database): Promise<boolean> {
  const { done } = await database.chunks('').next()
  return done === true
}

async function entries(database: Database, prefix: string): Promise<Entry[]> {
  const found: Entry[] = []
  for await (const chunk of database.chunks(prefix)) found.push(...chunk)
  return found
}
