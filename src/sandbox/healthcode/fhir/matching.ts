import { refuse } from './outcome'
import { type SearchParameter, valuesAt } from './parameters'
import { isObject, isResourceType, type JsonObject } from './resource'

/** One criterion of a search, such as `subject:Patient=1,2`. */
export interface Criterion {
  parameter: SearchParameter
  modifier: string
  /** Any of them will do. */
  values: readonly string[]
}

const modifiers: Readonly<Record<SearchParameter['type'], readonly string[]>> = {
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  reference: ['missing', 'identifier'],
  string: ['missing', 'exact', 'contains'],
  token: ['missing', 'not', 'text'],
  uri: ['missing', 'below'],
}

/** @param written the value as it was sent, with commas between alternatives */
export function criterion(parameter: SearchParameter, modifier: string, written: string): Criterion {
  const { name, type } = parameter
  const isTarget = type === 'reference' && isResourceType(modifier)
  if (modifier !== '' && !isTarget && !modifiers[type].includes(modifier)) {
    throw refuse(400, 'not-supported', `The parameter ${name} does not take the modifier ${modifier}.`, {
      message: 'MSG_PARAM_INVALID',
      expression: name,
    })
  }
  const values = alternatives(written)
  if (values.includes('')) throw badValue(name, 'a value is empty')
  const one = { parameter, modifier, values }
  // Broken values are told whether or not there is a resource to hold against them
  if (modifier === 'missing' ? !/^(?:true|false)$/.test(written) : !canBeRead(one)) {
    throw badValue(name, `its value is no ${modifier === 'missing' ? 'true or false' : type}`)
  }
  return one
}

/** Split at commas that have no backslash before them; blanks around are not part of a value. */
export function alternatives(written: string): string[] {
  return written.split(/(?<!\\),/).map((value) => value.trim().replace(/\\([,$|\\])/g, '$1'))
}

export function badValue(name: string, why: string) {
  return refuse(400, 'value', `The parameter ${name} cannot be read: ${why}.`, {
    message: 'MSG_PARAM_INVALID',
    expression: name,
  })
}

function canBeRead({ parameter: { type }, values }: Criterion): boolean {
  if (type === 'date') return values.every((value) => rangeOf(withPrefix(value).rest) !== undefined)
  if (type !== 'number' && type !== 'quantity') return true
  return values.every((value) => isDecimal(withPrefix(value).rest.split('|')[0] ?? ''))
}

export function isDecimal(text: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text)
}

export function matches(
  resource: JsonObject,
  { parameter, modifier, values }: Criterion,
  base: string,
): boolean {
  const held = valuesAt(resource, parameter)
  if (modifier === 'missing') return values.includes(String(held.length === 0))
  const isOne = (wanted: string) => held.some((value) => fits(value, wanted, parameter, modifier, base))
  return modifier === 'not' ? !values.some(isOne) : values.some(isOne)
}

function fits(
  value: unknown,
  wanted: string,
  parameter: SearchParameter,
  modifier: string,
  base: string,
): boolean {
  switch (parameter.type) {
    case 'token':
      return modifier === 'text' ? hasText(value, wanted) : isToken(value, wanted)
    case 'string':
      return texts(value).some((text) => isText(text, wanted, modifier))
    case 'uri':
      return modifier === 'below' ? String(value).startsWith(wanted) : value === wanted
    case 'reference':
      return isReference(value, wanted, parameter, modifier, base)
    case 'date':
      return isInTime(value, wanted)
    case 'number':
      return isNumber(value, wanted)
    case 'quantity':
      return isQuantity(value, wanted)
  }
}

interface Token {
  system: string
  code: string
}

function tokens(value: unknown): Token[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [{ system: '', code: String(value) }]
  if (!isObject(value)) return []
  if (Array.isArray(value['coding'])) return value['coding'].flatMap(tokens)
  const code = value['code'] ?? value['value']
  const { system } = value
  return typeof code === 'string' ? [{ system: typeof system === 'string' ? system : '', code }] : []
}

function isToken(value: unknown, wanted: string): boolean {
  const bar = wanted.indexOf('|')
  const system = wanted.slice(0, Math.max(bar, 0))
  const code = wanted.slice(bar + 1)
  return tokens(value).some(
    (token) => (bar < 0 || token.system === system) && (code === '' || token.code === code),
  )
}

function hasText(value: unknown, wanted: string): boolean {
  if (!isObject(value)) return false
  const codings = [value['coding'] ?? []].flat().filter(isObject)
  return [value['text'], ...codings.map(({ display }) => display)].some(
    (text) => typeof text === 'string' && isText(text, wanted, ''),
  )
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  return isObject(value)
    ? Object.entries(value).flatMap(([name, one]) => (name === 'use' ? [] : texts(one)))
    : []
}

function isText(text: string, wanted: string, modifier: string): boolean {
  if (modifier === 'exact') return text === wanted
  const [held, asked] = [plain(text), plain(wanted)]
  return modifier === 'contains' ? held.includes(asked) : held.startsWith(asked)
}

/** Without regard to case and accents, as R4 has it for strings. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function isReference(
  value: unknown,
  wanted: string,
  { target }: SearchParameter,
  modifier: string,
  base: string,
): boolean {
  if (!isObject(value)) return typeof value === 'string' && value === wanted
  if (modifier === 'identifier') return isToken(value['identifier'], wanted)
  const held = relative(referenceIn(value), base)
  const type = modifier || target
  if (type !== undefined && !held.startsWith(`${type}/`)) return false
  const asked = relative(wanted, base)
  return held === asked || (!asked.includes('/') && held.endsWith(`/${asked}`))
}

/** The reference that a Reference has; the empty string for what has none. */
export function referenceIn(value: unknown): string {
  return isObject(value) && typeof value['reference'] === 'string' ? value['reference'] : ''
}

/** `Type/id` of a reference to a resource of this server, without its version. */
export function relative(reference: string, base: string): string {
  const local = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference
  return local.replace(/\/_history\/.*$/, '')
}

const PREFIX = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/

export function withPrefix(value: string): { prefix: string; rest: string } {
  const [, prefix = 'eq', rest = ''] = PREFIX.exec(value) ?? []
  return { prefix, rest }
}

/** Milliseconds since 1970: from, and up to but not including. */
export type Range = readonly [from: number, to: number]

const WRITTEN_TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/** The time that a date of any precision covers; without a zone it is UTC. */
export function rangeOf(text: string): Range | undefined {
  const [whole, year, month, day, hour, minute, second, fraction, zone = 'Z'] = WRITTEN_TIME.exec(text) ?? []
  if (whole === undefined) return undefined
  const date = `${year ?? ''}-${month ?? '01'}-${day ?? '01'}`
  const time = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${fraction ?? ''}`
  const from = Date.parse(`${date}T${time}${zone}`)
  if (Number.isNaN(from) || !new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)) return undefined
  if (fraction !== undefined) return [from, from + 1]
  if (second !== undefined) return [from, from + 1000]
  if (minute !== undefined) return [from, from + 60_000]
  if (day !== undefined) return [from, from + 86_400_000]
  const [next, last] = month === undefined ? [Number(year) + 1, 0] : [Number(year), Number(month)]
  return [from, Date.UTC(next, last, 1)]
}

function timeOf(value: unknown): Range | undefined {
  if (typeof value === 'string') return rangeOf(value)
  if (!isObject(value)) return undefined
  const [start, end] = [value['start'], value['end']].map((one) =>
    typeof one === 'string' ? rangeOf(one) : undefined,
  )
  return (start ?? end) ? [start?.[0] ?? -Infinity, end?.[1] ?? Infinity] : undefined
}

function isInTime(value: unknown, wanted: string): boolean {
  const { prefix, rest } = withPrefix(wanted)
  const held = timeOf(value)
  const asked = rangeOf(rest)
  if (!held || !asked) return false
  const [from, to] = asked
  const within = from <= held[0] && held[1] <= to
  switch (prefix) {
    case 'ne':
      return !within
    case 'gt':
      return held[1] > to
    case 'lt':
      return held[0] < from
    case 'ge':
      return held[1] > to || within
    case 'le':
      return held[0] < from || within
    case 'sa':
      return held[0] >= to
    case 'eb':
      return held[1] <= from
    case 'ap':
      return held[0] < to && from < held[1]
    default:
      return within
  }
}

export function isNumber(value: unknown, wanted: string): boolean {
  const { prefix, rest } = withPrefix(wanted)
  if (typeof value !== 'number') return false
  const asked = Number(rest)
  // 5.4 is anything that rounds to it, R4 "Search", number
  const half = 0.5 * 10 ** -(rest.split('.')[1]?.length ?? 0)
  switch (prefix) {
    case 'ne':
      return Math.abs(value - asked) > half
    case 'gt':
    case 'sa':
      return value > asked
    case 'lt':
    case 'eb':
      return value < asked
    case 'ge':
      return value >= asked
    case 'le':
      return value <= asked
    case 'ap':
      return Math.abs(value - asked) <= Math.abs(asked) / 10
    default:
      return Math.abs(value - asked) <= half
  }
}

function isQuantity(value: unknown, wanted: string): boolean {
  const [number = '', system = '', code = ''] = wanted.split('|')
  return (
    isObject(value) &&
    isNumber(value['value'], number) &&
    (system === '' || value['system'] === system) &&
    (code === '' || value['code'] === code || value['unit'] === code)
  )
}

/** What a resource is sorted by; `undefined` for what has no such element, which goes last. */
export function sortKey(resource: JsonObject, parameter: SearchParameter): number | string | undefined {
  const [value] = valuesAt(resource, parameter)
  switch (parameter.type) {
    case 'date':
      return timeOf(value)?.[0]
    case 'number':
      return typeof value === 'number' ? value : undefined
    case 'quantity':
      return isObject(value) && typeof value['value'] === 'number' ? value['value'] : undefined
    case 'token':
      return tokens(value)[0]?.code
    case 'reference':
      return referenceIn(value) || undefined
    default:
      return texts(value)
        .slice(0, 1)
        .map((text) => plain(text))[0]
  }
}
