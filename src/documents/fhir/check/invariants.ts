import { dateText, type DateText } from '../calendar'
import { isObject, type JsonObject } from './finding'

/** A rule of R4 that holds within one object: its key there, what it asks for, and whether that is so. */
export interface Invariant {
  key: string
  message: string
  holds(value: JsonObject): boolean
}

const has = (value: JsonObject, ...names: string[]) => names.some((name) => value[name] !== undefined)
const withSiblings = (...names: string[]) => [...names, ...names.map((name) => `_${name}`)]
const hasChoice = (value: JsonObject, name: string) =>
  Object.keys(value).some((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)))
const hasValue = (value: JsonObject) => hasChoice(value, 'value') || hasChoice(value, '_value')
const all = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
const codesOf = (concept: unknown, system: string): unknown[] =>
  isObject(concept) ? all(concept.coding).flatMap((one) => (one.system === system ? [one.code] : [])) : []

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem/'

const DAY = 86_400_000

/** Whether the second is surely before the first, be it a year, a month, a day or a moment. */
function isBefore(start: unknown, end: unknown): boolean {
  if (typeof start !== 'string' || typeof end !== 'string') return false
  // Dates without a time are in the order of their texts, so that most periods need no closer look.
  if (start <= end && !start.includes(':') && !end.includes(':')) return false
  const [one, other] = [dateText(start), dateText(end)]
  if (!one || !other) return false
  if (one.zone !== undefined && other.zone !== undefined) return Date.parse(end) < Date.parse(start)
  // With a zone on one side: by clocks elsewhere (+14:00 to -12:00) a moment is up to two days off.
  const leeway = (one.zone ?? other.zone) === undefined ? 0 : 2 * DAY
  return endOf(other) + leeway <= beginningOf(one).getTime()
}

function beginningOf({ year, month = '01', day = '01' }: DateText): Date {
  return new Date(`${year}-${month}-${day}`)
}

/** When the year, month or day is over. */
function endOf(date: DateText): number {
  const at = beginningOf(date)
  if (date.month === undefined) return at.setUTCFullYear(at.getUTCFullYear() + 1)
  if (date.day === undefined) return at.setUTCMonth(at.getUTCMonth() + 1)
  return at.getTime() + DAY
}

const needs = (key: string, part: string, other: string): Invariant => {
  const others = withSiblings(other)
  return {
    key,
    message: `needs ${other} where there is ${part}`,
    holds: (value) => value[part] === undefined || has(value, ...others),
  }
}

const needsAny = (key: string, ...names: string[]): Invariant => {
  const either = withSiblings(...names)
  return { key, message: `needs ${names.join(' or ')}`, holds: (value) => has(value, ...either) }
}

const beginsBeforeItEnds = (key: string): Invariant => ({
  key,
  message: 'has to begin before it ends',
  holds: ({ start, end }) => !isBefore(start, end),
})

const notAtHome = (key: string, name: string): Invariant => ({
  key,
  message: `has no ${name} of use home`,
  holds: (value) => !all(value[name]).some(({ use }) => use === 'home'),
})

const MIME_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;.*)?$/

/** A required binding to all the MIME types that there are. */
const hasMimeType = (name: string): Invariant => ({
  key: 'BCP 13',
  message: `has to have a MIME type as ${name}, such as text/plain`,
  holds: ({ [name]: type }) => typeof type !== 'string' || MIME_TYPE.test(type),
})

const quantity = [needs('qty-3', 'code', 'system')]

/** The rules of data types, of elements and of resources, by the type's name. */
export const invariants: Readonly<Record<string, readonly Invariant[]>> = {
  Age: quantity,
  Count: quantity,
  Distance: quantity,
  Duration: quantity,
  Quantity: quantity,
  Attachment: [needs('att-1', 'data', 'contentType'), hasMimeType('contentType')],
  Binary: [hasMimeType('contentType')],
  Signature: [hasMimeType('targetFormat'), hasMimeType('sigFormat')],
  Money: [
    {
      key: 'ISO 4217',
      message: 'has to have a currency of three capital letters',
      holds: ({ currency }) => typeof currency !== 'string' || /^[A-Z]{3}$/.test(currency),
    },
  ],
  ContactPoint: [needs('cpt-2', 'value', 'system')],
  Period: [beginsBeforeItEnds('per-1')],
  Range: [
    {
      key: 'rng-2',
      message: 'has to have its low value below its high one',
      holds({ low, high }) {
        if (!isObject(low) || !isObject(high) || low.code !== high.code || low.unit !== high.unit) return true
        return !(Number(low.value) > Number(high.value))
      },
    },
  ],
  'Timing.repeat': [
    needs('tim-1', 'duration', 'durationUnit'),
    needs('tim-2', 'period', 'periodUnit'),
    needs('tim-6', 'periodMax', 'period'),
    needs('tim-7', 'durationMax', 'duration'),
    needs('tim-8', 'countMax', 'count'),
    needs('tim-9', 'offset', 'when'),
    {
      key: 'tim-10',
      message: 'has either timeOfDay or when',
      holds: (value) => !has(value, 'timeOfDay') || !has(value, 'when'),
    },
  ],
  Extension: [
    {
      key: 'ext-1',
      message: 'has to have either a value or extensions of its own',
      holds: (value) => hasValue(value) !== has(value, 'extension'),
    },
  ],
  AllergyIntolerance: [
    {
      key: 'ait-1',
      message: 'needs clinicalStatus, unless verificationStatus is entered-in-error',
      holds: (value) =>
        has(value, 'clinicalStatus') ||
        codesOf(value.verificationStatus, `${TERMINOLOGY}allergyintolerance-verification`).includes(
          'entered-in-error',
        ),
    },
    {
      key: 'ait-2',
      message: 'has no clinicalStatus where verificationStatus is entered-in-error',
      holds: (value) =>
        !has(value, 'clinicalStatus') ||
        !codesOf(value.verificationStatus, `${TERMINOLOGY}allergyintolerance-verification`).includes(
          'entered-in-error',
        ),
    },
  ],
  Appointment: [
    {
      key: 'app-2',
      message: 'has either both start and end, or none of them',
      holds: (value) => has(value, 'start') === has(value, 'end'),
    },
    {
      key: 'app-3',
      message: 'needs start and end, unless it is proposed, cancelled or on the waitlist',
      holds: (value) =>
        has(value, 'start') || ['proposed', 'cancelled', 'waitlist'].includes(String(value.status)),
    },
    {
      key: 'app-4',
      message: 'has a cancelationReason only where it is cancelled or noshow',
      holds: (value) =>
        !has(value, 'cancelationReason') || ['cancelled', 'noshow'].includes(String(value.status)),
    },
    beginsBeforeItEnds('start'),
  ],
  'Appointment.participant': [needsAny('app-1', 'type', 'actor')],
  Condition: [
    {
      key: 'con-4',
      message: 'with an abatement has clinicalStatus inactive, resolved or remission',
      holds: (value) =>
        !hasChoice(value, 'abatement') ||
        codesOf(value.clinicalStatus, `${TERMINOLOGY}condition-clinical`).some((code) =>
          ['inactive', 'resolved', 'remission'].includes(String(code)),
        ),
    },
    {
      key: 'con-5',
      message: 'has no clinicalStatus where verificationStatus is entered-in-error',
      holds: (value) =>
        !has(value, 'clinicalStatus') ||
        !codesOf(value.verificationStatus, `${TERMINOLOGY}condition-ver-status`).includes('entered-in-error'),
    },
  ],
  'Condition.evidence': [needsAny('con-2', 'code', 'detail')],
  'Condition.stage': [needsAny('con-1', 'summary', 'assessment')],
  Consent: [needsAny('ppc-1', 'policy', 'policyRule')],
  InsurancePlan: [needsAny('ipn-1', 'name', 'identifier')],
  'Immunization.education': [needsAny('imm-1', 'documentType', 'reference')],
  Observation: [
    {
      key: 'obs-6',
      message: 'has a dataAbsentReason only where it has no value',
      holds: (value) => !has(value, 'dataAbsentReason') || !hasChoice(value, 'value'),
    },
    {
      key: 'obs-7',
      message: 'has no value of its own where a component has the same code',
      holds(value) {
        if (!hasChoice(value, 'value')) return true
        const own = new Set(codingsOf(value.code))
        return !all(value.component).some(({ code }) => codingsOf(code).some((coding) => own.has(coding)))
      },
    },
  ],
  'Observation.referenceRange': [needsAny('obs-3', 'low', 'high', 'text')],
  Organization: [
    needsAny('org-1', 'name', 'identifier'),
    notAtHome('org-2', 'address'),
    notAtHome('org-3', 'telecom'),
  ],
  'Parameters.parameter': [
    {
      key: 'inv-1',
      message: 'has one of value, resource and part',
      holds: (value) =>
        [hasValue(value), has(value, 'resource'), has(value, 'part')].filter(Boolean).length === 1,
    },
  ],
  'Patient.contact': [needsAny('pat-1', 'name', 'telecom', 'address', 'organization')],
  Slot: [beginsBeforeItEnds('start')],
  'Composition.section': [
    needsAny('cmp-1', 'text', 'entry', 'section'),
    {
      key: 'cmp-2',
      message: 'has an emptyReason only where it has no entries',
      holds: (value) => !has(value, 'emptyReason') || !has(value, 'entry'),
    },
  ],
}

/** A text for each coding that tells it from others. */
function codingsOf(concept: unknown): string[] {
  if (!isObject(concept)) return []
  return all(concept.coding).flatMap(({ system, code }) =>
    code === undefined ? [] : [JSON.stringify([system, code])],
  )
}
