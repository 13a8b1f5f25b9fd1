import type { Parameter } from '../../form'
import { alternatives, badValue, isDecimal, isNumber, plain, withPrefix } from '../fhir/matching'
import { type FhirRefusal, refuse } from '../fhir/outcome'
import { pageOf } from '../fhir/search'

/** What an API was asked for: names that it knows, each once, none of them empty. */
export class Fields {
  readonly #values: ReadonlyMap<string, string>

  /** @throws FhirRefusal for a name that is not among `known`, comes twice, or has no value */
  constructor(parameters: readonly Parameter[], known: readonly string[]) {
    const values = new Map<string, string>()
    for (const { name, value } of parameters) {
      if (!known.includes(name)) {
        throw refuse(
          400,
          'not-supported',
          `The parameter ${name} is not known. There are: ${known.join(', ')}.`,
          { message: 'MSG_PARAM_UNKNOWN', expression: name },
        )
      }
      if (values.has(name)) {
        throw refuse(400, 'invalid', `The parameter ${name} was sent more than once.`, {
          message: 'MSG_PARAM_NO_REPEAT',
          expression: name,
        })
      }
      if (value.length === 0) throw badValue(name, 'it is empty')
      values.set(name, value.toString())
    }
    this.#values = values
  }

  get(name: string): string | undefined {
    return this.#values.get(name)
  }

  /** The values between commas; `undefined` when there are none. */
  list(name: string): string[] | undefined {
    const text = this.get(name)
    return text === undefined ? undefined : alternatives(text)
  }

  /** True when it was not asked for, or one of the alternatives is this, whatever the case. */
  allows(name: string, held: string): boolean {
    return this.list(name)?.some((wanted) => plain(wanted) === plain(held)) ?? true
  }

  /** True when it was not asked for, or this begins with it. */
  begins(name: string, held: string): boolean {
    const wanted = this.get(name)
    return wanted === undefined || plain(held).startsWith(plain(wanted))
  }

  oneOf<const L extends readonly string[]>(name: string, allowed: L): L[number] | undefined {
    const value = this.get(name)
    if (value === undefined || allowed.includes(value)) return value
    throw badValue(name, `it has to be one of ${allowed.join(', ')}`)
  }

  /** A day of the calendar as YYYY-MM-DD. */
  day(name: string): string | undefined {
    const value = this.get(name)
    if (value !== undefined && !isDay(value)) throw badDay(name, 'YYYY-MM-DD')
    return value
  }

  /** Two days, both included, as YYYY-MM-DD_YYYY-MM-DD. */
  period(name: string): readonly [from: string, to: string] | undefined {
    const value = this.get(name)
    if (value === undefined) return undefined
    const [from = '', to = '', ...more] = value.split('_')
    if (more.length > 0 || !isDay(from) || !isDay(to) || to < from) {
      throw badDay(name, 'YYYY-MM-DD_YYYY-MM-DD, the earlier day first')
    }
    return [from, to]
  }

  /** Whether an amount fits, such as ge1500.00. */
  amount(name: string): (held: number) => boolean {
    const value = this.get(name)
    if (value === undefined) return () => true
    const { prefix, rest } = withPrefix(value)
    if (!isDecimal(rest) || !['eq', 'ne', 'gt', 'lt', 'ge', 'le'].includes(prefix)) {
      throw badValue(name, 'it has to be an amount, with eq, ne, gt, lt, ge or le before it where wanted')
    }
    return (held) => isNumber(held, value)
  }

  page(): { page: number; count: number } {
    return pageOf((name) => [this.get(name) ?? []].flat(), 'healthcode')
  }
}

/** Fields that every list has. */
export const LIST_FIELDS = ['page', 'count', '_sort', '_since'] as const

export function required(name: string): FhirRefusal {
  return refuse(400, 'required', `The parameter ${name} is missing.`, { expression: name })
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : new Date(NaN)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}

function badDay(name: string, form: string): FhirRefusal {
  return refuse(400, 'value', `The parameter ${name} has to be ${form}.`, {
    message: 'MSG_DATE_FORMAT',
    expression: name,
  })
}
