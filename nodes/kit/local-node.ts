import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red'
import { redact } from '../../src/redact'
import { GatewayError } from '../../src/errors'
import { choice, type ActionConfig } from './choice'
import { inputReader, type Inputs, type Values } from './inputs'
import { Runner, type Outcome } from './runner'
import { flawed } from './status'

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

/**
 * Registers a node that needs no account: it works on documents, and nothing leaves the machine. What it notices of
 * them is in `msg.findings`: a status that it does not set itself tells of errors among them, and a message that fails has those of the failure.
 */
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
    const read = inputReader(RED, this, config, inputs)
    new Runner(RED, this, { provider: type, operation }, 1, async (msg, signal) => {
      try {
        const does = run[choice(config, 'action', actions)]
        const values = await read(msg)
        return withErrors(await does({ config, msg, values, signal, warn }))
      } catch (error) {
        setFindings(msg, error)
        throw error
      }
    })
  }
  RED.nodes.registerType(type, LocalConstructor)
}

function withErrors(outcome: Outcome): Outcome {
  const findings = outcome.set?.findings
  const errors = Array.isArray(findings) ? findings.filter(isError).length : 0
  return errors === 0 || outcome.status ? outcome : { ...outcome, status: flawed(errors) }
}

function isError(finding: unknown): boolean {
  return (finding as { severity?: unknown }).severity === 'error'
}

/** Findings of a node before this one say nothing of what has failed here. */
function setFindings(msg: NodeMessageInFlow & { findings?: unknown }, error: unknown): void {
  const detail: unknown = error instanceof GatewayError ? error.cause.detail : undefined
  delete msg.findings
  if (typeof detail === 'object' && detail !== null && 'findings' in detail) msg.findings = detail.findings
}
