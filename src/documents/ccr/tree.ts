import { GatewayError } from '../../errors'
import { isBlank } from '../xml/characters'
import type { XmlAttribute, XmlComment, XmlElement, XmlInstruction, XmlNode } from '../xml/nodes'
import type { XmlHandler, XmlName } from '../xml/tokenizer'
import type { CcrAround, CcrContent, CcrExtra, CcrLeaf, CcrRootExtra, CcrWrapper } from './extra'
import type { CcrDocument } from './model'
import { CCR_NAMESPACE, ccrSchema, ccrTypes, type ChildRule, type TypeRule } from './schema'

/** An object of the model while it is being filled. */
type Shape = Record<string, unknown>

/** For each object of a model: the line of its tag, then that of each child element in document order. */
export type Lines = Map<object, number[]>

/** One of the repeated elements of a section, such as a `Problem`. */
export interface CcrEntry {
  /** The element around it: `Problems`, `Results`, `Actors`, `Comments`. */
  section: string
  entry: object
  /** The line of its tag, from 1. */
  line: number
  /** Which of the documents in what was read it belongs to, from 0. */
  document: number
}

/** What has been read since the last part. */
export interface CcrPart {
  /** The first of the documents goes on from the part before. */
  goesOn: boolean
  /** So do the elements of this path in it, from the root's child down. */
  path: string[]
  documents: CcrDocument[]
}

/** What somebody may want to be told while a document is read. */
export interface CcrTreeOptions {
  lines?: Lines | undefined
  /** Called for each entry, which is then not kept in the document. */
  onEntry?: ((entry: CcrEntry) => void) | undefined
  /** Keep what is around the documents. */
  around?: boolean | undefined
}

/** Where the tokenizer stands. */
interface Position {
  readonly line: number
  /** The namespaces in force, by prefix. */
  readonly namespaces: ReadonlyMap<string, string>
}

/** An open element of a CCR. */
interface Frame {
  type: TypeRule
  value: Shape
  /** The name of the property that holds it. */
  name: string
  /** The property is an array. */
  repeated: boolean
  prefix: string
  /** The schema's index of the last child. */
  last: number
  extra: CcrRootExtra | undefined
  /** Its line, and its children's, where they are asked for. */
  lines: number[] | undefined
  /** Of an entry. */
  line: number
  /** Its children are entries, which are handed out. */
  section: boolean
  /** How many of each child are no longer in `value`, because they have been handed out. */
  gone: Map<string, number> | undefined
}

/** Every name of the schema: an error may tell these. */
const names = new Set([
  'ContinuityOfCareRecord',
  ...[...ccrTypes.values()].flatMap(({ children }) => children.map(({ name }) => name)),
])
export const isCcrName = (local: string): boolean => names.has(local)

const body = ccrSchema.byName.get('Body')?.type
/** The lists beside the body. */
const lists = new Set(['Actors', 'References', 'Comments', 'Signatures'])

/** Builds the model from what a tokenizer tells. */
export class CcrTree implements XmlHandler {
  /** What has been read; documents that are not yet at their end are among them. */
  documents: CcrDocument[] = []
  /** What is around the documents, where it was asked for and there is anything. */
  readonly around: CcrAround[] = []

  readonly #options: CcrTreeOptions
  readonly #position: () => Position
  /** How many documents have begun. */
  #count = 0

  /** The open elements of the CCR at hand: the first `#depth` of these. */
  readonly #frames: Frame[] = []
  #depth = 0
  /** The CCR at hand is the root element, and what comes after it belongs to it. */
  #isRoot = false
  #namespace = CCR_NAMESPACE
  #path: string[] = []
  #goesOn = false

  /** The open element that has only text, with what else it has. */
  #leaf: ChildRule | undefined
  #leafExtra: CcrLeaf | undefined
  /** Where the text after the last comment or element in it begins. */
  #cut = 0
  #text = ''
  #blank = true
  /** The open elements that the schema does not know. */
  readonly #unknown: XmlElement[] = []
  /** The open elements around documents. */
  readonly #wrappers: CcrWrapper[] = []
  /** What stands before the root element. */
  #before: (XmlComment | XmlInstruction)[] = []

  constructor(position: () => Position, options: CcrTreeOptions = {}) {
    this.#position = position
    this.#options = options
  }

  open(name: XmlName, attributes: readonly XmlAttribute[]): void {
    if (this.#unknown.length > 0 || this.#leaf !== undefined) {
      this.#openUnknown(name, attributes)
      return
    }
    const frame = this.#frames[this.#depth - 1]
    if (frame === undefined) {
      this.#openAround(name, attributes)
      return
    }
    if (this.#text !== '') this.#endText(frame)
    const rule = name.namespace === this.#namespace ? frame.type.byName.get(name.local) : undefined
    frame.lines?.push(this.#position().line)
    if (rule === undefined || (rule.max === 1 && has(frame, rule.name))) {
      this.#openUnknown(name, attributes)
      return
    }
    if (rule.index < frame.last || frame.extra?.content !== undefined) addRun(frame, rule.name)
    frame.last = rule.index
    const special = attributes.length > 0 || name.prefix !== frame.prefix
    if (rule.type === 'string') {
      this.#leaf = rule
      if (special) this.#leafExtra = { ...leafOf(frame, rule), ...specials(name, attributes, frame.prefix) }
    } else {
      const child = this.#push(rule.type, name.prefix)
      child.name = rule.name
      child.repeated = rule.max > 1
      child.section =
        this.#options.onEntry !== undefined &&
        (frame.type === body || (this.#depth === 2 && lists.has(rule.name)))
      if (special) child.extra = specials(name, attributes, frame.prefix)
      if (frame.section) {
        child.line = this.#position().line
        setGone(frame, rule.name, 1)
      } else add(frame, rule, child.value)
    }
  }

  close(): void {
    if (this.#unknown.length > 0) {
      const { children } = this.#unknown.pop() ?? {}
      if (children) dropBlanks(children)
      return
    }
    const frame = this.#frames[this.#depth - 1]
    if (frame === undefined) {
      const { children } = this.#wrappers.pop() ?? {}
      if (children) dropBlanks(children)
      return
    }
    if (this.#leaf !== undefined) {
      add(frame, this.#leaf, this.#text)
      if (this.#leafExtra !== undefined) this.#endLeaf(frame, this.#leafExtra)
      this.#leaf = undefined
      this.#text = ''
      return
    }
    if (this.#text !== '') this.#endText(frame)
    this.#depth--
    if (this.#depth === 0 && this.#isRoot) return
    if (frame.extra !== undefined) frame.value['$'] = frame.extra
    const around = this.#frames[this.#depth - 1]
    if (around?.section === true) {
      this.#options.onEntry?.({
        section: around.name,
        entry: frame.value,
        line: frame.line,
        document: this.#count - 1,
      })
    }
  }

  text(text: string, blank: boolean): void {
    const unknown = this.#unknown[this.#unknown.length - 1]
    if (unknown !== undefined) addText((unknown.children ??= []), text)
    else if (this.#depth === 0) this.#textAround(text)
    else if (this.#text === '') {
      this.#text = text
      this.#blank = blank
    } else {
      this.#text += text
      this.#blank &&= blank
    }
  }

  comment(comment: string): void {
    this.#node({ comment })
  }

  instruction(instruction: string, data: string): void {
    this.#node({ instruction, data })
  }

  /** The source has ended. */
  end(): void {
    const [root] = this.#frames
    if (this.#isRoot && root?.extra !== undefined) root.value['$'] = root.extra
    if (this.#count === 0) {
      throw new GatewayError(
        'HG_INPUT',
        'The document is XML, but not a CCR: it has no element ContinuityOfCareRecord.',
      )
    }
  }

  /** Hands out all that has been read since the last time. */
  takePart(): CcrPart {
    const part = { goesOn: this.#goesOn, path: this.#path, documents: this.documents }
    const depth = this.#isRoot ? Math.max(this.#depth, 1) : this.#depth
    const open = this.#frames.slice(0, depth)
    this.documents = []
    this.#goesOn = depth > 0
    this.#path = open.slice(1).map(({ name }) => name)
    for (const [i, frame] of open.entries()) {
      const inner = open[i + 1]?.name
      for (const [name, value] of Object.entries(frame.value)) {
        setGone(frame, name, (Array.isArray(value) ? value.length : 1) - (name === inner ? 1 : 0))
      }
      frame.value = {}
      const outer = open[i - 1]
      if (outer === undefined) this.documents.push(frame.value)
      else outer.value[frame.name] = frame.repeated ? [frame.value] : frame.value
    }
    return part
  }

  #push(type: TypeRule, prefix: string): Frame {
    const lines = this.#options.lines && [this.#position().line]
    const value = {}
    const frame: Frame = {
      type,
      value,
      name: '',
      repeated: false,
      prefix,
      last: 0,
      extra: undefined,
      lines,
      line: 0,
      section: false,
      gone: undefined,
    }
    if (lines) this.#options.lines?.set(value, lines)
    this.#frames[this.#depth++] = frame
    return frame
  }

  #openAround(name: XmlName, attributes: readonly XmlAttribute[]): void {
    if (name.local === 'ContinuityOfCareRecord') {
      this.#openDocument(name, attributes)
      return
    }
    const wrapper: CcrWrapper = { element: name.name, namespace: name.namespace }
    if (attributes.length > 0) wrapper.attributes = [...attributes]
    if (this.#options.around === true) {
      if (this.#wrappers.length === 0) for (const node of this.#before) this.around.push(node)
      this.#addAround(wrapper)
    }
    this.#wrappers.push(wrapper)
  }

  #textAround(text: string): void {
    const wrapper = this.#wrappers.at(-1)
    if (wrapper && this.#options.around === true) addText((wrapper.children ??= []), text)
  }

  #addAround(node: CcrAround): void {
    if (this.#options.around !== true) return
    const wrapper = this.#wrappers.at(-1)
    if (wrapper) (wrapper.children ??= []).push(node)
    else this.around.push(node)
  }

  #openDocument(name: XmlName, attributes: readonly XmlAttribute[]): void {
    this.#isRoot = this.#wrappers.length === 0
    if (!this.#isRoot) this.#addAround({ document: this.#count })
    this.#count++
    this.#namespace = name.namespace
    const frame = this.#push(ccrSchema, name.prefix)
    this.documents.push(frame.value)
    const extra: CcrRootExtra = {}
    if (name.prefix !== '') extra.prefix = name.prefix
    if (name.namespace !== CCR_NAMESPACE) extra.namespace = name.namespace
    const own = name.prefix === '' ? 'xmlns' : `xmlns:${name.prefix}`
    const kept = attributes.filter((attribute) => attribute.name !== own)
    if (!this.#isRoot)
      kept.push(...inherited(this.#position().namespaces, [own, ...attributes.map((a) => a.name)]))
    if (kept.length > 0) extra.attributes = kept
    if (this.#isRoot && this.#before.length > 0) extra.before = this.#before
    if (Object.keys(extra).length > 0) frame.extra = extra
  }

  #openUnknown(name: XmlName, attributes: readonly XmlAttribute[]): void {
    const element: XmlElement = { element: name.name, namespace: name.namespace }
    if (attributes.length > 0) element.attributes = [...attributes]
    this.#node(element)
    this.#unknown.push(element)
  }

  /** Puts something that has no property where it belongs. */
  #node(node: XmlComment | XmlInstruction | XmlElement): void {
    const unknown = this.#unknown.at(-1)
    const frame = this.#frames[this.#depth - 1]
    if (unknown !== undefined) (unknown.children ??= []).push(node)
    else if (frame !== undefined && this.#leaf !== undefined) {
      this.#leafExtra ??= leafOf(frame, this.#leaf)
      const content = (this.#leafExtra.content ??= [])
      if (this.#text.length > this.#cut) content.push({ text: this.#text.slice(this.#cut) })
      this.#cut = this.#text.length
      content.push(node)
    } else if (frame !== undefined) {
      if (this.#text !== '') this.#endText(frame)
      contentOf(frame).push(node)
    } else if (this.#wrappers.length > 0) this.#addAround(node)
    else if (!('element' in node)) this.#outside(node)
  }

  /** Before or after the root element. */
  #outside(node: XmlComment | XmlInstruction): void {
    if (this.#count === 0 && this.around.length === 0) this.#before.push(node)
    else if (this.#isRoot) {
      const [root] = this.#frames
      if (root) ((root.extra ??= {}).after ??= []).push(node)
    } else this.#addAround(node)
  }

  #endText(frame: Frame): void {
    if (!this.#blank) contentOf(frame).push({ text: this.#text })
    this.#text = ''
  }

  #endLeaf(frame: Frame, leaf: CcrLeaf): void {
    if (leaf.content && this.#text.length > this.#cut)
      leaf.content.push({ text: this.#text.slice(this.#cut) })
    ;((frame.extra ??= {}).leaves ??= []).push(leaf)
    this.#leafExtra = undefined
    this.#cut = 0
  }
}

const has = (frame: Frame, name: string): boolean =>
  frame.value[name] !== undefined || (frame.gone?.get(name) ?? 0) > 0

/** How many of these children there have been. */
function countOf(frame: Frame, name: string): number {
  const value = frame.value[name]
  const here = value === undefined ? 0 : Array.isArray(value) ? value.length : 1
  return here + (frame.gone?.get(name) ?? 0)
}

function setGone(frame: Frame, name: string, more: number): void {
  frame.gone ??= new Map()
  frame.gone.set(name, (frame.gone.get(name) ?? 0) + more)
}

function add(frame: Frame, rule: ChildRule, child: unknown): void {
  const { value } = frame
  if (rule.max === 1) value[rule.name] = child
  else {
    const list = value[rule.name] as unknown[] | undefined
    if (list === undefined) value[rule.name] = [child]
    else list.push(child)
  }
}

/** The list of all that is inside; from the first call on, each child has to be added to it. */
function contentOf(frame: Frame): CcrContent[] {
  frame.extra ??= {}
  return (frame.extra.content ??= frame.type.children
    .map(({ name }) => ({ child: name, count: countOf(frame, name) }))
    .filter(({ count }) => count > 0))
}

function addRun(frame: Frame, child: string): void {
  const content = contentOf(frame)
  const last = content.at(-1)
  if (last !== undefined && 'child' in last && last.child === child) last.count++
  else content.push({ child, count: 1 })
}

const leafOf = (frame: Frame, rule: ChildRule): CcrLeaf => ({
  name: rule.name,
  index: countOf(frame, rule.name),
})

function specials(
  { prefix }: XmlName,
  attributes: readonly XmlAttribute[],
  around: string,
): Pick<CcrExtra, 'prefix' | 'attributes'> {
  return {
    ...(prefix === around ? {} : { prefix }),
    ...(attributes.length === 0 ? {} : { attributes: [...attributes] }),
  }
}

/** Declarations of what is in force from outside. */
function inherited(namespaces: ReadonlyMap<string, string>, declared: readonly string[]): XmlAttribute[] {
  return [...namespaces]
    .map(([prefix, value]) => ({ name: prefix === '' ? 'xmlns' : `xmlns:${prefix}`, value }))
    .filter(({ name, value }) => value !== '' && !declared.includes(name) && !/^xmlns:xml(?:ns)?$/.test(name))
}

/** Text comes in pieces. */
function addText(children: (XmlNode | CcrAround)[], text: string): void {
  const last = children.at(-1)
  if (last !== undefined && 'text' in last) last.text += text
  else children.push({ text })
}

/** White space between elements says nothing. */
function dropBlanks(children: (XmlNode | CcrAround)[]): void {
  if (!children.some((child) => 'element' in child || 'document' in child)) return
  let kept = 0
  for (const child of children) if (!('text' in child) || !isBlank(child.text)) children[kept++] = child
  children.length = kept
}
