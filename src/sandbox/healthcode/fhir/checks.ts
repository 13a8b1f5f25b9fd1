import { FhirRefusal, type Issue, issue, refuse } from './outcome'
import { ID, isObject, isResourceType, type JsonObject, type Resource } from './resource'
import { rules } from './rules'

export interface CheckOptions {
  /** Times have to be in UTC, as Healthcode asks; otherwise any time zone will do. */
  utc: boolean
  /** The type that the address asks for. */
  type?: string | undefined
}

/** At most so many findings are told. */
const MOST_ISSUES = 20

/**
 * The resource, when the sandbox takes it. Not a validator of all of FHIR: JSON as FHIR has it, type, id, references,
 * dates, narrative, and of common types what is required and bound.
 */
export function checkedResource(value: unknown, options: CheckOptions): Resource {
  const resource = typedResource(value, options.type)
  const [first, ...more] = findings(resource, options).slice(0, MOST_ISSUES)
  if (first) throw new FhirRefusal(isOfForm(first) ? 400 : 422, [first, ...more])
  return resource
}

/** An object with a type that R4 has, and the one that the address asks for. */
export function typedResource(value: unknown, type?: string): Resource {
  if (!isObject(value)) {
    throw refuse(400, 'structure', 'The body has to be a JSON object: a FHIR resource.', {
      message: 'MSG_BAD_SYNTAX',
    })
  }
  const { resourceType } = value
  if (typeof resourceType !== 'string' || !isResourceType(resourceType)) {
    throw refuse(400, 'structure', 'resourceType has to name a type of FHIR R4.', {
      message: 'MSG_UNKNOWN_TYPE',
      expression: 'resourceType',
    })
  }
  if (type !== undefined && resourceType !== type) {
    throw refuse(400, 'invalid', `This address takes the type ${type}, not ${resourceType}.`, {
      message: 'MSG_RESOURCE_TYPE_MISMATCH',
      expression: 'resourceType',
    })
  }
  return value as Resource
}

/** All that is wrong with a resource; empty when it will do. */
export function findings(resource: Resource, { utc }: Pick<CheckOptions, 'utc'>): Issue[] {
  const found: Issue[] = []
  ruleFindings(resource, resource.resourceType, found)
  idFindings(resource, found)
  walk(resource, resource.resourceType, { resource, utc, found })
  return found
}

function isOfForm({ code }: Issue): boolean {
  return code === 'structure' || code === 'invalid'
}

function ruleFindings(resource: Resource, path: string, found: Issue[]): void {
  const { required, codes = {} } = rules[resource.resourceType] ?? { required: [] }
  for (const name of required) {
    if (hasElement(resource, name)) continue
    found.push(
      issue('required', `${resource.resourceType} needs ${name}.`, { expression: `${path}.${name}` }),
    )
  }
  for (const [name, allowed] of Object.entries(codes)) {
    const given = [resource[name] ?? []].flat()
    if (given.every((code) => allowed.includes(code as string))) continue
    found.push(
      issue('code-invalid', `${name} has to be one of ${allowed.join(', ')}.`, {
        expression: `${path}.${name}`,
      }),
    )
  }
}

function hasElement(resource: JsonObject, name: string): boolean {
  const choice = /^(\w+)\[x\]$/.exec(name)?.[1]
  if (choice === undefined) return resource[name] !== undefined || resource[`_${name}`] !== undefined
  return Object.keys(resource).some(
    (key) => key.startsWith(choice) && /^[A-Z]/.test(key.slice(choice.length)),
  )
}

function idFindings({ resourceType, id }: Resource, found: Issue[]): void {
  if (id !== undefined && (typeof id !== 'string' || !ID.test(id))) {
    found.push(
      issue('value', 'An id has 1 to 64 letters, digits, hyphens and full stops.', {
        expression: `${resourceType}.id`,
      }),
    )
  }
}

interface Walk {
  resource: Resource
  utc: boolean
  found: Issue[]
}

function walk(value: unknown, path: string, state: Walk): void {
  const { found } = state
  const wrong = (text: string) => found.push(issue('structure', text, { expression: path }))
  if (found.length >= MOST_ISSUES) return
  if (value === null) {
    // Arrays of primitives pair up with arrays of their extensions; there alone null has a meaning
    if (!/\[\d+\]$/.test(path)) wrong('null has no meaning in FHIR JSON: leave the element out.')
  } else if (Array.isArray(value)) {
    if (value.length === 0) wrong('An array is never empty in FHIR JSON: leave the element out.')
    for (const [at, item] of value.entries()) walk(item, `${path}[${at}]`, state)
  } else if (isObject(value)) {
    if (Object.keys(value).length === 0)
      wrong('An object is never empty in FHIR JSON: leave the element out.')
    if (typeof value['reference'] === 'string') referenceFindings(value['reference'], path, state)
    const inner = isOwnResource(value, path) ? { ...state, resource: value } : state
    for (const [name, item] of Object.entries(value)) walk(item, `${path}.${name}`, inner)
  } else if (typeof value === 'string') {
    textFindings(value, path, state)
  }
}

/** A resource in a Bundle has its own contained ones; a contained one has not. */
function isOwnResource(value: JsonObject, path: string): value is Resource {
  return typeof value['resourceType'] === 'string' && !/\.contained\[\d+\]$/.test(path)
}

const RELATIVE_REFERENCE = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/

function referenceFindings(reference: string, path: string, { resource, found }: Walk): void {
  const expression = `${path}.reference`
  if (reference.startsWith('#')) {
    const contained = [resource['contained'] ?? []].flat().filter(isObject)
    if (reference === '#' || contained.some(({ id }) => `#${String(id)}` === reference)) return
    found.push(
      issue('value', 'A reference points to a contained resource that is not there.', { expression }),
    )
    return
  }
  const type = RELATIVE_REFERENCE.exec(reference)?.[1]
  if (type !== undefined && isResourceType(type)) return
  if (/^(?:https?:\/\/\S+|urn:(?:uuid|oid):\S+)$/.test(reference)) return
  found.push(
    issue('value', 'A reference has to be Type/id, an absolute URL, urn:uuid:… or #id.', { expression }),
  )
}

/** What holds free text, in which anything may look like a date. */
const FREE_TEXT = /\.(?:text|display|description|title|comment|div|value|valueString|data|name)(?:\[\d+\])?$/

const DATE = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/

function textFindings(text: string, path: string, { utc, found }: Walk): void {
  const wrong = (diagnostics: string) =>
    found.push(issue('value', diagnostics, { message: 'MSG_DATE_FORMAT', expression: path }))
  if (text === '' || text.trim() === '') {
    found.push(issue('structure', 'A text is never empty in FHIR JSON: leave it out.', { expression: path }))
  } else if (path.endsWith('.div') && /<script\b/i.test(text)) {
    found.push(issue('value', 'A narrative has no scripts.', { expression: path }))
  } else if (!FREE_TEXT.test(path)) {
    const time = TIME.exec(text)
    if ((time ?? DATE.test(text)) && !isOfCalendar(text)) wrong('This day or time does not exist.')
    else if (!time) return
    else if (!/T\d\d:\d\d:\d\d/.test(text)) wrong('A time needs seconds.')
    else if (time[1] === undefined) wrong('A time needs a time zone: Z for UTC.')
    else if (utc && !/^(?:Z|[+-]00:00)$/.test(time[1])) wrong('Times have to be in UTC.')
  }
}

function isOfCalendar(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(11, 19).split(':').map(Number)
  return (
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text.slice(0, 10)) &&
    hours < 24 &&
    (Number.isNaN(minutes) || minutes < 60) &&
    (Number.isNaN(seconds) || seconds <= 60)
  )
}
