import { isDeepStrictEqual } from 'node:util'
import { GatewayError } from '../../errors'
import { commandFacts, factsOf, words, type CommandName, type Form } from './commands'
import { utcOf, writeTags } from './helpers'
import { refuseErrors, type OmheCommand, type OmheFinding, type OmheInput, type OmheTags } from './model'
import { readLine, separatorOf } from './parse'
import { isMeasure } from './values'

export interface BuildOmheOptions {
  /** What to write between two commands; a line break by default. */
  separator?: string
  /** Throws HG_INPUT for findings that are errors, such as a value out of range. */
  strict?: boolean
}

export interface BuiltOmhe {
  text: string
  findings: OmheFinding[]
}

/**
 * Writes one command or several: `{ command: 'bp', values: { systolic: 120, diastolic: 80 }, tags: ['rest'] }` becomes
 * `bp=120/80#rest`. What it writes, `parseOmhe` reads as it was given. HG_INPUT: not a command, or one that cannot be
 * written (a value is missing, of another unit or not of the command's form, or a text has a `#` or the separator in
 * it), or, if strict, a finding that is an error.
 */
export function buildOmhe(
  input: OmheInput | readonly OmheInput[],
  options: BuildOmheOptions = {},
): BuiltOmhe {
  const separator = separatorOf(options.separator)
  const findings: OmheFinding[] = []
  const lines = completeCommands(input, findings).map(({ text, line }) => {
    if (separator !== undefined && text.includes(separator)) {
      throw new GatewayError('HG_INPUT', `Command ${line} has the separator in it. Choose another separator.`)
    }
    return text
  })
  refuseErrors(findings, options.strict)
  return { text: lines.join(separator ?? '\n'), findings }
}

/**
 * Commands made by hand, as if they had been read: with units, codes and their text. Each is written and read again, so
 * what cannot be written or would be read as something else is refused: HG_INPUT.
 */
export function completeCommands(input: unknown, findings: OmheFinding[]): OmheCommand[] {
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input]
  if (inputs.length === 0 || input === undefined || input === null) {
    throw new GatewayError('HG_INPUT', 'There is no OMHE command: the document is missing, or an empty list.')
  }
  return inputs.map((one, index) => complete(one, index + 1, findings))
}

function complete(input: unknown, line: number, findings: OmheFinding[]): OmheCommand {
  const refuse = (reason: string) => new GatewayError('HG_INPUT', `Command ${line}: ${reason}.`)
  if (!isInput(input)) {
    throw refuse('it is no command. Give an object such as { command: "wt", values: { weight: 70 } }')
  }
  const word = (input.alias ?? input.command).toLowerCase()
  const command = words.get(word)
  if (!command || words.get(input.command.toLowerCase()) !== command) {
    throw refuse('there is no such OMHE command, or the alias means another one')
  }
  const given = givenOf(command, input)
  const value = writeValue(commandFacts(command).form, given)
  const text = `${word}${value === '' ? '' : '='}${value}${writeTags(given)}`
  if (/[\r\n]/.test(text)) throw refuse('a text has a line break in it')
  const problems: OmheFinding[] = []
  const read = readLine(text, line, problems)
  if (!read) throw new GatewayError('HG_INPUT', problems.map(({ message }) => message).join(' '))
  const again = givenOf(command, read)
  const lost = Object.keys(given).find(
    (name) => !isDeepStrictEqual(given[name as keyof Given], again[name as keyof Given]),
  )
  if (lost !== undefined) throw refuse(`its ${lost} cannot be written so that the same is read again`)
  findings.push(...problems)
  return read
}

/** What is to be written, and must be read again. */
interface Given extends OmheTags {
  values: Record<string, { value: number; unit: string }>
  content: string | undefined
}

function givenOf(command: CommandName, input: OmheInput): Given {
  const { form } = commandFacts(command)
  const { tags = [], offset, id, points, content, at, unread = {} } = input
  const values: Given['values'] = {}
  for (const [name, entry] of Object.entries(input.values ?? {})) {
    if (entry === undefined) continue
    const { value, unit } = typeof entry === 'number' ? { value: entry, unit: undefined } : entry
    values[name] = { value, unit: unit ?? (isMeasure(name) ? factsOf(name).unit : '') }
  }
  // Without a number and a text, one is meant.
  if (form.kind === 'count' && values.count === undefined && content === undefined) {
    values.count = { value: 1, unit: factsOf('count').unit }
  }
  return {
    ...{ tags, at: at === undefined ? undefined : utcOf(at), offset, id, points, values, content },
    unread: Object.keys(unread).length === 0 ? undefined : unread,
  }
}

/** A value that the form has no place for is not written; reading it again shows that it is lost. */
function writeValue(form: Form, { values, content }: Given): string {
  switch (form.kind) {
    case 'numbers': {
      const letters = Object.entries(form.units ?? {})
      return form.written
        .map(([before, measure]) => {
          const quantity = values[measure]
          if (!quantity) return ''
          const letter = letters.find(([, unit]) => unit === quantity.unit)?.[0] ?? ''
          return `${before}${quantity.value}${letter}`
        })
        .join('')
    }
    case 'count':
      return content ?? String(values.count?.value)
    case 'none':
      return ''
    case 'text':
    case 'email':
    case 'url':
      return content ?? ''
  }
}

function isInput(input: unknown): input is OmheInput {
  if (typeof input !== 'object' || input === null) return false
  const { command, alias, values, content, tags, at, offset, id, points, unread } = input as Record<
    string,
    unknown
  >
  const text = (value: unknown) => value === undefined || typeof value === 'string'
  const object = (value: unknown) => typeof value === 'object' && value !== null
  return (
    typeof command === 'string' &&
    [alias, content, offset, id].every(text) &&
    (text(at) || at instanceof Date) &&
    (points === undefined || typeof points === 'number') &&
    (tags === undefined || (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string'))) &&
    (unread === undefined ||
      (object(unread) && Object.values(unread).every((value) => typeof value === 'string'))) &&
    (values === undefined || (object(values) && Object.values(values).every(isEntry)))
  )
}

function isEntry(entry: unknown): boolean {
  if (entry === undefined || typeof entry === 'number') return true
  if (typeof entry !== 'object' || entry === null) return false
  const { value, unit } = entry as Record<string, unknown>
  return typeof value === 'number' && (unit === undefined || typeof unit === 'string')
}
