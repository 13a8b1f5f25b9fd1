import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
import { launchChromium, openWatchedPage } from './support/chromium'
import { embed, type Embedding } from './support/embedding'

/** What the page was told, one call after the other. */
type Told = ['finish', { code: string; message: string } | null, { specialToken: string }?] | ['close']

/** The page has a button as the provider's guide shows one, and keeps what it is told. */
const script = `
window.told = []
document.getElementById('connect').addEventListener('click', () => {
  const { clientid, clientuserid } = document.getElementById('connect').dataset
  ZivaConnect.open({
    clientId: clientid,
    clientUserId: clientuserid,
    finish: (...args) => told.push(['finish', ...args]),
    close: () => told.push(['close']),
  })
})
`

describe("the sandbox's ZivaCare script, in a page of another origin", function () {
  this.timeout(60_000)

  let sandbox: Sandbox
  let browser: Browser
  let embedding: Embedding
  let page: Page
  let now: number
  let errors: string[]

  before(async () => {
    browser = await launchChromium()
  })
  after(() => browser.close())

  beforeEach(async () => {
    now = Date.parse('2026-03-10T13:20:00Z')
    sandbox = await startSandbox({ now: () => now })
    await openPage({})
  })
  afterEach(async () => {
    await page.context().close()
    await embedding.close()
    await sandbox.close()
    assert.deepEqual(errors, [])
  })

  async function openPage({
    clientId = sandbox.demo.zivacare.clientId,
    clientUserId = 'maria',
  }): Promise<void> {
    embedding = await embed({
      body: `<button id="connect" data-clientid="${clientId}" data-clientuserid="${clientUserId}">CONNECT HEALTH DATA</button>`,
      script,
      vendorScript: sandbox.urls.zivacare.connectScript,
    })
    ;({ page, errors } = await openWatchedPage(browser))
    await page.goto(embedding.url)
  }

  const openWindow = async (): Promise<Page> => {
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'CONNECT HEALTH DATA' }).click()
    const shown = await opened
    await shown.waitForLoadState()
    return shown
  }
  /** The browser notes on the console what it does not like; whether it does so in time is its own affair. */
  const forgiveErrors = (pattern: RegExp) => {
    errors.splice(0, errors.length, ...errors.filter((error) => !pattern.test(error)))
  }
  const press = (shown: Page, name: string) => shown.getByRole('button', { name, exact: true }).click()
  const told = () => page.evaluate(() => (globalThis as unknown as { told: Told[] }).told)
  const toldOnce = async (): Promise<Told> => {
    await page.waitForFunction(() => (globalThis as unknown as { told: Told[] }).told.length > 0)
    // Long enough for the script to look whether the window is closed, which must not count as another event
    await page.waitForTimeout(500)
    const [first, ...more] = await told()
    assert.deepEqual(more, [])
    return first!
  }

  it('opens a window in which a person connects two sources; the page gets a special token', async () => {
    const shown = await openWindow()
    assert.equal(new URL(shown.url()).origin, sandbox.url)
    await shown.getByText('Nothing leaves this machine').waitFor()
    for (const source of ['Stride Band', 'Home Scale']) {
      await press(shown, `Connect ${source}`)
      await press(shown, 'Allow')
    }
    const closed = shown.waitForEvent('close')
    await press(shown, 'Finish Connecting Data')
    await closed
    const [event, error, response] = await toldOnce()
    assert.deepEqual([event, error, Object.keys(response ?? {})], ['finish', null, ['specialToken']])

    const exchanged = await fetch(sandbox.urls.zivacare.exchange, {
      method: 'POST',
      body: new URLSearchParams({
        clientSecret: sandbox.demo.zivacare.clientSecret,
        specialToken: response?.specialToken ?? '',
      }),
    })
    const { access_token } = (await exchanged.json()) as { access_token: string }
    const weights = await fetch(`${sandbox.urls.zivacare.data}/weights?access_token=${access_token}`)
    assert.equal(((await weights.json()) as { total: number }).total, 20)
  })

  it('says close when the person cancels', async () => {
    await press(await openWindow(), 'Cancel')
    assert.deepEqual(await toldOnce(), ['close'])
  })

  it('says close when the person closes the window, and opens another', async () => {
    await (await openWindow()).close()
    assert.deepEqual(await toldOnce(), ['close'])
    await press(await openWindow(), 'Finish Connecting Data')
    await page.waitForFunction(() => (globalThis as unknown as { told: Told[] }).told.length === 2)
    assert.equal((await told())[1]?.[0], 'finish')
  })

  it('opens one window, however often the button is pressed', async () => {
    await openWindow()
    await page.getByRole('button', { name: 'CONNECT HEALTH DATA' }).dblclick()
    await page.waitForTimeout(300)
    assert.equal(page.context().pages().length, 2)
    assert.deepEqual(await told(), [])
  })

  it('says that the session has expired, and leaves the window open to be read', async () => {
    const shown = await openWindow()
    now += 600_000
    await press(shown, 'Connect Stride Band')
    const [event, error] = await toldOnce()
    assert.deepEqual(
      [event, error],
      ['finish', { code: '9007', message: 'The session has expired. Begin again.' }],
    )
    await shown.getByRole('alert').getByText('The session has expired').waitFor()
    forgiveErrors(/status of 400/)
  })

  it('says that the application is not known', async () => {
    await page.context().close()
    await embedding.close()
    await openPage({ clientId: '2_other' })
    const shown = await openWindow()
    const [event, error] = await toldOnce()
    assert.deepEqual([event, error && 'code' in error && error.code], ['finish', '0011'])
    await shown.getByRole('alert').waitFor()
    forgiveErrors(/status of 400/)
  })

  it('hears nobody but its own window', async () => {
    const shown = await openWindow()
    await page.evaluate(() => globalThis.postMessage({ event: 'finish', specialToken: 'forged' }, '*'))
    await page.waitForTimeout(300)
    assert.deepEqual(await told(), [])
    await press(shown, 'Finish Connecting Data')
    const [, , response] = await toldOnce()
    assert.notEqual(response?.specialToken, 'forged')
  })

  it('tells nobody but the page that opened it', async () => {
    const shown = await openWindow()
    // Somebody who sends the page elsewhere while the window is open gets nothing
    const other = await embed({
      body: '',
      script: 'window.told = []; addEventListener("message", ({ data }) => told.push(["message", data]))',
      vendorScript: sandbox.urls.zivacare.connectScript,
    })
    await page.goto(other.url)
    await press(shown, 'Finish Connecting Data')
    await shown.getByText('You can close this window').waitFor()
    await page.waitForTimeout(300)
    assert.deepEqual(await told(), [])
    await other.close()
    forgiveErrors(/postMessage/)
  })
})
