import type { IncomingMessage, ServerResponse } from 'node:http'
import { finished } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { Reply, Route } from './call'

/** What a provider's endpoint does wrong, to see how a client takes it. */
export type Misbehaviour = {
  /** Key among the provider's URLs (`sourceNotification`), or a path and all below it (`/gateway`). Left out: all. */
  endpoint?: string
  /** How many requests it strikes. Left out: every one until it is undone. */
  times?: number
  /** How many requests that it would strike it lets pass first. */
  after?: number
} & (
  | { do: 'slow'; ms: number }
  /** `retryAfter` in seconds or as an HTTP date. */
  | { do: 'status'; code: number; retryAfter?: number | string }
  /** The connection is reset, closed properly, or left open without an answer. `carriedOut`: after the request took effect. */
  | { do: 'drop' | 'close' | 'hang'; carriedOut?: boolean }
  /** Bytes without sense, a web page, or nothing, with status 200 or `code`, instead of the answer. */
  | { do: 'garbage' | 'html' | 'empty'; code?: number }
  /** Carried out, but the answer ends in the middle: as a broken connection, or as if half of it were the whole. */
  | { do: 'cut' | 'cutJson' }
  /** Carried out, but the JSON object that is the answer lacks these fields. */
  | { do: 'without'; fields: string[] }
  /** Carried out, but the fields of the JSON object that is the answer are `humanId`, not `human_id`. */
  | { do: 'otherSpelling' }
  /** Every token that is presented counts as expired. */
  | { do: 'expireTokens' }
  /** Request tokens come without `oauth_callback_confirmed`, as from a service before OAuth 1.0a. */
  | { do: 'noCallbackConfirmed' }
  /** A document is refused with an error page that quotes it. */
  | { do: 'echo' }
  /** This instead of the answer: XML that is broken, has a DOCTYPE or is nested too deep, for instance. */
  | { do: 'body'; text: string; contentType?: string; code?: number }
  /** What was to be staged is refused, with an `errormsg`. */
  | { do: 'stageFailure' }
  /** A stage answer lacks `ACK`. */
  | { do: 'noAck' }
  /** A stage answer comes in another wire format than name=value. */
  | { do: 'asJson' | 'asXml' }
  /** A page of data is empty, or is the first one again; the total stays as it is. */
  | { do: 'emptyPage' | 'repeatPage' }
  /** A page of data comes without the total. */
  | { do: 'noTotal' }
  /** The link to a Bundle's next page leads to the same page, to another origin, or there always is one more. */
  | { do: 'nextToItself' | 'nextElsewhere' | 'nextForever' }
  /** A notification has a signature of another key, one in base64, an old timestamp, or comes twice. */
  | { do: 'wrongSignature' | 'base64Signature' | 'oldTimestamp' | 'sendTwice' }
)

/** Those that an endpoint's own code carries out; the server does the others. */
const inside: ReadonlySet<Misbehaviour['do']> = new Set([
  'expireTokens',
  'noCallbackConfirmed',
  'echo',
  'stageFailure',
  'noAck',
  'asJson',
  'asXml',
  'emptyPage',
  'repeatPage',
  'noTotal',
  'nextToItself',
  'nextElsewhere',
  'nextForever',
  'wrongSignature',
  'base64Signature',
  'oldTimestamp',
  'sendTwice',
])

export type Target = Pick<Route, 'endpoint' | 'path'>

/** The rules in force. The one that was made first strikes first. */
export class Misbehaviours {
  readonly #rules = new Set<{ rule: Misbehaviour; pass: number; left: number }>()

  constructor(private readonly endpoints: readonly string[]) {}

  /** @returns takes the rule back */
  add(rule: Misbehaviour): () => void {
    const { endpoint } = rule
    if (endpoint !== undefined && !endpoint.startsWith('/') && !this.endpoints.includes(endpoint)) {
      throw new RangeError(`The sandbox has no endpoint ${endpoint}. It has: ${this.endpoints.join(', ')}.`)
    }
    if ('code' in rule && rule.code !== undefined && !(rule.code >= 200 && rule.code <= 599)) {
      throw new RangeError('A status code is between 200 and 599.')
    }
    const entry = { rule, pass: rule.after ?? 0, left: rule.times ?? Infinity }
    this.#rules.add(entry)
    return () => void this.#rules.delete(entry)
  }

  /** The rule for the server to carry out on this request. */
  takeOutside(target: Target): Misbehaviour | undefined {
    return this.#take(target, ({ do: what }) => !inside.has(what))
  }

  /** Whether an endpoint's own code is to do this now. */
  takeInside(target: Target, what: Misbehaviour['do']): boolean {
    return this.#take(target, (rule) => rule.do === what) !== undefined
  }

  #take(target: Target, fits: (rule: Misbehaviour) => boolean): Misbehaviour | undefined {
    if (target.endpoint === undefined) return undefined
    for (const entry of this.#rules) {
      if (entry.left === 0 || !fits(entry.rule) || !covers(entry.rule.endpoint, target)) continue
      if (entry.pass > 0) {
        entry.pass--
      } else {
        entry.left--
        return entry.rule
      }
    }
    return undefined
  }
}

function covers(endpoint: string | undefined, target: Target): boolean {
  if (endpoint === undefined || endpoint === target.endpoint) return true
  return (
    endpoint.startsWith('/') &&
    `${target.path}/`.startsWith(endpoint.endsWith('/') ? endpoint : `${endpoint}/`)
  )
}

/** The wrong answer that stands in for the right one, for rules that answer at all. */
export function wrongReply(rule: Misbehaviour): Reply | undefined {
  switch (rule.do) {
    case 'status':
      return {
        status: rule.code,
        headers: rule.retryAfter === undefined ? {} : { 'retry-after': String(rule.retryAfter) },
        body: `The sandbox was told to answer ${rule.code}.`,
      }
    case 'garbage':
      return {
        status: rule.code ?? 200,
        body: Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 167) % 256)),
      }
    case 'html':
      return {
        status: rule.code ?? 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!DOCTYPE html><html><head><title>Proxy</title></head><body><h1>Please sign in</h1></body></html>',
      }
    case 'empty':
      return { status: rule.code ?? 200 }
    case 'body':
      return {
        status: rule.code ?? 200,
        headers: { 'content-type': rule.contentType ?? 'application/xml; charset=utf-8' },
        body: rule.text,
      }
    default:
      return undefined
  }
}

/** The answer as the rule changes it, for rules that do and for answers that it can change. */
export function changedReply(rule: Misbehaviour, reply: Reply): Reply {
  const { headers = {}, body = '' } = reply
  if (!/^application\/(?:\w+\+)?json/.test(headers['content-type'] ?? '')) return reply
  switch (rule.do) {
    case 'cutJson': {
      const bytes = Buffer.from(body)
      return { ...reply, body: bytes.subarray(0, bytes.length / 2) }
    }
    case 'without':
      return withFields(reply, (name) => (rule.fields.includes(name) ? undefined : name))
    case 'otherSpelling':
      return withFields(reply, (name) =>
        name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      )
    default:
      return reply
  }
}

/** @param rename the field's new name, or none for a field that goes */
function withFields(reply: Reply, rename: (name: string) => string | undefined): Reply {
  const value: unknown = JSON.parse(String(reply.body))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return reply
  const fields = Object.entries(value).map(([name, content]: [string, unknown]) => [rename(name), content])
  return { ...reply, body: JSON.stringify(Object.fromEntries(fields.filter(([name]) => name !== undefined))) }
}

/** Leaves the caller without an answer: `drop`, `close`, `hang`. */
export function leaveUnanswered(
  rule: Misbehaviour,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { socket } = request
  if (rule.do === 'hang') request.resume()
  else if (rule.do === 'close') finished(request.resume(), () => socket.end())
  else if (socket instanceof TLSSocket) response.destroy()
  else socket.resetAndDestroy()
}
