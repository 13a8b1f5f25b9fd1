import assert from 'node:assert/strict'
import fc from 'fast-check'
import { create } from 'xmlbuilder2'
import { readCcr } from '../../../../src/documents/ccr/read'
import { writeCcr } from '../../../../src/documents/ccr/write'
import { validateCcr } from '../../../../src/documents/ccr/validate'
import { buildCcr } from '../../../../src/documents/ccr/build'
import { model } from './arbitrary'
import { canonical } from './canonical'

const CCR = 'urn:astm-org:CCR'

/** xmlbuilder2 shares no line with this package: neither its parser nor its writer. */
describe('CCR and a writer of another hand', () => {
  it('reads what xmlbuilder2 writes: a prefix, CDATA, comments, instructions, references', async () => {
    const text = create({ version: '1.0', encoding: 'UTF-8' })
      .ele(CCR, 'c:ContinuityOfCareRecord')
      .com(' made elsewhere ')
      .ele(CCR, 'c:CCRDocumentObjectID')
      .txt('a & b < c')
      .up()
      .ins('stop', 'here')
      .ele(CCR, 'c:Body')
      .ele(CCR, 'c:Problems')
      .ele(CCR, 'c:Problem')
      .ele(CCR, 'c:Description')
      .ele(CCR, 'c:Text')
      .dat('<b>Asthma</b> & "cough"')
      .doc()
      .end({ prettyPrint: true, indent: '\t' })
    const ccr = await readCcr(text)
    assert.equal(ccr.CCRDocumentObjectID, 'a & b < c')
    assert.deepEqual(ccr.Body?.Problems?.Problem?.[0]?.Description?.Text, '<b>Asthma</b> & "cough"')
    assert.equal(canonical(writeCcr(ccr)), canonical(text))
  })

  it('writes what xmlbuilder2 reads, and what comes back is the same document', async () => {
    const written = writeCcr(
      buildCcr({
        patient: { given: 'Zoë', family: "O'Hara & <Söhne>", dateOfBirth: '1970-01-02' },
        problems: [{ description: 'Asthma 漢字 🫁', date: '2020-05' }],
        results: [{ description: 'Glucose', value: 5.5, unit: 'mmol/L' }],
      }),
    )
    const back = create({ skipWhitespaceOnlyText: false }, written).end({ prettyPrint: true })
    assert.equal(canonical(back), canonical(written))
    assert.deepEqual(
      (await validateCcr(back)).filter(({ severity }) => severity === 'error'),
      [],
    )
  })

  it('gives the same object for any document that went through it', async () => {
    await fc.assert(
      fc.asyncProperty(model, async (ccr) => {
        // xmlbuilder2 writes a carriage return as it is, which a reader has to take for a line feed.
        const written = writeCcr(ccr).replace(/&#(?:xd|13);/gi, '')
        const back = await readCcr(create({ skipWhitespaceOnlyText: false }, written).end())
        assert.equal(canonical(writeCcr(back)), canonical(written))
      }),
      { numRuns: 50 },
    )
  })
})
