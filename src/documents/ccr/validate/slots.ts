import type { Particle, TypeRule } from '../schema'

/** One place in the sequence of a content model, with the names that may stand there. */
export interface Slot {
  readonly names: readonly string[]
  readonly min: number
  /** How often one name may stand there; of several names only one may. */
  readonly max: number
}

/** A content model as what it comes to: places one after the other. */
export interface Slots {
  readonly slots: readonly Slot[]
  /** Where a child may stand, by the index of its rule: the numbers of its slots, ascending. */
  readonly of: readonly (readonly number[])[]
  /** How many slots must not be empty. */
  readonly required: number
}

const known = new WeakMap<TypeRule, Slots>()

export function slotsOf(type: TypeRule): Slots {
  const before = known.get(type)
  if (before) return before
  const slots = type.content.particles.map(slotOf)
  const of = type.children.map(({ name }) =>
    slots.flatMap(({ names }, number) => (names.includes(name) ? [number] : [])),
  )
  const made = { slots, of, required: slots.filter(({ min }) => min > 0).length }
  known.set(type, made)
  return made
}

function slotOf(particle: Particle): Slot {
  if (particle.kind === 'element') {
    return { names: [particle.name], min: particle.min, max: particle.max }
  }
  const inside = particle.particles.map(slotOf)
  return {
    names: inside.flatMap(({ names }) => names),
    min: Math.min(...inside.map(({ min }) => min)),
    max: Math.max(...inside.map(({ max }) => max)),
  }
}
