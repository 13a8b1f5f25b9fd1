import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { toGatewayError } from '../errors'
import { Connector, hostOf } from './connector'
import { joined } from './exchange'
import { failureOf } from './exchange-failure'
import { proxyRefusesUser, tooLarge, type Phase } from './failure'
import type { Way } from './lane'
import type { HttpResponse, RequestAgent } from './types'

/** What is known of a lent exchange from the connection's side, and what the library made of it. */
export type Outcome<T> = Pick<HttpResponse, 'statusCode' | 'headers'> & ({ value: T } | { thrown: unknown })

/**
 * One exchange that a library makes with an HTTP client of its own, over a connection of ours. What the connection has
 * seen counts, whatever the library says of it: errors of such libraries often hide the status and the reason.
 */
export class Loan {
  phase: Phase = 'connecting'
  private failure?: Error
  private response?: IncomingMessage
  private socket?: Socket
  private readonly connector: Connector

  constructor(
    private readonly url: URL,
    private readonly way: Way,
    private readonly userAgent: string,
    /** Bytes of an answer's body, which the library has to keep: it is told apart from a connection that broke. */
    private readonly limit: number,
  ) {
    this.connector = new Connector(way.route, way.material)
  }

  /** Rejects with a Failure or a GatewayError where there was no whole answer. */
  async run<T>(use: (agent: RequestAgent) => Promise<T>): Promise<Outcome<T>> {
    try {
      const value = await use(this.agent())
      return { ...this.answered(), value }
    } catch (thrown) {
      return { ...this.answered(thrown), thrown }
    } finally {
      this.connector.destroy()
    }
  }

  abort<E extends Error>(error: E): E {
    this.connector.destroy()
    return error
  }

  private answered(thrown?: unknown): Pick<HttpResponse, 'statusCode' | 'headers'> {
    const { response, failure } = this
    const { forwarder } = this.way
    if (!response) throw failure ?? toGatewayError(thrown ?? new Error('no request was made'))
    const statusCode = response.statusCode ?? 0
    if (statusCode === 407 && forwarder) throw proxyRefusesUser(hostOf(forwarder))
    const isOver = thrown !== undefined && (this.socket?.bytesRead ?? 0) > this.limit
    if (isOver && statusCode < 300) throw tooLarge(this.url.host, this.limit, statusCode)
    if (!response.complete && !isOver)
      throw failure ?? failureOf(new Error('CUT'), 'reading', this.url.host, statusCode)
    return { statusCode, headers: joined({ ...response.headers }) }
  }

  /** A plain object without state: a library may make a deep copy of its options. */
  private agent(): RequestAgent {
    return {
      protocol: this.url.protocol,
      addRequest: (request) => {
        this.watch(request)
        this.connector.open().then(
          (socket) => {
            this.phase = 'sent'
            this.socket = socket
            request.onSocket(socket)
          },
          (error: unknown) => {
            this.failure = error instanceof Error ? error : new Error(String(error))
            // Not the failure itself: the library may write into it.
            request.emit('error', new Error('no connection'))
          },
        )
      },
    }
  }

  private watch(request: ClientRequest): void {
    request.setHeader('user-agent', this.userAgent)
    const { forwarder } = this.way
    if (forwarder) {
      request.path = this.url.origin + request.path
      if (forwarder.authorization) request.setHeader('proxy-authorization', forwarder.authorization)
    }
    request.once('response', (response) => {
      this.phase = 'reading'
      this.response = response
    })
    request.once('error', (error) => {
      this.failure ??= failureOf(error, this.phase, this.url.host, this.response?.statusCode)
    })
  }
}
