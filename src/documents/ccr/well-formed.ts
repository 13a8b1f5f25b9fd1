import { setImmediate as nextTurn } from 'node:timers/promises'
import { GatewayError } from '../../errors'
import { SaxesParser } from '../../vendor/saxes'

/** Deeper than any real record (the deepest of 41 public samples has 14 levels) and far from any stack's end. */
const DEEPEST = 256
const SLICE = 64 * 1024
/** How long a document may hold the event loop before other messages get a turn. */
const TURN_MS = 8

/**
 * Reads a document to its end and resolves if it is well-formed XML (namespaces included) with a CCR as its root;
 * rejects with HG_INPUT and the place of the first fault otherwise. A DOCTYPE is a fault: no CCR needs one, and
 * entities and external references come with it. Constant memory; other work gets a turn every few milliseconds.
 */
export async function assertCcr(xml: string): Promise<void> {
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  let root: string | undefined
  parser.on('error', (error) => {
    throw notXml(error.message)
  })
  parser.on('doctype', () => {
    throw notXml(`${parser.line}:${parser.column}: a DOCTYPE is not allowed`)
  })
  parser.on('opentag', (tag) => {
    root ??= tag.local
    if (++depth > DEEPEST)
      throw notXml(`${parser.line}:${parser.column}: nested deeper than ${DEEPEST} elements`)
  })
  parser.on('closetag', () => {
    depth--
  })
  let turn = performance.now()
  for (let at = 0; at < xml.length; at += SLICE) {
    parser.write(xml.slice(at, at + SLICE))
    if (performance.now() - turn > TURN_MS) {
      await nextTurn()
      turn = performance.now()
    }
  }
  parser.close()
  if (root !== 'ContinuityOfCareRecord') {
    throw new GatewayError(
      'HG_INPUT',
      `The document is XML, but not a CCR: its root element is ${String(root)}, not ContinuityOfCareRecord.`,
    )
  }
}

function notXml(fault: string): GatewayError {
  return new GatewayError('HG_INPUT', `The document is not well-formed XML, at line:column ${fault}`)
}
