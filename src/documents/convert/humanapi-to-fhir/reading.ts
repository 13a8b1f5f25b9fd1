import type { Period } from '../../fhir/types'
import type { Findings, HumanApiFindingCode } from './findings'
import { fhirTime, isAfter } from './times'

type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Without the control characters that R4 allows in no string; undefined where nothing is left. */
export function plainText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.replace(/[^\P{Cc}\t\r\n]+/gu, ' ').trim()
  return text === '' ? undefined : text
}

/** A decimal number as people write it: no `0x1F`, no `1e3`, no `1,5`. */
export function decimalOf(text: string): number | undefined {
  return /^\s*[+-]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})\s*$/.test(text) ? Number(text) : undefined
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

  /** What is no text, nor a number, stays unread. */
  text(name: string): string | undefined {
    const value = this.#fields[name]
    if (!['string', 'number'].includes(typeof value) || !this.has(name)) return undefined
    return plainText(String(this.#take(name)))
  }

  number(name: string): number | undefined {
    const value = this.#take(name)
    const number = typeof value === 'string' ? decimalOf(value) : value
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined
  }

  /** The texts of a list; of an entry that is an object, its name. */
  texts(name: string): string[] {
    return this.list(name).flatMap((entry) => {
      const text = typeof entry === 'string' ? entry : isFields(entry) ? entry.name : undefined
      const plain = isThere(text) ? plainText(text) : undefined
      return plain === undefined ? [] : [plain]
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

  /** A time that the resource needs: reported as well where there is none. */
  neededTime(name: string, offset?: string): string | undefined {
    if (!this.has(name)) this.warn('value-missing', name, 'is missing: when it was is not told')
    return this.time(name, offset)
  }

  /** From one time to another. Which of them is wrong where it ends before it begins, nobody knows: it is none then. */
  period(startName: string, endName: string, offset?: string): Period | undefined {
    const [start, end] = [this.time(startName, offset), this.time(endName, offset)]
    if (start !== undefined && end !== undefined && isAfter(start, end)) {
      this.warn('period-reversed', endName, `is before ${startName}; both were left out`)
      return undefined
    }
    if (start === undefined && end === undefined) return undefined
    return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
  }

  /** Whether a time is later than this record, which could not know how it went. */
  isAhead(time: string): boolean {
    return this.#isAfter(time) === true
  }

  /** Whether a time was over when the record was written; not so where that is not told. */
  isOver(time: string): boolean {
    return this.#isAfter(time) === false
  }

  #isAfter(time: string): boolean | undefined {
    const written = fhirTime(this.#fields.updatedAt) ?? fhirTime(this.#fields.createdAt)
    return written && isAfter(time, written.text)
  }

  /** True if there is something by this name; it stays to be read. */
  has(name: string): boolean {
    return isThere(this.#fields[name])
  }

  /** These were not needed, and say nothing that is missed. */
  skip(...names: string[]): void {
    for (const name of names) this.#read.add(name)
  }

  warn(code: HumanApiFindingCode, name: string, message: string): void {
    this.#findings.add('warning', code, this.#path + name, message)
  }

  /** Of what is so with all records of a kind. */
  note(code: HumanApiFindingCode, name: string, message: string): void {
    this.#findings.add('information', code, this.#path + name, message)
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
