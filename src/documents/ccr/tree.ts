import { GatewayError } from '../../errors'
import { isBlank } from '../xml/characters'
import type { XmlAttribute, XmlComment, XmlElement, XmlInstruction, XmlNode } from '../xml/nodes'
import type { XmlHandler, XmlName } from '../xml/tokenizer'
import type { CcrAround, CcrContent, CcrExtra, CcrLeaf, CcrRootExtra, CcrWrapper } from './extra'
import type { CcrDocument } from './model'
import { CCR_NAMESPACE, ccrSchema, childRule, type ChildRule, type TypeRule } from './schema'
import type { Checker } from './validate/checker'
import type { Checks } from './validate/checks'

/** An object of the model while it is being filled. */
type Shape = Record<string, unknown>

/** One of the repeated elements of a section, such as a `Problem`; or what is left of a CCR at its end. */
export interface CcrEntry {
  /** The element around it: `Problems`, `Results`, `Actors`, `Comments`; `ContinuityOfCareRecord` of what is left. */
  section: string
  /** As in the model. What the schema does not know there, or in whichever section, is an `XmlElement`. */
  entry: object
  /** The line of its tag, from 1. */
  line: number
  /** Which of the documents in what was read it belongs to, from 0. */
  document: number
}

/**
 * What has been read since the last part, up to the next write. Each part has the elements again that were open at the
 * end of the one before. Of a cut inside the second `Problem`, before its `Type`:
 *
 *     goesOn: false, path: [], documents: [{ Body: { Problems: { Problem: [{ …1 }, { CCRDataObjectID: '2' }] } } }]
 *     goesOn: true, path: ['Body', 'Problems', 'Problem'], documents: [{ Body: { Problems: { Problem: [{ Type: {} }, { …3 }] } } }]
 *
 * The first `Problem` of the second part goes on in the last one of the first.
 */
export interface CcrPart {
  /** The first of the documents goes on from the part before. */
  goesOn: boolean
  /** So do the elements of this path in it, from the root's child down. */
  path: string[]
  /** And in the last of these, inside of `$`, so many elements that the schema does not know, each in the one before. */
  unknown: number
  documents: CcrDocument[]
}

/** What somebody may want to be told while a document is read. */
export interface CcrTreeOptions {
  /** Are told of each document while it is read. */
  checks?: Checks | undefined
  /** Called for each entry and at the end of each document, which are then not kept. */
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
class Frame {
  type = ccrSchema
  value: Shape = {}
  /** Once a part of it has been handed out: all of it, if it is to be checked. */
  whole: Shape | undefined
  /** The name of the property that holds it. */
  name = ''
  /** The property is an array. */
  repeated = false
  prefix = ''
  /** The highest index of a child so far, by the schema. */
  last = -1
  extra: CcrRootExtra | undefined
  /** Of an entry. */
  line = 0
  /** Its children are entries, which are handed out. */
  section = false
  /** How many of each child are no longer in `value`, because they have been handed out. */
  gone: Map<string, number> | undefined

  begin(type: TypeRule, prefix: string): void {
    this.type = type
    this.value = {}
    this.whole = undefined
    this.name = ''
    this.repeated = false
    this.prefix = prefix
    this.last = -1
    this.extra = undefined
    this.line = 0
    this.section = false
    this.gone = undefined
  }
}

/**
 * Elements, attributes and comments of a document that is kept: real ones of 64 MiB have three million at most. Each takes some
 * hundred bytes, also where the document has four for it.
 */
const MOST_NODES = 4_000_000

/**
 * The same of one entry with what is kept for the end of its CCR, where entries are handed out: what they take must not
 * grow with the document.
 */
const MOST_HELD = 500_000
/** Characters that take as long or as much as one of these there: 64 million of them are held at most. */
const CHARACTERS = 128

/** Declarations that all CCRs of a document may have from outside: a short one would else become a large model. */
const MOST_INHERITED = 200_000

const body = ccrSchema.byName.get('Body')?.type
/** The lists beside the body. */
const lists = new Set(['Actors', 'References', 'Comments', 'Signatures'])
/** What holds the entries, and is not kept whole: nothing is asked of it but what its children are. */
const containers = new Set<ChildRule['type'] | undefined>([
  ccrSchema,
  body,
  ...(body === undefined || body === 'string' ? [] : body.children).map(({ type }) => type),
  ...ccrSchema.children.filter(({ name }) => lists.has(name)).map(({ type }) => type),
])

/** Builds the model from what a tokenizer tells. */
export class CcrTree implements XmlHandler {
  /** What has been read; documents that are not yet at their end are among them. */
  documents: CcrDocument[] = []
  /** What is around the documents, where it was asked for and there is anything. */
  readonly around: CcrAround[] = []

  readonly #options: CcrTreeOptions
  readonly #position: () => Position
  /** Entries are handed out. */
  readonly #handsOut: boolean
  /** How many documents have begun. */
  #count = 0
  /** How many elements, attributes and comments there have been; without those that have been handed out in entries. */
  #nodes = 0
  /** How many there were when the entry at hand began. */
  #nodesBefore = 0

  /** The open elements of the CCR at hand: the first `#depth` of these. */
  readonly #frames: Frame[] = []
  #depth = 0
  /** The CCR at hand is the root element, and what comes after it belongs to it. */
  #isRoot = false
  #namespace = CCR_NAMESPACE
  /** How many declarations of all the documents are from outside. */
  #inheritedCount = 0
  #path: string[] = []
  #goesOn = false
  /** How many of the open elements that the schema does not know have been handed out in part, and which. */
  #unknownGone = 0
  readonly #begun = new WeakSet<XmlElement>()

  /** Is told of the CCR at hand. */
  #check: Checker | undefined

  /** The open element that has only text, with what else it has. */
  #leaf: ChildRule | undefined
  #leafLine = 0
  #leafAttributes: readonly XmlAttribute[] = []
  #leafHasElement = false
  #leafExtra: CcrLeaf | undefined
  /** Where the text after the last comment or element in it begins. */
  #cut = 0
  #text = ''
  #blank = true
  /** The open elements that the schema does not know. */
  readonly #unknown: XmlElement[] = []
  /** The first of these, if it is a section whose entries are wanted, by its name. */
  #unknownSection: string | undefined
  /** The entry among these. */
  #entry: CcrEntry | undefined
  /** The open elements around documents. */
  readonly #wrappers: CcrWrapper[] = []
  /** What stands before the root element. */
  #before: (XmlComment | XmlInstruction)[] = []

  constructor(position: () => Position, options: CcrTreeOptions = {}) {
    this.#position = position
    this.#options = options
    this.#handsOut = options.onEntry !== undefined
  }

  open(name: XmlName, attributes: readonly XmlAttribute[]): void {
    if (this.#handsOut) this.#holdElement(attributes)
    else if ((this.#nodes += 1 + attributes.length) > MOST_NODES) this.#tooMany()
    if (this.#unknown.length > 0 || this.#leaf !== undefined) {
      this.#leafHasElement = true
      this.#openUnknown(name, attributes)
      return
    }
    const frame = this.#frames[this.#depth - 1]
    if (frame === undefined) {
      this.#openAround(name, attributes)
      return
    }
    if (this.#text !== '') this.#endText(frame)
    const isOfCcr = name.namespace === this.#namespace || this.#isUnqualified(frame, name)
    const rule = isOfCcr ? childRule(frame.type, name.local) : undefined
    if (rule === undefined || (rule.max === 1 && rule.index <= frame.last && has(frame, rule.name))) {
      this.#check?.other(name.local, rule, this.#position().line)
      if (this.#holdsSections(frame)) this.#openOtherSection(frame, rule, name, attributes)
      else this.#openUnknown(name, attributes)
      return
    }
    if ((rule.index < frame.last || frame.extra?.content !== undefined) && !frame.section)
      addRun(frame, rule.name)
    if (rule.index > frame.last) frame.last = rule.index
    const special = attributes.length > 0 || name.prefix !== frame.prefix
    if (rule.type === 'string') {
      this.#leaf = rule
      if (this.#check !== undefined) {
        this.#leafLine = this.#position().line
        this.#leafAttributes = attributes
        this.#leafHasElement = false
      }
      if (special) this.#leafExtra = { ...leafOf(frame, rule), ...specials(name, attributes, frame.prefix) }
    } else {
      this.#check?.open(rule, indexOf(frame, rule), attributes, this.#position().line)
      const child = this.#push(rule.type, name.prefix)
      child.name = rule.name
      child.repeated = rule.max > 1
      child.section = this.#holdsSections(frame) && (frame.type === body || lists.has(rule.name))
      if (special) child.extra = specials(name, attributes, frame.prefix)
      if (name.local !== rule.name) {
        child.extra = { name: name.local, ...child.extra }
        this.#check?.draft(name.local)
      }
      if (frame.section) {
        child.line = this.#position().line
        setGone(frame, rule.name, 1)
      } else add(frame, rule, child.value)
    }
  }

  close(): void {
    if (this.#unknown.length > 0) {
      const element = this.#unknown.pop()
      if (element?.children) dropBlanks(element.children, this.#begun.has(element))
      if (element !== undefined && element === this.#entry?.entry) {
        this.#options.onEntry?.(this.#entry)
        this.#nodes = this.#nodesBefore
        this.#entry = undefined
      }
      if (this.#unknown.length === 0) this.#unknownSection = undefined
      return
    }
    const frame = this.#frames[this.#depth - 1]
    if (frame === undefined) {
      const { children } = this.#wrappers.pop() ?? {}
      if (children) dropBlanks(children)
      return
    }
    if (this.#leaf !== undefined) {
      this.#checkLeaf(frame, this.#leaf)
      add(frame, this.#leaf, this.#text)
      if (this.#leafExtra !== undefined) this.#endLeaf(frame, this.#leafExtra)
      this.#leaf = undefined
      this.#text = ''
      return
    }
    // What may hold anything may hold nothing but white space.
    if (frame.type.open && frame.extra?.content === undefined) this.#blank = false
    if (this.#text !== '') this.#endText(frame)
    this.#check?.close(frame.whole ?? frame.value)
    this.#depth--
    if (this.#depth === 0) this.#check = undefined
    if (this.#depth === 0 && this.#isRoot) return
    this.#ended(frame)
  }

  text(text: string, blank: boolean): void {
    const unknown = this.#unknown.length === 0 ? undefined : this.#unknown.at(-1)
    if (this.#handsOut && !(blank && this.#sectionAround())) this.#hold(text.length / CHARACTERS)
    if (unknown !== undefined) {
      if (!blank || this.#sectionAround() === undefined) addText((unknown.children ??= []), text)
    } else if (this.#depth === 0) this.#textAround(text)
    else if (this.#text === '') {
      this.#text = text
      this.#blank = blank
    } else {
      this.#text += text
      this.#blank &&= blank
    }
  }

  comment(comment: string): void {
    this.#beside({ comment })
  }

  instruction(instruction: string, data: string): void {
    this.#beside({ instruction, data })
  }

  /** The source has ended. */
  end(): void {
    const [root] = this.#frames
    if (this.#isRoot && root !== undefined) this.#ended(root)
    if (this.#count === 0) {
      throw new GatewayError(
        'HG_INPUT',
        'The document is XML, but not a CCR: it has no element ContinuityOfCareRecord.',
      )
    }
  }

  /** All of an element is there; an entry is handed out, and what is left of a document. */
  #ended(frame: Frame): void {
    if (frame.extra !== undefined) frame.value['$'] = frame.extra
    const { onEntry } = this.#options
    const around = this.#frames[this.#depth - 1]
    if (onEntry === undefined || around?.section === false) return
    if (around === undefined) this.documents.pop()
    this.#nodes = around === undefined ? 0 : this.#nodesBefore
    const section = around?.name ?? ccrSchema.name
    onEntry({ section, entry: frame.value, line: frame.line, document: this.#count - 1 })
  }

  /** Hands out all that has been read since the last time. */
  takePart(): CcrPart {
    const { documents } = this
    const part = { goesOn: this.#goesOn, path: this.#path, unknown: this.#unknownGone, documents }
    const depth = this.#isRoot ? Math.max(this.#depth, 1) : this.#depth
    const open = this.#frames.slice(0, depth)
    this.documents = []
    this.#goesOn = depth > 0
    this.#path = open.slice(1).map(({ name }) => name)
    for (const [i, frame] of open.entries()) {
      // The open child stands in this part and will stand in the next: it is one, and counted with the next.
      const inner = open[i + 1]?.name
      for (const [name, value] of Object.entries(frame.value)) {
        setGone(frame, name, (Array.isArray(value) ? value.length : 1) - (name === inner ? 1 : 0))
      }
      if (frame.extra !== undefined) {
        frame.value['$'] = frame.extra
        frame.extra = frame.extra.content && { content: [] }
      }
      if (this.#check !== undefined && !containers.has(frame.type)) frame.whole ??= frame.value
      frame.value = {}
      const outer = open[i - 1]
      if (outer === undefined) this.documents.push(frame.value)
      else outer.value[frame.name] = frame.repeated ? [frame.value] : frame.value
    }
    this.#cutUnknown(open.at(-1)?.extra?.content)
    return part
  }

  /**
   * Lets the open elements that the schema does not know go on in the content of the part to come. Held back is what
   * depends on what follows: a text that may go on, and blanks as long as there is no element beside them.
   */
  #cutUnknown(content: CcrContent[] | undefined): void {
    this.#unknownGone = 0
    if (content === undefined || this.#leaf !== undefined) return
    let outer: XmlNode[] | CcrContent[] = content
    const last = this.#unknown.length - 1
    for (const [i, before] of this.#unknown.entries()) {
      const after: XmlElement = { element: before.element, namespace: before.namespace }
      const children = before.children ?? []
      outer.push(after)
      this.#unknown[i] = after
      if (this.#begun.has(before) || hasElements(children)) {
        this.#begun.add(after)
        if (i === last && 'text' in (children.at(-1) ?? {})) after.children = children.splice(-1)
        dropBlanks(children, true)
      } else if (children.some((child) => 'text' in child)) after.children = children.splice(0)
      if (children.length === 0) delete before.children
      if (i < last) outer = after.children ??= []
    }
    this.#unknownGone = last + 1
  }

  /** The frames are used again and again: making one takes longer than what else is done with an element. */
  #push(type: TypeRule, prefix: string): Frame {
    const frame = (this.#frames[this.#depth++] ??= new Frame())
    frame.begin(type, prefix)
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
    frame.line = this.#position().line
    this.#check = this.#options.checks?.begin()
    this.#check?.begin(name.namespace, attributes, frame.line)
    this.documents.push(frame.value)
    const extra: CcrRootExtra = {}
    if (name.prefix !== '') extra.prefix = name.prefix
    if (name.namespace !== CCR_NAMESPACE) extra.namespace = name.namespace
    const own = name.prefix === '' ? 'xmlns' : `xmlns:${name.prefix}`
    const kept = attributes.filter((attribute) => attribute.name !== own)
    if (!this.#isRoot) kept.push(...this.#inherited([own, ...attributes.map(({ name }) => name)]))
    if (kept.length > 0) extra.attributes = kept
    if (this.#isRoot && this.#before.length > 0) extra.before = this.#before
    if (Object.keys(extra).length > 0) frame.extra = extra
  }

  /** The first element of a root element with a prefix: has it no namespace, none inside is expected to have one. */
  #isUnqualified(root: Frame, { namespace, local }: XmlName): boolean {
    if (this.#depth !== 1 || namespace !== '' || root.prefix === '') return false
    if (root.gone !== undefined || Object.keys(root.value).length > 0) return false
    if (childRule(root.type, local) === undefined) return false
    this.#namespace = root.prefix = ''
    ;(root.extra ??= {}).unqualified = true
    this.#check?.unqualified()
    return true
  }

  /** Declarations of what is in force from outside. */
  #inherited(declared: readonly string[]): XmlAttribute[] {
    const inherited = [...this.#position().namespaces]
      .map(([prefix, value]) => ({ name: prefix === '' ? 'xmlns' : `xmlns:${prefix}`, value }))
      .filter(
        ({ name, value }) => value !== '' && !declared.includes(name) && !/^xmlns:xml(?:ns)?$/.test(name),
      )
    this.#inheritedCount += inherited.length
    if (this.#inheritedCount <= MOST_INHERITED) return inherited
    throw new GatewayError(
      'HG_TOO_LARGE',
      'The document has too many CCRs inside of too many namespaces. Read it in parts.',
    )
  }

  #openUnknown(name: XmlName, attributes: readonly XmlAttribute[]): void {
    const element = elementOf(name, attributes)
    const section = this.#sectionAround()
    if (section === undefined) this.#node(element)
    else {
      const line = this.#position().line
      this.#entry = { section, entry: element, line, document: this.#count - 1 }
    }
    this.#unknown.push(element)
  }

  /** Are its children sections, whose entries are wanted? */
  #holdsSections(frame: Frame): boolean {
    return this.#options.onEntry !== undefined && (frame.type === body || frame === this.#frames[0])
  }

  /** A section that stands there a second time, or that the schema does not know. */
  #openOtherSection(
    frame: Frame,
    rule: ChildRule | undefined,
    name: XmlName,
    attributes: readonly XmlAttribute[],
  ): void {
    const element = elementOf(name, attributes)
    orderOf(frame).push(element)
    const type = rule?.type
    if (rule && type && type !== 'string' && (frame.type === body || type === body || lists.has(rule.name))) {
      const child = this.#push(type, name.prefix)
      child.name = rule.name
      child.section = type !== body
    } else {
      this.#unknown.push(element)
      if (rule === undefined && frame.type === body) this.#unknownSection = name.local
    }
  }

  /** The name of the section that the handler is in, with none of its entries open. */
  #sectionAround(): string | undefined {
    const frame = this.#frames[this.#depth - 1]
    if (this.#unknown.length === 0) return frame?.section === true ? frame.name : undefined
    return this.#unknown.length === 1 ? this.#unknownSection : undefined
  }

  #beside(node: XmlComment | XmlInstruction): void {
    if (this.#handsOut) this.#holdBeside(node)
    else if (++this.#nodes > MOST_NODES) this.#tooMany()
    this.#node(node)
  }

  #holdElement(attributes: readonly XmlAttribute[]): void {
    if (this.#sectionAround() !== undefined) this.#nodesBefore = this.#nodes
    this.#hold(1 + attributes.length)
    for (const { value } of attributes) this.#hold(value.length / CHARACTERS)
  }

  #holdBeside(node: XmlComment | XmlInstruction): void {
    // What stands between entries is not kept.
    if (this.#sectionAround() !== undefined) return
    this.#hold(1 + ('comment' in node ? node.comment : node.data).length / CHARACTERS)
  }

  /** Counts what is held until an entry, or what is left of its CCR, is handed out. */
  #hold(nodes: number): void {
    // What is around documents is not kept then.
    if (this.#depth === 0 && this.#wrappers.length > 0) return
    this.#nodes += nodes
    if (this.#nodes > MOST_HELD) this.#tooMany()
  }

  #tooMany(): never {
    const [what, most] = this.#handsOut
      ? ['One entry, or what belongs to none,', MOST_HELD]
      : ['The document', MOST_NODES]
    throw new GatewayError(
      'HG_TOO_LARGE',
      `${what} has more than ${most} elements, attributes and comments, the most that is read at a time.`,
    )
  }

  /** Puts something that has no property where it belongs. */
  #node(node: XmlComment | XmlInstruction | XmlElement): void {
    const unknown = this.#unknown.at(-1)
    const frame = this.#frames[this.#depth - 1]
    // What stands between entries goes with them.
    if (this.#sectionAround() !== undefined) return
    if (unknown !== undefined) (unknown.children ??= []).push(node)
    else if (frame !== undefined && this.#leaf !== undefined) {
      this.#leafExtra ??= leafOf(frame, this.#leaf)
      const content = (this.#leafExtra.content ??= [])
      if (this.#text.length > this.#cut) content.push({ text: this.#text.slice(this.#cut) })
      this.#cut = this.#text.length
      content.push(node)
    } else if (frame !== undefined) {
      if (this.#text !== '') this.#endText(frame)
      orderOf(frame).push(node)
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

  #checkLeaf(frame: Frame, rule: ChildRule): void {
    const index = indexOf(frame, rule)
    const [line, attributes] = [this.#leafLine, this.#leafAttributes]
    this.#check?.leaf(rule, index, this.#text, line, attributes, this.#leafHasElement)
  }

  #endText(frame: Frame): void {
    if (!this.#blank && !frame.section) {
      this.#check?.text()
      orderOf(frame).push({ text: this.#text })
    }
    this.#text = ''
  }

  #endLeaf(frame: Frame, leaf: CcrLeaf): void {
    if (leaf.content && this.#text.length > this.#cut)
      leaf.content.push({ text: this.#text.slice(this.#cut) })
    if (this.#leaf !== undefined && this.#leaf.max > 1) leaf.text = this.#text
    ;((frame.extra ??= {}).leaves ??= []).push(leaf)
    this.#leafExtra = undefined
    this.#cut = 0
  }
}

function elementOf(name: XmlName, attributes: readonly XmlAttribute[]): XmlElement {
  const element: XmlElement = { element: name.name, namespace: name.namespace }
  if (attributes.length > 0) element.attributes = [...attributes]
  return element
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

/** Which of its name the next child is. */
const indexOf = (frame: Frame, rule: ChildRule): number => (rule.max > 1 ? countOf(frame, rule.name) : 0)

function add(frame: Frame, rule: ChildRule, child: unknown): void {
  addTo(frame.value, rule, child)
  if (frame.whole !== undefined) addTo(frame.whole, rule, child)
}

function addTo(value: Shape, rule: ChildRule, child: unknown): void {
  if (rule.max === 1) value[rule.name] = child
  else {
    const list = value[rule.name] as unknown[] | undefined
    if (list === undefined) value[rule.name] = [child]
    else list.push(child)
  }
}

/** The list of all that is inside; from the first call on, each child has to be added to it. */
function orderOf(frame: Frame): CcrContent[] {
  frame.extra ??= {}
  return (frame.extra.content ??= frame.type.children
    .map(({ name }) => ({ child: name, count: countOf(frame, name) }))
    .filter(({ count }) => count > 0))
}

function addRun(frame: Frame, child: string): void {
  const content = orderOf(frame)
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

/** Text comes in pieces. */
function addText(children: (XmlNode | CcrAround)[], text: string): void {
  const last = children.at(-1)
  if (last !== undefined && 'text' in last) last.text += text
  else children.push({ text })
}

const hasElements = (children: readonly (XmlNode | CcrAround)[]): boolean =>
  children.some((child) => 'element' in child || 'document' in child)

/** White space between elements says nothing. `among`: there are elements beside these children. */
function dropBlanks(children: (XmlNode | CcrAround)[], among = false): void {
  if (!among && !hasElements(children)) return
  let kept = 0
  for (const child of children) if (!('text' in child) || !isBlank(child.text)) children[kept++] = child
  children.length = kept
}
