import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Misbehaviour } from '../misbehaviour'
import type { Client } from './service'
import type { Source } from './sources'
import type { User } from './users'

export type NotificationType =
  'sources.SourceConnected' | 'sources.SourceDisconnected' | 'wellness.DataUpdated' | 'medical.DataUpdated'

/** A notification that was sent, or is on its way. */
export interface SentNotification {
  number: number
  /** Milliseconds since 1970. */
  sentAt: number
  to: string
  type: NotificationType
  headers: Readonly<Record<string, string>>
  body: string
  /** Status of the answer, or why there was none; `undefined` while it is on its way. */
  outcome: number | 'no answer' | 'too late' | undefined
}

/** The live service counts an answer that takes longer as none. */
const LONGEST_ANSWER_MS = 3000

const OLD_MS = 86_400_000

const KEPT = 100

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Notifications to the client, by POST to the one address that it has registered. */
export class Notifications {
  #address: string | undefined
  #sent: SentNotification[] = []
  #count = 0
  readonly #closed = new AbortController()
  readonly #underWay = new Set<Promise<void>>()

  constructor(
    private readonly client: Client,
    private readonly now: () => number,
    private readonly isTo: (what: Misbehaviour['do']) => boolean,
  ) {}

  get address(): string | undefined {
    return this.#address
  }

  /**
   * @param address `undefined` ends notifications
   * @throws RangeError for what is no http address of this machine
   */
  register(address: string | undefined): void {
    if (address !== undefined && !isOfThisMachine(address)) {
      throw new RangeError(
        'The address has to be http or https, on 127.0.0.1 or localhost: nothing leaves this machine.',
      )
    }
    this.#address = address
  }

  /** Newest last. */
  list(): readonly SentNotification[] {
    return this.#sent
  }

  /** Once each, without waiting for the answer; nothing where no address is registered. */
  send(user: User, type: NotificationType, source: Source): void {
    if (this.#address === undefined) return
    const at = this.now() - (this.isTo('oldTimestamp') ? OLD_MS : 0)
    const body = JSON.stringify([
      {
        timestamp: new Date(at).toISOString(),
        eventId: randomUUID(),
        eventType: type,
        eventGroup: type.split('.')[0],
        humanId: user.humanId,
        clientId: this.client.id,
        clientUserId: user.id,
        eventPayload: { source: { id: source.id, name: source.name }, dataTypes: source.dataTypes },
      },
    ])
    const headers = this.#sign(body, String(at), randomBytes(16).toString('hex'))
    this.#post({ to: this.#address, type, headers, body })
    if (this.isTo('sendTwice')) this.#post({ to: this.#address, type, headers, body })
  }

  /** The same bytes as before, as whoever has caught them would. */
  repeat({ to, type, headers, body }: SentNotification): void {
    this.#post({ to, type, headers, body })
  }

  /** Resolves when none is on its way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  /** Gives up those on their way. */
  close(): void {
    this.#closed.abort()
  }

  /**
   * The vendor's pages name the message and the key. That the digest is hexadecimal, and which headers the timestamp
   * (milliseconds since 1970) and the nonce are in, is the sandbox's choice.
   */
  #sign(body: string, timestamp: string, nonce: string): Record<string, string> {
    const key = this.isTo('wrongSignature') ? 'another secret' : this.client.secret
    const encoding = this.isTo('base64Signature') ? 'base64' : 'hex'
    return {
      'content-type': 'application/json',
      'x-humanapi-timestamp': timestamp,
      'x-humanapi-nonce': nonce,
      'x-humanapi-signature': createHmac('sha1', key)
        .update(body + timestamp + nonce)
        .digest(encoding),
    }
  }

  #post(about: Pick<SentNotification, 'to' | 'type' | 'headers' | 'body'>): void {
    const sent: SentNotification = { number: ++this.#count, sentAt: this.now(), ...about, outcome: undefined }
    this.#sent = [...this.#sent, sent].slice(-KEPT)
    const done = this.#deliver(sent).finally(() => this.#underWay.delete(done))
    this.#underWay.add(done)
  }

  async #deliver(sent: SentNotification): Promise<void> {
    const late = AbortSignal.timeout(LONGEST_ANSWER_MS)
    try {
      const answer = await fetch(sent.to, {
        method: 'POST',
        headers: sent.headers,
        body: sent.body,
        redirect: 'manual',
        signal: AbortSignal.any([late, this.#closed.signal]),
      })
      sent.outcome = answer.status
      await answer.body?.cancel()
    } catch {
      sent.outcome = late.aborted ? 'too late' : 'no answer'
    }
  }
}

function isOfThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return /^https?:$/.test(protocol) && LOOPBACK.includes(hostname)
}
