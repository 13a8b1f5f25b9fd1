/** Something that a resource has wrong. */
export interface FhirFinding {
  /** `error`: a server may refuse it, and it is not sent. `warning`: it is sent. */
  severity: 'error' | 'warning'
  /** As an OperationOutcome has it (R4's IssueType). */
  code: FhirFindingCode
  /** Where, as a FHIRPath: `Patient.contact[0].gender`. */
  path: string
  /** A sentence without the value, which may be a patient's. */
  message: string
}

export type FhirFindingCode =
  'structure' | 'required' | 'value' | 'code-invalid' | 'invariant' | 'not-found' | 'duplicate'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where a value is; written out only where something is wrong there. */
export interface Place {
  readonly parent?: Place
  /** The name of a property, or the index in an array. */
  readonly key: string | number
}

export function pathOf(place: Place): string {
  const keys: (string | number)[] = []
  for (let at: Place | undefined = place; at; at = at.parent) keys.unshift(at.key)
  return keys
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${key}`))
    .join('')
}

/** Tells what is wrong, at most so often. */
export class Findings {
  static readonly most = 100
  readonly list: FhirFinding[] = []

  get isFull(): boolean {
    return this.list.length >= Findings.most
  }

  add(code: FhirFindingCode, place: Place, message: string): void {
    this.#add('error', code, place, message)
  }

  warn(code: FhirFindingCode, place: Place, message: string): void {
    this.#add('warning', code, place, message)
  }

  #add(severity: FhirFinding['severity'], code: FhirFindingCode, place: Place, message: string): void {
    if (!this.isFull) this.list.push({ severity, code, path: pathOf(place), message })
  }
}
