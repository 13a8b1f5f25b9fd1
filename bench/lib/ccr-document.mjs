/**
 * A well-formed CCR of about so many bytes, the same every time: results with codes, dates, units, and letters beyond
 * ASCII. Kinds: `two sections` has a second Results, `unknown section` has them where no schema knows them, `one entry`
 * has them as tests of one result, `one text` has one long text.
 */
export function ccrDocument(size, { pretty = false, kind } = {}) {
  let state = 7
  const random = (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const names = [
    'Blutdruck systolisch',
    'Körpergewicht',
    'Glucose [Mass/volume] in Blood',
    'Ω-3 &amp; Vitamin D',
  ]
  const source = '<Source><Actor><ActorID>actor-1</ActorID></Actor></Source>'
  const described = (code) => `<Description><Text>${names[random(names.length)]}</Text>${code}</Description>`
  const result = (id) => {
    const day = String(1 + random(28)).padStart(2, '0')
    const time = `2010-03-${day}T0${random(10)}:${10 + random(50)}:00Z`
    const code = `<Code><Value>${random(99_999)}-${random(10)}</Value><CodingSystem>LOINC</CodingSystem><Version>2.3</Version></Code>`
    const value = `<TestResult><Value>${random(2_000) / 10}</Value><Units><Unit>mm[Hg]</Unit></Units></TestResult>`
    return (
      `<Result><CCRDataObjectID>result-${id}</CCRDataObjectID><DateTime><Type><Text>Assessment Time</Text></Type>` +
      `<ExactDateTime>${time}</ExactDateTime></DateTime>${described('')}${source}<Test><CCRDataObjectID>test-${id}` +
      `</CCRDataObjectID>${described(code)}${source}${value}</Test></Result>`
    )
  }
  const head =
    '<?xml version="1.0" encoding="UTF-8"?><ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><CCRDocumentObjectID>document-1' +
    '</CCRDocumentObjectID><Language><Text>English</Text></Language><Version>V1.0</Version><DateTime><ExactDateTime>' +
    '2010-04-01T00:00:00Z</ExactDateTime></DateTime><Patient><ActorID>actor-1</ActorID></Patient><From><ActorLink><ActorID>' +
    'actor-1</ActorID></ActorLink></From><Body><Results>'
  const tail =
    '</Results></Body><Actors><Actor><ActorObjectID>actor-1</ActorObjectID><Person><Name><CurrentName><Given>Maria</Given>' +
    `</CurrentName></Name></Person>${source}</Actor></Actors></ContinuityOfCareRecord>`
  const laidOut = (xml) => (pretty ? xml.replaceAll('><', '>\n      <') : xml)
  const parts = [laidOut(head)]
  // Half of what is made is gone again where the tests are all of one result.
  const wanted = kind === 'one entry' ? size * 1.85 : size
  let length = 0
  for (let id = 1; length < wanted && kind !== 'one text'; id++) {
    const part = laidOut(`>${result(id)}<`).slice(1, -1)
    parts.push(part)
    length += part.length
  }
  if (kind === 'two sections') parts.splice(parts.length >> 1, 0, '</Results><Results>')
  if (kind === 'one text') {
    const text = `${names.join(' ')} `.repeat(Math.ceil(size / names.join(' ').length))
    parts.push(
      result(1).replace(
        '</CCRDataObjectID>',
        `</CCRDataObjectID><Description><Text>${text}</Text></Description>`,
      ),
    )
  }
  parts.push(laidOut(tail))
  const text = parts.join('')
  if (kind === 'unknown section') return Buffer.from(text.replaceAll('Results>', 'Measurements>'))
  if (kind !== 'one entry') return Buffer.from(text)
  const tests = text.replaceAll(/<Result>.*?<Test>/g, '<Test>').replaceAll('</Test></Result>', '</Test>')
  return Buffer.from(
    tests.replace('<Results>', '<Results><Result>').replace('</Results>', '</Result></Results>'),
  )
}
