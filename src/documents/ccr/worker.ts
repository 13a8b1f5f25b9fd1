/** A thread that reads documents: what `workers.ts` starts. It may have several at once. */
import { parentPort, type MessagePort } from 'node:worker_threads'
import { toGatewayError } from '../../errors'
import { findingsOfDocuments } from './findings-of-documents'
import type { CcrAnswer, CcrJob, CcrJobMessage, CcrPiece, CcrResult } from './job'
import { CcrReader } from './reader'
import type { Lines } from './tree'

parentPort?.on('message', ({ port, job }: CcrJobMessage) => {
  const work = new Work(job)
  const over = new AbortController()
  let last = Promise.resolve()
  port.on('close', () => over.abort())
  port.on('message', (piece: CcrPiece) => {
    last = last.then(() => answer(port, work, piece, over.signal))
  })
})

async function answer(port: MessagePort, work: Work, piece: CcrPiece, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  try {
    const result = piece === null ? await work.end(signal) : work.take(piece)
    port.postMessage({ json: JSON.stringify(result), last: piece === null } satisfies CcrAnswer)
  } catch (error) {
    const { code, message, cause } = toGatewayError(error)
    port.postMessage({ error: { code, message, cause } } satisfies CcrAnswer)
    port.close()
  }
}

/** One document on its way through. */
class Work {
  /** Hands out as it goes, so that it never holds much of the document. */
  readonly #reader: CcrReader | undefined
  /** Keeps all of it: findings are about the whole. */
  readonly #whole: CcrReader | undefined
  readonly #lines: Lines = new Map()

  constructor({ read, validate, around, maxDepth }: CcrJob) {
    if (read === true) this.#reader = new CcrReader({ maxDepth, around })
    if (validate === true) this.#whole = new CcrReader({ maxDepth, lines: this.#lines })
  }

  take(piece: string | Uint8Array): CcrResult {
    this.#reader?.write(piece)
    this.#whole?.write(piece)
    return this.#handedOut()
  }

  async end(signal: AbortSignal): Promise<CcrResult> {
    this.#reader?.end()
    this.#whole?.end()
    const result = this.#handedOut()
    if (this.#reader) result.around = this.#reader.tree.around
    if (this.#whole) {
      const { documents } = this.#whole.tree
      result.findings = await findingsOfDocuments(documents, { lines: this.#lines, signal })
    }
    return result
  }

  #handedOut(): CcrResult {
    return this.#reader ? { part: this.#reader.tree.takePart() } : {}
  }
}
