import { isObject, type JsonObject } from '../json-answer'

/** Entries that go together, by their places in the Bundle. */
export type Group = readonly number[]

/** As many entries as may be, in their order: `most` or fewer, but at least one. */
export function inParts(count: number, most: number): Group[] {
  const size = most >= 1 ? Math.floor(most) : 1
  const parts: number[][] = []
  for (let index = 0; index < count; index++) {
    if (index % size === 0) parts.push([])
    parts.at(-1)?.push(index)
  }
  return parts
}

/**
 * The entries of a transaction in groups that have nothing to do with each other, put together to at most `most` at a
 * time. Entries hang together where one refers to another by its fullUrl, by type and id, or by the criteria with which
 * it is created or changed, and where both are about the same resource. A group that is larger by itself stays whole.
 * As in one transaction, what only deletes comes first, and reads, which hang together with nothing, come last. Source:
 * hl7.org/fhir/R4/http.html#trules
 */
export function alongReferences(entries: readonly JsonObject[], most: number): Group[] {
  const methods = entries.map(({ request }) => (isObject(request) ? request.method : undefined))
  const isRead = (index: number) => methods[index] === 'GET' || methods[index] === 'HEAD'
  const groups = connected(
    entries.map((entry, index) => (isRead(index) ? [] : namesOf(entry))),
    entries.map((entry, index) => (isRead(index) ? new Set<string>() : mentionsOf(entry))),
  )
  const rankOf = (group: Group) => {
    if (group.every(isRead)) return 2
    return group.every((index) => methods[index] === 'DELETE') ? 0 : 1
  }
  const parts: number[][] = []
  for (const rank of [0, 1, 2]) {
    const first = Math.max(parts.length - 1, 0)
    for (const group of groups.filter((one) => rankOf(one) === rank)) {
      const part = parts.find((one, at) => at >= first && one.length + group.length <= most)
      if (part) part.push(...group)
      else parts.push([...group])
    }
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
  const names: unknown[] = [fullUrl, relative(fullUrl)]
  if (method !== 'POST') names.push(relative(url))
  else if (typeof ifNoneExist === 'string' && ifNoneExist !== '') {
    names.push(relative(`${type}?${ifNoneExist}`))
  }
  if (typeof id === 'string') names.push(`${type}/${id}`)
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))]
}

/** Characters; what is longer is a narrative or data. */
const LONGEST_REFERENCE = 2_000

/** Every text that may be a reference, be it in an extension, in a narrative's link, or in criteria. */
function mentionsOf({ resource, request }: JsonObject): Set<string> {
  const found = new Set<string>()
  const { url, ifNoneExist } = isObject(request) ? request : {}
  const criteria = [/\?(.*)/s.exec(String(url))?.[1], ifNoneExist].filter((one) => typeof one === 'string')
  const left: unknown[] = [resource, ...criteria.flatMap((one) => [...new URLSearchParams(one).values()])]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string') {
      if (value.length <= LONGEST_REFERENCE) found.add(value).add(relative(value))
      for (const [urn] of value.matchAll(/urn:(?:uuid|oid):[\w.-]+/g)) found.add(urn)
    } else if (typeof value === 'object' && value !== null) left.push(...(Object.values(value) as unknown[]))
  }
  return found
}

/** `Patient/7` of an address, a version of it, and a part of it; criteria in one order and without escapes. */
function relative(url: unknown): string {
  const text = typeof url === 'string' ? url : ''
  const [, type, criteria] = /(?:^|\/)([A-Z][A-Za-z]+)\?([^#]+)$/.exec(text) ?? []
  if (type !== undefined && criteria !== undefined) {
    const pairs = [...new URLSearchParams(criteria)].map((pair) => JSON.stringify(pair))
    return `${type}?${pairs.sort().join()}`
  }
  return /(?:^|\/)([A-Z][A-Za-z]+\/[^/?#]+)(?:\/_history\/[^/?#]+)?(?:#.*)?$/.exec(text)?.[1] ?? text
}
