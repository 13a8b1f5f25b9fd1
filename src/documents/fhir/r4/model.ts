import { codeSets, domainResources, elements, openTypes, otherResources } from './definitions'

/** What R4 says of one property of a JSON object. */
export interface Property {
  /** A type of R4, or the place of elements of their own: `Patient.contact`. */
  type: string
  isMany: boolean
  /** Of `value[x]`, which may be there once: `value`. */
  choice?: string
  /** The types that a reference may point to; any where this is missing. */
  targets?: ReadonlySet<string>
  codes?: CodeSet
}

export interface CodeSet {
  systems: readonly string[]
  codes: ReadonlySet<string>
}

export interface Type {
  properties: ReadonlyMap<string, Property>
  /** What has to be there, with all the names that it may have. */
  needs: readonly { name: string; names: readonly string[] }[]
}

const words = (text: string): string[] => text.trim().split(/\s+/)

const withNarrative = new Set(words(domainResources))
const resources = new Set([...withNarrative, ...words(otherResources)])
const open = words(openTypes)

export function isResourceType(name: unknown): name is string {
  return typeof name === 'string' && resources.has(name)
}

export const primitives: ReadonlySet<string> = new Set(
  words(`base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string
    time unsignedInt uri url uuid xhtml`),
)

let written: Map<string, string> | undefined
const types = new Map<string, Type>()

function blocks(): ReadonlyMap<string, string> {
  written ??= new Map(
    elements
      .trim()
      .split(/\n(?! )/)
      .map((block) => [block.split('\n', 1)[0] ?? '', block]),
  )
  return written
}

let names: Set<string> | undefined
let namesOfTimes: Set<string> | undefined

/** The names of all elements, in any type. */
export function elementNames(): ReadonlySet<string> {
  names ??= new Set(allProperties().map(([name]) => name))
  return names
}

/** The names of all elements that are a dateTime or an instant in any type. */
export function timeNames(): ReadonlySet<string> {
  namesOfTimes ??= new Set(
    allProperties()
      .filter(([, { type }]) => type === 'dateTime' || type === 'instant')
      .map(([name]) => name),
  )
  return namesOfTimes
}

function allProperties(): [name: string, property: Property][] {
  return [...blocks().keys()].flatMap((name) => [...(typeOf(name)?.properties ?? [])])
}

/** A type, or the elements at a place; undefined where R4 has none. Read when it is first asked for. */
export function typeOf(name: string): Type | undefined {
  const known = types.get(name)
  if (known) return known
  const block = blocks().get(name)
  if (block === undefined) return undefined
  const type = read(name, block)
  types.set(name, type)
  return type
}

const LINE = /^ {2}(\w+)(\[x\])?([!*+]?) (.+?)(?: =(\S+))?$/

function read(name: string, block: string): Type {
  const properties = new Map<string, Property>()
  const needs: { name: string; names: string[] }[] = []
  for (const base of basesOf(name).filter((one) => one !== name)) {
    for (const [property, facts] of typeOf(base)?.properties ?? []) properties.set(property, facts)
  }
  for (const line of block.split('\n').slice(1)) {
    const [, element = '', isChoice, cardinality = '', described = '', set] = LINE.exec(line) ?? []
    const isMany = cardinality === '*' || cardinality === '+'
    const codes = set === undefined ? undefined : codeSet(set)
    const names: string[] = []
    for (const one of described === '*' ? open : described.split(' ')) {
      const [, plain = '', targets] = /^([^(]+)(?:\((.*)\))?$/.exec(one) ?? []
      const property = isChoice ? `${element}${plain.charAt(0).toUpperCase()}${plain.slice(1)}` : element
      names.push(property)
      properties.set(property, {
        type: plain === '.' ? `${name}.${element}` : plain.replace('@', ''),
        isMany,
        ...(isChoice ? { choice: element } : {}),
        ...(targets === undefined ? {} : { targets: new Set(targets.split('|')) }),
        ...(codes ? { codes } : {}),
      })
    }
    if (cardinality === '!' || cardinality === '+') {
      needs.push({ name: isChoice ? `${element}[x]` : element, names })
    }
  }
  return { properties, needs }
}

/** Whose elements it has beside its own. */
function basesOf(name: string): string[] {
  if (name === 'Element' || name === 'Resource') return []
  if (name === 'DomainResource' || resources.has(name)) {
    return withNarrative.has(name) ? ['Resource', 'DomainResource'] : ['Resource']
  }
  // Elements of a resource's own may have extensions that change what they mean; those of a data type may not.
  const isBackbone = name.includes('.') && resources.has(name.split('.', 1)[0] ?? '')
  return isBackbone || backboneTypes.has(name) ? ['Element', 'BackboneElement'] : ['Element']
}

/** Data types that are built like elements of a resource. */
const backboneTypes = new Set(
  words(`BackboneElement Dosage ElementDefinition MarketingStatus Population ProdCharacteristic ProductShelfLife
    SubstanceAmount Timing`),
)

let sets: Map<string, CodeSet> | undefined

function codeSet(name: string): CodeSet | undefined {
  sets ??= new Map(
    codeSets
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([set = '', systems = '', codes = '']) => [
        set,
        { systems: systems.split(','), codes: new Set(codes.split('|')) },
      ]),
  )
  return sets.get(name)
}
