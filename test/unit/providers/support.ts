import assert from 'node:assert/strict'
import type { HttpClient } from '../../../src/http/client'
import { RazcodeGateway, type CallbackQuery } from '../../../src/providers/razcode/gateway'
import type { Sandbox } from '../../../src/sandbox/sandbox'
import { Person } from '../../support/person'

export const callback = 'http://127.0.0.1:9/back?state=1'

/** A gateway as the demo consumer of a sandbox has it. */
export function gatewayOf(
  sandbox: Sandbox,
  http: HttpClient,
  other: { secret?: string } = {},
): RazcodeGateway {
  const { key, secret } = sandbox.demo.consumer
  return new RazcodeGateway({
    consumerKey: key,
    consumerSecret: other.secret ?? secret,
    endpoints: sandbox.urls.razcode,
    http,
  })
}

/** The query with which the browser of a person would come back, after they pressed a button on a page. */
export async function decide(
  page: string,
  button: string,
  fields: Record<string, string | string[]> = {},
  person = new Person(),
): Promise<CallbackQuery> {
  const shown = await person.visit(page)
  assert.equal(shown.status, 200, shown.text)
  const back = await person.press(shown, button, fields)
  return Object.fromEntries(new URL(back).searchParams)
}
