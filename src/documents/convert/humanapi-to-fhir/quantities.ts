import type { Quantity } from '../../fhir/types'
import { decimalOf, type Reading } from './reading'

/** Units as Human API and the places of care write them (spaces left out, in small letters), in UCUM. */
const ucum: Readonly<Record<string, string>> = {
  'mm[hg]': 'mm[Hg]',
  mmhg: 'mm[Hg]',
  '/min': '/min',
  bpm: '/min',
  'beats/min': '/min',
  'breaths/min': '/min',
  '%': '%',
  percent: '%',
  'spo2(%)': '%',
  kg: 'kg',
  g: 'g',
  lb: '[lb_av]',
  lbs: '[lb_av]',
  '[lb_av]': '[lb_av]',
  cm: 'cm',
  mm: 'mm',
  m: 'm',
  in: '[in_i]',
  inches: '[in_i]',
  '[in_i]': '[in_i]',
  'kg/m2': 'kg/m2',
  'kg/m^2': 'kg/m2',
  cel: 'Cel',
  '°c': 'Cel',
  degc: 'Cel',
  '°f': '[degF]',
  degf: '[degF]',
  '[degf]': '[degF]',
  'mg/dl': 'mg/dL',
  'g/dl': 'g/dL',
  'ug/dl': 'ug/dL',
  'mcg/dl': 'ug/dL',
  'ng/ml': 'ng/mL',
  'pg/ml': 'pg/mL',
  'ng/dl': 'ng/dL',
  'mmol/l': 'mmol/L',
  'umol/l': 'umol/L',
  'meq/l': 'meq/L',
  'u/l': 'U/L',
  'iu/l': '[IU]/L',
  'ml/min': 'mL/min',
  'k/ul': '10*3/uL',
  '10*3/ul': '10*3/uL',
  'm/ul': '10*6/uL',
  '10*6/ul': '10*6/uL',
  fl: 'fL',
  pg: 'pg',
  s: 's',
  min: 'min',
  h: 'h',
}

/** Undefined for a unit that is not known. */
export function ucumOf(unit: string): string | undefined {
  const key = unit.toLowerCase().replace(/\s+/g, '')
  return Object.hasOwn(ucum, key) ? ucum[key] : undefined
}

/** A number with its unit, in UCUM where that is known: `unknown` is told of one that is not. */
export function quantityOf(value: number, unit: string | undefined, unknown: () => void): Quantity {
  if (unit === undefined) return { value }
  const code = ucumOf(unit)
  if (code !== undefined) return { value, unit, system: 'http://unitsofmeasure.org', code }
  unknown()
  return { value, unit }
}

export type Result = { valueQuantity: Quantity } | { valueString: string }

/** What a result says: a number, perhaps with a sign before it, or a text. */
export function resultOf(text: string, unit: string | undefined, unknown: () => void): Result {
  const [, sign, digits = ''] = /^(<=|>=|<|>)?(.*)$/s.exec(text) ?? []
  const value = decimalOf(digits)
  if (value === undefined) return { valueString: unit === undefined ? text : `${text} ${unit}` }
  const quantity = quantityOf(value, unit, unknown)
  const comparator = sign as Quantity['comparator']
  return { valueQuantity: { ...quantity, ...(comparator ? { comparator } : {}) } }
}

/** The field `unit` of a record that is not known is reported by this. */
export function unknownUnit(of: Reading): () => void {
  return () => {
    of.warn('unit-unknown', 'unit', 'is no unit that is known; it was kept as text, without a UCUM code')
  }
}
