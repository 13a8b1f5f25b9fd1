import { isUtf8 } from 'node:buffer'
import { GatewayError } from '../../errors'
import { longestWord, words } from './commands'
import { readTags, utcOf, withTime } from './helpers'
import { refuseErrors, type OmheCommand, type OmheFinding, type OmheFindingCode } from './model'
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
  const at = options.at === undefined ? undefined : utcOf(options.at)
  const findings: OmheFinding[] = []
  const separator = separatorOf(options.separator)
  const commands = textOf(source)
    .split(/\r\n|\n|\r/)
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

/** Reads one command. Undefined if the line is empty or cannot be read; `findings` gets what is wrong with it. */
export function readLine(text: string, line: number, findings: OmheFinding[]): OmheCommand | undefined {
  if (text === '') return undefined
  const word = commandWord(text)
  const command = words.get(word)
  const problem = (code: OmheFindingCode, part: string, message: string) => {
    const path = [command, part].filter(Boolean).join('/')
    const severity = severities[code]
    findings.push({ severity, code, path, line, message: `Line ${line}: ${message}.` })
  }
  if (!command) {
    problem('unknown-command', '', 'it begins with no OMHE command; it was left out')
    return undefined
  }
  if (unusable.test(text)) {
    problem('unusable-character', '', 'it has a control character or half a character; it was left out')
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

/** The longest word of the table that the text begins with, in lower case: `wtr` before `wt`. */
function commandWord(text: string): string {
  // ASCII alone: in other scripts, a letter's small form may be longer than the letter.
  const head = (/^[a-z\d-]*/i.exec(text.slice(0, longestWord))?.[0] ?? '').toLowerCase()
  for (let length = head.length; length > 0; length--) {
    const word = head.slice(0, length)
    if (words.has(word)) return word
  }
  return ''
}

/** Control characters but the tab, lone surrogates and what is no character: XML 1.0 cannot hold most of them. */
export const unusable = /[^\P{Cc}\t]|\p{Cs}|[\ufffe\uffff]/u

const severities: Record<OmheFindingCode, OmheFinding['severity']> = {
  'unknown-command': 'error',
  'malformed-value': 'error',
  'unusable-character': 'error',
  'out-of-range': 'error',
  'too-long': 'error',
  'malformed-helper': 'error',
  'repeated-helper': 'error',
  'empty-tag': 'warning',
  undocumented: 'information',
  'not-carried': 'information',
}

function textOf(source: unknown): string {
  if (typeof source !== 'string' && !(source instanceof Uint8Array)) {
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
