/**
 * The one redactor: every error, status and log line passes through it. It leaves what a person needs to act on
 * (hosts, paths, status codes, element names) and hides what may be a secret or say something about a patient.
 */
const HIDDEN = '[redacted]'

/** Nothing a person reads is longer; also what keeps the rules' cost bounded on hostile input. */
const LONGEST = 8_000

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
  [/\+?\d[\d ()/-]{6,}\d/g, HIDDEN],
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

/** A larger document is not gone through for the sake of a quotation: 1 MiB takes about 20 ms. */
const LARGEST_COMPARED = 1024 * 1024

/** Words that hold a sentence together and say nothing of a patient. */
const HARMLESS = new Set(
  'a an and are as at be but by can cannot did does for from has have in is it its no none not of on one or the there this to was with'.split(
    ' ',
  ),
)

/**
 * The first 200 characters of an answer, fit for an error. A gateway may quote the document that it refuses, so every
 * word and number of the answer that stands in the text of `sent` is hidden, in whatever case, small words such as
 * "not" aside. Element names of `sent` are no text. Empty where `sent` is over 1 MiB.
 */
export function excerpt(answer: string | Uint8Array, sent = ''): string {
  if (sent.length > LARGEST_COMPARED) return ''
  const text = (
    typeof answer === 'string' ? answer.slice(0, 200) : Buffer.from(answer.subarray(0, 600)).toString()
  )
    .slice(0, 200)
    .replace(/[\p{Cc}\p{Cs}\uFFFD]+/gu, ' ')
    .trim()
  const said = wordsOf(sent.replace(/<\/?[\w:.-]+/g, ' ').replace(/[\w:.-]+=(?=["'])/g, ' '))
  return redact(text.replace(WORD, (word) => (said.has(word.toLowerCase()) ? HIDDEN : word)))
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu

function wordsOf(text: string): Set<string> {
  const words = new Set<string>()
  for (const [word] of text.matchAll(WORD)) {
    const lower = word.toLowerCase()
    if (!HARMLESS.has(lower)) words.add(lower)
  }
  return words
}
