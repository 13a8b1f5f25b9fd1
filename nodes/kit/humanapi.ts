import { GatewayError, toGatewayError } from '../../src/errors'
import type { HumanApiPerson, TokenMemory } from '../../src/providers/humanapi/tokens'
import type { HumanApi } from '../humanapi-account/humanapi-account'
import type { Circumstances } from './browser'
import type { AccountConnections } from './connections'
import { isDefault, isEmpty, type Input } from './inputs'

/** The e-mail address of the person, `msg.email` by default; needed for a session only, so it may be left out. */
export const email: Input<string | undefined> = {
  value: 'email',
  type: 'msg',
  read(value, source) {
    if (isEmpty(value) && (isDefault(source, 'email') || source.value === '')) return undefined
    if (typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value)) return value
    throw new GatewayError(
      'HG_INPUT',
      'The e-mail address of the user is none. Set msg.email, or the node\'s property "E-mail", to one.',
    )
  },
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
      try {
        await people.update(user, { tokens })
      } catch (error) {
        if (toGatewayError(error).code !== 'HG_NOT_CONNECTED') throw error
        await people.grant({ user, provider: 'humanapi', tokens })
      }
    },
  }
}
