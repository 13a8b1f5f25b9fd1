import { DEEPEST } from '../../xml/tokenizer'
import type { PlainElement } from '../content'
import { CCR_NAMESPACE, ccrSchema, isCcrName, type ChildRule } from '../schema'
import { atOnce } from '../steps'
import type { CcrFinding } from './finding'
import { Links } from './links'
import { NAMELESS, type Place } from './place'
import { planOf, type Plan } from './plan'
import { Report, type Room } from './report'
import type { ElementRule } from './rules'
import { checkSequence, isRight, type Inside } from './sequence'
import { checkAttributes, reportUnknown, type AnyAttribute } from './structure'

/** Children that are put into order in one go: some tenths of a millisecond's work. */
const MANY = 500

const INTEGER = /^[ \t\r\n]*[+-]?\d+[ \t\r\n]*$/

/**
 * Finds what is wrong with a CCR while it is told of it in the order of the document: by a tree that is being built, or
 * by a walk through an object. It keeps ids, links and findings, and of the elements only those that are open.
 *
 * A `line` is that of an element's tag, 0 where there is none; an `index` says which of its name a child is, from 0.
 */
export class Checker {
  readonly report: Report
  readonly #links: Links
  /** The open elements: the first `#depth` of these. */
  readonly #frames: Frame[] = []
  #depth = 0
  /** Elements with so many children that their order is looked at in small steps, at the end. */
  readonly #large: { plan: Plan; inside: Inside }[] = []
  /** How many elements are open that are too deep inside. */
  #tooDeep = 0

  constructor(room: Room) {
    this.report = new Report(room)
    this.#links = new Links(this.report)
  }

  /** The root element begins. */
  begin(namespace: string, attributes: readonly AnyAttribute[], line: number): void {
    const { place } = this.#push().begin(planOf(ccrSchema), line)
    if (namespace !== CCR_NAMESPACE) {
      this.report.add('structure.namespace', place, `The namespace is not ${CCR_NAMESPACE}.`)
    }
    checkAttributes(attributes, ccrSchema.attributes, place, this.report, ccrSchema)
  }

  /** The root element alone has a namespace. */
  unqualified(): void {
    const place = this.#around()?.place
    const message = 'Only the root element has a namespace; those inside have none.'
    if (place) this.report.add('structure.namespace', place, message)
  }

  /** The element that has just begun has its name of the draft. */
  draft(written: string): void {
    const place = this.#around()?.place
    if (place?.parent === undefined) return
    const message = `${place.parent.name} may not contain ${written}, which is the draft's name for ${place.name}.`
    this.report.add('structure.element', place, message)
  }

  /** A child with children of its own begins. */
  open(rule: ChildRule, index: number, attributes: readonly AnyAttribute[], line: number): void {
    const around = this.#around()
    const child = around?.plan.children[rule.index]
    if (around === undefined || child?.plan === undefined || this.#depth === DEEPEST) {
      if (this.#tooDeep === 0) this.wrong(rule, index, `It is nested deeper than ${DEEPEST} elements.`, line)
      this.#tooDeep++
      return
    }
    const { plan, elementRule } = child
    const ordinal = around.add(rule, line)
    const frame = this.#push().begin(plan, line, around, rule, index, ordinal, elementRule)
    if (attributes.length > 0 && !plan.type.open) {
      checkAttributes(attributes, plan.type.attributes, frame.place, this.report, plan.type)
    }
  }

  /** The element at hand ends; `element` has all of its plain properties. */
  close(element: PlainElement): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--
      return
    }
    const frame = this.#around()
    if (frame === undefined) return
    this.#depth--
    const { plan, elementRule } = frame
    if (!plan.type.open) {
      if (!isRight(plan.slots, frame)) this.#checkSequence(frame)
      if (frame.hasText) {
        const message = `${frame.place.name} may contain elements only, but there is text in it.`
        this.report.add('structure.text', frame.place, message)
      }
    }
    plan.rule?.(element, frame.place, this.report)
    elementRule?.(element, frame.place, this.report)
    if (plan.isActor && element.Person !== undefined && typeof element.ActorObjectID === 'string') {
      this.#links.person(element.ActorObjectID)
    }
  }

  /** A child that has only text, with its attributes; `hasElement`: there are elements in it all the same. */
  leaf(
    rule: ChildRule,
    index: number,
    text: string,
    line: number,
    attributes: readonly AnyAttribute[],
    hasElement: boolean,
  ): void {
    const around = this.#around()
    if (around === undefined) return
    const ordinal = around.add(rule, line)
    const child = around.plan.children[rule.index]
    if (child === undefined || !(child.isWatched || hasElement || attributes.length > 0)) return
    const place = around.placeOf(ordinal, index)
    checkAttributes(attributes, [], place, this.report, rule.format ?? 'string')
    if (hasElement) {
      const message = `${rule.name} may contain text only, but there is an element in it.`
      this.report.add('structure.element', place, message)
    }
    if (rule.format === 'integer' && !INTEGER.test(text)) {
      this.report.add('structure.value', place, `${rule.name} has to be a whole number.`)
    }
    if (child.id) this.#links.leaf(child.id, text, place)
    child.leafRule?.(text, place, this.report)
  }

  /** A child that has no property: one that the schema does not know there, or with its rule one too many. */
  other(written: string, rule: ChildRule | undefined, line: number): void {
    const around = this.#around()
    if (around === undefined) return
    const ordinal = around.add(rule, line)
    const { type } = around.plan
    if (rule !== undefined || type.open) return
    const name = isCcrName(written) ? written : NAMELESS
    const index = name === NAMELESS ? ordinal : undefined
    const own = { parent: around.place, name, index, ordinal, line: lineOf(line) }
    reportUnknown(own, written, around.place, type, this.report)
  }

  /** A child whose value is not of its shape: of an object that a program made. */
  wrong(rule: ChildRule, index: number, message: string, line = 0): void {
    const around = this.#around()
    if (around) this.report.add('structure.shape', around.placeOf(around.add(rule, line), index), message)
  }

  /** There is text between the children. */
  text(): void {
    const around = this.#around()
    if (around) around.hasText = true
  }

  /** A property that is no element, or not in the shape of its rule: of an object that a program made. */
  property(name: string, rule: ChildRule | undefined): void {
    const around = this.#around()
    if (around === undefined || around.plan.type.open) return
    const own = { parent: around.place, name, ordinal: -1 }
    if (rule === undefined) reportUnknown(own, name, around.place, around.plan.type, this.report)
    else this.report.add('structure.shape', own, `${name} has to be no array: the schema allows one.`)
  }

  /** What has been found, once the root element has ended; in small steps. */
  *findings(): Generator<undefined, CcrFinding[], undefined> {
    for (const { plan, inside } of this.#large) yield* checkSequence(plan.type, inside, this.report)
    yield* this.#links.end()
    return yield* this.report.findings()
  }

  /** The element at hand, unless it is too deep inside. */
  #around(): Frame | undefined {
    return this.#tooDeep > 0 ? undefined : this.#frames[this.#depth - 1]
  }

  /** What is wrong inside the element that has just ended. */
  #checkSequence(frame: Frame): void {
    const { plan, size } = frame
    if (size <= MANY) atOnce(checkSequence(plan.type, frame, this.report))
    else {
      this.#large.push({ plan, inside: frame.keep() })
      this.#frames[this.#depth] = new Frame()
    }
  }

  #push(): Frame {
    return (this.#frames[this.#depth++] ??= new Frame())
  }
}

/** An open element. There is one for each depth, which is used again and again. */
class Frame implements Inside {
  plan = planOf(ccrSchema)
  /** What is asked of it because of its name. */
  elementRule: ElementRule | undefined
  hasText = false
  /** How many children it has so far. */
  size = 0

  #line = 0
  #around: Frame | undefined
  #index = 0
  #ordinal = 0
  #place: Place | undefined
  /** Of the children: the rule of each, its line, and which of its name it is. */
  readonly #rules: (ChildRule | undefined)[] = []
  readonly #lines: number[] = []
  #indices: readonly number[] | undefined

  begin(
    plan: Plan,
    line: number,
    around?: Frame,
    rule?: ChildRule,
    index = 0,
    ordinal = 0,
    elementRule?: ElementRule,
  ): this {
    this.plan = plan
    this.elementRule = elementRule
    this.hasText = false
    this.size = 0
    this.#line = line
    this.#around = rule && around
    this.#index = index
    this.#ordinal = ordinal
    this.#place = undefined
    this.#indices = undefined
    return this
  }

  get place(): Place {
    return (this.#place ??= this.#around
      ? this.#around.placeOf(this.#ordinal, this.#index)
      : { name: this.plan.type.name, ordinal: 0, line: lineOf(this.#line) })
  }

  /** Is not used for another element any more. */
  keep(): this {
    // Made as long as those around it are still the same.
    this.#place = this.place
    this.#around = undefined
    return this
  }

  /** Notes one more child. Returns which one it is of all, from 0. */
  add(rule: ChildRule | undefined, line: number): number {
    this.#rules[this.size] = rule
    this.#lines[this.size] = line
    return this.size++
  }

  rule(ordinal: number): ChildRule | undefined {
    return this.#rules[ordinal]
  }

  /** Of a child that the schema knows. */
  placeOf(ordinal: number, index = this.#indexOf(ordinal)): Place {
    const { name = NAMELESS, max = 1 } = this.#rules[ordinal] ?? {}
    const told = max > 1 || index > 0 ? index : undefined
    return { parent: this.place, name, index: told, ordinal, line: lineOf(this.#lines[ordinal]) }
  }

  #indexOf(ordinal: number): number {
    this.#indices ??= this.#countUp()
    return this.#indices[ordinal] ?? 0
  }

  #countUp(): number[] {
    const counts = this.plan.children.map(() => 0)
    return this.#rules.slice(0, this.size).map((rule) => {
      if (rule === undefined) return 0
      const index = counts[rule.index] ?? 0
      counts[rule.index] = index + 1
      return index
    })
  }
}

const lineOf = (line: number | undefined): number | undefined => (line === 0 ? undefined : line)
