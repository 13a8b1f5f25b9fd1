import { types } from 'node:util'
import type { CcrCode, CcrCodedDescription, CcrDateTime, CcrMeasure } from '../model'
import { period } from '../validate/iso8601'
import type { CcrCodeInput, CcrDescribedInput, CcrQuantityInput, CcrWhenInput } from './input'
import { list, name, object, text, wrong, type Reader, type Shape } from './readers'

/** A value whose way is still needed when it is used. */
export interface Located {
  value: string
  where: string
}

/** An id, of the object itself or of another one that it names. */
export const id: Reader<Located> = (value, where) => ({ value: name(value, where).trim(), where })

const codeParts = object({ value: name, system: name, version: name } satisfies Shape<CcrCodeInput>, 'value')
const code: Reader<CcrCode> = (value, where) => {
  const { value: Value, system, version } = codeParts(value, where)
  return { Value, ...given('CodingSystem', system), ...given('Version', version) }
}

const describedParts = object({ text, codes: list(code) } satisfies Shape<Exclude<CcrDescribedInput, string>>)

/** Text, or text with codes. */
export const described: Reader<CcrCodedDescription> = (value, where) => {
  if (typeof value !== 'object') return { Text: text(value, where) }
  const parts = describedParts(value, where)
  if (parts.text === undefined && !parts.codes?.length) throw wrong(where, 'has neither text nor codes')
  return { ...given('Text', parts.text), ...given('Code', parts.codes) }
}

const quantityParts = object(
  { value: text, unit: name } satisfies Shape<Exclude<CcrQuantityInput, string | number>>,
  'value',
)

export const quantity: Reader<CcrMeasure> = (value, where) => {
  if (typeof value !== 'object') return { Value: text(value, where) }
  const parts = quantityParts(value, where)
  return measure(parts.value, parts.unit)
}

export function measure(Value: string, unit: string | undefined): CcrMeasure {
  return { Value, ...(unit === undefined ? {} : { Units: { Unit: unit } }) }
}

/** A moment that is exact. */
export const instant: Reader<string> = (value, where) => {
  const exact = exactOf(value, where)
  if (exact !== undefined) return exact
  throw wrong(where, 'has to be a Date, or a date or time in ISO 8601: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ')
}

/** A moment; text that is not ISO 8601 is approximate. */
export const moment: Reader<Pick<CcrDateTime, 'ExactDateTime' | 'ApproximateDateTime'>> = (value, where) => {
  const exact = exactOf(value, where)
  return exact === undefined
    ? { ApproximateDateTime: { Text: name(value, where) } }
    : { ExactDateTime: exact }
}

/** Undefined for text that is not in ISO 8601; what is, but is no day or time, is a mistake. */
function exactOf(value: unknown, where: string): string | undefined {
  if (types.isDate(value)) {
    if (!Number.isFinite(value.getTime())) throw wrong(where, 'is a Date without a time')
    return value.toISOString()
  }
  const text = name(value, where).trim()
  const read = period(text)
  if (read === 'calendar') throw wrong(where, 'is a day or time that does not exist')
  return read === 'format' ? undefined : text
}

type Stretch = Exclude<CcrWhenInput, string | Date>
const whenParts = object({
  type: name,
  at: moment,
  age: quantity,
  from: moment,
  to: moment,
} satisfies Shape<Stretch>)

export const when: Reader<CcrDateTime> = (value, where) => {
  if (typeof value !== 'object' || types.isDate(value)) return moment(value, where)
  const { type, at, age, from, to } = whenParts(value, where)
  if (!at && !age && !from && !to) throw wrong(where, 'has none of at, age, from, to')
  return {
    ...(type === undefined ? {} : { Type: { Text: type } }),
    ...at,
    ...given('Age', age),
    ...(from || to ? { DateTimeRange: [{ ...given('BeginRange', from), ...given('EndRange', to) }] } : {}),
  }
}

/** A property, or nothing where its value is missing. */
export function given<Name extends string, T>(
  property: Name,
  value: T | undefined,
): Partial<Record<Name, T>> {
  return (value === undefined ? {} : { [property]: value }) as Partial<Record<Name, T>>
}

/** The same for a list: nothing where it is missing or empty, since the schema wants one at least. */
export function some<Name extends string, T>(
  property: Name,
  values: readonly T[] | undefined,
): Partial<Record<Name, T[]>> {
  return given(property, values?.length ? [...values] : undefined)
}
