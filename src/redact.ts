/**
 * The one redactor: every error, status and log line passes through it. It leaves what a person needs to act on
 * (hosts, paths, status codes, element names) and hides what may be a secret or say something about a patient.
 */
const HIDDEN = '[redacted]'

/** Nothing a person reads is longer; also what keeps the rules' cost bounded on hostile input. */
const LONGEST = 8_000

/**
 * Stands before a figure that is a line or a column of a document, as the reader of XML tells them: in a document of one
 * line, a column has as many digits as a telephone number.
 */
const PLACE = String.raw`\b(?:line:column|begins at) (?=\d{1,10}:\d{1,10}(?![\d ()/-]*\d))[\d:]{0,20}`

const SECRET_NAME =
  '(?:oauth_(?:token|token_secret|signature|verifier|consumer_key|consumer_secret|nonce|callback)|' +
  '(?:access|refresh|id|session|special)_?token|client_?secret|consumer_?secret|consumer_?key|api_?key|' +
  'password|passwd|secret|assertion|state|set-cookie|cookie|authorization|raz_(?:id|uri|image))'

/** In order: a later rule sees what an earlier one left. */
const rules: [RegExp, string][] = [
  // Authorization headers
  [/\b(OAuth|Digest)[ \t]+\w+="[^\r\n]*/g, `$1 ${HIDDEN}`],
  [/\b(Bearer|Basic)[ \t]+[\w+/.~=-]{8,}/g, `$1 ${HIDDEN}`],
  // name=value, name="value", "name":"value"
  [new RegExp(`(${SECRET_NAME}"?[ \\t]*[=:][ \\t]*)(?:"[^"]*"|[^\\s&",;]+)`, 'gi'), `$1${HIDDEN}`],
  // what a URL carries beside host and path
  [/(https?:\/\/)[^\s/@]*@/gi, `$1${HIDDEN}@`],
  [/(https?:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, `$1?${HIDDEN}`],
  // text and attribute values of markup
  [/>[^<>]*[^<>\s][^<>]*</g, `>${HIDDEN}<`],
  [/([\w:.-]{1,64}=)(?:"[^"]*"|'[^']*')/g, `$1"${HIDDEN}"`],
  // long opaque strings
  [/\b(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{24,}\b/g, HIDDEN],
  // e-mail addresses, telephone and insurance numbers, dates
  [/[^\s@<>"'(),;:]{1,64}@[^\s@<>"'(),;:]{1,200}\.[A-Za-z]{2,}/g, HIDDEN],
  [/\b\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]*)?/g, HIDDEN],
  [new RegExp(String.raw`(?<!${PLACE})\+?\d[\d ()/-]{6,}\d`, 'g'), HIDDEN],
]

/** Makes text fit to be shown. */
export function redact(text: string): string {
  let result = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement)
  return result
}

/** `redact` for every string in a JSON value; anything that is not JSON is dropped. */
export function redactDeep(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => redactDeep(item))
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, redactDeep(item)]),
    )
  }
  return undefined
}

/** A larger document is not gone through for the sake of a quotation: 16 MiB take some tenths of a second. */
const LARGEST_COMPARED = 16 * 1024 * 1024
/** Of it, at a time. */
const SLICE = 256 * 1024

/** Words that hold a sentence together and say nothing of a patient. */
const HARMLESS = new Set(
  'a an and are as at be but by can cannot did does for from has have in is it its no none not of on one or the there this to was with'.split(
    ' ',
  ),
)

/**
 * The first 200 characters of an answer, fit for an error. A gateway may quote the document that it refuses, so every
 * word and number of the answer that stands in the text of `sent` is hidden, in whatever case, small words such as
 * "not" aside. Element names of `sent` are no text. Empty where `sent` is over 16 MiB.
 */
export function excerpt(answer: string | Uint8Array, sent = ''): string {
  if (sent.length > LARGEST_COMPARED) return ''
  const text = typeof answer === 'string' ? answer : Buffer.from(answer.subarray(0, 4 * TAKEN)).toString()
  const taken = text
    .slice(0, TAKEN)
    .replace(/[\p{Cc}\p{Cs}\uFFFD]+/gu, ' ')
    // A word that is cut here could not be compared.
    .replace(text.length > TAKEN ? /[\p{L}\p{M}\p{N}]+$/u : '', '')
    .trim()
  const said = wordsSaid(wordsOf(taken), sent)
  const hidden = taken.replace(WORD, (word) => (said.has(word.toLowerCase()) ? HIDDEN : word))
  return redact(hidden).replace(PATH, `$1/${HIDDEN}`).replace(CODE, HIDDEN).slice(0, QUOTED)
}

/** An answer may hold the key to a record: an address, or a code of letters and digits. */
const PATH = /(https?:\/\/[^\s/"'<>]+)\/[^\s"'<>]+/gi
const CODE = /\b(?=[a-z-]*\d)(?=[\d-]*[a-z])[a-z\d-]{5,}\b/gi

const QUOTED = 200
/** What is looked at: hidden words are longer or shorter afterwards. */
const TAKEN = 2 * QUOTED

const WORD = /[\p{L}\p{M}\p{N}]+/gu

/** Which of these words stand in the text of a document. */
function wordsSaid(words: ReadonlySet<string>, document: string): Set<string> {
  const said = new Set<string>()
  for (let at = 0; at < document.length && said.size < words.size;) {
    // Between words, so that none is cut.
    const gap = document.slice(at + SLICE).search(/[^\p{L}\p{M}\p{N}&#;]/u)
    const end = gap < 0 ? document.length : at + SLICE + gap
    for (const word of wordsOf(textIn(document.slice(at, end)))) if (words.has(word)) said.add(word)
    at = end
  }
  return said
}

function textIn(markup: string): string {
  return markup
    .replace(/<\/?[\w:.-]+/g, ' ')
    .replace(/[\w:.-]+=(?=["'])/g, ' ')
    .replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi, (reference, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : reference
    })
}

function wordsOf(text: string): Set<string> {
  const words = new Set<string>()
  for (const [word] of text.matchAll(WORD)) {
    const lower = word.toLowerCase()
    if (!HARMLESS.has(lower)) words.add(lower)
  }
  return words
}
