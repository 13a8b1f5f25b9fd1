import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express, RequestHandler } from 'express'
import type { NodeAPI, NodeMessage } from 'node-red'
import helper from 'node-red-node-test-helper'
import ccr from '../../../nodes/ccr/ccr'
import healthConnections from '../../../nodes/health-connections/health-connections'
import healthcodeAccount from '../../../nodes/healthcode-account/healthcode-account'
import healthcodeFhir from '../../../nodes/healthcode-fhir/healthcode-fhir'
import healthStore from '../../../nodes/health-store/health-store'
import healthJibeConnect from '../../../nodes/healthjibe-connect/healthjibe-connect'
import healthJibeNotify from '../../../nodes/healthjibe-notify/healthjibe-notify'
import hmsList from '../../../nodes/hms-list/hms-list'
import hmsRead from '../../../nodes/hms-read/hms-read'
import humanApiAccount from '../../../nodes/humanapi-account/humanapi-account'
import humanApiConnect from '../../../nodes/humanapi-connect/humanapi-connect'
import humanApiRead from '../../../nodes/humanapi-read/humanapi-read'
import humanApiToken from '../../../nodes/humanapi-token/humanapi-token'
import humanApiWebhook from '../../../nodes/humanapi-webhook/humanapi-webhook'
import { sandbox as runningSandbox } from '../../../nodes/kit/sandbox'
import omhe from '../../../nodes/omhe/omhe'
import razcodeAccount from '../../../nodes/razcode-account/razcode-account'
import razcodeActivate from '../../../nodes/razcode-activate/razcode-activate'
import razcodeStage from '../../../nodes/razcode-stage/razcode-stage'
import zivaCareAccount from '../../../nodes/zivacare-account/zivacare-account'
import zivaCareConnect from '../../../nodes/zivacare-connect/zivacare-connect'
import zivaCareRead from '../../../nodes/zivacare-read/zivacare-read'
import zivaCareToken from '../../../nodes/zivacare-token/zivacare-token'
import type { Misbehaviour, Sandbox } from '../../../src/sandbox/sandbox'
import { builtinKeys } from '../../../src/store/builtin-key'
import { acquireStore } from '../../../src/store/shared-stores'
import type { Connection, Store } from '../../../src/store/store'
import { listen, type TestServer } from '../../support/server'

export interface Config {
  id: string
  type: string
  [property: string]: unknown
}

export interface Caught {
  message: string
  code: string
  cause: { provider?: string; operation?: string; statusCode?: number; retryable: boolean; detail?: unknown }
}

export type Message = NodeMessage & { error?: Caught; health?: Record<string, unknown>; user?: string }

interface FlowOptions {
  credentials?: Record<string, Record<string, string>>
  /** Default: a new one. Removed at the end. */
  userDir?: string
  /** Leaves the user folder for another flow. */
  keep?: boolean
  /** What comes before the nodes at the root of their HTTP routes. */
  middleware?: RequestHandler
}

helper.init(require.resolve('node-red'))

const ours = [
  razcodeAccount,
  healthStore,
  healthJibeConnect,
  healthJibeNotify,
  healthConnections,
  hmsList,
  hmsRead,
  razcodeActivate,
  razcodeStage,
  humanApiAccount,
  humanApiConnect,
  humanApiRead,
  humanApiToken,
  humanApiWebhook,
  zivaCareAccount,
  zivaCareConnect,
  zivaCareToken,
  zivaCareRead,
  healthcodeAccount,
  healthcodeFhir,
  ccr,
  omhe,
]
/** Nodes of Node-RED's own that flows of ours are wired to. */
const core = ['network/21-httpin', 'function/15-change', 'network/05-tls', 'network/06-httpproxy'].map(
  (file) => createRequire(__filename)(`@node-red/nodes/core/${file}.js`) as (RED: NodeAPI) => void,
)

/**
 * A flow in Node-RED's own runtime, whose HTTP nodes answer on a port of their own. What arrives at a node of type
 * `helper` can be awaited.
 */
export class Flow {
  readonly userDir: string
  readonly #keep: boolean
  readonly #arrived = new Map<string, Message[]>()
  readonly #waiting: { ids: string[]; take: (arrived: [id: string, msg: Message]) => void }[] = []
  readonly #servers: TestServer[] = []
  #adminUrl = ''
  #log: { args: unknown[][] } = { args: [] }
  url = ''

  private constructor(userDir: string, keep: boolean) {
    this.userDir = userDir
    this.#keep = keep
  }

  static async start(
    nodes: Config[],
    { credentials = {}, userDir, keep = false, middleware }: FlowOptions = {},
  ): Promise<Flow> {
    const flow = new Flow(userDir ?? (await temporaryFolder()), keep)
    helper.settings({ userDir: flow.userDir })
    await helper.startServer()
    let apps: Express[] = []
    const capture = (RED: NodeAPI) => {
      apps = [RED.httpNode, RED.httpAdmin]
      if (middleware) RED.httpNode.use(middleware)
    }
    await helper.load([capture, ...ours, ...core], nodes, credentials)
    flow.#log = helper.log()
    for (const app of apps) flow.#servers.push(await listen(app))
    ;[flow.url = '', flow.#adminUrl = ''] = flow.#servers.map(({ url }) => url)
    for (const { id, type } of nodes) if (type === 'helper') flow.#listen(id)
    return flow
  }

  #listen(id: string): void {
    helper.getNode(id).on('input', (msg: NodeMessage) => {
      const index = this.#waiting.findIndex(({ ids }) => ids.includes(id))
      const [waiting] = index < 0 ? [] : this.#waiting.splice(index, 1)
      if (waiting) waiting.take([id, msg])
      else this.#arrived.set(id, [...(this.#arrived.get(id) ?? []), msg])
    })
  }

  /** The next message that arrives at one of these nodes, or has arrived already, and at which. */
  #next(...ids: string[]): Promise<[id: string, msg: Message]> {
    for (const id of ids) {
      const earlier = this.#arrived.get(id)?.shift()
      if (earlier) return Promise.resolve([id, earlier])
    }
    return new Promise((take) => this.#waiting.push({ ids, take }))
  }

  /** Hands a message to a node as if another one had sent it. */
  send(id: string, msg: Record<string, unknown>): void {
    helper.getNode(id).receive(msg)
  }

  /** The next message that arrives at a node of type `helper`, or has arrived already. */
  async next(id: string): Promise<Message> {
    const [, msg] = await this.#next(id)
    return msg
  }

  /**
   * Hands a message to a node that must fail. The error that the Catch node gets: the message must not have changed,
   * and nothing may have arrived anywhere else.
   */
  async failure(id: string, msg: Record<string, unknown>): Promise<Caught> {
    const before = { ...msg }
    this.send(id, msg)
    const caught = await this.next('caught')
    const { error, _msgid } = caught
    assert.ok(error)
    assert.deepEqual(caught, { ...before, error, _msgid })
    for (const [node, arrived] of this.#arrived) assert.deepEqual([node, arrived], [node, []])
    return error
  }

  /** The next message at a node of type `helper`; a failure where a Catch node gets an error instead. */
  async result(id: string): Promise<Message> {
    const [at, msg] = await this.#next(id, 'caught')
    assert.equal(at, id, `${msg.error?.code}: ${msg.error?.message}`)
    return msg
  }

  /** The next message that the Catch node gets, which must have this error. */
  async caught(code: string, sentence = /./): Promise<Message & { error: Caught }> {
    const { error, ...msg } = await this.next('caught')
    assert.ok(error)
    assert.equal(error.code, code, error.message)
    assert.match(error.message, sentence)
    return { ...msg, error }
  }

  /** How many messages arrived that were not awaited. */
  pending(id: string): number {
    return this.#arrived.get(id)?.length ?? 0
  }

  /** Every status that a node showed, in order. */
  statuses(id: string): unknown[] {
    const node = helper.getNode(id) as unknown as { status: { args: unknown[][] } }
    return node.status.args.map(([status]) => status)
  }

  /** Everything that was logged, as text. */
  log(): string {
    return JSON.stringify(this.#log.args, (_key, value: unknown) =>
      value instanceof Error ? String(value.stack) : value,
    )
  }

  /** What the editor gets below `/health-gateways`. */
  editorGets(path: string): Promise<unknown> {
    return this.#editorCall(path)
  }

  /** The answer to what a dialog holds, which the editor posts below `/health-gateways`. */
  editorPosts(path: string, form: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' }
    return this.#editorCall(path, { method: 'POST', headers, body: JSON.stringify(form) })
  }

  async #editorCall(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(`${this.#adminUrl}/health-gateways/${path}`, init)
    assert.equal(response.status, 200)
    return response.json()
  }

  /** Stops one node, as a deploy does. */
  async close(id: string): Promise<void> {
    await helper.getNode(id).close(false)
  }

  async stop(): Promise<void> {
    await helper.unload()
    await new Promise<void>((resolve) => helper.stopServer(() => resolve()))
    for (const server of this.#servers) await server.close()
    if (!this.#keep) await rm(this.userDir, { recursive: true, force: true })
  }
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'health-gateways-'))
}

/** A node of type `helper`, which keeps what arrives at it for the test. */
export function listener(id: string): Config {
  return { id, type: 'helper', z: 'flow', wires: [] }
}

/** The tab `flow` and what a test watches of it: a node of type `helper` for each output, by name, and `caught`. */
export function watching(outputs: string[]): Config[] {
  return [
    { id: 'flow', type: 'tab' },
    ...[...outputs, 'caught'].map(listener),
    { id: 'catch-all', type: 'catch', z: 'flow', scope: null, wires: [['caught']] },
  ]
}

/**
 * One node and what a test watches of it: a node of type `helper` for each output, by name, `caught` for errors and
 * `completed`. The account is the sandbox's, unless `account` says otherwise. A node with wires of its own keeps them.
 */
export function around(
  node: { id?: string; type: string; [property: string]: unknown },
  outputs: string[],
  account: Partial<Config> = {},
): Config[] {
  return [
    { id: 'account', type: 'razcode-account', ...account },
    { id: 'node', z: 'flow', account: 'account', wires: outputs.map((output) => [output]), ...node },
    ...watching([...outputs, 'completed']),
    {
      id: 'complete-all',
      type: 'complete',
      z: 'flow',
      scope: [node.id ?? 'node'],
      wires: [['completed']],
    },
  ]
}

/**
 * The way of a browser: `GET <url>?who=…` goes to these nodes with the user in `msg.user`, and what they send to
 * `answer` goes back.
 */
export function browserWay(url: string, to: string[], rules: Record<string, string>[] = []): Config[] {
  const setUser = { t: 'set', p: 'user', pt: 'msg', to: 'req.query.who', tot: 'msg' }
  return [
    { id: 'request', type: 'http in', z: 'flow', url, method: 'get', wires: [['who']] },
    { id: 'who', type: 'change', z: 'flow', rules: [setUser, ...rules], wires: [to] },
    { id: 'answer', type: 'http response', z: 'flow', wires: [] },
  ]
}

/** The sandbox that accounts in the environment `sandbox` use, in this process. */
export function sandbox(): Promise<Sandbox> {
  return runningSandbox('test')
}

/**
 * To be called in a `describe`: hands that sandbox over before its tests.
 * @returns makes it misbehave, until the end of the test or until what that returns is called
 */
export function useSandbox(take?: (provider: Sandbox) => void): (rule: Misbehaviour) => () => void {
  let provider: Sandbox
  let undo: (() => void)[] = []
  before(async () => {
    provider = await sandbox()
    take?.(provider)
  })
  afterEach(() => {
    for (const one of undo) one()
    undo = []
  })
  return (rule) => {
    const one = provider.misbehave(rule)
    undo.push(one)
    return one
  }
}

/** The built-in store of a user folder, beside or before a flow that uses it. */
export async function withStore<T>(userDir: string, use: (store: Store) => Promise<T>): Promise<T> {
  const folder = join(userDir, 'health-gateways')
  const { store, release } = await acquireStore({
    path: join(folder, 'store'),
    keys: await builtinKeys(folder),
  })
  try {
    return await use(store)
  } finally {
    await release()
  }
}

/** Puts a connection into the built-in store. */
export function connect(userDir: string, connection: Connection): Promise<Connection> {
  return withStore(userDir, (store) => store.connections.put(connection))
}

/** The CCR that the first example sends. */
export async function exampleCcr(): Promise<string> {
  const file = join(__dirname, '../../../examples/01 - Send a CCR to HealthJibe.json')
  const nodes = JSON.parse(await readFile(file, 'utf8')) as { type: string; template?: string }[]
  const template = nodes.find(({ type }) => type === 'template')?.template
  if (!template) throw new Error('The first example holds no template node')
  return template
}
