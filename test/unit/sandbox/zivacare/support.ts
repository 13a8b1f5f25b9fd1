import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { type Answer, type Json, jsonOf, postForm, postJson, request, type Sent, submit } from '../support'

/** The page that opens the window. */
export const OPENER = 'http://127.0.0.1:1880'

export function openWindow(sandbox: Sandbox, query: Record<string, string> = {}): Promise<Answer> {
  const { clientId } = sandbox.demo.zivacare
  const parameters = new URLSearchParams({ clientId, clientUserId: 'maria', origin: OPENER, ...query })
  return request(`${new URL('connect', sandbox.urls.zivacare.connectScript).href}?${parameters.toString()}`)
}

/** Presses buttons of the window, one after the other. */
export async function press(sandbox: Sandbox, page: Answer, ...buttons: string[]): Promise<Answer> {
  let shown = page
  for (const button of buttons) shown = await submit(sandbox, shown, button)
  return shown
}

/** What the page that opened the window is told. */
export function toldOpener({ text }: Answer): { origin: string | undefined; message: Json } | undefined {
  const [, message, origin] =
    /<script src="[^"]*" defer data-message="([^"]*)" data-origin="([^"]*)"/.exec(text) ?? []
  if (message === undefined) return undefined
  return { origin, message: JSON.parse(message.replaceAll('&quot;', '"')) as Json }
}

/** The whole way to a special token. */
export async function connectSources(
  sandbox: Sandbox,
  clientUserId: string,
  names: string[],
): Promise<string> {
  const buttons = names.flatMap((name) => [`Connect ${name}`, 'Allow'])
  const page = await press(
    sandbox,
    await openWindow(sandbox, { clientUserId }),
    ...buttons,
    'Finish Connecting Data',
  )
  const { specialToken } = toldOpener(page)?.message ?? {}
  assert.ok(typeof specialToken === 'string')
  return specialToken
}

export function exchange(
  sandbox: Sandbox,
  specialToken: string,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const { clientSecret } = sandbox.demo.zivacare
  return postForm(sandbox.urls.zivacare.exchange, { clientSecret, specialToken, ...fields })
}

/** The access token of somebody who has connected these sources. */
export async function accessTokenOf(
  sandbox: Sandbox,
  clientUserId: string,
  names: string[],
): Promise<string> {
  const { access_token } = jsonOf(await exchange(sandbox, await connectSources(sandbox, clientUserId, names)))
  return String(access_token)
}

export function createUser(sandbox: Sandbox, fields: Json = {}): Promise<Answer> {
  const { clientId, clientSecret } = sandbox.demo.zivacare
  return postJson(sandbox.urls.zivacare.createUser, {
    ...{ clientId, clientSecret, clientUserId: 'maria', clientUserName: 'María Ñandú 漢字' },
    ...fields,
  })
}

/** @param path below the Data API, with its query; the demo user's token unless it has one */
export function read(sandbox: Sandbox, path: string, headers: Sent['headers'] = {}): Promise<Answer> {
  const url = new URL(sandbox.urls.zivacare.data + path)
  if (!url.searchParams.has('access_token')) {
    url.searchParams.set('access_token', sandbox.demo.zivacare.connectedUser.accessToken)
  }
  return request(url.href, { headers })
}

/** The status and ZivaCare's code. */
export function codeOf(answer: Answer): [number, unknown] {
  return [answer.status, jsonOf(answer).code]
}
