/** What R4 allows in a narrative (its invariant txt-1). */
const allowed = new Set(
  `a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol
  p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var`.split(/\s+/),
)

const TAG = /<(?:!--[^]*?-->|(\/?)([A-Za-z][\w:-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>|[^]?)/g
const ATTRIBUTE = /\s([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** What is wrong with the XHTML of a narrative: browsers are shown it. */
export function narrativeFault(html: string): string | undefined {
  if (!/^\s*<div[\s>]/.test(html)) return 'has to be XHTML in one <div>'
  const open: string[] = []
  let closed = false
  for (const [tag, end, written, attributes = '', empty] of html.matchAll(TAG)) {
    if (tag.startsWith('<!--')) continue
    const name = written?.replace(/^\w+:/, '')
    if (written === undefined || name === undefined) return 'is not well-formed XHTML'
    if (!allowed.has(name)) return 'has elements that R4 does not allow in a narrative, such as scripts'
    if (end) {
      if (open.pop() !== written) return 'is not well-formed XHTML'
    } else {
      if (closed) return 'has to be XHTML in one <div>'
      if (hasActive(attributes)) return 'has attributes that run scripts'
      if (!empty) open.push(written)
    }
    closed = open.length === 0
  }
  if (!closed) return 'is not well-formed XHTML'
  return /\S/.test(html.replace(TAG, '')) || /<img\s/.test(html) ? undefined : 'has no content'
}

function hasActive(attributes: string): boolean {
  return [...` ${attributes}`.matchAll(ATTRIBUTE)].some(([, name = '', quoted, apostrophed]) => {
    const value = (quoted ?? apostrophed ?? '').replace(/[\s\p{Cc}]/gu, '').toLowerCase()
    // A character reference in front of the colon hides a scheme.
    const runs = /^(?:javascript:|vbscript:|data:text|[^:/?#]*&(?:#|colon|tab|newline))/.test(value)
    return /^on/i.test(name) || (/^(?:href|src)$/i.test(name) && runs)
  })
}
