import type { NodeAPI } from 'node-red'
import { buildCcr } from '../../src/documents/ccr/build'
import type { CcrInput } from '../../src/documents/ccr/build/input'
import type { CcrDocument } from '../../src/documents/ccr/model'
import type { CcrSource } from '../../src/documents/ccr/read'
import { readAndValidateCcr, validateCcr } from '../../src/documents/ccr/validate'
import type { CcrFinding } from '../../src/documents/ccr/validate/finding'
import { ccrText } from '../../src/documents/ccr/write'
import { GatewayError } from '../../src/errors'
import { document } from '../kit/inputs'
import type { ActionConfig } from '../kit/choice'
import { localNode } from '../kit/local-node'
import { finished } from '../kit/status'

/** Findings that an error carries: enough to act on, and no more than a log should hold. */
const SHOWN = 20

export default function (RED: NodeAPI): void {
  localNode(RED, {
    type: 'ccr',
    inputs: { document },
    actions: ['parse', 'build', 'validate'],
    run: {
      async parse({ config, signal, values }) {
        const { ccr, findings } = await readAndValidateCcr(source(values.document), { signal })
        refuse(findings, config)
        return { payload: ccr, set: { findings } }
      },
      async build({ config, signal, values }) {
        const ccr = model(values.document)
        const findings = await validateCcr(ccr, { signal })
        refuse(findings, config)
        return { payload: await ccrText(ccr, { pretty: config.pretty === true, signal }), set: { findings } }
      },
      async validate({ config, signal, values }) {
        const given = values.document
        const findings = await validateCcr(isText(given) ? given : model(given), { signal })
        refuse(findings, config)
        return { payload: findings, set: { findings }, status: finished(String(findings.length)) }
      },
    },
  })
}

function isText(value: unknown): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array
}

function source(value: unknown): CcrSource {
  if (isText(value)) return value
  throw new GatewayError(
    'HG_INPUT',
    'There is nothing to parse. Give the CCR in XML, as a string or a Buffer.',
  )
}

/** The object that CCR's XML is made of, or what `buildCcr` makes it of: that has a `patient`, a CCR a `Patient`. */
function model(value: unknown): CcrDocument {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isText(value)) {
    throw new GatewayError(
      'HG_INPUT',
      'The document is no object. Give the CCR as the object that parsing makes of it.',
    )
  }
  return 'patient' in value ? buildCcr(value as CcrInput) : value
}

/** With `strict`, a document that is against the schema is an error. */
function refuse(findings: readonly CcrFinding[], { strict }: ActionConfig): void {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (strict !== true || !first) return
  const place = [first.path || 'ContinuityOfCareRecord', first.line && `line ${first.line}`].filter(Boolean)
  throw new GatewayError(
    'HG_INPUT',
    `The CCR is not valid: ${first.message} (${place.join(', ')}; ${errors.length} such findings in all)`,
    { detail: { findings: errors.slice(0, SHOWN) } },
  )
}
