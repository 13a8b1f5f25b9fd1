import type { ChildRule, TypeRule } from '../schema'
import { idRules, type IdRule } from './links'
import { leafRules, nameRules, typeRules, type ElementRule, type LeafRule } from './rules'
import { slotsOf, type Slots } from './slots'

/** All that is asked of elements of a type, so that nothing has to be looked up by name while a document is read. */
export interface Plan {
  readonly type: TypeRule
  readonly slots: Slots
  /** By the index of their rules. */
  readonly children: readonly ChildPlan[]
  readonly rule: ElementRule | undefined
  readonly isActor: boolean
}

/** What is asked of a child because of its name. */
export interface ChildPlan {
  readonly rule: ChildRule
  /** Of a child with children of its own. */
  readonly plan: Plan | undefined
  readonly elementRule: ElementRule | undefined
  readonly leafRule: LeafRule | undefined
  readonly id: IdRule | undefined
  /** Is anything asked of its text? */
  readonly isWatched: boolean
}

const known = new Map<TypeRule, Plan>()

/** Types contain each other: the plan is noted before its children are. */
export function planOf(type: TypeRule): Plan {
  const before = known.get(type)
  if (before) return before
  const children: ChildPlan[] = []
  const plan = {
    type,
    slots: slotsOf(type),
    children,
    rule: typeRules.get(type.name),
    isActor: type.name === 'ActorType',
  }
  known.set(type, plan)
  for (const rule of type.children) children.push(childPlan(rule))
  return plan
}

function childPlan(rule: ChildRule): ChildPlan {
  if (rule.type !== 'string') {
    const elementRule = nameRules.get(rule.name)
    return {
      rule,
      plan: planOf(rule.type),
      elementRule,
      leafRule: undefined,
      id: undefined,
      isWatched: false,
    }
  }
  const leafRule = leafRules.get(rule.name)
  const id = idRules.get(rule.name)
  const isWatched = leafRule !== undefined || id !== undefined || rule.format !== undefined
  return { rule, plan: undefined, elementRule: undefined, leafRule, id, isWatched }
}
