import assert from 'node:assert/strict'
import { makeServerCertificate } from '../../support/certificates'
import {
  approve,
  choose,
  closeSandboxes,
  demoOrganisation,
  exchange,
  get,
  notify,
  post,
  request,
  requestToken,
  sandboxFor,
  submit,
  withToken,
} from './support'

describe('the sandbox over https', () => {
  afterEach(closeSandboxes)

  it('plays all of it, with https in every address that it gives out', async () => {
    const sandbox = await sandboxFor({ tls: await makeServerCertificate() })
    const { urls } = sandbox
    for (const url of [sandbox.url, ...Object.values(urls.razcode)]) assert.match(url, /^https:/)

    const temporary = await requestToken(sandbox, 'https://127.0.0.1/back')
    const verifier = (await approve(sandbox, temporary.token)).searchParams.get('oauth_verifier') ?? ''
    const user = withToken(temporary, await exchange(sandbox, temporary, verifier))
    await choose(sandbox, user, ['Fitness Diary'])
    assert.equal((await notify(sandbox, '<ContinuityOfCareRecord/>', user)).status, 200)
    assert.equal((await get(urls.razcode.hmsList, user)).text, '["Fitness Diary"]')
    assert.equal((await get(urls.razcode.hmsRead, user, [['hms', 'Fitness Diary']])).status, 200)

    for (const url of [urls.razcode.stage, urls.razcode.stageUrl]) {
      const { text } = await post(url, demoOrganisation(sandbox), [['her', 'bp120/80']])
      const parameters = new URLSearchParams(text)
      const given = parameters.get('raz_image') ?? parameters.get('raz_uri') ?? ''
      assert.ok(given.startsWith(`${sandbox.url}/r/`))
      assert.equal((await request(given)).status, 200)
    }
  })

  it('keeps its cookie to https', async () => {
    const sandbox = await sandboxFor({ tls: await makeServerCertificate() })
    const page = await request(`${sandbox.url}/connections`)
    const { headers } = await submit(sandbox, page, 'Sign in')
    assert.match(headers['set-cookie']?.[0] ?? '', /; Secure$/)
  })
})
