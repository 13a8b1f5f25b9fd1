import type { ChildRule, TypeRule } from '../schema'
import type { Place } from './place'
import type { Report } from './report'
import { slotsOf, type Slots } from './slots'

/** What is inside an element, in the order of the document. */
export interface Inside {
  /** Of the element itself. */
  readonly place: Place
  readonly size: number
  /** Of the child with that number; missing where the schema does not know it there. */
  rule(ordinal: number): ChildRule | undefined
  placeOf(ordinal: number): Place
}

/** Reports what is wrong with the order and the number of what is inside an element, by its content model; in small steps. */
export function* checkSequence(
  type: TypeRule,
  inside: Inside,
  report: Report,
): Generator<undefined, void, undefined> {
  const model = slotsOf(type)
  const { place } = inside
  const taken = yield* takeSlots(model, inside)
  yield* checkOrder(taken, inside, report)
  const first = new Map<number, ChildRule>()
  const counts = new Map<number, number>()
  for (const { slot, ordinal, rule } of taken) {
    yield
    const count = (counts.get(slot) ?? 0) + 1
    counts.set(slot, count)
    const { names = [], max = Infinity } = model.slots[slot] ?? {}
    const before = first.get(slot)
    if (before === undefined) first.set(slot, rule)
    else if (before.name !== rule.name) {
      const message = `${place.name} may contain only one of ${names.join(', ')}.`
      report.add('structure.choice', inside.placeOf(ordinal), message)
    } else if (count > max) {
      const message = `${place.name} may contain at most ${max} ${rule.name}.`
      report.add('structure.too-many', inside.placeOf(ordinal), message)
    }
  }
  for (const [number, { names, min, max }] of model.slots.entries()) {
    if (min === 0 || first.has(number)) continue
    const wanted = `the schema requires ${max > 1 ? 'at least one' : 'one'}`
    const missing = { ...place, parent: place, name: names.join(' or '), ordinal: -1, index: undefined }
    report.add('structure.missing', missing, `${place.name} has no ${missing.name}; ${wanted}.`)
  }
}

/** Is all as it has to be? That is what nearly every element is; told without making anything. */
export function isRight({ slots, of, required }: Slots, inside: Inside): boolean {
  let slot = -1
  let before: ChildRule | undefined
  let count = 0
  let found = 0
  for (let ordinal = 0; ordinal < inside.size; ordinal++) {
    const rule = inside.rule(ordinal)
    if (rule === undefined) continue
    const may = of[rule.index] ?? []
    let next = 0
    while ((may[next] ?? Infinity) < slot) next++
    const own = may[next]
    const place = own === undefined ? undefined : slots[own]
    if (own === undefined || !place) return false
    if (own > slot) {
      count = 0
      if (place.min > 0) found++
    } else if (rule !== before) return false
    if (++count > place.max) return false
    slot = own
    before = rule
  }
  return found === required
}

/** An element and the slot of the content model that it takes. */
interface Taken {
  readonly ordinal: number
  readonly rule: ChildRule
  readonly slot: number
}

/** An element that may stand in several slots takes the first that what stands before it leaves open. */
function* takeSlots({ of }: Slots, inside: Inside): Generator<undefined, Taken[], undefined> {
  const taken: Taken[] = []
  let highest = 0
  for (let ordinal = 0; ordinal < inside.size; ordinal++) {
    yield
    const rule = inside.rule(ordinal)
    const [first, ...others] = rule ? (of[rule.index] ?? []) : []
    if (rule === undefined || first === undefined) continue
    const slot = first >= highest ? first : (others.find((other) => other >= highest) ?? first)
    highest = Math.max(highest, slot)
    taken.push({ ordinal, rule, slot })
  }
  return taken
}

/** Reports as few elements as put the others into order when they are taken away. */
function* checkOrder(
  taken: readonly Taken[],
  inside: Inside,
  report: Report,
): Generator<undefined, void, undefined> {
  if (taken.every(({ slot }, index) => slot >= (taken[index - 1]?.slot ?? 0))) return
  const kept = yield* longestAscending(taken.map(({ slot }) => slot))
  let next = 0
  for (const [index, { rule, slot, ordinal }] of taken.entries()) {
    yield
    if (index === kept[next]) {
      next++
      continue
    }
    const before = taken[kept[next - 1] ?? -1]
    const after = taken[kept[next] ?? -1]
    const wanted =
      before && before.slot > slot ? `before ${before.rule.name}` : `after ${after?.rule.name ?? ''}`
    report.add(
      'structure.order',
      inside.placeOf(ordinal),
      `${rule.name} is in the wrong place; the schema wants it ${wanted}.`,
    )
  }
}

/** The indexes of a longest subsequence that never falls, by patience sorting. */
function* longestAscending(values: readonly number[]): Generator<undefined, number[], undefined> {
  /** For each length, the index of the smallest value that ends a subsequence of it. */
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, value] of values.entries()) {
    yield
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[ends[middle] ?? -1] ?? 0) <= value) low = middle + 1
      else high = middle
    }
    previous[index] = ends[low - 1] ?? -1
    ends[low] = index
  }
  const longest: number[] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) longest.push(at)
  return longest.reverse()
}
