import { GatewayError, toGatewayError } from '../../src/errors'
import { zivaCareTokens, type ZivaCareClient, type ZivaCareGrant } from '../../src/providers/zivacare/client'
import type { Connection } from '../../src/store/store'
import type { Circumstances } from './browser'

type With = Pick<Circumstances<ZivaCareClient>, 'client' | 'people' | 'registered' | 'signal'>

const provider = 'zivacare'
const CODE = 'ziva_user_code'
const SPECIAL = 'special_token'

/**
 * Creates the user at ZivaCare, and remembers the code that ZivaCare has for them: what a browser brings later has to
 * be of that one. Where an earlier attempt ended between the two requests, it goes on from there. HG_CONFLICT with
 * ZivaCare's 0001 where the user was created before, elsewhere or by their own connecting.
 */
export async function registerUser(
  { client, registered, signal }: With,
  user: string,
  name: string,
): Promise<ZivaCareGrant> {
  let specialToken = (await registered.find(user))?.tokens[SPECIAL]
  if (specialToken === undefined) {
    specialToken = (await client.createUser(user, name, signal)).specialToken
    await registered.grant({ user, provider, tokens: { [SPECIAL]: specialToken } })
  }
  try {
    const grant = await client.exchange(specialToken, user, signal)
    await registered.grant({ user, provider, tokens: { [CODE]: grant.zivaUserCode } })
    return grant
  } catch (thrown) {
    const error = toGatewayError(thrown)
    if (error.code !== 'HG_REJECTED') throw error
    await registered.forget(user)
    throw new GatewayError(
      error.code,
      `The user was created, but their special token is not taken any more. Creating them again would be a conflict: let them connect through the page of a zivacare connect node, with the same id. ${error.message}`,
      error.cause,
    )
  }
}

/** The same for somebody who is about to connect: whoever is known already, here or at ZivaCare, is left as they are. */
export async function expectUser(circumstances: With, user: string): Promise<void> {
  const { people, registered } = circumstances
  if ((await people.find(user)) ?? (await registered.find(user))?.tokens[CODE]) return
  try {
    await registerUser(circumstances, user, user)
  } catch (thrown) {
    const error = toGatewayError(thrown)
    const { code } = (error.cause.detail ?? {}) as { code?: unknown }
    if (code !== '0001') throw error
  }
}

/** Keeps what an exchange gave, if it is of the user: HG_FORBIDDEN or HG_CONFLICT where it is somebody else's. */
export async function keepGrant(
  { people, registered }: With,
  user: string,
  grant: ZivaCareGrant,
): Promise<Connection> {
  const expected = (await registered.find(user))?.tokens[CODE]
  if (expected !== undefined && expected !== grant.zivaUserCode) {
    throw new GatewayError(
      'HG_FORBIDDEN',
      `What was granted for the user "${user}" is of another user of ZivaCare than the one who was created for them. Nothing was kept. Let the user connect again.`,
      { user, provider },
    )
  }
  return people.grantAs(CODE, { user, provider, tokens: zivaCareTokens(grant) })
}
