import assert from 'node:assert/strict'
import { Person } from '../support/person'
import { deployExample } from './support/example'

describe('the example of reading vital signs, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('07')

  const vitals = (query: Record<string, string> = {}) =>
    new Person().visit(`${example.nodeRed.url}/humanapi/vitals?${new URLSearchParams(query).toString()}`)
  const lines = (text: string) =>
    [...text.matchAll(/<polyline points="([^"]*)"/g)].map(([, points = '']) =>
      points.split(' ').map((point) => point.split(',').map(Number)),
    )

  it('draws heart rates as a line of points within the picture', async () => {
    const { status, text } = await vitals()
    assert.equal(status, 200)
    const [line, ...others] = lines(text)
    assert.equal(others.length, 0)
    assert.equal(line!.length, 100)
    for (const [x, y] of line!) assert.ok(x! >= 50 && x! <= 590 && y! >= 30 && y! <= 190)
    assert.deepEqual([line![0]![0], line!.at(-1)![0]], [50, 590])
    assert.match(text, /<option value="heart_rate&#x2F;readings" selected>/)
    assert.match(
      text,
      /aria-label="100 values from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, between \d+ and \d+ bpm"/,
    )
  })

  it('draws a blood pressure as two lines, and keeps the form filled in', async () => {
    const { text } = await vitals({ what: 'blood_pressure/readings' })
    assert.equal(lines(text).length, 2)
    assert.match(text, /<title>systolic<\/title>[^]*<title>diastolic<\/title>/)
    assert.match(text, /<option value="blood_pressure&#x2F;readings" selected>/)
  })

  it('lets nobody choose another resource by the address', async () => {
    const { status, text } = await vitals({ what: '"><script>alert(1)</script>' })
    assert.equal(status, 200)
    assert.match(text, /<option value="heart_rate&#x2F;readings" selected>/)
    assert.doesNotMatch(text, /<script/)
  })

  it('gives the vital signs of visits as FHIR', async () => {
    await example.press('As FHIR')
    const shown = JSON.stringify(await example.shown('bundle'))
    assert.match(shown, /"resourceType":"Bundle"/)
  })

  it('reads page by page, each when the one before was handled, and ends', async () => {
    await example.press('Page by page')
    const first = (await example.shown('page')) as { index: number }
    const third = (await example.shown('page', 3)) as { index: number; id: string }
    assert.deepEqual([first.index, third.index], [0, 2])
  })

  it('says sorry to a browser when it does not work', async () => {
    await example.change(example.node('humanapi-account'), { environment: 'live' })
    const { status, text } = await vitals()
    assert.deepEqual([status, text], [502, 'This did not work. Please try again later.'])
    assert.equal(await example.errorCode(), 'HG_CONFIG')
  })
})
