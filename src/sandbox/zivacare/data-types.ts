import { type Random, rounded } from '../random'
import type { Portrait } from './portraits'
import type { SourceId } from './sources'
import type { Quantity } from './units'

/** What was recorded at one time. Times are milliseconds since 1970. */
export interface Entry {
  /** When it was, or began. */
  at: number
  /** When it ended, where it lasted. */
  end?: number
  fields: Record<string, unknown>
  /** When it reached ZivaCare. Default: some minutes later. */
  created?: number
  updated?: number
}

export interface Day {
  /** Its midnight, UTC. */
  start: number
  /** Since 1970. */
  number: number
  /** 0 at the time when people get up, 1 when they go to bed; in between on the present day. */
  passed: number
  portrait: Portrait
  random: Random
}

export interface DataType {
  /** What an answer calls a list of them, and a single one. */
  many: string
  one: string
  source: SourceId
  /** The field that tells when it was. */
  time: 'record_time' | 'start_time' | 'start_date'
  /** What the header X-Unit-System converts. */
  measured?: { quantity: Quantity; fields: readonly string[] }
  /** The type that chance treats alike, so that both tell of the same night or the same step on the scale. */
  alike?: string
  /** Time on the server is given to the microsecond. */
  precise?: boolean
  /** Of each day; or of a day long ago, for what is there once. */
  when: 'daily' | 'once'
  /** It is not asked for by day or by period. */
  goal?: true
  entries: (day: Day) => Entry[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * Types of the Data API with the fields that docs.zivacare.com ("All endpoints", "Goals") shows. No page was found of
 * locations, falls, genetics, sleep_summary and respiration_rates: the first is made up here, of falls, genetics and
 * sleep_summary the fields are those that ZivaCare's Android library sends, respiration_rates is as its like.
 */
export const dataTypes: Readonly<Record<string, DataType>> = {
  activities: {
    many: 'activities',
    one: 'activity',
    source: 'stride-band',
    time: 'start_time',
    measured: { quantity: 'distance', fields: ['distance'] },
    when: 'daily',
    entries: ({ start, portrait, random }) => {
      if (!random.chance(0.6)) return []
      const at = start + random.near(17 * 60, 90) * MINUTE
      const minutes = random.near(42, 18)
      const { type, kmh } = random.oneOf([
        { type: 'walking', kmh: 5.2 },
        { type: 'running', kmh: 9.4 },
        { type: 'cycling', kmh: 18.5 },
      ])
      const distance = rounded((minutes / 60) * random.near(kmh, 0.8, 1), 2)
      return [
        {
          at,
          end: at + minutes * MINUTE,
          fields: {
            timezone: '+00:00',
            type,
            duration: minutes * 60,
            distance,
            unit: 'km',
            steps: type === 'cycling' ? 0 : Math.round(distance * 1320),
            calories: rounded(distance * portrait.weight * (type === 'cycling' ? 0.35 : 0.8), 2),
          },
        },
      ]
    },
  },
  blood_glucoses: {
    many: 'bloodGlucoses',
    one: 'bloodGlucose',
    source: 'vital-kit',
    time: 'record_time',
    measured: { quantity: 'glucose', fields: ['value'] },
    when: 'daily',
    entries: ({ start, portrait: { glucose }, random }) => [
      measurement(start + 7 * HOUR, random, random.near(glucose, 14), 'mg/dL'),
      measurement(start + 20 * HOUR, random, random.near(glucose * 1.25, 22), 'mg/dL'),
    ],
  },
  blood_oxygens: {
    many: 'bloodOxygens',
    one: 'bloodOxygen',
    source: 'vital-kit',
    time: 'record_time',
    when: 'daily',
    entries: ({ start, number, random }) =>
      number % 2 === 0 ? [measurement(start + 8 * HOUR, random, random.near(97, 2), 'SpO2')] : [],
  },
  blood_pressures: {
    many: 'bloodPressures',
    one: 'bloodPressure',
    source: 'vital-kit',
    time: 'record_time',
    when: 'daily',
    entries: ({ start, portrait, random }) => [
      {
        at: start + random.near(7.5 * 60, 25) * MINUTE,
        fields: {
          systolic: random.near(portrait.systolic, 12),
          diastolic: random.near(portrait.diastolic, 8),
          heart_rate: random.near(portrait.heartRate + 4, 8),
          unit: 'mmHg',
        },
      },
    ],
  },
  bmis: {
    many: 'bmis',
    one: 'bmi',
    source: 'home-scale',
    time: 'record_time',
    alike: 'weights',
    when: 'daily',
    entries: (day) =>
      weighed(day, (weight) => ({
        value: rounded(weight / (day.portrait.height / 100) ** 2, 2),
        unit: 'kg/m2',
      })),
  },
  body_fats: {
    many: 'bodyFats',
    one: 'bodyFat',
    source: 'home-scale',
    time: 'record_time',
    alike: 'weights',
    when: 'daily',
    // As on ZivaCare's own page, now and then a record says that something was measured, but not what
    entries: (day) =>
      weighed(day, (weight) =>
        day.number % 12 === 0
          ? {}
          : { value: rounded(15 + weight / 10 + day.random.near(0, 1, 1), 1), unit: '%' },
      ),
  },
  falls: {
    many: 'falls',
    one: 'fall',
    source: 'stride-band',
    time: 'record_time',
    when: 'daily',
    entries: ({ start, number, random }) =>
      number % 23 === 0 ? [{ at: start + random.near(15 * 60, 60) * MINUTE, fields: { value: 1 } }] : [],
  },
  genetics: {
    many: 'genetics',
    one: 'genetic',
    source: 'trait-report',
    time: 'record_time',
    when: 'once',
    entries: ({ start }) =>
      [
        {
          trait: 'Likely tolerant',
          description: 'Lactose',
          possible_traits: 'Likely tolerant, Likely intolerant',
        },
        { trait: 'Fast', description: 'Caffeine metabolism', possible_traits: 'Fast, Slow' },
        { trait: 'Can taste', description: 'Bitter taste', possible_traits: 'Can taste, Cannot taste' },
      ].map((fields, at) => ({ at: start + (12 + at) * HOUR, fields })),
  },
  heart_rates: {
    many: 'heartRates',
    one: 'heartRate',
    source: 'stride-band',
    time: 'record_time',
    when: 'daily',
    entries: ({ start, portrait: { heartRate }, random }) =>
      [7, 11, 15, 21].map((hour) =>
        measurement(start + hour * HOUR, random, random.near(heartRate + (hour === 15 ? 22 : 5), 12), 'bpm'),
      ),
  },
  heights: {
    many: 'heights',
    one: 'height',
    source: 'home-scale',
    time: 'record_time',
    measured: { quantity: 'length', fields: ['value'] },
    when: 'once',
    entries: ({ start, portrait, random }) => [measurement(start + 9 * HOUR, random, portrait.height, 'cm')],
  },
  locations: {
    many: 'locations',
    one: 'location',
    source: 'stride-band',
    time: 'start_time',
    when: 'daily',
    entries: ({ start, random }) => {
      const at = start + random.near(12 * 60, 45) * MINUTE
      const name = random.oneOf(['Example Park', 'Example Library', 'Example Café'])
      const [latitude, longitude] = [random.near(0, 0.01, 5), random.near(0, 0.01, 5)]
      return [{ at, end: at + random.near(40, 20) * MINUTE, fields: { name, latitude, longitude } }]
    },
  },
  meals: {
    many: 'meals',
    one: 'meal',
    source: 'meal-diary',
    time: 'record_time',
    precise: true,
    when: 'daily',
    entries: ({ start, random }) => [
      meal(
        start + 7.5 * HOUR,
        random,
        'breakfast',
        random.oneOf(['Porridge with berries', 'Bread and cheese']),
      ),
      meal(start + 12.5 * HOUR, random, 'lunch', random.oneOf(['Lentil soup', 'Pasta with vegetables'])),
      meal(start + 19 * HOUR, random, 'dinner', random.oneOf(['Fish and potatoes', 'Rice with tofu'])),
    ],
  },
  respiration_rates: {
    many: 'respirationRates',
    one: 'respirationRate',
    source: 'vital-kit',
    time: 'record_time',
    when: 'daily',
    entries: ({ start, number, random }) =>
      number % 2 === 0
        ? [measurement(start + 8.25 * HOUR, random, random.near(15, 3), 'breaths per minute')]
        : [],
  },
  sleep_goals: {
    many: 'sleepGoals',
    one: 'sleepGoal',
    source: 'stride-band',
    time: 'start_time',
    when: 'once',
    goal: true,
    entries: ({ start }) => [{ at: start + 10 * HOUR, fields: { min_duration: 450 } }],
  },
  sleep_summary: {
    many: 'sleepSummary',
    one: 'sleepSummary',
    source: 'stride-band',
    time: 'record_time',
    alike: 'sleeps',
    when: 'daily',
    entries: (day) => {
      const { end, fields } = night(day)
      const { time_asleep, time_awake } = fields
      return [{ at: end, fields: { time_asleep, time_awake } }]
    },
  },
  sleeps: {
    many: 'sleeps',
    one: 'sleep',
    source: 'stride-band',
    time: 'start_time',
    when: 'daily',
    entries: (day) => [night(day)],
  },
  steps: {
    many: 'steps',
    one: 'step',
    source: 'stride-band',
    time: 'record_time',
    when: 'daily',
    // There from the morning on, and more with every hour until the day is over
    entries: ({ start, number, passed, portrait, random }) => {
      const weekend = [3, 4].includes(number % 7)
      const whole = random.near(portrait.steps * (weekend ? 1.15 : 1), portrait.steps * 0.4)
      const at = start + 8 * HOUR
      return [
        {
          at,
          fields: { value: Math.round(whole * passed) },
          created: at + 16_000,
          updated: start + Math.floor(6 + passed * 16) * HOUR,
        },
      ]
    },
  },
  water_goals: {
    many: 'waterGoals',
    one: 'waterGoal',
    source: 'meal-diary',
    time: 'start_date',
    measured: { quantity: 'volume', fields: ['goal'] },
    when: 'once',
    goal: true,
    entries: ({ start }) => [{ at: start + 10 * HOUR, fields: { goal: 2000, unit: 'ml' } }],
  },
  waters: {
    many: 'waters',
    one: 'water',
    source: 'meal-diary',
    time: 'record_time',
    measured: { quantity: 'volume', fields: ['amount'] },
    precise: true,
    when: 'daily',
    // The amount is text on ZivaCare's own page
    entries: ({ start, random }) =>
      [9, 14, 19].map((hour) => ({
        at: start + hour * HOUR,
        fields: { amount: (random.near(12, 5) * 50).toFixed(2), unit: 'ml' },
      })),
  },
  weight_goals: {
    many: 'weightGoals',
    one: 'weightGoal',
    source: 'home-scale',
    time: 'start_date',
    measured: { quantity: 'weight', fields: ['start_weight', 'weight'] },
    when: 'once',
    goal: true,
    entries: ({ start, portrait: { weight } }) => [
      {
        at: start + 10 * HOUR,
        fields: { start_weight: rounded(weight + 1.5, 1), weight: rounded(weight - 2, 1), unit: 'kg' },
      },
    ],
  },
  weights: {
    many: 'weights',
    one: 'weight',
    source: 'home-scale',
    time: 'record_time',
    measured: { quantity: 'weight', fields: ['value'] },
    when: 'daily',
    entries: (day) => weighed(day, (weight) => ({ value: weight, unit: 'kg' })),
  },
}

function measurement(at: number, random: Random, value: number, unit: string): Entry {
  return { at: at + random.near(0, 20) * MINUTE, fields: { value, unit } }
}

/** What follows from a weight, every third day. */
function weighed(day: Day, fieldsOf: (weight: number) => Entry['fields']): Entry[] {
  const { start, number, portrait, random } = day
  if (number % 3 !== 0) return []
  const swing = Math.sin((number / 182) * 2 * Math.PI) * portrait.weightSwing
  const weight = random.near(portrait.weight + swing, 0.5, 1)
  const at = start + random.near(7 * 60, 15) * MINUTE
  const updated = random.chance(0.5) ? at + 9 * HOUR : undefined
  return [{ at, fields: fieldsOf(weight), ...(updated === undefined ? {} : { updated }) }]
}

function night({ start, portrait, random }: Day): Entry & { end: number } {
  const asleep = random.near(portrait.sleep, 70)
  const [toFallAsleep, afterWakeup, awake] = [random.near(12, 8), random.near(9, 6), random.near(26, 18)]
  const inBed = asleep + awake
  const end = start + random.near(6.75 * 60, 40) * MINUTE
  return {
    at: end - inBed * MINUTE,
    end,
    fields: {
      day: new Date(start).toISOString().slice(0, 10),
      main_sleep: true,
      time_asleep: asleep,
      time_awake: awake,
      efficiency: rounded((asleep / inBed) * 100, 2),
      time_to_fall_asleep: toFallAsleep,
      time_after_wakeup: afterWakeup,
      time_in_bed: inBed,
    },
  }
}

function meal(at: number, random: Random, type: string, name: string): Entry {
  const [carbohydrate, fat, protein] = [random.near(62, 25, 1), random.near(18, 10, 1), random.near(21, 9, 1)]
  return {
    at: at + random.near(0, 30) * MINUTE,
    fields: {
      type,
      name,
      calories: Math.round(carbohydrate * 4 + protein * 4 + fat * 9),
      carbohydrate,
      fat,
      protein,
      sodium: random.near(0.7, 0.4, 2),
      sugar: random.near(12, 8, 1),
      fiber: random.near(7, 4, 1),
    },
  }
}
