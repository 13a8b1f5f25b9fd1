import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { GatewayError } from '../../src/errors'
import { isObject, type JsonObject } from '../../src/providers/json-answer'

/** An event has a few names and ids, or a token. */
const LONGEST_EVENT = 64 * 1024

/** How many events are remembered with their answers. */
const MOST_ANSWERS = 1000

/**
 * HG_FORBIDDEN for what a page of another origin posts. A browser says where a request comes from; what says nothing is
 * no browser, and has neither the cookie nor the state of one. GET is for browsers that others send back.
 * @param base asked for only where the page came under another name than this request
 */
export function assertOwnPage({ headers }: Request, base: () => string): void {
  const { host, origin, 'sec-fetch-site': site } = headers
  const isOwn =
    (site === undefined || site === 'same-origin') &&
    (origin === undefined ||
      (URL.canParse(origin) && (new URL(origin).host === host || origin === new URL(base()).origin)))
  if (!isOwn) {
    throw new GatewayError('HG_FORBIDDEN', 'An event was posted by a page that is not of this Node-RED.')
  }
  // A form of another page cannot send this media type, and a script of one only after asking.
  if (!/^application\/json *(?:;|$)/i.test(headers['content-type'] ?? '')) {
    throw new GatewayError('HG_INPUT', 'An event was posted that is not JSON (application/json).')
  }
}

/** How an event is answered; without the status, that is the JSON that the page's script gets. */
export interface PageAnswer {
  status: number
  ok: boolean
  code?: string
  /** The number of the next event, where this one's is used up. */
  next?: number | undefined
  /** An event of this number had come before: this one may have the next. */
  used?: true | undefined
  goTo?: string | undefined
}

/**
 * The latest answers of a node: a page whose answer was lost posts the event again, and gets the same one. In memory,
 * so after a restart the page is told that the number was used.
 */
export class PageAnswers {
  readonly #answers = new Map<string, { digest: string; answer: Promise<PageAnswer> }>()

  keep(id: string, body: JsonObject, answer: Promise<PageAnswer>): void {
    this.#answers.set(id, { digest: digestOf(body), answer })
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MOST_ANSWERS) break
      this.#answers.delete(oldest)
    }
  }

  find(id: string, body: JsonObject): Promise<PageAnswer> | undefined {
    const known = this.#answers.get(id)
    return known?.digest === digestOf(body) ? known.answer : undefined
  }
}

function digestOf(body: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('base64')
}

/** The JSON object that a page has posted: HG_INPUT for anything else, HG_TOO_LARGE for more than 64 KiB. */
export async function postedObject(request: Request): Promise<JsonObject> {
  // Middleware of the one who runs this Node-RED may have read it already.
  const value: unknown = request.readableEnded ? request.body : parsed(await bodyOf(request))
  if (isObject(value)) return value
  throw new GatewayError('HG_INPUT', 'An event was posted that is no JSON object, or was cut on its way.')
}

async function bodyOf(request: Request): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > LONGEST_EVENT) break
      chunks.push(chunk)
    }
  } catch {
    throw new GatewayError('HG_INPUT', 'An event was cut on its way: the browser has ended the connection.')
  }
  if (length > LONGEST_EVENT) {
    throw new GatewayError('HG_TOO_LARGE', 'An event was posted that has more than 64 KiB.')
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
