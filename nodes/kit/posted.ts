import type { Request } from 'express'
import { GatewayError } from '../../src/errors'
import { isObject, type JsonObject } from '../../src/providers/json-answer'

/** An event has a few names and ids, or a token. */
const LONGEST_EVENT = 64 * 1024

/**
 * HG_FORBIDDEN for what a page of another origin posts. A browser says where a request comes from; what says nothing is
 * no browser, and has neither the cookie nor the state of one. GET is for browsers that others send back.
 */
export function assertOwnPage({ method, headers }: Request): void {
  const site = headers['sec-fetch-site']
  if (method !== 'POST') return
  if (site !== undefined && site !== 'same-origin') {
    throw new GatewayError('HG_FORBIDDEN', 'An event was posted by a page that is not of this Node-RED.')
  }
  // A form of another page cannot send this media type, and a script of one only after asking.
  if (!/^application\/json *(?:;|$)/i.test(headers['content-type'] ?? '')) {
    throw new GatewayError('HG_INPUT', 'An event was posted that is not JSON (application/json).')
  }
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
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LONGEST_EVENT) {
      throw new GatewayError('HG_TOO_LARGE', 'An event was posted that has more than 64 KiB.')
    }
    chunks.push(chunk)
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
