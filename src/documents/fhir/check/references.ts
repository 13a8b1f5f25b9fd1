import { isResourceType, type Property } from '../r4/model'
import type { Findings, JsonObject, Place } from './finding'

const RELATIVE = /^([A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/
/** An entry of a transaction may point to what a search finds. */
const CONDITIONAL = /^([A-Za-z]+)\?[^\s=]+=.*$/
const ABSOLUTE = /^https?:\/\/[^\s/]+(?:\/[^\s]*)?$/
const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/
const ANY_SCHEME = /^(?!urn:(?:uuid|oid):|https?:)[a-z][a-z0-9+.-]*:\S+$/i

/** Form and type of a reference. Whether what it points to is there is asked elsewhere. */
export function checkReference(
  { reference, type }: JsonObject,
  { targets }: Property,
  place: Place,
  findings: Findings,
): void {
  if (typeof reference !== 'string' || reference === '' || reference.startsWith('#')) return
  const at: Place = { parent: place, key: 'reference' }
  const relative = (RELATIVE.exec(reference) ?? CONDITIONAL.exec(reference))?.[1]
  if (relative === undefined && ![ABSOLUTE, UUID, OID, ANY_SCHEME].some((form) => form.test(reference))) {
    findings.add('value', at, 'has to be Type/id, an absolute URL, urn:uuid:, urn:oid: or #id')
    return
  }
  if (relative !== undefined && !isResourceType(relative)) {
    findings.add('value', at, 'names no type of resource of R4')
    return
  }
  const points = relative ?? typeAt(reference)
  if (points === undefined) return
  if (targets && !targets.has(points)) {
    findings.add('value', at, `may point to ${[...targets].join(', ')} only`)
  }
  if (typeof type === 'string' && isResourceType(type) && type !== points) {
    findings.add('value', { parent: place, key: 'type' }, 'is another type than that of the reference')
  }
}

/** The type in the address of a resource on a server. */
function typeAt(url: string): string | undefined {
  const type =
    /^https?:\/\/.*\/([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(
      url,
    )?.[1]
  return isResourceType(type) ? type : undefined
}
