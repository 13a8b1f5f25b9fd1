import assert from 'node:assert/strict'
import { ccrEntries } from '../../../../src/documents/ccr/entries'
import { LARGE, readCcr, readCcrs } from '../../../../src/documents/ccr/read'
import { validateCcr } from '../../../../src/documents/ccr/validate'
import { writeCcr, writeCcrs } from '../../../../src/documents/ccr/write'
import { canonical } from './canonical'

const ccr = (inside: string) =>
  `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">${inside}</ContinuityOfCareRecord>`

async function again(xml: string): Promise<void> {
  for (const pretty of [false, true]) {
    assert.equal(canonical(writeCcr(await readCcr(xml), { pretty })), canonical(xml))
  }
}

describe('a CCR in the words of the draft', () => {
  const draft = ccr(`<Body>
<Insurance><Insurer><CCRDataObjectID>1</CCRDataObjectID></Insurer></Insurance>
<Problems><Problem><CCRDataObjectID>2</CCRDataObjectID></Problem></Problems>
<FamilyHistory><History/></FamilyHistory>
<SocialHistory><RiskFactor a="1"/><SocialHistoryElement/></SocialHistory></Body>`)

  it('is read by the names of the standard, and written with its own', async () => {
    const { Body } = await readCcr(draft)
    assert.equal(Body?.Payers?.Payer?.[0]?.CCRDataObjectID, '1')
    assert.deepEqual(Body.FamilyHistory?.FamilyProblemHistory, [{ $: { name: 'History' } }])
    assert.equal(Body.SocialHistory?.SocialHistoryElement?.length, 2)
    assert.deepEqual(Body.Payers.$, { name: 'Insurance' })
    await again(draft)
    await again(draft.replace('<Insurer>', '<Payer>').replace('</Insurer>', '</Payer>'))
  })

  it('is read so by another thread, and entry by entry', async () => {
    const many = draft.replace('<RiskFactor a="1"/>', '<RiskFactor/>'.repeat(LARGE / 10))
    const { Body } = await readCcr(many)
    assert.equal(Body?.SocialHistory?.SocialHistoryElement?.length, Math.ceil(LARGE / 10))
    assert.deepEqual(Body.Payers?.$, { name: 'Insurance' })
    const sections: string[] = []
    for await (const { section } of ccrEntries(draft)) sections.push(section)
    assert.deepEqual(sections, [
      ...['Payers', 'Problems', 'FamilyHistory', 'SocialHistory', 'SocialHistory', 'ContinuityOfCareRecord'],
    ])
  })

  it('is not valid, and its names are told', async () => {
    const errors = (await validateCcr(draft)).filter(({ code }) => code === 'structure.element')
    assert.deepEqual(
      errors.map(({ path, line }) => [path, line]),
      [
        ['Body/Payers', 2],
        ['Body/Payers/Payer[1]', 2],
        ['Body/FamilyHistory/FamilyProblemHistory[1]', 4],
        ['Body/SocialHistory/SocialHistoryElement[1]', 5],
      ],
    )
    assert.match(errors[0]?.message ?? '', /Body may not contain Insurance, .* Payers/)
  })

  it('keeps its names where only the standard has them, and may have both', async () => {
    await again(ccr('<Body><Payers><Payer/></Payers><Insurance><Insurer/></Insurance></Body>'))
    await again(ccr('<Body><Insurance><Payer/></Insurance><Payers><Payer/></Payers></Body>'))
    await again(ccr('<Insurance/><Body><Problems><Insurer/><History/></Problems></Body>'))
    const { Body } = await readCcr(ccr('<Body><Problems><History/></Problems></Body>'))
    assert.deepEqual(Object.keys(Body?.Problems ?? {}), ['$'])
  })

  it('has no name that is not of the draft: one that a flow makes up is not written', () => {
    const made = { Body: { Payers: { $: { name: 'a><b' } }, Problems: { $: { name: 'Insurance' } } } }
    assert.match(writeCcr(made), /<Body><Payers\/><Problems\/><\/Body>/)
  })
})

describe('a CCR whose root element alone has the namespace', () => {
  const inside = `<Version>V1.0</Version><!-- c --><Body><Problems><Problem><Description><Text a="1">x</Text>
</Description></Problem></Problems></Body><Odd>y</Odd>`
  const root = (children: string) =>
    `<c:ContinuityOfCareRecord xmlns:c="urn:astm-org:CCR">${children}</c:ContinuityOfCareRecord>`

  it('is read as any other, and written as it was', async () => {
    const read = await readCcr(root(inside))
    assert.equal(read.Body?.Problems?.Problem?.[0]?.Description?.Text, 'x')
    assert.equal(read.Version, 'V1.0')
    await again(root(inside))
    await again(root(`<?p?>${inside}<c:Actors/>`))
    const feed = `<feed>${root(inside)}${ccr('<Version>1</Version>')}${root('<c:Version>2</c:Version>')}</feed>`
    const all = await readCcrs(feed)
    assert.deepEqual(
      all.documents.map(({ Version }) => Version),
      ['V1.0', '1', '2'],
    )
    assert.equal(canonical(writeCcrs(all)), canonical(feed))
  })

  it('is read so by another thread', async () => {
    const many = root(inside.replace('<Problem>', '<Problem/>'.repeat(LARGE / 8) + '<Problem>'))
    const read = await readCcr(many)
    assert.equal(read.Body?.Problems?.Problem?.length, LARGE / 8 + 1)
    assert.equal(canonical(writeCcr(read)), canonical(many))
  })

  it('is not valid', async () => {
    const findings = (await validateCcr(root('<Version>V1.0</Version>'))).map(
      ({ code, path }) => `${code} ${path}`,
    )
    assert.equal(findings[0], 'structure.namespace ')
    assert.ok(!findings.includes('structure.missing Version'))
  })

  it('is told from one with single elements of no namespace', async () => {
    const read = await readCcr(root('<c:Version>V1.0</c:Version><Language/>'))
    assert.deepEqual([read.Version, read.Language], ['V1.0', undefined])
    const other = await readCcr(root('<Version xmlns="urn:other">V1.0</Version>'))
    assert.equal(other.Version, undefined)
  })
})
