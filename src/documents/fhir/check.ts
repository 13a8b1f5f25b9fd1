import { GatewayError } from '../../errors'
import { atOnce, inTurns, type Steps } from '../../turn'
import { checkBundle } from './check/bundle'
import { Findings, isObject, type FhirFinding, type JsonObject, type Place } from './check/finding'
import { invariants } from './check/invariants'
import { primitiveFaults } from './check/primitives'
import { checkReference } from './check/references'
import { elementNames, isResourceType, primitives, typeOf, type Property, type Type } from './r4/model'

export type { FhirFinding, FhirFindingCode } from './check/finding'

/** Deeper than any resource is: an object that holds itself ends here. */
const DEEPEST = 64

/** A resource that is looked through, alone or in a Bundle; contained ones belong to it. */
interface Owner {
  contained: ReadonlySet<string>
  /** The ids that are pointed to by `#id`. */
  used: Set<string>
}

interface BundleContext {
  type: string
  urls: ReadonlySet<string>
}

export interface CheckOptions {
  /** Types of resource that R4 does not have: an error by default; `warning` where the server has types of its own. */
  otherTypes?: 'error' | 'warning'
}

/** Where the check is. Assigned by hand: spreads took a fifth of the check's time, with Node.js 20. */
class Context {
  bundle: BundleContext | undefined
  isContained = false
  depth = 0

  constructor(
    readonly options: CheckOptions,
    public owner: Owner,
  ) {}

  /** One level deeper. */
  within(): Context {
    const inner = new Context(this.options, this.owner)
    inner.bundle = this.bundle
    inner.isContained = this.isContained
    inner.depth = this.depth + 1
    return inner
  }
}

/**
 * All that a resource has wrong by FHIR R4 (4.0.1), in any of its types: elements that R4 does not know, that are missing
 * or of another JSON type, dates and codes, references, narrative, what may be there once, the common rules between
 * elements (R4's invariants), and in a Bundle how its entries belong together. Profiles, and codes of terminologies such
 * as LOINC, are the server's to know. At most 100 findings; what they say holds nothing of the resource but the names of
 * elements.
 */
export function fhirFindings(resource: unknown, options: CheckOptions = {}): FhirFinding[] {
  return atOnce(findingSteps(resource, options))
}

/**
 * Makes sure that a resource can be sent, and tells what is worth knowing all the same. Other work has its turns between
 * the entries of a Bundle.
 * @throws GatewayError HG_INPUT, with all findings in `cause.detail.findings`
 */
export async function assertFhir(resource: unknown, options: CheckOptions = {}): Promise<FhirFinding[]> {
  const findings = await inTurns(findingSteps(resource, options))
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return findings
  const more = errors.length > 1 ? ` ${errors.length - 1} more in msg.error.cause.detail.findings.` : ''
  throw new GatewayError(
    'HG_INPUT',
    `The resource is not FHIR R4: ${first.path} ${first.message}.${more} It was not sent.`,
    { detail: { findings } },
  )
}

function* findingSteps(resource: unknown, options: CheckOptions): Steps<FhirFinding[]> {
  const findings = new Findings()
  const type = isObject(resource) && isResourceType(resource.resourceType) ? resource.resourceType : undefined
  yield* checkResource(resource, { key: type ?? 'resource' }, new Context(options, ownerOf({})), findings)
  return findings.list
}

function* checkResource(value: unknown, place: Place, context: Context, findings: Findings): Steps<void> {
  if (!isObject(value)) {
    findings.add('structure', place, 'has to be a resource: a JSON object with resourceType')
    return
  }
  const { resourceType } = value
  const type = isResourceType(resourceType) ? typeOf(resourceType) : undefined
  if (!type || !isResourceType(resourceType)) {
    findOtherType(resourceType, { parent: place, key: 'resourceType' }, context, findings)
    return
  }
  const { isContained } = context
  const inner = context.within()
  if (isContained) {
    checkContained(value, place, findings)
  } else {
    inner.owner = ownerOf(value)
    if (resourceType === 'Bundle') inner.bundle = bundleOf(value)
  }
  checkObject(value, resourceType, type, place, inner, findings)
  if (resourceType === 'Bundle') {
    yield* checkEntries(value, type, place, inner, findings)
    if (!isContained) yield* checkBundle(value, place, findings)
  }
  if (isContained) return
  const { owner } = inner
  for (const [index, contained] of listOf(value.contained).entries()) {
    const at: Place = { parent: { parent: place, key: 'contained' }, key: index }
    if (!isObject(contained) || typeof contained.id !== 'string') continue
    if (!owner.used.has(contained.id) && !pointsToOwner(contained)) {
      findings.add('invariant', at, 'is referred to by nothing in the resource (dom-3)')
    }
  }
}

function findOtherType(resourceType: unknown, at: Place, { options }: Context, findings: Findings): void {
  if (resourceType === undefined) {
    findings.add('structure', at, 'is missing')
  } else if (options.otherTypes === 'warning' && isName(resourceType)) {
    findings.warn('structure', at, 'names no type of resource of R4, so the resource was not checked')
  } else {
    findings.add('structure', at, 'names no type of resource of R4')
  }
}

function isName(type: unknown): boolean {
  return typeof type === 'string' && /^[A-Z][A-Za-z]{1,60}$/.test(type)
}

/** Of a Bundle there may be very many: they are not gone through in one go. */
function* checkEntries(
  bundle: JsonObject,
  { properties }: Type,
  place: Place,
  context: Context,
  findings: Findings,
): Steps<void> {
  const property = properties.get('entry')
  if (!property || context.depth > DEEPEST) return
  const at: Place = { parent: place, key: 'entry' }
  for (const [index, entry] of listOf(bundle.entry).entries()) {
    if (findings.isFull) return
    checkValue(entry, property, at, index, context, findings)
    yield
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function ownerOf({ contained }: JsonObject): Owner {
  const ids = listOf(contained).flatMap((one) =>
    isObject(one) && typeof one.id === 'string' ? [one.id] : [],
  )
  return { contained: new Set(ids), used: new Set() }
}

function bundleOf({ type, entry }: JsonObject): BundleContext {
  const urls = listOf(entry).flatMap((one) =>
    isObject(one) && typeof one.fullUrl === 'string' ? [one.fullUrl] : [],
  )
  return { type: String(type), urls: new Set(urls) }
}

/** A contained resource without an id cannot be pointed to; it may point to the one that holds it. */
function pointsToOwner(value: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return false
  if (Array.isArray(value)) return value.some((item) => pointsToOwner(item, depth + 1))
  if (!isObject(value)) return false
  return value.reference === '#' || Object.values(value).some((item) => pointsToOwner(item, depth + 1))
}

function checkContained(value: JsonObject, place: Place, findings: Findings): void {
  const wrong = (key: string, message: string) => {
    findings.add('invariant', { parent: place, key }, message)
  }
  if (value.contained !== undefined) wrong('contained', 'is not allowed within a contained resource (dom-2)')
  const meta = isObject(value.meta) ? value.meta : {}
  for (const name of ['versionId', 'lastUpdated']) {
    if (meta[name] !== undefined) wrong('meta', `of a contained resource has no ${name} (dom-4)`)
  }
  if (meta.security !== undefined) wrong('meta', 'of a contained resource has no security (dom-5)')
}

function checkObject(
  value: JsonObject,
  name: string,
  type: Type,
  place: Place,
  context: Context,
  findings: Findings,
): void {
  if (context.depth > DEEPEST) {
    findings.add('structure', place, 'is nested too deeply, or holds itself')
    return
  }
  let choices: Map<string, string> | undefined
  let isEmpty = true
  for (const key of Object.keys(value)) {
    const item = value[key]
    if (item === undefined) continue
    if (findings.isFull) return
    if (key !== 'id') isEmpty = false
    const isSibling = key.startsWith('_')
    const plain = isSibling ? key.slice(1) : key
    const property = type.properties.get(plain)
    if (!property || (isSibling && !primitives.has(property.type))) {
      if (key !== 'resourceType' || !isResourceType(name)) {
        const which = Object.keys(value).indexOf(key) + 1
        const like = nearName(plain, type.properties.keys())
        const meant = like === undefined ? '' : `; ${like} is one`
        const told = `is no element that R4 has here (property ${which} of the object)${meant}`
        findings.add('structure', { parent: place, key: shown(key) }, told)
      }
      continue
    }
    if (property.choice !== undefined) {
      const other = (choices ??= new Map<string, string>()).get(property.choice)
      if (other !== undefined && other !== plain) {
        const told = `is there beside ${other}: only one of ${property.choice}[x] may be`
        findings.add('structure', { parent: place, key }, told)
      }
      choices.set(property.choice, plain)
    }
    if (key === 'entry' && name === 'Bundle' && listOf(item).length > 0) continue
    if (isSibling) checkSibling(item, property, value[plain], { parent: place, key }, context, findings)
    else checkProperty(value, key, property, place, context, findings)
  }
  if (isEmpty) findings.add('structure', place, 'is empty: leave the element out')
  for (const { name: needed, names } of type.needs) {
    if (names.some((one) => value[one] !== undefined || value[`_${one}`] !== undefined)) continue
    findings.add('required', { parent: place, key: needed }, 'is missing')
  }
  for (const rule of invariants[name] ?? []) {
    if (!rule.holds(value)) findings.add('invariant', place, `${rule.message} (${rule.key})`)
  }
}

/** The name that was meant: it differs by case, or by one letter too many, too few, wrong or out of its place. */
function nearName(key: string, names: Iterable<string>): string | undefined {
  for (const name of names) {
    if (name.toLowerCase() === key.toLowerCase()) return name
    if (name.length > 3 && isSlip(key, name)) return name
  }
  return undefined
}

function isSlip(one: string, other: string): boolean {
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const ends = (from: number, otherFrom: number) => one.slice(start + from) === other.slice(start + otherFrom)
  const isSwapped = one[start] === other[start + 1] && one[start + 1] === other[start]
  return ends(1, 0) || ends(0, 1) || ends(1, 1) || (isSwapped && ends(2, 2))
}

/** What no element of R4 is called may be anything, even a patient's name. */
function shown(key: string): string {
  return elementNames().has(key.startsWith('_') ? key.slice(1) : key) ? key : '?'
}

function checkProperty(
  value: JsonObject,
  key: string,
  property: Property,
  place: Place,
  context: Context,
  findings: Findings,
): void {
  const item = value[key]
  if (!property.isMany) {
    if (!Array.isArray(item)) checkValue(item, property, place, key, context, findings)
    else findings.add('structure', { parent: place, key }, 'is an array, and may be there once only')
    return
  }
  const at: Place = { parent: place, key }
  if (!Array.isArray(item)) {
    findings.add('structure', at, 'has to be an array')
    return
  }
  if (item.length === 0) findings.add('structure', at, 'is an empty array: leave the element out')
  for (let index = 0; index < item.length; index++) {
    // Texts and what belongs to them are two arrays that go side by side, with null in the gaps.
    if (item[index] === null && isObject(listOf(value[`_${key}`])[index])) continue
    checkValue(item[index], property, at, index, context, findings)
  }
}

/** `_name`: id and extensions of a primitive value. */
function checkSibling(
  item: unknown,
  { isMany }: Property,
  value: unknown,
  at: Place,
  context: Context,
  findings: Findings,
): void {
  const check = (one: unknown, place: Place) => {
    const type = typeOf('Element')
    if (!isObject(one)) findings.add('structure', place, 'has to be a JSON object')
    else if (type) checkObject(one, 'Element', type, place, context.within(), findings)
  }
  if (!isMany) {
    check(item, at)
    return
  }
  if (!Array.isArray(item)) {
    findings.add('structure', at, 'has to be an array')
    return
  }
  for (const [index, one] of item.entries()) {
    const isGap = one === null && listOf(value)[index] !== undefined
    if (!isGap) check(one, { parent: at, key: index })
  }
}

/** Most values are right: their places are made only where they are needed. */
function checkValue(
  item: unknown,
  property: Property,
  parent: Place,
  key: string | number,
  context: Context,
  findings: Findings,
): void {
  if (item === null) {
    findings.add('structure', { parent, key }, 'is null: leave the element out')
    return
  }
  const fault = primitiveFaults.get(property.type)
  if (fault) {
    const what = fault(item)
    if (what !== undefined) findings.add('value', { parent, key }, what)
    else if (typeof item === 'string') checkText(item, property, parent, key, context, findings)
    return
  }
  const at: Place = { parent, key }
  if (property.type === 'Resource') {
    const inner = context.within()
    inner.isContained ||= parent.key === 'contained'
    atOnce(checkResource(item, at, inner, findings))
    return
  }
  const type = typeOf(property.type)
  if (!type) return
  if (!isObject(item)) {
    findings.add('structure', at, 'has to be a JSON object')
    return
  }
  checkObject(item, property.type, type, at, context.within(), findings)
  if (property.codes) checkCoded(item, property, at, findings)
  if (property.type === 'Reference') {
    checkReference(item, property, at, findings)
    checkWhatIsReferred(item.reference, { parent: at, key: 'reference' }, context, findings)
  }
}

function checkText(
  item: string,
  { type, codes }: Property,
  parent: Place,
  key: string | number,
  { owner }: Context,
  findings: Findings,
): void {
  if (codes && type === 'code' && !codes.codes.has(item)) {
    findings.add('code-invalid', { parent, key }, `has to be one of ${[...codes.codes].join(', ')}`)
  }
  if (type === 'string' && /^\s+$/.test(item)) {
    findings.warn('value', { parent, key }, 'holds nothing but white space')
  }
  if (item.startsWith('#') && ['uri', 'url', 'canonical'].includes(type)) owner.used.add(item.slice(1))
}

/** A required set of codes binds the codings of its systems; others may be told beside them. R4 has none for a Coding. */
function checkCoded(item: JsonObject, { codes }: Property, at: Place, findings: Findings): void {
  for (const [index, coding] of listOf(item.coding).entries()) {
    if (!isObject(coding) || typeof coding.code !== 'string') continue
    if (!codes?.systems.includes(String(coding.system)) || codes.codes.has(coding.code)) continue
    const place = { parent: { parent: at, key: 'coding' }, key: index }
    const told = `has to be one of ${[...codes.codes].join(', ')}`
    findings.add('code-invalid', { parent: place, key: 'code' }, told)
  }
}

function checkWhatIsReferred(reference: unknown, at: Place, context: Context, findings: Findings): void {
  if (typeof reference !== 'string') return
  const { owner, bundle } = context
  if (reference.startsWith('#')) {
    const id = reference.slice(1)
    owner.used.add(id)
    if (id !== '' && !owner.contained.has(id))
      findings.add('not-found', at, 'points to no contained resource (ref-1)')
    return
  }
  if (!bundle || !/^urn:(?:uuid|oid):/.test(reference)) return
  const isKnown = bundle.urls.has(reference)
  if (bundle.type === 'transaction' && !isKnown) {
    findings.add('not-found', at, 'points to no entry of the Bundle')
  } else if (bundle.type === 'batch') {
    const told = isKnown
      ? 'points to another entry, which a batch does not resolve: a transaction does'
      : 'points to no entry of the Bundle'
    findings.warn('not-found', at, told)
  }
}
