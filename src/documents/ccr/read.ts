import { GatewayError } from '../../errors'
import { measured, piecesOf, type XmlSource, type XmlSourceOptions } from '../xml/source'
import type { CcrAround } from './extra'
import type { CcrDocument } from './model'
import { CcrParts } from './parts'
import { CcrReader } from './reader'
import { inTurns } from './steps'
import { Checks } from './validate/checks'
import type { CcrFinding } from './validate/finding'
import { inThread } from './workers'

/** A document to read: text, bytes, or a stream of either, such as a Node stream. */
export type CcrSource = XmlSource

export interface ReadCcrOptions extends XmlSourceOptions {
  /** How many elements may be open at once: 256 unless it says otherwise. */
  maxDepth?: number | undefined
}

/** All the CCRs of one XML document. */
export interface CcrCollection {
  documents: CcrDocument[]
  /** What is around them, such as an Atom feed with its entries; absent where a CCR is the root element. */
  around?: CcrAround[]
}

/** Larger documents are read in another thread: below, its start takes longer than any hold of the event loop. */
export const LARGE = 1024 * 1024

/**
 * Reads a CCR to its full model: from XML as text, bytes or a stream; the CCR is the root element or somewhere inside,
 * as in an Atom entry. Other work gets its turn every few milliseconds; above 1 MiB another thread reads. Rejects with
 * HG_INPUT and line and column if it is not well-formed XML, is not of the encoding that it declares, or does not hold
 * exactly one CCR; HG_TOO_LARGE beyond `maxBytes` (64 MiB); HG_CLOSED when aborted.
 */
export async function readCcr(source: CcrSource, options: ReadCcrOptions = {}): Promise<CcrDocument> {
  return theOne(await readAll(source, options))
}

/** Reads all CCRs of an XML document, such as an Atom feed, with what is around them. Rejects as `readCcr`. */
export async function readCcrs(source: CcrSource, options: ReadCcrOptions = {}): Promise<CcrCollection> {
  const { documents, around } = await readAll(source, options, { around: true })
  return around.length > 0 ? { documents, around } : { documents }
}

/** The only CCR of what has been read. Throws HG_INPUT if there are several. */
export function theOne({ documents }: CcrCollection): CcrDocument {
  const [document] = documents
  if (document !== undefined && documents.length === 1) return document
  throw new GatewayError(
    'HG_INPUT',
    `The document holds ${documents.length} CCRs, and one was expected. From a script, readCcrs reads them all.`,
  )
}

/** What else is wanted of a source. */
interface Wanted {
  around?: boolean
  /** Find out what is wrong with the CCRs. */
  validate?: boolean
  /** Give the CCRs themselves: unless it says otherwise. */
  keep?: boolean
}

export interface ReadDocuments extends Required<CcrCollection> {
  /** Of each document; only where they were wanted. */
  findings: CcrFinding[][]
}

/** Reads all CCRs of a source. Rejects as `readCcr`. */
export async function readAll(
  source: CcrSource,
  options: ReadCcrOptions,
  wanted: Wanted = {},
): Promise<ReadDocuments> {
  const { large, source: given } = await measured(source, LARGE, options.signal)
  return large ? readElsewhere(given, options, wanted) : readHere(given, options, wanted)
}

async function readHere(
  source: CcrSource,
  options: ReadCcrOptions,
  { around, validate = false }: Wanted,
): Promise<ReadDocuments> {
  const { maxDepth, signal } = options
  const checks = validate ? new Checks() : undefined
  const reader = new CcrReader({ maxDepth, around, checks })
  const findings: CcrFinding[][] = []
  const check = async (last: boolean) => {
    if (checks) findings.push(...(await inTurns(checks.take({ last }), signal)))
  }
  for await (const piece of piecesOf(source, options)) {
    reader.write(piece)
    await check(false)
  }
  reader.end()
  await check(true)
  const { documents, around: beside } = reader.tree
  return { documents, around: beside, findings }
}

async function readElsewhere(
  source: CcrSource,
  options: ReadCcrOptions,
  { around = false, validate = false, keep = true }: Wanted,
): Promise<ReadDocuments> {
  const parts = new CcrParts()
  const read: ReadDocuments = { documents: parts.documents, around: [], findings: [] }
  const job = { read: keep, around, validate, maxDepth: options.maxDepth }
  for await (const { part, around: beside, found } of inThread(job, source, options)) {
    if (part) parts.add(part)
    if (beside) read.around = beside
    if (found === undefined) continue
    while (read.findings.length < found.documents) read.findings.push([])
    for (const [document, finding] of found.findings) read.findings[document]?.push(finding)
  }
  return read
}
