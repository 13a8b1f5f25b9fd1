import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { type Answer, postForm, postJson, request, type Sent } from '../support'

/** An hour that the tests stop the clock at, and can move. */
export class Clock {
  time = Date.UTC(2026, 5, 15, 12)
  readonly now = (): number => this.time

  pass(seconds: number): void {
    this.time += seconds * 1000
  }
}

/** The body of a token request that is right for the demo client. */
export function tokenBody({ demo }: Sandbox, fields: Record<string, unknown>): Record<string, unknown> {
  const { clientId, clientSecret } = demo.humanapi
  return {
    client_id: clientId,
    client_secret: clientSecret,
    client_user_id: 'maria',
    ...(fields.type === 'session' ? { client_user_email: 'maria@example.org' } : {}),
    ...fields,
  }
}

export function askToken(sandbox: Sandbox, fields: Record<string, unknown>): Promise<Answer> {
  return postJson(`${sandbox.urls.humanapi.auth}/v1/connect/token`, tokenBody(sandbox, fields))
}

/** A token that is given, of the demo user unless another is named. */
export async function tokenFor(
  sandbox: Sandbox,
  type: 'session' | 'id' | 'access',
  user = 'demo',
): Promise<string> {
  const answer = await askToken(sandbox, { type, client_user_id: user })
  const token = (json(answer) as Record<string, string>)[`${type}_token`]
  if (token === undefined) throw new Error(answer.text)
  return token
}

export function sourceId(sandbox: Sandbox, name: string): string {
  const source = sandbox.humanapi.sources.find((one) => one.name === name)
  if (!source) throw new Error(`No source ${name}`)
  return source.id
}

/** A new user who has connected these sources. */
export async function newUser(sandbox: Sandbox, user: string, ...sources: string[]): Promise<void> {
  await tokenFor(sandbox, 'session', user)
  for (const name of sources) sandbox.humanapi.connect(user, sourceId(sandbox, name))
}

export function read(
  sandbox: Sandbox,
  path: string,
  token: string,
  headers: Sent['headers'] = {},
): Promise<Answer> {
  return request(sandbox.urls.humanapi.data + path, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...headers },
  })
}

export function json({ text }: Answer): unknown {
  return JSON.parse(text)
}

export const EMBEDDER = 'http://localhost:1880'

export function openConnect(sandbox: Sandbox, parameters: Record<string, string>): Promise<Answer> {
  const query = new URLSearchParams({ origin: EMBEDDER, ...parameters })
  return request(`${sandbox.url}/humanapi/connect?${query.toString()}`)
}

/** What a form of the frame's pages sends. */
export function pressInConnect(
  sandbox: Sandbox,
  fields: Record<string, string>,
  headers: Sent['headers'] = {},
): Promise<Answer> {
  return postForm(`${sandbox.url}/humanapi/connect`, { origin: EMBEDDER, ...fields }, headers)
}

/** What a page of the frame tells the page around it. */
export function messagesOf({ text }: Answer): Record<string, unknown>[] {
  const [, written = '[]'] = /data-messages="([^"]*)"/.exec(text) ?? []
  return JSON.parse(written.replaceAll('&quot;', '"')) as Record<string, unknown>[]
}
