import { GatewayError } from '../../errors'
import { kindOf } from '../kind-of'
import type { XmlNode } from '../xml/nodes'
import { giveTurn } from '../../turn'
import { Pieces } from '../xml/pieces'
import { DEEPEST } from '../xml/tokenizer'
import { stopped } from '../xml/source'
import { isNode, isSpaced, NO_NAMESPACES, tooDeep, XmlWriter, type Namespaces } from '../xml/writer'
import {
  contentOf,
  isPlain,
  leavesOf,
  present,
  type Content,
  type Contents,
  type Leaves,
  type PlainElement,
} from './content'
import type { CcrAround, CcrWrapper } from './extra'
import type { CcrDocument } from './model'
import type { CcrCollection } from './read'
import { CCR_NAMESPACE, ccrSchema, isDraftName, type ChildRule, type TypeRule } from './schema'
import { leafText } from './leaf-text'
import { isSmall } from './small'
import { atOnce, STEPS } from './steps'

export interface WriteCcrOptions {
  /** One element a line, indented. Otherwise without any white space between elements. */
  pretty?: boolean | undefined
}

/** Characters that are put together before they are handed on. */
const PIECE = 16 * 1024

/**
 * Writes a CCR as XML, always the same for the same model: elements in schema order, or in the order that `$` holds.
 * The plain properties decide what is written, `$` adds to it what fits. A Date is written in ISO 8601, a number as
 * text, null and undefined not at all. HG_INPUT, with the path: a property that CCR does not have, a value of another
 * shape than its type's, or a character that XML cannot carry.
 */
export function writeCcr(ccr: CcrDocument, options: WriteCcrOptions = {}): string {
  return asText(new CcrWriter(options).root(ccr))
}

/** Writes all CCRs of a collection with what was around them. Throws as `writeCcr`. */
export function writeCcrs(collection: CcrCollection, options: WriteCcrOptions = {}): string {
  if (!isPlain(collection) || !Array.isArray(collection.documents)) {
    throw new GatewayError('HG_INPUT', 'There are no CCRs to write. Give an object with an array, documents.')
  }
  const { documents, around } = collection
  const writer = new CcrWriter(options)
  if (around !== undefined) return asText(writer.around(around, documents))
  const [document] = documents
  if (document === undefined || documents.length > 1) {
    throw new GatewayError(
      'HG_INPUT',
      `${documents.length} CCRs cannot be one document without what is around them.`,
    )
  }
  return asText(writer.root(document))
}

/** Writes a CCR as a stream of bytes in UTF-8; other work gets its turn in between. Rejects as `writeCcr` throws. */
export async function* writeCcrStream(
  ccr: CcrDocument,
  options: WriteCcrOptions = {},
): AsyncGenerator<Buffer, void, undefined> {
  for (const piece of new CcrWriter(options).root(ccr)) {
    if (piece !== '') yield Buffer.from(piece)
    await giveTurn()
  }
}

/** The same as `writeCcr`, at the event loop's convenience. Rejects with what `writeCcr` throws; HG_CLOSED when aborted. */
export async function ccrText(
  ccr: CcrDocument,
  { signal, ...options }: WriteCcrOptions & { signal?: AbortSignal | undefined } = {},
): Promise<string> {
  const text = new Pieces()
  for (const piece of new CcrWriter(options).root(ccr)) {
    if (signal?.aborted) throw stopped()
    if (piece !== '') text.add(piece)
    await giveTurn()
  }
  return text.joined()
}

function asText(pieces: Iterable<string>): string {
  const text = new Pieces()
  for (const piece of pieces) text.add(piece)
  return text.joined()
}

/** What is in force where an element is written. */
interface Surroundings {
  prefix: string
  namespaces: Namespaces
}

interface Tags {
  open: string
  close: string
  empty: string
}

/** Its pieces are empty where it only gives a turn. */
class CcrWriter {
  readonly #xml: XmlWriter
  /** The way to the element at hand: names, and indices where there may be several. */
  readonly #names: string[] = []
  readonly #indices: number[] = []
  #namespace = CCR_NAMESPACE
  /** Tags without attributes, by name; all with one prefix. */
  #tags = new Map<string, Tags>()
  #tagPrefix = ''

  constructor({ pretty = false }: WriteCcrOptions) {
    this.#xml = new XmlWriter(pretty, () => this.#where())
  }

  /** A document with the CCR as its root element. */
  *root(ccr: CcrDocument): Generator<string> {
    this.#xml.out = '<?xml version="1.0" encoding="UTF-8"?>\n'
    const extra = isPlain(ccr) && isPlain(ccr.$) ? ccr.$ : {}
    yield* this.#beside(extra['before'])
    yield* this.#document(ccr, NO_NAMESPACES, 0)
    this.#xml.out += '\n'
    yield* this.#beside(extra['after'])
    yield this.#take()
  }

  /** A document with CCRs somewhere inside. */
  *around(around: readonly CcrAround[], documents: readonly CcrDocument[]): Generator<string> {
    this.#xml.out = '<?xml version="1.0" encoding="UTF-8"?>'
    for (const node of around) yield* this.#around(node, documents, NO_NAMESPACES, 0, false)
    this.#xml.out += '\n'
    yield this.#take()
  }

  *#around(
    node: CcrAround,
    documents: readonly CcrDocument[],
    namespaces: Namespaces,
    depth: number,
    inline: boolean,
  ): Generator<string> {
    if (depth > DEEPEST) throw tooDeep(this.#where())
    if ('document' in node) {
      const ccr = documents[node.document]
      if (ccr === undefined) return
      if (!inline) this.#xml.line(depth)
      yield* this.#document(ccr, namespaces, depth)
    } else if ('element' in node) {
      if (!inline) this.#xml.line(depth)
      yield* this.#wrapper(node, documents, namespaces, depth, inline)
    } else this.#xml.node(node, namespaces, depth, inline)
  }

  *#wrapper(
    wrapper: CcrWrapper,
    documents: readonly CcrDocument[],
    namespaces: Namespaces,
    depth: number,
    inline: boolean,
  ): Generator<string> {
    const [local = '', prefix = ''] = wrapper.element.split(':').reverse()
    const wanted = { prefix, local, namespace: wrapper.namespace }
    const { name, inside } = this.#xml.open(wanted, wrapper.attributes, namespaces)
    const children = wrapper.children ?? []
    if (children.length === 0) {
      this.#xml.out += '/>'
      return
    }
    this.#xml.out += '>'
    const mixed = inline || !isSpaced(children)
    for (const child of children) yield* this.#around(child, documents, inside, depth + 1, mixed)
    if (!mixed) this.#xml.line(depth)
    this.#xml.out += `</${name}>`
  }

  *#document(ccr: CcrDocument, namespaces: Namespaces, depth: number): Generator<string> {
    this.#names.length = this.#indices.length = 0
    if (!isPlain(ccr)) throw this.#wrong(ccr, 'an object')
    const { namespace } = isPlain(ccr.$) ? ccr.$ : {}
    this.#namespace = typeof namespace === 'string' ? namespace : CCR_NAMESPACE
    const surroundings = { prefix: '', namespaces }
    yield* this.#pieces('ContinuityOfCareRecord', ccrSchema, ccr, surroundings, depth)
  }

  #take(): string {
    const piece = this.#xml.out
    this.#xml.out = ''
    return piece
  }

  /** What has been written, once that is enough to hand on. */
  #piece(): string {
    return this.#xml.out.length >= PIECE ? this.#take() : ''
  }

  /** Goes on with what is made in small steps. */
  *#inTurns<T>(steps: Iterator<undefined, T, undefined>): Generator<string, T, undefined> {
    for (let count = 1; ; count++) {
      const { done, value } = steps.next()
      if (done === true) return value
      if (count % STEPS === 0 || this.#xml.out.length >= PIECE) yield this.#piece()
    }
  }

  /** As `#element`, in pieces: whatever is not small is written in several. */
  *#pieces(
    name: string,
    type: TypeRule,
    element: PlainElement,
    around: Surroundings,
    depth: number,
  ): Generator<string> {
    if (this.#names.length > DEEPEST) throw tooDeep(this.#where())
    const { name: written, inside } = this.#start(name, element, around)
    this.#checkProperties(element, type)
    const contents = yield* this.#inTurns(contentOf(element, type, this.#namespace))
    if (isEmpty(contents)) {
      this.#xml.out += '/>'
      return
    }
    this.#xml.out += '>'
    const mixed = isMixed(contents)
    const leaves = yield* this.#inTurns(leavesOf(element))
    let count = 0
    for (const child of contents.items()) {
      if ('node' in child) {
        if (isNode(child.node)) {
          yield* this.#inTurns(this.#xml.nodeInSteps(child.node, inside.namespaces, depth + 1, mixed))
        }
      } else if (child.rule.type !== 'string' && isPlain(child.value) && !isSmall(child.value)) {
        if (!mixed) this.#xml.line(depth + 1)
        this.#enter(child.rule, child.index)
        yield* this.#pieces(child.rule.name, child.rule.type, child.value, inside, depth + 1)
        this.#leave()
      } else this.#child(child, leaves, inside, depth + 1, mixed)
      if (++count % STEPS === 0 || this.#xml.out.length >= PIECE) yield this.#piece()
    }
    if (!mixed) this.#xml.line(depth)
    this.#xml.out += `</${written}>`
  }

  /** An element with children; `inline`: no white space may be added. */
  #element(name: string, type: TypeRule, element: PlainElement, around: Surroundings, depth: number): void {
    if (this.#names.length > DEEPEST) throw tooDeep(this.#where())
    const { $: extra } = element
    if (extra === undefined && this.#plain(name, type, element, around, depth)) return
    const { name: written, inside } = this.#start(name, element, around)
    this.#checkProperties(element, type)
    const contents = atOnce(contentOf(element, type, this.#namespace))
    if (isEmpty(contents)) {
      this.#xml.out += '/>'
      return
    }
    this.#xml.out += '>'
    const mixed = isMixed(contents)
    const leaves = atOnce(leavesOf(element))
    for (const child of contents.items()) this.#child(child, leaves, inside, depth + 1, mixed)
    if (!mixed) this.#xml.line(depth)
    this.#xml.out += `</${written}>`
  }

  /** The same for the usual element: nothing in `$`, and its properties in schema order. False: it is none. */
  #plain(name: string, type: TypeRule, element: PlainElement, around: Surroundings, depth: number): boolean {
    const xml = this.#xml
    const before = xml.out
    const tags = this.#tagsOf(name, around.prefix)
    xml.out += tags.open
    let last = -1
    for (const key of Object.keys(element)) {
      const value = element[key]
      if (value === undefined || value === null) continue
      const rule = type.byName.get(key)
      if (rule === undefined) throw this.#unknown(key)
      if (rule.index < last) {
        xml.out = before
        return false
      }
      last = rule.index
      if (Array.isArray(value) && rule.max > 1) {
        const values = present(value)
        for (let i = 0; i < values.length; i++) this.#occurrence(rule, i, values[i], around, depth + 1)
      } else this.#occurrence(rule, 0, value, around, depth + 1)
    }
    if (xml.out.length === before.length + tags.open.length) xml.out = before + tags.empty
    else {
      xml.line(depth)
      xml.out += tags.close
    }
    return true
  }

  #occurrence(rule: ChildRule, index: number, value: unknown, around: Surroundings, depth: number): void {
    this.#enter(rule, index)
    this.#xml.line(depth)
    if (rule.type !== 'string') this.#element(rule.name, rule.type, this.#object(value), around, depth)
    else {
      const text = typeof value === 'string' ? value : this.#text(value)
      const tags = this.#tagsOf(rule.name, around.prefix)
      this.#xml.out += text === '' ? tags.empty : tags.open + this.#xml.escaped(text) + tags.close
    }
    this.#leave()
  }

  /** One thing inside of an element that has something in `$`, or whose properties are in no order. */
  #child(
    child: Content,
    leaves: Leaves | undefined,
    around: Surroundings,
    depth: number,
    inline: boolean,
  ): void {
    if ('node' in child) {
      if (isNode(child.node)) this.#xml.node(child.node, around.namespaces, depth, inline)
      return
    }
    const { rule, index, value } = child
    const leaf = rule.type === 'string' ? leaves?.get(`${rule.name} ${index}`) : undefined
    if (leaf === undefined && !inline) {
      this.#occurrence(rule, index, value, around, depth)
      return
    }
    this.#enter(rule, index)
    if (!inline) this.#xml.line(depth)
    if (rule.type !== 'string') this.#element(rule.name, rule.type, this.#object(value), around, depth)
    else this.#leaf(rule, this.#text(value), leaf ?? {}, around)
    this.#leave()
  }

  #leaf(rule: ChildRule, text: string, leaf: PlainElement, around: Surroundings): void {
    const { written, inside } = this.#startTag(rule.name, leaf, around)
    const content = nodesOf(leaf['content'])
    if (content.map((node) => ('text' in node ? node.text : '')).join('') === text && content.length > 0) {
      this.#xml.out += '>'
      for (const node of content) this.#xml.node(node, inside.namespaces, 0, true)
    } else if (text === '') {
      this.#xml.out += '/>'
      return
    } else this.#xml.out += `>${this.#xml.escaped(text)}`
    this.#xml.out += `</${written}>`
  }

  #start(name: string, element: PlainElement, around: Surroundings): { name: string; inside: Surroundings } {
    const extra = isPlain(element.$) ? element.$ : {}
    const local = isDraftName(extra.name, name) ? extra.name : name
    const { written, inside } = this.#startTag(local, extra, around)
    if (this.#names.length > 0 || !('unqualified' in extra) || extra.unqualified !== true) {
      return { name: written, inside }
    }
    this.#namespace = ''
    return { name: written, inside: { ...inside, prefix: '' } }
  }

  #startTag(
    local: string,
    extra: PlainElement | object,
    around: Surroundings,
  ): { written: string; inside: Surroundings } {
    const { prefix, attributes } = extra as { prefix?: unknown; attributes?: unknown }
    const wanted = {
      prefix: typeof prefix === 'string' ? prefix : around.prefix,
      local,
      namespace: this.#namespace,
    }
    const { name, inside } = this.#xml.open(wanted, attributes, around.namespaces)
    const used = name.slice(0, Math.max(0, name.length - local.length - 1))
    return { written: name, inside: { prefix: used, namespaces: inside } }
  }

  /** Every property has its place. */
  #checkProperties(element: PlainElement, type: TypeRule): void {
    for (const key of Object.keys(element)) {
      if (key === '$' || element[key] === undefined || element[key] === null) continue
      const rule = type.byName.get(key)
      if (rule === undefined) throw this.#unknown(key)
      if (rule.max === 1 && Array.isArray(element[key])) {
        this.#enter(rule, 0)
        throw this.#wrong(element[key], rule.type === 'string' ? 'text' : 'an object')
      }
    }
  }

  #object(value: unknown): PlainElement {
    if (isPlain(value)) return value
    throw this.#wrong(value, 'an object')
  }

  #text(value: unknown): string {
    const text = leafText(value)
    if (text !== undefined) return text
    throw this.#wrong(value, 'text')
  }

  *#beside(nodes: unknown): Generator<string> {
    for (const node of nodesOf(nodes)) {
      if ('text' in node || 'element' in node) continue
      this.#xml.node(node, NO_NAMESPACES, 0, true)
      this.#xml.out += '\n'
      if (this.#xml.out.length >= PIECE) yield this.#take()
    }
  }

  #tagsOf(name: string, prefix: string): Tags {
    if (prefix !== this.#tagPrefix) {
      this.#tagPrefix = prefix
      this.#tags = new Map()
    }
    let tags = this.#tags.get(name)
    if (tags === undefined) {
      const full = prefix === '' ? name : `${prefix}:${name}`
      tags = { open: `<${full}>`, close: `</${full}>`, empty: `<${full}/>` }
      this.#tags.set(name, tags)
    }
    return tags
  }

  #enter(rule: ChildRule, index: number): void {
    this.#names.push(rule.name)
    this.#indices.push(rule.max > 1 ? index + 1 : 0)
  }

  #leave(): void {
    this.#names.pop()
    this.#indices.pop()
  }

  #where(): string {
    const path = this.#names.map((name, i) =>
      this.#indices[i] === 0 ? name : `${name}[${this.#indices[i] ?? ''}]`,
    )
    return path.length === 0 ? 'ContinuityOfCareRecord' : path.join('/')
  }

  #unknown(key: string): GatewayError {
    return new GatewayError(
      'HG_INPUT',
      `${this.#where()} has the property "${key}", but no CCR has such an element there.`,
    )
  }

  #wrong(value: unknown, expected: string): GatewayError {
    return new GatewayError('HG_INPUT', `${this.#where()} is ${kindOf(value)}, and has to be ${expected}.`)
  }
}

const isEmpty = ({ hasChild, hasNode }: Contents): boolean => !hasChild && !hasNode

/** White space between them would be text. */
const isMixed = ({ hasChild, hasElement, hasText }: Contents): boolean => hasText || !(hasChild || hasElement)

const nodesOf = (value: unknown): XmlNode[] => (Array.isArray(value) ? value.filter(isNode) : [])
