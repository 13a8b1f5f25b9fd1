import { GatewayError } from '../../errors'
import type { CommandName } from './commands'

/** A measured value: its number, its unit in UCUM, and its LOINC code where there is one. */
export interface OmheQuantity {
  value: number
  unit: string
  loinc?: string
}

/** What each command measures. A command that is not named here measures nothing: its `values` are empty. */
export interface OmheValues {
  bg: { glucose: OmheQuantity }
  bmi: { bmi: OmheQuantity }
  bp: { systolic: OmheQuantity; diastolic: OmheQuantity; pulse?: OmheQuantity }
  ffm: { fatFreeMass: OmheQuantity }
  fm: { fatMass: OmheQuantity }
  lip: {
    cholesterol: OmheQuantity
    hdl?: OmheQuantity
    ldl?: OmheQuantity
    triglycerides?: OmheQuantity
  }
  md: { mood: OmheQuantity }
  pbf: { bodyFat: OmheQuantity }
  pn: { pain: OmheQuantity }
  pts: { points: OmheQuantity }
  st: { steps: OmheQuantity; duration?: OmheQuantity }
  wt: { weight: OmheQuantity }
  zeo: { sleep: OmheQuantity }
  /** How much of it; a text instead of a number is the command's `content`. */
  alc: { count?: OmheQuantity }
  crb: { count?: OmheQuantity }
  drk: { count?: OmheQuantity }
  dry: { count?: OmheQuantity }
  frt: { count?: OmheQuantity }
  jnk: { count?: OmheQuantity }
  ptn: { count?: OmheQuantity }
  veg: { count?: OmheQuantity }
  wtr: { count?: OmheQuantity }
}

/** Names of tags that are no plain tags. What `hid`, `pi`, `pw`, `tm` and `uu` mean is not documented. */
export const helperNames = ['dt', 'tz', 'id', 'points', 'hid', 'pi', 'pw', 'tm', 'uu'] as const
export type HelperName = (typeof helperNames)[number]

/** What a command says beside its value. */
export interface OmheTags {
  /** Plain tags, without `#`, as they were written. */
  tags: string[]
  /** When it was measured, in UTC to the second: `2012-05-01T08:30:59Z`. From `#dt`, or what the reader was given. */
  at?: string
  /** The person's offset from UTC, from `#tz`: `-05:00`. */
  offset?: string
  /** From `#id`. */
  id?: string
  /** From `#points`. */
  points?: number
  /** Helpers that have no meaning here, or could not be read: their values as they stood. */
  unread?: Partial<Record<HelperName, string>>
}

/** One command as it was read. */
export interface OmheCommandOf<C extends CommandName> extends OmheTags {
  command: C
  /** The word that stood for it, if it was another: `beer`. In lower case. */
  alias?: string
  values: C extends keyof OmheValues ? OmheValues[C] : Record<string, never>
  /** The text of a command that takes one: a meal, a check-in, an address. */
  content?: string
  /** The command as it stood. */
  text: string
  /** Where it stood, from 1: the line, or the place between separators. */
  line: number
}

/** One command as it was read, told apart by `command`. */
export type OmheCommand = { [C in CommandName]: OmheCommandOf<C> }[CommandName]

/** A command to be written: what was read once, or made by hand. */
export interface OmheInput extends Partial<Omit<OmheTags, 'at'>> {
  /** A command or one of its aliases. */
  command: string
  alias?: string
  /** Numbers, in the command's own unit unless one is named. Weights are in `kg` or `[lb_av]` (the default). */
  values?: Readonly<Record<string, number | { value: number; unit?: string } | undefined>>
  content?: string
  /** ISO 8601 with a zone, or a Date. */
  at?: string | Date
}

export type OmheFindingCode =
  /** No command that is known. */
  | 'unknown-command'
  /** The command has no value, or one that is not of its form; the line was left out. */
  | 'malformed-value'
  /** A character that neither XML nor a text message can carry; the line was left out. */
  | 'unusable-character'
  /** Outside the documented range; read as it is. */
  | 'out-of-range'
  /** A text over the documented length; read as it is. */
  | 'too-long'
  /** A helper tag that cannot be read; its text is in `unread`. */
  | 'malformed-helper'
  /** A helper tag that stands twice: the first one counts. */
  | 'repeated-helper'
  /** `#` without a tag. */
  | 'empty-tag'
  /** A command whose value has no documented meaning: its text was kept. */
  | 'undocumented'
  /** Something that the target format has no place for. */
  | 'not-carried'
  /** A property of the patient that is not known here: it was passed over. */
  | 'unknown-property'
  /** A CCR or FHIR observations of nobody who is known. */
  | 'no-patient'
  /** A vital sign for FHIR, of which nothing says when it was measured. */
  | 'no-time'

/** Something worth knowing about a string of commands. It never quotes a value. */
export interface OmheFinding {
  severity: 'error' | 'warning' | 'information'
  code: OmheFindingCode
  /** The command and what of it: `bp`, `bp/systolic`, `wt/#dt`; empty where there is no command. */
  path: string
  line: number
  message: string
}

/** Told of something worth knowing: of what part, `systolic` or `#dt`, and in a sentence without its end. */
export type Problem = (code: OmheFindingCode, part: string, fault: string) => void

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
  'unknown-property': 'warning',
  'no-patient': 'error',
  'no-time': 'error',
}

export function finding(code: OmheFindingCode, path: string, line: number, message: string): OmheFinding {
  return { severity: severities[code], code, path, line, message }
}

/** In strict mode, findings that are errors are thrown: HG_INPUT, with the first as its message and all in `detail`. */
export function refuseErrors(findings: readonly OmheFinding[], strict: boolean | undefined): void {
  if (!strict) return
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return
  const others = errors.length - 1
  const more = others === 1 ? 'There is 1 more such finding.' : `There are ${others} more such findings.`
  throw new GatewayError('HG_INPUT', others === 0 ? first.message : `${first.message} ${more}`, {
    detail: { findings: errors.slice(0, SHOWN) },
  })
}

/** An error is read by a person: this many findings are enough. */
const SHOWN = 20
