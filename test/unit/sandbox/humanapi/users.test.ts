import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { Person } from '../../../support/person'
import { closeSandboxes, request, sandboxFor } from '../support'
import { askToken, json, newUser, read, tokenFor } from './support'

describe("the sandbox of Human API's users", () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor()
  })
  afterEach(closeSandboxes)

  const url = () => `${sandbox.url}/v1/apps/${sandbox.demo.humanapi.clientId}/users`
  const basic = (key = sandbox.demo.humanapi.clientSecret) => ({
    authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
  })

  it('are listed and read with the app key', async () => {
    await newUser(sandbox, 'maria')
    const users = json(await request(url(), { headers: basic() })) as Record<string, string>[]
    assert.deepEqual(
      users.map(({ externalId }) => externalId),
      ['demo', 'maria'],
    )
    assert.deepEqual(Object.keys(users[0]!), ['humanId', 'externalId', 'appId', 'createdAt', 'updatedAt'])
    const one = await request(`${url()}/${users[1]!.humanId}`, { headers: basic() })
    assert.deepEqual(json(one), users[1])
    assert.equal((await request(`${url()}/unknown`, { headers: basic() })).status, 404)
  })

  it('are nobody else’s', async () => {
    const other = url().replace(sandbox.demo.humanapi.clientId, 'other')
    assert.equal((await request(url())).status, 401)
    assert.equal((await request(url(), { headers: basic('wrong') })).status, 401)
    assert.equal((await request(other, { headers: basic() })).status, 401)
    const { clientSecret } = sandbox.demo.humanapi
    const password = { authorization: `Basic ${Buffer.from(`${clientSecret}:x`).toString('base64')}` }
    assert.equal((await request(url(), { headers: password })).status, 401)
  })

  it('are deleted with all their tokens', async () => {
    const access = await tokenFor(sandbox, 'access')
    const { humanId } = sandbox.demo.humanapi.connectedUser
    const answer = await request(`${url()}/${humanId}`, { method: 'DELETE', headers: basic() })
    assert.equal((json(answer) as Record<string, string>).humanId, humanId)
    assert.equal((await request(`${url()}/${humanId}`, { headers: basic() })).status, 404)
    assert.equal((await read(sandbox, '/weight', access)).status, 401)
    assert.deepEqual((await request(url(), { method: 'PUT' })).headers.allow, 'GET, HEAD')
  })

  it('are an error for the control when they are not there', () => {
    assert.throws(() => sandbox.humanapi.expireTokens('nobody'), RangeError)
    assert.throws(() => sandbox.humanapi.connect('demo', 'nothing'), RangeError)
  })

  describe('on the page for who looks after the client', () => {
    const person = new Person()
    const open = () => person.visit(`${sandbox.url}/humanapi`)

    it('that the home page leads to, with the client', async () => {
      const { text } = await request(sandbox.url)
      assert.match(text, /<a href="\/humanapi">Human API<\/a>/)
      const { clientId, clientSecret } = sandbox.demo.humanapi
      for (const told of [clientId, clientSecret, sandbox.urls.humanapi.data])
        assert.ok(text.includes(told), told)
    })

    it('are shown, with what they have connected', async () => {
      const { status, text } = await open()
      assert.equal(status, 200)
      assert.match(
        text,
        /<strong>demo<\/strong>, demo@example.org.*Example General Hospital, Demo Fitness Band/s,
      )
    })

    it('can be let expire and be deleted', async () => {
      const access = await tokenFor(sandbox, 'access')
      await person.submit(await open(), 'Let the tokens expire')
      assert.match((await read(sandbox, '/weight', access)).text, /expired/)
      const after = await person.submit(await open(), 'Delete the user')
      assert.doesNotMatch(after.text, /demo@example.org/)
      assert.equal((await askToken(sandbox, { type: 'id', client_user_id: 'demo' })).status, 403)
    })

    it('are notified of, where an address of this machine was typed', async () => {
      const refused = await person.submit(await open(), 'Send them there', {
        address: 'https://example.org/',
      })
      assert.equal(refused.status, 422)
      assert.match(refused.text, /nothing leaves this machine/)
      const address = `${sandbox.url}/sandbox.css`
      const typed = await person.submit(await open(), 'Send them there', { address })
      assert.ok(typed.text.includes(`value="${address}"`))
      await person.submit(typed, 'Notify of new data')
      await sandbox.humanapi.settled()
      assert.equal(sandbox.humanapi.notifications().length, 4)
      await person.submit(await open(), 'Send the same again')
      await sandbox.humanapi.settled()
      const sent = sandbox.humanapi.notifications()
      assert.equal(sent[4]!.body, sent[3]!.body)
      assert.equal(sent[4]!.outcome, 405)
      assert.match((await open()).text, /medical\.DataUpdated<\/strong> to .*405/s)
    })
  })
})
