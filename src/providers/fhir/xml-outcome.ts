import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { isObject, type JsonObject } from '../json-answer'

/** What is looked at: an OperationOutcome has some hundred characters. */
const LARGEST = 64 * 1024

const ROOT = 'OperationOutcome'
const repeated = new Set(['issue', 'coding', 'location', 'expression'])

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  // Numeric references are decoded only with these.
  htmlEntities: true,
  isArray: (name) => repeated.has(name),
})

/**
 * An OperationOutcome in XML as it is in JSON. Undefined for anything else, and for what is not well-formed, has a
 * DOCTYPE, or is over 64 KiB. Source: hl7.org/fhir/R4/xml.html
 */
export function xmlOutcome(body: Buffer): JsonObject | undefined {
  if (body.length > LARGEST) return undefined
  const text = body.toString('utf8')
  // The parser alone takes mismatched tags and cut files; and a DTD has no place in FHIR.
  if (!/^\s*</.test(text) || text.includes('<!DOCTYPE')) return undefined
  try {
    if (XMLValidator.validate(text) !== true) return undefined
    const outcome = (xml.parse(text) as JsonObject)[ROOT]
    return isObject(outcome) ? { ...childrenOf(outcome), resourceType: ROOT } : undefined
  } catch {
    // Nested too deep, or names that the parser does not take.
    return undefined
  }
}

/** A primitive of FHIR is an element with an attribute `value`. */
function valueOf(element: unknown): unknown {
  if (Array.isArray(element)) return element.map(valueOf)
  if (!isObject(element)) return element
  return typeof element.value === 'string' ? element.value : childrenOf(element)
}

function childrenOf(element: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(element).map(([name, child]) => [name, valueOf(child)]))
}
