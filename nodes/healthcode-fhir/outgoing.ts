import { assertFhir, type FhirFinding } from '../../src/documents/fhir/check'
import { fhirJson } from '../../src/documents/fhir/json'
import { isResourceType } from '../../src/documents/fhir/r4/model'
import { patchInUtc, queryInUtc, timesInUtc, type UtcTimes } from '../../src/documents/fhir/times'
import type { TimeZone } from '../../src/documents/fhir/zone'
import { GatewayError } from '../../src/errors'
import type { FhirQuery } from '../../src/providers/fhir/client'
import type { JsonObject } from '../../src/providers/json-answer'

/** What leaves the node: with its times in UTC, and checked. */
export class Outgoing {
  /** What is worth knowing of it all the same. */
  readonly findings: FhirFinding[] = []

  constructor(
    private readonly zone: TimeZone | undefined,
    private readonly isChecked: boolean,
  ) {}

  /** @param endpoint where it goes: of some it is known which type they take */
  resource(value: unknown, endpoint: string): JsonObject {
    const resource = this.#noted(timesInUtc(fhirJson(value), this.zone))
    const type = typeOf(resource)
    const taken = typeTakenBy(endpoint)
    if (type !== undefined && taken !== undefined && type !== taken) {
      throw new GatewayError(
        'HG_INPUT',
        `The endpoint takes resources of the type ${taken}, and this one is another. Choose its endpoint, or give a ${taken}.`,
      )
    }
    if (this.isChecked) this.findings.push(...assertFhir(resource))
    return resource as JsonObject
  }

  /** A batch or a transaction. */
  bundle(value: unknown, type: 'batch' | 'transaction'): JsonObject {
    const bundle = this.resource(value, '')
    if (bundle.resourceType === 'Bundle' && bundle.type === type) return bundle
    throw new GatewayError(
      'HG_INPUT',
      `The operation ${type} sends a Bundle of the type ${type}, and this is another. Set its type, or choose the other operation.`,
    )
  }

  /** A JSON Patch, or a Parameters resource. */
  patch(value: unknown): unknown {
    const patch = this.#noted(patchInUtc(fhirJson(value), this.zone))
    if (this.isChecked && !Array.isArray(patch)) this.findings.push(...assertFhir(patch))
    return patch
  }

  query(query: FhirQuery | undefined): FhirQuery | undefined {
    return query === undefined ? undefined : this.#noted(queryInUtc(query, this.zone))
  }

  #noted<T>({ value, findings }: UtcTimes<T>): T {
    this.findings.push(...findings)
    return value
  }
}

function typeOf(resource: unknown): unknown {
  return (resource as { resourceType?: unknown } | null | undefined)?.resourceType
}

/**
 * The type of resource that an endpoint takes, where its name says so: `Patient`, `fhir_namespace/Patient`,
 * `patient_endpoint`, `create_schedule_endpoint`.
 */
export function typeTakenBy(endpoint: string): string | undefined {
  const segments = endpoint.split('/').filter(Boolean)
  const last = segments.at(-1) ?? ''
  if (isResourceType(last)) return last
  const [, name = ''] =
    /^(?:create_|update_|get_|search_)?([a-z_]+)_endpoint$/.exec(segments.length === 1 ? last : '') ?? []
  const type = name.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase())
  return isResourceType(type) ? type : undefined
}
