import type { CodeableConcept, Observation, ObservationComponent, Quantity } from '../../fhir/types'
import { absent, categoryOf, LOINC } from './coding'
import { present, sourceOf, type Conversion, type Converter, type Made } from './conversion'
import { quantityOf, unknownUnit } from './quantities'
import { measuredStatusOf } from './statuses'
import {
  bloodPressure as panel,
  bodyMassIndex,
  diastolic,
  heartRate,
  height,
  inUnitOf,
  oxygenSaturation,
  systolic,
  weight,
  wrongUnit,
  type Measure,
} from './vital-signs'

type Category = Parameters<typeof categoryOf>[0]

/** What all observations of one wellness record share. */
function base(conversion: Conversion, category: Category): Observation {
  const { of, subject } = conversion
  const offset = of.text('tzOffset')
  const note = of.text('notes')
  return present({
    resourceType: 'Observation' as const,
    status: measuredStatusOf(of),
    category: [categoryOf(category)],
    code: {},
    subject,
    effectiveDateTime: of.neededTime('timestamp', offset),
    device: sourceOf(of),
    note: note === undefined ? undefined : [{ text: note }],
  })
}

/** A copy: who gets the concept may change it. */
function conceptOf({ coding, text }: Pick<Measure, 'coding' | 'text'>): CodeableConcept {
  return { coding: coding.map((one) => ({ ...one })), text }
}

/**
 * One value. Source of the fields: reference, "Heart Rate", "Blood Oxygen" and their like.
 * @param measures what it may be, told apart by the unit
 */
function single(measures: readonly [Measure, ...Measure[]], category: Category = 'vital-signs'): Converter {
  return (conversion) => {
    const { of } = conversion
    const shared = base(conversion, category)
    const [value, unit] = [of.number('value'), of.text('unit')]
    if (value === undefined) {
      of.warn('value-missing', 'value', 'is missing or no number; the record was left out')
      return []
    }
    const quantity = quantityOf(value, unit, unknownUnit(of))
    const measure = measures.find((each) => inUnitOf(each, quantity))
    if (!measure) wrongUnit(of)
    const tag = of.text('mealTag')
    const note = [...(shared.note ?? []), ...(tag === undefined ? [] : [{ text: tag }])]
    const resource: Observation = {
      ...shared,
      ...conversion.identifier(),
      code: measure ? conceptOf(measure) : { text: measures[0].text },
      valueQuantity: (measure && inUnitOf(measure, quantity)) ?? quantity,
      ...(note.length > 0 ? { note } : {}),
    }
    return [{ resource }]
  }
}

/** The code of a glucose value depends on what it is counted in. */
const glucose: [Measure, Measure] = [
  {
    text: 'Blood glucose',
    coding: [{ system: LOINC, code: '2339-0', display: 'Glucose [Mass/volume] in Blood' }],
    units: ['mg/dL', 'g/dL'],
  },
  {
    text: 'Blood glucose',
    coding: [{ system: LOINC, code: '15074-8', display: 'Glucose [Moles/volume] in Blood' }],
    units: ['mmol/L', 'umol/L'],
  },
]

const bodyFat: Measure = {
  text: 'Body fat',
  coding: [{ system: LOINC, code: '41982-0', display: 'Percentage of body fat Measured' }],
  units: ['%'],
}

/**
 * The panel that R4's profile asks for, with the two pressures; one that is missing is said to be. In another unit than
 * the profile's it has no codes.
 */
export function pressurePanel(
  high: Quantity | undefined,
  low: Quantity | undefined,
): Pick<Observation, 'code' | 'component'> {
  const isOne = [high, low].every((quantity) => !quantity || inUnitOf(panel, quantity))
  const codeOf = (measure: Measure) => (isOne ? conceptOf(measure) : { text: measure.text })
  const component = (sign: Measure, valueQuantity: Quantity | undefined): ObservationComponent => ({
    code: codeOf(sign),
    ...(valueQuantity ? { valueQuantity } : { dataAbsentReason: absent() }),
  })
  return {
    code: codeOf(panel),
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
    if ([high, low].some((quantity) => quantity && !inUnitOf(panel, quantity))) wrongUnit(of)
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
  measure: Pick<Measure, 'coding' | 'text'>,
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
    const effectivePeriod = of.period('startTime', 'endTime', offset)
    const dayName = of.has('day') && !of.has('date') ? 'day' : 'date'
    const day = effectivePeriod ? of.time(dayName) : of.neededTime(dayName)
    const resource: Observation = present({
      resourceType: 'Observation' as const,
      ...conversion.identifier(),
      status: measuredStatusOf(of),
      category: [categoryOf(category)],
      code: conceptOf(measure),
      subject: conversion.subject,
      effectivePeriod,
      effectiveDateTime: effectivePeriod ? undefined : day,
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
  blood_oxygen: single([oxygenSaturation]),
  blood_pressure: bloodPressure,
  bmi: single([bodyMassIndex]),
  body_fat: single([bodyFat]),
  heart_rate: single([heartRate]),
  height: single([height]),
  weight: single([weight]),
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
