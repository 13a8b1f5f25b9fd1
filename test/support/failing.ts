import assert from 'node:assert/strict'
import { GatewayError, type ErrorCode } from '../../src/errors'

/** The GatewayError that a promise must reject with. */
export async function failure(promise: Promise<unknown>): Promise<GatewayError> {
  const outcome = await promise.then(
    () => 'it succeeded',
    (error: unknown) => error,
  )
  assert.ok(outcome instanceof GatewayError, `expected a GatewayError, but: ${String(outcome)}`)
  return outcome
}

/** The same where it must have this code. */
export async function failing(promise: Promise<unknown>, code: ErrorCode): Promise<GatewayError> {
  const error = await failure(promise)
  assert.equal(error.code, code, error.message)
  return error
}
