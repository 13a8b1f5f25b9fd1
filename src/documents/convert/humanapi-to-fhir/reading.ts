import type { Findings } from './findings'
import { fhirTime } from './times'

type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What each record has, whatever it is of, and what FHIR has no use for. */
const COMMON = new Set(['id', 'humanId', 'userId', 'createdAt', 'updatedAt', 'patient'])

/**
 * The fields of one record, read once each: what was not read by the end has no place in the resource, and is reported.
 * `n/a` and what is empty count as not there.
 */
export class Reading {
  readonly #fields: Fields
  readonly #findings: Findings
  readonly #path: string
  readonly #read = new Set<string>()

  constructor(fields: Fields, findings: Findings, path = '') {
    this.#fields = fields
    this.#findings = findings
    this.#path = path
  }

  text(name: string): string | undefined {
    const value = this.#take(name)
    return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined
  }

  number(name: string): number | undefined {
    const value = this.#take(name)
    const number = typeof value === 'string' ? Number(value) : value
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined
  }

  /** The texts of a list; of an entry that is an object, its name. */
  texts(name: string): string[] {
    return this.list(name).flatMap((entry) => {
      const text = typeof entry === 'string' ? entry : isFields(entry) ? entry.name : undefined
      return typeof text === 'string' && isThere(text) ? [text.trim()] : []
    })
  }

  list(name: string): unknown[] {
    const value = this.#take(name)
    const entries: unknown[] = Array.isArray(value) ? value : [value]
    return entries.filter(isThere)
  }

  /** The objects of a list, each to be read in turn. */
  parts(name: string): Reading[] {
    return this.list(name)
      .filter(isFields)
      .map((fields) => new Reading(fields, this.#findings, `${this.#path}${name}.`))
  }

  part(name: string): Reading | undefined {
    return this.parts(name)[0]
  }

  /** A time as FHIR has it. One that cannot be read is reported. */
  time(name: string, offset?: string): string | undefined {
    const value = this.#take(name)
    if (value === undefined) return undefined
    const time = fhirTime(value, offset)
    if (!time)
      this.warn('date-unreadable', name, 'is no date that can be read without a doubt; it was left out')
    else if (time.cut) {
      this.warn('time-without-zone', name, 'has a time without a zone; only the day was taken')
    }
    return time?.text
  }

  /** True if there is something by this name; it stays to be read. */
  has(name: string): boolean {
    return isThere(this.#fields[name])
  }

  /** These were not needed, and say nothing that is missed. */
  skip(...names: string[]): void {
    for (const name of names) this.#read.add(name)
  }

  warn(
    code:
      | 'date-unreadable'
      | 'time-without-zone'
      | 'status-assumed'
      | 'unit-unknown'
      | 'code-system-unknown'
      | 'value-missing',
    name: string,
    message: string,
  ): void {
    this.#findings.add('warning', code, this.#path + name, message)
  }

  /** Reports what was not read. */
  end(): void {
    for (const [name, value] of Object.entries(this.#fields)) {
      if (this.#read.has(name) || COMMON.has(name) || !isThere(value)) continue
      const shown = /^\w{1,40}$/.test(name) ? name : '(other)'
      this.#findings.add('information', 'left-out', this.#path + shown, 'has no place in the FHIR resource')
    }
  }

  #take(name: string): unknown {
    this.#read.add(name)
    const value = this.#fields[name]
    return isThere(value) ? value : undefined
  }
}

function isThere(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false
  if (typeof value === 'string') return !/^(?:\s*|n\/a)$/i.test(value)
  if (Array.isArray(value)) return value.length > 0
  return typeof value !== 'object' || Object.keys(value).length > 0
}
