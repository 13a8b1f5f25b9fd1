import { isUtf8 } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { GatewayError } from '../../errors'
import { isObject, type JsonObject } from '../json-answer'

const provider = 'humanapi'
const operation = 'notification'

/** Room for the time on the way and for clocks that differ. */
const WINDOW_MS = 300_000

/** A notification has some twenty short values. */
const LONGEST_BODY = 1024 * 1024

/** A notification as it came. */
export interface IncomingNotification {
  /** Lower-case names, as Node.js gives them. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The bytes of the body, untouched: JSON that was read and written again has another signature. */
  body: Buffer | string
}

export interface NotificationOptions {
  clientSecret: string
  /** How old, or how much in the future, a notification may be. Default: five minutes. */
  windowMs?: number
  /** Milliseconds since 1970. Default: the clock. */
  now?: () => number
}

/** Where it is kept which notifications have come, beyond the life of this process. */
export interface NotificationMemory {
  /** Keeps the signature for this long. True if it was not there. */
  add(signature: string, lifetimeMs: number): Promise<boolean>
}

/**
 * Verifies notifications. The vendor's page ("Notifications", v2.1 and v2.2) gives the header `X-HumanAPI-Signature`,
 * HMAC-SHA1, the message `String(payload + timestamp + nonce)` and the client secret as the key. It leaves open, as far
 * as it could be read:
 * - how the signature is written: hexadecimal digits and base64 are both taken;
 * - where timestamp and nonce are: the headers `X-HumanAPI-Timestamp` and `X-HumanAPI-Nonce` are read, or else the fields
 *   `timestamp` and `nonce` of the payload (or of the first event in it);
 * - the form of the timestamp: seconds or milliseconds since 1970, or ISO 8601.
 *
 * Since message and key have no mark between payload, timestamp and nonce, a bit of one could pass for a bit of the next;
 * so a replay is told by the signature, which then stays the same, and not by the nonce. Signatures are remembered for
 * as long as their timestamp is accepted: here, and in the memory that is given along, which a restart does not empty.
 */
export class HumanApiNotifications {
  readonly #secret: string
  readonly #windowMs: number
  readonly #now: () => number
  /** Signatures that came, and until when they would be accepted. Oldest first. */
  readonly #seen = new Map<string, number>()

  constructor({ clientSecret, windowMs = WINDOW_MS, now = Date.now }: NotificationOptions) {
    this.#secret = clientSecret
    this.#windowMs = windowMs
    this.#now = now
  }

  /**
   * The events of a notification that is genuine, in time, and has not come before. HG_FORBIDDEN for one without a right
   * signature or out of time, HG_CONFLICT for one that came before, HG_INPUT for what is no notification; none of them
   * says what the right signature would be. After HG_CONFLICT a 200 is a fair answer, since the event is known. Rejects
   * as the memory does, and takes the notification then when it comes again.
   */
  async verify({ headers, body }: IncomingNotification, memory?: NotificationMemory): Promise<JsonObject[]> {
    const bytes = bytesOf(body)
    const given = digestIn(header(headers, 'x-humanapi-signature'))
    if (!given) throw refused('it has no readable X-HumanAPI-Signature', 'SIGNATURE_MISSING')
    const events = eventsIn(bytes)
    const timestamp = header(headers, 'x-humanapi-timestamp') ?? inPayload(events, 'timestamp')
    const nonce = header(headers, 'x-humanapi-nonce') ?? inPayload(events, 'nonce')
    if (!timestamp || !nonce) throw refused('it has no timestamp or no nonce', 'TIMESTAMP_MISSING')
    const right = createHmac('sha1', this.#secret).update(bytes).update(timestamp).update(nonce).digest()
    if (!timingSafeEqual(given, right)) {
      throw refused(
        'its signature does not fit. Check the client secret of the account, and that the body comes here as it was sent',
        'SIGNATURE_INVALID',
      )
    }
    await this.#accept(right.toString('base64'), timeOf(timestamp), memory)
    if (!events) throw notOne('Its body is no JSON object or list of them.')
    return events
  }

  async #accept(signature: string, at: number, memory: NotificationMemory | undefined): Promise<void> {
    const now = this.#now()
    if (!(Math.abs(now - at) <= this.#windowMs)) {
      throw refused(
        `it is more than ${Math.round(this.#windowMs / 1000)} seconds old or in the future. Check the clock of this machine`,
        'TIMESTAMP_REFUSED',
      )
    }
    for (const [old, until] of this.#seen) if (until < now) this.#seen.delete(old)
    const until = at + this.#windowMs
    // At once: the same one may come many times at a time, and the memory is slower.
    if (this.#seen.has(signature)) throw replayed()
    this.#seen.set(signature, until)
    try {
      // One millisecond more, since it is accepted at the end of the window as well.
      if (memory && !(await memory.add(signature, until - now + 1))) throw replayed()
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'HG_CONFLICT') this.#seen.delete(signature)
      throw error
    }
  }
}

function replayed(): GatewayError {
  return new GatewayError('HG_CONFLICT', 'This notification of Human API has come before.', {
    provider,
    operation,
    detail: { reason: 'REPLAYED' },
  })
}

function bytesOf(body: Buffer | string): Buffer {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) {
    throw notOne(
      'Its body was read as JSON already, so the signature cannot be verified. Hand in the raw body, as a Buffer or text.',
    )
  }
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (bytes.length > LONGEST_BODY) {
    throw new GatewayError('HG_TOO_LARGE', 'A notification of Human API has no more than 1 MiB.', {
      provider,
      operation,
    })
  }
  return bytes
}

/** The 20 bytes of a signature in hexadecimal digits or in base64 of either alphabet. */
function digestIn(text = ''): Buffer | undefined {
  const written = text.trim().replace(/^sha1=/i, '')
  if (/^[0-9a-f]{40}$/i.test(written)) return Buffer.from(written, 'hex')
  return /^[\w+/-]{27}=?$/.test(written) ? Buffer.from(written, 'base64') : undefined
}

function eventsIn(bytes: Buffer): JsonObject[] | undefined {
  try {
    const value: unknown = isUtf8(bytes) ? JSON.parse(bytes.toString('utf8')) : undefined
    const list: unknown[] = Array.isArray(value) ? value : [value]
    return list.length > 0 && list.every(isObject) ? list : undefined
  } catch {
    return undefined
  }
}

function header(headers: IncomingNotification['headers'], name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function inPayload(events: JsonObject[] | undefined, name: string): string | undefined {
  const value = events?.[0]?.[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** Milliseconds since 1970; NaN for what is no time. Ten digits are seconds until the year 2286. */
function timeOf(timestamp: string): number {
  if (/^\d{10}$/.test(timestamp)) return Number(timestamp) * 1000
  if (/^\d{13}$/.test(timestamp)) return Number(timestamp)
  return /^\d{4}-\d\d-\d\dT/.test(timestamp) ? Date.parse(timestamp) : NaN
}

function refused(why: string, reason: string): GatewayError {
  return new GatewayError('HG_FORBIDDEN', `A notification for Human API was refused: ${why}.`, {
    provider,
    operation,
    detail: { reason },
  })
}

function notOne(why: string): GatewayError {
  return new GatewayError('HG_INPUT', `This is no notification of Human API. ${why}`, { provider, operation })
}
