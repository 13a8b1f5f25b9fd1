import { commandFacts, factsOf, measures, type CommandName, type Form, type MeasureName } from './commands'
import type { OmheQuantity, Problem } from './model'

/** What a command's value says. */
export interface Content {
  values: Partial<Record<MeasureName, OmheQuantity>>
  content?: string
}

/** A value that is no text and longer than this is malformed; no pattern is tried on it. */
const LONGEST_VALUE = 64
/** The longest that an e-mail address can be (RFC 5321, path). */
const LONGEST_EMAIL = 254

/** Reads the value of a command. Undefined if it cannot be read; `problem` is told why. */
export function readValue(name: CommandName, value: string, problem: Problem): Content | undefined {
  const { form, undocumented } = commandFacts(name)
  switch (form.kind) {
    case 'numbers':
      return readNumbers(form, name, value, problem)
    case 'count':
      return readCount(name, value, problem)
    case 'none':
      return value === '' ? { values: {} } : malformed(name, 'takes no value', problem)
    case 'email':
      return value.length <= LONGEST_EMAIL && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(value)
        ? { values: {}, content: value }
        : malformed(name, 'needs an e-mail address', problem)
    case 'url':
      return /^https?:\/\//i.test(value) && URL.canParse(value)
        ? { values: {}, content: value }
        : malformed(name, 'needs an http or https address', problem)
    case 'text':
      break
  }
  if (value === '' && !form.empty) return malformed(name, 'needs a text', problem)
  if (form.longest !== undefined && Array.from(value).length > form.longest) {
    problem('too-long', '', `the text is longer than the ${form.longest} characters of the command table`)
  }
  if (undocumented) problem('undocumented', '', 'what its value means is not documented; it was kept as text')
  return { values: {}, ...(value === '' ? {} : { content: value }) }
}

function malformed(name: CommandName, needs: string, problem: Problem): Content | undefined {
  problem('malformed-value', '', `${name} ${needs}`)
  return undefined
}

function readNumbers(
  form: Form & { kind: 'numbers' },
  name: CommandName,
  value: string,
  problem: Problem,
): Content | undefined {
  if (value === '') return malformed(name, `needs a value, such as ${exampleOf(form, name)}`, problem)
  const groups = value.length <= LONGEST_VALUE ? firstMatch(form.patterns, value) : undefined
  if (!groups) return malformed(name, `needs a value of the form ${exampleOf(form, name)}`, problem)
  const unit = form.units?.[groups.unit?.toLowerCase() ?? '']
  const values: Content['values'] = {}
  for (const [, measure] of form.written) {
    const digits = groups[measure]
    if (digits !== undefined) values[measure] = quantity(measure, digits, unit, problem)
  }
  return { values }
}

function firstMatch(patterns: readonly RegExp[], value: string): Partial<Record<string, string>> | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(value)?.groups
    if (groups) return groups
  }
  return undefined
}

function readCount(name: CommandName, value: string, problem: Problem): Content | undefined {
  if (value === '') return { values: { count: quantity('count', '1', undefined, problem) } }
  // As after a command's word: what begins as a number has to be one.
  if (!/^[+-]?\.?\d/.test(value.slice(0, 3))) return { values: {}, content: value }
  if (value.length > LONGEST_VALUE || !/^[+-]?\d{1,9}$/.test(value)) {
    return malformed(name, 'needs a whole number, a text or nothing', problem)
  }
  return { values: { count: quantity('count', value, undefined, problem) } }
}

function quantity(
  measure: MeasureName,
  digits: string,
  unit: string | undefined,
  problem: Problem,
): OmheQuantity {
  const facts = factsOf(measure)
  // `|| 0` makes one zero of -0 and 0.
  const value = Number(digits.replace(/p/i, '.')) || 0
  if (value < (facts.min ?? -Infinity) || value > (facts.max ?? Infinity)) {
    const range = facts.max === undefined ? `${facts.min} or more` : `${facts.min} to ${facts.max}`
    problem('out-of-range', measure, `${facts.title} is outside the documented range, ${range}`)
  }
  return {
    value,
    unit: unit ?? facts.unit,
    ...(facts.loinc ? { loinc: facts.loinc.code } : {}),
  }
}

/** Samples of what the forms of the table look like: the table's own. */
const examples: Partial<Record<CommandName, string>> = {
  bp: 'bp=120/80 or bp=120/80p60',
  lip: 'lip=190h44l126t99',
  st: 'st=7540 or st=5050m480',
  wt: 'wt=85k or wt=155.5l',
  fm: 'fm=30k',
  ffm: 'ffm=30k',
  pbf: 'pbf=12.6',
  bmi: 'bmi=19.7',
}

function exampleOf(form: Form & { kind: 'numbers' }, name: CommandName): string {
  return examples[name] ?? `${name}=${factsOf(form.written[0]?.[1] ?? 'count').max ?? 100}`
}

/** Whether a name is one of what commands can measure. */
export function isMeasure(name: string): name is MeasureName {
  return Object.hasOwn(measures, name)
}
