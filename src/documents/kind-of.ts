import { types } from 'node:util'

/** What a value is that cannot be used, for a sentence that begins "The document is". Never what it says. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'no finite number'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (types.isDate(value) && Number.isNaN(value.getTime())) return 'a Date without a time'
  // `Date`, `Map`: their content is not in properties.
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  return kind === 'Object' ? 'an object' : `an object of the kind ${kind}`
}
