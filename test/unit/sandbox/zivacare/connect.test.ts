import assert from 'node:assert/strict'
import vm from 'node:vm'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, jsonOf, NOW, request, sandboxFor, submit } from '../support'
import { connectSources, exchange, OPENER, openWindow, press, read, toldOpener } from './support'

describe("the sandbox's window for ZivaCare Connect", () => {
  let sandbox: Sandbox
  let now: number

  beforeEach(async () => {
    now = NOW
    sandbox = await sandboxFor({ now: () => now })
  })
  afterEach(closeSandboxes)

  it('is opened by a script that a page of any origin may load', async () => {
    const { status, headers, text } = await request(sandbox.urls.zivacare.connectScript)
    assert.deepEqual([status, headers['content-type']], [200, 'text/javascript; charset=utf-8'])
    assert.doesNotThrow(() => new vm.Script(text))
    assert.match(text, /ZivaConnect/)
  })

  it('says that it is a sandbox, who asks, for whom, and what can be connected', async () => {
    const { status, headers, text } = await openWindow(sandbox, { clientUserId: '漢字 & <b>' })
    assert.equal(status, 200)
    assert.match(text, /Nothing leaves this machine/)
    assert.match(text, /<strong>Node-RED \(demo\)<\/strong>/)
    assert.match(text, /<strong>漢字 &amp; &lt;b&gt;<\/strong>/)
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
    const buttons = [...text.matchAll(/<button[^>]*>([^<]*)</g)].map(([, name]) => name)
    assert.deepEqual(buttons, [
      ...['Connect Stride Band', 'Connect Home Scale', 'Connect Vital Kit'],
      ...['Connect Meal Diary', 'Connect Trait Report', 'Finish Connecting Data', 'Cancel'],
    ])
  })

  it('gives a special token for two sources, to the page that opened it alone', async () => {
    const both = await press(
      sandbox,
      await openWindow(sandbox),
      ...['Connect Stride Band', 'Allow', 'Connect Home Scale', 'Allow'],
    )
    assert.equal(toldOpener(both), undefined)
    assert.match(both.text, /Disconnect Stride Band.*Disconnect Home Scale.*Connect Vital Kit/s)
    const last = await press(sandbox, both, 'Finish Connecting Data')
    assert.match(last.text, /Your health data is connected/)
    assert.match(String(last.headers['content-security-policy']), /script-src 'self'/)
    const { origin, message } = toldOpener(last)!
    assert.equal(origin, OPENER)
    assert.deepEqual(Object.keys(message), ['event', 'specialToken'])
    assert.equal((await exchange(sandbox, String(message.specialToken))).status, 200)
  })

  it('leaves out a source that the person does not allow, or disconnects', async () => {
    const page = await press(
      sandbox,
      await openWindow(sandbox),
      ...['Connect Stride Band', 'Do not allow', 'Connect Home Scale', 'Allow', 'Disconnect Home Scale'],
      ...['Connect Meal Diary', 'Allow', 'Finish Connecting Data'],
    )
    const { access_token } = jsonOf(await exchange(sandbox, String(toldOpener(page)!.message.specialToken)))
    const total = async (type: string) =>
      jsonOf(await read(sandbox, `/${type}?access_token=${String(access_token)}`)).total
    assert.deepEqual([await total('steps'), await total('weights')], [0, 0])
    assert.equal(await total('meals'), 179)
  })

  it('keeps nothing of what is cancelled, and says so to the page', async () => {
    const page = await press(sandbox, await openWindow(sandbox), 'Connect Stride Band', 'Allow', 'Cancel')
    assert.deepEqual(toldOpener(page), { origin: OPENER, message: { event: 'cancel' } })
    assert.doesNotMatch((await openWindow(sandbox)).text, /Disconnect/)
  })

  it('knows somebody who comes back, who can add a source and stays the same user', async () => {
    const first = jsonOf(await exchange(sandbox, await connectSources(sandbox, 'maria', ['Stride Band'])))
    assert.match((await openWindow(sandbox)).text, /Disconnect Stride Band/)
    const second = jsonOf(await exchange(sandbox, await connectSources(sandbox, 'maria', ['Home Scale'])))
    assert.equal(second.ziva_user_code, first.ziva_user_code)
    assert.notEqual(second.access_token, first.access_token)
    for (const { access_token } of [first, second]) {
      const answer = await read(sandbox, `/weights?access_token=${String(access_token)}`)
      assert.deepEqual([answer.status, jsonOf(answer).total], [200, 20])
    }
  })

  const unusable: [string, Record<string, string>, string][] = [
    ['no clientId', { clientId: '' }, '0004'],
    ['no clientUserId', { clientUserId: '' }, '0005'],
    ['an application that is not registered', { clientId: '2_other' }, '0011'],
    ['a clientUserId that is no id any more', { clientUserId: 'x'.repeat(256) }, '9006'],
  ]
  for (const [what, query, code] of unusable) {
    it(`tells the page and the person: ${what}`, async () => {
      const page = await openWindow(sandbox, query)
      assert.equal(page.status, 400)
      assert.match(page.text, /<p class="error" role="alert">[^<]+</)
      const { origin, message } = toldOpener(page)!
      assert.deepEqual([origin, message.event, message.code], [OPENER, 'error', code])
    })
  }

  it('does not open for a page that has no origin, and posts nothing then', async () => {
    for (const origin of ['', 'null', 'javascript:alert(1)', `${OPENER}/path`, 'http://a b']) {
      const page = await openWindow(sandbox, { origin })
      assert.equal(page.status, 400, origin)
      assert.equal(toldOpener(page), undefined, origin)
    }
  })

  it('expires after ten minutes, and tells the page', async () => {
    const page = await openWindow(sandbox)
    now += 600_000
    const late = await press(sandbox, page, 'Connect Stride Band')
    assert.equal(late.status, 400)
    assert.equal(toldOpener(late)?.message.code, '9007')
    assert.match(late.text, /The session has expired/)
  })

  it('expires when told', async () => {
    const page = await openWindow(sandbox)
    sandbox.misbehave({ endpoint: 'zivacare.connect', do: 'expireTokens', times: 1 })
    assert.equal(toldOpener(await press(sandbox, page, 'Finish Connecting Data'))?.message.code, '9007')
    assert.equal(toldOpener(await press(sandbox, page, 'Finish Connecting Data'))?.message.event, 'finish')
  })

  it('finishes once: the same form again counts as expired', async () => {
    const page = await openWindow(sandbox)
    await press(sandbox, page, 'Finish Connecting Data')
    assert.equal(toldOpener(await press(sandbox, page, 'Finish Connecting Data'))?.message.code, '9007')
  })

  it('takes no form of another site', async () => {
    const page = await openWindow(sandbox)
    const answer = await submit(
      sandbox,
      page,
      'Finish Connecting Data',
      {},
      { 'sec-fetch-site': 'cross-site' },
    )
    assert.equal(answer.status, 403)
  })

  it('takes no source and no action that it has not', async () => {
    const page = await openWindow(sandbox)
    for (const action of ['connect else', 'else', '']) {
      const answer = await submit(sandbox, page, 'Cancel', { action })
      assert.equal(answer.status, 400, action)
    }
  })
})
