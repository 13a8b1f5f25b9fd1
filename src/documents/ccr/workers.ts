import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { types } from 'node:util'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { GatewayError, toGatewayError } from '../../errors'
import { giveTurn } from '../../turn'
import { piecesOf, stopped, type XmlSource, type XmlSourceOptions } from '../xml/source'
import type { CcrAnswer, CcrJob, CcrJobMessage, CcrPiece, CcrResult } from './job'

/** Pieces that are on their way to a thread or back. */
const WINDOW = 32
/** How long a thread without work stays: a new one takes longer than reading 1 MB. */
const IDLE_MS = 10_000
const MOST_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1))

/** A thread that reads documents, and what has to be told when it ends. */
class Thread {
  readonly #worker = new Worker(join(__dirname, `worker${extname(__filename)}`))
  readonly #jobs = new Set<(error: Error) => void>()
  #idle: NodeJS.Timeout | undefined

  constructor() {
    this.#worker.on('error', (error) => this.#ended(error))
    this.#worker.on('exit', () => this.#ended(new Error('the thread has ended')))
  }

  get jobs(): number {
    return this.#jobs.size
  }

  begin(message: CcrJobMessage, onEnd: (error: Error) => void): void {
    clearTimeout(this.#idle)
    // Its end would else be heard of by nobody: its ports close with it, and a script ends with nothing left to do.
    this.#worker.ref()
    this.#jobs.add(onEnd)
    this.#worker.postMessage(message, [message.port])
  }

  finish(onEnd: (error: Error) => void): void {
    this.#jobs.delete(onEnd)
    if (this.#jobs.size > 0) return
    this.#worker.unref()
    this.#idle = setTimeout(() => {
      threads.delete(this)
      void this.#worker.terminate()
    }, IDLE_MS).unref()
  }

  #ended(error: Error): void {
    threads.delete(this)
    const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    for (const onEnd of this.#jobs) onEnd(outOfMemory ? noMemory() : toGatewayError(error))
  }
}

function noMemory(): GatewayError {
  return new GatewayError(
    'HG_TOO_LARGE',
    'The memory is not enough for the document. Give Node more (--max-old-space-size), or send it in parts.',
  )
}

const threads = new Set<Thread>()

/** The thread with the least to do; several documents share one where there are more than threads. */
function takeThread(): Thread {
  const [least] = [...threads].sort((a, b) => a.jobs - b.jobs)
  if (least !== undefined && (least.jobs === 0 || threads.size >= MOST_THREADS)) return least
  const thread = new Thread()
  threads.add(thread)
  return thread
}

/**
 * Has a document read in another thread. The results come one by one, each small, with turns for other work in
 * between: a whole model in one message would hold the event loop about as long as reading it would.
 */
export async function* inThread(
  job: CcrJob,
  source: XmlSource,
  { signal, maxBytes }: XmlSourceOptions = {},
): AsyncGenerator<CcrResult, void, undefined> {
  const { port1: port, port2 } = new MessageChannel()
  const answers = new Answers(port)
  const thread = takeThread()
  const fail = (error: unknown) => answers.fail(error)
  const over = new AbortController()
  const abort = () => fail(stopped())
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  thread.begin({ port: port2, job }, fail)
  const sending = send(source, answers, { signal: over.signal, maxBytes }).catch(fail)
  try {
    for (;;) {
      const answer = await answers.next()
      if (answer.error !== undefined) throw revived(answer.error)
      yield JSON.parse(answer.json) as CcrResult
      if (answer.last) return
      await giveTurn()
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    over.abort()
    answers.close()
    thread.finish(fail)
    await sending
  }
}

async function send(source: XmlSource, answers: Answers, options: XmlSourceOptions): Promise<void> {
  for await (const piece of piecesOf(source, options)) await answers.ask(piece)
  await answers.ask(null)
}

/** Our side of the conversation: a question for each piece, and their answers in order. */
class Answers {
  readonly #port: MessagePort
  readonly #answers: CcrAnswer[] = []
  #asked = 0
  #failure: { error: unknown } | undefined
  #closed = false
  #answered: (() => void) | undefined
  #room: (() => void) | undefined

  constructor(port: MessagePort) {
    this.#port = port
    port.on('message', (answer: CcrAnswer) => {
      this.#answers.push(answer)
      this.#answered?.()
    })
  }

  async ask(piece: CcrPiece): Promise<void> {
    while (this.#asked >= WINDOW && !this.#closed)
      await new Promise<void>((resolve) => (this.#room = resolve))
    if (this.#closed) return
    this.#asked++
    if (types.isUint8Array(piece)) {
      // Without a copy of its own all of the memory around it would be sent, or taken from its owner.
      const copy = new Uint8Array(piece)
      this.#port.postMessage(copy, [copy.buffer])
    } else this.#port.postMessage(piece)
  }

  async next(): Promise<CcrAnswer> {
    for (;;) {
      if (this.#failure) throw this.#failure.error
      const answer = this.#answers.shift()
      if (answer !== undefined) {
        if (answer.error !== undefined || !answer.more) this.#asked--
        this.#room?.()
        return answer
      }
      await new Promise<void>((resolve) => (this.#answered = resolve))
    }
  }

  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#answered?.()
  }

  close(): void {
    this.#closed = true
    this.#room?.()
    this.#port.close()
  }
}

const revived = ({ code, message, cause }: NonNullable<CcrAnswer['error']>): GatewayError =>
  new GatewayError(code, message, cause)
