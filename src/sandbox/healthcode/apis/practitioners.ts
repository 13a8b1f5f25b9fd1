import type { Parameter } from '../../form'
import { insurerIds, isInsurer } from '../data/insurers'
import { practitionerResource, practitioners, type RegisteredPractitioner } from '../data/practitioners'
import { badValue } from '../fhir/matching'
import type { Resource } from '../fhir/resource'
import { Fields } from './fields'

/** Source: apidocs.healthcode.co.uk, "Private Practice Register", Search Practitioners. */
const FIELDS = [
  ...['gender', 'profession', 'specialty', 'subspecialty', 'insurer-recognition-status', 'insurer'],
  ...['insurer-provider-number', 'address-postalcode', 'family', 'given', 'is-onlinebooking-available'],
  ...['regulator-reference', 'page', 'count'],
]

export function searchPractitioners(
  query: readonly Parameter[],
  version: number,
): { found: Resource[]; fields: Fields } {
  const fields = new Fields(query, FIELDS)
  const recognised = fields.oneOf('insurer-recognition-status', ['Y', 'N'])
  const online = fields.oneOf('is-onlinebooking-available', ['true', 'false'])
  const insurers = fields.list('insurer') ?? insurerIds
  if (!insurers.every(isInsurer)) throw badValue('insurer', 'it names an insurer that is not known')
  const fits = (one: RegisteredPractitioner) => {
    const numbers = insurers.flatMap((id) => (isInsurer(id) ? (one.providerNumbers[id] ?? []) : []))
    return (
      fields.allows('gender', one.gender) &&
      fields.allows('profession', one.profession) &&
      fields.allows('specialty', one.specialty) &&
      fields.allows('subspecialty', one.subspecialty ?? '') &&
      fields.allows('regulator-reference', one.regulatorReference) &&
      fields.begins('address-postalcode', one.postalCode) &&
      fields.begins('family', one.family) &&
      fields.begins('given', one.given) &&
      (online === undefined || (online === 'true') === one.isBookableOnline) &&
      (recognised === undefined || (recognised === 'Y') === numbers.length > 0) &&
      (fields.get('insurer') === undefined || recognised !== undefined || numbers.length > 0) &&
      (fields.list('insurer-provider-number')?.some((number) => numbers.includes(number)) ?? true)
    )
  }
  return { found: practitioners.filter(fits).map((one) => practitionerResource(one, version)), fields }
}
