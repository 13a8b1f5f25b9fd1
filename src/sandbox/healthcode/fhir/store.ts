import type { Resource, StoredResource } from './resource'

/** One version of a resource, or its deletion. */
export interface Version {
  readonly type: string
  readonly id: string
  readonly number: number
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Milliseconds since 1970: of this version, and of the first. */
  readonly at: number
  readonly createdAt: number
  /** `undefined` when it was deleted. */
  readonly resource: StoredResource | undefined
}

export interface LiveVersion extends Version {
  readonly resource: StoredResource
}

export function isLive(version: Version): version is LiveVersion {
  return version.resource !== undefined
}

/** Beyond these the oldest go. */
const MOST_RESOURCES = 20_000
const MOST_VERSIONS = 100

/** Resources with their versions, in memory. Those that are kept are never changed, so they can be handed out. */
export class ResourceStore {
  readonly #byType = new Map<string, Map<string, Version[]>>()
  #size = 0
  /** What undoes the work in hand, while it may fail as a whole. */
  #undo: (() => void)[] | undefined

  constructor(private readonly now: () => number) {}

  /** All versions that are kept, oldest first; none for what never existed. */
  versions(type: string, id: string): readonly Version[] {
    return this.#byType.get(type)?.get(id) ?? []
  }

  newest(type: string, id: string): Version | undefined {
    return this.versions(type, id).at(-1)
  }

  /** What is not deleted, in the order in which it was created. */
  live(type: string): LiveVersion[] {
    const all = [...(this.#byType.get(type)?.values() ?? [])]
    return all.flatMap((versions) => versions.slice(-1)).filter(isLive)
  }

  types(): string[] {
    return [...this.#byType.keys()]
  }

  /** Newest first; of all types unless one is given. */
  history(type?: string): Version[] {
    const chosen = type === undefined ? this.types() : [type]
    return chosen
      .flatMap((one) => [...(this.#byType.get(one)?.values() ?? [])].flat())
      .sort((one, other) => other.at - one.at || other.number - one.number)
  }

  /** The resource gets this id, the next version and the time. */
  write(
    method: 'POST' | 'PUT' | 'PATCH',
    type: string,
    id: string,
    resource: Resource,
    at = this.now(),
  ): LiveVersion {
    const { resourceType, id: _given, meta, ...content } = resource
    const version = this.#next(method, type, id, at, (number) => ({
      ...{ resourceType, id },
      meta: { ...(meta as object), versionId: String(number), lastUpdated: new Date(at).toISOString() },
      ...content,
    }))
    return version as LiveVersion
  }

  remove(type: string, id: string): Version {
    return this.#next('DELETE', type, id, this.now(), () => undefined)
  }

  /** All that the work does to the store, or, when it throws, nothing. */
  atomically<T>(work: () => T): T {
    const undo: (() => void)[] = []
    this.#undo = undo
    try {
      return work()
    } catch (error) {
      for (const step of undo.reverse()) step()
      throw error
    } finally {
      this.#undo = undefined
      this.#makeRoom()
    }
  }

  #next(
    method: Version['method'],
    type: string,
    id: string,
    at: number,
    content: (number: number) => StoredResource | undefined,
  ): Version {
    const byId = this.#byType.get(type) ?? new Map<string, Version[]>()
    const before = byId.get(id) ?? []
    const [last] = before.slice(-1)
    const number = (last?.number ?? 0) + 1
    const createdAt = last?.createdAt ?? at
    const version = { type, id, number, method, at, createdAt, resource: content(number) }
    byId.set(id, [...before.slice(1 - MOST_VERSIONS), version])
    this.#byType.set(type, byId)
    if (!last) this.#size++
    if (this.#undo) {
      this.#undo.push(() => {
        if (last) return void byId.set(id, before)
        byId.delete(id)
        this.#size--
      })
    } else {
      this.#makeRoom()
    }
    return version
  }

  #makeRoom(): void {
    while (this.#size > MOST_RESOURCES) {
      const largest = [...this.#byType.values()].reduce((one, other) => (other.size > one.size ? other : one))
      for (const oldest of largest.keys()) {
        largest.delete(oldest)
        this.#size--
        break
      }
    }
  }
}
