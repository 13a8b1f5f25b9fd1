import type { HumanApiPerson, TokenMemory } from '../../src/providers/humanapi/tokens'
import type { HumanApi } from '../humanapi-account/humanapi-account'
import type { Circumstances } from './browser'
import type { AccountConnections } from './connections'
import type { Input } from './inputs'

/** The e-mail address of the person, `msg.email` by default. Looked at where a session needs it, and only then. */
export const email: Input<string | undefined> = {
  value: 'email',
  type: 'msg',
  read: (value) => (typeof value === 'string' ? value : undefined),
}

/** The tokens of one person, kept with their connection. */
export function humanApiPerson(
  { client, people }: Circumstances<HumanApi>,
  user: string,
  address?: string,
): HumanApiPerson {
  const person = address === undefined ? { user } : { user, email: address }
  return client.tokens.of(person, memoryIn(people))
}

function memoryIn(people: AccountConnections): TokenMemory {
  return {
    read: async (user) => (await people.find(user))?.tokens,
    async write(user, tokens) {
      if (!(await people.change(user, { tokens }))) await people.grant({ user, provider: 'humanapi', tokens })
    },
    async update(user, tokens) {
      await people.change(user, { tokens })
    },
  }
}
