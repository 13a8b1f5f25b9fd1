import { assertFhir, type CheckOptions, type FhirFinding } from '../../src/documents/fhir/check'
import { fhirJson } from '../../src/documents/fhir/json'
import { isResourceType } from '../../src/documents/fhir/r4/model'
import { patchInUtc, queryInUtc, timesInUtcSteps, type UtcTimes } from '../../src/documents/fhir/times'
import type { TimeZone } from '../../src/documents/fhir/zone'
import { GatewayError } from '../../src/errors'
import { typeNamedBy } from '../../src/providers/fhir/address'
import type { FhirQuery } from '../../src/providers/fhir/client'
import type { JsonObject } from '../../src/providers/json-answer'
import { inTurns } from '../../src/turn'

/** What leaves the node: with its times in UTC, and checked. */
export class Outgoing {
  /** What is worth knowing of it all the same. */
  readonly findings: FhirFinding[] = []

  /** @param options of the check; none where nothing is checked */
  constructor(
    private readonly zone: TimeZone | undefined,
    private readonly options: CheckOptions | undefined,
  ) {}

  /**
   * @param endpoint where it goes: of some it is known which type they take
   * @param id of an update; at the base of a server it has the type in it
   */
  async resource(value: unknown, endpoint: string, id = ''): Promise<JsonObject> {
    const resource = this.#noted(await inTurns(timesInUtcSteps(fhirJson(value), this.zone)))
    const type = typeOf(resource)
    const taken = typeTakenBy(`${endpoint}/${id.split('/').slice(0, -1).join('/')}`) ?? typeTakenBy(endpoint)
    if (type !== undefined && taken !== undefined && type !== taken) {
      throw new GatewayError(
        'HG_INPUT',
        `The endpoint takes resources of the type ${taken}, and this one is another. Choose its endpoint, or give a resource of that type.`,
      )
    }
    await this.#check(resource)
    return resource as JsonObject
  }

  /** What an operation takes; `$validate` takes what is not valid, so that the server can say so. */
  async parameters(value: unknown, operation: string): Promise<JsonObject> {
    if (!/^\$?validate$/.test(operation)) return this.resource(value, '')
    const resource = fhirJson(value)
    if (!this.zone) return resource as JsonObject
    return this.#noted(await inTurns(timesInUtcSteps(resource, this.zone))) as JsonObject
  }

  /** A batch or a transaction. */
  async bundle(value: unknown, type: 'batch' | 'transaction'): Promise<JsonObject> {
    const bundle = await this.resource(value, '')
    if (bundle.resourceType === 'Bundle' && bundle.type === type) return bundle
    throw new GatewayError(
      'HG_INPUT',
      `The operation ${type} sends a Bundle of the type ${type}, and this is another. Set its type, or choose the other operation.`,
    )
  }

  /** A JSON Patch, or a Parameters resource. */
  async patch(value: unknown): Promise<unknown> {
    const patch = this.#noted(patchInUtc(fhirJson(value), this.zone))
    if (!Array.isArray(patch)) await this.#check(patch)
    return patch
  }

  query(query: FhirQuery | undefined): FhirQuery | undefined {
    return query === undefined ? undefined : this.#noted(queryInUtc(query, this.zone))
  }

  async #check(resource: unknown): Promise<void> {
    if (this.options) this.findings.push(...(await assertFhir(resource, this.options)))
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
  const type = typeNamedBy(endpoint)
  return isResourceType(type) ? type : undefined
}
