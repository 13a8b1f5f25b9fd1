import assert from 'node:assert/strict'
import type { Sandbox } from '../../src/sandbox/sandbox'
import { Person } from '../support/person'
import { around, browserWay, Flow, listener, useSandbox, type Config } from './support/flow'

const more: Config[] = [
  ...browserWay('/activate', ['node']),
  { id: 'stage', type: 'razcode-stage', z: 'flow', account: 'account', wires: [['staged']] },
  { id: 'notify', type: 'healthjibe-notify', z: 'flow', account: 'account', wires: [['sent'], []] },
  ...['staged', 'sent'].map(listener),
]

describe('razcode-activate', () => {
  let provider: Sandbox
  let flow: Flow

  const start = async (node: Record<string, unknown> = {}) => {
    const wires = [['answer'], ['activated']]
    flow = await Flow.start([...around({ type: 'razcode-activate', wires, ...node }, ['activated']), ...more])
  }
  const begin = async (who = 'practice') => {
    const person = new Person()
    const page = await person.visit(`${flow.url}/activate?who=${who}`)
    assert.ok(page.url.startsWith(provider.urls.razcode.activate), page.text)
    return { person, page }
  }
  const login = () => ({ ...provider.demo.organisationLogin })

  useSandbox((running) => (provider = running))
  afterEach(() => flow.stop())

  it('activates an organisation in three steps, whose token signs what is staged from then on', async () => {
    await start()
    const { person, page } = await begin()
    const end = await person.submit(page, 'Approve', login())
    assert.equal(end.status, 200)
    assert.match(end.text, /page\.activated\.title/)
    const again = await person.visit(end.url)
    assert.equal(again.status, 409)
    assert.match(again.text, /page\.again\.title/)
    assert.equal((await flow.next('caught')).error?.code, 'HG_CONFLICT')

    const { payload, user, health } = await flow.next('activated')
    const { grantedAt, ...rest } = payload as Record<string, unknown>
    assert.deepEqual(rest, {
      user: 'practice',
      provider: 'razcode',
      notificationStatus: undefined,
      lastUsedAt: undefined,
    })
    assert.ok(Math.abs(Date.parse(String(grantedAt)) - Date.now()) < 10_000)
    assert.equal(user, 'practice')
    assert.deepEqual([health?.provider, health?.operation], ['razcode', 'activate'])
    assert.doesNotMatch(JSON.stringify(payload), /token|secret/)

    flow.send('stage', { payload: 'bp=120/80', organisation: 'practice' })
    await flow.next('staged')
    assert.equal(provider.stagedDocuments().at(-1)?.organisation, login().email)
  })

  it('leaves a person of the same id alone', async () => {
    await start()
    const { person, page } = await begin('demo')
    await person.submit(page, 'Approve', login())
    await flow.next('activated')
    flow.send('notify', { payload: 'bp=120/80', user: 'demo' })
    await flow.next('sent')
    assert.equal(provider.documents().at(-1)?.person, provider.demo.login.email)
  })

  it('sends the browser to the return URL at the end, and tells the flow which', async () => {
    await start({ returnUrl: '/activate/done?nonce=1' })
    const { person, page } = await begin()
    assert.equal((await person.submit(page, 'Approve', login())).url, `${flow.url}/activate/done?nonce=1`)
    assert.equal((await flow.next('activated')).returnUrl, '/activate/done?nonce=1')
  })

  it('says HG_FORBIDDEN for an organisation that refuses, and for another browser', async () => {
    await start({ returnUrl: '/done' })
    const first = await begin()
    assert.equal((await first.person.submit(first.page, 'Refuse')).status, 403)
    const refused = await flow.next('caught')
    assert.deepEqual(
      [refused.error?.code, refused.user, refused.returnUrl],
      ['HG_FORBIDDEN', 'practice', '/done'],
    )
    const second = await begin()
    const back = await second.person.press(second.page, 'Approve', login())
    assert.equal((await new Person().ask(back)).status, 403)
    assert.equal((await flow.next('caught')).error?.code, 'HG_FORBIDDEN')
    assert.equal((await second.person.ask(back)).status, 302)
  })

  it('says HG_INPUT without a web request, and without an id', async () => {
    await start()
    assert.equal((await flow.failure('node', { user: 'practice' })).code, 'HG_INPUT')
    const { code, message } = await flow.failure('node', {})
    assert.equal(code, 'HG_INPUT')
    assert.match(message, /property "Organisation"/)
  })
})
