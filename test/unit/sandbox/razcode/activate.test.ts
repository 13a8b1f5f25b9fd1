import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { Person } from '../../../support/person'
import {
  closeSandboxes,
  consumerOf,
  demoOrganisation,
  demoUser,
  exchange,
  notify,
  openAuthorize,
  post,
  problemOf,
  requestToken,
  sandboxFor,
  submit,
  withToken,
} from '../support'

describe('activating an organisation in the sandbox', () => {
  let sandbox: Sandbox
  let back: string

  beforeEach(async () => {
    sandbox = await sandboxFor()
    back = `${sandbox.url}/?state=1`
  })
  afterEach(closeSandboxes)

  const open = async (organisation: Person) => {
    const temporary = await requestToken(sandbox, back)
    const page = await organisation.visit(`${sandbox.urls.razcode.activate}?oauth_token=${temporary.token}`)
    return { temporary, page }
  }
  const stage = (secrets = demoOrganisation(sandbox)) =>
    post(sandbox.urls.razcode.stage, secrets, [['her', 'bp120/80']])

  it('takes three steps: request token, page, access token; then it stages in its name', async () => {
    const organisation = new Person()
    const { temporary, page } = await open(organisation)
    assert.equal(page.status, 200)
    assert.match(page.text, /<strong>Node-RED \(demo\)<\/strong> asks to stage/)
    const { email, password } = sandbox.demo.organisationLogin
    assert.ok(page.text.includes(`Demo account: <code>${email}</code>, password <code>${password}</code>`))

    const { url } = await organisation.submit(page, 'Approve')
    const { searchParams } = new URL(url)
    assert.deepEqual([...searchParams.keys()], ['state', 'oauth_token', 'oauth_verifier'])
    assert.equal(searchParams.get('oauth_token'), temporary.token)
    const answer = await exchange(sandbox, temporary, searchParams.get('oauth_verifier') ?? '')
    assert.equal(answer.status, 200)

    const { status, text } = await stage(withToken(temporary, answer))
    assert.deepEqual([status, new URLSearchParams(text).get('ACK')], [200, 'Success'])
    assert.equal(sandbox.stagedDocuments()[0]?.organisation, email)
  })

  it('comes back with the refusal', async () => {
    const organisation = new Person()
    const { temporary, page } = await open(organisation)
    const { url } = await organisation.submit(page, 'Refuse')
    assert.equal(new URL(url).searchParams.get('oauth_problem'), 'user_refused')
    assert.equal(problemOf(await exchange(sandbox, temporary, 'x')), 'user_refused')
  })

  it('is for organisations; authorizing is for people', async () => {
    const organisation = new Person()
    const { page } = await open(organisation)
    const again = await organisation.submit(page, 'Approve', { ...sandbox.demo.login })
    assert.equal(again.status, 422)
    assert.match(again.text, /The e-mail address or the password is wrong/)

    const { token } = await requestToken(sandbox, back)
    const wrong = await submit(sandbox, await openAuthorize(sandbox, token), 'Approve', {
      ...sandbox.demo.organisationLogin,
    })
    assert.equal(wrong.status, 422)
  })

  it('is an error page for an unknown token', async () => {
    const page = await new Person().visit(`${sandbox.urls.razcode.activate}?oauth_token=unknown`)
    assert.equal(page.status, 400)
  })

  it('is done already for the demo organisation, and survives a restart', async () => {
    assert.equal(sandbox.demo.organisation.user, 'clinic')
    assert.match((await stage()).text, /ACK=Success/)
    const first = await sandboxFor({ secret: 'the same' })
    const second = await sandboxFor({ secret: 'the same' })
    assert.deepEqual(first.demo.organisation, second.demo.organisation)
  })

  it("makes a token that stands for no person, and a person's stands for no organisation", async () => {
    const answer = await notify(sandbox, 'ok', demoOrganisation(sandbox))
    assert.deepEqual([answer.status, problemOf(answer)], [401, 'token_rejected'])
    const staged = await stage(demoUser(sandbox))
    assert.deepEqual([staged.status, problemOf(staged)], [401, 'token_rejected'])
  })

  it('can expire', async () => {
    sandbox.misbehave({ do: 'expireTokens' })
    assert.equal(problemOf(await stage()), 'token_expired')
    assert.match((await stage(consumerOf(sandbox))).text, /ACK=Success/, 'without a token nothing expires')
  })
})
