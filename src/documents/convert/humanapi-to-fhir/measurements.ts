import type { CodeableConcept, Observation, ObservationComponent, Quantity } from '../../fhir/types'
import { absent, categoryOf, LOINC } from './coding'
import { present, sourceOf, type Conversion, type Converter, type Made } from './conversion'
import { quantityOf, unknownUnit } from './quantities'
import {
  bloodPressure as panel,
  bodyMassIndex,
  diastolic,
  heartRate,
  height,
  inProfileUnit,
  oxygenSaturation,
  systolic,
  weight,
  type VitalSign,
} from './vital-signs'

type Category = Parameters<typeof categoryOf>[0]

/** What all observations of one wellness record share. */
function base(conversion: Conversion, category: Category): Observation {
  const { of, subject } = conversion
  const offset = of.text('tzOffset')
  const note = of.text('notes')
  return present({
    resourceType: 'Observation' as const,
    status: 'final' as const,
    category: [categoryOf(category)],
    code: {},
    subject,
    effectiveDateTime: of.time('timestamp', offset),
    device: sourceOf(of),
    note: note === undefined ? undefined : [{ text: note }],
  })
}

function conceptOf({ coding, text }: Pick<VitalSign, 'coding' | 'text'>): CodeableConcept {
  return { coding: [...coding], text }
}

/** One value. Source of the fields: reference, "Heart Rate", "Blood Oxygen" and their like. */
function single(
  code: (quantity: Quantity) => CodeableConcept,
  category: Category = 'vital-signs',
): Converter {
  return (conversion) => {
    const { of } = conversion
    const shared = base(conversion, category)
    const [value, unit] = [of.number('value'), of.text('unit')]
    if (value === undefined) {
      of.warn('value-missing', 'value', 'is missing or no number; the record was left out')
      return []
    }
    const quantity = inProfileUnit(quantityOf(value, unit, unknownUnit(of)))
    const tag = of.text('mealTag')
    const note = [...(shared.note ?? []), ...(tag === undefined ? [] : [{ text: tag }])]
    const resource: Observation = {
      ...shared,
      ...conversion.identifier(),
      code: code(quantity),
      valueQuantity: quantity,
      ...(note.length > 0 ? { note } : {}),
    }
    return [{ resource }]
  }
}

const of =
  (sign: VitalSign): (() => CodeableConcept) =>
  () =>
    conceptOf(sign)

/** The code of a glucose value depends on what it is counted in. */
function glucose({ code }: Quantity): CodeableConcept {
  const coding =
    code === 'mmol/L'
      ? { system: LOINC, code: '15074-8', display: 'Glucose [Moles/volume] in Blood' }
      : { system: LOINC, code: '2339-0', display: 'Glucose [Mass/volume] in Blood' }
  return { ...(code === undefined ? {} : { coding: [coding] }), text: 'Blood glucose' }
}

const bodyFat = {
  coding: [{ system: LOINC, code: '41982-0', display: 'Percentage of body fat Measured' }],
  text: 'Body fat',
}

/** The panel that R4's profile asks for, with the two pressures; one that is missing is said to be. */
export function pressurePanel(
  high: Quantity | undefined,
  low: Quantity | undefined,
): Pick<Observation, 'code' | 'component'> {
  const component = (sign: VitalSign, valueQuantity: Quantity | undefined): ObservationComponent => ({
    code: conceptOf(sign),
    ...(valueQuantity ? { valueQuantity } : { dataAbsentReason: absent() }),
  })
  return {
    code: { coding: [...panel.coding], text: panel.text },
    component: [component(systolic, high), component(diastolic, low)],
  }
}

const bloodPressure: Converter = (conversion) => {
  const { of } = conversion
  const shared = base(conversion, 'vital-signs')
  const unit = of.text('unit')
  const [high, low] = ['systolic', 'diastolic'].map((name) => {
    const value = of.number(name)
    if (value === undefined) of.warn('value-missing', name, 'is missing or no number')
    return value === undefined ? undefined : quantityOf(value, unit, unknownUnit(of))
  })
  const made: Made[] = []
  if (high ?? low) {
    made.push({ resource: { ...shared, ...conversion.identifier(), ...pressurePanel(high, low) } })
  }
  const rate = of.number('heartRate')
  if (rate !== undefined) {
    const part = 'heartRate'
    made.push({
      part,
      resource: {
        ...shared,
        ...conversion.identifier(part),
        code: conceptOf(heartRate),
        valueQuantity: perMinute(rate),
      },
    })
  }
  return made
}

function perMinute(value: number): Quantity {
  return { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' }
}

/** Of a whole day. Source of the fields: reference, "Heart Rate Summaries"; sleeps and activities: as found. */
function ofDay(
  field: string,
  code: CodeableConcept,
  category: Category,
  quantity: (value: number) => Quantity,
): Converter {
  return (conversion) => {
    const { of } = conversion
    const value = of.number(field)
    if (value === undefined) {
      of.warn('value-missing', field, 'is missing or no number; the record was left out')
      return []
    }
    const offset = of.text('tzOffset')
    const [start, end] = [of.time('startTime', offset), of.time('endTime', offset)]
    const day = of.time(of.has('date') ? 'date' : 'day')
    const lasting = start ?? end
    const resource: Observation = present({
      resourceType: 'Observation' as const,
      ...conversion.identifier(),
      status: 'final' as const,
      category: [categoryOf(category)],
      code,
      subject: conversion.subject,
      effectivePeriod: lasting === undefined ? undefined : present({ start, end }),
      effectiveDateTime: lasting === undefined ? day : undefined,
      device: sourceOf(of),
      valueQuantity: quantity(value),
    })
    return [{ resource }]
  }
}

const steps = ofDay(
  'steps',
  {
    coding: [{ system: LOINC, code: '41950-7', display: 'Number of steps in 24 hour Measured' }],
    text: 'Steps of a day',
  },
  'activity',
  (value) => ({ value, unit: 'steps', system: 'http://unitsofmeasure.org', code: '{steps}' }),
)

const restingHeartRate = ofDay(
  'restingHR',
  {
    coding: [
      { system: LOINC, code: '8867-4', display: 'Heart rate' },
      { system: LOINC, code: '40443-4', display: 'Heart rate --resting' },
    ],
    text: 'Resting heart rate',
  },
  'vital-signs',
  perMinute,
)

/** In minutes, as all of a sleep. */
const sleep = ofDay(
  'timeAsleep',
  { coding: [{ system: LOINC, code: '93832-4', display: 'Sleep duration' }], text: 'Time asleep' },
  'activity',
  (value) => ({ value, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' }),
)

const values: Readonly<Record<string, Converter>> = {
  blood_glucose: single(glucose, 'laboratory'),
  blood_oxygen: single(of(oxygenSaturation)),
  blood_pressure: bloodPressure,
  bmi: single(of(bodyMassIndex)),
  body_fat: single(() => conceptOf(bodyFat)),
  heart_rate: single(of(heartRate)),
  height: single(of(height)),
  weight: single(of(weight)),
}

/** By resource: each measurement at its own path, its readings, and those of a day. */
export const measurements: Readonly<Record<string, Converter>> = {
  ...Object.fromEntries(
    Object.entries(values).flatMap(([name, converter]) =>
      [name, `${name}/readings`, `${name}/readings/daily`].map((resource) => [resource, converter]),
    ),
  ),
  'activities/summaries': steps,
  'heart_rate/summaries': restingHeartRate,
  sleeps: sleep,
  'sleeps/daily': sleep,
  'sleeps/summaries': sleep,
}
