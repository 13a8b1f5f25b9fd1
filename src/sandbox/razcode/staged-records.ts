import { randomInt } from 'node:crypto'
import type { Account } from '../accounts'
import { type Limits, Newest } from '../newest'

/** A health record that waits for the patient who was given its RAZCODE. */
export interface StagedRecord {
  razId: string
  /** Milliseconds since 1970. */
  stagedAt: number
  consumerKey: string
  /** The organisation that staged it; `undefined` when the consumer did without being activated. */
  organisation: Account | undefined
  kind: 'ccr' | 'omhe'
  bytes: Buffer
  /** Who alone may see it. */
  restrictedTo: Account | undefined
  /** JSON as it came. */
  payment: { json: string; valid: boolean } | undefined
}

/** Without what looks alike: 0 O, 1 I L, U V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const LENGTH = 8

/** The records that were staged last. */
export class StagedRecords {
  readonly #newest: Newest<StagedRecord>

  constructor(limits: Limits) {
    this.#newest = new Newest(limits)
  }

  add(record: Omit<StagedRecord, 'razId'>): StagedRecord {
    const razId = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
    const staged = { ...record, razId }
    this.#newest.add(staged)
    return staged
  }

  /** Newest last. */
  list(): readonly StagedRecord[] {
    return this.#newest.list()
  }

  /** @param typed as a person types a RAZCODE: small letters, spaces and hyphens are no matter */
  find(typed: string): StagedRecord | undefined {
    const razId = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
    return this.list().find((staged) => staged.razId === razId)
  }
}
