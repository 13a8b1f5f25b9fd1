import { Random } from '../random'
import type { DataType, Day, Entry } from './data-types'
import { portraitOf } from './portraits'
import { uuid, type ZivaUser } from './users'

export interface DataRecord {
  /** The day that the record belongs to, YYYY-MM-DD in UTC: where it lasted, the day of its end. */
  day: string
  /** Milliseconds since 1970. */
  created: number
  updated: number
  fields: Readonly<Record<string, unknown>>
}

/** How far back the data goes. */
export const DAYS = 60

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What a user has of a type: newest first, the same whenever it is asked for, with more as time goes on. */
export function recordsOf(user: ZivaUser, name: string, type: DataType, now: number): DataRecord[] {
  if (!user.sources.has(type.source)) return []
  return daysOf(user, name, type, now)
    .flatMap((day) =>
      type.entries(day).map((entry, at) => asRecord(user, name, type, now, entry, `${day.number} ${at}`)),
    )
    .filter(({ created }) => created <= now)
    .sort((one, other) => other.at - one.at)
}

function daysOf(user: ZivaUser, name: string, { when, alike = name }: DataType, now: number): Day[] {
  const today = Math.floor(now / DAY)
  const longAgo = Date.UTC(new Date(now).getUTCFullYear() - 1, 0, 2) / DAY
  const numbers = when === 'once' ? [longAgo] : Array.from({ length: DAYS }, (_, back) => today - back)
  return numbers.map((number) => ({
    number,
    start: number * DAY,
    passed: Math.min(1, Math.max(0, Math.floor((now - number * DAY) / HOUR) - 6) / 16),
    portrait: portraitOf(user),
    random: new Random(user.code, alike, number),
  }))
}

function asRecord(
  { code: user_code }: ZivaUser,
  name: string,
  { time, source, precise = false }: DataType,
  now: number,
  { at, end, fields, ...known }: Entry,
  key: string,
): DataRecord & { at: number } {
  const created = known.created ?? (end ?? at) + 12 * MINUTE + 8_000
  const updated = [known.updated].find((time = 0) => created < time && time <= now)
  return {
    at,
    day: written(end ?? at).slice(0, 10),
    created,
    updated: updated ?? created,
    fields: {
      code: uuid(`${user_code} ${name} ${key}`),
      user_code,
      [time]: written(at),
      ...(end === undefined ? {} : { end_time: written(end) }),
      ...fields,
      source,
      created_at: written(created, precise),
      ...(updated === undefined ? {} : { updated_at: written(updated) }),
    },
  }
}

/** As ZivaCare writes it: `2014-09-16 15:52:01+00`. */
export function written(time: number, precise = false): string {
  const [day, clock = ''] = new Date(time).toISOString().split('T')
  return `${day} ${clock.slice(0, 8)}${precise ? '.577097' : ''}+00`
}
