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
import { assertOwnPage, postedObject } from './posted'
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
  /** Where the provider is to send it back; holds the one-time state. */
  callback: string
  /** The one-time state in that address. */
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
 * taken once, and carries the digest of a cookie: only the browser that left can bring it back.
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
    assertOwnPage(request)
    const state = typeof request.query.state === 'string' ? request.query.state : ''
    const digest = state.split('.')[1] ?? ''
    const cookie = this.#cookieOf(request)
    if (!cookie || !equal(digest, digestOf(cookie))) {
      throw new GatewayError(
        'HG_FORBIDDEN',
        'A browser came back that did not leave from here: another browser, one without cookies, or one that began under another address than the public URL of the account. Begin again in one browser, under that address.',
      )
    }
    const { store } = await this.#account.open()
    const taken = await store.handshakes.take(state)
    if (taken.outcome !== 'taken') throw refused[taken.outcome]()
    // What was begun with one account, environment or node must not go on with another one's.
    if (taken.value.scope !== this.#account.scope || taken.value.node !== this.#node) throw refused.unknown()
    const leave = () => this.#depart(request)
    return { query: singleValues(request.query), kept: taken.value, body: {}, leave }
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
      keep: async (values, of) => {
        const { store } = await this.#account.open()
        const given = Object.entries(values).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value] as const],
        )
        const bound = { ...Object.fromEntries(given), scope: this.#account.scope, node: this.#node }
        await store.handshakes.put(state, bound, of === 'page' ? PAGE_LIFETIME_MS : LIFETIME_MS)
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
const handlers = new Map<string, Handler>()
const served = new WeakSet()

/** What a node answers browsers, by the last part of the address. */
export interface Served<Client> {
  /** Browsers that come back: they go on to an address, or see a page. */
  browser?: BrowserEvents<Client>
  /** What the script of a page of ours posts as JSON; it is answered as JSON, with a new one-time state. */
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
  /** Runs the event as the node's work, with what was kept when the browser left. */
  const run = (
    event: BrowserEvents<Client>[string],
    request: Request,
    came: (action: Circumstances<Client>, back: BrowserReturn) => Promise<BrowserReturn> | BrowserReturn,
  ) =>
    runner.event({}, async (msg, signal) => {
      const action = await prepare(signal)
      const back = await action.browser.comeBack(request)
      const { returnUrl, user } = back.kept
      if (user) msg.user = user
      if (returnUrl) Object.assign(msg, { returnUrl })
      return event(action, await came(action, back))
    })

  const cameBack = (event: BrowserEvents<Client>[string], request: Request, response: Response) =>
    run(event, request, (_, back) => back).then(
      (outcome) => {
        if (outcome.goTo) response.set(pageless).redirect(302, outcome.goTo)
        else sendPage(response, 200, successPage(RED, outcome.page ?? 'connected'))
      },
      (thrown: unknown) => {
        const error = toGatewayError(thrown)
        const page = isRepeated(error) ? repeatedPage(RED) : failurePage(RED, error.code)
        sendPage(response, statusOf[error.code] ?? 502, page)
      },
    )

  const wasPosted = async (event: BrowserEvents<Client>[string], request: Request, response: Response) => {
    let state: string | undefined
    response.set(pageless)
    try {
      const { goTo } = await run(event, request, async (_, back) => {
        // A page goes on after an event that failed as well: it may be tried again.
        const next = back.leave()
        await next.keep(back.kept, 'page')
        state = next.state
        return { ...back, body: await postedObject(request) }
      })
      response.json({ ok: true, state, goTo })
    } catch (thrown) {
      const { code } = toGatewayError(thrown)
      response.status(statusOf[code] ?? 502).json({ ok: false, code, state })
    }
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
