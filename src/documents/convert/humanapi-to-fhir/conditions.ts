import type { Condition } from '../../fhir/types'
import { codingsOf, conceptOf, hl7 } from './coding'
import { present, type Converter } from './conversion'
import type { Reading } from './reading'
import { statusIn, statuses } from './statuses'

/** The issues (problems) of the medical record. */
export const conditions: Converter = ({ of, subject, identifier }) => {
  const code = conceptOf(codingsOf(of.parts('codes')), of.text('name'))
  if (!code) {
    of.warn('value-missing', 'name', 'is missing; the record was left out')
    return []
  }
  const status = statusOf(of)
  // Only what is over has an end there (invariant con-4), and only what has a status is on the list (con-3).
  const abatementDateTime = OVER.has(status ?? '') ? of.time('endDate') : undefined
  const isListed = status !== undefined
  const resource: Condition = present({
    resourceType: 'Condition' as const,
    ...identifier(),
    ...conceptsOf(status),
    category: isListed ? [hl7('condition-category', 'problem-list-item', 'Problem List Item')] : undefined,
    code,
    subject,
    onsetDateTime: of.time('startDate'),
    abatementDateTime,
    recordedDate: of.time('dateTime'),
  })
  return [{ resource }]
}

const OVER: ReadonlySet<string> = new Set(['inactive', 'remission', 'resolved'])

const known = statuses([
  [/^active$/i, 'active'],
  [/^recurrence$/i, 'recurrence'],
  [/^relapse$/i, 'relapse'],
  [/^inactive$/i, 'inactive'],
  [/^remission$/i, 'remission'],
  [/^resolved$/i, 'resolved'],
])

function statusOf(of: Reading): string | undefined {
  const text = of.text('status')
  const found = text === undefined ? undefined : statusIn(text, known)
  if (found !== undefined) return found
  // An issue that has ended is none any more.
  const code = text === undefined && of.has('endDate') ? 'resolved' : undefined
  const taken = code === undefined ? 'none was given' : 'it was taken as resolved, since there is an end'
  of.warn('status-assumed', 'status', `is missing or not known; ${taken}`)
  return code
}

/** An issue that was entered in error has no clinical status (invariant con-5). */
function conceptsOf(status: string | undefined): Pick<Condition, 'clinicalStatus' | 'verificationStatus'> {
  if (status === undefined) return {}
  if (status === 'entered-in-error') {
    return { verificationStatus: hl7('condition-ver-status', status, 'Entered in Error') }
  }
  const display = status.replace(/^./, (letter) => letter.toUpperCase())
  return { clinicalStatus: hl7('condition-clinical', status, display) }
}
