import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Node, NodeAPI, NodeMessage } from 'node-red'
import { GatewayError, toGatewayError } from '../../src/errors'
import type { JsonObject } from '../../src/providers/json-answer'
import type { Connection } from '../../src/store/store'
import { parseCookie } from '../../src/vendor/cookie'
import type { Account, OpenAccount } from './account'
import type { ActionConfig } from './choice'
import { failurePage, repeatedPage, sendPage, successPage } from './pages'
import { assertOwnPage, PageAnswers, postedObject, type PageAnswer } from './posted'
import type { BrowserOutcome, Runner } from './runner'

/** How long a person may take on the provider's page. */
const LIFETIME_MS = 10 * 60 * 1000

/** How long after its last event a page of ours is still listened to: a person signs in at several places there. */
const PAGE_LIFETIME_MS = 60 * 60 * 1000

/** A browser that came back: what it brought, and what was kept for it when it left. */
export interface BrowserReturn {
  query: Readonly<Record<string, string | undefined>>
  kept: Readonly<Record<string, string | undefined>>
  /** What a page of ours posted; empty for a browser that was sent back. */
  body: JsonObject
  /** Sends the same browser away once more. */
  leave(): Departure
}

/** What an action has at hand, whether a message or a browser began it. */
export interface Circumstances<Client> extends OpenAccount<Client> {
  account: Account<Client>
  /** The node's configuration, for what is not an input. */
  config: ActionConfig
  /** Aborted when the node is closed. */
  signal: AbortSignal
  browser: BrowserExchange
  /** Tells the flow's author of something that is odd, but not a failure. */
  warn: (text: string) => void
  /** Notes that a connection was used. Never fails: what was asked of the provider has been done. */
  used: (connection: Connection) => Promise<void>
}

export type BrowserEvents<Client> = Readonly<
  Record<string, (action: Circumstances<Client>, back: BrowserReturn) => Promise<BrowserOutcome>>
>

/** A browser on its way to a provider's page. */
export interface Departure {
  /** Where the provider is to send it back; holds the state. */
  callback: string
  /** The state in that address: it serves once, or once for each event of a page, by their numbers. */
  state: string
  /** For `msg.cookies`: binds the state to this browser. */
  cookies: Record<string, CookieWithOptions>
  /** Keeps what is needed when it comes back: encrypted, once; for ten minutes, or an hour for a page of ours. */
  keep(values: Readonly<Record<string, string | undefined>>, of?: 'page'): Promise<void>
}

interface CookieWithOptions {
  value: string
  path: string
  httpOnly: boolean
  sameSite: 'lax'
  secure: boolean
  maxAge: number
}

interface WebMessage extends NodeMessage {
  req?: Request
  res?: unknown
}

/**
 * Sends a browser to a provider and recognises it when it comes back. The state in the callback's address is random,
 * taken once, and carries the digest of a cookie: only the browser that left can bring it back. The state of a page of
 * ours is taken once for each of its events, which it numbers, so that one whose answer is lost does not end the page.
 */
export class BrowserExchange {
  readonly #account: Account<unknown>
  readonly #node: string
  readonly #cookie: string
  readonly #path: string

  constructor(node: Node, account: Account<unknown>) {
    this.#account = account
    this.#node = node.id
    this.#cookie = `health_gateways_${node.id.replace(/[^\w-]/g, '_')}`
    this.#path = callbackPath(node.id, 'callback')
  }

  /** Begins with the web request of a message, which must come from an `http in` node. */
  leave(msg: WebMessage): Departure {
    if (!msg.req || !msg.res) {
      throw new GatewayError(
        'HG_INPUT',
        'This message did not come from a browser. Wire this node behind an "http in" node, and its first output to an "http response" node.',
      )
    }
    return this.#depart(msg.req)
  }

  /** Takes what was kept for a browser that comes back. */
  async comeBack(request: Request): Promise<BrowserReturn> {
    const kept = await this.#take(this.#recognised(request), refused)
    return this.#returned(request, kept, {})
  }

  /** Which event of which page it is. HG_FORBIDDEN for one that another page or another browser has posted. */
  eventOf(request: Request): PageEvent {
    assertOwnPage(request, () => this.#account.publicUrl(request))
    const state = this.#recognised(request)
    const number = /^[1-9]\d{0,5}$/.exec(singleValues(request.query).number ?? '')?.[0]
    if (number === undefined) throw refusedEvent.unknown()
    return { state, number: Number(number) }
  }

  /** Takes what was kept for an event of a page of ours, and keeps it for the next one. */
  async takeEvent({ state, number }: PageEvent, request: Request, body: JsonObject): Promise<BrowserReturn> {
    const kept = await this.#take(eventId({ state, number }), refusedEvent)
    await this.#keep(eventId({ state, number: number + 1 }), kept, PAGE_LIFETIME_MS)
    return this.#returned(request, kept, body)
  }

  #returned(request: Request, kept: Record<string, string>, body: JsonObject): BrowserReturn {
    return { query: singleValues(request.query), kept, body, leave: () => this.#depart(request) }
  }

  /** The state that this very browser has left with. */
  #recognised(request: Request): string {
    const state = singleValues(request.query).state ?? ''
    const digest = state.split('.')[1] ?? ''
    const cookie = this.#cookieOf(request)
    if (cookie && equal(digest, digestOf(cookie))) return state
    throw new GatewayError(
      'HG_FORBIDDEN',
      'A browser came back that did not leave from here: another browser, one without cookies, or one that began under another address than the public URL of the account. Begin again in one browser, under that address.',
    )
  }

  async #take(id: string, otherwise: typeof refused): Promise<Record<string, string>> {
    const { store } = await this.#account.open()
    const taken = await store.handshakes.take(id)
    if (taken.outcome !== 'taken') throw otherwise[taken.outcome]()
    // What was begun with one account, environment or node must not go on with another one's.
    if (taken.value.scope !== this.#account.scope || taken.value.node !== this.#node)
      throw otherwise.unknown()
    return taken.value
  }

  async #keep(id: string, values: Record<string, string>, lifetimeMs: number): Promise<void> {
    const { store } = await this.#account.open()
    await store.handshakes.put(id, { ...values, scope: this.#account.scope, node: this.#node }, lifetimeMs)
  }

  #depart(request: Request): Departure {
    const base = this.#account.publicUrl(request)
    const cookie = this.#cookieOf(request) ?? randomBytes(32).toString('base64url')
    const state = `${randomBytes(32).toString('base64url')}.${digestOf(cookie)}`
    return {
      callback: `${base}${this.#path}?state=${state}`,
      state,
      cookies: {
        [this.#cookieName(base)]: {
          value: cookie,
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure: base.startsWith('https:'),
          // A day of a page's events, and longer than two departures in a row: what comes later does not set it again.
          maxAge: 24 * PAGE_LIFETIME_MS,
        },
      },
      keep: (values, of) => {
        const given = Object.entries(values).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value] as const],
        )
        return of === 'page'
          ? this.#keep(eventId({ state, number: 1 }), Object.fromEntries(given), PAGE_LIFETIME_MS)
          : this.#keep(state, Object.fromEntries(given), LIFETIME_MS)
      },
    }
  }

  /** Over https with the prefix that keeps other hosts of the domain from setting it. */
  #cookieName(base: string): string {
    return base.startsWith('https:') ? `__Host-${this.#cookie}` : this.#cookie
  }

  #cookieOf(request: Request): string | undefined {
    const cookies = parseCookie(request.headers.cookie ?? '')
    const value = cookies[`__Host-${this.#cookie}`] ?? cookies[this.#cookie]
    return value && /^[\w-]{43}$/.test(value) ? value : undefined
  }
}

const USED = 'used'

/** Who loads the last page again has come to the end before. */
function isRepeated({ code, cause: { detail } }: GatewayError): boolean {
  return code === 'HG_CONFLICT' && (detail as { reason?: unknown } | undefined)?.reason === USED
}

const refused = {
  used: () =>
    new GatewayError(
      'HG_CONFLICT',
      'This way back was used already: each serves once. Begin again if the connection was not made.',
      { detail: { reason: USED } },
    ),
  expired: () =>
    new GatewayError('HG_TIMEOUT', 'The browser took longer than ten minutes to come back. Begin again.'),
  unknown: () =>
    new GatewayError('HG_NOT_FOUND', 'This way back is not known here, or long over. Begin again.'),
}

/** The same of a page's events. */
const refusedEvent: typeof refused = {
  used: () =>
    new GatewayError('HG_CONFLICT', 'This event of the page has come before: each is taken once.', {
      detail: { reason: USED },
    }),
  expired: () =>
    new GatewayError(
      'HG_TIMEOUT',
      'The page was open for longer than an hour after its last event. Load it again.',
    ),
  unknown: () =>
    new GatewayError(
      'HG_NOT_FOUND',
      'The page that this event is of is not known here, or long over. Load it again.',
    ),
}

/** An event of a page, which its script numbers from 1. */
export interface PageEvent {
  state: string
  number: number
}

function eventId({ state, number }: PageEvent): string {
  return `${state} ${number}`
}

function digestOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url')
}

function equal(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** A parameter that comes twice is treated as missing: which of the two is meant cannot be known. */
function singleValues(query: Request['query']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  )
}

function callbackPath(nodeId: string, event: string): string {
  return `/health-gateways/${encodeURIComponent(nodeId)}/${event}`
}

type Handler = (event: string, request: Request, response: Response) => void
type Answering<Client> = (
  event: BrowserEvents<Client>[string],
  request: Request,
  response: Response,
) => Promise<void>
const handlers = new Map<string, Handler>()
const served = new WeakSet()

/** What a node answers browsers, by the last part of the address. */
export interface Served<Client> {
  /** Browsers that come back: they go on to an address, or see a page. */
  browser?: BrowserEvents<Client>
  /** What the script of a page of ours posts as JSON; it is answered as JSON. */
  posted?: BrowserEvents<Client>
}

/** Answers browsers under `/health-gateways/<node id>/<event>` for as long as the node lives. */
export function serveBrowser<Client>(
  RED: NodeAPI,
  node: Node,
  runner: Runner,
  prepare: (signal: AbortSignal) => Promise<Circumstances<Client>>,
  { browser = {}, posted = {} }: Served<Client>,
): void {
  const cameBack: Answering<Client> = async (event, request, response) => {
    try {
      const { goTo, page } = await runner.event({}, async (msg, signal) => {
        const action = await prepare(signal)
        return event(action, tell(msg, await action.browser.comeBack(request)))
      })
      if (goTo) response.set(pageless).redirect(302, goTo)
      else sendPage(response, 200, successPage(RED, page ?? 'connected'))
    } catch (thrown) {
      const error = toGatewayError(thrown)
      const page = isRepeated(error) ? repeatedPage(RED) : failurePage(RED, error.code)
      sendPage(response, statusOf[error.code] ?? 502, page)
    }
  }

  const answers = new PageAnswers()

  /** Answers the very same event as before, whose answer may have been lost; any other is the node's work. */
  const wasPosted: Answering<Client> = async (event, request, response) => {
    const body = await postedObject(request).catch((thrown: unknown) => toGatewayError(thrown))
    const before = body instanceof GatewayError ? undefined : await answeredBefore(request, body)
    const { status, ...answer } = before ?? (await answerPosted(event, request, body))
    response.set(pageless).status(status).json(answer)
  }

  const answeredBefore = async (request: Request, body: JsonObject): Promise<PageAnswer | undefined> => {
    try {
      const { browser } = await prepare(new AbortController().signal)
      return await answers.find(eventId(browser.eventOf(request)), body)
    } catch {
      // It is refused as the node's work, for Catch nodes to see.
      return undefined
    }
  }

  const answerPosted = (
    event: BrowserEvents<Client>[string],
    request: Request,
    body: JsonObject | GatewayError,
  ): Promise<PageAnswer> => {
    const answering = Promise.resolve().then(async (): Promise<PageAnswer> => {
      let next: number | undefined
      try {
        const { goTo } = await runner.event({}, async (msg, signal) => {
          const action = await prepare(signal)
          const mine = action.browser.eventOf(request)
          if (body instanceof GatewayError) throw body
          const back = await action.browser.takeEvent(mine, request, body)
          next = mine.number + 1
          answers.keep(eventId(mine), body, answering)
          return event(action, tell(msg, back))
        })
        return { status: 200, ok: true, next, goTo }
      } catch (thrown) {
        const error = toGatewayError(thrown)
        const used = isRepeated(error) || undefined
        // A page goes on after an event that failed as well: it may be tried again.
        return { status: statusOf[error.code] ?? 502, ok: false, code: error.code, next, used }
      }
    })
    return answering
  }

  const handler: Handler = (name, request, response) => {
    const [events, answer] = request.method === 'POST' ? [posted, wasPosted] : [browser, cameBack]
    const event = Object.hasOwn(events, name) ? events[name] : undefined
    if (event) answer(event, request, response).catch(() => response.destroy())
    else sendPage(response, 404, failurePage(RED, 'HG_NOT_FOUND'))
  }
  handlers.set(node.id, handler)
  node.on('close', () => {
    if (handlers.get(node.id) === handler) handlers.delete(node.id)
  })
  route(RED)
}

/** Gives the message what was kept of it. */
function tell(msg: WebMessage & { user?: string; returnUrl?: string }, back: BrowserReturn): BrowserReturn {
  const { returnUrl, user } = back.kept
  if (user) msg.user = user
  if (returnUrl) msg.returnUrl = returnUrl
  return back
}

/** One route for all nodes: Express cannot take a route away when a node goes. */
function route(RED: NodeAPI): void {
  if (served.has(RED.httpNode)) return
  served.add(RED.httpNode)
  const hand = (request: Request<{ node: string; event: string }>, response: Response) => {
    const handler = handlers.get(request.params.node)
    if (handler) handler(request.params.event, request, response)
    else sendPage(response, 404, failurePage(RED, 'HG_NOT_FOUND'))
  }
  RED.httpNode.get('/health-gateways/:node/:event', (request, response) => {
    // Express hands HEAD to a route for GET; a link preview must not use up the way back.
    if (request.method === 'GET') hand(request, response)
    else response.status(405).set('allow', 'GET').end()
  })
  RED.httpNode.post('/health-gateways/:node/:event', hand)
}

const pageless = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }

const statusOf: Partial<Record<GatewayError['code'], number>> = {
  HG_INPUT: 400,
  HG_FORBIDDEN: 403,
  HG_NOT_FOUND: 404,
  HG_TOO_LARGE: 413,
  HG_CONFLICT: 409,
  HG_TIMEOUT: 410,
  HG_CONFIG: 500,
  HG_CLOSED: 503,
}
