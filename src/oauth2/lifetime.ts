import { GatewayError } from '../errors'

/** A token with its times, in milliseconds since 1970 by the clock of its cache. */
export interface TimedToken {
  readonly token: string
  /** When it was asked for: before the request, so that the time on the wire shortens its life and never prolongs it. */
  readonly askedAt: number
  /** Missing where the provider does not say. */
  readonly expiresAt?: number
}

/** How long a token serves whose life is not known, unless it is refused before. */
const UNKNOWN_LIFE_MS = 3_600_000

/** Longer than any token lives; keeps the end within what a Date can hold. */
const LONGEST_LIFE_S = 1_000_000_000

/** How long before its end a token is no longer sent: it has to arrive as well. */
export const LAST_USE_MS = 5_000

/**
 * The end of a token by the `expires_in` of its answer (RFC 6749 section 5.1: seconds; some services send the number as
 * text). Undefined where there is none; HG_RESPONSE for what is not a number of more than 0.
 */
export function expiryOf(expiresIn: unknown, askedAt: number): number | undefined {
  if (expiresIn === undefined || expiresIn === null) return undefined
  const seconds =
    typeof expiresIn === 'string' && /^\s*\d+(?:\.\d+)?\s*$/.test(expiresIn) ? Number(expiresIn) : expiresIn
  if (typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds)) {
    return askedAt + Math.min(seconds, LONGEST_LIFE_S) * 1000
  }
  throw new GatewayError(
    'HG_RESPONSE',
    'A token came with a life (expires_in) that is not a number of seconds above 0. It is not used.',
  )
}

/** When the token is worth nothing any more. */
export function endOf({ askedAt, expiresAt }: TimedToken): number {
  return expiresAt ?? askedAt + UNKNOWN_LIFE_MS
}

/**
 * When a new one is due: 60 seconds or a tenth of its life before its end, whichever is more, and by chance up to
 * another tenth, so that tokens that were given together are not renewed together. Never before half of its life.
 * @param chance 0 to 1
 */
export function renewalOf(token: TimedToken, chance: number): number {
  const life = endOf(token) - token.askedAt
  return token.askedAt + Math.max(life / 2, life - Math.max(60_000, life / 10) - chance * (life / 10))
}
