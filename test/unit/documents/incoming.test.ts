import assert from 'node:assert/strict'
import { incomingCcr, incomingCcrText } from '../../../src/documents/incoming'

const ccr = '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Given>Zoë</Given></ContinuityOfCareRecord>'

const answer = (body: Uint8Array, contentType?: string) => ({
  body,
  headers: { 'content-type': contentType },
})
const textOf = (body: Uint8Array, contentType?: string) => incomingCcrText(answer(body, contentType))

describe('a CCR that came as an answer', () => {
  it('is text', async () => {
    assert.equal(await textOf(Buffer.from(ccr)), ccr)
  })

  it('is text whatever its encoding was, and says UTF-8', async () => {
    const declared = `<?xml version="1.0" encoding="ISO-8859-1"?>${ccr}`
    const expected = `<?xml version="1.0" encoding="UTF-8"?>${ccr}`
    assert.equal(await textOf(Buffer.from(declared, 'latin1')), expected)
    assert.equal(await textOf(Buffer.from(`\uFEFF${ccr}`, 'utf16le')), ccr)
  })

  it('is of the encoding that its Content-Type says, but for a byte order mark', async () => {
    const latin1 = 'text/xml; charset="ISO-8859-1"'
    assert.equal(await textOf(Buffer.from(ccr, 'latin1'), latin1), ccr)
    assert.equal(await textOf(Buffer.from(`\uFEFF${ccr}`), latin1), ccr)
    const declared = `<?xml version="1.0" encoding="UTF-8"?>${ccr}`
    assert.equal(await textOf(Buffer.from(declared, 'latin1'), latin1), declared)
    const long = declared.replace('Zoë', 'Zoë'.repeat(20_000))
    assert.equal(await textOf(Buffer.from(long, 'latin1'), latin1), long)
    const { Actors } = await incomingCcr(
      answer(
        Buffer.from(
          ccr.replace(
            /<Given>.*<\/Given>/,
            '<Actors><Actor><ActorObjectID>ë</ActorObjectID></Actor></Actors>',
          ),
          'latin1',
        ),
        latin1,
      ),
    )
    assert.equal(Actors?.Actor?.[0]?.ActorObjectID, 'ë')
  })

  it('is an object with the names of CCR', async () => {
    const body = Buffer.from(
      '<c:ContinuityOfCareRecord xmlns:c="urn:astm-org:CCR"><c:Version>V1.0</c:Version></c:ContinuityOfCareRecord>',
    )
    assert.equal((await incomingCcr(answer(body))).Version, 'V1.0')
  })

  const bad: [string, string, RegExp][] = [
    ['nothing', '', /empty/],
    ['white space', ' \r\n', /empty/],
    ['malformed XML', ccr.replace('</Given>', '</Family>'), /well-formed/],
    ['XML that is cut', ccr.slice(0, -9), /well-formed/],
    ['a DTD', `<!DOCTYPE x [<!ENTITY e "x">]>${ccr}`, /DOCTYPE/],
    ['10,000 nested elements', '<a>'.repeat(10_000) + '</a>'.repeat(10_000), /nested deeper/],
    ['another document', '<ClinicalDocument/>', /not a CCR/],
    ['no XML', 'bp=120/80', /XML/],
  ]
  for (const [what, text, sentence] of bad) {
    it(`is HG_RESPONSE: ${what}`, async () => {
      const error = { code: 'HG_RESPONSE', message: sentence }
      await assert.rejects(textOf(Buffer.from(text)), error)
      await assert.rejects(incomingCcr(answer(Buffer.from(text))), { code: 'HG_RESPONSE' })
    })
  }

  it('is HG_RESPONSE: bytes of another encoding than declared', async () => {
    await assert.rejects(textOf(Buffer.from(ccr, 'latin1')), {
      code: 'HG_RESPONSE',
      message: /not UTF-8/,
    })
  })
})
