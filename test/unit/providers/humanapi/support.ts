import assert from 'node:assert/strict'
import type { GatewayError } from '../../../../src/errors'
import type { HttpClient } from '../../../../src/http/client'
import { HumanApiClient } from '../../../../src/providers/humanapi/client'
import type { TokenMemory } from '../../../../src/providers/humanapi/tokens'
import type { Page } from '../../../../src/providers/paging'
import type { Sandbox } from '../../../../src/sandbox/sandbox'

export function clientOf(
  sandbox: Sandbox,
  http: HttpClient,
  other: { clientSecret?: string } = {},
): HumanApiClient {
  const { clientId, clientSecret } = sandbox.demo.humanapi
  return new HumanApiClient({ clientId, clientSecret, endpoints: sandbox.urls.humanapi, http, ...other })
}

/** Keeps what a store would keep. */
export class Memory implements TokenMemory {
  readonly users = new Map<string, Record<string, string>>()

  read(user: string): Promise<Record<string, string> | undefined> {
    return Promise.resolve(this.users.get(user))
  }

  async write(user: string, tokens: Record<string, string>): Promise<void> {
    // As on a disk, a write takes its time.
    await new Promise(setImmediate)
    this.users.set(user, tokens)
  }

  async update(user: string, tokens: Record<string, string>): Promise<void> {
    await new Promise(setImmediate)
    if (this.users.has(user)) this.users.set(user, tokens)
  }
}

export async function all<T>(pages: AsyncIterable<Page<T>>): Promise<T[]> {
  const items: T[] = []
  for await (const page of pages) items.push(...page.items)
  return items
}

/** Nothing of an error, its stack included, may tell a secret. */
export function tellsNothing(error: GatewayError, ...secrets: string[]): void {
  const told = JSON.stringify([error.message, error.cause, error.stack])
  for (const secret of secrets) assert.ok(secret !== '' && !told.includes(secret), told)
}
