/** A thread that reads documents: what `workers.ts` starts. It may have several at once. */
import { parentPort, type MessagePort } from 'node:worker_threads'
import { toGatewayError } from '../../errors'
import type { CcrAnswer, CcrJob, CcrJobMessage, CcrPiece, CcrResult } from './job'
import { CcrReader } from './reader'
import { atOnce } from './steps'
import { Checks } from './validate/checks'
import type { CcrFinding } from './validate/finding'

/** Findings in one answer: a millisecond's work or so for the thread that reads it. */
const PORTION = 1000

parentPort?.on('message', ({ port, job }: CcrJobMessage) => {
  const work = new Work(job)
  port.on('message', (piece: CcrPiece) => answer(port, work, piece))
})

function answer(port: MessagePort, work: Work, piece: CcrPiece): void {
  try {
    const results = piece === null ? work.end() : work.take(piece)
    for (const [i, result] of results.entries()) {
      const more = i < results.length - 1
      const last = piece === null && !more
      port.postMessage({ json: JSON.stringify(result), more, last } satisfies CcrAnswer)
    }
  } catch (error) {
    const { code, message, cause } = toGatewayError(error)
    port.postMessage({ error: { code, message, cause } } satisfies CcrAnswer)
    port.close()
  }
}

/** One document on its way through. It hands out as it goes, so that it never holds much of the document. */
class Work {
  readonly #reader: CcrReader
  readonly #checks: Checks | undefined
  readonly #read: boolean
  /** CCRs that have ended. */
  #documents = 0

  constructor({ read = false, validate = false, around, maxDepth }: CcrJob) {
    this.#read = read
    this.#checks = validate ? new Checks() : undefined
    this.#reader = new CcrReader({ maxDepth, around, checks: this.#checks })
  }

  take(piece: string | Uint8Array): CcrResult[] {
    this.#reader.write(piece)
    return this.#results(false)
  }

  end(): CcrResult[] {
    this.#reader.end()
    return [...this.#results(true), { around: this.#reader.tree.around }]
  }

  #results(last: boolean): CcrResult[] {
    const part = this.#reader.tree.takePart()
    const results = this.#read ? [{ part }] : [{}]
    return this.#checks ? [...results, ...this.#found(atOnce(this.#checks.take({ last })))] : results
  }

  #found(findings: CcrFinding[][]): CcrResult[] {
    const first = this.#documents
    this.#documents += findings.length
    const all = findings.flatMap((own, index) => own.map((one): [number, CcrFinding] => [first + index, one]))
    const results: CcrResult[] = []
    for (let at = 0; at < all.length || (at === 0 && findings.length > 0); at += PORTION) {
      results.push({ found: { documents: this.#documents, findings: all.slice(at, at + PORTION) } })
    }
    return results
  }
}
