import assert from 'node:assert/strict'
import { type Page, Person } from '../support/person'
import { deployExample, sandboxUrl } from './support/example'

describe('the example of choosing what to share, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('02')
  let person: Person

  beforeEach(() => {
    person = new Person()
  })

  const visit = (path: string) => person.visit(`${example.nodeRed.url}${path}`)
  const choose = async (fields: Record<string, string | string[]>): Promise<Page> =>
    person.submit(await visit('/healthjibe/configure'), 'Save and go back', fields)
  const arrivals = async () => {
    const { text } = await person.visit(sandboxUrl(example.nodeRed))
    return [...text.matchAll(/CCR document \d+[^]*?· to ([^<]*)/g)].map(([, services]) => services)
  }

  it('sends to the services that the patient chose', async () => {
    const services = ['Family Doctor Portal', 'Fitness Diary']
    const end = await choose({ service: services, notify: 'true' })
    assert.match(end.text, /You are connected/)
    assert.equal(await example.shown('goes on?'), 'true')
    assert.deepEqual(await example.shown('chosen services'), services)
    await example.press('Send a record')
    await example.shown('sent')
    assert.deepEqual(await arrivals(), ['Family Doctor Portal, Fitness Diary'])
  })

  it('sends nothing once the patient has said stop, after a restart too, until they say continue', async () => {
    assert.match((await choose({ notify: 'false' })).text, /Nothing more will be sent/)
    assert.equal(await example.shown('goes on?'), 'false')
    await example.press('Send a record')
    await example.shown('stopped by the user')
    await example.nodeRed.restart()
    await example.press('Send a record')
    await example.shown('stopped by the user')
    assert.deepEqual(await arrivals(), [])

    assert.match((await choose({ service: ['Fitness Diary'], notify: 'true' })).text, /You are connected/)
    await example.press('Send a record')
    await example.shown('sent')
    assert.deepEqual(await arrivals(), ['Fitness Diary'])
  })

  it('lets HealthJibe say who somebody is, who is known already', async () => {
    const end = await person.submit(await visit('/healthjibe/sign-on'), 'Sign in')
    assert.match(end.text, /You are signed on/)
    assert.equal(await example.shown('signed on'), 'demo')
  })

  it('connects a new person at their first sign-on, and knows them at the next', async () => {
    const login = { email: 'new@example.org', password: 'sandbox' }
    const asked = await person.submit(await visit('/healthjibe/sign-on'), 'Sign in', login)
    assert.match((await person.submit(asked, 'Approve')).text, /You are signed on/)
    const user = await example.shown('signed on')
    assert.match(String(user), /^healthjibe-/)
    assert.match((await visit('/healthjibe/sign-on')).text, /You are signed on/)
    assert.equal(await example.shown('signed on', 2), user)
  })

  it('tells a browser when it does not work, and the flow why', async () => {
    await example.change(example.node('change', 'Who is it?'), {
      rules: [{ t: 'set', p: 'user', pt: 'msg', to: 'nobody', tot: 'str' }],
    })
    const { status, text } = await visit('/healthjibe/configure')
    assert.equal(status, 502)
    assert.match(text, /This did not work/)
    assert.equal(await example.errorCode(), 'HG_NOT_CONNECTED')
  })
})
