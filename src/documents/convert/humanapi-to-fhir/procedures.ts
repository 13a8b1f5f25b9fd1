import type { Procedure } from '../../fhir/types'
import { codingsOf, conceptOf } from './coding'
import { organizationOf, present, type Converter } from './conversion'
import { statuses, statusOf } from './statuses'

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
    status: statusOf(of, known, 'unknown'),
    code,
    subject,
    performedDateTime: of.time('dateTime'),
    performer: organization ? [{ actor: organization }] : undefined,
  })
  return [{ resource }]
}

const known = statuses<Procedure['status']>(
  [
    [/^(?:complete|done|final)/i, 'completed'],
    [/^(?:in.progress|active)/i, 'in-progress'],
    [/^cancel/i, 'not-done'],
    [/^(?:abort|stop)/i, 'stopped'],
    [/^(?:planned|scheduled)/i, 'preparation'],
  ],
  [[/^not.(?:done|performed)/i, 'not-done']],
)
