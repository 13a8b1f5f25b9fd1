import { GatewayError } from '../../errors'
import type { DateText } from './calendar'

const MINUTE = 60_000
const DAY = 86_400_000
/** Eleven years and some. */
const MOST_DAYS = 4096

/** A moment that a local time stands for. `overlap`: it is there twice, `gap`: never, when clocks are changed. */
export interface LocalMoment {
  /** Milliseconds since 1970. */
  at: number
  change?: 'overlap' | 'gap'
}

/** A time zone by its IANA name, such as `Europe/London`, with the rules of Node's own data. */
export class TimeZone {
  /** At the beginnings of days of UTC, by their number: the clock is slow to ask. */
  readonly #offsets = new Map<number, number>()
  readonly #clock: Intl.DateTimeFormat

  /** @throws GatewayError HG_INPUT for a name that is not known */
  constructor(readonly name: string) {
    try {
      this.#clock = new Intl.DateTimeFormat('en-GB', {
        timeZone: name,
        hourCycle: 'h23',
        ...{ era: 'short', year: 'numeric', month: 'numeric', day: 'numeric' },
        ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
      })
    } catch {
      throw new GatewayError(
        'HG_INPUT',
        'The time zone is not known. Give its name in the IANA database, such as Europe/London, or UTC.',
      )
    }
  }

  /** Milliseconds that the clocks there are ahead of UTC at this moment. */
  offsetAt(at: number): number {
    const day = Math.floor(at / DAY)
    const offset = this.#atBeginningOf(day)
    // Clocks are not changed there and back again within a day: none of all zones did from 1940 to 2030.
    return offset === this.#atBeginningOf(day + 1) ? offset : this.#ask(at)
  }

  #atBeginningOf(day: number): number {
    const known = this.#offsets.get(day)
    if (known !== undefined) return known
    if (this.#offsets.size >= MOST_DAYS) this.#offsets.clear()
    const offset = this.#ask(day * DAY)
    this.#offsets.set(day, offset)
    return offset
  }

  #ask(at: number): number {
    const parts = new Map(this.#clock.formatToParts(at).map(({ type, value }) => [type, value]))
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
    const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
    const there = utc(
      year,
      number('month'),
      number('day'),
      number('hour'),
      number('minute'),
      number('second'),
    )
    return there - Math.floor(at / 1000) * 1000
  }

  /**
   * The moment of a local time, given as if it were UTC. As RFC 5545 (3.3.5) has it: of two moments the first one; of a
   * time that clocks leave out, the one by the offset before.
   */
  moment(local: number): LocalMoment {
    const before = this.offsetAt(local - DAY)
    const fits = [...new Set([before, this.offsetAt(local + DAY)])]
      .map((offset) => local - offset)
      .filter((at) => at + this.offsetAt(at) === local)
    const [first] = fits
    if (first === undefined) return { at: local - before, change: 'gap' }
    return { at: Math.min(...fits), ...(fits.length > 1 ? { change: 'overlap' as const } : {}) }
  }
}

/** Date.UTC takes the years 0 to 99 for those of the twentieth century. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000
}

/** The clock's time, as if it were UTC; a leap second is taken for the one before it. */
export function localMs({ year, month, day, hour, minute, second = '00' }: DateText): number {
  const seconds = Math.min(Number(second), 59)
  return utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), seconds)
}

/** `+01:00` in milliseconds. */
export function offsetMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -1 : 1) * minutes * MINUTE
}

/**
 * A moment as FHIR writes it, by a clock that is `offset` ahead of UTC, with the fraction of a second and the leap second
 * of the text that it comes from. Undefined where FHIR has no text: outside of the years 1 to 9999, and for offsets of
 * the nineteenth century that are no whole minutes.
 */
export function momentText(
  at: number,
  offset: number | 'Z',
  { second, fraction }: DateText,
): string | undefined {
  const ahead = offset === 'Z' ? 0 : offset
  const there = new Date(at + ahead)
  const year = there.getUTCFullYear()
  if (year < 1 || year > 9999 || ahead % MINUTE !== 0) return undefined
  const text = there.toISOString().slice(0, 19)
  const clock = second === '60' && text.endsWith(':59') ? `${text.slice(0, -2)}60` : text
  return `${clock}${fraction}${offset === 'Z' ? 'Z' : offsetText(ahead)}`
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE
  const two = (part: number) => String(part).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
