import { openEmbeddedStore, type EmbeddedStoreOptions } from '../../../../src/store/embedded/embedded-store'
import type { Connection, Store } from '../../../../src/store/store'

export const KEY = 'a key text of the tests'

export function connection(user: string, more: Partial<Connection> = {}): Connection {
  return {
    account: 'account-1',
    user,
    provider: 'healthjibe',
    tokens: { oauth_token: `token of ${user}`, oauth_token_secret: `secret of ${user}` },
    notificationStatus: true,
    grantedAt: '2026-01-02T03:04:05.000Z',
    ...more,
  }
}

/** The user ids `user-0`, `user-1`, … */
export function users(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `user-${at}`)
}

/** Opens the store for the time of `work`. */
export async function withStore<T>(
  options: string | (Partial<EmbeddedStoreOptions> & { path: string }),
  work: (store: Store) => T | Promise<T>,
): Promise<T> {
  const given = typeof options === 'string' ? { path: options } : options
  const store = await openEmbeddedStore({ keys: [KEY], ...given })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

export function putAll(store: Store, ids: string[]): Promise<unknown> {
  return Promise.all(ids.map((user) => store.connections.put(connection(user))))
}
