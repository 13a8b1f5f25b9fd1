/** Where something stands in a document: an element, named by the way to it. */
export interface Place {
  /** Missing for the root element. */
  readonly parent?: Place
  readonly name: string
  /** Which one of several, from 0; missing where the schema allows only one. */
  readonly index?: number
  /** Which one of all that is inside the parent, from 0; -1 for what is not there. */
  readonly ordinal: number
  /** From 1; missing where the document was not read from text. */
  readonly line?: number
}

/** The way from the root element, such as `Body/Problems/Problem[2]/DateTime[1]`; empty for the root itself. */
export function pathOf(place: Place): string {
  return wayTo(place)
    .map(({ name, index }) => (index === undefined ? name : `${name}[${index + 1}]`))
    .join('/')
}

/** For sorting into the order of the document. */
export function inDocumentOrder(one: readonly number[], other: readonly number[]): number {
  for (const [step, ordinal] of one.entries()) {
    const difference = ordinal - (other[step] ?? -Infinity)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

export function ordinalsOf(place: Place): number[] {
  return wayTo(place).map(({ ordinal }) => ordinal)
}

function wayTo(place: Place): Place[] {
  const steps: Place[] = []
  for (let at = place; at.parent; at = at.parent) steps.push(at)
  return steps.reverse()
}
