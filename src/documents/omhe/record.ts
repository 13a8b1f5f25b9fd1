import { types } from 'node:util'
import { GatewayError } from '../../errors'
import { isPlain } from '../ccr/content'
import { period } from '../ccr/validate/iso8601'
import { completeCommands } from './build'
import { commandFacts, type CommandFacts } from './commands'
import { checkOptions, localTime, utcOf, withTime } from './helpers'
import { finding, refuseErrors, type OmheCommand, type OmheFinding, type OmheInput } from './model'
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
  /** ISO 8601: `1970-05-01`, `1970-05` or `1970`; or a Date. */
  birthDate?: string | Date
  /** The same by CCR's name. */
  dateOfBirth?: string | Date
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
  /** The alias, where it says more than the command: `beer`. */
  kind?: string
  /** `Alcohol (beer)`. */
  title: string
  /** ISO 8601 with a zone: the person's own, if they gave it. */
  time?: string
  /** Its plain tags and points as they were written: `#afteryoga #points5`. */
  note?: string
}

/** Patient and source, looked through. */
export interface People {
  patient: Omit<OmhePatient, 'id' | 'dateOfBirth'> & { id?: string }
  source?: OmheSource | undefined
}

/** Text, or commands that were read or made by hand. */
export type OmheDocument = string | Uint8Array | OmheInput | readonly OmheInput[]

/**
 * Reads or completes commands, and leaves out those that no health record has a place for, each with a finding. Each
 * command of the category `timed` needs a time, or has a finding.
 */
export function observe(
  document: OmheDocument,
  options: OmheRecordOptions,
  timed?: CommandFacts['category'],
): { observed: Observed[]; findings: OmheFinding[]; people: People } {
  checkOptions(options)
  const { patient, unknown } = patientOf(options.patient)
  const people = { patient, source: sourceOf(options.source) }
  const at = options.at === undefined ? undefined : utcOf(options.at)
  const { commands, findings } = commandsOf(document, options)
  const observed: Observed[] = []
  for (const command of commands.map((one) => withTime(one, at))) {
    const { section, ...facts } = commandFacts(command.command)
    const left = (what: string, path: string) => {
      const message = `Line ${command.line}: ${what} has no place in a health record; it was left out.`
      findings.push(finding('not-carried', `${command.command}${path}`, command.line, message))
    }
    const empty = Object.keys(command.values).length === 0 && command.content === undefined
    if (section === undefined || empty) {
      left(`the command ${command.command}`, '')
      continue
    }
    for (const name of Object.keys(command.unread ?? {})) left(`#${name}`, `/#${name}`)
    if (timed !== undefined && facts.category === timed && command.at === undefined) {
      const message = `Line ${command.line}: nothing says when it was measured. Give the time, or write it as #dt.`
      findings.push(finding('no-time', command.command, command.line, message))
    }
    observed.push({ command, facts: { ...facts, section }, ...shownOf(command, facts.title) })
  }
  const { id, reference } = people.patient
  if (id === undefined && reference === undefined && patientName(people.patient) === undefined) {
    const message =
      'It is not known whose measurements these are. Give the patient, as an id or as an object with id, reference or name.'
    findings.push(finding('no-patient', '', 1, message))
  }
  for (const path of unknown) {
    findings.push(
      finding('unknown-property', path, 1, `${path} is not known of a patient; it was passed over.`),
    )
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
  const kind = alias !== undefined && telling.has(alias) ? alias : undefined
  return {
    ...(kind === undefined ? { title } : { kind, title: `${title} (${kind})` }),
    ...(at === undefined ? {} : { time: localTime(at, offset) }),
    ...(notes.length === 0 ? {} : { note: notes.map((tag) => `#${tag}`).join(' ') }),
  }
}

const facts = ['id', 'reference', 'name', 'given', 'family', 'birthDate', 'dateOfBirth', 'gender'] as const

/** The patient that a caller gave, looked through. */
export interface GivenPatient {
  patient: People['patient']
  /** Properties that are not known here, as paths. */
  unknown: string[]
}

/** Reads whom the measurements are of. HG_INPUT, with the path, if it cannot be used. */
export function patientOf(given: unknown): GivenPatient {
  if (given === undefined) return { patient: {}, unknown: [] }
  if (typeof given === 'string' || typeof given === 'number') return patientOf({ id: given })
  const keys = isPlain(given) ? Object.keys(given) : ['']
  if (!isPlain(given) || (keys.length > 0 && !facts.some((name) => keys.includes(name)))) {
    throw new GatewayError(
      'HG_INPUT',
      `The patient is not usable. Give an id as text, or an object with some of: ${facts.join(', ')}.`,
    )
  }
  const { id, birthDate, dateOfBirth, ...others } = Object.fromEntries(
    facts.map((name) => [name, given[name]]),
  )
  const born = birthDate ?? dateOfBirth
  const patient: People['patient'] = {
    ...textsOf('patient', { ...others, id: typeof id === 'number' ? String(id) : id }),
    ...(born === undefined
      ? {}
      : { birthDate: birthDay(born, birthDate === undefined ? 'dateOfBirth' : 'birthDate') }),
  }
  if (birthDate !== undefined && dateOfBirth !== undefined) {
    throw new GatewayError(
      'HG_INPUT',
      'patient.birthDate and patient.dateOfBirth are the same: give one of them.',
    )
  }
  if (patient.reference !== undefined && !fhirReference.test(patient.reference)) {
    throw new GatewayError('HG_INPUT', 'patient.reference is not usable. Give it as Patient/7.')
  }
  const known: readonly string[] = facts
  const unknown = keys.filter((key) => !known.includes(key) && given[key] !== undefined)
  return { patient, unknown: unknown.map(unknownPath) }
}

/** Names may say whom they are of; one that looks like the name of a property is shown. */
function unknownPath(key: string): string {
  return `patient.${/^[a-z][A-Za-z]{0,31}$/.test(key) ? key : '*'}`
}

function birthDay(given: unknown, name: string): string | Date {
  if (types.isDate(given) ? Number.isFinite(given.getTime()) : isDay(given)) return given as string | Date
  throw new GatewayError(
    'HG_INPUT',
    `patient.${name} is no date. Give it as yyyy-mm-dd, yyyy-mm, yyyy or a Date.`,
  )
}

function isDay(given: unknown): boolean {
  return (
    typeof given === 'string' &&
    /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(given) &&
    typeof period(given) === 'object'
  )
}

const sourceForms = [['organization'], ['system', 'version']] as const

function sourceOf(given: unknown): OmheSource | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string') return sourceOf({ system: given })
  const form = sourceForms.find(([name]) => isPlain(given) && given[name] !== undefined)
  const names: readonly string[] = form ?? []
  if (!isPlain(given) || !form || !Object.keys(given).every((key) => names.includes(key))) {
    throw new GatewayError(
      'HG_INPUT',
      'The source is not usable. Give the name of a system as text, { system, version } or { organization }.',
    )
  }
  const { organization, system = '', version } = textsOf('source', given)
  if (organization !== undefined) return { organization }
  return { system, ...(version === undefined ? {} : { version }) }
}

/** The properties that are there. HG_INPUT if one is no text, says nothing or cannot be written. */
function textsOf(what: string, given: object): Partial<Record<string, string>> {
  const known = Object.entries(given).filter(([, text]) => text !== undefined)
  for (const [name, text] of known) {
    if (typeof text !== 'string' || text.trim() === '' || unusable.test(text)) {
      throw new GatewayError(
        'HG_INPUT',
        `${what}.${name} is not usable: give it as text without control characters, or leave it out.`,
      )
    }
  }
  return Object.fromEntries(known)
}

/** To a Patient, relative or absolute, as R4 writes literal references; or to an entry of a transaction. */
const fhirReference = /^(?:(?:https?:\/\/\S+\/)?Patient\/[A-Za-z\d.-]{1,64}|urn:uuid:[\da-f-]{36})$/

/** The name to show for a patient. Undefined if none is known. */
export function patientName({ name, given, family }: People['patient']): string | undefined {
  return name ?? ([given, family].filter(Boolean).join(' ') || undefined)
}
