import type { XmlNode } from '../xml/nodes'
import type { CcrExtra } from './extra'
import { leafText } from './leaf-text'
import { childRule, type ChildRule, type TypeRule } from './schema'

/** An object of the model while its type is only known from the schema. */
export type PlainElement = Readonly<Record<string, unknown>> & { readonly $?: CcrExtra }

/** One thing inside an element: an occurrence of a plain property, or what only `$` holds. */
export type Content = { rule: ChildRule; index: number; value: unknown } | { node: XmlNode }

/** Everything inside an element, in the order of the document. */
export class Contents {
  /** There is something that a property stands for. */
  readonly hasChild: boolean
  /** There is something that only `$` holds; of that, texts and elements. */
  hasNode = false
  hasText = false
  hasElement = false

  readonly #element: PlainElement
  readonly #type: TypeRule
  /** What `$` says of the order, as far as it still fits what the properties hold. */
  #order: PlainElement[] | undefined
  /** What has no place in the order, by the number in it that it comes before. */
  readonly #added = new Map<number, ChildRule[]>()
  /** The last run of each child in the order: what was added since stands behind it. */
  readonly #last = new Map<ChildRule, number>()

  constructor(element: PlainElement, type: TypeRule) {
    this.#element = element
    this.#type = type
    this.hasChild = type.children.some(({ name }) => isThere(element[name]))
  }

  /** Takes the order that was read; in small steps. */
  *arrange(order: readonly unknown[], namespace: string): Generator<undefined, void, undefined> {
    const type = this.#type
    const kept: PlainElement[] = []
    /** By the index of a rule: where the first run of a later child is. */
    const before: number[] = []
    for (const item of order) {
      yield
      if (!isPlain(item) || isLeftOver(item, this.#element, type, namespace)) continue
      if (typeof item['child'] !== 'string') {
        this.hasNode = true
        this.hasText ||= 'text' in item
        this.hasElement ||= 'element' in item
      } else {
        const rule = type.byName.get(item['child'])
        if (rule) {
          this.#last.set(rule, kept.length)
          while (before.length < rule.index) before.push(kept.length)
        }
      }
      kept.push(item)
    }
    this.#order = kept
    for (const rule of type.children) {
      if (this.#last.has(rule) || this.#element[rule.name] === undefined) continue
      const place = before[rule.index] ?? kept.length
      const known = this.#added.get(place)
      if (known) known.push(rule)
      else this.#added.set(place, [rule])
    }
  }

  *items(): Generator<Content, void, undefined> {
    const element = this.#element
    if (this.#order === undefined) {
      for (const rule of this.#type.children) yield* occurrences(element, rule)
      return
    }
    const runs = new Map<ChildRule, Iterator<Content, void, undefined>>()
    for (const [at, item] of this.#order.entries()) {
      for (const rule of this.#added.get(at) ?? []) yield* occurrences(element, rule)
      if (typeof item['child'] !== 'string') {
        yield { node: item as unknown as XmlNode }
        continue
      }
      const rule = this.#type.byName.get(item['child'])
      if (rule === undefined) continue
      const run = runs.get(rule) ?? occurrences(element, rule)
      runs.set(rule, run)
      const count = this.#last.get(rule) === at ? Infinity : Number(item['count']) || 0
      for (let i = 0; i < count; i++) {
        const { done, value } = run.next()
        if (done === true) break
        yield value
      }
    }
    for (const rule of this.#added.get(this.#order.length) ?? []) yield* occurrences(element, rule)
  }
}

/** Everything inside an element of a CCR of that namespace; in small steps. */
export function* contentOf(
  element: PlainElement,
  type: TypeRule,
  namespace: string,
): Generator<undefined, Contents, undefined> {
  const contents = new Contents(element, type)
  const order: unknown = element.$?.content
  if (Array.isArray(order)) yield* contents.arrange(order, namespace)
  return contents
}

const isThere = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some((one) => one !== undefined && one !== null)
    : value !== undefined && value !== null

/**
 * One of several elements where the schema allows one, whose plain property is gone: with the property, a flow has
 * deleted what it stands for. Written, it would come back as that property.
 */
function isLeftOver(item: PlainElement, element: PlainElement, type: TypeRule, namespace: string): boolean {
  if (typeof item['element'] !== 'string' || item['namespace'] !== namespace) return false
  const rule = childRule(type, item['element'].replace(/^.*:/, ''))
  return rule?.max === 1 && (element[rule.name] === undefined || element[rule.name] === null)
}

/** An array's elements, or the one value; nothing where the property is missing. */
function* occurrences(element: PlainElement, rule: ChildRule): Generator<Content, void, undefined> {
  const given = element[rule.name]
  let index = 0
  for (const value of Array.isArray(given) ? (given as unknown[]) : [given]) {
    if (value !== undefined && value !== null) yield { rule, index: index++, value }
  }
}

/** An array without its gaps: what is null or undefined is not there. */
export const present = (values: readonly unknown[]): readonly unknown[] =>
  values.includes(undefined) || values.includes(null)
    ? values.filter((one) => one !== undefined && one !== null)
    : values

/** What `$` has for children without children of their own, by name and index. */
export type Leaves = ReadonlyMap<string, PlainElement>

/** Undefined: it has nothing for them. In small steps. */
export function* leavesOf(element: PlainElement): Generator<undefined, Leaves | undefined, undefined> {
  const list: unknown = isPlain(element.$) ? element.$.leaves : undefined
  if (!Array.isArray(list)) return undefined
  const leaves = new Map<string, PlainElement>()
  const places = new Map<string, LeafPlaces>()
  for (const leaf of list as unknown[]) {
    yield
    if (!isPlain(leaf)) continue
    const name = String(leaf.name)
    const values = element[name]
    let index: number | undefined = Number(leaf.index)
    if (Array.isArray(values) && typeof leaf.text === 'string') {
      const known = places.get(name) ?? new LeafPlaces(present(values))
      places.set(name, known)
      index = yield* known.take(leaf.text, index)
    }
    if (index !== undefined) leaves.set(`${name} ${index}`, leaf)
  }
  return leaves
}

/** Where texts stand now among several of a name. */
class LeafPlaces {
  readonly #values: readonly unknown[]
  readonly #taken = new Set<number>()
  /** How far the last one has moved: those behind it have too, as a rule. */
  #moved = 0
  #byText: Map<string | undefined, number[]> | undefined

  constructor(values: readonly unknown[]) {
    this.#values = values
  }

  /** The place of a text that stood there; undefined if it is gone. */
  *take(text: string, index: number): Generator<undefined, number | undefined, undefined> {
    const usual = index + this.#moved
    const isUsual = leafText(this.#values[usual]) === text && !this.#taken.has(usual)
    const place = isUsual ? usual : yield* this.#another(text)
    if (place === undefined) return undefined
    this.#taken.add(place)
    this.#moved = place - index
    return place
  }

  *#another(text: string): Generator<undefined, number | undefined, undefined> {
    if (this.#byText === undefined) {
      this.#byText = new Map()
      for (let index = this.#values.length - 1; index >= 0; index--) {
        const one = leafText(this.#values[index])
        const known = this.#byText.get(one)
        if (known) known.push(index)
        else this.#byText.set(one, [index])
        yield
      }
    }
    const places = this.#byText.get(text) ?? []
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      if (!this.#taken.has(place)) return place
    }
    return undefined
  }
}

/**
 * An object with properties of its own kind: no array, Date, Map or the like, whose content is elsewhere. Objects of
 * another realm, such as a function node's, have another prototype.
 */
export function isPlain(value: unknown): value is PlainElement {
  if (typeof value !== 'object' || value === null) return false
  return (
    Object.getPrototypeOf(value) === Object.prototype ||
    Object.prototype.toString.call(value) === '[object Object]'
  )
}
