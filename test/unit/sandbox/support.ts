import http from 'node:http'
import https from 'node:https'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/sandbox'
import { Person } from '../../support/person'
import {
  authorizationHeader,
  formEncoded,
  type Pairs,
  type Secrets,
  signed,
  type ToSign,
} from './plain-signer'

export const FORM = 'application/x-www-form-urlencoded'

export const CCR =
  '<?xml version="1.0" encoding="UTF-8"?>\n<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">' +
  '<CCRDocumentObjectID>1</CCRDocumentObjectID><Language><Text>Größe + 100 % &amp; 漢字 ~ 😀</Text></Language>' +
  '</ContinuityOfCareRecord>'

/** A Tuesday, twenty past one in the afternoon. */
export const NOW = Date.parse('2026-03-10T13:20:00Z')

export type Json = Record<string, unknown>

export interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

export interface Sent {
  method?: string
  /** A list sends the header once for each of its values. */
  headers?: Record<string, string | number | string[]>
  body?: string | Buffer
  /** As it goes on the request line. */
  target?: string
}

const running = new Set<Sandbox>()

/** Starts a sandbox that `closeSandboxes` ends. */
export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options)
  running.add(sandbox)
  return sandbox
}

export async function closeSandboxes(): Promise<void> {
  await Promise.all([...running].map((sandbox) => sandbox.close()))
  running.clear()
}

/** One request on a connection of its own; nothing is followed or repaired on the way. */
export function request(
  url: string,
  { method = 'GET', headers = {}, body, target }: Sent = {},
): Promise<Answer> {
  const { protocol, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const outgoing = (protocol === 'https:' ? https : http).request(url, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }), ...headers },
      path: target ?? pathname + search,
      agent: false,
      rejectUnauthorized: false,
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    outgoing.end(body)
  })
}

export function postForm(
  url: string,
  fields: Record<string, string>,
  headers: Sent['headers'] = {},
): Promise<Answer> {
  return request(url, {
    method: 'POST',
    headers: { 'content-type': FORM, ...headers },
    body: new URLSearchParams(fields).toString(),
  })
}

/** @param body a text is sent as it is */
export function postJson(url: string, body: unknown, headers: Sent['headers'] = {}): Promise<Answer> {
  return request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export function jsonOf({ text }: Pick<Answer, 'text'>): Json {
  return JSON.parse(text) as Json
}

export function consumerOf({ demo: { consumer } }: Sandbox): Secrets {
  return { consumerKey: consumer.key, consumerSecret: consumer.secret }
}

export function demoUser(sandbox: Sandbox): Secrets {
  const { oauth_token: token, oauth_token_secret: tokenSecret } = sandbox.demo.connectedUser
  return { ...consumerOf(sandbox), token, tokenSecret }
}

export function demoOrganisation(sandbox: Sandbox): Secrets {
  const { oauth_token: token, oauth_token_secret: tokenSecret } = sandbox.demo.organisation
  return { ...consumerOf(sandbox), token, tokenSecret }
}

/** A signed GET, with the Authorization header. */
export function get(uri: string, secrets: Secrets, parameters: Pairs = []): Promise<Answer> {
  const query = parameters.length === 0 ? '' : `?${formEncoded(parameters)}`
  return request(uri + query, {
    headers: { authorization: authorizationHeader(signed({ method: 'GET', uri, parameters }, secrets)) },
  })
}

/** A signed POST of a form, with the Authorization header. */
export function post(
  uri: string,
  secrets: Secrets,
  parameters: Pairs = [],
  oauth: ToSign['oauth'] = {},
): Promise<Answer> {
  return request(uri, {
    method: 'POST',
    headers: {
      'content-type': FORM,
      authorization: authorizationHeader(signed({ method: 'POST', uri, parameters, oauth }, secrets)),
    },
    body: formEncoded(parameters),
  })
}

export function notify(sandbox: Sandbox, her: string, secrets = demoUser(sandbox)): Promise<Answer> {
  return post(sandbox.urls.razcode.sourceNotification, secrets, [['her', her]])
}

export function problemOf({ text }: Answer): string | null {
  return new URLSearchParams(text).get('oauth_problem')
}

export async function requestToken(
  sandbox: Sandbox,
  callback: string,
  consumer = consumerOf(sandbox),
  oauth: ToSign['oauth'] = {},
): Promise<Secrets> {
  const answer = await post(sandbox.urls.razcode.requestToken, consumer, [], {
    oauth_callback: callback,
    ...oauth,
  })
  return withToken(consumer, answer)
}

export function exchange(sandbox: Sandbox, secrets: Secrets, verifier: string): Promise<Answer> {
  return post(sandbox.urls.razcode.accessToken, secrets, [], { oauth_verifier: verifier })
}

export function withToken(consumer: Secrets, { text }: Answer): Secrets {
  const parameters = new URLSearchParams(text)
  return {
    ...consumer,
    token: parameters.get('oauth_token') ?? '',
    tokenSecret: parameters.get('oauth_token_secret') ?? '',
  }
}

export function openAuthorize(sandbox: Sandbox, token = ''): Promise<Answer> {
  return request(`${sandbox.urls.razcode.authorize}?${formEncoded([['oauth_token', token]])}`)
}

/** Chooses services as a person does on the configuration page. */
export async function choose(sandbox: Sandbox, secrets: Secrets, service: string[]): Promise<void> {
  const page = await openConfigure(sandbox, secrets, [['raz_callback', 'http://127.0.0.1/']])
  await submit(sandbox, page, 'Save and go back', { service })
}

export function openConfigure(sandbox: Sandbox, secrets: Secrets, parameters: Pairs): Promise<Answer> {
  const uri = sandbox.urls.razcode.configure
  const oauth = signed({ method: 'GET', uri, parameters }, secrets)
  return request(`${uri}?${formEncoded([...parameters, ...oauth])}`)
}

/** Presses a button of a page's form, `fields` replacing what the page has filled in. */
export function submit(
  sandbox: Sandbox,
  { status, text }: Pick<Answer, 'status' | 'text'>,
  button: string,
  fields: Record<string, string | string[]> = {},
  headers: Sent['headers'] = {},
): Promise<Answer> {
  const { action, body } = new Person().fillIn({ url: sandbox.url, status, text }, button, fields)
  return request(action, {
    method: 'POST',
    headers: { 'content-type': FORM, ...headers },
    body: body.toString(),
  })
}

/** Approves with what the page has filled in. @returns where the browser is sent */
export async function approve(sandbox: Sandbox, token = ''): Promise<URL> {
  const answer = await submit(sandbox, await openAuthorize(sandbox, token), 'Approve')
  return new URL(answer.headers.location ?? '')
}

/** The whole way to an access token. */
export async function connect(sandbox: Sandbox): Promise<Secrets> {
  const temporary = await requestToken(sandbox, 'http://127.0.0.1/back')
  const back = await approve(sandbox, temporary.token)
  return withToken(
    temporary,
    await exchange(sandbox, temporary, back.searchParams.get('oauth_verifier') ?? ''),
  )
}
