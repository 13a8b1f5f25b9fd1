import assert from 'node:assert/strict'
import { Person } from '../support/person'
import { deployExample, sandboxUrl } from './support/example'

describe('the example of connecting a person with ZivaCare, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('08')

  /** What a browser does with the page: the window of the sandbox, and the event that the page's script posts. */
  const page = async (person: Person) => {
    const { text, status } = await person.visit(`${example.nodeRed.url}/zivacare/connect`)
    assert.equal(status, 200)
    const json = /<script type="application\/json" id="given">([^<]*)</.exec(text)?.[1] ?? '{}'
    const given = JSON.parse(json) as { post: string; state: string; values: Record<string, string> }
    return { text, given }
  }
  const finish = async (person: Person, query: Record<string, string>, sources: string[]) => {
    const origin = new URL(example.nodeRed.url).origin
    const asked = new URLSearchParams({ ...query, origin }).toString()
    let shown = await person.visit(`${sandboxUrl(example.nodeRed)}/zivacare/connect?${asked}`)
    for (const source of sources) {
      shown = await person.submit(shown, `Connect ${source}`)
      shown = await person.submit(shown, 'Allow')
    }
    const { text } = await person.submit(shown, 'Finish Connecting Data')
    const message = /data-message="([^"]*)"/.exec(text)?.[1] ?? ''
    return JSON.parse(message.replaceAll('&quot;', '"')) as { specialToken: string }
  }
  const post = async (
    person: Person,
    { post: path, state }: { post: string; state: string },
    body: object,
  ) => {
    const response = await person.ask(`${example.nodeRed.url}${path}/finish?state=${state}&number=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as { ok: boolean; code?: string }
  }

  it('connects a person who connects a source, and reads what it has', async () => {
    const person = new Person()
    const { text, given } = await page(person)
    assert.match(text, /Example Clinic asks to read/)
    assert.equal(given.values.clientUserId, 'maria')
    const { specialToken } = await finish(person, given.values, ['Home Scale'])
    assert.equal((await post(person, given, { specialToken })).ok, true)
    const connected = (await example.shown('connected')) as Record<string, unknown>
    assert.deepEqual([connected.user, connected.provider], ['maria', 'zivacare'])
    assert.equal(((await example.shown('weights')) as unknown[]).length, 20)
  })

  it('connects a person without a source, who has no data', async () => {
    const person = new Person()
    const { given } = await page(person)
    assert.equal((await post(person, given, await finish(person, given.values, []))).ok, true)
    assert.deepEqual(await example.shown('weights'), [])
  })

  it('refuses an event of somebody else', async () => {
    const person = new Person()
    const { given } = await page(person)
    const body = await finish(person, given.values, [])
    assert.deepEqual(await post(new Person(), given, body), { ok: false, code: 'HG_FORBIDDEN' })
    assert.equal(await example.errorCode(), 'HG_FORBIDDEN')
  })

  it('creates a user without a page', async () => {
    await example.press('Create a user')
    assert.equal(((await example.shown('created')) as { name: string }).name, 'Jane Example')
  })

  it('tells a browser when it does not work', async () => {
    await example.change(example.node('zivacare-account'), { publicUrl: 'nowhere' })
    const { status, text } = await new Person().visit(`${example.nodeRed.url}/zivacare/connect`)
    assert.equal(status, 502)
    assert.match(text, /This did not work/)
    assert.equal(await example.errorCode(), 'HG_CONFIG')
  })
})
