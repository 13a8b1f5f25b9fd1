/** What a conversion could not tell, or had to assume. */
export interface HumanApiFinding {
  /**
   * `warning`: something of the record is missing, or was assumed. `information`: a field that has no place in FHIR, or
   * what is assumed of all records of this kind.
   */
  severity: 'warning' | 'information'
  code: HumanApiFindingCode
  /** The field, without its value: `results.unit`. Empty for the whole record. */
  path: string
  message: string
  /** In how many records, and the index of the first. */
  count: number
  first: number
}

export type HumanApiFindingCode =
  | 'not-converted'
  | 'left-out'
  | 'patient-unknown'
  | 'date-unreadable'
  | 'time-without-zone'
  | 'period-reversed'
  | 'repeated'
  | 'status-assumed'
  | 'status-unknown'
  | 'unit-assumed'
  | 'unit-mismatch'
  | 'unit-unknown'
  | 'code-system-unknown'
  | 'value-missing'

/** Gathers findings: the same one of many records is one finding. */
export class Findings {
  readonly #byKey = new Map<string, HumanApiFinding>()
  #index = 0

  /** What follows is of the record at this index. */
  at(index: number): void {
    this.#index = index
  }

  add(severity: HumanApiFinding['severity'], code: HumanApiFindingCode, path: string, message: string): void {
    const key = `${code} ${path} ${message}`
    const known = this.#byKey.get(key)
    if (known) known.count++
    else this.#byKey.set(key, { severity, code, path, message, count: 1, first: this.#index })
  }

  list(): HumanApiFinding[] {
    return [...this.#byKey.values()]
  }
}
