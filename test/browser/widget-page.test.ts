import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import type { Sandbox } from '../../src/sandbox/sandbox'
import { around, browserWay, Flow, temporaryFolder, useSandbox, type Config } from '../nodes/support/flow'
import { launchChromium } from './support/chromium'

const setEmail = { t: 'set', p: 'email', pt: 'msg', to: 'maria@example.org', tot: 'str' }
const nodes = (type: 'humanapi' | 'zivacare', connect: Partial<Config>): Config[] => [
  ...around(
    { id: 'connect', type: `${type}-connect`, wires: [['answer'], ['event']], ...connect },
    ['event'],
    {
      type: `${type}-account`,
    },
  ),
  ...browserWay('/connect', ['connect'], [setEmail]),
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
  })
  after(() => browser.close())
  useSandbox((running) => (provider = running))
  afterEach(async () => {
    await page.context().close()
    await flow.stop()
  })

  const newUser = () => `widget-${process.pid}-${count++}`
  const open = async (
    type: 'humanapi' | 'zivacare',
    connect: Partial<Config> = {},
    options: Parameters<typeof Flow.start>[1] = {},
  ) => {
    const user = newUser()
    flow = await Flow.start(nodes(type, connect), options)
    page = await (await browser.newContext()).newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${flow.url}/connect?who=${user}`)
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
    await open('humanapi', {}, { userDir, keep: true })
    const { port } = new URL(flow.url)
    let posts = 0
    let restarted: () => void = () => assert.fail('not yet')
    const restart = new Promise<void>((resolve) => (restarted = resolve))
    await page.route('**/event?*', async (route) => {
      if (posts++ === 0) {
        await route.fetch()
        assert.equal((await next()).event, 'connect')
        await flow.stop()
        flow = await Flow.start(nodes('humanapi', {}), { userDir })
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
