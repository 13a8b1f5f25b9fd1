import type { AllergyIntolerance } from '../../fhir/types'
import { codingsOf, conceptOf, hl7 } from './coding'
import { present, type Converter } from './conversion'
import { isFields, type Reading } from './reading'

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
    clinicalStatus: statusOf(of),
    code,
    patient: subject,
    onsetDateTime: of.time('startDate'),
    recordedDate: of.time('dateTime'),
    reaction: reactionsOf(of),
  })
  return [{ resource }]
}

/** FHIR wants a status wherever the allergy is not an error (invariant ait-1). */
function statusOf(of: Reading): AllergyIntolerance['clinicalStatus'] {
  const text = of.text('status')?.toLowerCase()
  const known = (['active', 'inactive', 'resolved'] as const).find((code) => code === text)
  if (!known) of.warn('status-assumed', 'status', 'is missing or not known; it was taken as active')
  const code = known ?? 'active'
  const display = code.replace(/^./, (letter) => letter.toUpperCase())
  return hl7('allergyintolerance-clinical', code, display)
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
