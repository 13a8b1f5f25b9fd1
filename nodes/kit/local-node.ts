import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red'
import { GatewayError } from '../../src/errors'
import { redact } from '../../src/redact'
import { readInputs, type Inputs, type Values } from './inputs'
import { Runner, type Outcome } from './runner'

export type LocalConfig = NodeDef & Record<string, unknown>

/** All that a node needs to do its one thing with what the message holds. */
export interface LocalAction<V> {
  /** The node's configuration, for what is not an input. */
  config: LocalConfig
  msg: NodeMessageInFlow
  values: V
  /** Aborted when the node is closed. */
  signal: AbortSignal
  /** Tells the flow's author of something that is odd, but not a failure. */
  warn(text: string): void
}

export interface LocalDefinition<I extends Inputs> {
  /** Also what `msg.health.provider` says. */
  type: string
  /** 1 by default. */
  outputs?: number
  inputs: I
  /** The property of the node that chooses what it does; its value is what `msg.health.operation` says. */
  choice: string
  /** What it can do, by that property's value; the first is the default. */
  operations: Readonly<Record<string, (action: LocalAction<Values<I>>) => Promise<Outcome> | Outcome>>
}

/** Registers a node that needs no account: it works on documents, and nothing leaves the machine. */
export function localNode<I extends Inputs>(RED: NodeAPI, definition: LocalDefinition<I>): void {
  const { type, inputs, choice } = definition
  const operations = new Map(Object.entries(definition.operations))
  const names = [...operations.keys()]

  function LocalConstructor(this: Node, config: LocalConfig): void {
    RED.nodes.createNode(this, config)
    const chosen = config[choice]
    const operation = typeof chosen === 'string' && chosen !== '' ? chosen : (names[0] ?? '')
    const run = operations.get(operation)
    const warn = (text: string) => {
      this.warn(redact(text))
    }
    new Runner(this, { provider: type, operation }, definition.outputs ?? 1, async (msg, signal) => {
      if (!run) {
        throw new GatewayError(
          'HG_CONFIG',
          `The ${choice} of this node is not known. Choose one of ${names.join(', ')}, and deploy.`,
        )
      }
      const values = await readInputs(RED, this, config, msg, inputs)
      return run({ config, msg, values, signal, warn })
    })
  }
  RED.nodes.registerType(type, LocalConstructor)
}
