/** The text of a leaf, also where a flow left a number, a boolean or a Date in it; undefined for anything else. */
export function leafText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value)
  return value instanceof Date && Number.isFinite(value.getTime()) ? value.toISOString() : undefined
}
