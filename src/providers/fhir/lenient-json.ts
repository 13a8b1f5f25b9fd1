/** What is looked at: an OperationOutcome has some hundred characters. */
const LONGEST = 64 * 1024

/**
 * JSON as some servers write it: quotation marks inside a text that are not escaped, line ends inside a text, a comma
 * before a closing bracket, and an end that is missing. Undefined for what is no JSON even so.
 */
export function lenientJson(text: string): unknown {
  const taken = text.slice(0, LONGEST).replace(/^\uFEFF/, '')
  return parsed(taken) ?? parsed(mended(taken))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function mended(text: string): string {
  const pieces: string[] = []
  const open: string[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '"') {
      const end = endOfText(text, at + 1)
      pieces.push(`"${escaped(text.slice(at + 1, end))}"`)
      at = end
    } else if (char.trim() !== '') {
      if (char === '{' || char === '[') open.push(char === '{' ? '}' : ']')
      if (char === '}' || char === ']') {
        dropComma(pieces)
        open.pop()
      }
      pieces.push(char)
    }
  }
  if (pieces.at(-1) === ':') pieces.splice(-2)
  dropComma(pieces)
  return pieces.join('') + open.reverse().join('')
}

function dropComma(pieces: string[]): void {
  if (pieces.at(-1) === ',') pieces.pop()
}

/** The quotation mark after which the structure goes on, or the end of what there is. */
function endOfText(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (char === '\\') at++
    else if (char === '"' && closes(text, at + 1)) return at
  }
  return text.length
}

function closes(text: string, after: number): boolean {
  return /^\s*(?:$|[}\]:]|,\s*(?:$|["{[\]}\d-]|true|false|null))/.test(text.slice(after, after + 200))
}

function escaped(text: string): string {
  return text
    .replace(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|["\\]/g, (found) => (found.length > 1 ? found : `\\${found}`))
    .replace(/\p{Cc}/gu, ' ')
}
