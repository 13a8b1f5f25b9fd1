import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { makeServerCertificate } from '../../../support/certificates'
import { closeSandboxes, jsonOf, request, sandboxFor } from '../support'
import { read } from './support'

describe("the sandbox's ZivaCare", () => {
  afterEach(closeSandboxes)

  const pathsOf = ({ url, urls }: Sandbox) =>
    Object.entries(urls.zivacare).map(([key, address]) => [key, address.replace(url, '')])

  it('has every address of the account, below one path', async () => {
    assert.deepEqual(pathsOf(await sandboxFor()), [
      ['connectScript', '/zivacare/connect.js'],
      ['exchange', '/zivacare/oauth/v2/get-access-token'],
      ['createUser', '/zivacare/api/v2/app/create-user'],
      ['data', '/zivacare/api/v2/human'],
    ])
  })

  it("is on the sandbox's home page", async () => {
    const sandbox = await sandboxFor()
    const { text } = await request(sandbox.url)
    const { clientId, clientSecret } = sandbox.demo.zivacare
    for (const told of [clientId, clientSecret]) assert.ok(text.includes(`<code>${told}</code>`), told)
    for (const url of Object.values(sandbox.urls.zivacare)) assert.ok(text.includes(` ${url}`), url)
    assert.match(text, /<a href="\/zivacare\/users">ZivaCare users<\/a>/)
  })

  it('has a demo user who is connected, with data up to the present day', async () => {
    const sandbox = await sandboxFor()
    assert.equal(sandbox.demo.zivacare.connectedUser.user, 'demo')
    const { sleeps, total } = jsonOf(await read(sandbox, '/sleeps'))
    const [newest] = sleeps as { end_time: string }[]
    const age = Date.now() - Date.parse(newest!.end_time.replace(' ', 'T').replace('+00', 'Z'))
    assert.ok(Number(total) >= 59 && age > 0 && age < 2 * 86_400_000)
  })

  it('speaks https where the sandbox does', async () => {
    const sandbox = await sandboxFor({ tls: await makeServerCertificate() })
    assert.match(sandbox.urls.zivacare.data, /^https:/)
    assert.equal((await read(sandbox, '/steps')).status, 200)
  })

  it('misbehaves where told only: each provider has its own data endpoint', async () => {
    const sandbox = await sandboxFor()
    sandbox.misbehave({ endpoint: 'zivacare.createUser', do: 'status', code: 500 })
    assert.equal((await read(sandbox, '/steps')).status, 200)
    sandbox.misbehave({ endpoint: '/zivacare/api', do: 'status', code: 503 })
    assert.equal((await read(sandbox, '/steps')).status, 503)
    assert.throws(() => sandbox.misbehave({ endpoint: 'exchange', do: 'drop' }), RangeError)
  })
})
