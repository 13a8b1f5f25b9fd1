import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { buildOmhe } from '../../src/documents/omhe/build'
import { utcOf } from '../../src/documents/omhe/helpers'
import type { OmheFinding, OmheInput } from '../../src/documents/omhe/model'
import { parseOmhe } from '../../src/documents/omhe/parse'
import type {
  OmheDocument,
  OmhePatient,
  OmheRecordOptions,
  OmheSource,
} from '../../src/documents/omhe/record'
import { omheToCcr } from '../../src/documents/omhe/to-ccr'
import { omheToFhir } from '../../src/documents/omhe/to-fhir'
import { document, optionalUser, type Input, type Values } from '../kit/inputs'
import { localNode, type LocalAction } from '../kit/local-node'
import type { Outcome } from '../kit/runner'

const isNothing = (value: unknown) => value === undefined || value === null || value === ''

const patientFacts = ['id', 'reference', 'name', 'given', 'family', 'birthDate', 'gender'] as const

/** Whom the measurements are of: an id, or what is known of the person. */
const patient: Input<OmhePatient | undefined> = {
  value: 'patient',
  type: 'msg',
  read(value) {
    if (isNothing(value)) return undefined
    if (typeof value === 'string' || typeof value === 'number') return { id: String(value) }
    if (typeof value !== 'object') {
      throw new GatewayError(
        'HG_INPUT',
        'The patient is not usable. Give an id, or an object such as { id, name }.',
      )
    }
    // A flow's own object may hold more than is asked for.
    const facts = patientFacts.map((name) => [name, (value as Record<string, unknown>)[name]] as const)
    const known = facts.filter(([, fact]) => !isNothing(fact))
    return Object.fromEntries(
      known.map(([name, fact]) => [name, typeof fact === 'number' ? String(fact) : fact]),
    )
  },
}

/** The time of commands that say none: now, unless it is given as a Date, in ISO 8601 or in milliseconds. */
const at: Input<string> = {
  value: '',
  type: 'str',
  read(value) {
    if (isNothing(value)) return utcOf(new Date())
    return utcOf(typeof value === 'number' ? new Date(value) : (value as string | Date))
  },
}

/** Who vouches for the measurements: the name of an information system, or an object that says what it is. */
const source: Input<OmheSource | undefined> = {
  value: '',
  type: 'str',
  read(value) {
    if (isNothing(value)) return undefined
    return typeof value === 'string' ? { system: value } : (value as OmheSource)
  },
}

const inputs = { document, user: optionalUser, patient, at, source }
type OmheAction = LocalAction<Values<typeof inputs>>

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
])

/** What is chosen in the node itself. */
function options({ config }: OmheAction): { separator: string; strict: boolean } {
  const separator = typeof config.separator === 'string' ? config.separator : ''
  return {
    separator: separator.replace(/\\[nrt]/g, (escape) => escapes.get(escape) ?? escape),
    strict: config.strict === true,
  }
}

/** And what a health record needs beside. Where the patient has no id, the message's user is the patient. */
function recordOptions(action: OmheAction): OmheRecordOptions {
  const { user, patient, at, source } = action.values
  const known = user === '' ? patient : { id: user, ...patient }
  return { ...options(action), patient: known, at, source }
}

function outcome({ values }: OmheAction, payload: unknown, findings: OmheFinding[]): Outcome {
  return { payload, set: { findings }, ...(values.user === '' ? {} : { user: values.user }) }
}

export default function (RED: NodeAPI): void {
  localNode(RED, {
    type: 'omhe',
    inputs,
    actions: ['parse', 'build', 'toCcr', 'toFhir'],
    run: {
      parse: (action) => {
        const { document, at } = action.values
        const { commands, findings } = parseOmhe(document as string, { ...options(action), at })
        return outcome(action, commands, findings)
      },
      build: (action) => {
        const { text, findings } = buildOmhe(action.values.document as OmheInput, options(action))
        return outcome(action, text, findings)
      },
      toCcr: (action) => {
        const { ccr, findings } = omheToCcr(action.values.document as OmheDocument, recordOptions(action))
        return outcome(action, ccr, findings)
      },
      toFhir: (action) => {
        const { bundle, findings } = omheToFhir(action.values.document as OmheDocument, recordOptions(action))
        return outcome(action, bundle, findings)
      },
    },
  })
}
