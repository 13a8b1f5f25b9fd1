import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** A staging answer has some five short values. */
const DEEPEST = 8
/** What old frameworks put around text: a JSON string, an element `string`. */
const MOST_WRAPPERS = 2

/**
 * The parameters of the gateway's answer by their names in lower case, or undefined for what is no answer of it. The
 * pages name the parameters, not the format: JSON, XML and name=value are understood, by their content. No text fits
 * two of them, so the content type, which services of that time often had wrong, is not asked. Of a name that stands
 * several times the one counts that lies least deep, and among those the first.
 */
export function answerParameters(text: string, wrappers = MOST_WRAPPERS): Map<string, string> | undefined {
  const trimmed = text.trim()
  const tree = treeOf(trimmed)
  if (tree === undefined) return fromNameValue(trimmed)
  const leaves = leavesOf(tree)
  const [only] = leaves.values()
  if (leaves.size === 1 && only !== undefined && wrappers > 0) {
    return answerParameters(only, wrappers - 1) ?? leaves
  }
  return leaves.size > 0 ? leaves : undefined
}

/** Of JSON and XML; undefined for other text. */
function treeOf(text: string): unknown {
  try {
    if (/^[{["]/.test(text)) return JSON.parse(text)
    // The parser alone takes mismatched tags and cut files; and a DTD has no place in an answer.
    const isXml = text.startsWith('<') && !/<!DOCTYPE/i.test(text) && XMLValidator.validate(text) === true
    return isXml ? xml.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** What the parser calls the text of an element that has attributes. */
const TEXT = '#text'

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Numeric references are decoded only with these.
  htmlEntities: true,
})

/** One pair a line, as it is written; or pairs joined with `&`, as application/x-www-form-urlencoded. */
function fromNameValue(text: string): Map<string, string> | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length > 1) {
    const pairs = lines.map((line) => PAIR.exec(line))
    if (pairs.every((pair) => pair !== null)) return new Parameters().addAll(pairs, percentDecoded).values
  }
  const pairs = text.split('&').map((pair) => PAIR.exec(pair))
  if (pairs.every((pair) => pair !== null)) return new Parameters().addAll(pairs, formDecoded).values
  return undefined
}

const PAIR = /^\s*([\w.-]+)\s*=(.*)$/s

function formDecoded(value: string): string {
  return new URLSearchParams(`value=${value}`).get('value') ?? ''
}

/** Nothing says that a line is encoded: what is no escape sequence, `+` and `&` among it, stays as it is. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** Every value of a tree by its name, breadth first. What is in a list has the list's name. */
function leavesOf(tree: unknown): Map<string, string> {
  const parameters = new Parameters()
  let level: [name: string, value: unknown][] = [['', tree]]
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    level = level.flatMap(([name, value]) => {
      if (Array.isArray(value)) return value.map((item: unknown): [string, unknown] => [name, item])
      if (typeof value === 'object' && value !== null) {
        return Object.entries(value).map(([key, item]): [string, unknown] => [
          key === TEXT ? name : key,
          item,
        ])
      }
      if (typeof value === 'string') parameters.add(name, value)
      if (typeof value === 'number' || typeof value === 'boolean') parameters.add(name, String(value))
      return []
    })
  }
  return parameters.values
}

class Parameters {
  readonly values = new Map<string, string>()

  add(name: string, value: string): void {
    const key = name.toLowerCase()
    if (!this.values.has(key)) this.values.set(key, value.trim())
  }

  addAll(pairs: readonly RegExpExecArray[], decode: (value: string) => string): this {
    for (const [, name = '', value = ''] of pairs) this.add(name, decode(value))
    return this
  }
}
