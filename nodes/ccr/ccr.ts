import { Readable } from 'node:stream'
import type { NodeAPI } from 'node-red'
import { buildCcrInTurns } from '../../src/documents/ccr/build'
import type { CcrInput } from '../../src/documents/ccr/build/input'
import { isPlain } from '../../src/documents/ccr/content'
import type { CcrDocument } from '../../src/documents/ccr/model'
import type { CcrSource } from '../../src/documents/ccr/read'
import { readAndValidateCcrs, validateCcr } from '../../src/documents/ccr/validate'
import { ofAll } from '../../src/documents/ccr/validate/checks'
import type { CcrFinding } from '../../src/documents/ccr/validate/finding'
import { ccrText } from '../../src/documents/ccr/write'
import { kindOf } from '../../src/documents/kind-of'
import { isWhole } from '../../src/documents/xml/source'
import { GatewayError } from '../../src/errors'
import { document } from '../kit/inputs'
import { choice, type ActionConfig } from '../kit/choice'
import { localNode } from '../kit/local-node'
import { finished } from '../kit/status'

/** Findings that an error carries: enough to act on, and no more than a log should hold. */
const SHOWN = 20

/** What becomes of several CCRs in one document. */
type Several = 'sequence' | 'onRequest' | 'array'

export default function (RED: NodeAPI): void {
  localNode(RED, {
    type: 'ccr',
    inputs: { document },
    actions: ['parse', 'build', 'validate'],
    run: {
      async parse({ config, signal, values }) {
        const several = choice<Several>(config, 'several', ['sequence', 'onRequest', 'array'])
        const { documents, findings: each } = await readAndValidateCcrs(source(values.document), { signal })
        const findings = ofAll(each)
        refuse(findings, config)
        const answer = { set: { findings } }
        if (several === 'array') return { ...answer, payload: documents }
        if (documents.length === 1) return { ...answer, payload: documents[0] }
        return {
          ...answer,
          payload: undefined,
          sequence: {
            parts: Readable.from(
              documents.map((payload, index) => ({ payload, set: { findings: each[index] } })),
            ),
            empty: { payload: undefined },
            len: 1,
            onRequest: several === 'onRequest',
          },
        }
      },
      async build({ config, signal, values }) {
        const ccr = await model(values.document, 'Give a CCR as the object that parsing makes of it', signal)
        const findings = await validateCcr(ccr, { signal })
        refuse(findings, config)
        const xml = await ccrText(ccr, { pretty: config.pretty === true, signal })
        return { payload: xml, set: { findings } }
      },
      async validate({ config, signal, values }) {
        const given = values.document
        const ccr = isWhole(given) ? given : await model(given, 'Give a CCR in XML, as an object', signal)
        const findings = await validateCcr(ccr, { signal })
        refuse(findings, config)
        const status = findings.some(isError) ? {} : { status: finished(String(findings.length)) }
        return { payload: findings, set: { findings }, ...status }
      },
    },
  })
}

function source(value: unknown): CcrSource {
  if (isWhole(value)) return value
  throw new GatewayError(
    'HG_INPUT',
    `The document to parse is ${kindOf(value)}. Give a CCR in XML, as a string or a Buffer.`,
  )
}

/** The object that CCR's XML is made of, or what `buildCcr` makes it of: that has a `patient`, a CCR a `Patient`. */
function model(value: unknown, wanted: string, signal: AbortSignal): CcrDocument | Promise<CcrDocument> {
  const what = !isPlain(value)
    ? kindOf(value)
    : Object.keys(value).length === 0
      ? 'an empty object'
      : undefined
  if (what !== undefined) {
    throw new GatewayError('HG_INPUT', `The document is ${what}. ${wanted}, or a description with a patient.`)
  }
  const document = value as object
  return 'patient' in document ? buildCcrInTurns(document as CcrInput, { signal }) : document
}

const isError = ({ severity }: CcrFinding): boolean => severity === 'error'

/** With `strict`, a document that is against the schema is an error. */
function refuse(findings: readonly CcrFinding[], { strict }: ActionConfig): void {
  const errors = findings.filter(isError)
  const [first] = errors
  if (strict !== true || !first) return
  const place = [first.path || 'ContinuityOfCareRecord', first.line && `line ${first.line}`].filter(Boolean)
  throw new GatewayError(
    'HG_INPUT',
    `The CCR is not valid: ${first.message} (${place.join(', ')}; errors in all: ${errors.length})`,
    { detail: { findings: errors.slice(0, SHOWN) } },
  )
}
