import { dataKeyIdOf, type Vault } from './vault'
import type { Change, Database, Entry } from './database'
import { DATA_KEYS } from './names'

/** Which data keys have sealed something that is in the database. */
export async function dataKeysInUse(database: Database): Promise<Set<string>> {
  const inUse = new Set<string>()
  for await (const chunk of database.chunks('')) {
    for (const [, sealed] of chunk.filter(isSealed)) inUse.add(dataKeyIdOf(sealed))
  }
  return inUse
}

/**
 * Seals everything with the vault's current data key, whatever kind of record it is, then deletes the others. Each
 * step is on disk before the next, and a second run does what a first one left, so it may be cut off anywhere.
 *
 * A record that cannot be opened stays as it is: nothing is lost that was not lost before, and who reads it is still
 * told of the damage.
 */
export async function retire(database: Database, vault: Vault, retired: readonly string[]): Promise<void> {
  for await (const chunk of database.chunks('')) {
    const changes = chunk.filter(isSealed).flatMap((entry) => resealed(vault, entry))
    if (changes.length > 0) await database.write(changes, { sync: true })
  }
  // First what the retired keys can open leaves the files, then the keys do.
  await database.compact('')
  await database.write(
    retired.map((id): Change => ({ type: 'del', key: DATA_KEYS + id })),
    { sync: true },
  )
  await database.compact(DATA_KEYS)
}

function resealed(vault: Vault, [key, sealed]: Entry): Change[] {
  if (dataKeyIdOf(sealed) === vault.current.id) return []
  const plain = vault.open(key, sealed)
  return plain ? [{ type: 'put', key, value: vault.seal(key, plain) }] : []
}

function isSealed([key]: Entry): boolean {
  return !key.startsWith(DATA_KEYS)
}
