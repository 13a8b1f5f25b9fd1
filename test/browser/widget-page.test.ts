import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import type { Sandbox } from '../../src/sandbox/sandbox'
import { Flow, sandbox, temporaryFolder, type Config } from '../nodes/support/flow'
import { launchChromium } from './support/chromium'

const nodes = (type: 'humanapi' | 'zivacare', user: string, more: Record<string, unknown>): Config[] => [
  { id: 'account', type: `${type}-account` },
  { id: 'flow', type: 'tab' },
  { id: 'request', type: 'http in', z: 'flow', url: '/connect', method: 'get', wires: [['who']] },
  {
    id: 'who',
    type: 'change',
    z: 'flow',
    rules: [
      { t: 'set', p: 'user', pt: 'msg', to: user, tot: 'str' },
      { t: 'set', p: 'email', pt: 'msg', to: 'maria@example.org', tot: 'str' },
    ],
    wires: [['connect']],
  },
  {
    ...{ id: 'connect', type: `${type}-connect`, z: 'flow', account: 'account' },
    ...{ wires: [['answer'], ['event']], ...more },
  },
  { id: 'answer', type: 'http response', z: 'flow', wires: [] },
  { id: 'event', type: 'helper', z: 'flow', wires: [] },
  { id: 'catch-all', type: 'catch', z: 'flow', scope: null, wires: [['caught']] },
  { id: 'caught', type: 'helper', z: 'flow', wires: [] },
]

interface Told {
  event: string
  status: string
  currentConnections: { name: string }[]
}

describe('a page with a widget', function () {
  this.timeout(60_000)
  let browser: Browser
  let provider: Sandbox
  let flow: Flow
  let page: Page
  let count = 0

  before(async () => {
    browser = await launchChromium()
    provider = await sandbox()
  })
  after(() => browser.close())
  afterEach(async () => {
    await page.context().close()
    await flow.stop()
  })

  const newUser = () => `widget-${process.pid}-${count++}`
  const open = async (
    type: 'humanapi' | 'zivacare',
    { user = newUser(), ...more }: Record<string, unknown> & { user?: string } = {},
    options: Parameters<typeof Flow.start>[1] = {},
  ) => {
    flow = await Flow.start(nodes(type, user, more), options)
    page = await (await browser.newContext()).newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${flow.url}/connect`)
    return user
  }
  const press = (name: string) =>
    page.frameLocator('#human-api').getByRole('button', { name, exact: true }).click()
  const connect = async () => {
    await press('Connect Demo Smart Scale')
    await press('Sign in and connect')
  }
  /** What the page says, once it does. */
  const said = async () => {
    await page.waitForFunction(() => document.getElementById('said')?.textContent !== '')
    return page.locator('#said').textContent()
  }
  const next = async () => (await flow.next('event')).payload as Told

  it("of Human API's brings the person to the return URL when Connect is closed", async () => {
    await open('humanapi', { returnUrl: '/done?x=1' })
    await page.locator('#open').click()
    await press('Close')
    await page.waitForURL('**/done?x=1')
    const { event, status } = await next()
    assert.deepEqual([event, status], ['close', 'SUCCESS'])
  })

  it("of Human API's asks to be loaded again where the session is over, and works then", async () => {
    const user = await open('humanapi')
    provider.humanapi.expireTokens(user)
    await page.locator('#open').click()
    await press('Close')
    assert.deepEqual([await said(), await page.locator('#open').isDisabled()], ['widget.again', true])
    await page.reload()
    await page.locator('#open').click()
    await connect()
    assert.equal((await next()).status, 'SESSION_TOKEN_EXPIRED')
    assert.equal((await next()).event, 'connect')
  })

  it("of ZivaCare's brings the person to the return URL when its window is finished", async () => {
    await open('zivacare', { returnUrl: '/done' })
    const popup = page.waitForEvent('popup')
    await page.locator('#open').click()
    await (await popup).getByRole('button', { name: 'Finish Connecting Data' }).click()
    await page.waitForURL('**/done')
    await flow.next('event')
  })

  it('goes on where the answer to an event is lost on its way', async () => {
    await open('humanapi')
    let posts = 0
    await page.route('**/event?*', async (route) => {
      if (posts++ > 0) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await page.locator('#open').click()
    await connect()
    assert.equal((await next()).event, 'connect')
    await press('Close')
    const { event, currentConnections } = await next()
    assert.deepEqual([event, currentConnections.length], ['close', 1])
    assert.equal(await said(), 'widget.done')
    assert.deepEqual([flow.pending('event'), flow.pending('caught'), posts], [0, 0, 3])
  })

  it('goes on where Node-RED is started again after it took an event and before it answered', async () => {
    const userDir = await temporaryFolder()
    const user = await open('humanapi', {}, { userDir, keep: true })
    const { port } = new URL(flow.url)
    let posts = 0
    let restarted: () => void = () => assert.fail('not yet')
    const restart = new Promise<void>((resolve) => (restarted = resolve))
    await page.route('**/event?*', async (route) => {
      if (posts++ === 0) {
        await route.fetch()
        assert.equal((await next()).event, 'connect')
        await flow.stop()
        flow = await Flow.start(nodes('humanapi', user, {}), { userDir })
        restarted()
        return route.abort()
      }
      // It has another port in tests; a real one has not.
      const url = route
        .request()
        .url()
        .replace(`:${port}/`, `:${new URL(flow.url).port}/`)
      const headers = { ...route.request().headers(), origin: flow.url }
      return route.fulfill({ response: await route.fetch({ url, headers }) })
    })
    await page.locator('#open').click()
    await connect()
    await restart
    // It is told once more, since nobody can know what became of it.
    assert.equal((await next()).event, 'connect')
    await press('Close')
    assert.equal((await next()).event, 'close')
    assert.equal(await said(), 'widget.done')
  })

  it('says so where nothing can be told, and the person can load it again', async () => {
    await open('humanapi')
    await page.clock.install()
    await page.route('**/event?*', (route) => route.abort())
    await page.locator('#open').click()
    await press('Close')
    for (let wait = 0; wait < 20; wait++) await page.clock.runFor(1000)
    assert.deepEqual([await said(), await page.locator('#open').isDisabled()], ['widget.failed', true])
  })
})
