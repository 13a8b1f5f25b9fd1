/** Values that are written in one go: some tenths of a millisecond's work. */
const MOST = 2000
/** Characters that take as long as another value. */
const CHARACTERS = 256

/** Is there so little in it that it can be written in one go? Of what is large, only so much is looked at. */
export const isSmall = (value: unknown): boolean => rest(value, MOST) > 0

function rest(value: unknown, most: number): number {
  // Most are texts.
  if (typeof value === 'string') return most - 1 - Math.floor(value.length / CHARACTERS)
  let left = most - 1
  if (typeof value !== 'object' || value === null) return left
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && left > 0; i++) left = rest(value[i], left)
    return left
  }
  const properties = value as Readonly<Record<string, unknown>>
  for (const name of Object.keys(properties)) {
    if (left <= 0) break
    left = rest(properties[name], left)
  }
  return left
}
