import { Random } from '../../random'
import type { Resource } from '../fhir/resource'
import { insurer, type InsurerId, insurerIds } from './insurers'
import { address, humanName, type Someone, someone } from './names'

/** Somebody whom an insurer covers. */
export interface Member extends Someone {
  insurer: InsurerId
  membershipNumber: string
  groupId: string
  /** YYYY-MM-DD */
  start: string
  end: string
}

/** For each insurer. */
const COUNT = 6

/** What the insurers know, whichever site asks. @param now milliseconds since 1970 */
export function membersAt(now: number): Member[] {
  const year = new Date(now).getUTCFullYear()
  return insurerIds.flatMap((id) =>
    Array.from({ length: COUNT }, (_, at) => {
      const random = new Random('member', id, at)
      const who = someone(random)
      // The last one's cover has ended
      const until = at === COUNT - 1 ? year - 1 : year + 1
      return {
        ...who,
        insurer: id,
        membershipNumber: `${id.toUpperCase()}${random.between(100_000, 999_999)}`,
        groupId: `G${random.between(1000, 1004)}`,
        start: `${until - 2}-04-01`,
        end: `${until}-03-31`,
      }
    }),
  )
}

export function coverageOf(member: Member): Resource {
  const id = member.membershipNumber.toLowerCase()
  return {
    resourceType: 'Coverage',
    id,
    contained: [
      {
        resourceType: 'Patient',
        id: 'member',
        name: [humanName(member)],
        gender: member.gender,
        birthDate: member.birthDate,
        address: [address(member)],
      },
    ],
    identifier: [{ system: 'https://sandbox.invalid/membership-number', value: member.membershipNumber }],
    status: 'active',
    subscriberId: member.membershipNumber,
    beneficiary: { reference: '#member', display: `${member.given} ${member.family}` },
    relationship: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/subscriber-relationship', code: 'self' }],
    },
    period: { start: member.start, end: member.end },
    payor: [insurer(member.insurer)],
    class: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code: 'group' }] },
        value: member.groupId,
      },
    ],
  }
}
