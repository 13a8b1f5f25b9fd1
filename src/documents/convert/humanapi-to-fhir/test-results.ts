import type { Observation, ObservationReferenceRange, ObservationStatus } from '../../fhir/types'
import { absent, categoryOf, codingsOf, conceptOf } from './coding'
import { listOf, organizationOf, present, type Converter, type Made } from './conversion'
import { resultOf, unknownUnit } from './quantities'
import type { Reading } from './reading'

/**
 * A test has components: one Observation each, and one for the test, which names them (`hasMember`). A test of one
 * component of the same name is that one. Source: reference, "Test Results".
 */
export const testResults: Converter = ({ of, subject, identifier, fullUrl }) => {
  // Deprecated in favour of the components.
  of.skip('allResults')
  const name = of.text('name')
  const code = conceptOf(codingsOf(of.parts('codes')), name)
  const note = ['comments', 'narrative', 'impression', 'transcriptions'].flatMap((field) => {
    const text = of.text(field)
    return text === undefined ? [] : [{ text }]
  })
  const shared = present({
    resourceType: 'Observation' as const,
    status: statusOf(of),
    category: [categoryOf('laboratory')],
    subject,
    effectiveDateTime: of.time('resultDateTime'),
    performer: listOf(organizationOf(of)),
  })
  const contents = of.parts('components').map(contentOf)
  const members = contents.flatMap((content, index): Made[] => {
    const part = String(index)
    return content ? [{ part, resource: { ...shared, ...identifier(part), ...content } }] : []
  })
  if (!code) {
    of.warn('value-missing', 'name', 'is missing; only the components were converted')
    return members
  }
  const isThatOne = contents.length === 1 && contents[0]?.code.text?.toLowerCase() === name?.toLowerCase()
  if (isThatOne && note.length === 0) return members
  const panel: Observation = present({
    ...shared,
    ...identifier(),
    code,
    dataAbsentReason: note.length + members.length > 0 ? undefined : absent(),
    note,
    hasMember: members.map(({ part }) => ({ reference: fullUrl(part) })),
  })
  return [{ resource: panel }, ...members]
}

type Content = Pick<Observation, 'code' | 'valueQuantity' | 'valueString' | 'referenceRange'>

function contentOf(component: Reading): Content | undefined {
  const [name, value, unit] = [component.text('name'), component.text('value'), component.text('unit')]
  const code = conceptOf(codingsOf(component.parts('codes')), name)
  const range = rangeOf(component, unit)
  component.end()
  if (value === undefined || !code) {
    component.warn('value-missing', code ? 'value' : 'name', 'is missing; the component was left out')
    return undefined
  }
  return { code, ...resultOf(value, unit, unknownUnit(component)), ...range }
}

function rangeOf(component: Reading, unit: string | undefined): Pick<Observation, 'referenceRange'> {
  const bound = (field: string) => {
    const value = component.number(field)
    if (value === undefined) return undefined
    const quantity = resultOf(String(value), unit, () => undefined)
    return 'valueQuantity' in quantity ? quantity.valueQuantity : undefined
  }
  const range: ObservationReferenceRange = present({
    low: bound('low'),
    high: bound('high'),
    text: component.text('refRange'),
  })
  return Object.keys(range).length > 0 ? { referenceRange: [range] } : {}
}

const statuses: [RegExp, ObservationStatus][] = [
  [/edit|correct/i, 'corrected'],
  [/amend/i, 'amended'],
  [/prelim/i, 'preliminary'],
  [/cancel/i, 'cancelled'],
  [/error/i, 'entered-in-error'],
  [/final|complete/i, 'final'],
]

/** `Final result`, `Edited`, `Edited Result - FINAL`: the more special one counts. */
function statusOf(of: Reading): ObservationStatus {
  const text = of.text('status')
  const found = statuses.find(([pattern]) => text !== undefined && pattern.test(text))?.[1]
  if (!found) of.warn('status-assumed', 'status', 'is missing or not known; it was taken as unknown')
  return found ?? 'unknown'
}
