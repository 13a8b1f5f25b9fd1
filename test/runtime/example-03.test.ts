import assert from 'node:assert/strict'
import { type Page, Person } from '../support/person'
import { deployExample } from './support/example'

const service = 'My Health Journal'

describe('the example of reading from a service, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('03')

  const records = (query: Record<string, string> = {}): Promise<Page> =>
    new Person().visit(`${example.nodeRed.url}/healthjibe/records?${new URLSearchParams(query).toString()}`)
  const sendRecord = async () => {
    await example.press('First: send a record')
    await example.shown('sent')
  }

  it('lists the services, and says when one has nothing', async () => {
    const { status, text } = await records()
    assert.equal(status, 200)
    assert.match(text, /<option>My Health Journal<\/option>/)
    assert.doesNotMatch(text, /<h2>/)
    assert.match((await records({ hms: service })).text, /Nothing has been kept here/)
  })

  it('shows what the service has, of the days asked for, and keeps the form filled in', async () => {
    await sendRecord()
    const everything = (await records({ hms: service })).text
    assert.match(everything, /<h2>My Health Journal<\/h2>/)
    assert.match(everything, /<h3>Vital Signs<\/h3>/)
    for (const entry of ['Metformin 500 mg', 'Body weight 73.0 kg', 'Heart rate 68 /min']) {
      // Mustache escapes the slash as well.
      assert.ok(everything.includes(entry.replace('/', '&#x2F;')), entry)
    }

    const january = (await records({ hms: service, startDate: '2026-01-01', endDate: '2026-01-31' })).text
    assert.match(january, /Metformin.*2026-01-20/)
    assert.match(january, /Body weight 73\.0 kg/)
    assert.doesNotMatch(january, /Heart rate/)
    assert.match(january, /<option selected>My Health Journal/)
    assert.match(january, /name="startDate" value="2026-01-01"/)
    assert.match(january, /name="endDate" value="2026-01-31"/)

    const before = (await records({ hms: service, endDate: '2025-12-31' })).text
    assert.match(before, /Nothing has been kept here, or nothing of these days/)
  })

  const mistakes = [
    {
      hms: service,
      startDate: '2026-03-01',
      endDate: '2026-02-01',
      status: 400,
      says: /first day/,
      code: 'HG_INPUT',
    },
    { hms: service, startDate: '2026-13-01', endDate: '', status: 400, says: /first day/, code: 'HG_INPUT' },
    {
      hms: 'Nowhere',
      startDate: '',
      endDate: '',
      status: 404,
      says: /do not go to this/,
      code: 'HG_NOT_FOUND',
    },
  ]
  for (const { status, says, code, ...query } of mistakes) {
    it(`tells a browser what is wrong: ${code}, ${JSON.stringify(query)}`, async () => {
      const page = await records(query)
      assert.equal(page.status, status)
      assert.match(/role="alert">([^<]*)/.exec(page.text)?.[1] ?? '', says)
      assert.match(page.text, /<form>/)
      assert.equal(await example.errorCode(), code)
    })
  }

  it('tells a browser when it does not work at all', async () => {
    await example.change(example.node('razcode-account'), { environment: 'live' })
    const { status, text } = await records({ hms: service })
    assert.equal(status, 502)
    assert.match(text, /role="alert">This did not work/)
    assert.equal(await example.errorCode(), 'HG_CONFIG')
  })

  it('lets nothing of a record or of an address into the page as markup', async () => {
    const ccr = example.node('template', 'A CCR')
    const evil = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;'
    const template = String(ccr.template).replace('Metformin 500 mg', evil).replace('73.0', evil)
    await example.change(ccr, { template })
    await sendRecord()
    const shown = await records({ hms: service })
    assert.equal(shown.text.match(/&lt;script&gt;alert\(1\)/g)?.length, 2)
    const asked = await records({
      hms: '"><script>alert(3)</script>',
      startDate: '"><script>alert(3)</script>',
    })
    assert.equal(asked.status, 400)
    assert.match(asked.text, /value="&quot;&gt;&lt;script/)
    for (const { text } of [shown, asked]) assert.doesNotMatch(text, /<script|<img/)
  })
})
