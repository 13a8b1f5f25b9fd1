import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { formEncoded, type Pairs, signed } from '../plain-signer'
import {
  closeSandboxes,
  connect,
  demoUser,
  notify,
  openConfigure,
  request,
  sandboxFor,
  submit,
} from '../support'

const BACK: Pairs = [['raz_callback', 'http://127.0.0.1:1880/done?id=7']]
const SAVE = 'Save and go back'

describe("the sandbox's configuration page", () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor()
  })
  afterEach(closeSandboxes)

  it('stores the services chosen and says on the callback to continue', async () => {
    const page = await openConfigure(sandbox, demoUser(sandbox), BACK)
    assert.equal(page.status, 200)
    assert.match(page.text, /Nothing leaves this machine/)
    const service = ['Family Doctor Portal', 'Fitness Diary', 'Invented']
    const answer = await submit(sandbox, page, SAVE, { service })
    assert.equal(answer.status, 303)
    const back = new URL(answer.headers.location ?? '')
    assert.equal(back.origin + back.pathname, 'http://127.0.0.1:1880/done')
    const { oauth_verifier: verifier, ...parameters } = Object.fromEntries(back.searchParams)
    assert.ok(verifier)
    assert.deepEqual(parameters, {
      id: '7',
      oauth_token: demoUser(sandbox).token,
      raz_notification_status: 'true',
    })

    await notify(sandbox, 'bp120/80')
    assert.deepEqual(sandbox.documents()[0]?.services, ['Family Doctor Portal', 'Fitness Diary'])
  })

  it('has what was chosen before filled in', async () => {
    await submit(sandbox, await openConfigure(sandbox, demoUser(sandbox), BACK), SAVE, {
      service: 'Fitness Diary',
      notify: 'false',
    })
    const { text } = await openConfigure(sandbox, demoUser(sandbox), BACK)
    const checked = [...text.matchAll(/<input[^>]*value="([^"]*)"\s+checked\b/g)].map(([, value]) => value)
    assert.deepEqual(checked, ['Fitness Diary', 'false'])
  })

  it('stops the source: the callback says so, sending is refused with 403 until the person continues', async () => {
    const user = demoUser(sandbox)
    const stop = await submit(sandbox, await openConfigure(sandbox, user, BACK), SAVE, { notify: 'false' })
    assert.equal(new URL(stop.headers.location ?? '').searchParams.get('raz_notification_status'), 'false')
    const refused = await notify(sandbox, 'ok')
    assert.deepEqual(
      [refused.status, refused.text],
      [403, 'This person has stopped notifications. Do not send any more.'],
    )
    assert.equal(
      (await notify(sandbox, 'ok', await connect(sandbox))).status,
      200,
      'another connection goes on',
    )

    await submit(sandbox, await openConfigure(sandbox, user, BACK), SAVE, { notify: 'true' })
    assert.equal((await notify(sandbox, 'ok')).status, 200)
  })

  it('asks again when nothing is chosen', async () => {
    const page = await openConfigure(sandbox, demoUser(sandbox), BACK)
    const again = await submit(sandbox, page, SAVE, { service: [] })
    assert.equal(again.status, 422)
    assert.match(again.text, /role="alert">Choose at least one service, or stop sending\./)
    assert.equal((await submit(sandbox, again, SAVE, { service: [], notify: 'false' })).status, 303)
    assert.equal((await submit(sandbox, again, SAVE)).status, 400, 'a form is good once')
  })

  it('shows the user that the consumer names, as text', async () => {
    const page = await openConfigure(sandbox, demoUser(sandbox), [
      ...BACK,
      ['user', `<img src=x onerror='a("&")'>`],
    ])
    assert.ok(page.text.includes('<strong>&lt;img src=x onerror=&#39;a(&quot;&amp;&quot;)&#39;&gt;</strong>'))
    assert.doesNotMatch(page.text, /<img/)
  })

  it('has one choice for a connection, whichever user the consumer names', async () => {
    const first = await openConfigure(sandbox, demoUser(sandbox), [...BACK, ['user', '1']])
    const answer = await submit(sandbox, first, SAVE, { service: 'Fitness Diary' })
    assert.equal(new URL(answer.headers.location ?? '').searchParams.has('user'), false)
    const second = await openConfigure(sandbox, demoUser(sandbox), [...BACK, ['user', '2']])
    assert.match(second.text, /value="Fitness Diary"\s+checked/)
  })

  const callbacks: [string, Pairs][] = [
    ['no raz_callback', []],
    ['a script for raz_callback', [['raz_callback', 'javascript:alert(1)']]],
    ['a raz_callback that breaks out of the page', [['raz_callback', 'http://a/"><script>']]],
    ['two raz_callbacks', [...BACK, ...BACK]],
    [
      'two users',
      [
        ['raz_callback', 'http://a/'],
        ['user', '1'],
        ['user', '2'],
      ],
    ],
  ]
  for (const [title, parameters] of callbacks) {
    it(`${title} makes no open door`, async () => {
      const { status, text } = await openConfigure(sandbox, demoUser(sandbox), parameters)
      assert.doesNotMatch(text, /<script|javascript:/)
      assert.equal(status, title.includes('breaks out') ? 200 : 400)
    })
  }

  it('is an error page without a signature, with a wrong one, and on the second visit', async () => {
    const uri = sandbox.urls.razcode.configure
    assert.equal((await request(`${uri}?${formEncoded(BACK)}`)).status, 401)
    const wrong = await openConfigure(sandbox, { ...demoUser(sandbox), tokenSecret: 'wrong' }, BACK)
    assert.equal(wrong.status, 401)
    assert.match(wrong.text, /<h1>Unauthorized<\/h1>.*The signature is wrong/s)

    const oauth = signed({ method: 'GET', uri, parameters: BACK }, demoUser(sandbox))
    const url = `${uri}?${formEncoded([...BACK, ...oauth])}`
    assert.equal((await request(url)).status, 200)
    assert.equal((await request(url)).status, 401)
  })
})
