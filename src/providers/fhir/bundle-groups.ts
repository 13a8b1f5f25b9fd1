import { isObject, type JsonObject } from '../json-answer'

/** Entries that go together, by their places in the Bundle. */
export type Group = readonly number[]

/** As many entries as may be, in their order. */
export function inParts(count: number, most: number): Group[] {
  const parts: Group[] = []
  for (let at = 0; at < count; at += most) {
    parts.push(Array.from({ length: Math.min(most, count - at) }, (_, index) => at + index))
  }
  return parts
}

/**
 * The entries of a transaction in groups that have nothing to do with each other, put together to at most `most` at a
 * time. Entries hang together where one refers to another by its fullUrl, by type and id, or by the criteria with which
 * it is created or changed, and where both are about the same resource. A group that is larger by itself stays whole.
 */
export function alongReferences(entries: readonly JsonObject[], most: number): Group[] {
  const groups = connected(entries.map(namesOf), entries.map(mentionsOf))
  const parts: number[][] = []
  for (const group of groups) {
    const part = parts.find((one) => one.length + group.length <= most)
    if (part) part.push(...group)
    else parts.push([...group])
  }
  return parts.map((part) => part.sort((one, other) => one - other))
}

function connected(names: readonly string[][], mentions: readonly ReadonlySet<string>[]): Group[] {
  const owner = new Map<string, number>()
  const parent = names.map((_, index) => index)
  const root = (index: number): number => {
    let at = index
    for (let up = parent[at]; up !== undefined && up !== at; up = parent[at]) {
      parent[at] = parent[up] ?? up
      at = up
    }
    return at
  }
  names.forEach((own, index) => {
    for (const name of own) {
      const other = owner.get(name)
      if (other === undefined) owner.set(name, index)
      else parent[root(index)] = root(other)
    }
  })
  mentions.forEach((mentioned, index) => {
    for (const name of mentioned) {
      const other = owner.get(name)
      if (other !== undefined) parent[root(index)] = root(other)
    }
  })
  const groups = new Map<number, number[]>()
  parent.forEach((_, index) => {
    const group = groups.get(root(index))
    if (group) group.push(index)
    else groups.set(root(index), [index])
  })
  return [...groups.values()]
}

/** All by which another entry could mean this one. */
function namesOf({ fullUrl, request, resource }: JsonObject): string[] {
  const { method, url, ifNoneExist } = isObject(request) ? request : {}
  const { resourceType, id } = isObject(resource) ? resource : {}
  const type = typeof resourceType === 'string' ? resourceType : ''
  const names: unknown[] = [fullUrl]
  if (method !== 'POST') names.push(relative(url))
  else if (typeof ifNoneExist === 'string' && ifNoneExist !== '')
    names.push(`${type}?${ifNoneExist.replace(/^\?/, '')}`)
  if (typeof id === 'string') names.push(`${type}/${id}`)
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))]
}

/** Characters; what is longer is a narrative or data. */
const LONGEST_REFERENCE = 2_000

/** Every text that may be a reference, be it in an extension or in a narrative's link. */
function mentionsOf({ resource }: JsonObject): Set<string> {
  const found = new Set<string>()
  const left: unknown[] = [resource]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string') {
      if (value.length <= LONGEST_REFERENCE) found.add(value).add(relative(value))
      for (const [urn] of value.matchAll(/urn:(?:uuid|oid):[\w.-]+/g)) found.add(urn)
    } else if (typeof value === 'object' && value !== null) left.push(...(Object.values(value) as unknown[]))
  }
  return found
}

/** `Patient/7` of an address, a version of it, and a part of it. */
function relative(url: unknown): string {
  const text = typeof url === 'string' ? url : ''
  return /(?:^|\/)([A-Z][A-Za-z]+\/[^/?#]+)(?:\/_history\/[^/?#]+)?(?:#.*)?$/.exec(text)?.[1] ?? text
}
