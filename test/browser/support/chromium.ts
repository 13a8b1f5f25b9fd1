import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Loopback only, no services of the browser's own: what remains is what our pages do. */
const flags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/** @throws Error when none is found on this machine */
export async function launchChromium(): Promise<Browser> {
  const { findChromium } = await import('../../../scripts/lib/chromium.mjs')
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found: set CHROMIUM_PATH')
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...flags, ...asRoot] })
}

/** A page with a context of its own, and a list that all errors of this context come into. */
export async function openWatchedPage(browser: Browser): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext()
  context.setDefaultTimeout(10_000)
  const errors: string[] = []
  watch(context, errors)
  return { page: await context.newPage(), errors }
}

/** Collects uncaught errors, errors on the console and requests to another machine, of every page there is and will be. */
export function watch(context: BrowserContext, errors: string[]): void {
  for (const page of context.pages()) watchPage(page, errors)
  context.on('page', (page) => watchPage(page, errors))
}

function watchPage(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    // The editor catches what a node's own functions throw, and only writes it down.
    if (['error', 'warning'].includes(message.type()) || message.text().startsWith('onedit'))
      errors.push(`${message.text()} (${message.location().url})`)
  })
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^(https?|wss?):$/.test(protocol) && !['127.0.0.1', 'localhost'].includes(hostname)) {
      errors.push(`A request left this machine: ${request.url()}`)
    }
  })
}
