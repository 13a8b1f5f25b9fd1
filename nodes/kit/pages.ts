import type { Response } from 'express'
import type { NodeAPI } from 'node-red'
import type { ErrorCode } from '../../src/errors'

interface Page {
  /** BCP 47: `en`. */
  language: string
  title: string
  text: string
  note?: string
}

export type SuccessPage = 'connected' | 'stopped' | 'signedOn' | 'activated'

/** What a person sees at the end of their way, in the language of the Node-RED server. */
export function successPage(RED: NodeAPI, which: SuccessPage): Page {
  return pageOf(RED, which)
}

/** Says no more than the code: the sentence for the flow's author is in the error that the flow gets. */
export function failurePage(RED: NodeAPI, code: ErrorCode): Page {
  return { ...pageOf(RED, 'failed'), note: code }
}

export function repeatedPage(RED: NodeAPI): Page {
  return pageOf(RED, 'again')
}

function pageOf(RED: NodeAPI, which: SuccessPage | 'failed' | 'again'): Page {
  return {
    language: RED._('page.language'),
    title: RED._(`page.${which}.title`),
    text: RED._(`page.${which}.text`),
  }
}

/** The look of a page that has no style sheet of its own. */
export const pageStyle =
  ':root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}' +
  'h1{font-size:1.6rem;font-weight:600}small{opacity:.7}'

export function sendPage(response: Response, status: number, { language, title, text, note }: Page): void {
  response
    .status(status)
    .set({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .type('html')
    .send(
      `<!doctype html><html lang="${escape(language)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
        `<title>${escape(title)}</title><style>${pageStyle}</style><main><h1>${escape(title)}</h1>` +
        `<p>${escape(text)}</p>${note ? `<p><small>${escape(note)}</small></p>` : ''}</main>`,
    )
}

/** For text and attributes of HTML. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
