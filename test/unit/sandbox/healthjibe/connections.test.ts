import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { Person } from '../../../support/person'
import {
  choose,
  closeSandboxes,
  connect,
  demoUser,
  get,
  notify,
  openConfigure,
  problemOf,
  sandboxFor,
  submit,
} from '../support'

describe("the sandbox's page of connections", () => {
  let sandbox: Sandbox
  let person: Person

  beforeEach(async () => {
    sandbox = await sandboxFor()
    person = new Person()
  })
  afterEach(closeSandboxes)

  const open = async (login = sandbox.demo.login) =>
    person.submit(await person.visit(`${sandbox.url}/connections`), 'Sign in', { ...login })

  it('asks who, and lists what that person has connected, newest first', async () => {
    await choose(sandbox, await connect(sandbox), ['Fitness Diary'])
    const { text } = await open()
    const listed = [...text.matchAll(/<strong>([^<]*)<\/strong><br \/>.*?<\/time>\s*· ([^<]*?)\s*</gs)]
    assert.deepEqual(
      listed.map(([, ...parts]) => parts),
      [
        ['Node-RED (demo)', 'Fitness Diary'],
        ['Node-RED (demo)', 'My Health Journal'],
      ],
    )
    const other = await person.submit(await person.visit(`${sandbox.url}/connections`), 'Sign out')
    const nothing = await person.submit(other, 'Sign in', { ...sandbox.demo.newLogin })
    assert.match(nothing.text, /Nobody may send health records/)
  })

  it('withdraws one: its token is refused everywhere, others go on, and the person can connect again', async () => {
    const secrets = await connect(sandbox)
    const page = await person.submit(await open(), 'Withdraw')
    assert.equal(page.url, `${sandbox.url}/connections`)

    const { hmsList, hmsRead } = sandbox.urls.razcode
    for (const refused of [
      await notify(sandbox, 'ok', secrets),
      await get(hmsList, secrets),
      await get(hmsRead, secrets, [['hms', 'My Health Journal']]),
    ]) {
      assert.deepEqual([refused.status, problemOf(refused)], [401, 'token_revoked'])
    }
    assert.equal((await openConfigure(sandbox, secrets, [['raz_callback', 'http://a/']])).status, 401)
    assert.equal((await notify(sandbox, 'ok')).status, 200)
    assert.equal((await notify(sandbox, 'ok', await connect(sandbox))).status, 200)
  })

  it('withdraws with a form of its own only', async () => {
    const page = await open()
    const foreign = await submit(sandbox, page, 'Withdraw', {}, { 'sec-fetch-site': 'cross-site' })
    assert.equal(foreign.status, 403)
    assert.equal((await submit(sandbox, page, 'Withdraw', { form: 'invented' })).status, 400)
    assert.equal((await notify(sandbox, 'ok', demoUser(sandbox))).status, 200)
  })
})
