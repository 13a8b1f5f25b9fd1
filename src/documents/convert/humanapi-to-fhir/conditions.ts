import type { CodeableConcept, Condition } from '../../fhir/types'
import { codingsOf, conceptOf, hl7 } from './coding'
import { present, type Converter } from './conversion'
import type { Reading } from './reading'

/** The issues (problems) of the medical record. */
export const conditions: Converter = ({ of, subject, identifier }) => {
  const code = conceptOf(codingsOf(of.parts('codes')), of.text('name'))
  if (!code) {
    of.warn('value-missing', 'name', 'is missing; the record was left out')
    return []
  }
  const status = statusOf(of)
  const isOver = status !== undefined && status.code !== 'active'
  // Only what is over has an end there (invariant con-4).
  const abatementDateTime = isOver ? of.time('endDate') : undefined
  const resource: Condition = present({
    resourceType: 'Condition' as const,
    ...identifier(),
    clinicalStatus: status?.concept,
    category: [hl7('condition-category', 'problem-list-item', 'Problem List Item')],
    code,
    subject,
    onsetDateTime: of.time('startDate'),
    abatementDateTime,
    recordedDate: of.time('dateTime'),
  })
  return [{ resource }]
}

interface Status {
  code: string
  concept: CodeableConcept
}

function statusOf(of: Reading): Status | undefined {
  const text = of.text('status')?.toLowerCase()
  const known = ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'].find(
    (code) => code === text,
  )
  // An issue that has ended is none any more.
  const code = known ?? (text === undefined && of.has('endDate') ? 'resolved' : undefined)
  if (known === undefined) {
    const taken = code === undefined ? 'none was given' : 'it was taken as resolved, since there is an end'
    of.warn('status-assumed', 'status', `is missing or not known; ${taken}`)
  }
  if (code === undefined) return undefined
  const display = code.replace(/^./, (letter) => letter.toUpperCase())
  return { code, concept: hl7('condition-clinical', code, display) }
}
