import type { XmlAttribute } from '../../xml/nodes'
import type { PlainElement } from '../content'
import type { TypeRule } from '../schema'
import { NAMELESS, type Place } from './place'
import type { Report } from './report'

const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance'
/** Attributes that XML Schema allows on every element; `nil` it allows only where a schema says so, and CCR's never does. */
const everywhere = ['type', 'schemaLocation', 'noNamespaceSchemaLocation']

/** An attribute, also as a flow may have left it. */
export type AnyAttribute = XmlAttribute | PlainElement

export function checkAttributes(
  attributes: readonly AnyAttribute[],
  allowed: readonly string[] = [],
  place: Place,
  report: Report,
  type: TypeRule | keyof typeof simple,
): void {
  for (const { name, namespace, value } of attributes) {
    if (typeof name !== 'string') continue
    const [local = '', prefix] = name.split(':').reverse()
    if (local === 'xmlns' || prefix === 'xmlns') continue
    const known = namespace === SCHEMA_INSTANCE ? everywhere : prefix ? [] : allowed
    if (known.includes(local)) {
      if (namespace === SCHEMA_INSTANCE && local === 'type' && !isTypeOf(value, type)) {
        report.add(
          'structure.attribute',
          place,
          `The xsi:type of ${place.name} is not the type that the schema has.`,
        )
      }
      continue
    }
    report.add(
      'structure.attribute',
      place,
      `${place.name} has an attribute that the schema does not know there.`,
    )
  }
}

/** XML Schema's own types, with those that are derived of them. */
const simple = {
  string: new Set('string normalizedString token language Name NCName NMTOKEN ID IDREF ENTITY'.split(' ')),
  integer: new Set(
    'integer long int short byte nonNegativeInteger positiveInteger negativeInteger'.split(' '),
  ),
}

/** Does it name the type? Those that contain others are only named where they end so. */
function isTypeOf(value: unknown, type: TypeRule | keyof typeof simple): boolean {
  const local = typeof value === 'string' ? value.trim().replace(/^.*:/, '') : ''
  return typeof type === 'string' ? simple[type].has(local) : type.name === local && local.endsWith('Type')
}

/** An element, or a property, that has no place in the one around it. `written`: its name there. */
export function reportUnknown(
  own: Place,
  written: string,
  parent: Place,
  type: TypeRule,
  report: Report,
): void {
  const meant = namesOf(type).get(written.toLowerCase())
  const hint = meant && meant !== own.name ? ` Is ${meant} meant?` : ''
  const what = own.name === NAMELESS ? 'an element that CCR does not know' : own.name
  report.add('structure.element', own, `${parent.name} may not contain ${what}.${hint}`)
}

const names = new WeakMap<TypeRule, ReadonlyMap<string, string>>()

/** The names of a type's children by the same in lower case. */
function namesOf(type: TypeRule): ReadonlyMap<string, string> {
  let known = names.get(type)
  if (known === undefined) {
    known = new Map(type.children.map(({ name }) => [name.toLowerCase(), name]))
    names.set(type, known)
  }
  return known
}
