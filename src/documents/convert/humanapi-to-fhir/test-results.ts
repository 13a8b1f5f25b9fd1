import type { CodeableConcept, Observation, ObservationReferenceRange } from '../../fhir/types'
import { absent, categoryOf, codingsOf, conceptOf, hl7 } from './coding'
import { listOf, organizationOf, present, type Converter, type Made } from './conversion'
import { resultOf, unknownUnit } from './quantities'
import type { Reading } from './reading'
import { observationStatuses, statusOf } from './statuses'
import { codedResult, codingsBeside, vitalSignOf } from './vital-signs'

/**
 * A test has components: one Observation each, and one for the test, which names them (`hasMember`). A test of one
 * component of the same name is that one. Source: reference, "Test Results".
 */
export const testResults: Converter = ({ of, subject, identifier, fullUrl }) => {
  // Deprecated in favour of the components.
  of.skip('allResults')
  const name = of.text('name')
  const coding = codingsOf(of.parts('codes'))
  // The value that a vital sign has to have is with the components.
  const code = conceptOf(
    codingsBeside(coding, () => false),
    name ?? vitalSignOf(coding, undefined)?.text,
  )
  // What imaging has, and a laboratory as a rule has not.
  const isOfLaboratory = !of.has('impression') && !of.has('transcriptions')
  const note = ['comments', 'narrative', 'impression', 'transcriptions'].flatMap((field) => {
    const text = of.text(field)
    return text === undefined ? [] : [{ text }]
  })
  const shared = present({
    resourceType: 'Observation' as const,
    status: statusOf(of, observationStatuses, 'unknown'),
    category: isOfLaboratory ? [categoryOf('laboratory')] : undefined,
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
  if (isThatOne) {
    const noted = note.length > 0 ? { note } : {}
    return members.map(({ part, resource }) => ({
      ...(part === undefined ? {} : { part }),
      resource: { ...resource, ...noted },
    }))
  }
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

type Content = Pick<
  Observation,
  'category' | 'code' | 'valueQuantity' | 'valueString' | 'interpretation' | 'referenceRange'
>

function contentOf(component: Reading): Content | undefined {
  const [name, value, unit] = [component.text('name'), component.text('value'), component.text('unit')]
  const coding = codingsOf(component.parts('codes'))
  const range = rangeOf(component, unit)
  const interpretation = interpretationOf(component.text('flag'))
  component.end()
  if (value === undefined) {
    component.warn('value-missing', 'value', 'is missing; the component was left out')
    return undefined
  }
  const content = resultOf(value, unit, unknownUnit(component))
  const coded = codedResult(component, { sign: vitalSignOf(coding, undefined), coding, name }, content)
  if (!coded) {
    component.warn('value-missing', 'name', 'is missing; the component was left out')
    return undefined
  }
  const { sign, ...told } = coded
  const category = sign ? { category: [categoryOf('vital-signs')] } : {}
  return { ...told, ...category, ...interpretation, ...range }
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

/** In small letters. Source of the longer ones: HL7 v2, table 0078. */
const interpretations: [flags: string[], code: string, display: string][] = [
  [['h', 'high', 'above high normal'], 'H', 'High'],
  [['l', 'low', 'below low normal'], 'L', 'Low'],
  [['hh', 'critical high', 'critically high', 'above upper panic limits'], 'HH', 'Critical high'],
  [['ll', 'critical low', 'critically low', 'below lower panic limits'], 'LL', 'Critical low'],
  [['a', 'abnormal'], 'A', 'Abnormal'],
  [['aa', 'critical', 'critical abnormal', 'critically abnormal'], 'AA', 'Critical abnormal'],
  [['n', 'normal'], 'N', 'Normal'],
  [['pos', 'positive'], 'POS', 'Positive'],
  [['neg', 'negative'], 'NEG', 'Negative'],
]

/** A flag that is not known is told as text. */
function interpretationOf(flag: string | undefined): { interpretation?: CodeableConcept[] } {
  if (flag === undefined) return {}
  const key = flag.toLowerCase().replace(/^\(|\)$/g, '')
  const known = interpretations.find(([flags]) => flags.includes(key))
  const concept = known ? hl7('v3-ObservationInterpretation', known[1], known[2]) : {}
  return { interpretation: [{ ...concept, text: flag }] }
}
