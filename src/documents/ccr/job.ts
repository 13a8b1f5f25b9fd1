import type { MessagePort } from 'node:worker_threads'
import type { ErrorCause, ErrorCode } from '../../errors'
import type { CcrAround } from './extra'
import type { CcrPart } from './tree'
import type { CcrFinding } from './validate/finding'

/** What is to be done with a document in another thread. */
export interface CcrJob {
  /** Hand out its CCRs. */
  read?: boolean
  /** Keep what is around the CCRs. */
  around?: boolean
  validate?: boolean
  maxDepth?: number | undefined
}

/** The message that begins a job. */
export interface CcrJobMessage {
  port: MessagePort
  job: CcrJob
}

/** A piece of the document; null at its end. */
export type CcrPiece = string | Uint8Array | null

/** The answer to each piece; `more`: another one to the same piece follows. */
export type CcrAnswer =
  | { json: string; more: boolean; last: boolean; error?: undefined }
  | { error: { code: ErrorCode; message: string; cause: ErrorCause } }

/** What has come of a document since the last answer. */
export interface CcrResult {
  part?: CcrPart
  /** With the document's end. */
  around?: CcrAround[]
  /** In portions: how many CCRs have ended so far, and findings, each with the number of its CCR, from 0. */
  found?: { documents: number; findings: [document: number, finding: CcrFinding][] }
}
