/** A part of a grammar in EBNF (ISO/IEC 14977). */
type Part =
  | { kind: 'choice' | 'sequence'; parts: Part[] }
  | { kind: 'repeated' | 'optional'; part: Part }
  | { kind: 'but'; part: Part; not: Part }
  | { kind: 'times'; times: number; part: Part }
  | { kind: 'rule' | 'terminal' | 'special'; text: string }

/** What the words between question marks stand for. */
export interface Special {
  /** The ends of all that it matches from a place on. */
  ends: (characters: readonly string[], from: number) => number[]
  /** Something that it matches. */
  sample: (choose: Choose) => string
}

/** A number from 0 to below `count`. */
export type Choose = (count: number) => number

/** A grammar as it stands in a text: says whether it allows a text, and makes texts that it allows. */
export class Ebnf {
  readonly #rules = new Map<string, Part>()
  readonly #special: (text: string) => Special

  /** Terminals are taken in capital and small letters alike. */
  constructor(grammar: string, special: (text: string) => Special) {
    this.#special = special
    const tokens =
      grammar.replace(/\(\*.*?\*\)/gs, '').match(/"[^"]*"|\?[^?]*\?|\w[\w ]*\w|\w|[=,;|(){}[\]*-]/g) ?? []
    const reader = new Reader(tokens)
    while (!reader.isDone()) {
      const name = reader.next()
      reader.take('=')
      if (this.#rules.has(name)) throw new Error(`The rule ${name} stands twice`)
      this.#rules.set(name, reader.choice())
      reader.take(';')
    }
  }

  allows(rule: string, text: string): boolean {
    const characters = Array.from(text)
    const known = new Map<string, number[]>()
    const named = (name: string, from: number): number[] => {
      const key = `${name} ${from}`
      const ends = known.get(key) ?? endsOf(this.#rule(name), from)
      known.set(key, ends)
      return ends
    }
    const after = (part: Part, places: readonly number[]) =>
      unique(places.flatMap((place) => endsOf(part, place)))
    const endsOf = (part: Part, from: number): number[] => {
      switch (part.kind) {
        case 'choice':
          return unique(part.parts.flatMap((one) => endsOf(one, from)))
        case 'sequence':
          return part.parts.reduce((places, one) => after(one, places), [from])
        case 'optional':
          return unique([from, ...endsOf(part.part, from)])
        case 'repeated': {
          const ends = new Set([from])
          for (const place of ends) for (const end of endsOf(part.part, place)) ends.add(end)
          return [...ends]
        }
        case 'but': {
          const not = new Set(endsOf(part.not, from))
          return endsOf(part.part, from).filter((end) => !not.has(end))
        }
        case 'times':
          return Array<Part>(part.times)
            .fill(part.part)
            .reduce((places, one) => after(one, places), [from])
        case 'terminal': {
          const end = from + part.text.length
          return characters.slice(from, end).join('').toLowerCase() === part.text ? [end] : []
        }
        case 'special':
          return this.#special(part.text).ends(characters, from)
        case 'rule':
          return named(part.text, from)
      }
    }
    return named(rule, 0).includes(characters.length)
  }

  /** A text of the rule, but for its exceptions: ask `allows`. Where 0 is always chosen it comes to an end. */
  sample(rule: string, choose: Choose): string {
    const made = (part: Part): string => {
      switch (part.kind) {
        case 'choice': {
          const chosen = part.parts[choose(part.parts.length)]
          return chosen ? made(chosen) : ''
        }
        case 'sequence':
          return part.parts.map(made).join('')
        case 'optional':
          return choose(2) === 0 ? '' : made(part.part)
        case 'repeated':
          return Array.from({ length: choose(4) }, () => made(part.part)).join('')
        case 'but':
          return made(part.part)
        case 'times':
          return Array.from({ length: part.times }, () => made(part.part)).join('')
        case 'terminal':
          return choose(4) === 0 ? part.text.toUpperCase() : part.text
        case 'special':
          return this.#special(part.text).sample(choose)
        case 'rule':
          return made(this.#rule(part.text))
      }
    }
    return made({ kind: 'rule', text: rule })
  }

  #rule(name: string): Part {
    const part = this.#rules.get(name)
    if (!part) throw new Error(`There is no rule ${name}`)
    return part
  }
}

/** Reads the right-hand sides of rules. */
class Reader {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  isDone(): boolean {
    return this.#at === this.#tokens.length
  }

  next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new Error('The grammar ends too early')
    return token
  }

  take(expected: string): void {
    const token = this.next()
    if (token !== expected) throw new Error(`Expected ${expected} instead of ${token}`)
  }

  #takeIf(expected: string): boolean {
    if (this.#tokens[this.#at] !== expected) return false
    this.#at++
    return true
  }

  choice(): Part {
    const parts = [this.#sequence()]
    while (this.#takeIf('|')) parts.push(this.#sequence())
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts }
  }

  #sequence(): Part {
    const parts = [this.#but()]
    while (this.#takeIf(',')) parts.push(this.#but())
    return { kind: 'sequence', parts }
  }

  #but(): Part {
    const part = this.#factor()
    return this.#takeIf('-') ? { kind: 'but', part, not: this.#factor() } : part
  }

  #factor(): Part {
    const token = this.next()
    if (/^\d+$/.test(token)) {
      this.take('*')
      return { kind: 'times', times: Number(token), part: this.#factor() }
    }
    const within = { '(': ')', '[': ']', '{': '}' }[token]
    if (within === undefined) {
      if (token.startsWith('"')) return { kind: 'terminal', text: token.slice(1, -1) }
      if (token.startsWith('?')) return { kind: 'special', text: token.slice(1, -1).trim() }
      return { kind: 'rule', text: token }
    }
    const part = this.choice()
    this.take(within)
    if (token === '(') return part
    return { kind: token === '[' ? 'optional' : 'repeated', part }
  }
}

const unique = (places: readonly number[]) => [...new Set(places)]
