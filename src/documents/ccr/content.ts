import type { XmlNode } from '../xml/nodes'
import type { CcrExtra } from './extra'
import { leafText } from './leaf-text'
import { childRule, type ChildRule, type TypeRule } from './schema'

/** An object of the model while its type is only known from the schema. */
export type PlainElement = Readonly<Record<string, unknown>> & { readonly $?: CcrExtra }

/** One thing inside an element: an occurrence of a plain property, or what only `$` holds. */
export type Content = { rule: ChildRule; index: number; value: unknown } | { node: XmlNode }

/** Everything inside an element of a CCR of that namespace, in the order of the document. */
export function contentOf(element: PlainElement, type: TypeRule, namespace: string): Content[] {
  const order: unknown = element.$?.content
  if (!Array.isArray(order)) return type.children.flatMap((rule) => occurrences(element, rule))
  const kept = order.filter(isPlain).filter((item) => !isLeftOver(item, element, type, namespace))
  return inOrder(kept, element, type)
}

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
export function occurrences(element: PlainElement, rule: ChildRule): Content[] {
  const value = element[rule.name]
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return present(value).map((one, index) => ({ rule, index, value: one }))
  return [{ rule, index: 0, value }]
}

/** An array without its gaps: what is null or undefined is not there. */
export const present = (values: readonly unknown[]): readonly unknown[] =>
  values.includes(undefined) || values.includes(null)
    ? values.filter((one) => one !== undefined && one !== null)
    : values

/** What `$` has for children without children of their own, by name and index. */
export type Leaves = ReadonlyMap<string, PlainElement>

/** Undefined: it has nothing for them. */
export function leavesOf(element: PlainElement): Leaves | undefined {
  const list: unknown = isPlain(element.$) ? element.$.leaves : undefined
  if (!Array.isArray(list)) return undefined
  const leaves = new Map<string, PlainElement>()
  const places = new Map<string, LeafPlaces>()
  for (const leaf of list.filter(isPlain)) {
    const name = String(leaf.name)
    const values = element[name]
    let index: number | undefined = Number(leaf.index)
    if (Array.isArray(values) && typeof leaf.text === 'string') {
      const known = places.get(name) ?? new LeafPlaces(present(values))
      places.set(name, known)
      index = known.take(leaf.text, index)
    }
    if (index !== undefined) leaves.set(`${name} ${index}`, leaf)
  }
  return leaves
}

/** Where texts stand now among several of a name. */
class LeafPlaces {
  readonly #texts: readonly (string | undefined)[]
  readonly #taken = new Set<number>()
  /** How far the last one has moved: those behind it have too, as a rule. */
  #moved = 0
  #byText: Map<string | undefined, number[]> | undefined

  constructor(values: readonly unknown[]) {
    this.#texts = values.map(leafText)
  }

  /** The place of a text that stood there; undefined if it is gone. */
  take(text: string, index: number): number | undefined {
    const usual = index + this.#moved
    const place = this.#texts[usual] === text && !this.#taken.has(usual) ? usual : this.#another(text)
    if (place === undefined) return undefined
    this.#taken.add(place)
    this.#moved = place - index
    return place
  }

  #another(text: string): number | undefined {
    if (this.#byText === undefined) {
      this.#byText = new Map()
      for (const [index, one] of [...this.#texts.entries()].reverse()) {
        const known = this.#byText.get(one)
        if (known) known.push(index)
        else this.#byText.set(one, [index])
      }
    }
    const places = this.#byText.get(text) ?? []
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      if (!this.#taken.has(place)) return place
    }
    return undefined
  }
}

interface Slot {
  rule?: ChildRule | undefined
  items: Content[]
}

/**
 * The order that was read, as far as it still fits what the properties hold. What was added since stands behind its
 * own kind, or where the schema wants it.
 */
function inOrder(order: readonly PlainElement[], element: PlainElement, type: TypeRule): Content[] {
  const all = type.children.map((rule) => occurrences(element, rule))
  const taken = type.children.map(() => 0)
  const take = (rule: ChildRule, count: number): Content[] => {
    const from = taken[rule.index] ?? 0
    const items = all[rule.index]?.slice(from, from + count) ?? []
    taken[rule.index] = from + items.length
    return items
  }
  const slots: Slot[] = order.map((item) => {
    if (typeof item['child'] !== 'string') return { items: [{ node: item as unknown as XmlNode }] }
    const rule = type.byName.get(item['child'])
    return { rule, items: rule ? take(rule, Number(item['count']) || 0) : [] }
  })
  for (const rule of type.children) {
    const items = take(rule, Infinity)
    if (items.length === 0) continue
    const own = slots.findLast((slot) => slot.rule === rule)
    if (own) own.items = own.items.concat(items)
    else {
      const next = slots.findIndex((slot) => slot.rule !== undefined && slot.rule.index > rule.index)
      slots.splice(next < 0 ? slots.length : next, 0, { rule, items })
    }
  }
  return slots.flatMap(({ items }) => items)
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
