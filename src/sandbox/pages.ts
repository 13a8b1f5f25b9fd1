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
}

/**
 * A form's answer redirects to an address of the caller's choosing, which may redirect further, and Chromium holds
 * every step against `form-action`: so it names the schemes, not the hosts.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self' http: https:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const STYLESHEET_PATH = '/sandbox.css'

export const stylesheetRoute: Route = {
  methods: ['GET'],
  path: STYLESHEET_PATH,
  reader: 'program',
  answer: () => ({ status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: stylesheet }),
}

export function page({ status = 200, title, content, wide }: Page): Reply {
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Sandbox</title>
        <link rel="stylesheet" href="${STYLESHEET_PATH}" />
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
      'content-security-policy': CONTENT_SECURITY_POLICY,
    },
    body: markup,
  }
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
