import { GatewayError } from '../../errors'
import { atOnce, type Steps } from '../../turn'
import { dateText, exists, type DateText } from './calendar'
import { isObject, pathOf, type FhirFinding, type JsonObject, type Place } from './check/finding'
import { isResourceType, primitives, timeNames, typeOf, type Property } from './r4/model'
import { localMs, momentText, offsetMs, type TimeZone } from './zone'

export interface UtcTimes<T> {
  /** A copy where something was changed; what came is never changed itself. */
  value: T
  /** Warnings: local times that the clocks of the zone have twice, or leave out. */
  findings: FhirFinding[]
}

/** Deeper than any resource is: an object that holds itself ends here. */
const DEEPEST = 64

/** What is made of a text, or of a Date, that stands in a dateTime or instant. */
type Change = (value: string | Date, place: Place) => unknown

/** What a time without seconds means: of a resource that moment, of a search the whole minute. */
type Precision = 'moment' | 'asGiven'

/**
 * A resource whose times are in UTC: `2026-07-01T09:00:00+01:00` becomes `2026-07-01T08:00:00Z`, and a Date its instant.
 * Only elements of the types dateTime and instant are looked at, wherever they are; dates without a time stay as they
 * are. A local time, without zone, is taken for one of `zone`; of a time that clocks have twice the first one is taken,
 * and one that they leave out is told by the offset before (RFC 5545, 3.3.5), with a warning for both.
 * @throws GatewayError HG_INPUT for local times without a zone to take them for, with all of them in
 *   `cause.detail.findings`
 */
export function timesInUtc<T>(resource: T, zone?: TimeZone): UtcTimes<T> {
  return atOnce(timesInUtcSteps(resource, zone))
}

/** The same, a step for each entry of a Bundle. */
export function* timesInUtcSteps<T>(resource: T, zone?: TimeZone): Steps<UtcTimes<T>> {
  const outward = new Outward(zone)
  const value = yield* inRoot(resource, outward.change)
  outward.end()
  return { value, findings: outward.findings }
}

/**
 * The same for a JSON Patch (RFC 6902): there it is the names of elements that tell what is a time. A Parameters resource
 * (FHIRPath Patch) is a resource.
 */
export function patchInUtc<T>(patch: T, zone?: TimeZone): UtcTimes<T> {
  if (!Array.isArray(patch)) return timesInUtc(patch, zone)
  const outward = new Outward(zone)
  const operations = patch.map((operation: unknown, index) => {
    if (!isObject(operation) || typeof operation.path !== 'string' || !('value' in operation))
      return operation
    const name = operation.path.split('/').findLast((part) => !/^(?:\d+|-)$/.test(part)) ?? ''
    const place: Place = { parent: { parent: { key: 'patch' }, key: index }, key: 'value' }
    return { ...operation, value: byName(operation.value, name, place, outward.change, 0) }
  })
  outward.end()
  return { value: operations as T, findings: outward.findings }
}

type Pairs = readonly (readonly [string, string])[]
type Query = Readonly<Record<string, unknown>> | string | Pairs

/** Parameters that many searches have: what looks like a time in them is none. */
const NO_TIMES = new Set(['_id', '_profile', '_security', '_tag', 'code', 'identifier'])

/** Prefixes of a search for dates, and a date with a time; a + that was not encoded has become a space. */
const SEARCHED =
  /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|[ +-]\d\d:?\d\d)?$/

/**
 * The values of a query, an object, a query string or pairs, with their times in UTC: `ge2026-07-01T09:00:00+01:00`
 * becomes `ge2026-07-01T08:00:00Z`. A search by a time without seconds is about the whole minute, so none are added
 * (hl7.org/fhir/R4/search.html#date).
 * @throws GatewayError HG_INPUT as timesInUtc
 */
export function queryInUtc(query: Query, zone?: TimeZone): UtcTimes<Exclude<Query, string>> {
  const outward = new Outward(zone, 'asGiven')
  const one = (name: string, value: unknown): unknown => {
    if (NO_TIMES.has(name.replace(/:.*$/, ''))) return value
    const place: Place = { parent: { key: 'query' }, key: /^[\w:.-]{1,60}$/.test(name) ? name : '?' }
    if (value instanceof Date) return outward.change(value, place)
    if (Array.isArray(value)) return value.map((item: unknown) => one(name, item))
    return typeof value === 'string' ? searched(value, place, outward.change) : value
  }
  const pairs = typeof query === 'string' ? [...new URLSearchParams(query.trim().replace(/^\?/, ''))] : query
  // A flow's message may hold anything; what is no query is told by who sends it.
  if (!isPlain(pairs) && !Array.isArray(pairs)) return { value: pairs, findings: [] }
  const value = isPairs(pairs)
    ? pairs.map((pair) => (isPair(pair) ? ([pair[0], String(one(...pair))] as const) : pair))
    : Object.fromEntries(Object.entries(pairs).map(([name, item]) => [name, one(name, item)]))
  outward.end()
  return { value, findings: outward.findings }
}

/** Of any realm: a message may come from a function node. */
function isPlain(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Object]'
}

function isPairs(query: Exclude<Query, string>): query is Pairs {
  return Array.isArray(query)
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string')
}

/** Several values are divided by commas, the parts of a composite one by $. */
function searched(value: string, place: Place, change: Change): string {
  return value
    .split(/([,$])/)
    .map((part) => {
      const [, prefix = '', time, zone = ''] = SEARCHED.exec(part) ?? []
      return time === undefined
        ? part
        : `${prefix}${String(change(`${time}${zone.replace(' ', '+')}`, place))}`
    })
    .join('')
}

/**
 * A resource of an answer with its times told by the clocks of a zone: `2026-07-01T08:00:00Z` becomes
 * `2026-07-01T09:00:00+01:00` for Europe/London. The moments stay the same; dates without a time, times without a zone
 * and what is no time stay as they are.
 */
export function timesInZone<T>(resource: T, zone: TimeZone): T {
  return atOnce(timesInZoneSteps(resource, zone))
}

/** The same, a step for each entry of a Bundle. */
export function timesInZoneSteps<T>(resource: T, zone: TimeZone): Steps<T> {
  const isUtc = /^(?:UTC|Etc\/UTC)$/i.test(zone.name)
  return inRoot(resource, (value) => {
    const parts = typeof value === 'string' ? dateText(value) : undefined
    if (!parts?.zone || parts.second === undefined || !exists(parts)) return value
    const at = localMs(parts) - offsetMs(parts.zone)
    return momentText(at, isUtc ? 'Z' : zone.offsetAt(at), parts) ?? value
  })
}

class Outward {
  readonly findings: FhirFinding[] = []
  readonly #local: FhirFinding[] = []

  constructor(
    private readonly zone: TimeZone | undefined,
    private readonly precision: Precision = 'moment',
  ) {}

  readonly change: Change = (value, place) => {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString()
    // What is no time, or none that there is, is told by who checks the resource.
    const parts = value.includes(':') ? dateText(value.trim()) : undefined
    if (parts?.hour === undefined || !exists(parts)) return value
    const moment = parts.zone === undefined ? this.#ofZone(parts, place) : inUtc(parts, parts.zone)
    if (moment === undefined) {
      if (parts.zone !== undefined || this.zone) this.#beyond(place)
      return value
    }
    const isMinute = this.precision === 'asGiven' && parts.second === undefined
    return isMinute ? moment.replace(/:\d\dZ$/, 'Z') : moment
  }

  end(): void {
    const [first] = this.#local
    if (!first) return
    const more =
      this.#local.length > 1 ? ` ${this.#local.length - 1} more in msg.error.cause.detail.findings.` : ''
    throw new GatewayError(
      'HG_INPUT',
      `${first.path} is a local time, without time zone.${more} Add the zone to it, Z for UTC, or set the time zone of the node. Nothing was sent.`,
      { detail: { findings: this.#local } },
    )
  }

  #beyond(place: Place): void {
    const message = 'is sent as it is: in UTC it is beyond the years that FHIR can tell'
    this.findings.push({ severity: 'warning', code: 'value', path: pathOf(place), message })
  }

  #ofZone(parts: DateText, place: Place): string | undefined {
    if (!this.zone) {
      const message = 'is a local time: add its time zone, Z for UTC'
      this.#local.push({ severity: 'error', code: 'value', path: pathOf(place), message })
      return undefined
    }
    const { at, change } = this.zone.moment(localMs(parts))
    if (change) {
      const message =
        change === 'gap'
          ? 'is a time that clocks of the zone leave out: told by the offset before'
          : 'is a time that clocks of the zone have twice: taken for the first one'
      this.findings.push({ severity: 'warning', code: 'value', path: pathOf(place), message })
    }
    return momentText(at, 'Z', parts)
  }
}

function inUtc(parts: DateText, zone: string): string | undefined {
  return momentText(localMs(parts) - offsetMs(zone), 'Z', parts)
}

function rootOf(resource: unknown): string {
  const type = isObject(resource) ? resource.resourceType : undefined
  return isResourceType(type) ? type : 'resource'
}

/** Of a Bundle there may be very many entries: they are not gone through in one go. */
function* inRoot<T>(resource: T, change: Change): Steps<T> {
  const place: Place = { key: rootOf(resource) }
  const property = typeOf('Bundle')?.properties.get('entry')
  if (
    !isObject(resource) ||
    resource.resourceType !== 'Bundle' ||
    !property ||
    !Array.isArray(resource.entry)
  ) {
    return inResource(resource, place, change, 0) as T
  }
  const given = resource.entry as unknown[]
  const { entry: _entry, ...rest } = resource
  const around = inResource(rest, place, change, 0) as JsonObject
  const at: Place = { parent: place, key: 'entry' }
  const entry: unknown[] = []
  let isChanged = around !== rest
  for (const [index, one] of given.entries()) {
    const changed = inProperty(one, property, { parent: at, key: index }, change, 2)
    isChanged ||= changed !== one
    entry.push(changed)
    yield
  }
  return isChanged ? { ...resource, ...around, entry } : resource
}

/** What R4 does not know stays as it is. */
function inResource(value: unknown, place: Place, change: Change, depth: number): unknown {
  const type = isObject(value) ? value.resourceType : undefined
  return isResourceType(type) ? inObject(value, type, place, change, depth) : value
}

function inObject(value: unknown, name: string, place: Place, change: Change, depth: number): unknown {
  const type = typeOf(name)
  if (!isObject(value) || !type || depth > DEEPEST) return value
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(value)) {
    const isSibling = key.startsWith('_')
    const known = type.properties.get(isSibling ? key.slice(1) : key)
    const property = known && isSibling ? EXTENDED : known
    if (!property || !mayHoldTimes(property)) continue
    const item = value[key]
    const changed = inProperty(item, property, { parent: place, key }, change, depth + 1)
    if (changed !== item) (copy ??= { ...value })[key] = changed
  }
  return copy ?? value
}

/** Most elements are texts and codes: nothing in them needs to be looked at. */
function mayHoldTimes(property: Property): boolean {
  return isTime(property) || !primitives.has(property.type)
}

function isTime({ type }: Property): boolean {
  return type === 'dateTime' || type === 'instant'
}

/** `_name`: extensions of a primitive value may hold times. */
const EXTENDED: Property = { type: 'Element', isMany: true }

function inProperty(
  value: unknown,
  property: Property,
  place: Place,
  change: Change,
  depth: number,
): unknown {
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined
    value.forEach((item: unknown, index) => {
      const changed = inProperty(item, property, { parent: place, key: index }, change, depth + 1)
      if (changed !== item) (copy ??= [...(value as unknown[])])[index] = changed
    })
    return copy ?? value
  }
  if (isTime(property)) {
    return typeof value === 'string' || value instanceof Date ? change(value, place) : value
  }
  if (property.type === 'Resource') return inResource(value, place, change, depth)
  return inObject(value, property.type, place, change, depth)
}

function byName(value: unknown, name: string, place: Place, change: Change, depth: number): unknown {
  if (depth > DEEPEST) return value
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      byName(item, name, { parent: place, key: index }, change, depth + 1),
    )
  }
  if (typeof value === 'string' || value instanceof Date) {
    return timeNames().has(name) ? change(value, place) : value
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      byName(item, key, { parent: place, key: shownName(key) }, change, depth + 1),
    ]),
  )
}

function shownName(key: string): string {
  return timeNames().has(key) || /^[a-z][A-Za-z]{0,40}$/.test(key) ? key : '?'
}
