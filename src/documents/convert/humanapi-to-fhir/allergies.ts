import type { AllergyIntolerance } from '../../fhir/types'
import { codingsOf, conceptOf, hl7 } from './coding'
import { present, type Converter } from './conversion'
import { isFields, type Reading } from './reading'
import { statusIn, statuses } from './statuses'

/** Source: reference, "Allergies". */
export const allergies: Converter = ({ of, subject, identifier }) => {
  const allergen = of.part('allergen')
  const coding = [...codingsOf(allergen?.parts('codes') ?? []), ...codingsOf(of.parts('codes'))]
  const code = conceptOf(coding, of.text('name') ?? allergen?.text('name'))
  allergen?.end()
  if (!code) {
    of.warn('value-missing', 'name', 'is missing; the record was left out')
    return []
  }
  const resource: AllergyIntolerance = present({
    resourceType: 'AllergyIntolerance' as const,
    ...identifier(),
    ...statusOf(of),
    code,
    patient: subject,
    onsetDateTime: of.time('startDate'),
    recordedDate: of.time('dateTime'),
    reaction: reactionsOf(of),
  })
  return [{ resource }]
}

const known = statuses<'active' | 'inactive' | 'resolved'>(
  [
    [/^active\b/i, 'active'],
    [/^in-?active\b/i, 'inactive'],
    [/^resolved\b/i, 'resolved'],
  ],
  [[/^(?:not|no longer) active\b/i, 'inactive']],
)

/** FHIR wants a clinical status wherever the allergy is not an error, and none there (invariants ait-1, ait-2). */
function statusOf(of: Reading): Pick<AllergyIntolerance, 'clinicalStatus' | 'verificationStatus'> {
  const status = statusIn(of.text('status') ?? '', known)
  if (status === 'entered-in-error') {
    return {
      verificationStatus: hl7('allergyintolerance-verification', 'entered-in-error', 'Entered in Error'),
    }
  }
  if (!status) of.warn('status-assumed', 'status', 'is missing or not known; it was taken as active')
  const code = status ?? 'active'
  const display = code.replace(/^./, (letter) => letter.toUpperCase())
  return { clinicalStatus: hl7('allergyintolerance-clinical', code, display) }
}

function reactionsOf(of: Reading): AllergyIntolerance['reaction'] {
  // The same reactions, with more of each; those without a name are in the other list only.
  const full = of.list('reactionsFull').filter(isFields)
  if (full.length === 0) return of.texts('reactions').map((text) => ({ manifestation: [{ text }] }))
  of.skip('reactions')
  return of.parts('reactionsFull').flatMap((reaction) => {
    const concept = conceptOf(codingsOf(reaction.parts('codes')), reaction.text('name'))
    reaction.end()
    return concept ? [{ manifestation: [concept] }] : []
  })
}
