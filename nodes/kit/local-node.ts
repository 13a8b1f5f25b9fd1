import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red'
import { redact } from '../../src/redact'
import { choice, type ActionConfig } from './choice'
import { readInputs, type Inputs, type Values } from './inputs'
import { Runner, type Outcome } from './runner'

/** All that a node needs to do its one thing with what the message holds. */
export interface LocalAction<V> {
  /** The node's configuration, for what is not an input. */
  config: ActionConfig
  msg: NodeMessageInFlow
  values: V
  /** Aborted when the node is closed. */
  signal: AbortSignal
  /** Tells the flow's author of something that is odd, but not a failure. */
  warn(text: string): void
}

export interface LocalDefinition<I extends Inputs, Name extends string> {
  /** Also what `msg.health.provider` says. */
  type: string
  inputs: I
  /** What it can do, by the values of the property `action`; the first is the default. */
  actions: readonly [Name, ...Name[]]
  run: Readonly<Record<Name, (action: LocalAction<Values<I>>) => Promise<Outcome> | Outcome>>
}

/** Registers a node that needs no account: it works on documents, and nothing leaves the machine. */
export function localNode<I extends Inputs, Name extends string>(
  RED: NodeAPI,
  { type, inputs, actions, run }: LocalDefinition<I, Name>,
): void {
  function LocalConstructor(this: Node, config: ActionConfig): void {
    RED.nodes.createNode(this, config)
    const operation = typeof config.action === 'string' ? config.action : actions[0]
    const warn = (text: string) => {
      this.warn(redact(text))
    }
    new Runner(this, { provider: type, operation }, 1, async (msg, signal) => {
      const does = run[choice(config, 'action', actions)]
      const values = await readInputs(RED, this, config, msg, inputs)
      return does({ config, msg, values, signal, warn })
    })
  }
  RED.nodes.registerType(type, LocalConstructor)
}
