import { listen } from '../../support/server'

export interface EmbeddingPage {
  /** What stands in the body. */
  body: string
  /** The page's own script, which runs after `vendorScript`. */
  script: string
  /** Address of the script of a provider. */
  vendorScript: string
}

export interface Embedding {
  url: string
  close(): Promise<void>
}

/**
 * A web page of an integrator, on an origin of its own: `localhost`, which is another site to a browser than the
 * sandbox's 127.0.0.1. Its Content-Security-Policy allows nothing but its own files and the origin of `vendorScript`.
 */
export async function embed({ body, script, vendorScript }: EmbeddingPage): Promise<Embedding> {
  const { origin } = new URL(vendorScript)
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${origin}`,
    `style-src ${origin}`,
    `frame-src ${origin}`,
    "base-uri 'none'",
  ].join('; ')
  const page =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Integrator</title>' +
    `</head><body>${body}` +
    `<script src="${vendorScript}"></script><script src="/page.js"></script></body></html>`
  const { port, close } = await listen(({ url }, response) => {
    if (url === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
    } else {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
        .end(page)
    }
  })
  return { url: `http://localhost:${port}/`, close }
}
