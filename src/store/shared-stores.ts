import { createHash } from 'node:crypto'
import { GatewayError } from '../errors'
import { prepareDirectory } from './embedded/directory'
import { openEmbeddedStore, type EmbeddedStoreOptions } from './embedded/embedded-store'
import type { Store } from './store'

export interface AcquiredStore {
  /** Its `close` is `release`. */
  store: Store
  /** The store closes when the last who acquired it has released it; a second call does nothing. */
  release: () => Promise<void>
}

interface SharedStore {
  opening: Promise<Store>
  /** Of the current key text. */
  keyDigest: string
  users: number
  closing?: Promise<void>
}

const sharedStores = new Map<string, SharedStore>()

/**
 * The one open store of a directory in this process, opened for the first who asks. Waits for one that is being
 * closed. HG_CONFIG if it is open with another current key; otherwise fails as `openEmbeddedStore` does, and a store
 * that failed to open is tried again by the next who asks. `now` and `warn` are those of the first.
 */
export async function acquireStore(options: EmbeddedStoreOptions): Promise<AcquiredStore> {
  const { identity, path } = await prepareDirectory(options.path)
  const keyDigest = createHash('sha256')
    .update(options.keys[0] ?? '')
    .digest('hex')
  for (;;) {
    const shared = sharedStores.get(identity)
    if (!shared?.closing)
      return join(identity, shared ?? begin(identity, keyDigest, options), keyDigest, path)
    await shared.closing.catch(() => undefined)
  }
}

function begin(identity: string, keyDigest: string, options: EmbeddedStoreOptions): SharedStore {
  const shared = { opening: openEmbeddedStore(options), keyDigest, users: 0 }
  sharedStores.set(identity, shared)
  shared.opening.catch(() => sharedStores.delete(identity))
  return shared
}

async function join(
  identity: string,
  shared: SharedStore,
  keyDigest: string,
  path: string,
): Promise<AcquiredStore> {
  if (shared.keyDigest !== keyDigest) {
    throw new GatewayError(
      'HG_CONFIG',
      `The store at ${path} is in use with another encryption key. Give every node that uses this path the same key, and deploy them together.`,
    )
  }
  shared.users += 1
  const { connections, handshakes } = await shared.opening
  let released: Promise<void> | undefined
  const release = () => (released ??= leave(identity, shared))
  return { store: { connections, handshakes, close: release }, release }
}

async function leave(identity: string, shared: SharedStore): Promise<void> {
  shared.users -= 1
  if (shared.users > 0) return
  shared.closing = close(shared).finally(() => sharedStores.delete(identity))
  await shared.closing
}

async function close(shared: SharedStore): Promise<void> {
  const store = await shared.opening
  await store.close()
}
