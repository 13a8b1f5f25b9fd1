import type { Observation, Quantity } from '../../fhir/types'
import { categoryOf, codingsOf, conceptOf } from './coding'
import { listOf, organizationOf, personNamed, present, type Converter, type Made } from './conversion'
import { pressurePanel } from './measurements'
import { resultOf, unknownUnit } from './quantities'
import type { Reading } from './reading'
import { diastolic, inProfileUnit, systolic, vitalSignOf, type VitalSign } from './vital-signs'

/**
 * One record has all that was measured at a visit: one Observation each, the two blood pressures as one. Source:
 * reference, "Vitals".
 */
export const vitals: Converter = ({ of, subject, identifier }) => {
  const shared = present({
    resourceType: 'Observation' as const,
    status: 'final' as const,
    category: [categoryOf('vital-signs')],
    subject,
    effectiveDateTime: of.time('dateTime'),
    performer: listOf(personNamed(of.text('author')), organizationOf(of)),
  })
  const measured = of.parts('results').map((result, index) => ({ index, ...measuredBy(result) }))
  const high = measured.find(({ sign, content }) => sign === systolic && content?.valueQuantity)
  const low = measured.find(({ sign, content }) => sign === diastolic && content?.valueQuantity)
  const made: Made[] = []
  if (high ?? low) {
    const panel = pressurePanel(high?.content?.valueQuantity, low?.content?.valueQuantity)
    const part = 'bloodPressure'
    made.push({ part, resource: { ...shared, ...identifier(part), ...panel } })
  }
  for (const one of measured) {
    if (!one.content || one === high || one === low) continue
    const part = String(one.index)
    made.push({ part, resource: { ...shared, ...identifier(part), ...one.content } })
  }
  return made
}

interface Measured {
  sign?: VitalSign | undefined
  content?: Pick<Observation, 'code' | 'valueString'> & { valueQuantity?: Quantity }
}

function measuredBy(result: Reading): Measured {
  const [name, value, unit] = [result.text('name'), result.text('value'), result.text('unit')]
  const coding = codingsOf(result.parts('codes'))
  const sign = vitalSignOf(coding, name)
  const code = conceptOf([...(sign?.coding ?? []), ...coding], name ?? sign?.text)
  result.end()
  if (value === undefined || !code) {
    result.warn('value-missing', code ? 'value' : 'name', 'is missing; the result was left out')
    return {}
  }
  const content = resultOf(value, unit, unknownUnit(result))
  if (!('valueQuantity' in content)) return { sign, content: { code, ...content } }
  return { sign, content: { code, valueQuantity: inProfileUnit(content.valueQuantity) } }
}
