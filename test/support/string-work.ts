/** What was done with texts: how many characters went through methods of String and RegExp, and which patterns. */
export interface StringWork {
  characters: number
  /** Sources of the regular expressions that were given more than `long` characters. */
  patternsOnLongTexts: Set<string>
}

type Method = (this: unknown, ...args: unknown[]) => unknown

const watched: [object, PropertyKey][] = [
  ...(
    ['split', 'trim', 'slice', 'replace', 'replaceAll', 'toLowerCase', 'includes', 'padStart'] as const
  ).map((name): [object, PropertyKey] => [String.prototype, name]),
  ...[RegExp.prototype].flatMap((prototype): [object, PropertyKey][] => [
    [prototype, 'test'],
    [prototype, 'exec'],
    [prototype, Symbol.split],
    [prototype, Symbol.replace],
  ]),
]

/**
 * Runs something synchronous and counts its work on texts: a measure that, unlike time, is the same on every machine.
 * What a method does inside (a pattern's backtracking) is not seen: hence the list of patterns.
 */
export function stringWork(run: () => void, long: number): StringWork {
  const work: StringWork = { characters: 0, patternsOnLongTexts: new Set() }
  let inside = false
  const originals = watched.map(([owner, name]) => Reflect.get(owner, name) as Method)
  watched.forEach(([owner, name], index) => {
    const original = originals[index]
    if (!original) throw new Error(`There is no method ${String(name)}`)
    const counted: Method = function (...args) {
      if (inside) return original.apply(this, args)
      const text = String(this instanceof RegExp ? args[0] : this)
      const pattern = [this, args[0]].find((part) => part instanceof RegExp)
      work.characters += text.length + 1
      if (pattern instanceof RegExp && text.length > long) work.patternsOnLongTexts.add(pattern.source)
      inside = true
      try {
        return original.apply(this, args)
      } finally {
        inside = false
      }
    }
    Reflect.set(owner, name, counted)
  })
  try {
    run()
  } finally {
    watched.forEach(([owner, name], index) => Reflect.set(owner, name, originals[index]))
  }
  return work
}
