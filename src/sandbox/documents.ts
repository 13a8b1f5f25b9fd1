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

export interface DocumentLimits {
  count: number
  bytes: number
}

/** The newest documents, within limits; the very newest is kept whatever its size. */
export class Documents {
  #kept: KeptDocument[] = []
  #arrived = 0

  constructor(private readonly limits: DocumentLimits) {}

  add(document: Omit<KeptDocument, 'number'>): void {
    this.#kept.push({ ...document, number: ++this.#arrived })
    let bytes = this.#kept.reduce((sum, kept) => sum + kept.bytes.length, 0)
    while (this.#kept.length > 1 && (this.#kept.length > this.limits.count || bytes > this.limits.bytes)) {
      bytes -= this.#kept.shift()?.bytes.length ?? 0
    }
  }

  /** Newest last. */
  list(): readonly KeptDocument[] {
    return this.#kept
  }

  find(number: number): KeptDocument | undefined {
    return this.#kept.find((kept) => kept.number === number)
  }
}
