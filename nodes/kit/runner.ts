import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Node, NodeAPI, NodeMessage, NodeMessageInFlow, NodeStatus } from 'node-red'
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
  /** New messages, which have nothing of the one that came. Sent after it. */
  more?: { output: number; payload: unknown; user?: string }[]
  /** Messages instead of one: `payload` stands for none of them. */
  sequence?: Sequence
  /** What went wrong all the same: the answer is sent, and the message as it came goes to Catch nodes. */
  failure?: GatewayError
}

/** What is different from message to message of a sequence. */
export type Part = Pick<Outcome, 'payload' | 'set' | 'statusCode' | 'headers' | 'attempts'>

/** A long result, a message for each part of it. No part is fetched before the one before it has been sent. */
export interface Sequence {
  parts: AsyncIterable<Part>
  /** Stands for no parts at all: the flow gets one message in any case. */
  empty: Part
  /** How many values a part has: more than 1 lets a `join` node put them into one array. */
  len: number
  /** Whether the flow has to hand each message back to the node's input before the next part is fetched. */
  onRequest: boolean
}

/** How a step that a browser drives ends: the browser goes on to `goTo`, or sees a page of ours. */
export interface BrowserOutcome extends Outcome {
  goTo?: string
  /** Which page, where there is no `goTo`. */
  page?: SuccessPage
}

/** What messages and errors say of the work, as it is when they are made. */
export interface Operation {
  provider: string
  operation: string
}

type Work = (msg: NodeMessageInFlow, signal: AbortSignal) => Promise<Outcome>
type Send = (msg: (NodeMessage | null)[]) => void
type Done = (error?: Error) => void

/** How long the flow may take with one message of a sequence before it hands it back. */
const RETURN_MS = 10 * 60 * 1000

/** How many sequences a node remembers, those that have ended included. */
const KNOWN_SEQUENCES = 1000

/** What tells a message that comes back from one that is new. */
interface Awaited {
  msgid: string | undefined
  /** The mark of the list that the message was of that came. */
  outer: { id?: unknown; index?: unknown }
  /** The last message of the sequence is on its way. */
  isLast: boolean
}

/** What a sequence waits for. */
interface Turn {
  /** A message of it was handed back. */
  goOn: () => void
  /** The node is closed. */
  end: () => void
}

/** How long a redeploy waits for work that was told to stop. */
const CLOSE_MS = 1000

const withoutParts = () =>
  Promise.reject(
    new GatewayError(
      'HG_INPUT',
      'A message of a sequence came back without the msg.parts that it had, so it is not known which one. Keep msg.parts until the message is handed back: a function that makes a new message, and a list or a split on the way, lose it.',
    ),
  )

function partsOf(msg: NodeMessage): { id?: unknown; index?: unknown } {
  const { parts } = msg as { parts?: unknown }
  return typeof parts === 'object' && parts !== null ? parts : {}
}

/**
 * The one place that listens to a node's input. An asynchronous handler that rejects would end the Node-RED process,
 * so nothing else calls `on('input')`: every message ends in `send` and `done()`, or in `done(error)` with the
 * message as it came, since it is only filled when the work has succeeded (but for `findings`: see `localNode`).
 */
export class Runner {
  readonly #RED: NodeAPI
  readonly #node: Node
  readonly #operation: Operation
  readonly #outputs: number
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<void>>()
  /** Work that did not come through the input but from a browser; it takes the same way as all other. */
  readonly #events = new WeakMap<object, Work>()
  /** The latest sequences, by `msg.parts.id`, and those that wait until a message of theirs is handed back. */
  readonly #sequences = new Map<string, Turn | undefined>()
  /** What those were asked for with whose messages are to be handed back, until the last one was. */
  readonly #awaited = new Map<string, Awaited>()

  constructor(RED: NodeAPI, node: Node, operation: Operation, outputs: number, work: Work) {
    this.#RED = RED
    this.#node = node
    this.#operation = operation
    this.#outputs = outputs
    node.on('input', (msg, send, done) => {
      if (this.#handedBack(msg)) {
        done()
        return
      }
      const does = this.#isOfSequence(msg) ? withoutParts : (this.#events.get(msg) ?? work)
      const running: Promise<void> = this.#run(does, msg, send, done).finally(() =>
        this.#running.delete(running),
      )
      this.#running.add(running)
    })
    node.on('close', (closed: () => void) => {
      this.#closing.abort()
      for (const turn of this.#sequences.values()) turn?.end()
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
      const to = (output: number, one: NodeMessage) => {
        const outputs = new Array<NodeMessage | null>(this.#outputs).fill(null)
        outputs[output] = one
        send(outputs)
      }
      if (outcome.sequence) {
        const count = await this.#sendSequence(msg, outcome, outcome.sequence, began, to)
        this.#node.status(outcome.status ?? finished(String(count)))
        done()
        return
      }
      const durationMs = Math.round(performance.now() - began)
      const answer = outcome.failure ? { ...msg } : msg
      this.#fill(answer, outcome, durationMs)
      this.#node.status(outcome.status ?? finished(`${durationMs} ms`))
      if (outcome.output !== 'none') to(outcome.output ?? 0, answer)
      for (const { output, payload, user } of outcome.more ?? []) {
        const more: NodeMessage = user === undefined ? {} : { user }
        this.#fill(more, { payload, ...(user === undefined ? {} : { user }) }, durationMs)
        to(output, more)
      }
      if (outcome.failure) throw outcome.failure
      done()
    } catch (thrown) {
      const error = this.#describe(thrown)
      this.#node.status(failed(error))
      // A deploy stops Catch nodes too, and an error that one of them takes is not logged: this one would be lost.
      if (this.#closing.signal.aborted) this.#node.warn(`${error.code}: ${error.message}`)
      done(error)
    }
  }

  /** Sends a part once it is known whether another one follows: the last one says how many there were. */
  async #sendSequence(
    msg: NodeMessageInFlow,
    outcome: Outcome,
    { parts, empty, len, onRequest }: Sequence,
    began: number,
    to: (output: number, msg: NodeMessage) => void,
  ): Promise<number> {
    const id = randomUUID()
    this.#sequences.set(id, undefined)
    const awaited = { msgid: msg._msgid, outer: { ...partsOf(msg) }, isLast: false }
    if (onRequest) this.#awaited.set(id, awaited)
    for (const [oldest, turn] of this.#sequences) {
      if (this.#sequences.size <= KNOWN_SEQUENCES) break
      if (turn !== undefined) continue
      this.#sequences.delete(oldest)
      this.#awaited.delete(oldest)
    }
    const outer = (msg as { parts?: unknown }).parts
    const sendPart = (facts: Part, index: number, isLast: boolean) => {
      const parts: Record<string, unknown> = { id, type: 'array', index, len }
      if (isLast) parts.count = index + 1
      if (outer !== undefined) parts.parts = outer
      const whole: NodeMessage = Object.assign({}, msg, { parts })
      this.#fill(whole, Object.assign({}, outcome, facts), Math.round(performance.now() - began))
      whole.payload = undefined
      // Of the message that came, and of what is told of the answer, each part has a copy: what a flow does to one is in
      // none of the others. `msg.payload` as it came is left out, and that of a part is its own already.
      const part = this.#RED.util.cloneMessage(whole)
      part.payload = facts.payload
      to(0, part)
    }
    let index = 0
    let held: Part | undefined
    try {
      for await (const part of parts) {
        if (held) {
          const handedBack = onRequest ? this.#handBack(id) : setImmediate()
          sendPart(held, index++, false)
          held = undefined
          await handedBack
        }
        held = part
      }
    } catch (error) {
      // It was read, and what failed is what comes after it.
      this.#awaited.delete(id)
      if (held) sendPart(held, index, false)
      throw error
    }
    awaited.isLast = true
    sendPart(held ?? empty, index, true)
    return index + 1
  }

  /** Resolves when the flow hands a message of the sequence back. */
  async #handBack(id: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    try {
      await new Promise<void>((resolve, reject) => {
        const give = (code: 'HG_TIMEOUT' | 'HG_CLOSED', text: string) => () =>
          reject(new GatewayError(code, text))
        const end = give('HG_CLOSED', 'The node was closed before the sequence had come to its end.')
        const late = give(
          'HG_TIMEOUT',
          "No message of the sequence was handed back to the node's input within ten minutes. Wire the end of the flow back to it.",
        )
        timer = setTimeout(late, RETURN_MS)
        timer.unref()
        this.#sequences.set(id, { goOn: resolve, end })
      })
    } finally {
      clearTimeout(timer)
      this.#sequences.set(id, undefined)
    }
  }

  /** Whether it is a message of one of the node's own sequences: its last one too is no new piece of work. */
  #handedBack(msg: NodeMessage): boolean {
    const { id } = partsOf(msg)
    if (typeof id !== 'string' || !this.#sequences.has(id)) return false
    if (this.#awaited.get(id)?.isLast) this.#awaited.delete(id)
    this.#sequences.get(id)?.goOn()
    return true
  }

  /**
   * Whether it comes from a sequence that waits for it, but has lost the mark of that: as new work it would begin the list
   * anew, and again with each message. A function that makes a message gives it the id of the one that came.
   */
  #isOfSequence(msg: NodeMessage): boolean {
    const { id, index } = partsOf(msg)
    return [...this.#awaited.values()].some(({ msgid, outer }) => {
      // The next one of a list that both are in is new work.
      const isSibling = outer.id !== undefined && outer.id === id && outer.index !== index
      return msgid !== undefined && msgid === msg._msgid && !isSibling
    })
  }

  #describe(thrown: unknown): GatewayError {
    return toGatewayError(thrown).with(this.#operation)
  }

  #fill(msg: NodeMessage, outcome: Outcome, durationMs: number): void {
    Object.assign(msg, outcome.set)
    msg.payload = outcome.payload
    if (outcome.statusCode !== undefined) msg.statusCode = outcome.statusCode
    if (outcome.headers !== undefined) msg.headers = outcome.headers
    const { provider, operation } = this.#operation
    msg.health = {
      provider,
      operation,
      user: outcome.user,
      at: new Date().toISOString(),
      attempts: outcome.attempts ?? 0,
      durationMs,
    }
  }
}
