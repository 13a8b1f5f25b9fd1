import assert from 'node:assert/strict'
import { Person } from '../support/person'
import { deployExample, sandboxUrl } from './support/example'

interface Given {
  post: string
  state: string
}

describe('the example of connecting with Human API, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('06')

  const visit = async (person: Person) => {
    const { status, text } = await person.visit(`${example.nodeRed.url}/humanapi/connect`)
    const json = /id="given">([^<]*)</.exec(text)?.[1] ?? '{}'
    return { status, text, given: JSON.parse(json) as Given }
  }
  const post = (person: Person, { post: path, state }: Given, body: object) =>
    person.ask(`${example.nodeRed.url}${path}/event?state=${state}&number=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('gives a page that loads the widget, in the language of the server', async () => {
    const { status, text } = await visit(new Person())
    assert.equal(status, 200)
    assert.match(text, /<h1>Connect your health data<\/h1>/)
    assert.ok(text.includes(`src="${sandboxUrl(example.nodeRed)}`))
  })

  it('shows what the page tells, and refuses what it does not', async () => {
    const person = new Person()
    const { given } = await visit(person)
    const source = { name: 'Demo Smart Scale', id: 'scale' }
    const event = { event: 'close', status: 'SUCCESS', currentConnections: [source] }
    assert.equal((await post(new Person(), given, event)).status, 403)
    assert.equal(await example.errorCode(), 'HG_FORBIDDEN')
    assert.equal((await post(person, given, event)).status, 200)
    assert.deepEqual(await example.shown('connected now'), [source])
  })

  it('gets a session token for a new person', async () => {
    await example.press('A token for Maria')
    assert.equal(await example.shown('type of the token'), 'session')
  })

  it('answers a notification that is not genuine by itself', async () => {
    const response = await fetch(`${example.nodeRed.url}/humanapi/notifications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-humanapi-signature': '0'.repeat(40) },
      body: '[{}]',
    })
    assert.equal(response.status, 403)
    assert.equal(await example.errorCode(), 'HG_FORBIDDEN')
  })

  it('says sorry to a browser when it does not work', async () => {
    await example.change(example.node('humanapi-account'), { environment: 'live' })
    const { status, text } = await visit(new Person())
    assert.deepEqual([status, text], [502, 'This did not work. Please try again later.'])
    assert.equal(await example.errorCode(), 'HG_CONFIG')
  })
})
