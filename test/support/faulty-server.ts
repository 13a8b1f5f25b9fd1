import type http from 'node:http'
import https from 'node:https'
import { gzipSync } from 'node:zlib'
import { listen } from './server'

export interface Hit {
  method: string
  /** Without the query. */
  path: string
  url: URL
  headers: http.IncomingHttpHeaders
  body: Buffer
}

export interface FaultyServer {
  /** Origin, without a slash at the end. */
  url: string
  /** Every request whose body has come in full, in order. */
  hits: Hit[]
  /** How many requests a path has had. */
  count(path: string): number
  close(): Promise<void>
}

type Behaviour = (request: http.IncomingMessage, response: http.ServerResponse, hit: Hit) => void

const MEGABYTE = 1024 * 1024

/** 200 MiB of zeros in about 200 kB: made once, when first asked for. */
let bomb: Buffer | undefined

/** What each path does with a request of any method, after its body has come. */
const behaviours: Record<string, Behaviour> = {
  '/ok': (_request, response) => response.setHeader('content-type', 'text/plain').end('ok'),
  /** The request as JSON: method, url, headers, body (base64). */
  '/echo': (_request, response, { method, url, headers, body }) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, url: url.href, headers, body: body.toString('base64') }))
  },
  /** A portal's error page with status 200. */
  '/html': (_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      '<!doctype html><html><head><title>Sorry</title></head><body><h1>We will be back</h1></body></html>',
    )
  },
  /** `?code=`, and `?retryAfter=` as Retry-After. */
  '/status': (_request, response, { url }) => {
    response.statusCode = Number(url.searchParams.get('code') ?? 500)
    const retryAfter = url.searchParams.get('retryAfter')
    if (retryAfter !== null) response.setHeader('retry-after', retryAfter)
    response.end(`status ${response.statusCode}`)
  },
  /** Status 200 and nothing in the body. */
  '/empty': (_request, response) => response.end(),
  /** Bytes that are no HTTP. */
  '/garbage': (request) =>
    request.socket.end(Buffer.from('\x00\x01\x02 220 mail.example ESMTP ready\r\n', 'latin1')),
  /** The connection ends without an answer. */
  '/close': (request) => request.socket.end(),
  '/reset': (request) => request.socket.resetAndDestroy(),
  /** Never answers. */
  '/hang': () => undefined,
  /** The headers come at once, then one byte every 50 ms, for ever. */
  '/drip': (_request, response) => {
    response.write('.')
    const timer = setInterval(() => response.write('.'), 50)
    response.once('close', () => clearInterval(timer))
  },
  /** Half of what Content-Length says. */
  '/cut': (request) => request.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n' + 'x'.repeat(50)),
  /** The same where the end of the connection was announced. */
  '/cut-closing': (request) =>
    request.socket.end(
      'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\n' + 'x'.repeat(50),
    ),
  /** Chunked, without the last chunk. */
  '/cut-chunked': (request) =>
    request.socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
  '/cut-chunked-closing': (request) =>
    request.socket.end(
      'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
    ),
  /** Half of the body, then a reset. */
  '/cut-reset': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n' + 'x'.repeat(50))
    setTimeout(() => request.socket.resetAndDestroy(), 50)
  },
  /** The size of a chunk is no number. */
  '/bad-chunk': (request) =>
    request.socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nwhat?\r\nhello\r\n'),
  /** 32 KiB of headers. */
  '/big-headers': (request) =>
    request.socket.end(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(32 * 1024)}\r\nContent-Length: 0\r\n\r\n`),
  /** 200 MiB of zeros, gzip: about 200 kB on the wire. */
  '/bomb': (_request, response) => {
    bomb ??= gzipSync(Buffer.alloc(200 * MEGABYTE), { level: 9 })
    response.setHeader('content-encoding', 'gzip').end(bomb)
  },
  '/broken-gzip': (_request, response) => {
    response.setHeader('content-encoding', 'gzip').end('this is not gzip')
  },
  '/cut-gzip': (_request, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('hello '.repeat(1000)).subarray(0, -10))
  },
  '/unknown-encoding': (_request, response) => response.setHeader('content-encoding', 'lzw').end('hello'),
  /** `?bytes=` (default 65 MiB), announced with Content-Length. */
  '/huge': (_request, response, hit) => {
    response.setHeader('content-length', bytesAsked(hit))
    send(response, bytesAsked(hit))
  },
  /** The same without Content-Length. */
  '/huge-chunked': (_request, response, hit) => send(response, bytesAsked(hit)),
  /** Redirects to `?to=` (default /ok) with `?code=` (default 302). */
  '/redirect': (_request, response, { url }) => {
    response.statusCode = Number(url.searchParams.get('code') ?? 302)
    response.setHeader('location', url.searchParams.get('to') ?? '/ok').end('moved')
  },
  /** Redirects to itself. */
  '/loop': (_request, response) => {
    response.statusCode = 302
    response.setHeader('location', '/loop').end('moved')
  },
}

/**
 * A server that misbehaves as real ones do, one path a behaviour (see above), any method, on an ephemeral port of
 * 127.0.0.1. Further paths can be given, and TLS material for https.
 */
export async function startFaultyServer(
  more: Record<string, Behaviour> = {},
  tls?: https.ServerOptions,
): Promise<FaultyServer> {
  const hits: Hit[] = []
  const known = { ...behaviours, ...more }
  const listener: http.RequestListener = (request, response) => {
    const pieces: Buffer[] = []
    request.on('error', () => undefined)
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
      const { method = '', headers } = request
      const hit = { method, path: url.pathname, url, headers, body: Buffer.concat(pieces) }
      hits.push(hit)
      const behaviour = known[url.pathname]
      if (behaviour) behaviour(request, response, hit)
      else response.writeHead(404).end('no such behaviour')
    })
  }
  const { url, close } = await listen(tls ? https.createServer(tls, listener) : listener)
  return { url, hits, count: (path) => hits.filter((hit) => hit.path === path).length, close }
}

function bytesAsked({ url }: Hit): number {
  return Number(url.searchParams.get('bytes') ?? 65 * MEGABYTE)
}

function send(response: http.ServerResponse, bytes: number): void {
  const piece = Buffer.alloc(MEGABYTE, 'x')
  let left = bytes
  const next = () => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, piece.length)
      left -= size
      if (!response.write(piece.subarray(0, size))) return void response.once('drain', next)
    }
    response.end()
  }
  next()
}
