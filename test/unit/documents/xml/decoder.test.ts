import assert from 'node:assert/strict'
import fc from 'fast-check'
import { XmlDecoder } from '../../../../src/documents/xml/decoder'
import { decodeXml } from './decode-xml'
import { GatewayError } from '../../../../src/errors'

const inPieces = (bytes: Uint8Array, cuts: readonly number[]): string => {
  const decoder = new XmlDecoder()
  const at = [0, ...[...new Set(cuts)].filter((cut) => cut < bytes.length).sort((a, b) => a - b)]
  return at.map((from, i) => decoder.write(bytes.subarray(from, at[i + 1]))).join('') + decoder.end()
}

const declared = (encoding: string, text = '<a>é€</a>') =>
  `<?xml version="1.0" encoding="${encoding}"?>${text}`
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
const latin = (text: string) => Buffer.from(text, 'latin1')

const documents: [what: string, bytes: Buffer, text: string][] = [
  ['nothing declared', Buffer.from('<a>é€\u{1F600}</a>'), '<a>é€\u{1F600}</a>'],
  ['nothing at all', Buffer.alloc(0), ''],
  ['ASCII', Buffer.from(declared('us-ascii', '<a/>')), declared('us-ascii', '<a/>')],
  ['UTF-8', Buffer.from(declared('UTF-8')), declared('UTF-8')],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${declared('utf8')}`), `\uFEFF${declared('utf8')}`],
  ['ISO-8859-1', latin(declared('ISO-8859-1', '<a>é</a>')), declared('ISO-8859-1', '<a>é</a>')],
  [
    'a quotation mark of windows-1252 in what says ISO-8859-1',
    latin(declared('iso-8859-1', '<a>\x93\x80</a>')),
    declared('iso-8859-1', '<a>“€</a>'),
  ],
  ['ISO-8859-15', latin(declared('ISO-8859-15', '<a>\xa4</a>')), declared('ISO-8859-15', '<a>€</a>')],
  [
    'UTF-16 with a byte order mark',
    Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le'),
    declared('UTF-16'),
  ],
  ['UTF-16, big-endian', swapped(Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le')), declared('UTF-16')],
  ['UTF-16 without one', Buffer.from(declared('UTF-16'), 'utf16le'), declared('UTF-16')],
  ['UTF-16, big-endian, without one', swapped(Buffer.from('<a>é</a>', 'utf16le')), '<a>é</a>'],
  ['UTF-8 that says UTF16', Buffer.from(declared('UTF16')), declared('UTF16')],
  ['UTF-8 that says UTF-16', Buffer.from(declared('utf-16')), declared('utf-16')],
]

const unreadable: [what: string, bytes: Buffer, message: RegExp][] = [
  ['ISO-8859-1 that says nothing', latin('<a>é</a>'), /are not UTF-8/],
  ['a character that is cut off', Buffer.from('<a>€').subarray(0, -1), /are not UTF-8/],
  ['half a character of UTF-16', Buffer.from('\uFEFF<a>', 'utf16le').subarray(0, -1), /are not utf-16le/],
  ['a lone surrogate of UTF-16', Buffer.from('\uFEFF<a>\ud800<', 'utf16le'), /are not utf-16le/],
  ['an encoding that nobody knows', Buffer.from(declared('x-none', '<a/>')), /encoding .* is not supported/],
]

describe('the decoder of XML', () => {
  it('goes by the byte order mark, the declaration, or UTF-8', () => {
    for (const [what, bytes, text] of documents) assert.equal(decodeXml(bytes), text, what)
  })

  it('reads the same however the bytes are cut', () => {
    for (const [what, bytes, text] of documents) {
      for (let at = 0; at <= bytes.length; at++)
        assert.equal(inPieces(bytes, [at]), text, `${what} cut at ${at}`)
      assert.equal(inPieces(bytes, [...bytes.keys()]), text, what)
    }
  })

  it('refuses bytes that are not of their encoding', () => {
    for (const [what, bytes, message] of unreadable) {
      for (const read of [() => decodeXml(bytes), () => inPieces(bytes, [...bytes.keys()])]) {
        assert.throws(
          read,
          (error: unknown) =>
            error instanceof GatewayError && error.code === 'HG_INPUT' && message.test(error.message),
          what,
        )
      }
    }
  })

  it('finds what TextDecoder finds in any bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }),
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(`<${text}`)),
        ),
        fc.array(fc.nat(40)),
        (bytes, cuts) => {
          const body = Buffer.concat([Buffer.from('<a>  '), bytes])
          let expected: string | undefined
          try {
            expected = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
          } catch {
            assert.throws(() => inPieces(body, cuts), GatewayError)
            return
          }
          assert.equal(inPieces(body, cuts), expected)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('does not take a declaration that never ends for one', () => {
    const endless = Buffer.from(`<?xml ${' '.repeat(5000)}`)
    assert.equal(inPieces(endless, [10, 2000]), endless.toString())
  })
})
