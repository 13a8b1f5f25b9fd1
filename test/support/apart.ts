import assert from 'node:assert/strict'

/** What is done to one of these, such as messages, is in none of the others: no object is in two of them. */
export function assertApart(values: readonly object[]): void {
  const found = new Map<object, { index: number; path: string }>()
  const walk = (value: unknown, path: string, index: number): void => {
    if (typeof value !== 'object' || value === null) return
    const earlier = found.get(value)
    assert.ok(
      earlier === undefined || earlier.index === index,
      `${path} of number ${index} is ${earlier?.path} of number ${earlier?.index}`,
    )
    if (earlier) return
    found.set(value, { index, path })
    for (const [name, one] of Object.entries(value)) walk(one, `${path}.${name}`, index)
  }
  assert.ok(values.length > 1)
  values.forEach((value, index) => walk(value, 'value', index))
}
