import type { Node, NodeMessage, NodeMessageInFlow, NodeStatus } from 'node-red'
import { GatewayError, toGatewayError } from '../../src/errors'
import type { SuccessPage } from './pages'
import { failed, finished, working } from './status'

/** What a piece of work leaves in the message, and where the message goes. */
export interface Outcome {
  payload: unknown
  /** Index of the output, 0 by default; `none` where there is nothing to send yet. */
  output?: number | 'none'
  statusCode?: number
  headers?: Record<string, string>
  attempts?: number
  user?: string
  /** Further properties of the message. */
  set?: Record<string, unknown>
  /** Instead of the green dot with the duration. */
  status?: NodeStatus
}

/** How a step that a browser drives ends: the browser goes on to `goTo`, or sees a page of ours. */
export interface BrowserOutcome extends Outcome {
  goTo?: string
  /** Which page, where there is no `goTo`. */
  page?: SuccessPage
}

export interface Operation {
  provider: string
  operation: string
}

type Work = (msg: NodeMessageInFlow, signal: AbortSignal) => Promise<Outcome>
type Send = (msg: (NodeMessage | null)[]) => void
type Done = (error?: Error) => void

/** How long a redeploy waits for work that was told to stop. */
const CLOSE_MS = 1000

/**
 * The one place that listens to a node's input. An asynchronous handler that rejects would end the Node-RED process,
 * so nothing else calls `on('input')`: every message ends in `send` and `done()`, or in `done(error)` with the
 * message as it came, since it is only filled when the work has succeeded.
 */
export class Runner {
  readonly #node: Node
  readonly #operation: Operation
  readonly #outputs: number
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<void>>()
  /** Work that did not come through the input but from a browser; it takes the same way as all other. */
  readonly #events = new WeakMap<object, Work>()

  constructor(node: Node, { provider, operation }: Operation, outputs: number, work: Work) {
    this.#node = node
    this.#operation = { provider, operation }
    this.#outputs = outputs
    node.on('input', (msg, send, done) => {
      const running: Promise<void> = this.#run(this.#events.get(msg) ?? work, msg, send, done).finally(() =>
        this.#running.delete(running),
      )
      this.#running.add(running)
    })
    node.on('close', (closed: () => void) => {
      this.#closing.abort()
      const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())
      void Promise.race([Promise.allSettled(this.#running), late]).then(() => {
        node.status({})
        closed()
      })
    })
  }

  /**
   * Runs work that a browser began as if the node had received `msg`, so that Catch, Complete and Status nodes see
   * it. Resolves or rejects with the work's own end.
   */
  event(
    msg: NodeMessage,
    work: (msg: NodeMessageInFlow, signal: AbortSignal) => Promise<BrowserOutcome>,
  ): Promise<BrowserOutcome> {
    return new Promise((resolve, reject) => {
      this.#events.set(msg, async (received, signal) => {
        try {
          const outcome = await work(received, signal)
          resolve(outcome)
          return outcome
        } catch (error) {
          reject(this.#describe(error))
          throw error
        }
      })
      this.#node.receive(msg)
    })
  }

  async #run(work: Work, msg: NodeMessageInFlow, send: Send, done: Done): Promise<void> {
    const began = performance.now()
    try {
      if (this.#closing.signal.aborted) {
        throw new GatewayError(
          'HG_CLOSED',
          'The node was closed before it could begin. Send the message again.',
        )
      }
      this.#node.status(working)
      const outcome = await work(msg, this.#closing.signal)
      const durationMs = Math.round(performance.now() - began)
      this.#fill(msg, outcome, durationMs)
      this.#node.status(outcome.status ?? finished(`${durationMs} ms`))
      if (outcome.output !== 'none') {
        const chosen = outcome.output ?? 0
        send(Array.from({ length: this.#outputs }, (_, index) => (index === chosen ? msg : null)))
      }
      done()
    } catch (thrown) {
      const error = this.#describe(thrown)
      this.#node.status(failed(error))
      // A deploy stops Catch nodes too, and an error that one of them takes is not logged: this one would be lost.
      if (this.#closing.signal.aborted) this.#node.warn(`${error.code}: ${error.message}`)
      done(error)
    }
  }

  #describe(thrown: unknown): GatewayError {
    return toGatewayError(thrown).with(this.#operation)
  }

  #fill(msg: NodeMessage, outcome: Outcome, durationMs: number): void {
    Object.assign(msg, outcome.set)
    msg.payload = outcome.payload
    if (outcome.statusCode !== undefined) msg.statusCode = outcome.statusCode
    if (outcome.headers !== undefined) msg.headers = outcome.headers
    msg.health = {
      ...this.#operation,
      user: outcome.user,
      at: new Date().toISOString(),
      attempts: outcome.attempts ?? 0,
      durationMs,
    }
  }
}
