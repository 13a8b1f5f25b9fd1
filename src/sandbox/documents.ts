import { type Limits, Newest } from './newest'

/** A health record that arrived. */
export interface ReceivedDocument {
  /** Milliseconds since 1970. */
  receivedAt: number
  consumerKey: string
  /** E-mail address of whom it is about. */
  person: string
  /** The document as it came. */
  her: string
  kind: 'ccr' | 'omhe'
  /** Where the person wants it to go. */
  services: string[]
}

export interface KeptDocument extends Omit<ReceivedDocument, 'her'> {
  /** 1 for the first that arrived. */
  number: number
  bytes: Buffer
}

/** What arrived, its text made only when it is read. */
export function asReceived(document: KeptDocument): ReceivedDocument {
  const { receivedAt, consumerKey, person, kind, services, bytes } = document
  return {
    receivedAt,
    consumerKey,
    person,
    kind,
    services,
    get her() {
      return bytes.toString()
    },
  }
}

/** The documents that arrived last. */
export class Documents {
  readonly #newest: Newest<KeptDocument>
  #arrived = 0

  constructor(limits: Limits) {
    this.#newest = new Newest(limits)
  }

  add(document: Omit<KeptDocument, 'number'>): void {
    this.#newest.add({ ...document, number: ++this.#arrived })
  }

  /** Newest last. */
  list(): readonly KeptDocument[] {
    return this.#newest.list()
  }

  find(number: number): KeptDocument | undefined {
    return this.list().find((kept) => kept.number === number)
  }
}
