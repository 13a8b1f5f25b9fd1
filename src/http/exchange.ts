import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { toGatewayError } from '../errors'
import { Gathered } from './body'
import { hostOf } from './connector'
import { failureOf } from './exchange-failure'
import { proxyRefusesUser, stopped, tooLarge, type Phase } from './failure'
import type { Lane } from './lane'
import type { Proxy } from './proxy'
import type { Stop } from './stop'
import type { HttpRequest, StreamBody } from './types'

/** What goes over the wire in one attempt. */
export interface Message {
  method: HttpRequest['method']
  url: URL
  headers: Record<string, string>
  body?: Buffer | StreamBody
}

/** An answer as it came: not decompressed. */
export interface Answer {
  statusCode: number
  headers: Record<string, string>
  body: Buffer
}

/**
 * Sends a message once and reads the answer to its end. Rejects with a Failure, or with the GatewayError that the body
 * threw while it was read.
 */
export function exchange(lane: Lane, message: Message, limit: number, stop: Stop): Promise<Answer> {
  return new Exchange(lane, message, limit, stop).run()
}

/** One request and its answer, as undici tells of it. Its callbacks must not throw: that would end the process. */
class Exchange implements Dispatcher.DispatchHandler {
  phase: Phase = 'connecting'
  private waiting = false
  private over = false
  private statusCode = 0
  private headers: Record<string, string> = {}
  private readonly gathered = new Gathered()
  private controller?: Dispatcher.DispatchController
  private settle?: { resolve: (answer: Answer) => void; reject: (error: Error) => void }

  constructor(
    private readonly lane: Lane,
    private readonly message: Message,
    private readonly limit: number,
    private readonly stop: Stop,
  ) {}

  run(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
      this.stop.watch((cause) =>
        this.abort(stopped(cause, this.phase, this.message.url.host, this.stop.timeoutMs)),
      )
      if (this.over) return
      this.waiting = true
      this.lane.dispatch(this.options(), this)
    })
  }

  /** Ends the exchange and its connection at once. */
  abort<E extends Error>(error: E): E {
    if (this.finish()) {
      this.controller?.abort(error)
      this.settle?.reject(error)
    }
    return error
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.over) {
      controller.abort(new Error('stopped'))
      return
    }
    this.controller = controller
    this.phase = 'sent'
    this.noLongerWaiting()
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.over || statusCode < 200) return
    this.phase = 'reading'
    this.statusCode = statusCode
    this.headers = joined(headers)
    const { forwarder } = this.lane
    if (statusCode === 407 && forwarder) this.abort(proxyRefusesUser(hostOf(forwarder)))
    else if (this.hasBody() && Number(this.headers['content-length']) > this.limit)
      this.abort(this.tooLarge())
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.over) return
    this.gathered.add(piece)
    if (this.gathered.size > this.limit) this.abort(this.tooLarge())
  }

  onResponseEnd(): void {
    if (!this.finish()) return
    this.settle?.resolve({
      statusCode: this.statusCode,
      headers: this.headers,
      body: this.gathered.toBuffer(),
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.finish()) return
    this.settle?.reject(failureOf(error, this.phase, this.message.url.host, this.statusCode || undefined))
  }

  private finish(): boolean {
    const first = !this.over
    this.over = true
    if (first) this.stop.leave()
    this.noLongerWaiting()
    return first
  }

  private noLongerWaiting(): void {
    if (!this.waiting) return
    this.waiting = false
    this.lane.noLongerWaiting()
  }

  private hasBody(): boolean {
    return this.message.method !== 'HEAD' && this.statusCode !== 204 && this.statusCode !== 304
  }

  private tooLarge(): Error {
    return tooLarge(this.message.url.host, this.limit, this.statusCode)
  }

  private options(): Dispatcher.DispatchOptions {
    const { method, url, body } = this.message
    const { forwarder } = this.lane
    const headers = forwarder ? forwarded(this.message, forwarder) : this.message.headers
    const path = (forwarder ? url.origin : '') + url.pathname + url.search
    if (!isStream(body)) return { method, path, headers, body }
    // undici takes any iterable (docs/api/Dispatcher.md); its types know only some
    const chunks = this.chunksOf(body) as unknown as Readable
    return {
      method,
      path,
      headers: { ...headers, 'content-length': String(body.contentLength) },
      body: chunks,
    }
  }

  /** An error of the caller's own body must reach the caller, and not as a broken connection. */
  private async *chunksOf(body: StreamBody): AsyncGenerator<Uint8Array> {
    try {
      yield* body.chunks()
    } catch (error) {
      throw this.abort(toGatewayError(error))
    }
  }
}

/** What a proxy is told beside it. */
function forwarded({ url, headers }: Message, { authorization }: Proxy): Message['headers'] {
  const host = url.host
  return authorization ? { ...headers, host, 'proxy-authorization': authorization } : { ...headers, host }
}

function isStream(body: Message['body']): body is StreamBody {
  return body !== undefined && 'chunks' in body
}

/** undici gives an array where a name came more than once. */
export function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  for (const name in headers) {
    const value = headers[name]
    if (Array.isArray(value)) headers[name] = value.join(', ')
  }
  return headers as Record<string, string>
}
