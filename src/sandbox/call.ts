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

export interface Route {
  methods: readonly ('GET' | 'POST')[]
  /** Pattern of find-my-way: `/documents/:number`. */
  path: string
  /** Key among the provider's URLs. The sandbox's own pages have none and never misbehave. */
  endpoint?: string
  /** One line for the home page. */
  about?: string
  /** Who reads a refusal: a program gets text, a person a page. */
  reader: 'program' | 'person'
  answer(call: Call): Reply | Promise<Reply>
}

const SMALL_FORM = 64 * 1024

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
  async form(limit = SMALL_FORM, needed = false): Promise<Parameter[]> {
    const { headers } = this.request
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    if (hasBody || needed) requireFormType(headers['content-type'], headers['content-encoding'])
    if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
    const decoder = new FormDecoder()
    let received = 0
    try {
      const chunks: AsyncIterable<Buffer> = this.request.iterator({ destroyOnReturn: false })
      for await (const chunk of chunks) {
        received += chunk.length
        if (received > limit) throw tooLarge(limit)
        decoder.write(chunk)
      }
      return decoder.end()
    } finally {
      // Many callers read the answer only when they have sent everything, so the rest is taken and dropped
      this.request.resume()
    }
  }

  /** The request as OAuth signs it. */
  wire(form: readonly Parameter[]): WireRequest {
    const { rawHeaders } = this.request
    return {
      method: this.method,
      scheme: this.secure ? 'https' : 'http',
      ...this.#target(),
      authorization: rawHeaders.filter(
        (_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'authorization',
      ),
      form,
    }
  }

  /** A browser says where a form was posted from; only pages of this sandbox may. */
  get isFromAnotherSite(): boolean {
    const site = this.request.headers['sec-fetch-site']
    return site !== undefined && site !== 'same-origin' && site !== 'none'
  }

  #target(): { host: string; path: string; query: string } {
    const { url = '/', headers } = this.request
    const [, host = headers.host, path, query] =
      /^(?:https?:\/\/([^/?#]*))?([^?#]+)?\??([^#]*)/i.exec(url) ?? []
    return { host: host ?? '', path: path ?? '/', query: query ?? '' }
  }
}

function requireFormType(type = '', encoding = 'identity'): void {
  const [media = '', ...parameters] = type.toLowerCase().split(';')
  const charset = parameters.map((parameter) => /^\s*charset="?([^"\s]*)/.exec(parameter)?.[1]).find(Boolean)
  const fits = media.trim() === 'application/x-www-form-urlencoded' && (charset ?? 'utf-8') === 'utf-8'
  if (!fits || encoding !== 'identity') {
    throw new Refusal(
      415,
      'The content type has to be application/x-www-form-urlencoded, in UTF-8, not compressed.',
    )
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `The body is larger than ${limit} bytes, the most that this endpoint takes.`)
}
