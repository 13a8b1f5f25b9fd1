import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { parseCookie } from '../vendor/cookie'
import { decodeForm, FormDecoder, type Parameter } from './form'
import type { Misbehaviour } from './misbehaviour'
import type { WireRequest } from './oauth1-parameters'
import { Refusal } from './refusal'

export interface Reply {
  status: number
  headers?: Record<string, string>
  body?: string | Buffer
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Route {
  methods: readonly Method[]
  /** Pattern of find-my-way: `/documents/:number`, `/v1/human/*`. */
  path: string
  /**
   * Key among the provider's URLs; those of the providers after RAZCODE begin with their name, as `humanapi.data`.
   * The sandbox's own pages have none and never misbehave.
   */
  endpoint?: string
  /** One line for the home page. */
  about?: string
  /** Who reads a refusal: a program gets text, a person a page. */
  reader: 'program' | 'person'
  /** How a refusal looks to a program where the provider has a form of its own. */
  refuse?(refusal: Refusal): Reply
  answer(call: Call): Reply | Promise<Reply>
}

const SMALL_BODY = 64 * 1024

/** One request, as a route sees it. */
export class Call {
  constructor(
    private readonly request: IncomingMessage,
    readonly secure: boolean,
    readonly params: Readonly<Record<string, string | undefined>>,
    /** True when this request is to misbehave in this way; counts as one of the rule's times. */
    readonly isTo: (what: Misbehaviour['do']) => boolean,
    /** Aborted when the caller goes away or the sandbox closes. */
    readonly signal: AbortSignal,
  ) {}

  get method(): string {
    return this.request.method ?? ''
  }

  /** The empty string when it was not sent; refused when it was sent twice. */
  header(name: string): string {
    const [first = '', ...more] = this.#values(name)
    if (more.length > 0) throw new Refusal(400, `The header ${name} was sent more than once.`)
    return first
  }

  /** The empty string when it was not sent. */
  cookie(name: string): string {
    return parseCookie(this.request.headers.cookie ?? '')[name] ?? ''
  }

  query(): Parameter[] {
    return decodeForm(this.#target().query)
  }

  /**
   * The body's parameters. Read once, as it comes in; 415 when there is a body that is no form, 413 over `limit`.
   * @param limit bytes on the wire
   * @param needed refuse an absent Content-Type as well
   */
  async form(limit = SMALL_BODY, needed = false): Promise<Parameter[]> {
    const { headers } = this.request
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    if (hasBody || needed) this.#requireType(['application/x-www-form-urlencoded'])
    const decoder = new FormDecoder()
    for await (const chunk of this.#body(limit)) decoder.write(chunk)
    return decoder.end()
  }

  /** The body's JSON object. Read once; 415 when it is no JSON, 400 when it is broken, 413 over `limit` bytes. */
  async json(limit = SMALL_BODY): Promise<Record<string, unknown>> {
    const value = parsed((await this.utf8(['application/json'], limit)).toString())
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Refusal(400, 'The body has to be a JSON object.')
    }
    return value as Record<string, unknown>
  }

  /** The body, of one of these media types and UTF-8. Read once; 415, 400 and 413 over `limit` bytes otherwise. */
  async utf8(types: readonly string[], limit = SMALL_BODY): Promise<Buffer> {
    this.#requireType(types)
    const chunks: Buffer[] = []
    for await (const chunk of this.#body(limit)) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    if (!isUtf8(bytes)) throw new Refusal(400, 'The body is not UTF-8.')
    return bytes
  }

  /** The request as OAuth signs it. */
  wire(form: readonly Parameter[]): WireRequest {
    return {
      method: this.method,
      scheme: this.secure ? 'https' : 'http',
      ...this.#target(),
      authorization: this.#values('authorization'),
      form,
    }
  }

  /** A browser says where a form was posted from; only pages of this sandbox may. */
  get isFromAnotherSite(): boolean {
    const site = this.request.headers['sec-fetch-site']
    return site !== undefined && site !== 'same-origin' && site !== 'none'
  }

  #values(header: string): string[] {
    const { rawHeaders } = this.request
    return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === header)
  }

  async *#body(limit: number): AsyncGenerator<Buffer> {
    if (Number(this.request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
    let received = 0
    try {
      const chunks: AsyncIterable<Buffer> = this.request.iterator({ destroyOnReturn: false })
      for await (const chunk of chunks) {
        received += chunk.length
        if (received > limit) throw tooLarge(limit)
        yield chunk
      }
    } finally {
      // Many callers read the answer only when they have sent everything, so the rest is taken and dropped
      this.request.resume()
    }
  }

  #requireType(expected: readonly string[]): void {
    const { headers } = this.request
    const [media = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
    const charset = parameters
      .map((parameter) => /^\s*charset="?([^"\s]*)/.exec(parameter)?.[1])
      .find(Boolean)
    const fits = expected.includes(media.trim()) && (charset ?? 'utf-8') === 'utf-8'
    if (!fits || (headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw new Refusal(415, `The content type has to be ${expected.join(' or ')}, in UTF-8, not compressed.`)
    }
  }

  #target(): { host: string; path: string; query: string } {
    const { url = '/', headers } = this.request
    const [, host = headers.host, path, query] =
      /^(?:https?:\/\/([^/?#]*))?([^?#]+)?\??([^#]*)/i.exec(url) ?? []
    return { host: host ?? '', path: path ?? '/', query: query ?? '' }
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new Refusal(400, 'The body is not JSON.')
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `The body is larger than ${limit} bytes, the most that this endpoint takes.`)
}
