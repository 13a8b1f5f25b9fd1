import { isDeepStrictEqual, types } from 'node:util'
import { GatewayError } from '../../errors'
import { commandFacts, factsOf, words, type CommandName, type Form } from './commands'
import { checkOptions, utcOf, writeTags } from './helpers'
import {
  finding,
  refuseErrors,
  type OmheCommand,
  type OmheFinding,
  type OmheInput,
  type OmheTags,
} from './model'
import { readCommand, separatorOf } from './parse'
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
  checkOptions(options)
  const separator = separatorOf(options.separator)
  const findings: OmheFinding[] = []
  const lines = completeCommands(input, findings).map(({ text, line }) => {
    // Its end, too, could make one with the separator that follows.
    if (separator !== undefined && (text + separator).indexOf(separator) < text.length) {
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
  if (!isInput(input)) throw refuse(faultOf(input))
  const word = (input.alias ?? input.command).toLowerCase()
  const command = words.get(word)
  if (!command || words.get(input.command.toLowerCase()) !== command) {
    throw refuse('there is no such OMHE command, or the alias means another one')
  }
  const given = givenOf(command, input)
  const { form } = commandFacts(command)
  const texts = [['content', given.content], ['id', given.id], ...given.tags.map((tag) => ['a tag', tag])]
  const cut = texts.find(([, said]) => said?.includes('#'))
  if (cut) throw refuse(`${cut[0]} has a "#" in it, which begins a tag`)
  const units = unitFault(form, given)
  if (units !== undefined) throw refuse(units)
  const value = writeValue(form, given)
  const text = `${word}${value === '' ? '' : '='}${value}${writeTags(given)}`
  if (/[\r\n]/.test(text)) throw refuse('a text has a line break in it')
  const problems: OmheFinding[] = []
  const read = readCommand(text, line, (code, path, fault) => {
    problems.push(finding(code, path, line, `Command ${line}: ${fault}.`))
  })
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

/** What is wrong with the unit of a value, as a sentence without its end: OMHE has a letter for it, or none at all. */
function unitFault(form: Form, { values }: Given): string | undefined {
  if (form.kind !== 'numbers') return undefined
  for (const [, measure] of form.written) {
    const unit = values[measure]?.unit
    const units = form.units ? Object.values(form.units) : [factsOf(measure).unit]
    if (unit !== undefined && !units.includes(unit))
      return `${measure} can only be written in ${units.join(' or ')}`
  }
  return undefined
}

const isText = (value: unknown) => typeof value === 'string'
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const holds = (value: unknown, isOne: (one: unknown) => boolean) =>
  isRecord(value) && Object.values(value).every((one) => isOne(one))

/** What each property of a command has to be, and what that is called. Only `command` has to be there. */
const properties: Readonly<Record<keyof OmheInput, [is: (value: unknown) => boolean, called: string]>> = {
  command: [isText, 'a text'],
  alias: [isText, 'a text'],
  values: [
    (value) => holds(value, isEntry),
    'an object of numbers, or of { value, unit } with a number and a text',
  ],
  content: [isText, 'a text'],
  tags: [(value) => Array.isArray(value) && value.every(isText), 'an array of texts'],
  at: [(value) => isText(value) || types.isDate(value), 'a text in ISO 8601 or a Date'],
  offset: [isText, 'a text such as +05:30'],
  id: [isText, 'a text'],
  points: [(value) => typeof value === 'number', 'a number'],
  unread: [(value) => holds(value, isText), 'an object of texts'],
}

function isInput(input: unknown): input is OmheInput {
  return isRecord(input) && isText(input.command) && wrongProperty(input) === undefined
}

function wrongProperty(input: Readonly<Record<string, unknown>>): keyof OmheInput | undefined {
  const names = Object.keys(properties) as (keyof OmheInput)[]
  return names.find((name) => input[name] !== undefined && !properties[name][0](input[name]))
}

function faultOf(input: unknown): string {
  const wrong = isRecord(input) && isText(input.command) ? wrongProperty(input) : undefined
  if (wrong !== undefined) return `${wrong} has to be ${properties[wrong][1]}`
  return 'it is no command. Give an object such as { command: "wt", values: { weight: 70 } }'
}

function isEntry(entry: unknown): boolean {
  if (entry === undefined || typeof entry === 'number') return true
  if (!isRecord(entry)) return false
  const { value, unit } = entry
  return typeof value === 'number' && (unit === undefined || typeof unit === 'string')
}
