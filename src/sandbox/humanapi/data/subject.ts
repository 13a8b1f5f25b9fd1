import { Random } from '../../random'
import { hexId } from '../ids'
import type { Source } from '../sources'
import type { User } from '../users'

/** Whose data are read, and when. */
export interface Subject {
  user: User
  person: Person
  /** Milliseconds since 1970. */
  now: number
}

/** A person who does not exist; the same for the same user id. */
export interface Person {
  given: string
  family: string
  gender: 'female' | 'male'
  /** YYYY-MM-DD */
  birthDate: string
  /** `+hh:mm` */
  tzOffset: string
  heightMm: number
  weightKg: number
  restingHeartRate: number
  systolic: number
  diastolic: number
  /** mg/dL, before breakfast */
  glucose: number
}

/** One record, before it is written as JSON. Times in milliseconds since 1970. */
export interface Entry {
  id: string
  source: Source
  /** When it was, for the order and for `start_date` and `end_date`. */
  at: number
  /** When it came to Human API. */
  createdAt: number
  updatedAt: number
  fields: Readonly<Record<string, unknown>>
}

export type Fields = Entry['fields']

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export function subjectOf(user: User, now: number): Subject {
  return { user, person: personOf(user), now }
}

function personOf({ id }: User): Person {
  const random = new Random('person', id)
  const [given, gender] = random.oneOf<[string, Person['gender']]>([
    ['Alex', 'male'],
    ['Robin', 'female'],
    ['Jamie', 'female'],
    ['Sam', 'male'],
    ['Kim', 'female'],
  ])
  const family = random.oneOf(['Sample', 'Example', 'Placeholder', 'Testcase'])
  const demo = id === 'demo' ? { given: 'Demo', family: 'Person' } : {}
  return {
    given,
    family,
    gender,
    birthDate: isoDay(Date.UTC(random.between(1950, 2000), random.between(0, 12), random.between(1, 29))),
    tzOffset: random.oneOf(['+00:00', '+01:00', '-05:00', '-08:00']),
    heightMm: gender === 'female' ? random.between(1560, 1780) : random.between(1680, 1920),
    weightKg: gender === 'female' ? random.between(52, 86) : random.between(64, 104),
    restingHeartRate: random.between(52, 74),
    systolic: random.between(112, 142),
    diastolic: random.between(70, 90),
    glucose: random.between(82, 118),
    ...demo,
  }
}

/** An entry before it came to Human API. */
export interface Made {
  at: number
  /** Until when it went on. Default: no longer than a moment. */
  until?: number
  fields: Fields
}

/** What a source has of one day or month. */
export type Make = (random: Random, start: number) => Made[]

/** Entries of the last days that a connected source has, newest first. */
export function daily(subject: Subject, source: Source, resource: string, days: number, make: Make): Entry[] {
  const today = Math.floor(subject.now / DAY) * DAY
  const starts = Array.from({ length: days }, (_, ago) => today - ago * DAY)
  return entries(subject, source, resource, starts, make)
}

/** Entries of the last months that a connected source has, newest first. */
export function monthly(
  subject: Subject,
  source: Source,
  resource: string,
  months: number,
  make: Make,
): Entry[] {
  const now = new Date(subject.now)
  const starts = Array.from({ length: months }, (_, ago) =>
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago),
  )
  return entries(subject, source, resource, starts, make)
}

/** Entries that do not come and go with time, newest first. */
export function lasting(subject: Subject, source: Source, resource: string, made: readonly Made[]): Entry[] {
  return entries(subject, source, resource, [0], () => [...made])
}

function entries(
  subject: Subject,
  source: Source,
  resource: string,
  starts: readonly number[],
  make: Make,
): Entry[] {
  const { user, now } = subject
  const connectedAt = user.connections.get(source)
  if (connectedAt === undefined) return []
  return starts
    .flatMap((start) =>
      make(new Random(user.id, source.id, resource, start), start).map(
        ({ at, until = at, fields }, index) => {
          const keys = [user.id, source.id, resource, start, index]
          const random = new Random(...keys)
          const createdAt = Math.max(until + random.between(2, 90) * MINUTE, connectedAt)
          const later = createdAt + DAY
          const updatedAt = random.chance(0.1) && later <= now ? later : createdAt
          return { id: hexId(JSON.stringify(keys)), source, at, createdAt, updatedAt, fields }
        },
      ),
    )
    .filter(({ createdAt }) => createdAt <= now)
    .sort((one, other) => other.at - one.at)
}

export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function isoTime(time: number): string {
  return new Date(time).toISOString()
}
