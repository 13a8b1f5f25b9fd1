import { Random, rounded } from '../../random'
import type { Resource } from '../fhir/resource'
import { codeSets } from './codes'
import { insurer, type InsurerId } from './insurers'
import type { Member } from './members'
import { practitioners } from './practitioners'

/** What an insurer has paid to a site at one time. */
export interface Remittance {
  id: string
  insurer: InsurerId
  /** Healthcode's id of who is paid. */
  provider: string
  paymentReference: string
  /** Milliseconds since 1970. */
  createdAt: number
  /** YYYY-MM-DD */
  paidOn: string
  claims: readonly PaidClaim[]
}

export interface PaidClaim {
  id: string
  invoiceNumber: string
  member: Member
  treatedBy: string
  /** YYYY-MM-DD */
  treatedOn: string
  service: { system: string; code: string; display: string }
  /** In pounds. */
  invoiced: number
  paid: number
}

const COUNT = 26
const DAY = 86_400_000

/** A site's remittances of the last twelve weeks, oldest first. @param now milliseconds since 1970 */
export function remittancesOf(
  site: string,
  provider: string,
  members: readonly Member[],
  now: number,
): Remittance[] {
  const today = Math.floor(now / DAY) * DAY
  return Array.from({ length: COUNT }, (_, at) => {
    const random = new Random('remittance', site, at)
    const createdAt = today - (COUNT - at) * 3 * DAY + random.between(7 * 3600, 18 * 3600) * 1000
    const payer: InsurerId = random.oneOf(['bup', 'ppp', 'nuh', 'slh'])
    const covered = members.filter((member) => member.insurer === payer)
    return {
      id: `${site.toLowerCase()}-rem-${1001 + at}`,
      insurer: payer,
      provider,
      paymentReference: `PAY${random.between(100_000, 999_999)}`,
      createdAt,
      paidOn: dayOf(createdAt - DAY),
      claims: Array.from({ length: random.between(1, 5) }, (__, number) =>
        paidClaim(random, covered, `${site.slice(-2)}${1001 + at}${number + 1}`, createdAt),
      ),
    }
  })
}

function paidClaim(random: Random, covered: readonly Member[], number: string, createdAt: number): PaidClaim {
  const { system, codes } = codeSets['service-type']?.['ISC'] ?? { system: '', codes: [] }
  const { code, display } = codes[random.between(0, codes.length)] ?? { code: '', display: '' }
  const invoiced = random.between(60, 2400) + 0.5 * random.between(0, 2)
  const isShort = random.chance(0.25)
  const member = covered[random.between(0, covered.length)] as Member
  const doctor = practitioners[random.between(0, practitioners.length)]
  return {
    id: `clr-${number}`,
    invoiceNumber: `INV${number}`,
    member,
    treatedBy: doctor ? `${doctor.given} ${doctor.family}` : '',
    treatedOn: dayOf(createdAt - random.between(10, 30) * DAY),
    service: { system, code, display },
    invoiced,
    paid: isShort ? rounded(invoiced * 0.8, 2) : invoiced,
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function sum(claims: readonly PaidClaim[], what: 'invoiced' | 'paid'): number {
  return rounded(
    claims.reduce((total, claim) => total + claim[what], 0),
    2,
  )
}

const gbp = (value: number) => ({ value, currency: 'GBP' })

export function summaryResource({ id, createdAt, paidOn, claims, ...about }: Remittance): Resource {
  return {
    resourceType: 'PaymentReconciliation',
    id,
    meta: { lastUpdated: new Date(createdAt).toISOString() },
    identifier: [{ system: 'https://sandbox.invalid/remittance', value: id }],
    status: 'active',
    created: new Date(createdAt).toISOString(),
    paymentIssuer: insurer(about.insurer),
    requestor: { identifier: { system: 'https://sandbox.invalid/provider', value: about.provider } },
    outcome: sum(claims, 'paid') < sum(claims, 'invoiced') ? 'partial' : 'complete',
    paymentDate: paidOn,
    paymentAmount: gbp(sum(claims, 'paid')),
    paymentIdentifier: { system: 'https://sandbox.invalid/payment', value: about.paymentReference },
    detail: claims.map((claim) => ({
      type: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/payment-type', code: 'payment' }],
      },
      response: { reference: `ClaimResponse/${claim.id}` },
      date: paidOn,
      amount: gbp(claim.paid),
    })),
  }
}

export function detailResource(remittance: Remittance, claim: PaidClaim): Resource {
  const { member, service, invoiced, paid } = claim
  const total = (code: string, value: number) => ({
    category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/adjudication', code }] },
    amount: gbp(value),
  })
  return {
    resourceType: 'ClaimResponse',
    id: claim.id,
    meta: { lastUpdated: new Date(remittance.createdAt).toISOString() },
    identifier: [{ system: 'https://sandbox.invalid/claim-response', value: claim.id }],
    status: 'active',
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }] },
    use: 'claim',
    patient: {
      identifier: { system: 'https://sandbox.invalid/membership-number', value: member.membershipNumber },
      display: `${member.given} ${member.family}`,
    },
    created: new Date(remittance.createdAt).toISOString(),
    insurer: insurer(remittance.insurer),
    requestor: {
      identifier: { system: 'https://sandbox.invalid/provider', value: remittance.provider },
      display: claim.treatedBy,
    },
    request: { identifier: { system: 'https://sandbox.invalid/invoice-number', value: claim.invoiceNumber } },
    outcome: paid < invoiced ? 'partial' : 'complete',
    item: [
      {
        itemSequence: 1,
        adjudication: [total('submitted', invoiced), total('benefit', paid)],
      },
    ],
    addItem: [
      {
        servicedDate: claim.treatedOn,
        productOrService: { coding: [service] },
        net: gbp(invoiced),
        adjudication: [total('benefit', paid)],
      },
    ],
    total: [total('submitted', invoiced), total('benefit', paid)],
    payment: {
      type: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/ex-paymenttype', code: 'complete' }],
      },
      date: remittance.paidOn,
      amount: gbp(paid),
      identifier: { value: remittance.paymentReference },
    },
  }
}
