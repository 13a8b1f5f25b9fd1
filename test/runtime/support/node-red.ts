import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Comms, type DebugMessage, type NodeStatus } from './comms'
import { type EditorAccount, makeUserFolder } from './user-folder'
import type { NodeRedVersion, ReadyNodeRed } from '../../../scripts/setup.mjs' with {
  'resolution-mode': 'import',
}

export interface FlowNode {
  id: string
  type: string
  [property: string]: unknown
}

export interface Message {
  payload?: unknown
  [property: string]: unknown
}

export interface StartOptions {
  /** Default: HG_NODE_RED, which `npm test` sets to each in turn, or else 4.1. */
  version?: NodeRedVersion
  flows?: FlowNode[]
  /** Added to the settings; JSON. */
  settings?: Record<string, unknown>
  env?: Record<string, string>
  /** A user folder of an earlier start, used as it is and not removed at the end. */
  userDir?: string
  /** Turns on the editor's own log-in. The first one with permission `*` is used for what this class does itself. */
  accounts?: Record<string, EditorAccount>
  /** False: Node-RED without this package. */
  withPackage?: boolean
}

type DeployType = 'full' | 'nodes' | 'flows' | 'reload'
type Launch = Extract<ReadyNodeRed, { red: string }>

const patience = 30_000
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const versionUnderTest = (): NodeRedVersion => (process.env.HG_NODE_RED === '5' ? '5' : '4.1')

/**
 * Starts the real Node-RED in a process of its own, with the packed tarball installed in its user folder, and
 * resolves when its flows have started. A flow under test ends in a node `{ type: 'test-capture' }`: read what
 * arrives there with `message(id)`.
 */
export async function startNodeRed(options: StartOptions = {}): Promise<NodeRed> {
  const version = options.version ?? versionUnderTest()
  const withPackage = options.withPackage ?? true
  const { prepare } = await import('../../../scripts/setup.mjs')
  const ready = await prepare({ nodeRed: [version], ...(withPackage ? { install: 'package' as const } : {}) })
  const launch = ready.nodeRed[version]
  if (launch === undefined || launch.unavailable !== undefined) {
    throw new Error(`Node-RED ${version}: ${launch?.unavailable ?? 'not prepared'}`)
  }
  const { flows = [], settings = {}, accounts = {} } = options
  const folder =
    options.userDir ??
    makeUserFolder({ flows, settings, accounts, ...(withPackage ? { installed: ready.installed! } : {}) })
  const nodeRed = new NodeRed(launch, folder, options)
  await nodeRed.start()
  return nodeRed
}

export class NodeRed {
  readonly version: NodeRedVersion
  readonly userDir: string
  readonly #launch: Launch
  readonly #options: StartOptions
  /** httpAdminRoot, without a slash at the end. */
  readonly adminRoot: string
  readonly #captured = new Map<string, Message[]>()
  readonly #read = new Map<string, number>()
  readonly #changed = new EventEmitter().setMaxListeners(0)
  #child: ChildProcess | undefined
  #comms: Comms | undefined
  #token: string | undefined
  #port = 0
  #log = ''

  constructor(launch: Launch, userDir: string, options: StartOptions) {
    this.#launch = launch
    this.#options = options
    this.version = launch.version
    this.userDir = userDir
    const adminRoot = options.settings?.httpAdminRoot
    this.adminRoot = typeof adminRoot === 'string' ? adminRoot.replace(/\/$/, '') : ''
  }

  /** Origin, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** All that Node-RED has written so far, over restarts. */
  get log(): string {
    return this.#log
  }

  get exitCode(): number | null | undefined {
    return this.#child?.exitCode
  }

  /** Asks as anybody. `target` is a path of this Node-RED. */
  http(target: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.url}${target}`, init)
  }

  /** Asks the Admin API, logged in where `accounts` were given. `target` is a path below httpAdminRoot. */
  admin(target: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.#token !== undefined) headers.set('authorization', `Bearer ${this.#token}`)
    return this.http(`${this.adminRoot}${target}`, { ...init, headers })
  }

  /** `admin`, for an answer in JSON; any other status than 2xx is an error. */
  async adminJson(target: string, init: RequestInit = {}): Promise<unknown> {
    const headers = new Headers(init.headers)
    headers.set('accept', 'application/json')
    const response = await this.admin(target, { ...init, headers })
    const text = await response.text()
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${target}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** A token of the editor's log-in. */
  async login(username: string): Promise<string> {
    const response = await this.http(`${this.adminRoot}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: 'node-red-editor',
        grant_type: 'password',
        scope: '',
        username,
        password: this.#options.accounts?.[username]?.password,
      }),
    })
    if (!response.ok) throw new Error(`No log-in for ${username}: ${response.status}`)
    return ((await response.json()) as { access_token: string }).access_token
  }

  async getFlows(): Promise<FlowNode[]> {
    const answer = await this.adminJson('/flows', { headers: { 'Node-RED-API-Version': 'v2' } })
    return (answer as { flows: FlowNode[] }).flows
  }

  /** Deploys as the editor does, and resolves when the flows have started again. */
  async deploy(flows: FlowNode[], type: DeployType = 'full'): Promise<void> {
    const from = this.#log.length
    await this.adminJson('/flows', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'Node-RED-API-Version': 'v2',
        'Node-RED-Deployment-Type': type,
      },
      body: JSON.stringify({ flows }),
    })
    await this.#logged(/Started (modified )?(flows|nodes)|Waiting for missing types/, from)
  }

  /** Clicks the button of an inject node. */
  async inject(id: string): Promise<void> {
    const response = await this.admin(`/inject/${id}`, { method: 'POST' })
    if (!response.ok) throw new Error(`No inject node ${id} runs: ${response.status}`)
  }

  /** All messages that have come to a `test-capture` node. */
  messages(id: string): Message[] {
    return this.#captured.get(id) ?? []
  }

  /** The next message at a `test-capture` node that was not read yet. */
  async message(id: string, timeoutMs = patience): Promise<Message> {
    const index = this.#read.get(id) ?? 0
    this.#read.set(id, index + 1)
    await this.#until(() => this.messages(id).length > index, `message ${index + 1} at ${id}`, timeoutMs)
    return this.messages(id)[index]!
  }

  /** Resolves when a node shows a status that fits; every status since the start counts, also one gone by. */
  async status(id: string, fits: (status: NodeStatus) => boolean, timeoutMs = patience): Promise<NodeStatus> {
    const found = () => this.#comms?.statusHistory.find((entry) => entry.id === id && fits(entry.status))
    await this.#until(() => found() !== undefined, `the status of ${id}`, timeoutMs)
    return found()!.status
  }

  /** What a node shows now. */
  currentStatus(id: string): NodeStatus | undefined {
    return this.#comms?.statuses.get(id)
  }

  /** What a debug node of a flow has shown, as soon as there are `count` messages. */
  async debugged(id: string, count = 1): Promise<DebugMessage[]> {
    const found = () => this.#comms?.debug.filter((message) => message.id === id) ?? []
    await this.#until(() => found().length >= count, `message ${count} of the debug node ${id}`, patience)
    return found()
  }

  /** Ends the process as told, and resolves when it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child
    this.#comms?.close()
    if (child === undefined || !running.has(child)) return
    const gone = once(child, 'exit')
    // Windows knows no signals: there Node-RED takes this message for SIGTERM.
    if (process.platform === 'win32' && signal !== 'SIGKILL') child.send('shutdown')
    else child.kill(signal)
    const inTime = await Promise.race([gone.then(() => true), sleep(patience, false, { ref: false })])
    if (inTime) return
    child.kill('SIGKILL')
    await gone
    throw new Error(`Node-RED did not end within ${patience / 1000} s:\n${this.#log}`)
  }

  /** Stops it as a service manager does, and starts it again on the same folder and port. */
  async restart(): Promise<void> {
    await this.kill('SIGTERM')
    await this.start()
  }

  /** Stops it, and removes the user folder if it was made here. */
  async stop(): Promise<void> {
    try {
      await this.kill('SIGTERM')
    } finally {
      if (this.#options.userDir === undefined) {
        rmSync(this.userDir, { recursive: true, force: true, maxRetries: 5 })
      }
    }
  }

  /** Starts the process; used by `startNodeRed`, and by a test after `kill`. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#port === 0) this.#port = await freePort()
      try {
        await this.#spawn()
        break
      } catch (error) {
        // Between choosing the port and listening on it somebody else may have taken it.
        if (attempt === 3 || !this.#log.includes('port in use')) throw error
        this.#port = 0
        this.#log = ''
      }
    }
    const owner = Object.entries(this.#options.accounts ?? {}).find(
      ([, { permissions }]) => permissions === '*',
    )
    this.#token = owner && (await this.login(owner[0]))
    if (this.#options.settings?.httpAdminRoot === false) return
    this.#comms = await Comms.open(`${this.url.replace('http', 'ws')}${this.adminRoot}/comms`, this.#token)
    this.#comms.changed.on('change', () => this.#changed.emit('change'))
  }

  async #spawn(): Promise<void> {
    const from = this.#log.length
    const { node, red } = this.#launch
    const settings = path.join(this.userDir, 'settings.js')
    const port = String(this.#port)
    const child = spawn(node, [red, '--userDir', this.userDir, '--settings', settings, '--port', port], {
      cwd: this.userDir,
      env: { ...process.env, NO_PROXY: '127.0.0.1,localhost', ...this.#options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Keeps Buffers and Dates what they are.
      serialization: 'advanced',
    })
    this.#child = child
    running.add(child)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text
        this.#changed.emit('change')
      })
    }
    child.on('message', ({ captured, msg }: { captured: string; msg: Message }) => {
      this.#captured.set(captured, [...this.messages(captured), msg])
      this.#changed.emit('change')
    })
    child.once('exit', () => {
      running.delete(child)
      this.#changed.emit('change')
    })
    await this.#logged(/Server now running/, from)
    await this.#logged(/Started flows|Waiting for missing types/, from)
  }

  #logged(pattern: RegExp, from: number): Promise<void> {
    return this.#until(() => pattern.test(this.#log.slice(from)), `${pattern.source} in the log`, patience)
  }

  async #until(isSo: () => boolean, what: string, timeoutMs: number): Promise<void> {
    const late = AbortSignal.timeout(timeoutMs)
    while (!isSo()) {
      const ended = this.#child?.exitCode ?? this.#child?.signalCode ?? null
      if (ended !== null) throw new Error(`Node-RED has ended (${ended}) before ${what}:\n${this.#log}`)
      try {
        await once(this.#changed, 'change', { signal: late })
      } catch {
        throw new Error(`No ${what} within ${timeoutMs / 1000} s. Node-RED's log:\n${this.#log}`)
      }
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
