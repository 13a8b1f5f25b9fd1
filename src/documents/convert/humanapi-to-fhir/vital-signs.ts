import type { CodeableConcept, Coding, Quantity } from '../../fhir/types'
import { conceptOf, LOINC } from './coding'
import type { Result } from './quantities'
import type { Reading } from './reading'

/** What is measured, with the code that says so. */
export interface Measure {
  text: string
  /** The code of the profile first ("Vital Signs Profile" of R4), then more exact ones. */
  coding: readonly Coding[]
  /** In UCUM, all that go with the code: for vital signs those of the profile, which allows no other. */
  units: readonly string[]
}

/** A measurement that FHIR R4 has a profile or a usual code for. */
export interface VitalSign extends Measure {
  /** Other codes and names by which it comes. */
  codes: readonly string[]
  names: readonly string[]
}

const loinc = (code: string, display: string): Coding => ({ system: LOINC, code, display })

export const systolic: VitalSign = {
  text: 'Systolic blood pressure',
  coding: [loinc('8480-6', 'Systolic blood pressure')],
  units: ['mm[Hg]'],
  codes: ['8480-6'],
  names: ['systolic blood pressure', 'bp systolic', 'systolic'],
}

export const diastolic: VitalSign = {
  text: 'Diastolic blood pressure',
  coding: [loinc('8462-4', 'Diastolic blood pressure')],
  units: ['mm[Hg]'],
  codes: ['8462-4'],
  names: ['diastolic blood pressure', 'bp diastolic', 'diastolic'],
}

/** Both pressures at once. */
export const bloodPressure: VitalSign = {
  text: 'Blood pressure',
  coding: [loinc('85354-9', 'Blood pressure panel with all children optional')],
  units: ['mm[Hg]'],
  codes: ['85354-9', '55284-4', '35094-2'],
  names: ['blood pressure', 'bp'],
}

export const heartRate: VitalSign = {
  text: 'Heart rate',
  coding: [loinc('8867-4', 'Heart rate')],
  units: ['/min'],
  codes: ['8867-4'],
  names: ['heart rate', 'pulse'],
}

export const weight: VitalSign = {
  text: 'Body weight',
  coding: [loinc('29463-7', 'Body weight')],
  units: ['kg', 'g', '[lb_av]'],
  codes: ['29463-7', '3141-9'],
  names: ['weight', 'body weight'],
}

export const height: VitalSign = {
  text: 'Body height',
  coding: [loinc('8302-2', 'Body height')],
  units: ['cm', '[in_i]'],
  codes: ['8302-2', '3137-7'],
  names: ['height', 'body height'],
}

export const bodyMassIndex: VitalSign = {
  text: 'Body mass index',
  coding: [loinc('39156-5', 'Body mass index (BMI) [Ratio]')],
  units: ['kg/m2'],
  codes: ['39156-5'],
  names: ['body mass index', 'bmi', 'bmi (calculated)'],
}

export const oxygenSaturation: VitalSign = {
  text: 'Oxygen saturation',
  coding: [
    loinc('2708-6', 'Oxygen saturation in Arterial blood'),
    loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'),
  ],
  units: ['%'],
  codes: ['59408-5', '2708-6'],
  names: ['oxygen saturation', 'spo2'],
}

const respiratoryRate: VitalSign = {
  text: 'Respiratory rate',
  coding: [loinc('9279-1', 'Respiratory rate')],
  units: ['/min'],
  codes: ['9279-1'],
  names: ['respiratory rate', 'respiration rate'],
}

const bodyTemperature: VitalSign = {
  text: 'Body temperature',
  coding: [loinc('8310-5', 'Body temperature')],
  units: ['Cel', '[degF]'],
  codes: ['8310-5', '8331-1'],
  names: ['body temperature', 'temperature'],
}

const headCircumference: VitalSign = {
  text: 'Head circumference',
  coding: [loinc('9843-4', 'Head Occipital-frontal circumference')],
  units: ['cm', '[in_i]'],
  codes: ['9843-4', '8287-5'],
  names: ['head circumference'],
}

const known = [
  ...[systolic, diastolic, bloodPressure, heartRate, weight, height, bodyMassIndex],
  ...[oxygenSaturation, respiratoryRate, bodyTemperature, headCircumference],
]

/** The vital sign of these codes, or else of this name. */
export function vitalSignOf(coding: readonly Coding[], name: string | undefined): VitalSign | undefined {
  const codes = coding.filter(({ system }) => system === LOINC).map(({ code }) => code ?? '')
  return (
    known.find((sign) => sign.codes.some((code) => codes.includes(code))) ??
    (codes.length > 0 ? undefined : known.find(({ names }) => names.includes(name?.toLowerCase() ?? '')))
  )
}

function signOf({ system, code = '' }: Coding): VitalSign | undefined {
  return system === LOINC ? known.find(({ codes }) => codes.includes(code)) : undefined
}

/** The codes but those of a vital sign that does not go with the value. */
export function codingsBeside(coding: readonly Coding[], isFitting: (sign: VitalSign) => boolean): Coding[] {
  return coding.filter((one) => {
    const sign = signOf(one)
    return !sign || isFitting(sign)
  })
}

/**
 * A result with its code, which is that of the vital sign only where the value is one that R4's profile allows. Where it is
 * not, that is reported. Undefined where nothing tells what it is of.
 */
export function codedResult(
  of: Reading,
  {
    sign,
    coding,
    name,
  }: { sign: VitalSign | undefined; coding: readonly Coding[]; name: string | undefined },
  content: Result,
): ({ code: CodeableConcept } & Result & { sign?: VitalSign }) | undefined {
  const quantity = 'valueQuantity' in content ? content.valueQuantity : undefined
  const inUnit = (each: VitalSign) =>
    quantity && each !== bloodPressure ? inUnitOf(each, quantity) : undefined
  const own = codingsBeside(coding, (each) => inUnit(each) !== undefined)
  const fitting = [sign, ...own.map(signOf)].find((each) => each && inUnit(each))
  const valueQuantity = fitting && inUnit(fitting)
  if (own.length < coding.length || (sign && !fitting)) {
    if (quantity && sign !== bloodPressure) wrongUnit(of)
    else {
      of.warn(
        'value-missing',
        'value',
        'is none that this vital sign can have; it was told as it is, without the code of the vital sign',
      )
    }
  }
  const code = conceptOf([...(fitting?.coding ?? []), ...own], name ?? sign?.text)
  return code && (valueQuantity ? { sign: fitting, code, valueQuantity } : { code, ...content })
}

/** A quantity in a unit of the measure, a length of the body in cm for mm and m; undefined where it is in none. */
export function inUnitOf({ units }: Measure, quantity: Quantity): Quantity | undefined {
  const fitting = inCentimetres(quantity)
  return units.includes(fitting.code ?? '') ? fitting : undefined
}

/** A measure that is not known by its unit has no code: the code would say what is not so. */
export function wrongUnit(of: Reading): void {
  of.warn(
    'unit-mismatch',
    'unit',
    'is missing, or no unit of this measurement; it was told without the code of the measurement',
  )
}

function inCentimetres(quantity: Quantity): Quantity {
  const factor = quantity.code === 'mm' ? 0.1 : quantity.code === 'm' ? 100 : undefined
  if (factor === undefined || quantity.value === undefined) return quantity
  const value = Number((quantity.value * factor).toFixed(6))
  // A number that is too large already is no length either.
  return Number.isFinite(value) ? { ...quantity, value, unit: 'cm', code: 'cm' } : quantity
}
