import assert from 'node:assert/strict'
import { GatewayError } from '../../../src/errors'
import type { HttpClient } from '../../../src/http/client'
import { RazcodeGateway, type CallbackQuery } from '../../../src/providers/razcode/gateway'
import type { Sandbox } from '../../../src/sandbox/sandbox'
import { Person } from '../../support/person'

export const callback = 'http://127.0.0.1:9/back?state=1'

/** What a promise is rejected with, which has to be one of our errors. */
export async function failure(promise: Promise<unknown>): Promise<GatewayError> {
  const error: unknown = await promise.then(
    () => assert.fail('did not fail'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof GatewayError, String(error))
  return error
}

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
  const { action, body } = person.fillIn(shown, button, fields)
  const response = await person.ask(action, {
    method: 'POST',
    body: body.toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(shown.url).origin,
    },
  })
  const location = response.headers.get('location')
  assert.ok(location, await response.text())
  return Object.fromEntries(new URL(location).searchParams)
}
