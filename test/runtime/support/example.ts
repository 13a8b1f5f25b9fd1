import { type FlowNode, type NodeRed, startNodeRed } from './node-red'
import { type Example, examples } from './package'

/** An example, as the package brings it. `number` is what its file's name begins with. */
export function exampleOf(number: string): Example {
  const found = examples.find(({ name }) => name.startsWith(`${number} - `))
  if (!found) throw new Error(`No example has the number ${number}`)
  return found
}

/** The one node of a type; with a name where there are several. */
export function nodeOf(nodes: readonly FlowNode[], type: string, name?: string): FlowNode {
  const found = nodes.filter((node) => node.type === type && (name === undefined || node.name === name))
  if (found.length !== 1) throw new Error(`${found.length} nodes of type ${type} ${name ?? ''}`)
  return found[0]!
}

/** Where the sandbox of a Node-RED is: any port that was free, another one after a restart, as the log says. */
export function sandboxUrl(nodeRed: NodeRed): string {
  const url = [...nodeRed.log.matchAll(/The sandbox is at (http:\S+)/g)].at(-1)?.[1]
  if (url === undefined) throw new Error(`No sandbox in the log:\n${nodeRed.log}`)
  return url
}

/** For `startNodeRed`: a sandbox that cannot be in the way of another one. */
export const anyPort = { HEALTH_GATEWAYS_SANDBOX_PORT: '0' }

/** To be called in a `describe`: each of its tests finds the example deployed, as imported into an empty Node-RED. */
export function deployExample(number: string): DeployedExample {
  const example = new DeployedExample(exampleOf(number).flow)
  beforeEach(() => example.start())
  afterEach(() => example.nodeRed.stop())
  return example
}

export class DeployedExample {
  /** With a node that hands all errors to the test. */
  readonly flow: readonly FlowNode[]
  #nodeRed: NodeRed | undefined

  constructor(nodes: readonly FlowNode[]) {
    const z = nodeOf(nodes, 'tab').id
    this.flow = [
      ...nodes,
      { id: 'watch', type: 'catch', z, scope: null, x: 0, y: 0, wires: [['caught']] },
      { id: 'caught', type: 'test-capture', z, x: 0, y: 0, wires: [] },
    ]
  }

  get nodeRed(): NodeRed {
    if (!this.#nodeRed) throw new Error('The example has not been started')
    return this.#nodeRed
  }

  async start(): Promise<void> {
    this.#nodeRed = await startNodeRed({ env: anyPort })
    await this.#nodeRed.deploy([...this.flow])
  }

  /** Deploys it with one node changed. */
  change(node: FlowNode, properties: Record<string, unknown>): Promise<void> {
    return this.nodeRed.deploy(this.flow.map((one) => (one.id === node.id ? { ...one, ...properties } : one)))
  }

  node(type: string, name?: string): FlowNode {
    return nodeOf(this.flow, type, name)
  }

  /** Clicks the button of an inject node. */
  press(name: string): Promise<void> {
    return this.nodeRed.inject(this.node('inject', name).id)
  }

  /** What the debug node of this name has shown since the start, the first time or the `nth`: data, or text for what is no object. */
  async shown(name: string, nth = 1): Promise<unknown> {
    const messages = await this.nodeRed.debugged(this.node('debug', name).id, nth)
    const { format, msg } = messages[nth - 1]!
    return /^(Object|array)/.test(format) ? JSON.parse(msg) : msg
  }

  /** The error code of the next message that failed. */
  async errorCode(): Promise<string> {
    const { error } = await this.nodeRed.message('caught')
    return (error as { code: string }).code
  }
}
