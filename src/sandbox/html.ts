/** Markup that is safe to send. */
export class Html {
  constructor(readonly markup: string) {}
}

type Content = string | number | Html | readonly Html[] | undefined

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup with everything put into it escaped, for text and for quoted attribute values. */
export function html(strings: TemplateStringsArray, ...contents: Content[]): Html {
  return new Html(strings.reduce((markup, string, at) => markup + toMarkup(contents[at - 1]) + string))
}

function toMarkup(content: Content): string {
  if (content === undefined) return ''
  if (content instanceof Html) return content.markup
  if (typeof content === 'object') return content.map((part) => part.markup).join('')
  return String(content).replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}
