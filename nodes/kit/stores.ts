import { join } from 'node:path'
import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { redact } from '../../src/redact'
import { builtinKeys } from '../../src/store/builtin-key'
import { acquireStore } from '../../src/store/shared-stores'
import type { Store } from '../../src/store/store'

export interface HeldStore {
  store: Store
  release(): Promise<void>
}

/** Where everything of ours in Node-RED's user folder is. */
export function packageFolder(RED: NodeAPI): string {
  const { userDir } = RED.settings
  if (!userDir) {
    throw new GatewayError(
      'HG_CONFIG',
      'Node-RED has no user folder (settings.userDir), so there is no place for the built-in store. Add a health-store node with a path.',
    )
  }
  return join(userDir, 'health-gateways')
}

/** The keys of what is encrypted without a health-store node, the current one first. */
export function packageKeys(RED: NodeAPI): Promise<string[]> {
  const settings = RED.settings as unknown as Readonly<Record<string, unknown>>
  const secret = settings.credentialSecret
  return builtinKeys(packageFolder(RED), typeof secret === 'string' && secret !== '' ? secret : undefined)
}

export async function builtinStore(RED: NodeAPI): Promise<HeldStore> {
  const warn = (text: string) => {
    RED.log.warn(redact(text))
  }
  return acquireStore({ path: join(packageFolder(RED), 'store'), keys: await packageKeys(RED), warn })
}

const nothing = () => Promise.reject(new GatewayError('HG_INTERNAL', 'This account keeps nothing of people.'))

/** Of accounts that have no connections: another process that has the store open is no concern of theirs. */
export const noStore: HeldStore = {
  store: {
    connections: {
      ...{ get: nothing, findByToken: nothing, put: nothing, update: nothing },
      ...{ touch: nothing, list: nothing, forget: nothing },
    },
    handshakes: { put: nothing, take: nothing },
    close: () => Promise.resolve(),
  },
  release: () => Promise.resolve(),
}
