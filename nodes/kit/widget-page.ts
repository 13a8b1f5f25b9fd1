import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import type { Action } from './action-node'
import { redirectable, returnUrl, type Input, type Values } from './inputs'
import { escape, pageStyle } from './pages'
import type { Outcome } from './runner'
import { inBrowser } from './status'

function line(what: string): Input<string> {
  return {
    value: '',
    type: 'str',
    read(value) {
      if (value === undefined || value === null) return ''
      if (typeof value === 'string' && value.length <= 10_000) return value
      throw new GatewayError(
        'HG_INPUT',
        `The ${what} of the page is no text. Give a string, or leave it empty.`,
      )
    },
  }
}

/** How the page looks, and where it leads. Plain text; the style sheet is a path of this server or a URL. */
export const widgetInputs = {
  title: line('title'),
  text: line('text'),
  styleSheet: {
    value: '',
    type: 'str',
    read: (value) =>
      redirectable(
        value,
        'The style sheet is not usable. Give a path that begins with "/" or a URL that begins with http:// or https://.',
      ),
  } satisfies Input<string>,
  returnUrl,
}

export interface Widget {
  /** The file of our script, which follows `page/page.js` on the page. */
  script: string
  /** The vendor's script. The page takes scripts, styles, pictures, frames and answers of its origin. */
  vendorScript: string
  /** Scripts that the vendor's own wants before it: a path of this server or a URL. */
  before?: readonly string[]
  /** Further addresses whose origin the vendor's script takes frames and pictures of. */
  frames?: readonly string[]
  /** What our script has at hand. The person at the browser can read it: nothing that is secret from them. */
  data: Readonly<Record<string, string>>
  /** What is there again with each event: encrypted, never on the page. */
  kept: Readonly<Record<string, string | undefined>>
  user: string
}

/** Makes the message a page that hosts a vendor's widget, and listens to its events for an hour after the last one. */
export async function widgetPage(
  RED: NodeAPI,
  { browser, msg, values }: Action<unknown, Values<typeof widgetInputs>>,
  { script, vendorScript, before = [], frames = [], data, kept, user }: Widget,
): Promise<Outcome> {
  const departure = browser.leave(msg)
  await departure.keep({ ...kept, user, returnUrl: values.returnUrl }, 'page')
  const nonce = randomBytes(16).toString('base64')
  const vendor = new URL(vendorScript).origin
  const framed = [...new Set([vendor, ...frames.map((address) => new URL(address).origin)])]
  const { title, text, styleSheet } = values
  const texts = {
    done: RED._('widget.done'),
    again: RED._('widget.again'),
    failed: RED._('widget.failed'),
  }
  const given = {
    post: new URL(departure.callback).pathname.replace(/\/[^/]*$/, ''),
    state: departure.state,
    texts,
    values: data,
  }
  const heading = escape(title || RED._('widget.title'))
  const payload =
    `<!doctype html><html lang="${escape(RED._('page.language'))}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<title>${heading}</title>` +
    (styleSheet === ''
      ? `<style nonce="${nonce}">${pageStyle}</style>`
      : `<link rel="stylesheet" href="${escape(styleSheet)}">`) +
    `</head><body><main><h1>${heading}</h1><p>${escape(text || RED._('widget.text'))}</p>` +
    `<p><button type="button" id="open">${escape(RED._('widget.open'))}</button></p>` +
    `<p id="said" role="status"></p><noscript><p>${escape(RED._('widget.noScript'))}</p></noscript></main>` +
    `<script type="application/json" id="given">${inScript(given)}</script>` +
    [...before, vendorScript]
      .map((address) => `<script nonce="${nonce}" src="${escape(address)}"></script>`)
      .join('') +
    `<script nonce="${nonce}">${scriptOf(pageScript)}${scriptOf(script)}</script></body></html>`
  const styles = /^https?:/i.test(styleSheet) ? [new URL(styleSheet).origin] : []
  return {
    payload,
    statusCode: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${nonce}' ${vendor}`,
        ["style-src 'self'", `'nonce-${nonce}'`, vendor, ...styles].join(' '),
        ['frame-src', ...framed].join(' '),
        `connect-src 'self' ${vendor}`,
        ["img-src 'self'", ...framed].join(' '),
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    set: { cookies: { ...(msg.cookies as object | undefined), ...departure.cookies } },
    user,
    status: inBrowser,
  }
}

/** JSON that no text in it can lead out of the script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c')
}

const pageScript = join(__dirname, 'page/page.js')
const scripts = new Map<string, string>()

function scriptOf(file: string): string {
  const script = scripts.get(file) ?? readFileSync(file, 'utf8')
  scripts.set(file, script)
  return script
}
