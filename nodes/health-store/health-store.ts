import { join } from 'node:path'
import type { Node, NodeAPI, NodeDef } from 'node-red'
import { GatewayError } from '../../src/errors'
import { redact } from '../../src/redact'
import { acquireStore } from '../../src/store/shared-stores'
import { packageFolder, type HeldStore } from '../kit/stores'

interface Config extends NodeDef {
  backend?: string
  path?: string
}

interface Credentials {
  encryptionKey?: string
  previousKey?: string
}

export interface HealthStoreNode extends Node<Credentials> {
  acquire(): Promise<HeldStore>
}

export default function (RED: NodeAPI): void {
  function HealthStore(this: HealthStoreNode, config: Config): void {
    RED.nodes.createNode(this, config)
    this.acquire = async () => {
      const { encryptionKey, previousKey } = this.credentials
      if ((config.backend ?? 'embedded') !== 'embedded') {
        throw new GatewayError(
          'HG_CONFIG',
          'This store has a backend that is not known here. Choose "embedded".',
        )
      }
      if (!encryptionKey) {
        throw new GatewayError('HG_CONFIG', 'This store has no encryption key. Open its dialog, and deploy.')
      }
      return acquireStore({
        path: config.path?.trim() || join(packageFolder(RED), `store-${this.id}`),
        keys: previousKey ? [encryptionKey, previousKey] : [encryptionKey],
        warn: (text) => {
          this.warn(redact(text))
        },
      })
    }
  }

  RED.nodes.registerType<HealthStoreNode, Config, object, Credentials>('health-store', HealthStore, {
    credentials: { encryptionKey: { type: 'password' }, previousKey: { type: 'password' } },
  })
}
