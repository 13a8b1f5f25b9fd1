import type { Parameter } from '../../form'
import { insurers, isInsurer } from '../data/insurers'
import { coverageOf, type Member } from '../data/members'
import { refuse } from '../fhir/outcome'
import type { Resource } from '../fhir/resource'
import { Fields, required } from './fields'

/** Source: apidocs.healthcode.co.uk, "Authorisation", Find Member. The spelling of dateOfbirth is theirs, and no pages. */
const FIELDS = [
  ...['insurerIdentifier', 'firstName', 'lastName', 'sex', 'dateOfbirth', 'postCode', 'membershipNumber'],
  ...['groupId', 'policyActiveOn'],
]

/** The cover of whoever fits; what an insurer needs to know of a member differs, here by the sandbox's own choice. */
export function findMember(members: readonly Member[], form: readonly Parameter[]): Resource[] {
  const fields = new Fields(form, FIELDS)
  const id = fields.get('insurerIdentifier')
  if (id === undefined) throw required('insurerIdentifier')
  if (!isInsurer(id)) {
    throw refuse(
      400,
      'code-invalid',
      `insurerIdentifier has to be one of ${Object.keys(insurers).join(', ')}.`,
      {
        message: 'MSG_PARAM_INVALID',
        expression: 'insurerIdentifier',
      },
    )
  }
  const named = ['lastName', 'firstName', 'dateOfbirth', ...(id === 'nuh' ? ['postCode'] : [])]
  const missing = named.find((name) => fields.get(name) === undefined)
  if (fields.get('membershipNumber') === undefined && missing !== undefined) throw required(missing)
  fields.oneOf('sex', ['Male', 'Female', 'male', 'female'])
  const born = fields.day('dateOfbirth')
  const active = fields.day('policyActiveOn')
  const fits = (member: Member) =>
    member.insurer === id &&
    fields.allows('lastName', member.family) &&
    fields.begins('firstName', member.given) &&
    fields.allows('sex', member.gender) &&
    (born === undefined || member.birthDate === born) &&
    withoutBlanks(fields.get('postCode') ?? member.postalCode) === withoutBlanks(member.postalCode) &&
    fields.allows('membershipNumber', member.membershipNumber) &&
    fields.allows('groupId', member.groupId) &&
    (active === undefined || (member.start <= active && active <= member.end))
  return members.filter(fits).map(coverageOf)
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase()
}
