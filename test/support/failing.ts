import assert from 'node:assert/strict'
import { GatewayError, type ErrorCode } from '../../src/errors'

/** The GatewayError that a promise must reject with. */
export async function failing(promise: Promise<unknown>, code: ErrorCode): Promise<GatewayError> {
  const outcome = await promise.then(
    () => 'it succeeded',
    (error: unknown) => error,
  )
  assert.ok(outcome instanceof GatewayError, `expected ${code}, but: ${String(outcome)}`)
  assert.equal(outcome.code, code, outcome.message)
  return outcome
}
