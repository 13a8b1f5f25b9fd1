import { isDeepStrictEqual } from 'node:util'
import { type FhirRefusal, refuse } from './outcome'
import { isObject, type JsonObject, type Resource } from './resource'

interface Operation {
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'
  path: readonly string[]
  from: readonly string[]
  value: unknown
}

const MOST_OPERATIONS = 1000

/**
 * The resource as a JSON Patch (RFC 6902) changes it; the one given stays as it is.
 * @throws FhirRefusal 400 for what is no JSON Patch, 422 for one that does not fit the resource
 */
export function patched(resource: Resource, patch: unknown): Resource {
  if (!Array.isArray(patch) || patch.length === 0 || patch.length > MOST_OPERATIONS) {
    throw refuse(400, 'structure', `A JSON Patch is an array of up to ${MOST_OPERATIONS} operations.`)
  }
  const operations = patch.map(readOperation)
  const document: { root: unknown } = { root: structuredClone(resource) }
  for (const [at, operation] of operations.entries()) apply(document, operation, at)
  return document.root as Resource
}

function readOperation(value: unknown, at: number): Operation {
  const given = isObject(value) ? value : {}
  const { op } = given
  const known = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const
  const name = known.find((one) => one === op)
  if (name === undefined) {
    throw malformed('structure', at, `op has to be one of ${known.join(', ')}.`)
  }
  if (['add', 'replace', 'test'].includes(name) && !('value' in given)) {
    throw malformed('required', at, `${name} needs a value.`)
  }
  const moves = name === 'move' || name === 'copy'
  return {
    op: name,
    path: pointer(given, 'path', at),
    from: moves ? pointer(given, 'from', at) : [],
    value: given['value'],
  }
}

/** The steps of a JSON Pointer (RFC 6901). */
function pointer(operation: JsonObject, name: 'path' | 'from', at: number): string[] {
  const text = operation[name]
  if (typeof text !== 'string' || !/^(?:\/(?:[^~/]|~[01])*)*$/.test(text)) {
    throw malformed('structure', at, `${name} has to be a JSON Pointer.`)
  }
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function apply(document: { root: unknown }, { op, path, from, value }: Operation, at: number): void {
  if (op === 'test') {
    if (isDeepStrictEqual(find(document, path, at), value)) return
    throw unfit(at, 'The value that the patch tests is another one.')
  }
  if (op === 'remove' || op === 'replace') remove(document, path, at)
  if (op === 'add' || op === 'replace') add(document, path, value, at)
  if (op === 'move') add(document, path, remove(document, from, at), at)
  if (op === 'copy') add(document, path, structuredClone(find(document, from, at)), at)
}

function add(document: { root: unknown }, path: readonly string[], value: unknown, at: number): void {
  const name = path.at(-1)
  if (name === undefined) {
    document.root = value
    return
  }
  const parent = find(document, path.slice(0, -1), at)
  if (Array.isArray(parent)) parent.splice(indexIn(parent, name, parent.length, at), 0, value)
  else if (isObject(parent) && name !== '__proto__') parent[name] = value
  else throw unfit(at, 'The place that the patch names does not exist.')
}

function remove(document: { root: unknown }, path: readonly string[], at: number): unknown {
  const removed = find(document, path, at)
  const name = path.at(-1)
  const parent = find(document, path.slice(0, -1), at)
  if (name === undefined) document.root = undefined
  else if (Array.isArray(parent)) parent.splice(Number(name), 1)
  else Reflect.deleteProperty(parent as JsonObject, name)
  return removed
}

function find({ root }: { root: unknown }, path: readonly string[], at: number): unknown {
  return path.reduce<unknown>((parent, name) => {
    if (Array.isArray(parent)) return parent[indexIn(parent, name, parent.length - 1, at)] as unknown
    if (isObject(parent) && Object.hasOwn(parent, name)) return parent[name]
    throw unfit(at, 'The place that the patch names does not exist.')
  }, root)
}

function indexIn(list: readonly unknown[], name: string, most: number, at: number): number {
  const index =
    name === '-' && most === list.length ? most : Number(/^(?:0|[1-9]\d*)$/.test(name) ? name : NaN)
  if (index <= most) return index
  throw unfit(at, 'The place that the patch names does not exist.')
}

function malformed(code: 'structure' | 'required', at: number, diagnostics: string): FhirRefusal {
  return refuse(400, code, `Operation ${at + 1} of the patch: ${diagnostics}`)
}

function unfit(at: number, diagnostics: string): FhirRefusal {
  return refuse(422, 'processing', `Operation ${at + 1} of the patch: ${diagnostics}`)
}
