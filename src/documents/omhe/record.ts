import { types } from 'node:util'
import { GatewayError } from '../../errors'
import { isPlain } from '../ccr/content'
import { period } from '../ccr/validate/iso8601'
import { completeCommands } from './build'
import { commandFacts, type CommandFacts } from './commands'
import { localTime, utcOf, withTime } from './helpers'
import { refuseErrors, type OmheCommand, type OmheFinding, type OmheInput } from './model'
import { parseOmhe, unusable, type ParsedOmhe } from './parse'

/** Whom the measurements are of. All of it is optional, but not to have none of it. */
export interface OmhePatient {
  /** The caller's own id of the person. */
  id?: string | number
  /** FHIR only: where the Patient resource is, `Patient/7`. */
  reference?: string
  /** One text, where given and family name are not known apart. */
  name?: string
  given?: string
  family?: string
  /** ISO 8601: `1970-05-01`, `1970-05` or `1970`. */
  birthDate?: string
  gender?: string
}

/** Who vouches for the measurements: an organisation, or an information system such as a gateway for text messages. */
export type OmheSource = { organization: string } | { system: string; version?: string }

export interface OmheRecordOptions {
  /** A text is the caller's own id of the person. */
  patient?: string | OmhePatient
  /** The patient by default: they measured it themselves. A text is the name of an information system. */
  source?: string | OmheSource
  /** The time of a command that says none. Without it, what is made of such a command has no time. */
  at?: string | Date
  /** For commands given as text: what may stand between two of them beside a line break. */
  separator?: string
  /** Throws HG_INPUT for findings that are errors, such as a value out of range. */
  strict?: boolean
}

/** A command that a health record has a place for, with what the makers of records need of it. */
export interface Observed {
  command: OmheCommand
  facts: CommandFacts & { section: NonNullable<CommandFacts['section']> }
  /** `Alcohol (beer)` where the alias says more than the command. */
  title: string
  /** ISO 8601 with a zone: the person's own, if they gave it. */
  time?: string
  /** Its plain tags and points as they were written: `#afteryoga #points5`. */
  note?: string
}

/** Patient and source, looked through. */
export interface People {
  patient: Omit<OmhePatient, 'id'> & { id?: string }
  source?: OmheSource | undefined
}

/** Text, or commands that were read or made by hand. */
export type OmheDocument = string | Uint8Array | OmheInput | readonly OmheInput[]

/** Reads or completes commands, and leaves out those that no health record has a place for, each with a finding. */
export function observe(
  document: OmheDocument,
  options: OmheRecordOptions,
): { observed: Observed[]; findings: OmheFinding[]; people: People } {
  const people = { patient: patientOf(options.patient), source: sourceOf(options.source) }
  const at = options.at === undefined ? undefined : utcOf(options.at)
  const { commands, findings } = commandsOf(document, options)
  const observed: Observed[] = []
  for (const command of commands.map((one) => withTime(one, at))) {
    const { section, ...facts } = commandFacts(command.command)
    const left = (what: string, path: string) => {
      const message = `Line ${command.line}: ${what} has no place in a health record; it was left out.`
      findings.push({
        ...{ severity: 'information', code: 'not-carried', message, line: command.line },
        path: `${command.command}${path}`,
      })
    }
    const empty = Object.keys(command.values).length === 0 && command.content === undefined
    if (section === undefined || empty) {
      left(`the command ${command.command}`, '')
      continue
    }
    for (const name of Object.keys(command.unread ?? {})) left(`#${name}`, `/#${name}`)
    observed.push({ command, facts: { ...facts, section }, ...shownOf(command, facts.title) })
  }
  const { id, reference } = people.patient
  if (id === undefined && reference === undefined && patientName(people.patient) === undefined) {
    const message = 'It is not known whose measurements these are: there is no patient.'
    findings.push({ severity: 'warning', code: 'no-patient', path: '', line: 1, message })
  }
  refuseErrors(findings, options.strict)
  if (observed.length === 0) {
    throw new GatewayError('HG_INPUT', 'No command in it says anything that a health record has a place for.')
  }
  return { observed, findings, people }
}

function commandsOf(document: OmheDocument, { separator }: OmheRecordOptions): ParsedOmhe {
  if (typeof document === 'string' || types.isUint8Array(document)) return parseOmhe(document, { separator })
  const findings: OmheFinding[] = []
  return { commands: completeCommands(document, findings), findings }
}

/** Aliases that say more than their command; the others are mere spellings. */
const telling: ReadonlySet<string> = new Set(['beer', 'wine', 'shot', 'starch'])

function shownOf(command: OmheCommand, title: string): Omit<Observed, 'command' | 'facts'> {
  const { alias, at, offset, points, tags } = command
  const notes = [...tags, ...(points === undefined ? [] : [`points${points}`])]
  return {
    title: alias !== undefined && telling.has(alias) ? `${title} (${alias})` : title,
    ...(at === undefined ? {} : { time: localTime(at, offset) }),
    ...(notes.length === 0 ? {} : { note: notes.map((tag) => `#${tag}`).join(' ') }),
  }
}

const facts = ['id', 'reference', 'name', 'given', 'family', 'birthDate', 'gender'] as const

/** What a flow hands in as the patient. Its object may hold more than is asked for. HG_INPUT if it cannot be used. */
export function patientOf(given: unknown): People['patient'] {
  if (given === undefined) return {}
  if (typeof given === 'string' || typeof given === 'number') return patientOf({ id: given })
  const keys = isPlain(given) ? Object.keys(given) : ['']
  if (!isPlain(given) || (keys.length > 0 && !facts.some((name) => keys.includes(name)))) {
    throw new GatewayError(
      'HG_INPUT',
      `The patient is not usable. Give an id as text, or an object with some of: ${facts.join(', ')}.`,
    )
  }
  const known = facts.map((name) => [name, given[name]] as const).filter(([, fact]) => fact !== undefined)
  const patient = Object.fromEntries(
    known.map(([name, fact]) => [name, name === 'id' && typeof fact === 'number' ? String(fact) : fact]),
  )
  if (!holdsTexts(patient)) throw notTexts('patient')
  const { birthDate, reference } = patient
  if (birthDate !== undefined && !(birthday.test(birthDate) && typeof period(birthDate) === 'object')) {
    throw new GatewayError('HG_INPUT', 'The birth date of the patient is not usable. Give it as yyyy-mm-dd.')
  }
  if (reference !== undefined && !fhirReference.test(reference)) {
    throw new GatewayError('HG_INPUT', 'The reference to the patient is not usable. Give it as Patient/7.')
  }
  return patient
}

const birthday = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/

function sourceOf(given: unknown): OmheSource | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string') return sourceOf({ system: given })
  if (!isPlain(given) || 'organization' in given === 'system' in given || !holdsTexts(given)) {
    throw notTexts('source')
  }
  return given as unknown as OmheSource
}

function notTexts(what: string): GatewayError {
  return new GatewayError(
    'HG_INPUT',
    `What is known of the ${what} is not usable: give a text or an object of texts, and leave out what is not known.`,
  )
}

function holdsTexts(value: object): value is Record<string, string | undefined> {
  return Object.values(value).every(
    (text) => text === undefined || (typeof text === 'string' && text.trim() !== '' && !unusable.test(text)),
  )
}

/** To a Patient, relative or absolute, as R4 writes literal references; or to an entry of a transaction. */
const fhirReference = /^(?:(?:https?:\/\/\S+\/)?Patient\/[A-Za-z\d.-]{1,64}|urn:uuid:[\da-f-]{36})$/

/** The name to show for a patient. Undefined if none is known. */
export function patientName({ name, given, family }: People['patient']): string | undefined {
  return name ?? ([given, family].filter(Boolean).join(' ') || undefined)
}
