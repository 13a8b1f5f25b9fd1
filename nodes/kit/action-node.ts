import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red'
import { GatewayError, toGatewayError } from '../../src/errors'
import { redact } from '../../src/redact'
import type { Connection } from '../../src/store/store'
import type { Account, AccountNode, OpenAccount } from './account'
import { BrowserExchange, serveBrowser, type Circumstances, type Served } from './browser'
import type { ActionConfig } from './choice'
import { inputReader, type Inputs, type Values } from './inputs'
import { Runner, type Outcome } from './runner'

/** All that an action needs to do its one thing. */
export interface Action<Client, V> extends Circumstances<Client> {
  msg: NodeMessageInFlow
  values: V
}

export interface ActionDefinition<Client, I extends Inputs> extends Served<Client> {
  type: string
  provider: string
  /** Of an account that may be with another one. */
  providerOf?(client: Client): string
  /** What it does, as messages and errors tell it; where the node can do several things, by its configuration. */
  operation: string | ((config: ActionConfig) => string)
  /** The type of the config node that it works with; where there are several, which one and of which type. */
  account: string | ((config: ActionConfig) => { type: string; id: unknown })
  /** 1 by default. */
  outputs?: number
  inputs: I
  run(action: Action<Client, Values<I>>): Promise<Outcome>
  /** For who is waited for, as by another service: what is answered where the account does not open. */
  closed?(msg: NodeMessageInFlow, failure: GatewayError): Outcome
}

/** Registers a node that does one thing with an account, for each message. */
export function actionNode<Client, I extends Inputs>(
  RED: NodeAPI,
  definition: ActionDefinition<Client, I>,
): void {
  function ActionConstructor(this: Node, config: ActionConfig): void {
    RED.nodes.createNode(this, config)
    const warn = (text: string) => {
      this.warn(redact(text))
    }
    const shared = (account: Account<Client>, opened: OpenAccount<Client>) => {
      const used = async (connection: Connection) => {
        await opened.store.connections.touch(connection.account, connection.user).catch((error: unknown) => {
          warn(`The time of use was not noted: ${toGatewayError(error).message}`)
        })
      }
      return { ...opened, account, config, browser: new BrowserExchange(this, account), warn, used }
    }
    let latest: ReturnType<typeof shared> | undefined
    const prepare = async (signal: AbortSignal): Promise<Circumstances<Client>> => {
      const { id, type } = accountIn(config, definition.account)
      const account = accountOf<Client>(RED, id, type)
      const opened = await account.open()
      if (latest?.client !== opened.client) latest = shared(account, opened)
      return Object.assign({ signal }, latest)
    }
    const { operation, outputs = 1, provider } = definition
    const read = inputReader(RED, this, config, definition.inputs)
    const does = { provider, operation: typeof operation === 'function' ? operation(config) : operation }
    const runner = new Runner(RED, this, does, outputs, async (msg, signal) => {
      const circumstances = await prepare(signal).catch((thrown: unknown) => toGatewayError(thrown))
      if (circumstances instanceof GatewayError) {
        if (definition.closed) return definition.closed(msg, circumstances)
        throw circumstances
      }
      does.provider = definition.providerOf?.(circumstances.client) ?? provider
      const values = await read(msg)
      return definition.run(Object.assign({ msg, values }, circumstances))
    })
    if (!isSetUp(config, definition.account)) {
      this.status({ fill: 'grey', shape: 'ring', text: 'status.HG_CONFIG' })
    }
    if (definition.browser ?? definition.posted) serveBrowser(RED, this, runner, prepare, definition)
  }
  RED.nodes.registerType(definition.type, ActionConstructor)
}

type AccountOf = ActionDefinition<unknown, Inputs>['account']

function accountIn(config: ActionConfig, account: AccountOf): { type: string; id: string | undefined } {
  if (typeof account === 'string') return { type: account, id: config.account }
  const { type, id } = account(config)
  return { type, id: typeof id === 'string' ? id : undefined }
}

function isSetUp(config: ActionConfig, account: AccountOf): boolean {
  try {
    return Boolean(accountIn(config, account).id)
  } catch {
    return false
  }
}

/** The account with this id, or HG_CONFIG. */
export function accountOf<Client>(RED: NodeAPI, id: string | undefined, type: string): Account<Client> {
  const node = id ? (RED.nodes.getNode(id) as AccountNode<Client> | null) : null
  if (!id) {
    throw new GatewayError('HG_CONFIG', `No account. Open the node, choose or add a ${type}, and deploy.`)
  }
  if (node?.type !== type) {
    throw new GatewayError(
      'HG_CONFIG',
      `The account of this node is missing, disabled or not a ${type}. Choose one, and deploy.`,
    )
  }
  return node.account
}
