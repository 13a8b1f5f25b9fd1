import assert from 'node:assert/strict'
import { type Page, Person } from '../support/person'
import { deployExample } from './support/example'

describe('the example of activating an organisation, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('05')

  const decide = async (button: string): Promise<Page> => {
    const person = new Person()
    return person.submit(await person.visit(`${example.nodeRed.url}/razcode/activate`), button)
  }
  const stage = async () => {
    await example.press('Stage a record as clinic-2')
    return (await example.shown('RAZCODE')) as { razUri: string }
  }
  const organisations = async () => {
    await example.press('Who is activated?')
    return ((await example.shown('organisations')) as { user: string }[]).map(({ user }) => user).sort()
  }

  it('activates an organisation, which can stage records from then on, after a restart too', async () => {
    await example.press('Stage a record as clinic-2')
    assert.equal(await example.errorCode(), 'HG_NOT_CONNECTED')

    assert.match((await decide('Approve')).text, /The organisation is activated/)
    assert.equal(await example.shown('activated'), 'clinic-2')
    const record = await new Person().visit((await stage()).razUri)
    assert.match(record.text, /Body temperature/)
    assert.match(record.text, /Demo Clinic/)

    await example.nodeRed.restart()
    await stage()
    assert.deepEqual(await organisations(), ['clinic', 'clinic-2'])
  })

  it('keeps nothing of an organisation that refuses', async () => {
    assert.equal((await decide('Refuse')).status, 403)
    assert.equal(await example.errorCode(), 'HG_FORBIDDEN')
    assert.deepEqual(await organisations(), ['clinic'])
  })

  it('tells a browser when it does not work, and the flow why', async () => {
    await example.change(example.node('razcode-account'), { environment: 'live' })
    const { status, text } = await new Person().visit(`${example.nodeRed.url}/razcode/activate`)
    assert.equal(status, 502)
    assert.match(text, /The activation did not work/)
    assert.equal(await example.errorCode(), 'HG_CONFIG')
  })
})
