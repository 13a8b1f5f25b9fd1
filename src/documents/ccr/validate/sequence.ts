import type { TypeRule } from '../schema'
import type { Member } from './member'
import type { Place } from './place'
import type { Report } from './report'
import { slotsOf, type Slots } from './slots'

/** An element and the slot of the content model that it takes. */
interface Taken {
  readonly place: Place
  readonly slot: number
}

/** Holds the order and the number of what is inside an element to its content model. */
export function checkSequence(
  type: TypeRule,
  place: Place,
  members: readonly Member[],
  report: Report,
): void {
  const model = slotsOf(type)
  if (isRight(model, members)) return
  const taken = takeSlots(model, members)
  checkOrder(taken, report)
  const bySlot = new Map<number, Place[]>()
  for (const one of taken) {
    const here = bySlot.get(one.slot)
    if (here) here.push(one.place)
    else bySlot.set(one.slot, [one.place])
  }
  for (const [number, { names, min, max }] of model.slots.entries()) {
    const [first, ...more] = bySlot.get(number) ?? []
    if (!first && min > 0) {
      const wanted = `the schema requires ${max > 1 ? 'at least one' : 'one'}`
      const missing = { ...place, parent: place, name: names.join(' or '), ordinal: -1, index: undefined }
      report.add('structure.missing', missing, `${place.name} has no ${missing.name}; ${wanted}.`)
    }
    for (const [index, own] of more.entries()) {
      if (own.name !== first?.name) {
        report.add('structure.choice', own, `${place.name} may contain only one of ${names.join(', ')}.`)
      } else if (index + 2 > max) {
        report.add('structure.too-many', own, `${place.name} may contain at most ${max} ${own.name}.`)
      }
    }
  }
}

/** Whether all is as it has to be: what nearly every element is, told without making anything. */
function isRight({ slots, of, required }: Slots, members: readonly Member[]): boolean {
  let slot = -1
  let name = ''
  let count = 0
  let found = 0
  for (const { rule } of members) {
    if (!rule) continue
    const own = (of.get(rule.name) ?? []).find((number) => number >= slot)
    const place = own === undefined ? undefined : slots[own]
    if (own === undefined || !place) return false
    if (own > slot) {
      count = 0
      if (place.min > 0) found++
    } else if (rule.name !== name) return false
    if (++count > place.max) return false
    slot = own
    name = rule.name
  }
  return found === required
}

/** An element that may stand in several slots takes the first that what stands before it leaves open. */
function takeSlots({ of }: Slots, members: readonly Member[]): Taken[] {
  let highest = 0
  return members.flatMap(({ rule, place }) => {
    const [first, ...others] = (rule && of.get(rule.name)) ?? []
    if (first === undefined) return []
    const slot = first >= highest ? first : (others.find((other) => other >= highest) ?? first)
    highest = Math.max(highest, slot)
    return [{ place, slot }]
  })
}

/** Reports as few elements as put the others into order when they are taken away. */
function checkOrder(taken: readonly Taken[], report: Report): void {
  if (taken.every(({ slot }, index) => slot >= (taken[index - 1]?.slot ?? 0))) return
  const kept = longestAscending(taken.map(({ slot }) => slot))
  let next = 0
  for (const [index, { place, slot }] of taken.entries()) {
    if (index === kept[next]) {
      next++
      continue
    }
    const before = taken[kept[next - 1] ?? -1]
    const after = taken[kept[next] ?? -1]
    const wanted =
      before && before.slot > slot ? `before ${before.place.name}` : `after ${after?.place.name ?? ''}`
    report.add(
      'structure.order',
      place,
      `${place.name} is in the wrong place; the schema wants it ${wanted}.`,
    )
  }
}

/** The indexes of a longest subsequence that never falls, by patience sorting. */
function longestAscending(values: readonly number[]): number[] {
  /** For each length, the index of the smallest value that ends a subsequence of it. */
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, value] of values.entries()) {
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
