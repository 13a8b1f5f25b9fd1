import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { isPlain } from '../../src/documents/ccr/content'
import { buildOmhe } from '../../src/documents/omhe/build'
import { utcOf } from '../../src/documents/omhe/helpers'
import type { OmheFinding, OmheInput } from '../../src/documents/omhe/model'
import { parseOmhe } from '../../src/documents/omhe/parse'
import {
  patientOf,
  type OmheDocument,
  type OmhePatient,
  type OmheRecordOptions,
  type OmheSource,
} from '../../src/documents/omhe/record'
import { omheToCcr } from '../../src/documents/omhe/to-ccr'
import { omheToFhir } from '../../src/documents/omhe/to-fhir'
import { document, optionalUser, type Input, type Values } from '../kit/inputs'
import { localNode, type LocalAction } from '../kit/local-node'
import type { Outcome } from '../kit/runner'

const isNothing = (value: unknown) => value === undefined || value === null || value === ''

/** Whom the measurements are of: an id, or what is known of the person. */
const patient: Input<OmhePatient | undefined> = {
  value: 'patient',
  type: 'msg',
  read(value) {
    if (isNothing(value)) return undefined
    if (!isPlain(value)) return patientOf(value).patient
    // A form gives empty texts for what is not known.
    const known = Object.entries(value).map(([name, fact]) => [name, isNothing(fact) ? undefined : fact])
    const patient = Object.fromEntries(known) as OmhePatient
    // With the user's id, an object of something else would be taken for the patient.
    patientOf(patient)
    return patient
  },
}

/** As elsewhere, though what is no id is refused: the measurements would be nobody's, or another's. */
const user: Input<string> = {
  ...optionalUser,
  async read(value, source) {
    const id = await optionalUser.read(value, source)
    if (id !== '' || isNothing(value)) return id
    throw new GatewayError('HG_INPUT', 'The user is not usable. Give your own id of the person, as text.')
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
const source: Input<string | OmheSource | undefined> = {
  value: '',
  type: 'str',
  read(value) {
    if (isNothing(value)) return undefined
    return value as string | OmheSource
  },
}

const inputs = { document, user, patient, at, source }
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
  const known = user === '' ? patient : { ...patient, id: patient?.id ?? user }
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
