/** The characters and names of XML 1.0, fifth edition, and of Namespaces in XML 1.0, third edition. */

/** First and last of each range beyond ASCII that may begin a name. */
const starts = [
  ...[0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f],
  ...[0x2c00, 0x2fef, 0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0xeffff],
].map((code, i) => `\\u{${code.toString(16)}}${i % 2 === 0 ? '-' : ''}`)
const START = `A-Z_a-z${starts.join('')}`
const PART = `${START}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040`

const ncName = new RegExp(`^[${START}][${PART}]*$`, 'u')

/** A name without a colon. */
export const isNcName = (name: string): boolean => ncName.test(name)

/** A name with at most one prefix. */
export function isQName(name: string): boolean {
  const colon = name.indexOf(':')
  return colon < 0 ? isNcName(name) : isNcName(name.slice(0, colon)) && isNcName(name.slice(colon + 1))
}

/** A quick look: most documents have neither these nor surrogates. */
const suspect = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/
const LONE_SURROGATE = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const notChar = new RegExp(`[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]|${LONE_SURROGATE}`)

/** Where the first character stands that no document can hold; -1 if there is none. */
export const firstNotChar = (text: string): number => (suspect.test(text) ? text.search(notChar) : -1)

/** Is it a character that a document can hold? */
export function isChar(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}

export const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0xa || code === 0x9 || code === 0xd

/** Nothing but white space. */
export const isBlank = (text: string): boolean => /^[ \t\n\r]*$/.test(text)

/** What ASCII has for names, by code: 1 may begin one, 2 may follow. */
export const asciiName = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code)
  asciiName[code] = /[A-Z_a-z]/.test(character) ? 1 : /[-.0-9]/.test(character) ? 2 : 0
}
