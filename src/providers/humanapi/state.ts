import type { HumanApiGrant, HumanApiTokenType } from './client'

/** What is known of one person at Human API. */
export interface HumanApiState {
  /** The vendor's own id of the person. */
  humanId?: string
  /** Whether they have a connected source, as far as an answer or the widget has told. */
  connected?: boolean
  grants: Partial<Record<HumanApiTokenType, HumanApiGrant>>
}

/** The state as a store keeps it: secret values by name. Times are ISO 8601. */
export type StoredTokens = Readonly<Record<string, string>>

export const humanApiTokenTypes = ['session', 'id', 'access'] as const satisfies readonly HumanApiTokenType[]

/** Names in the store: the vendor's, where it has one. */
const names = {
  session: { token: 'session_token', address: 'session_token_address' },
  id: { token: 'id_token', refreshToken: 'id_refresh_token' },
  access: { token: 'access_token', refreshToken: 'refresh_token' },
} satisfies Record<HumanApiTokenType, Names>

interface Names {
  token: string
  refreshToken?: string
  address?: string
}

const CONNECTED = 'source_connected'

/** What is stored, read leniently: a part that is not readable is as good as none. */
export function readState(stored: StoredTokens = {}): HumanApiState {
  const { human_id: humanId, [CONNECTED]: connected } = stored
  const grants: HumanApiState['grants'] = {}
  for (const type of humanApiTokenTypes) {
    const grant = readGrant(stored, type)
    if (grant) grants[type] = grant
  }
  return {
    ...(humanId ? { humanId } : {}),
    ...(connected === 'yes' || connected === 'no' ? { connected: connected === 'yes' } : {}),
    grants,
  }
}

function readGrant(stored: StoredTokens, type: HumanApiTokenType): HumanApiGrant | undefined {
  const { token: name, refreshToken: refreshName = '', address: addressName = '' }: Names = names[type]
  const { [name]: token, [refreshName]: refreshToken, [addressName]: address } = stored
  const askedAt = Date.parse(stored[`${name}_asked_at`] ?? '')
  const expiresAt = Date.parse(stored[`${name}_expires_at`] ?? '')
  if (!token || Number.isNaN(askedAt)) return undefined
  return {
    type,
    token,
    askedAt,
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
    ...(refreshToken ? { refreshToken } : {}),
    ...(address ? { address } : {}),
  }
}

/** The state as it is stored, beside what else is kept there. */
export function writeState(state: HumanApiState, stored: StoredTokens = {}): Record<string, string> {
  const own = humanApiTokenTypes.flatMap((type) => {
    const { token, refreshToken = '', address = '' }: Names = names[type]
    return [token, `${token}_asked_at`, `${token}_expires_at`, refreshToken, address]
  })
  const others = Object.entries(stored).filter(([name]) => ![...own, 'human_id', CONNECTED].includes(name))
  return {
    ...Object.fromEntries(others),
    ...(state.humanId === undefined ? {} : { human_id: state.humanId }),
    ...(state.connected === undefined ? {} : { [CONNECTED]: state.connected ? 'yes' : 'no' }),
    ...Object.fromEntries(humanApiTokenTypes.flatMap((type) => Object.entries(written(state.grants[type])))),
  }
}

function written(grant: HumanApiGrant | undefined): Record<string, string> {
  if (!grant) return {}
  const { token, refreshToken = '', address = '' }: Names = names[grant.type]
  return {
    [token]: grant.token,
    [`${token}_asked_at`]: new Date(grant.askedAt).toISOString(),
    ...(grant.expiresAt === undefined
      ? {}
      : { [`${token}_expires_at`]: new Date(grant.expiresAt).toISOString() }),
    ...(grant.refreshToken === undefined ? {} : { [refreshToken]: grant.refreshToken }),
    ...(grant.address === undefined ? {} : { [address]: grant.address }),
  }
}

/**
 * The state with a new token. Somebody of another `human_id` is somebody new, whose predecessor's tokens go. A refresh
 * token that does not come again is kept.
 */
export function withGrant(state: HumanApiState, grant: HumanApiGrant): HumanApiState {
  const { type, humanId = state.humanId } = grant
  const isNew = state.humanId !== undefined && humanId !== state.humanId
  const grants = isNew ? {} : state.grants
  const refreshToken = grant.refreshToken ?? grants[type]?.refreshToken
  return {
    ...(humanId === undefined ? {} : { humanId }),
    connected: type !== 'session',
    grants: { ...grants, [type]: { ...grant, ...(refreshToken === undefined ? {} : { refreshToken }) } },
  }
}
