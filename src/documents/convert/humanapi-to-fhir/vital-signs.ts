import type { Coding, Quantity } from '../../fhir/types'
import { LOINC } from './coding'

/** A measurement that FHIR R4 has a profile or a usual code for. */
export interface VitalSign {
  text: string
  /** The code of the profile first ("Vital Signs Profile" of R4), then more exact ones. */
  coding: readonly Coding[]
  /** Other codes and names by which it comes. */
  codes: readonly string[]
  names: readonly string[]
}

const loinc = (code: string, display: string): Coding => ({ system: LOINC, code, display })

export const systolic: VitalSign = {
  text: 'Systolic blood pressure',
  coding: [loinc('8480-6', 'Systolic blood pressure')],
  codes: ['8480-6'],
  names: ['systolic blood pressure', 'bp systolic', 'systolic'],
}

export const diastolic: VitalSign = {
  text: 'Diastolic blood pressure',
  coding: [loinc('8462-4', 'Diastolic blood pressure')],
  codes: ['8462-4'],
  names: ['diastolic blood pressure', 'bp diastolic', 'diastolic'],
}

export const bloodPressure = {
  coding: [loinc('85354-9', 'Blood pressure panel with all children optional')],
  text: 'Blood pressure',
}

export const heartRate: VitalSign = {
  text: 'Heart rate',
  coding: [loinc('8867-4', 'Heart rate')],
  codes: ['8867-4'],
  names: ['heart rate', 'pulse'],
}

export const weight: VitalSign = {
  text: 'Body weight',
  coding: [loinc('29463-7', 'Body weight')],
  codes: ['29463-7', '3141-9'],
  names: ['weight', 'body weight'],
}

export const height: VitalSign = {
  text: 'Body height',
  coding: [loinc('8302-2', 'Body height')],
  codes: ['8302-2', '3137-7'],
  names: ['height', 'body height'],
}

export const bodyMassIndex: VitalSign = {
  text: 'Body mass index',
  coding: [loinc('39156-5', 'Body mass index (BMI) [Ratio]')],
  codes: ['39156-5'],
  names: ['body mass index', 'bmi', 'bmi (calculated)'],
}

export const oxygenSaturation: VitalSign = {
  text: 'Oxygen saturation',
  coding: [
    loinc('2708-6', 'Oxygen saturation in Arterial blood'),
    loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'),
  ],
  codes: ['59408-5', '2708-6'],
  names: ['oxygen saturation', 'spo2'],
}

const respiratoryRate: VitalSign = {
  text: 'Respiratory rate',
  coding: [loinc('9279-1', 'Respiratory rate')],
  codes: ['9279-1'],
  names: ['respiratory rate', 'respiration rate'],
}

const bodyTemperature: VitalSign = {
  text: 'Body temperature',
  coding: [loinc('8310-5', 'Body temperature')],
  codes: ['8310-5', '8331-1'],
  names: ['body temperature', 'temperature'],
}

const headCircumference: VitalSign = {
  text: 'Head circumference',
  coding: [loinc('9843-4', 'Head Occipital-frontal circumference')],
  codes: ['9843-4', '8287-5'],
  names: ['head circumference'],
}

const known = [
  ...[systolic, diastolic, heartRate, weight, height, bodyMassIndex],
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

/** Lengths of a body are in cm or inches there: the profiles allow no other unit. */
export function inProfileUnit(quantity: Quantity): Quantity {
  const factor = quantity.code === 'mm' ? 0.1 : quantity.code === 'm' ? 100 : undefined
  if (factor === undefined || quantity.value === undefined) return quantity
  return { ...quantity, value: Number((quantity.value * factor).toFixed(6)), unit: 'cm', code: 'cm' }
}
