import assert from 'node:assert/strict'
import { Person } from '../support/person'
import { deployExample } from './support/example'

interface Staged {
  razId: string
  razUri: string
  ack: string
  pmt?: string
}

describe('the example of a RAZCODE, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('04')
  const page = () => new Person().visit(`${example.nodeRed.url}/razcode`)

  it('shows a code on a page: whoever has it sees the record, from the organisation', async () => {
    const { status, text } = await page()
    assert.equal(status, 200)
    const razId = /<strong>(\w+)<\/strong>/.exec(text)?.[1] ?? ''
    const link = (/href="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&#x2F;', '/')
    const image = /src="data:image&#x2F;svg\+xml;base64,([^"]*)"/.exec(text)?.[1] ?? ''
    const svg = Buffer.from(image.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '='), 'base64').toString()
    assert.match(svg, /^<svg [^]*<\/svg>\s*$/)

    const record = await new Person().visit(link)
    assert.equal(record.status, 200)
    assert.ok(razId !== '' && record.text.includes(razId))
    assert.match(record.text, /Amoxicillin 500 mg/)
    assert.match(record.text, /Demo Clinic/)
    assert.match(record.text, /whoever has the code/)
  })

  it('stages a record for one user, with a payment', async () => {
    await example.press('For one user, with a payment')
    const { razUri, pmt } = (await example.shown('RAZCODE')) as Staged
    assert.equal(pmt, 'valid')
    const patient = new Person()
    const record = await patient.submit(await patient.visit(razUri), 'Sign in')
    assert.match(record.text, /Amoxicillin 500 mg/)
    assert.match(record.text, /demo@example.org only/)
    assert.match(record.text, /25\.00/)
    const other = new Person()
    const login = { email: 'new@example.org', password: 'sandbox' }
    const refused = await other.submit(await other.visit(razUri), 'Sign in', login)
    assert.equal(refused.status, 403)
    assert.doesNotMatch(refused.text, /Amoxicillin/)
  })

  it('tells a browser when it does not work, and the flow why', async () => {
    await example.change(example.node('razcode-stage'), { organisation: 'nobody' })
    const { status, text } = await page()
    assert.equal(status, 502)
    assert.match(text, /There is no RAZCODE now/)
    assert.equal(await example.errorCode(), 'HG_NOT_CONNECTED')
  })
})
