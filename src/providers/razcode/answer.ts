import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** A staging answer has some five short values. */
const DEEPEST = 8

/**
 * The parameters of the gateway's answer by their names in lower case, or undefined for what is no answer of it. The
 * pages name the parameters, not the format: JSON, XML and name=value are understood, by their content. No text fits
 * two of them, so the content type, which services of that time often had wrong, is not asked. Of a name that stands
 * twice, the first counts.
 */
export function answerParameters(text: string): Map<string, string> | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (/^[{["]/.test(trimmed)) return fromJson(trimmed)
  if (trimmed.startsWith('<')) return fromXml(trimmed)
  return fromNameValue(trimmed)
}

function fromJson(text: string): Map<string, string> | undefined {
  try {
    return leavesOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function fromXml(text: string): Map<string, string> | undefined {
  // The parser alone takes mismatched tags and cut files; and a DTD has no place in an answer.
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) return undefined
  try {
    return leavesOf(xml.parse(text))
  } catch {
    return undefined
  }
}

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
})

/** Pairs on one line joined with `&`, or one a line. */
function fromNameValue(text: string): Map<string, string> | undefined {
  const parameters = new Map<string, string>()
  for (const pair of text.split(/[&\r\n]+/)) {
    const [, name, value] = /^\s*([\w.-]+)\s*=(.*)$/s.exec(pair) ?? []
    if (name === undefined || value === undefined) return undefined
    add(parameters, name, decoded(value))
  }
  return parameters
}

/** As application/x-www-form-urlencoded; a value that is not encoded stays as it is. */
function decoded(value: string): string {
  return new URLSearchParams(`value=${value}`).get('value') ?? ''
}

function leavesOf(tree: unknown): Map<string, string> | undefined {
  const parameters = new Map<string, string>()
  collect(tree, DEEPEST, parameters)
  return parameters.size > 0 ? parameters : undefined
}

function collect(value: unknown, depth: number, parameters: Map<string, string>): void {
  if (typeof value !== 'object' || value === null || depth === 0) return
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string') add(parameters, name, inner)
    else if (typeof inner === 'number' || typeof inner === 'boolean') add(parameters, name, String(inner))
    else collect(inner, depth - 1, parameters)
  }
}

function add(parameters: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase()
  if (!parameters.has(key)) parameters.set(key, value.trim())
}
