import assert from 'node:assert/strict'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
import { sourceId, tokenFor } from '../unit/sandbox/humanapi/support'
import { launchChromium, openWatchedPage } from './support/chromium'
import { embed, type Embedding } from './support/embedding'

/** What the page was told: by which callback or event, and what. */
type Told = [string, Record<string, unknown> & { sessionResults: Record<string, { name: string }[]> }]

/** The integrator's page: the token is in the address, after the hash; what happens is written down. */
const script = `
  const told = (window.told = [])
  const note = (name) => (response) => told.push([name, response])
  for (const event of ['connect', 'disconnect', 'close', 'error']) HumanConnect.on(event, note(event))
  const token = decodeURIComponent(location.hash.slice(1))
  document.querySelector('[data-hapi-token]').dataset.hapiToken = token
  document.getElementById('open').onclick = () =>
    HumanConnect.open({
      token,
      onClose: note('onClose'),
      onConnectSource: note('onConnectSource'),
      onDisconnectSource: note('onDisconnectSource'),
    })
`

const body = `
  <button id="open">Open Connect</button>
  <div class="hapi__token-container"><button data-hapi-token=""><span>Open by attribute</span></button></div>
`

describe("Human API's Connect in the sandbox", function () {
  this.timeout(60_000)
  let browser: Browser
  let sandbox: Sandbox
  let embedding: Embedding
  let page: Page
  let errors: string[]

  before(async () => {
    browser = await launchChromium()
  })
  after(() => browser.close())
  beforeEach(async () => {
    sandbox = await startSandbox()
    embedding = await embed({ body, script, vendorScript: sandbox.urls.humanapi.connectScript })
    ;({ page, errors } = await openWatchedPage(browser))
  })
  afterEach(async () => {
    await page.context().close()
    await embedding.close()
    await sandbox.close()
    assert.deepEqual(errors, [])
  })

  const visit = (token: string) => page.goto(`${embedding.url}#${encodeURIComponent(token)}`)
  const told = () => page.evaluate(() => (globalThis as unknown as { told: Told[] }).told)
  const frame = (): FrameLocator => page.frameLocator('#human-api')
  const press = (name: string) => frame().getByRole('button', { name, exact: true }).click()
  const open = async (token: string, name = 'Open Connect') => {
    await visit(token)
    await page.getByRole('button', { name }).click()
  }
  const connect = async (name: string) => {
    await press(`Connect ${name}`)
    await press('Sign in and connect')
    await frame()
      .getByRole('button', { name: `Disconnect ${name}` })
      .waitFor()
  }
  const closed = () => page.locator('#human-api').waitFor({ state: 'detached' })
  const names = (sources: { name: string }[] | undefined) => sources?.map(({ name }) => name)

  it('connects two sources of a new user, in a frame of another site', async () => {
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await connect('Demo Fitness Band')
    await connect('Demo Smart Scale')
    await press('Close')
    await closed()
    const events = await told()
    assert.deepEqual(
      events.map(([name, { status }]) => [name, status]),
      [
        ['onConnectSource', 'CONNECTED_SOURCE'],
        ['onConnectSource', 'CONNECTED_SOURCE'],
        ['onClose', 'SUCCESS'],
      ],
    )
    const [, closing] = events[2]!
    const both = ['Demo Fitness Band', 'Demo Smart Scale'].map((name) => ({
      name,
      id: sourceId(sandbox, name),
    }))
    assert.deepEqual(closing, {
      status: 'SUCCESS',
      sessionResults: { connectedSources: both, disconnectedSources: [], requestedSources: [] },
      currentConnections: both,
      requestedProviders: [],
    })
    await tokenFor(sandbox, 'access', 'maria')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'open', 'the focus is where it was')
  })

  it('disconnects a source of a returning user, opened by an attribute', async () => {
    await open(await tokenFor(sandbox, 'id'), 'Open by attribute')
    await press('Disconnect Demo Smart Scale')
    await frame().getByRole('button', { name: 'Connect Demo Smart Scale', exact: true }).waitFor()
    await press('Close')
    await closed()
    const [disconnected, closing] = await told()
    assert.deepEqual([disconnected![0], disconnected![1].status], ['disconnect', 'DISCONNECTED_SOURCE'])
    assert.deepEqual(names(closing![1].sessionResults.disconnectedSources), ['Demo Smart Scale'])
    assert.equal(closing![0], 'close')
  })

  it('is cancelled with Escape, and can be opened again', async () => {
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await frame().getByRole('heading', { name: 'Connect your health data' }).waitFor()
    await page.keyboard.press('Escape')
    await closed()
    const [[name, { status, currentConnections }]] = (await told()) as [Told]
    assert.deepEqual([name, status, currentConnections], ['onClose', 'SUCCESS', []])
    await page.getByRole('button', { name: 'Open Connect' }).click()
    await connect('Demo Gene Kit')
  })

  it('finds a source', async () => {
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await frame().getByLabel('Find a hospital, a device or an app').fill('hospital')
    await press('Search')
    await frame().getByRole('button', { name: 'Connect Demo Gene Kit' }).waitFor({ state: 'detached' })
    assert.deepEqual(await frame().locator('strong').allTextContents(), [
      'Sandbox.',
      'Example General Hospital',
    ])
  })

  it('connects nothing with a wrong password, and goes on', async () => {
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await press('Connect Demo Smart Scale')
    await frame().getByLabel('Password').fill('wrong')
    await press('Sign in and connect')
    await frame().getByRole('alert').waitFor()
    await frame().getByLabel('Password').fill('sandbox')
    await press('Sign in and connect')
    await frame().getByRole('button', { name: 'Disconnect Demo Smart Scale' }).waitFor()
  })

  it('says that a session has expired in the middle, and the page too', async () => {
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await connect('Demo Smart Scale')
    sandbox.humanapi.expireTokens('maria')
    await press('Connect Demo Fitness Band')
    await frame().getByRole('heading', { name: 'Your session has expired.' }).waitFor()
    await press('Close')
    await closed()
    const [, [name, { status, sessionResults }]] = (await told()) as [Told, Told]
    assert.deepEqual([name, status], ['onClose', 'SESSION_TOKEN_EXPIRED'])
    assert.deepEqual(names(sessionResults.connectedSources), ['Demo Smart Scale'])
  })

  it('says that a token is not known', async () => {
    await open('unknown')
    await press('Close')
    await closed()
    assert.deepEqual(
      (await told()).map(([name, { status }]) => [name, status]),
      [['onClose', 'SESSION_TOKEN_INVALID']],
    )
  })

  it('throws for no token, and for options that are none', async () => {
    await visit('')
    const thrown = (options: unknown) =>
      page.evaluate((given) => {
        try {
          ;(globalThis as unknown as { HumanConnect: { open(options: unknown): void } }).HumanConnect.open(
            given,
          )
          return 'nothing'
        } catch (error) {
          return String(error)
        }
      }, options)
    assert.equal(await thrown({}), 'Error: The token attribute is required')
    assert.equal(await thrown([]), 'Error: Argument must be an object')
    assert.equal(await page.locator('#human-api').count(), 0)
  })

  it('believes only its own frame', async () => {
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await frame().getByRole('heading', { name: 'Connect your health data' }).waitFor()
    await page.evaluate(() => {
      window.postMessage({ type: 'hapi-connect-close', status: 'SUCCESS' }, '*')
      return new Promise((resolve) => setTimeout(resolve))
    })
    assert.deepEqual(await told(), [])
    assert.equal(await page.locator('#human-api').count(), 1)
  })

  it('opens once, however often it is asked', async () => {
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await page.evaluate(() => document.getElementById('open')?.click())
    assert.equal(await page.locator('iframe').count(), 1)
  })

  it('is to be seen on a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    await open(await tokenFor(sandbox, 'session', 'maria'))
    await connect('Demo Smart Scale')
    const { x, width } = (await page.locator('#human-api').boundingBox())!
    assert.deepEqual([x, width], [0, 360])
    const overflow = await frame()
      .locator('html')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
    assert.equal(overflow, 0, 'nothing is cut off')
  })
})
