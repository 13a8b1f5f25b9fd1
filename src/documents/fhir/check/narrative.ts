/** What R4 allows in a narrative (its invariant txt-1). */
const allowed = new Set(
  `a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol
  p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var`.split(/\s+/),
)

const NAMESPACE = 'http://www.w3.org/1999/xhtml'

const SHAPE = String.raw`\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')`
const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** HTML's own entities are none of XML, as R4 says. Source: hl7.org/fhir/R4/narrative.html */
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|lt|gt|amp|quot|apos);/g

/** A comment, a tag, or text up to the next one. */
const TOKEN = new RegExp(
  String.raw`<!--[^]*?-->|<(\/?)([A-Za-z][\w:-]*)((?:${SHAPE})*)\s*(\/?)>|([^<]+)`,
  'y',
)

const MALFORMED = 'is not well-formed XHTML'
const NOT_ONE = 'has to be XHTML in one <div>'

/** What is wrong with the XHTML of a narrative: browsers are shown it. */
export function narrativeFault(html: string): string | undefined {
  const open: string[] = []
  let hasContent = false
  let isClosed = false
  let at = 0
  while (at < html.length) {
    TOKEN.lastIndex = at
    const [token, end, name, attributes = '', empty, text] = TOKEN.exec(html) ?? []
    if (token === undefined) return /^\s*<div[\s>]/.test(html) ? MALFORMED : NOT_ONE
    at = TOKEN.lastIndex
    if (text !== undefined) {
      const isBlank = /^\s*$/.test(text)
      if (open.length === 0 && !isBlank) return NOT_ONE
      if (!isReadable(text)) return MALFORMED
      hasContent ||= !isBlank
      continue
    }
    if (name === undefined) continue
    if (open.length === 0 && (isClosed || name !== 'div')) return NOT_ONE
    if (!allowed.has(name)) return 'has elements that R4 does not allow in a narrative, such as scripts'
    if (end) {
      if (open.pop() !== name || attributes !== '' || empty) return MALFORMED
    } else {
      const fault = attributesFault(attributes, open.length === 0)
      if (fault !== undefined) return fault
      hasContent ||= name === 'img'
      if (!empty) open.push(name)
    }
    isClosed = open.length === 0
  }
  if (!isClosed) return MALFORMED
  return hasContent ? undefined : 'has no content'
}

function isReadable(text: string): boolean {
  return !text.includes('&') || !text.replace(REFERENCE, '').includes('&')
}

function attributesFault(attributes: string, isOutermost: boolean): string | undefined {
  const names = new Set<string>()
  let namespace: string | undefined
  for (const [, name = '', quoted, apostrophed] of attributes.matchAll(ATTRIBUTE)) {
    const value = quoted ?? apostrophed ?? ''
    if (names.has(name) || !isReadable(value)) return MALFORMED
    names.add(name)
    if (name === 'xmlns') namespace = value
    if (/^on/i.test(name)) return 'has attributes that run scripts'
    if (!leadsWell(name, value))
      return 'has a link that R4 does not allow in a narrative, such as to a script'
  }
  if (namespace === undefined ? isOutermost : namespace !== NAMESPACE) {
    return `has to be in the namespace of XHTML: its <div> needs the xmlns ${NAMESPACE}`
  }
  return undefined
}

/** Addresses may be relative, or lead to what shows no page of its own making: an SVG image may hold scripts. */
function leadsWell(name: string, value: string): boolean {
  const address = value
    .replace(REFERENCE, (reference, decimal?: string, hex?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : reference
    })
    .replace(/[\s\p{Cc}]/gu, '')
  if (!/^(?:href|src|cite|longdesc|background|xlink:href)$/i.test(name)) {
    return !/^(?:java|vb)script:/i.test(address)
  }
  const [, scheme] = /^([^/?#:]*):/.exec(address) ?? []
  if (scheme === undefined || /^(?:https?|mailto|tel|ftp|urn|cid)$/i.test(scheme)) return true
  return /^data:image\/(?:png|gif|jpe?g)[;,]/i.test(address) && name.toLowerCase() === 'src'
}
