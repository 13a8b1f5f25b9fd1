import type { Parameter } from '../../form'
import { isInsurer } from '../data/insurers'
import { detailResource, type PaidClaim, type Remittance, sum, summaryResource } from '../data/remittances'
import { refuse } from '../fhir/outcome'
import type { Resource } from '../fhir/resource'
import { sinceOf } from '../fhir/search'
import { Fields, LIST_FIELDS, required } from './fields'

/** Source: apidocs.healthcode.co.uk, "Clearing services", Search Remittance Summary, with the fields of its Pro tier. */
const FIELDS = [
  ...['insurerIdentifier', 'provider', 'invoiceNumber', 'patientName', 'membershipNumber', 'dateCreated'],
  ...['datePaid', 'paymentAmount', 'amountInvoiced', 'paymentReference', 'hasShortFall', ...LIST_FIELDS],
]

export interface Found {
  found: Resource[]
  fields: Fields
}

/** Each payment that fits, or has a claim that does. */
export function searchSummaries(all: readonly Remittance[], form: readonly Parameter[], now: number): Found {
  const { fields, fitting } = search(all, form, now)
  return { fields, found: fitting.map(({ remittance }) => summaryResource(remittance)) }
}

/** Each claim that fits. */
export function searchDetails(all: readonly Remittance[], form: readonly Parameter[], now: number): Found {
  const { fields, fitting } = search(all, form, now)
  const details = fitting.flatMap(({ remittance, claims }) =>
    claims.map((one) => detailResource(remittance, one)),
  )
  return { fields, found: details }
}

/** One payment with its claims. */
export function getRemittance(all: readonly Remittance[], id: string): Resource[] {
  const remittance = all.find((one) => one.id === id)
  if (!remittance) {
    throw refuse(404, 'not-found', `There is no remittance ${id} of this site.`, { message: 'MSG_NO_EXIST' })
  }
  return [summaryResource(remittance), ...remittance.claims.map((claim) => detailResource(remittance, claim))]
}

/** All payments, page by page. */
export function listRemittances(all: readonly Remittance[], query: readonly Parameter[], now: number): Found {
  const fields = new Fields(query, LIST_FIELDS)
  return { fields, found: recent(all, fields, now).map(summaryResource) }
}

function search(all: readonly Remittance[], form: readonly Parameter[], now: number) {
  const fields = new Fields(form, FIELDS)
  const insurers = fields.list('insurerIdentifier')
  if (!insurers) throw required('insurerIdentifier')
  if (!insurers.every(isInsurer)) {
    throw refuse(400, 'code-invalid', 'insurerIdentifier names an insurer that is not known.', {
      message: 'MSG_PARAM_INVALID',
      expression: 'insurerIdentifier',
    })
  }
  const fitsPayment = paymentFilter(fields)
  const fitsClaim = claimFilter(fields)
  const fitting = recent(all, fields, now)
    .filter(fitsPayment)
    .map((remittance) => ({ remittance, claims: remittance.claims.filter(fitsClaim) }))
    .filter(({ claims }) => claims.length > 0)
  return { fields, fitting }
}

function paymentFilter(fields: Fields): (remittance: Remittance) => boolean {
  const created = fields.period('dateCreated')
  const paid = fields.period('datePaid')
  const amount = fields.amount('paymentAmount')
  return ({ insurer, provider, paymentReference, createdAt, paidOn, claims }) =>
    fields.allows('insurerIdentifier', insurer) &&
    fields.allows('provider', provider) &&
    fields.allows('paymentReference', paymentReference) &&
    isIn(created, new Date(createdAt).toISOString().slice(0, 10)) &&
    isIn(paid, paidOn) &&
    amount(sum(claims, 'paid'))
}

function claimFilter(fields: Fields): (claim: PaidClaim) => boolean {
  const amount = fields.amount('amountInvoiced')
  const short = fields.oneOf('hasShortFall', ['true', 'false'])
  return ({ invoiceNumber, member, invoiced, paid }) =>
    fields.allows('invoiceNumber', invoiceNumber) &&
    fields.allows('membershipNumber', member.membershipNumber) &&
    (fields.begins('patientName', member.family) ||
      fields.begins('patientName', `${member.given} ${member.family}`)) &&
    amount(invoiced) &&
    (short === undefined || (short === 'true') === paid < invoiced)
}

function isIn(period: readonly [string, string] | undefined, day: string): boolean {
  return !period || (period[0] <= day && day <= period[1])
}

/** Newest last, as they came, unless `_sort` says otherwise. */
function recent(all: readonly Remittance[], fields: Fields, now: number): Remittance[] {
  const since = fields.get('_since')
  const from = since === undefined ? -Infinity : sinceOf(since, now)
  const recent = all.filter(({ createdAt }) => createdAt >= from)
  return fields.oneOf('_sort', ['createdOn', '-createdOn']) === '-createdOn' ? recent.reverse() : recent
}
