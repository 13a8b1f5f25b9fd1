import { isUtf8 } from 'node:buffer'
import { types } from 'node:util'
import { GatewayError } from '../../errors'
import { commandWord, linesOf, words } from './commands'
import { checkOptions, readTags, utcOf, withTime } from './helpers'
import {
  finding,
  refuseErrors,
  type OmheCommand,
  type OmheFinding,
  type OmheFindingCode,
  type Problem,
} from './model'
import { readValue } from './values'

export interface ParseOmheOptions {
  /** What may stand between two commands beside a line break. */
  separator?: string
  /** The time of a command that has no `#dt`. Without it, such a command has no `at`. */
  at?: string | Date
  /** Throws HG_INPUT for findings that are errors. */
  strict?: boolean
}

export interface ParsedOmhe {
  commands: OmheCommand[]
  findings: OmheFinding[]
}

/** OMHE is made for text messages. This is a year of a dozen measurements a day, and still read in one go. */
const MAX_OMHE_KIB = 256

/**
 * Reads a string of OMHE commands (a string or UTF-8 bytes), one on a line. A line that cannot be read is left out and
 * told as a finding; so is a value outside its documented range, which is read as it is. Linear in the length of the
 * text. HG_INPUT: not a text, no command in it, or, if strict, a finding that is an error. HG_TOO_LARGE: over 256 KiB.
 */
export function parseOmhe(source: string | Uint8Array, options: ParseOmheOptions = {}): ParsedOmhe {
  checkOptions(options)
  const at = options.at === undefined ? undefined : utcOf(options.at)
  const findings: OmheFinding[] = []
  const separator = separatorOf(options.separator)
  const commands = linesOf(textOf(source))
    .flatMap((line) => (separator === undefined ? [line] : line.split(separator)))
    .map((line, index) => readLine(line.trim(), index + 1, findings))
    .filter((command) => command !== undefined)
    .map((command) => withTime(command, at))
  refuseErrors(findings, options.strict)
  if (commands.length === 0) {
    // Its findings are errors: nothing but an error leaves a line out.
    refuseErrors(findings, true)
    throw new GatewayError('HG_INPUT', 'The text is empty. Give it OMHE commands, such as bp=120/80.')
  }
  return { commands, findings }
}

/** Reads a line of a text. Undefined if it is empty or cannot be read; `findings` gets what is wrong with it. */
function readLine(text: string, line: number, findings: OmheFinding[]): OmheCommand | undefined {
  if (text === '') return undefined
  return readCommand(text, line, (code, path, fault) => {
    const end = leftOut.has(code) ? '; it was left out' : ''
    findings.push(finding(code, path, line, `Line ${line}: ${fault}${end}.`))
  })
}

/** Reads one command, of its place in a list or a text. Undefined if it cannot be read; `tell` is told why. */
export function readCommand(text: string, line: number, tell: Problem): OmheCommand | undefined {
  const word = commandWord(text)
  const command = word === undefined ? undefined : words.get(word)
  if (word === undefined || command === undefined) {
    tell('unknown-command', '', 'it begins with no OMHE command')
    return undefined
  }
  const problem: Problem = (code, part, fault) => tell(code, [command, part].filter(Boolean).join('/'), fault)
  if (unusable.test(text)) {
    problem('unusable-character', '', 'it has a control character or half a character')
    return undefined
  }
  const [value = '', ...tags] = text.slice(word.length).split('#')
  const read = readValue(command, value.trim().replace(/^=/, '').trim(), problem)
  if (!read) return undefined
  // The patterns of a command have a group for each of its values, and none for another's.
  return {
    command,
    ...(word === command ? {} : { alias: word }),
    ...read,
    ...readTags(tags, problem),
    text,
    line,
  } as OmheCommand
}

/** Control characters but the tab, lone surrogates and what is no character: XML 1.0 cannot hold most of them. */
export const unusable = /[^\P{Cc}\t]|\p{Cs}|[\ufffe\uffff]/u

/** Of these, nothing of the command is read. */
const leftOut: ReadonlySet<OmheFindingCode> = new Set([
  'unknown-command',
  'malformed-value',
  'unusable-character',
])

function textOf(source: unknown): string {
  if (typeof source !== 'string' && !types.isUint8Array(source)) {
    throw new GatewayError('HG_INPUT', 'The OMHE commands are not a text. Give them as a string or a Buffer.')
  }
  const bytes = typeof source === 'string' ? Buffer.byteLength(source) : source.byteLength
  if (bytes > MAX_OMHE_KIB * 1024) {
    throw new GatewayError(
      'HG_TOO_LARGE',
      `The text is too long for OMHE commands: at most ${MAX_OMHE_KIB} KiB of them are read. Give them in parts.`,
    )
  }
  if (typeof source === 'string') return source.replace(/^\uFEFF/, '')
  if (!isUtf8(source)) throw new GatewayError('HG_INPUT', 'The bytes of the OMHE commands are not UTF-8.')
  return new TextDecoder().decode(source)
}

/** The separator, if one is set. HG_CONFIG if it would tear commands apart. */
export function separatorOf(separator: string | undefined): string | undefined {
  if (separator === undefined || separator === '') return undefined
  if (/[\p{L}\p{N}=#/.:+@-]/u.test(separator)) {
    throw new GatewayError(
      'HG_CONFIG',
      'The separator is not usable: letters, digits and = # / . : + @ - belong to commands. Choose another, such as ";".',
    )
  }
  return separator
}
