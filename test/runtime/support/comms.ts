import { EventEmitter, once } from 'node:events'
import { WebSocket } from 'undici'

export interface NodeStatus {
  fill?: string
  shape?: string
  text?: string
}

/** What a debug node shows; `msg` is text, JSON for an object, shortened past `debugMaxLength`. */
export interface DebugMessage {
  id: string
  msg: string
  format: string
  topic?: string
  property?: string
}

interface Publication {
  topic: string
  data: unknown
}

/** What the editor hears from the runtime: the status of every node, and the debug messages. */
export class Comms {
  readonly statuses = new Map<string, NodeStatus>()
  /** Every status that came, in order: a node at work shows several. */
  readonly statusHistory: { id: string; status: NodeStatus }[] = []
  readonly debug: DebugMessage[] = []
  readonly changed = new EventEmitter().setMaxListeners(0)
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const received = JSON.parse(String(data)) as Publication | Publication[]
      for (const publication of [received].flat()) this.#take(publication)
      this.changed.emit('change')
    })
  }

  static async open(url: string, token: string | undefined): Promise<Comms> {
    const socket = new WebSocket(url)
    const signal = AbortSignal.timeout(10_000)
    await once(socket, 'open', { signal })
    if (token !== undefined) {
      socket.send(JSON.stringify({ auth: token }))
      await once(socket, 'message', { signal })
    }
    const comms = new Comms(socket)
    for (const topic of ['status/#', 'debug']) socket.send(JSON.stringify({ subscribe: topic }))
    return comms
  }

  close(): void {
    this.#socket.close()
  }

  #take({ topic, data }: Publication): void {
    if (topic === 'debug') this.debug.push(data as DebugMessage)
    const [kind, id] = topic.split('/')
    if (kind !== 'status' || id === undefined) return
    this.statuses.set(id, data as NodeStatus)
    this.statusHistory.push({ id, status: data as NodeStatus })
  }
}
