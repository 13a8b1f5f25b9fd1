import { once } from 'node:events'
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { createRouter } from '../vendor/find-my-way'
import { Call, type Method, type Reply, type Route } from './call'
import {
  changedReply,
  leaveUnanswered,
  type Misbehaviour,
  type Misbehaviours,
  wrongReply,
} from './misbehaviour'
import { errorPage } from './pages'
import { Refusal } from './refusal'

/** The sandbox is for this machine only. */
const ADDRESS = '127.0.0.1'

/** A web site can give its own name this machine's address; its pages must not reach the sandbox by that name. */
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export interface ListenOptions {
  port: number
  fallbackToAnyPort: boolean
  tls: { key: string | Buffer; cert: string | Buffer } | undefined
}

export interface Listening {
  /** `http://127.0.0.1:port` */
  origin: string
  serve(routes: readonly Route[], misbehaviours: Misbehaviours): void
  /** Lets the process end while this is up, also with connections open. */
  unref(): void
  /** Ends every connection at once, also one that is being answered. */
  close(): Promise<void>
}

export async function listen({ port, fallbackToAnyPort, tls }: ListenOptions): Promise<Listening> {
  const server = tls ? https.createServer(tls) : http.createServer()
  // Longer than clients keep an idle connection, so that none is closed under a request that is on its way
  server.keepAliveTimeout = 120_000
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await bind(server, port, fallbackToAnyPort)

  let closed: Promise<void> | undefined
  return {
    origin: `${tls ? 'https' : 'http'}://${ADDRESS}:${(server.address() as AddressInfo).port}`,
    serve: (routes, misbehaviours) => {
      server.on('request', requestListener(routes, misbehaviours, tls !== undefined))
    },
    unref: () => {
      server.unref()
      for (const socket of sockets) socket.unref()
      server.on('connection', (socket: Socket) => void socket.unref())
    },
    close: () => {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
      return closed
    },
  }
}

async function bind(server: http.Server, port: number, fallbackToAnyPort: boolean): Promise<void> {
  try {
    server.listen(port, ADDRESS)
    await once(server, 'listening')
  } catch (cause) {
    if (fallbackToAnyPort && port !== 0) return bind(server, 0, false)
    throw new Error(
      `The sandbox cannot listen on ${ADDRESS}:${port}. Choose another port or end what uses it.`,
      { cause },
    )
  }
}

function requestListener(
  routes: readonly Route[],
  misbehaviours: Misbehaviours,
  secure: boolean,
): RequestListener {
  const methodsAt = (url: string) => METHODS.filter((method) => router.find(method, url))
  const router = createRouter({
    defaultRoute: ({ url = '' }, response) => send(response, withoutRoute(methodsAt(url))),
    onBadUrl: (_path, _request, response) => send(response, errorPage(400, 'The address cannot be read.')),
  })
  for (const route of routes) {
    router.on(withHead(route.methods), route.path, (request, response, params) => {
      const left = new AbortController()
      response.once('close', () => left.abort())
      const isTo = (what: Misbehaviour['do']) => misbehaviours.takeInside(route, what)
      const call = new Call(request, secure, params, isTo, left.signal)
      void carryOut(route, call, misbehaviours.takeOutside(route), request, response)
    })
  }
  return (request, response) => {
    // A connection that breaks is the caller's affair; without a listener it would end the process
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    if (LOOPBACK_HOST.test(request.headers.host ?? '')) router.lookup(request, response)
    else send(response, errorPage(421, `The sandbox answers as ${ADDRESS} or localhost only.`))
  }
}

function withoutRoute(methods: readonly Method[]): Reply {
  if (methods.length === 0) return errorPage(404, 'The sandbox has nothing at this address.')
  const allow = withHead(methods).join(', ')
  const page = errorPage(405, `This address takes ${allow} only.`)
  return { ...page, headers: { ...page.headers, allow } }
}

function withHead(methods: readonly Method[]): (Method | 'HEAD')[] {
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

async function carryOut(
  route: Route,
  call: Call,
  rule: Misbehaviour | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (rule?.do === 'slow') await setTimeout(rule.ms, undefined, { signal: call.signal })
    const wrong = rule && wrongReply(rule)
    if (wrong) {
      send(response, wrong)
    } else if (rule?.do === 'drop' || rule?.do === 'close' || rule?.do === 'hang') {
      if (rule.carriedOut) await answer(route, call)
      leaveUnanswered(rule, request, response)
    } else {
      const reply = await answer(route, call)
      if (rule?.do === 'cut') sendHalf(response, reply)
      else send(response, rule ? changedReply(rule, reply) : reply)
    }
  } catch {
    // The caller went away or the sandbox closes; nothing that happens here may end the process
    response.destroy()
  }
}

async function answer(route: Route, call: Call): Promise<Reply> {
  try {
    return await route.answer(call)
  } catch (error) {
    if (call.signal.aborted) throw error
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal(500, `The sandbox has a fault of its own: ${String(error)}`)
    if (route.reader === 'person') return errorPage(refusal.status, refusal.message)
    return route.refuse?.(refusal) ?? programReply(refusal)
  }
}

/** In the manner of the OAuth Problem Reporting extension where the refusal is about OAuth. */
function programReply({ status, message, problem }: Refusal): Reply {
  if (problem === undefined) return { status, body: message }
  const realm = 'OAuth realm="RAZCODE sandbox"'
  return {
    status,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'www-authenticate': `${realm}, oauth_problem="${problem}"`,
    },
    body: new URLSearchParams({ oauth_problem: problem, oauth_problem_advice: message }).toString(),
  }
}

function writeHead(response: ServerResponse, { status, headers, body = '' }: Reply): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
}

function send(response: ServerResponse, reply: Reply): void {
  writeHead(response, reply)
  response.end(reply.body)
}

function sendHalf(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body ?? ' ')
  writeHead(response, { ...reply, body })
  response.flushHeaders()
  response.write(body.subarray(0, body.length / 2), () => response.destroy())
}
