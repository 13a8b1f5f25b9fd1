import assert from 'node:assert/strict'
import fc from 'fast-check'
import { MAX_DOCUMENT_BYTES, outgoingDocument } from '../../../src/documents/outgoing'
import { GatewayError } from '../../../src/errors'
import { ofDocuments } from '../../support/ccr-documents'
import { failure } from '../../support/failing'

const ccr = (inside = '') =>
  `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">${inside}</ContinuityOfCareRecord>`

const refusal = (value: unknown) => failure(outgoingDocument(value))

describe('an outgoing document', () => {
  it('is a CCR as text or bytes, with any prefix, declaration, byte order mark or white space', async () => {
    for (const text of [
      ccr(),
      `<?xml version="1.0"?>\n${ccr('<Body/>')}\n`,
      `\uFEFF${ccr()}`,
      '<c:ContinuityOfCareRecord xmlns:c="urn:astm-org:CCR"/>',
    ]) {
      assert.deepEqual(await outgoingDocument(text), { kind: 'ccr', text: text.replace('\uFEFF', '') })
      assert.deepEqual(await outgoingDocument(Buffer.from(text)), {
        kind: 'ccr',
        text: text.replace('\uFEFF', ''),
      })
    }
  })

  it('comes out as UTF-8 text from other encodings', async () => {
    const document = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${ccr('Müller')}`
    const latin = await outgoingDocument(Buffer.from(document('ISO-8859-1'), 'latin1'))
    assert.equal(latin.text, document('UTF-8'))
    assert.equal((await outgoingDocument(document('ISO-8859-1'))).text, document('UTF-8'))
    const utf16 = await outgoingDocument(Buffer.from(`\uFEFF${document('UTF-16')}`, 'utf16le'))
    assert.equal(utf16.text, document('UTF-8'))
  })

  it('comes out whole from many pieces, whatever is cut in two', async () => {
    const document = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?>${ccr(`<a>Müller \u{1F600} Ω${'x'.repeat(7)}</a>`.repeat(5000))}`
    for (const shift of ['', ' ', '  ', '   ']) {
      const expected = document('UTF-8') + shift
      const bytes = [
        Buffer.from(document('utf-8').replace('<a>', `<a>${shift}`)),
        Buffer.from(`\uFEFF${document('UTF-16')}${shift}`, 'utf16le'),
        Buffer.from(`\uFEFF\uFEFF${document('UTF-16')}${shift}`, 'utf16le'),
      ]
      assert.equal((await outgoingDocument(bytes[0])).text, bytes[0]?.toString())
      assert.equal((await outgoingDocument(bytes[1])).text, expected)
      await assert.rejects(outgoingDocument(bytes[0]?.subarray(0, -1)), { code: 'HG_INPUT' })
      assert.equal((await outgoingDocument(bytes[2])).text, expected)
    }
  })

  it('is OMHE commands, one a line', async () => {
    for (const text of [
      'bp=120/80',
      'BP120/80p60#tag',
      'wt85k#afteryoga\n\nst=7540\r\n',
      'ok',
      'y#good',
      'pts-50',
    ]) {
      assert.deepEqual(await outgoingDocument(text), { kind: 'omhe', text })
    }
  })

  const notUsable: [string, unknown, RegExp][] = [
    ['nothing', undefined, /is missing/],
    ['null', null, /is null/],
    ['a number', 42, /is a number/],
    ['an object', { a: 1 }, /is an object/],
    ['an array', ['<a/>'], /is an array/],
    ['empty text', '', /is empty/],
    ['white space', ' \n\t', /is empty/],
    ['an empty buffer', Buffer.alloc(0), /is empty/],
    ['plain text', 'hello world', /neither XML nor OMHE/],
    ['JSON', '{"resourceType":"Bundle"}', /neither XML nor OMHE/],
    ['text that begins like a command', 'painful=9', /neither XML nor OMHE/],
    [
      'mismatched tags',
      '<ContinuityOfCareRecord><a></b></ContinuityOfCareRecord>',
      /not well-formed XML.*1:\d+/,
    ],
    ['a cut document', '<ContinuityOfCareRecord><a>', /not well-formed XML/],
    ['an undeclared prefix', ccr('<x:a/>'), /not well-formed XML/],
    ['an undeclared entity', ccr('&nbsp;'), /not well-formed XML/],
    ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${ccr('&b;')}`, /DOCTYPE is not allowed/],
    ['deep nesting', ccr('<a>'.repeat(10_000) + '</a>'.repeat(10_000)), /nested deeper than 256/],
    ['another document', '<ClinicalDocument xmlns="urn:hl7-org:v3"/>', /root element is ClinicalDocument/],
    ['a lone surrogate', ccr('\uD800'), /not well-formed XML/],
    ['bytes that are not UTF-8', Buffer.from(ccr('Müller'), 'latin1'), /not UTF-8/],
    [
      'an unknown encoding',
      Buffer.from('<?xml version="1.0" encoding="x-none"?><a/>'),
      /encoding .* is not supported/,
    ],
  ]
  for (const [what, value, message] of notUsable) {
    it(`is not ${what}`, async () => {
      const error = await refusal(value)
      assert.equal(error.code, 'HG_INPUT')
      assert.match(error.message, message)
    })
  }

  it('is at most 64 MiB', async () => {
    const error = await refusal('a'.repeat(MAX_DOCUMENT_BYTES + 1))
    assert.equal(error.code, 'HG_TOO_LARGE')
    assert.match(error.message, /65 MiB.*64 MiB/)
  })

  it('is at most 1 MiB of OMHE', async () => {
    const error = await refusal('bp=120/80\n'.repeat(150_000))
    assert.equal(error.code, 'HG_TOO_LARGE')
    assert.match(error.message, /at most 1 MiB/)
  })

  it('gives other work its turn while a large one is looked through', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const large = ccr('<a>text</a>'.repeat(1_000_000))
    await outgoingDocument(large)
    const ofText = turns
    await outgoingDocument(Buffer.from(large)).finally(() => clearInterval(timer))
    assert.ok(ofText > 5 && turns - ofText > 5, `${ofText} and ${turns - ofText} turns`)
  })

  it('fails with a typed error on any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.boolean(), async (text, markup) => {
        const error: unknown = await outgoingDocument(markup ? `<${text}` : text).catch(
          (thrown: unknown) => thrown,
        )
        assert.ok(error instanceof GatewayError || (error as { kind: string }).kind)
      }),
    )
  })

  ofDocuments('is accepted if it is a well-formed CCR, and refused if not', async (documents) => {
    for (const { name, bytes, verdict, isRoot } of documents) {
      const accepted = await outgoingDocument(bytes).then(
        () => true,
        () => false,
      )
      assert.equal(accepted, verdict !== 'malformed' && isRoot, name)
    }
  })
})
