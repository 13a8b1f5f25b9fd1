import { GatewayError } from '../../../errors'
import { isPlain } from '../content'
import { atOnce } from '../steps'

/** Checks and converts one value of what a flow gives; `where` is the way to it, for the error. */
export interface Reader<T> {
  (value: unknown, where: string): T
  /** Of an array: reads one of it. */
  readonly each?: Reader<unknown>
}

type Value<R> = R extends Reader<infer T> ? T : never
type Read<R, Required extends keyof R> = { [K in Required]: Value<R[K]> } & {
  [K in Exclude<keyof R, Required>]?: Value<R[K]> | undefined
}

export function wrong(where: string, wanted: string): GatewayError {
  const what = where === '' ? 'what it is to be built of' : `"${where}"`
  return new GatewayError('HG_INPUT', `The CCR cannot be built: ${what} ${wanted}.`)
}

/** Control characters and lone surrogates, which XML 1.0 cannot hold in any way. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

export const text: Reader<string> = (value, where) => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') throw wrong(where, 'has to be a string')
  if (unwritable.test(value)) throw wrong(where, 'has a character in it that XML cannot hold')
  return value
}

/** Text that is not empty. */
export const name: Reader<string> = (value, where) => {
  const read = text(value, where)
  if (read.trim() === '') throw wrong(where, 'is empty')
  return read
}

/** A reader for each property of an input. */
export type Shape<Input> = { [K in keyof Required<Input>]: Reader<unknown> }

/** An object with these properties and no others; one that is null or undefined counts as missing. */
export function object<R extends Record<string, Reader<unknown>>, Required extends keyof R = never>(
  readers: R,
  ...required: readonly Required[]
): Reader<Read<R, Required>> {
  const read = objectInSteps(readers, ...required)
  return (value, where) => atOnce(read(value, where))
}

/** The same, with a step for each element of its arrays. */
export function objectInSteps<R extends Record<string, Reader<unknown>>, Required extends keyof R = never>(
  readers: R,
  ...required: readonly Required[]
): (value: unknown, where: string) => Generator<undefined, Read<R, Required>, undefined> {
  const known = new Map<string, Reader<unknown>>(Object.entries(readers))
  return function* (value, where) {
    if (!isPlain(value)) throw wrong(where, 'has to be an object')
    const way = (property: string) => (where === '' ? property : `${where}.${property}`)
    const read: Record<PropertyKey, unknown> = {}
    for (const [property, inner] of Object.entries(value)) {
      const reader = known.get(property)
      if (!reader) {
        throw wrong(way(property), `is not a property that is known here: ${[...known.keys()].join(', ')}`)
      }
      if (inner === undefined || inner === null) continue
      read[property] = reader.each
        ? yield* listInSteps(reader.each, inner, way(property))
        : reader(inner, way(property))
    }
    for (const property of required) {
      if (read[property] === undefined) throw wrong(way(String(property)), 'is missing')
    }
    return read as Read<R, Required>
  }
}

/** An array. */
export function list<T>(each: Reader<T>): Reader<T[]> {
  const read = (value: unknown, where: string) => atOnce(listInSteps(each, value, where))
  return Object.assign(read, { each })
}

function* listInSteps<T>(
  each: Reader<T>,
  value: unknown,
  where: string,
): Generator<undefined, T[], undefined> {
  if (!Array.isArray(value)) throw wrong(where, 'has to be an array')
  const read: T[] = []
  for (const [index, one] of (value as unknown[]).entries()) {
    read.push(each(one, `${where}[${index}]`))
    yield
  }
  return read
}

/** An array, or one that stands for an array of one. */
export function oneOrMore<T>(reader: Reader<T>): Reader<T[]> {
  return (value, where) => (Array.isArray(value) ? list(reader)(value, where) : [reader(value, where)])
}
