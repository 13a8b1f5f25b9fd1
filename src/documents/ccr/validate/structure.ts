import { isDraftName, type ChildRule, type TypeRule } from '../schema'
import { isPlain, type PlainElement } from '../content'
import type { Member } from './member'
import { NAMELESS, type Place } from './place'
import type { Report } from './report'
import { leafText } from '../leaf-text'
import { checkSequence } from './sequence'

const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance'
/** Attributes that XML Schema allows on every element; `nil` it allows only where a schema says so, and CCR's never does. */
const everywhere = ['type', 'schemaLocation', 'noNamespaceSchemaLocation']

/** Holds one element to the schema, without what is inside its children. */
export function checkStructure(
  element: PlainElement,
  type: TypeRule,
  place: Place,
  members: readonly Member[],
  report: Report,
): void {
  if (type.open) return
  if (element.$) checkExtra(element, type, place, members, report)
  checkProperties(element, type, place, report)
  for (const member of members) {
    if (!member.rule) reportUnknown(member.place, member.written ?? '', place, type, report)
    else if (member.value !== undefined) checkValue(member.value, member.rule, member.place, report)
  }
  checkSequence(type, place, members, report)
}

function checkExtra(
  element: PlainElement,
  type: TypeRule,
  place: Place,
  members: readonly Member[],
  report: Report,
): void {
  const { attributes, content, leaves } = extraOf(element)
  checkAttributes(attributes, type.attributes, place, report)
  if (isDraftName(element.$?.name, place.name)) {
    const [own, around] = [element.$.name, place.parent?.name ?? '']
    const message = `${around} may not contain ${own}, which is the draft's name for ${place.name}.`
    report.add('structure.element', place, message)
  }
  if (content.some((node) => typeof node.text === 'string')) {
    report.add('structure.text', place, `${place.name} may contain elements only, but there is text in it.`)
  }
  if (leaves.length > 0) checkLeaves(leaves, members, report)
}

function reportUnknown(own: Place, written: string, parent: Place, type: TypeRule, report: Report): void {
  const meant = type.children.find(({ name }) => name.toLowerCase() === written.toLowerCase())?.name
  const hint = meant && meant !== own.name ? ` Is ${meant} meant?` : ''
  const what = own.name === NAMELESS ? 'an element that CCR does not know' : own.name
  report.add('structure.element', own, `${parent.name} may not contain ${what}.${hint}`)
}

/** `$` as far as it is in order: what a flow made of it is no finding, since the writer passes over it. */
function extraOf({
  $,
}: {
  $?: unknown
}): Record<'attributes' | 'content' | 'leaves', readonly PlainElement[]> {
  const list = (name: string) => {
    const found: unknown = isPlain($) ? $[name] : undefined
    return Array.isArray(found) ? found.filter(isPlain) : []
  }
  return { attributes: list('attributes'), content: list('content'), leaves: list('leaves') }
}

function checkAttributes(
  attributes: readonly PlainElement[],
  allowed: readonly string[] = [],
  place: Place,
  report: Report,
): void {
  for (const { name, namespace } of attributes) {
    if (typeof name !== 'string') continue
    const [local = '', prefix] = name.split(':').reverse()
    if (local === 'xmlns' || prefix === 'xmlns') continue
    const known = namespace === SCHEMA_INSTANCE ? everywhere : prefix ? [] : allowed
    if (known.includes(local)) continue
    report.add(
      'structure.attribute',
      place,
      `${place.name} has an attribute that the schema does not know there.`,
    )
  }
}

/** A leaf holds text alone; anything else of it is in its parent's `$`. */
function checkLeaves(leaves: readonly PlainElement[], members: readonly Member[], report: Report): void {
  const key = (name: unknown, index: unknown) => `${String(name)} ${String(index)}`
  const places = new Map(members.map(({ place }) => [key(place.name, place.index ?? 0), place]))
  for (const leaf of leaves) {
    const place = places.get(key(leaf.name, leaf.index))
    if (!place) continue
    const { attributes, content } = extraOf({ $: leaf })
    checkAttributes(attributes, [], place, report)
    if (content.some((node) => typeof node.element === 'string')) {
      report.add(
        'structure.element',
        place,
        `${place.name} may contain text only, but there is an element in it.`,
      )
    }
  }
}

/** What can only be wrong with objects that a program made. */
function checkProperties(element: PlainElement, type: TypeRule, parent: Place, report: Report): void {
  for (const name of Object.keys(element)) {
    const value = element[name]
    if (name === '$' || value === undefined || value === null) continue
    const own = { parent, name, ordinal: -1 }
    const rule = type.byName.get(name)
    if (!rule) reportUnknown(own, name, parent, type, report)
    else if (Array.isArray(value) && rule.max === 1) {
      report.add('structure.shape', own, `${name} has to be no array: the schema allows one.`)
    }
  }
}

function checkValue(value: unknown, { name, type, format }: ChildRule, place: Place, report: Report): void {
  const text = leafText(value)
  if (type !== 'string') {
    if (!isPlain(value)) report.add('structure.shape', place, `${name} has to be an object.`)
  } else if (text === undefined) {
    report.add('structure.shape', place, `${name} has to be a string.`)
  } else if (format === 'integer' && !/^[ \t\r\n]*[+-]?\d+[ \t\r\n]*$/.test(text)) {
    report.add('structure.value', place, `${name} has to be a whole number.`)
  }
}
