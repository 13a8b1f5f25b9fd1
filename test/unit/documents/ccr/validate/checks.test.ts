import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { readCcrs } from '../../../../../src/documents/ccr/read'
import { CcrReader } from '../../../../../src/documents/ccr/reader'
import { atOnce } from '../../../../../src/documents/ccr/steps'
import { ccrFindings } from '../../../../../src/documents/ccr/validate'
import { Checks } from '../../../../../src/documents/ccr/validate/checks'
import type { CcrFinding } from '../../../../../src/documents/ccr/validate/finding'
import { xml } from '../arbitrary'

const samples = path.resolve(__dirname, '../../../../../../shared/samples/ccr')

/** The findings while it is read in these pieces, with what has been read handed out after each. */
function whileReading(pieces: readonly (string | Uint8Array)[], handsOut = true): CcrFinding[][] {
  const checks = new Checks()
  const reader = new CcrReader({ checks })
  const found: CcrFinding[][] = []
  for (const piece of pieces) {
    reader.write(piece)
    found.push(...atOnce(checks.take({ last: false })))
    if (handsOut) reader.tree.takePart()
  }
  reader.end()
  return [...found, ...atOnce(checks.take({ last: true }))]
}

const withoutLines = (findings: readonly CcrFinding[]) => findings.map((one) => ({ ...one, line: undefined }))

describe('findings while a document is read', () => {
  it('are those of the object that comes of it, in whatever parts it is read and handed out', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(
        xml,
        xml,
        fc.array(fc.nat(1500), { maxLength: 8 }),
        fc.boolean(),
        async (one, other, at, feed) => {
          const source = feed
            ? `<feed>${one.replace(/^.*?(?=<(?:p:)?Cont)/s, '')}<a/>${other.replace(/^.*?(?=<(?:p:)?Cont)/s, '')}</feed>`
            : one
          const cuts = [0, ...[...new Set(at)].sort((a, b) => a - b), source.length]
          const pieces = cuts.map((cut, i) => source.slice(cut, cuts[i + 1]))
          const expected = whileReading([source], false)
          found += expected.flat().length
          assert.deepEqual(whileReading(pieces), expected)
          const { documents } = await readCcrs(source)
          assert.deepEqual(
            documents.map((document) => withoutLines(ccrFindings(document))),
            expected.map(withoutLines),
          )
        },
      ),
      { numRuns: 1000 },
    )
    assert.ok(found > 10_000, `${found} findings`)
  }).timeout(60_000)

  it('are those of the object with every sample, cut after every few bytes', async function () {
    if (!existsSync(samples)) {
      console.log(`      skipped: ${samples} is not there`)
      this.skip()
    }
    const files = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(?:xml|ccr)$/i.test(file),
    )
    let compared = 0
    for (const file of files) {
      const bytes = readFileSync(path.join(samples, file))
      const read = await readCcrs(bytes).catch(() => undefined)
      if (read === undefined) continue
      const step = 1 + (bytes.length % 61)
      const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
        bytes.subarray(i * step, (i + 1) * step),
      )
      const found = whileReading(pieces)
      assert.deepEqual(found, whileReading([bytes], false), file)
      assert.deepEqual(
        read.documents.map((document) => withoutLines(ccrFindings(document))),
        found.map(withoutLines),
        file,
      )
      compared++
    }
    assert.ok(compared > 30, `${compared} samples`)
  }).timeout(60_000)

  it('know an element whole that was handed out in parts', () => {
    const code = '<Code><Value>1</Value><CodingSystem>LOINC</CodingSystem></Code>'
    const source = `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body><Problems><Problem><Description>${code}<Code/></Description>|<Type/>|</Problem></Problems></Body></ContinuityOfCareRecord>`
    const unusual = (pieces: string[]) =>
      whileReading(pieces)
        .flat()
        .filter(({ code }) => code === 'code.unusual-system')
    assert.equal(unusual(source.split('|')).length, 1)
    assert.deepEqual(unusual(source.replace('LOINC', 'ICD-10').split('|')), [])
  })

  it('have the first ten thousand of a severity by place, in whatever order they are found', () => {
    // What is wrong with a section is known at its end, after what is wrong with its entries.
    const wrong = '<Problem><Source/><CCRDataObjectID>x</CCRDataObjectID></Problem>'
    const source = `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body><Results/><Problems>${wrong.repeat(25_000)}</Problems></Body></ContinuityOfCareRecord>`
    const [findings = []] = whileReading([source])
    const errors = findings.filter(({ severity }) => severity === 'error')
    assert.equal(errors.length, 10_000)
    assert.deepEqual(
      errors.slice(0, 3).map(({ code }) => code),
      Array(3).fill('structure.missing'),
    )
    assert.ok(errors.some(({ code, path }) => code === 'structure.order' && path === 'Body/Results'))
    assert.match(findings.at(-1)?.message ?? '', /left out: \d+ of severity error, 14999 of severity warning/)
  })
})
