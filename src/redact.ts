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
  'password|passwd|secret|assertion|state|set-cookie|cookie|authorization)'

/** In order: a later rule sees what an earlier one left. */
const rules: [RegExp, string][] = [
  // Authorization headers, whatever the scheme
  [/\b(OAuth|Bearer|Basic|Digest)[ \t]+[^\r\n]*?[=A-Za-z0-9+/._~"-]{8,}[^\r\n]*/g, `$1 ${HIDDEN}`],
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
  [/\b\d{3}-\d{2}-\d{4}\b/g, HIDDEN],
  [/\b\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]*)?/g, HIDDEN],
  [/\+?\d[\d ()/-]{6,}\d/g, HIDDEN],
]

/** Makes text fit to be shown. `secrets` are exact values to hide besides what the rules find. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let result = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  for (const secret of secrets) {
    if (secret.length < 4) continue
    for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
      result = result.replaceAll(form, HIDDEN)
    }
  }
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement)
  return result
}

/** `redact` for every string in a JSON value; anything that is not JSON is dropped. */
export function redactDeep(value: unknown, secrets: readonly string[] = []): unknown {
  if (typeof value === 'string') return redact(value, secrets)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, secrets))
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, redactDeep(item, secrets)]),
    )
  }
  return undefined
}

/**
 * The first 200 characters of an answer, fit for an error. A gateway may quote the document that it refuses, so
 * every word of the answer that stands in the text of `sent` is hidden; element names of `sent` are not.
 */
export function excerpt(answer: string | Uint8Array, sent?: string | Uint8Array): string {
  const text = (
    typeof answer === 'string' ? answer.slice(0, 200) : Buffer.from(answer.subarray(0, 600)).toString()
  )
    .slice(0, 200)
    .replace(/[\p{Cc}\p{Cs}\uFFFD]+/gu, ' ')
    .trim()
  const source = sent === undefined ? '' : typeof sent === 'string' ? sent : Buffer.from(sent).toString()
  const masked = source
    ? text.replace(/[\p{L}\p{N}]{3,}/gu, (word) => (standsInText(source, word) ? HIDDEN : word))
    : text
  return redact(masked)
}

function standsInText(source: string, word: string): boolean {
  for (let at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + word.length)) {
    const before = source[at - 1]
    if (before !== '<' && before !== '/' && before !== ':') return true
  }
  return false
}
