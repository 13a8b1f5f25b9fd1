import { rounded, type Random } from '../../random'
import { band, diary, geneKit, scale, type Source } from '../sources'
import {
  daily,
  DAY,
  type Entry,
  type Fields,
  HOUR,
  isoDay,
  isoTime,
  lasting,
  MINUTE,
  type Subject,
} from './subject'

/** How a resource is made: all that one source has of it, newest first. */
export type Lister = (subject: Subject) => Entry[]

/** One value at one time: of a source, so often a day at the most, for so many days. */
function measured(
  resource: string,
  source: Source,
  { days, hours, often = 1 }: { days: number; hours: readonly number[]; often?: number },
  fields: (random: Random, subject: Subject, daysSince1970: number) => Fields,
): Lister {
  return (subject) =>
    daily(subject, source, resource, days, (random, start) =>
      hours
        .filter(() => random.chance(often))
        .map((hour) => {
          const at = start + hour * HOUR + random.between(0, 50) * MINUTE
          const when = { timestamp: isoTime(at), tzOffset: subject.person.tzOffset }
          return { at, fields: { ...when, ...fields(random, subject, start / DAY), sourceData: {} } }
        }),
    )
}

/** Up and down by `swing` in half a year. */
const season = (daysSince1970: number, swing: number) => Math.sin(daysSince1970 / 29) * swing

function weightKg(random: Random, { person }: Subject, day: number): number {
  return rounded(person.weightKg + season(day, 1.8) + random.between(-0.4, 0.4, 2), 1)
}

/** The single values: their latest is at the resource's own path, all of them at `readings` below it. */
export const measurements: Readonly<Record<string, readonly Lister[]>> = {
  blood_glucose: [
    measured('blood_glucose', diary, { days: 90, hours: [7, 13, 19] }, (random, { person }) => ({
      value: person.glucose + random.between(-9, 40),
      unit: 'mg/dL',
      mealTag: random.oneOf(['fasting', 'before meal', 'after meal']),
    })),
  ],
  blood_oxygen: [
    measured('blood_oxygen', diary, { days: 90, hours: [8] }, (random) => ({
      value: random.between(95, 100),
      unit: 'percent',
    })),
  ],
  blood_pressure: [
    measured('blood_pressure', diary, { days: 120, hours: [7, 20] }, (random, { person }, day) => ({
      systolic: Math.round(person.systolic + season(day, 4) + random.between(-8, 9)),
      diastolic: Math.round(person.diastolic + season(day, 2) + random.between(-5, 6)),
      heartRate: person.restingHeartRate + random.between(2, 18),
      unit: 'mmHg',
    })),
  ],
  bmi: [
    measured('bmi', scale, { days: 120, hours: [6], often: 0.8 }, (random, subject, day) => ({
      value: rounded(weightKg(random, subject, day) / (subject.person.heightMm / 1000) ** 2, 1),
      unit: 'kg/m2',
    })),
  ],
  body_fat: [
    measured('body_fat', scale, { days: 120, hours: [6], often: 0.8 }, (random, { person }, day) => ({
      value: rounded(
        (person.gender === 'female' ? 28 : 21) + season(day, 1) + random.between(-0.6, 0.6, 1),
        1,
      ),
      unit: 'percent',
    })),
  ],
  heart_rate: [
    measured('heart_rate', band, { days: 90, hours: [0, 3, 6, 9, 12, 15, 18, 21] }, (random, { person }) => ({
      value: person.restingHeartRate + random.between(0, 55),
      unit: 'bpm',
    })),
  ],
  height: [
    measured('height', scale, { days: 360, hours: [6], often: 0.02 }, (_, { person }) => ({
      value: person.heightMm,
      unit: 'mm',
    })),
  ],
  weight: [
    measured('weight', scale, { days: 120, hours: [6], often: 0.8 }, (random, subject, day) => ({
      value: weightKg(random, subject, day),
      unit: 'kg',
    })),
    measured('weight', diary, { days: 120, hours: [21], often: 0.15 }, (random, subject, day) => ({
      value: Math.round(weightKg(random, subject, day)),
      unit: 'kg',
    })),
  ],
}

/** One summary of each day, at its end. */
function summed(
  resource: string,
  source: Source,
  fields: (random: Random, subject: Subject) => Fields,
): Lister {
  return (subject) =>
    daily(subject, source, resource, 120, (random, start) => [
      { at: start + 20 * HOUR, fields: { date: isoDay(start), ...fields(random, subject), sourceData: {} } },
    ])
}

/** From a time on for some minutes. */
function lastingMinutes(at: number, minutes: number, { person }: Subject): Fields {
  return { startTime: isoTime(at), endTime: isoTime(at + minutes * MINUTE), tzOffset: person.tzOffset }
}

const activities: Lister = (subject) =>
  daily(subject, band, 'activities', 120, (random, start) =>
    [8, 17]
      .filter(() => random.chance(0.75))
      .map((hour) => {
        const at = start + hour * HOUR + random.between(0, 40) * MINUTE
        const minutes = random.between(12, 75)
        const [type, metersAMinute] = random.oneOf<[string, number]>([
          ['walking', 82],
          ['running', 165],
          ['cycling', 290],
        ])
        return {
          at,
          until: at + minutes * MINUTE,
          fields: {
            ...lastingMinutes(at, minutes, subject),
            type,
            duration: minutes * 60,
            distance: minutes * metersAMinute,
            steps: type === 'cycling' ? 0 : minutes * random.between(95, 160),
            calories: minutes * random.between(4, 11),
            sourceData: {},
          },
        }
      }),
  )

const activitySummaries = summed('activities/summaries', band, (random) => {
  const steps = random.between(2400, 14_800)
  return {
    duration: random.between(1800, 7800),
    distance: rounded(steps * 0.74, 1),
    steps,
    calories: random.between(1650, 2900),
    vigorous: random.between(0, 35),
    moderate: random.between(5, 60),
    light: random.between(90, 260),
    sedentary: random.between(520, 820),
  }
})

const sleeps: Lister = (subject) =>
  daily(subject, band, 'sleeps', 120, (random, start) => {
    const inBed = random.between(370, 540)
    const timeAwake = random.between(8, 55)
    const timeToFallAsleep = random.between(3, 28)
    const at = start - random.between(30, 110) * MINUTE
    return [
      {
        at,
        until: at + inBed * MINUTE,
        fields: {
          day: isoDay(start),
          ...lastingMinutes(at, inBed, subject),
          mainSleep: true,
          timeAsleep: inBed - timeAwake - timeToFallAsleep,
          timeAwake,
          efficiency: Math.round(((inBed - timeAwake) / inBed) * 100),
          timeToFallAsleep,
          timeAfterWakeup: 0,
          timeInBed: inBed,
          numberOfWakeups: random.between(0, 6),
          sourceData: {},
        },
      },
    ]
  })

const sleepSummaries = summed('sleeps/summaries', band, (random) => ({
  timeAsleep: random.between(330, 500),
  timeAwake: random.between(8, 55),
}))

const heartRateSummaries = summed('heart_rate/summaries', band, (random, { person }) => ({
  restingHR: person.restingHeartRate + random.between(-2, 3),
  averageHR: person.restingHeartRate + random.between(9, 18),
  maxHR: person.restingHeartRate + random.between(60, 95),
  minHR: person.restingHeartRate - random.between(2, 7),
  zones: [
    { name: 'Fat burn', min: 90, max: 125, duration: random.between(10, 80) * 60 },
    { name: 'Cardio', min: 125, max: 155, duration: random.between(0, 30) * 60 },
  ],
}))

/** Around 0° N 0° E, in the sea, where nobody lives. */
const locations: Lister = (subject) =>
  daily(subject, band, 'locations', 60, (random, start) => {
    const at = start + 9 * HOUR + random.between(0, 50) * MINUTE
    const location = { lat: random.between(0.01, 0.09, 4), lon: random.between(0.01, 0.09, 4) }
    const name = random.oneOf(['Example Park', 'Sample Square', 'Demo Beach'])
    const minutes = random.between(20, 180)
    const fields = { ...lastingMinutes(at, minutes, subject), name, location, sourceData: {} }
    return [{ at, until: at + minutes * MINUTE, fields }]
  })

const meals: Lister = (subject) =>
  daily(subject, diary, 'food/meals', 60, (random, start) =>
    (
      [
        ['breakfast', 7],
        ['lunch', 12],
        ['dinner', 19],
      ] as const
    ).map(([type, hour]) => {
      const at = start + hour * HOUR + random.between(0, 50) * MINUTE
      const carbohydrate = random.between(20, 90)
      const protein = random.between(8, 45)
      const fat = random.between(5, 35)
      return {
        at,
        fields: {
          timestamp: isoTime(at),
          tzOffset: subject.person.tzOffset,
          type,
          name: random.oneOf(['Porridge', 'Sandwich', 'Salad', 'Soup', 'Pasta']),
          calories: carbohydrate * 4 + protein * 4 + fat * 9,
          carbohydrate,
          protein,
          fat,
          sugar: random.between(2, 20),
          fiber: random.between(1, 9),
          sodium: random.between(100, 900),
          sourceData: {},
        },
      }
    }),
  )

/** Years before which nothing here has been, so that all of it is there at once. */
const LONG_AGO = Date.UTC(2020, 0, 1)

const traits: Lister = (subject) =>
  lasting(
    subject,
    geneKit,
    'genetic/traits',
    ['Caffeine metabolism', 'Lactose tolerance', 'Earwax type', 'Eye colour'].map((trait) => ({
      at: LONG_AGO,
      fields: { description: trait, trait: 'Made up for this sandbox', possibleTraits: [], sourceData: {} },
    })),
  )

const genotypes: Lister = (subject) =>
  lasting(
    subject,
    geneKit,
    'genetic/genotypes',
    ['demo-1', 'demo-2', 'demo-3'].map((marker) => ({
      at: LONG_AGO,
      fields: { marker, call: 'AG', sourceData: {} },
    })),
  )

/** Those that are lists at their own path. `daily` and `byDate`: what can be asked for below it. */
export const wellnessLists: Readonly<
  Record<string, { listers: readonly Lister[]; has?: 'daily' | 'byDate' }>
> = {
  activities: { listers: [activities], has: 'daily' },
  'activities/summaries': { listers: [activitySummaries], has: 'byDate' },
  sleeps: { listers: [sleeps], has: 'daily' },
  'sleeps/summaries': { listers: [sleepSummaries], has: 'byDate' },
  locations: { listers: [locations], has: 'daily' },
  'heart_rate/summaries': { listers: [heartRateSummaries], has: 'byDate' },
  'food/meals': { listers: [meals] },
  'genetic/traits': { listers: [traits] },
  'genetic/genotypes': { listers: [genotypes] },
}
