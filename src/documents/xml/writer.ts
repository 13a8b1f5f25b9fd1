import { GatewayError } from '../../errors'
import { firstNotChar, isNcName, isQName } from './characters'
import { XML_NAMESPACE, XMLNS_NAMESPACE, type XmlNode } from './nodes'

/** The namespaces in force, by prefix. */
export type Namespaces = ReadonlyMap<string, string>

export const NO_NAMESPACES: Namespaces = new Map([
  ['', ''],
  ['xml', XML_NAMESPACE],
])

/** All that has to be written otherwise than as it is, or not at all, and the halves of surrogate pairs. */
const special = /[^\t\n\x20-%'-;=?-\ud7ff\ue000-\ufffd]/
const specialInAttribute = /[^\x20!#-%'-;=-\ud7ff\ue000-\ufffd]/
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
const reference = (character: string): string => references[character] ?? character

/** Deeper than what is read. */
const DEEPEST = 512

/** An element's name as it is wanted. */
export interface WantedName {
  prefix: string
  local: string
  /** Undefined: whatever the prefix stands for. */
  namespace: string | undefined
}

/** Begins of lines by depth. */
const indents: string[] = []

/**
 * Writes XML into `out`. What it is given as plain data it takes as far as XML can say it, and leaves out the rest:
 * names that are none, attributes given twice, comments with "--". Prefixes are declared where they are not in force.
 * Text that XML cannot carry is HG_INPUT, with the place that `where` tells.
 */
export class XmlWriter {
  out = ''
  readonly #pretty: boolean
  readonly #where: () => string

  constructor(pretty: boolean, where: () => string) {
    this.#pretty = pretty
    this.#where = where
  }

  /** A new line for an element of this depth. */
  line(depth: number): void {
    if (this.#pretty) this.out += indents[depth] ??= `\n${'  '.repeat(depth)}`
  }

  escaped(text: string): string {
    if (!special.test(text)) return text
    this.#check(text)
    return text.replace(/[&<>\r]/g, reference)
  }

  /** Writes a start tag without its end. Returns the name as it is written, and the namespaces inside. */
  open(wanted: WantedName, attributes: unknown, around: Namespaces): { name: string; inside: Namespaces } {
    const list = Array.isArray(attributes) ? attributes.filter(isAttribute) : []
    const declared = declarations(list)
    const prefix = declare(wanted, declared, around)
    const kept = attributesOf(list, prefix, declared, around)
    const name = prefix === '' ? wanted.local : `${prefix}:${wanted.local}`
    this.out += `<${name}`
    for (const [declaredPrefix, namespace] of declared) {
      if (around.get(declaredPrefix) === namespace) continue
      this.#attribute(declaredPrefix === '' ? 'xmlns' : `xmlns:${declaredPrefix}`, namespace)
    }
    for (const attribute of kept) this.#attribute(attribute.name, attribute.value)
    return { name, inside: declared.size === 0 ? around : new Map([...around, ...declared]) }
  }

  /** Writes anything. `inline`: no white space may be added. */
  node(node: XmlNode, namespaces: Namespaces, depth: number, inline: boolean): void {
    if ('text' in node) {
      if (typeof node.text === 'string') this.out += this.escaped(node.text)
    } else if ('comment' in node) this.#comment(node.comment, depth, inline)
    else if ('instruction' in node) this.#instruction(node.instruction, node.data, depth, inline)
    else this.#element(node, namespaces, depth, inline)
  }

  #comment(comment: unknown, depth: number, inline: boolean): void {
    if (typeof comment !== 'string' || /--|-$/.test(comment) || firstNotChar(comment) >= 0) return
    if (!inline) this.line(depth)
    this.out += `<!--${comment}-->`
  }

  #instruction(target: unknown, data: unknown, depth: number, inline: boolean): void {
    if (typeof target !== 'string' || !isNcName(target) || /^xml$/i.test(target)) return
    const text = typeof data === 'string' ? data : ''
    if (text.includes('?>') || firstNotChar(text) >= 0) return
    if (!inline) this.line(depth)
    this.out += text === '' ? `<?${target}?>` : `<?${target} ${text}?>`
  }

  /** The same in small steps. */
  *nodeInSteps(
    node: XmlNode,
    namespaces: Namespaces,
    depth: number,
    inline: boolean,
  ): Generator<undefined, void, undefined> {
    if (!('element' in node)) {
      this.node(node, namespaces, depth, inline)
      return
    }
    const inside = this.#start(node, namespaces, depth, inline)
    if (inside === undefined) return
    const { name, inner, children } = inside
    const mixed = inline || !isSpaced(children)
    for (const child of children) {
      yield
      yield* this.nodeInSteps(child, inner, depth + 1, mixed)
    }
    this.#end(name, depth, mixed)
  }

  #element(element: unknown, around: Namespaces, depth: number, inline: boolean): void {
    const inside = this.#start(element, around, depth, inline)
    if (inside === undefined) return
    const { name, inner, children } = inside
    const mixed = inline || !isSpaced(children)
    for (const child of children) this.node(child, inner, depth + 1, mixed)
    this.#end(name, depth, mixed)
  }

  /** Writes the tag of what is an element; what is inside and its end are left to do. */
  #start(
    element: unknown,
    around: Namespaces,
    depth: number,
    inline: boolean,
  ): { name: string; inner: Namespaces; children: readonly XmlNode[] } | undefined {
    if (!isElement(element)) return undefined
    if (depth > DEEPEST) throw tooDeep(this.#where())
    if (!inline) this.line(depth)
    const colon = element.element.indexOf(':')
    const wanted = {
      prefix: colon < 0 ? '' : element.element.slice(0, colon),
      local: element.element.slice(colon + 1),
      namespace: typeof element.namespace === 'string' ? element.namespace : undefined,
    }
    const { name, inside: inner } = this.open(wanted, element.attributes, around)
    const children = Array.isArray(element.children) ? element.children.filter(isNode) : []
    if (children.length === 0) {
      this.out += '/>'
      return undefined
    }
    this.out += '>'
    return { name, inner, children }
  }

  #end(name: string, depth: number, mixed: boolean): void {
    if (!mixed) this.line(depth)
    this.out += `</${name}>`
  }

  #attribute(name: string, value: string): void {
    let text = value
    if (specialInAttribute.test(value)) {
      this.#check(value)
      text = value.replace(/[&<"\t\n\r]/g, reference)
    }
    this.out += ` ${name}="${text}"`
  }

  #check(text: string): void {
    if (firstNotChar(text) < 0) return
    throw new GatewayError(
      'HG_INPUT',
      `${this.#where()} has a character that XML cannot carry, such as a control character. Take it out.`,
    )
  }
}

export function tooDeep(where: string): GatewayError {
  return new GatewayError('HG_INPUT', `${where} is nested too deep, or contains itself.`)
}

/** May white space be added between these? Where there is no element, it would be text. */
export const isSpaced = (nodes: readonly object[]): boolean =>
  nodes.some((node) => 'element' in node || 'document' in node) && !nodes.some((node) => 'text' in node)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export const isNode = (value: unknown): value is XmlNode =>
  isObject(value) && ['text', 'comment', 'instruction', 'element'].some((key) => key in value)

function isElement(
  value: unknown,
): value is { element: string; namespace?: unknown; attributes?: unknown; children?: unknown } {
  return isObject(value) && typeof value['element'] === 'string' && isQName(value['element'])
}

interface Attribute {
  name: string
  value: string
  namespace?: unknown
}

/** An attribute that can be written; its namespace may be anything. */
const isAttribute = (value: unknown): value is Attribute =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  typeof value['value'] === 'string' &&
  isQName(value['name'])

/** What the attributes declare: namespaces by prefix. */
function declarations(attributes: readonly Attribute[]): Map<string, string> {
  const declared = new Map<string, string>()
  for (const { name, value } of attributes) {
    if (isReserved(value)) continue
    if (name === 'xmlns') declared.set('', value)
    else if (name.startsWith('xmlns:') && isDeclarable(name.slice(6)) && value !== '') {
      declared.set(name.slice(6), value)
    }
  }
  return declared
}

const isReserved = (namespace: unknown): boolean =>
  namespace === XML_NAMESPACE || namespace === XMLNS_NAMESPACE

const isDeclarable = (prefix: string): boolean => prefix !== 'xml' && prefix !== 'xmlns' && isNcName(prefix)

/** Sees to it that the name's prefix stands for its namespace inside. Returns the prefix. */
function declare(wanted: WantedName, declared: Map<string, string>, around: Namespaces): string {
  if (wanted.namespace === XML_NAMESPACE) return 'xml'
  const namespace = wanted.namespace === XMLNS_NAMESPACE ? undefined : wanted.namespace
  const prefix = namespace !== '' && isDeclarable(wanted.prefix) ? wanted.prefix : ''
  const bound = declared.get(prefix) ?? around.get(prefix)
  if (namespace === undefined) return bound === undefined ? '' : prefix
  if (bound === namespace) return prefix
  declared.delete(prefix)
  if (around.get(prefix) !== namespace) declared.set(prefix, namespace)
  return prefix
}

/** The attributes that can be written, each once; what their prefixes need is added to `declared`. */
function attributesOf(
  attributes: readonly Attribute[],
  elementPrefix: string,
  declared: Map<string, string>,
  around: Namespaces,
): Attribute[] {
  const seen = new Set<string>()
  return attributes.filter(({ name, namespace }) => {
    if (name === 'xmlns' || name.startsWith('xmlns:')) return false
    const colon = name.indexOf(':')
    let expanded = name
    if (colon >= 0) {
      const prefix = name.slice(0, colon)
      let bound = declared.get(prefix) ?? around.get(prefix)
      if (typeof namespace === 'string' && bound !== namespace) {
        const free = prefix !== elementPrefix && !declared.has(prefix) && isDeclarable(prefix)
        if (!free || namespace === '' || isReserved(namespace)) return false
        declared.set(prefix, namespace)
        bound = namespace
      }
      if (bound === undefined) return false
      expanded = `${name.slice(colon + 1)} ${bound}`
    }
    if (seen.has(expanded)) return false
    seen.add(expanded)
    return true
  })
}
