import { STATUS_CODES } from 'node:http'
import type { Reply, Route } from './call'
import { html, type Html } from './html'
import { stylesheet } from './style'

export interface Page {
  status?: number
  title: string
  /** Sections. */
  content: Html | readonly Html[]
  wide?: boolean
  /** Run in this order when the page has been read. */
  scripts?: readonly PageScript[]
  /** Origin of the page that may show this one in a frame. Default: none may. */
  framedBy?: string
}

export interface PageScript {
  /** On the sandbox's own origin. */
  path: string
  /** What the script finds in its element's `dataset`: names in lower case, with hyphens. */
  data?: Readonly<Record<string, string>>
}

/**
 * A form's answer redirects to an address of the caller's choosing, which may redirect further, and Chromium holds
 * every step against `form-action`: so it names the schemes, not the hosts.
 */
const contentSecurityPolicy = ({ scripts, framedBy }: Page): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    ...(scripts ? ["script-src 'self'"] : []),
    "form-action 'self' http: https:",
    "base-uri 'none'",
    `frame-ancestors ${framedBy ?? "'none'"}`,
  ].join('; ')

const STYLESHEET_PATH = '/sandbox.css'

export const stylesheetRoute: Route = {
  methods: ['GET'],
  path: STYLESHEET_PATH,
  reader: 'program',
  answer: () => ({ status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: stylesheet }),
}

export function page(shown: Page): Reply {
  const { status = 200, title, content, wide, scripts = [] } = shown
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Sandbox</title>
        <link rel="stylesheet" href="${STYLESHEET_PATH}" />
        ${scripts.map(scriptElement)}
      </head>
      <body>
        <p class="notice">
          <strong>Sandbox.</strong> This is a stand-in for the real service. Nothing leaves this machine.
        </p>
        <main class="${wide ? 'wide' : ''}">${content}</main>
      </body>
    </html> `
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(shown),
    },
    body: markup,
  }
}

function scriptElement({ path, data = {} }: PageScript): Html {
  const attributes = Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`)
  return html`<script src="${path}" defer${attributes}></script>`
}

export function errorPage(status: number, message: string): Reply {
  const title = STATUS_CODES[status] ?? 'Error'
  return page({
    status,
    title,
    content: html`<section>
      <h1>${title}</h1>
      <p>${message}</p>
      <p><a href="/">To the sandbox's home page</a></p>
    </section>`,
  })
}

/** A browser is sent on with GET, whatever it came with. */
export function seeOther(location: string): Reply {
  return { status: 303, headers: { location } }
}
