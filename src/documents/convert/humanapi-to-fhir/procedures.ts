import type { Procedure } from '../../fhir/types'
import { codingsOf, conceptOf } from './coding'
import { organizationOf, present, type Converter } from './conversion'
import type { Reading } from './reading'

export const procedures: Converter = ({ of, subject, identifier }) => {
  const code = conceptOf(codingsOf(of.parts('codes')), of.text('name'))
  if (!code) {
    of.warn('value-missing', 'name', 'is missing; the record was left out')
    return []
  }
  const organization = organizationOf(of)
  const resource: Procedure = present({
    resourceType: 'Procedure' as const,
    ...identifier(),
    status: statusOf(of),
    code,
    subject,
    performedDateTime: of.time('dateTime'),
    performer: organization ? [{ actor: organization }] : undefined,
  })
  return [{ resource }]
}

const statuses: [RegExp, Procedure['status']][] = [
  [/^(?:complete|done|final)/i, 'completed'],
  [/^(?:in.progress|active)/i, 'in-progress'],
  [/^(?:cancel|not.done)/i, 'not-done'],
  [/^(?:abort|stop)/i, 'stopped'],
  [/^(?:planned|scheduled)/i, 'preparation'],
]

function statusOf(of: Reading): Procedure['status'] {
  const text = of.text('status')
  const found = statuses.find(([pattern]) => text !== undefined && pattern.test(text))?.[1]
  if (!found) of.warn('status-assumed', 'status', 'is missing or not known; it was taken as unknown')
  return found ?? 'unknown'
}
