import { contentOf, type PlainElement } from '../content'
import type { ChildRule, TypeRule } from '../schema'
import type { Place } from './place'

/** One element inside another: an occurrence of a plain property, or an element that only `$` holds. */
export interface Member {
  readonly place: Place
  /** Missing where the schema does not know it in this place. */
  readonly rule?: ChildRule | undefined
  /** What the plain property holds; missing where only `$` holds it. */
  readonly value?: unknown
}

/** An element of a document, and what is known about it. */
export interface Visit {
  element: PlainElement
  type: TypeRule
  place: Place
  depth: number
}

/** What is inside an element, in the order of the document. `lines`: of the element, then of each inside it. */
export function membersOf(visit: Visit, namespace: string, lines?: readonly number[]): Member[] {
  return visit.element.$?.content ? allMembers(visit, namespace, lines) : plainMembers(visit, lines)
}

/** Plain properties alone, in schema order: of those that there are, since most elements have few of the many. */
function plainMembers({ element, type, place: parent }: Visit, lines?: readonly number[]): Member[] {
  const rules: ChildRule[] = []
  let last = -1
  let sorted = true
  for (const name of Object.keys(element)) {
    const rule = type.byName.get(name)
    if (!rule || element[name] === undefined || element[name] === null) continue
    sorted &&= rule.index > last
    last = rule.index
    rules.push(rule)
  }
  if (!sorted) rules.sort((one, other) => one.index - other.index)
  const members: Member[] = []
  for (const rule of rules) {
    const value = element[rule.name]
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (let index = 0; index < values.length; index++) {
      members.push(known(rule, index, values[index], parent, members.length, lines))
    }
  }
  return members
}

/** With what only `$` holds, in the order that it says. */
function allMembers(
  { element, type, place: parent }: Visit,
  namespace: string,
  lines?: readonly number[],
): Member[] {
  const members: Member[] = []
  const counts = new Map<string, number>()
  for (const content of contentOf(element, type)) {
    const ordinal = members.length
    if (!('node' in content)) {
      const { rule, index, value } = content
      members.push(known(rule, index, value, parent, ordinal, lines))
      counts.set(rule.name, (counts.get(rule.name) ?? 0) + 1)
    } else if ('element' in content.node && typeof content.node.element === 'string') {
      const name = content.node.element.replace(/^.*:/, '')
      const rule = content.node.namespace === namespace ? type.byName.get(name) : undefined
      // One that the model has no room for, since the schema allows one only.
      const index = rule && counts.get(name)
      members.push({ place: { parent, name, index, ordinal, line: lines?.[ordinal + 1] }, rule })
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  return members
}

function known(
  rule: ChildRule,
  occurrence: number,
  value: unknown,
  parent: Place,
  ordinal: number,
  lines: readonly number[] | undefined,
): Member {
  const index = rule.max > 1 ? occurrence : undefined
  return { place: { parent, name: rule.name, index, ordinal, line: lines?.[ordinal + 1] }, rule, value }
}
