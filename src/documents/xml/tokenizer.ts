import { GatewayError } from '../../errors'
import { asciiName, firstNotChar, isBlank, isChar, isNcName, isQName, isSpace } from './characters'
import { XML_NAMESPACE, XMLNS_NAMESPACE, type XmlAttribute } from './nodes'

/** A name that has been resolved. The same object stands for all its occurrences in one scope. */
export interface XmlName {
  /** As written, with its prefix. */
  readonly name: string
  readonly prefix: string
  readonly local: string
  /** The empty string for none. */
  readonly namespace: string
}

/** What a tokenizer tells, in document order. What it throws ends the reading. */
export interface XmlHandler {
  open(name: XmlName, attributes: readonly XmlAttribute[]): void
  close(name: XmlName): void
  /**
   * Character data, with references resolved and line ends as `\n`. One text may come in pieces where it holds CDATA.
   * `blank`: it is nothing but white space.
   */
  text(text: string, blank: boolean): void
  comment(text: string): void
  instruction(target: string, data: string): void
}

export interface XmlTokenizerOptions {
  /** Do not tell white space between tags, but for that which is all that an element has. */
  skipBlanks?: boolean
  /** How many elements may be open at once. */
  maxDepth?: number | undefined
  /** How many attributes one element may have. */
  maxAttributes?: number
  /** May an error name this element? A name that is not known may be a person's. */
  mayName?: (local: string) => boolean
}

/** Deeper than any real record (the deepest of 41 public samples has 14 levels) and far from any stack's end. */
export const DEEPEST = 256
const MOST_ATTRIBUTES = 1024
/** In force at once. Each takes room wherever a part of the document has to stand on its own. */
const MOST_NAMESPACES = 100
/** Input shorter than this waits for more. */
const LEAST_INPUT = 4096

const TAB = 0x9
const NEWLINE = 0xa
const SPACE = 0x20
const BANG = 0x21
const APOSTROPHE = 0x27
const QUOTE = 0x22
const SLASH = 0x2f
const LT = 0x3c
const EQUALS = 0x3d
const GT = 0x3e
const QUESTION = 0x3f
const COLON = 0x3a

/** Its own binding: it is looked at for each character of each name. */
const nameCharacters = asciiName
const NONE: readonly XmlAttribute[] = []
/** No token ends in this piece of the input. */
const INCOMPLETE = -1
const CDATA = '<![CDATA['

const references = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const declaration =
  /^[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*$/

/** The element that declares namespaces; the same as long as the same ones are in force. */
interface Scope {
  /** What the prefixes that it declares stood for outside of it; undefined for nothing. */
  readonly outside: ReadonlyMap<string, string | undefined>
}

const OUTERMOST: Scope = { outside: new Map() }

/** One of the names met lately, with what it meant in the scope in which it was met last. */
interface Known {
  scope: Scope | undefined
  resolved: XmlName
}

/** A power of two; CCR has some 300 names. */
const KNOWN_NAMES = 2048

interface Place {
  line: number
  column: number
}

/**
 * A strict XML 1.0 tokenizer with namespaces that takes a document in pieces. It accepts what is well-formed and
 * namespace-well-formed, and no DOCTYPE: with it go entities of one's own, external references and default attributes.
 * A document of version 1.1 is read by the rules of 1.0. Anything else, and what is over the limits, is thrown as
 * HG_INPUT with line and column, both from 1, and what was expected there. Takes time and memory linear in the
 * document, however it is cut; holds no more of it than the pieces of the token at hand.
 */
export class XmlTokenizer {
  readonly #handler: XmlHandler
  readonly #maxDepth: number
  readonly #maxAttributes: number
  readonly #mayName: (local: string) => boolean
  readonly #skipBlanks: boolean

  /** Given, but not yet looked at. */
  #pending = ''
  /** How much has to be pending before it is worth a look: as much as was left over, so that the work stays linear. */
  #wanted = 0
  /** A carriage return or half a character at the end of what was given. */
  #held = ''
  #begun = false

  #buffer = ''
  /** Of the first character that no document can hold. */
  #bad = Infinity
  /** Of the next ampersand. */
  #amp = Infinity
  #hasCdataEnd = false

  /** Where the buffer begins in the document. */
  #line = 1
  #column = 1
  /** Of the next line end in the buffer, and the line that it ends. */
  #newline = Infinity
  #counted = 1
  /** Where the token at hand begins in the buffer. */
  #token = 0

  #scope = OUTERMOST
  /** The namespaces in force, by prefix. */
  readonly #bindings = new Map([
    ['', ''],
    ['xml', XML_NAMESPACE],
    ['xmlns', XMLNS_NAMESPACE],
  ])
  readonly #known: (Known | undefined)[] = new Array<Known | undefined>(KNOWN_NAMES).fill(undefined)
  readonly #open: XmlName[] = []
  readonly #scopes: Scope[] = []
  #depth = 0
  /** Where each open element begins: in the buffer, or from `#placed` down in the document. */
  readonly #starts: number[] = []
  readonly #places: Place[] = []
  #placed = 0
  #rootSeen = false
  /** What came after the last "<". */
  #previous = 0

  constructor(handler: XmlHandler, options: XmlTokenizerOptions = {}) {
    this.#handler = handler
    this.#maxDepth = options.maxDepth ?? DEEPEST
    this.#maxAttributes = options.maxAttributes ?? MOST_ATTRIBUTES
    this.#skipBlanks = options.skipBlanks ?? false
    this.#mayName = options.mayName ?? (() => false)
  }

  /** The line, from 1, on which begins what the handler is being told. */
  get line(): number {
    while (this.#newline < this.#token) {
      this.#counted++
      this.#newline = found(this.#buffer.indexOf('\n', this.#newline + 1))
    }
    return this.#counted
  }

  /** The namespaces in force inside the element that the handler is being told of, by prefix; until the next one. */
  get namespaces(): ReadonlyMap<string, string> {
    return this.#bindings
  }

  /** Takes the next piece of the document. */
  write(text: string): void {
    this.#pending += text
    if (this.#pending.length >= this.#wanted) this.#take(false)
  }

  /** The document has ended. */
  end(): void {
    this.#take(true)
    this.#token = this.#buffer.length
    if (this.#depth > 0) throw this.#endTagExpected(this.#token, 'the document ends')
    if (!this.#rootSeen) throw this.#fault(this.#token, 'expected an element, the document ends')
  }

  #take(last: boolean): void {
    let text = this.#held + this.#pending
    this.#pending = ''
    this.#held = ''
    if (!this.#begun && text !== '') {
      this.#begun = true
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    if (!last) {
      const code = text.charCodeAt(text.length - 1)
      if (code === 0xd || (code >= 0xd800 && code <= 0xdbff)) {
        this.#held = text.slice(-1)
        text = text.slice(0, -1)
      }
    }
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
    const bad = firstNotChar(text)
    this.#bad = bad < 0 ? Infinity : this.#buffer.length + bad
    // Joined, it is one flat string: looked into several times as fast as a sum or a slice of strings, and it keeps
    // alive nothing but itself.
    const buffer = (this.#buffer = [this.#buffer, text].join(''))
    this.#amp = found(buffer.indexOf('&'))
    this.#hasCdataEnd = buffer.includes(']]>')
    this.#newline = found(buffer.indexOf('\n'))
    this.#counted = this.#line
    this.#drop(this.#scan(buffer, last))
    this.#wanted = Math.max(this.#buffer.length, LEAST_INPUT)
  }

  /** Forgets the buffer up to there. */
  #drop(to: number): void {
    let place: Place = { line: this.#line, column: this.#column }
    let from = 0
    for (; this.#placed < this.#depth; this.#placed++) {
      const start = this.#starts[this.#placed] ?? from
      this.#places[this.#placed] = place = this.#further(place, from, start)
      from = start
    }
    const { line, column } = this.#further(place, from, to)
    this.#buffer = this.#buffer.slice(to)
    this.#line = line
    this.#column = column
    this.#token = 0
  }

  /** Tells all tokens that end in the buffer. Returns where the first one that does not begins. */
  #scan(buffer: string, last: boolean): number {
    const end = buffer.length
    let at = 0
    for (;;) {
      this.#token = at
      let lt = at
      let code = buffer.charCodeAt(at)
      while (code === SPACE || code === NEWLINE || code === TAB) code = buffer.charCodeAt(++lt)
      if (lt > at || code !== LT) {
        const first = lt
        if (code !== LT) {
          lt = buffer.indexOf('<', lt)
          if (lt < 0) {
            if (!last) break
            lt = end
          }
        }
        // What the next tag is decides about the white space before it.
        if (first === lt && lt + 1 === end && !last) break
        if (lt > at && !(first === lt && this.#isBetween(buffer.charCodeAt(lt + 1)))) {
          this.#text(at, first, lt)
        }
        if (lt === end) return end
        this.#token = lt
      }
      code = buffer.charCodeAt(lt + 1)
      if (code === SLASH) at = this.#endTag(buffer, lt)
      else if (code === BANG) at = this.#bang(buffer, lt)
      else if (code === QUESTION) at = this.#instruction(buffer, lt)
      else at = this.#startTag(buffer, lt)
      if (at === INCOMPLETE) {
        at = lt
        break
      }
      this.#previous = buffer.charCodeAt(at - 2) === SLASH ? SLASH : code
    }
    if (this.#bad < Infinity) throw this.#notChar()
    if (last) throw this.#unfinished(at)
    return at
  }

  /** Is text between tags, and none of a pair with nothing else inside? `next`: what comes after the next "<". */
  #isBetween(next: number): boolean {
    const previous = this.#previous
    if (!this.#skipBlanks || previous === BANG || previous === QUESTION) return false
    return next === SLASH ? previous === SLASH : next !== BANG && next !== QUESTION
  }

  /** What begins there does not end. */
  #unfinished(at: number): GatewayError {
    const rest = this.#buffer.slice(at, at + 16)
    const missing = rest.startsWith('<!--')
      ? '"-->", the end of the comment'
      : rest.startsWith(CDATA)
        ? '"]]>", the end of the CDATA section'
        : rest.startsWith('<?')
          ? '"?>", the end of the processing instruction'
          : '">", the end of the tag'
    return this.#fault(at, `expected ${missing} that begins here, the document ends`)
  }

  /** `first`: of its first character that is no white space. */
  #text(from: number, first: number, to: number): void {
    const buffer = this.#buffer
    if (to > this.#bad) throw this.#notChar()
    if (this.#depth === 0) {
      if (first === to) return
      throw this.#fault(first, this.#rootSeen ? 'expected nothing after the root element' : 'expected "<"')
    }
    let text = buffer.slice(from, to)
    if (this.#hasCdataEnd && text.includes(']]>')) {
      throw this.#fault(from + text.indexOf(']]>'), 'expected text without "]]>"')
    }
    if (this.#amp < to) {
      text = this.#resolved(text, from)
      this.#amp = found(buffer.indexOf('&', to))
      this.#handler.text(text, isBlank(text))
    } else this.#handler.text(text, first === to)
  }

  /** The text with its references resolved; it begins there in the buffer. */
  #resolved(text: string, at: number): string {
    let resolved = ''
    let done = 0
    for (let amp = text.indexOf('&'); amp >= 0; amp = text.indexOf('&', done)) {
      const end = text.indexOf(';', amp)
      const name = end < 0 ? '' : text.slice(amp + 1, end)
      const character = references.get(name) ?? characterOf(name)
      if (character === undefined) {
        throw this.#fault(
          at + amp,
          'expected &amp; &lt; &gt; &quot; &apos; or a number such as &#233; after "&"; no other entity is known',
        )
      }
      resolved += text.slice(done, amp) + character
      done = end + 1
    }
    return resolved + text.slice(done)
  }

  #endTag(buffer: string, lt: number): number {
    const open = this.#open[this.#depth - 1]
    if (open === undefined) {
      throw this.#fault(
        lt,
        this.#rootSeen ? 'expected nothing after the root element' : 'expected an element',
      )
    }
    const after = lt + 2 + open.name.length
    if (buffer.charCodeAt(after) === GT && buffer.startsWith(open.name, lt + 2)) {
      this.#close(open)
      return after + 1
    }
    const gt = buffer.indexOf('>', lt)
    if (gt < 0) return INCOMPLETE
    if (gt > this.#bad) throw this.#notChar()
    if (!buffer.startsWith(open.name, lt + 2) || !isBlank(buffer.slice(after, gt))) {
      throw this.#endTagExpected(lt, 'found another tag')
    }
    this.#close(open)
    return gt + 1
  }

  #close(name: XmlName): void {
    const depth = --this.#depth
    if (depth < this.#placed) this.#placed = depth
    const outer = this.#scopes[depth] ?? OUTERMOST
    if (outer !== this.#scope) this.#leaveScope(outer)
    this.#handler.close(name)
  }

  #leaveScope(outer: Scope): void {
    for (const [prefix, namespace] of this.#scope.outside) {
      if (namespace === undefined) this.#bindings.delete(prefix)
      else this.#bindings.set(prefix, namespace)
    }
    this.#scope = outer
  }

  #bang(buffer: string, lt: number): number {
    if (buffer.startsWith('<!--', lt)) {
      const dashes = buffer.indexOf('--', lt + 4)
      if (dashes < 0 || dashes + 2 === buffer.length) return INCOMPLETE
      if (dashes > this.#bad) throw this.#notChar()
      if (buffer.charCodeAt(dashes + 2) !== GT) throw this.#fault(dashes, 'expected a comment without "--"')
      this.#handler.comment(buffer.slice(lt + 4, dashes))
      this.#passAmp(buffer, dashes)
      return dashes + 3
    }
    if (buffer.startsWith(CDATA, lt)) {
      if (this.#depth === 0) throw this.#fault(lt, 'expected character data only inside of the root element')
      const close = buffer.indexOf(']]>', lt + CDATA.length)
      if (close < 0) return INCOMPLETE
      if (close > this.#bad) throw this.#notChar()
      const text = buffer.slice(lt + CDATA.length, close)
      if (text !== '') this.#handler.text(text, isBlank(text))
      this.#passAmp(buffer, close)
      return close + 3
    }
    const rest = buffer.slice(lt, lt + CDATA.length)
    if (CDATA.startsWith(rest) || '<!--'.startsWith(rest)) return INCOMPLETE
    if ('<!DOCTYPE'.startsWith(rest)) {
      if (rest.length < 9) return INCOMPLETE
      throw this.#fault(lt, 'a DOCTYPE is not allowed')
    }
    throw this.#fault(lt, 'expected "<!--" or "<![CDATA["')
  }

  /** Goes past the ampersands in what has no references, such as a comment: the next one is behind it. */
  #passAmp(buffer: string, to: number): void {
    if (this.#amp < to) this.#amp = found(buffer.indexOf('&', to))
  }

  #instruction(buffer: string, lt: number): number {
    const close = buffer.indexOf('?>', lt + 2)
    if (close < 0) return INCOMPLETE
    if (close > this.#bad) throw this.#notChar()
    const content = buffer.slice(lt + 2, close)
    const target = /^[^ \t\n]*/.exec(content)?.[0] ?? ''
    const data = content.slice(target.length)
    if (target === 'xml' && lt === 0 && this.#line === 1 && this.#column === 1) {
      if (!declaration.test(data)) {
        throw this.#fault(lt, 'expected an XML declaration such as <?xml version="1.0" encoding="UTF-8"?>')
      }
      return close + 2
    }
    if (/^xml$/i.test(target)) {
      throw this.#fault(lt, 'expected the XML declaration only at the very beginning')
    }
    if (!isNcName(target)) throw this.#fault(lt + 2, 'expected the name of a processing instruction')
    this.#handler.instruction(target, data.replace(/^[ \t\n]+/, ''))
    this.#passAmp(buffer, close)
    return close + 2
  }

  #startTag(buffer: string, lt: number): number {
    let hash = 0
    let at = lt + 1
    for (let code = buffer.charCodeAt(at); ; code = buffer.charCodeAt(++at)) {
      // Not a number at the buffer's end.
      if (!(code < 128 ? nameCharacters[code] !== 0 || code === COLON : code >= 128)) break
      hash = (Math.imul(hash, 31) + code) | 0
    }
    if (at === buffer.length) return INCOMPLETE
    if (this.#depth === 0 && this.#rootSeen) throw this.#fault(lt, 'expected nothing after the root element')
    const slot = (hash ^ (hash >>> 15)) & (KNOWN_NAMES - 1)
    let known = this.#known[slot]
    if (known?.resolved.name.length !== at - lt - 1 || !buffer.startsWith(known.resolved.name, lt + 1)) {
      const name = buffer.slice(lt + 1, at)
      if (!isQName(name)) throw this.#fault(lt + 1, 'expected the name of an element')
      // A name outlives its buffer, and a slice would keep it.
      known = { scope: undefined, resolved: resolve(Buffer.from(name).toString(), '') }
      this.#known[slot] = known
    }
    const code = buffer.charCodeAt(at)
    if (code === GT) {
      this.#opened(known, lt, NONE)
      return at + 1
    }
    if (code === SLASH) {
      const next = buffer.charCodeAt(at + 1)
      if (next === GT) {
        this.#close(this.#opened(known, lt, NONE))
        return at + 2
      }
      if (at + 1 === buffer.length) return INCOMPLETE
      throw this.#fault(at + 1, 'expected ">" after "/"')
    }
    if (!isSpace(code)) throw this.#fault(at, 'expected ">", "/>" or white space after an element\'s name')
    return this.#attributes(buffer, lt, at, known)
  }

  #attributes(buffer: string, lt: number, from: number, known: Known): number {
    const attributes: XmlAttribute[] = []
    let declares = false
    let at = from
    for (;;) {
      const spaces = at
      while (isSpace(buffer.charCodeAt(at))) at++
      if (at === buffer.length) return INCOMPLETE
      const code = buffer.charCodeAt(at)
      if (code === GT || code === SLASH) break
      if (at === spaces) throw this.#fault(at, 'expected white space, ">" or "/>" after an attribute')
      const begin = at
      at = nameEnd(buffer, at)
      if (at === buffer.length) return INCOMPLETE
      const name = buffer.slice(begin, at)
      if (!isQName(name)) throw this.#fault(begin, 'expected ">", "/>" or the name of an attribute')
      while (isSpace(buffer.charCodeAt(at))) at++
      if (at === buffer.length) return INCOMPLETE
      if (buffer.charCodeAt(at) !== EQUALS) throw this.#fault(at, 'expected "=" after an attribute\'s name')
      at++
      while (isSpace(buffer.charCodeAt(at))) at++
      if (at === buffer.length) return INCOMPLETE
      const quote = buffer.charCodeAt(at)
      if (quote !== QUOTE && quote !== APOSTROPHE)
        throw this.#fault(at, "expected an attribute's value in quotes")
      const close = buffer.indexOf(quote === QUOTE ? '"' : "'", at + 1)
      const value = buffer.slice(at + 1, close < 0 ? buffer.length : close)
      if (value.includes('<')) {
        throw this.#fault(at + 1 + value.indexOf('<'), 'expected an attribute\'s value without "<"')
      }
      if (close < 0) return INCOMPLETE
      if (close > this.#bad) throw this.#notChar()
      if (attributes.length === this.#maxAttributes) {
        throw this.#fault(begin, `expected at most ${this.#maxAttributes} attributes`)
      }
      declares ||= name === 'xmlns' || name.startsWith('xmlns:')
      attributes.push({ name, value: this.#resolved(value.replace(/[\t\n]/g, ' '), at + 1) })
      at = close + 1
    }
    const empty = buffer.charCodeAt(at) === SLASH
    if (empty) {
      at++
      if (at === buffer.length) return INCOMPLETE
      if (buffer.charCodeAt(at) !== GT) throw this.#fault(at, 'expected ">" after "/"')
    }
    this.#passAmp(buffer, at)
    const outer = this.#scope
    if (declares) this.#scope = this.#declared(attributes, lt)
    this.#resolveAttributes(attributes, lt)
    const name = this.#opened(known, lt, attributes, outer)
    if (empty) this.#close(name)
    return at + 1
  }

  /** The scope inside an element with these declarations. */
  #declared(attributes: readonly XmlAttribute[], lt: number): Scope {
    const outside = new Map<string, string | undefined>()
    for (const { name, value: namespace } of attributes) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
      const prefix = name.slice(6)
      const wrong =
        prefix === 'xmlns' ||
        namespace === XMLNS_NAMESPACE ||
        (prefix === 'xml') !== (namespace === XML_NAMESPACE) ||
        (prefix !== '' && namespace === '')
      if (wrong) throw this.#fault(lt, 'expected a namespace that this prefix may be declared for')
      if (!outside.has(prefix)) outside.set(prefix, this.#bindings.get(prefix))
      this.#bindings.set(prefix, namespace)
    }
    // Three are in force from the start.
    if (this.#bindings.size > MOST_NAMESPACES + 3) {
      throw this.#fault(lt, `expected at most ${MOST_NAMESPACES} namespace prefixes at a time`)
    }
    return { outside }
  }

  /** Gives names with a prefix their namespace, and sees to it that none is there twice. */
  #resolveAttributes(attributes: readonly XmlAttribute[], lt: number): void {
    const seen = new Set<string>()
    for (const attribute of attributes) {
      const { name } = attribute
      const colon = name.indexOf(':')
      let unique = name
      if (colon > 0) {
        const namespace = this.#namespaceOf(name.slice(0, colon), lt)
        if (namespace !== XMLNS_NAMESPACE) attribute.namespace = namespace
        // No name has a space in it.
        unique = `${name.slice(colon + 1)} ${namespace}`
      }
      if (seen.has(unique)) throw this.#fault(lt, 'expected each attribute only once')
      seen.add(unique)
    }
  }

  #namespaceOf(prefix: string, at: number): string {
    const namespace = this.#bindings.get(prefix)
    if (namespace === undefined) throw this.#fault(at, 'expected a declaration of each namespace prefix')
    return namespace
  }

  #opened(known: Known, lt: number, attributes: readonly XmlAttribute[], outer = this.#scope): XmlName {
    if (known.scope !== this.#scope) {
      const { name, prefix, namespace } = known.resolved
      if (prefix === 'xmlns') throw this.#fault(lt, 'expected an element\'s name without the prefix "xmlns"')
      const current = this.#namespaceOf(prefix, lt)
      if (current !== namespace) known.resolved = resolve(name, current)
      known.scope = this.#scope
    }
    const { resolved } = known
    const depth = this.#depth
    if (depth === this.#maxDepth) throw this.#fault(lt, `nested deeper than ${this.#maxDepth} elements`)
    this.#rootSeen = true
    this.#open[depth] = resolved
    this.#scopes[depth] = outer
    this.#starts[depth] = lt
    this.#depth = depth + 1
    this.#handler.open(resolved, attributes)
    return resolved
  }

  #placeOf(at: number): Place {
    return this.#further({ line: this.#line, column: this.#column }, 0, at)
  }

  /** The place at `to` in the buffer, given that at `from`. */
  #further({ line, column }: Place, from: number, to: number): Place {
    let begin = from - column + 1
    for (
      let end = this.#buffer.indexOf('\n', from);
      end >= 0 && end < to;
      end = this.#buffer.indexOf('\n', end + 1)
    ) {
      line++
      begin = end + 1
    }
    return { line, column: to - begin + 1 }
  }

  #endTagExpected(at: number, found: string): GatewayError {
    const depth = this.#depth - 1
    const open = this.#open[depth]
    const { line, column } =
      (depth < this.#placed ? this.#places[depth] : undefined) ?? this.#placeOf(this.#starts[depth] ?? 0)
    const tag = open && this.#mayName(open.local) ? `</${open.name}>` : 'the end tag'
    return this.#fault(at, `expected ${tag} of the element that begins at ${line}:${column}, ${found}`)
  }

  #notChar(): GatewayError {
    return this.#fault(this.#bad, 'expected a character that XML allows')
  }

  #fault(at: number, fault: string): GatewayError {
    const place = this.#placeOf(at)
    return new GatewayError(
      'HG_INPUT',
      `The document is not well-formed XML, at line:column ${place.line}:${place.column}: ${fault}.`,
      { detail: place },
    )
  }
}

const found = (at: number): number => (at < 0 ? Infinity : at)

function resolve(name: string, namespace: string): XmlName {
  const colon = name.indexOf(':')
  return colon < 0
    ? { name, prefix: '', local: name, namespace }
    : { name, prefix: name.slice(0, colon), local: name.slice(colon + 1), namespace }
}

/** Where the name that begins there ends. */
function nameEnd(buffer: string, at: number): number {
  for (let code = buffer.charCodeAt(at); ; code = buffer.charCodeAt(++at)) {
    if (!(code < 128 ? nameCharacters[code] !== 0 || code === COLON : code >= 128)) return at
  }
}

/** The character of a reference by number; `name` is what stands between "&" and ";". */
function characterOf(name: string): string | undefined {
  if (!/^#(?:[0-9]+|x[0-9a-fA-F]+)$/.test(name)) return undefined
  const code = name[1] === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10)
  return isChar(code) ? String.fromCodePoint(code) : undefined
}
