import assert from 'node:assert/strict'
import { incomingCcr } from '../../../src/documents/incoming'

const ccr = '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Given>Zoë</Given></ContinuityOfCareRecord>'

describe('a CCR that came as an answer', () => {
  it('is text', async () => {
    assert.equal(await incomingCcr(Buffer.from(ccr)), ccr)
  })

  it('is text whatever its encoding was, and says UTF-8', async () => {
    const declared = `<?xml version="1.0" encoding="ISO-8859-1"?>${ccr}`
    const expected = `<?xml version="1.0" encoding="UTF-8"?>${ccr}`
    assert.equal(await incomingCcr(Buffer.from(declared, 'latin1')), expected)
    assert.equal(await incomingCcr(Buffer.from(`\uFEFF${ccr}`, 'utf16le')), ccr)
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
      await assert.rejects(incomingCcr(Buffer.from(text)), { code: 'HG_RESPONSE', message: sentence })
    })
  }

  it('is HG_RESPONSE: bytes of another encoding than declared', async () => {
    await assert.rejects(incomingCcr(Buffer.from(ccr, 'latin1')), {
      code: 'HG_RESPONSE',
      message: /not UTF-8/,
    })
  })
})
