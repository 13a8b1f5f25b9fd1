import type { Observation } from '../../fhir/types'
import { categoryOf, codingsOf, conceptOf } from './coding'
import { listOf, organizationOf, personNamed, present, type Converter, type Made } from './conversion'
import { pressurePanel } from './measurements'
import { quantityOf, resultOf, unknownUnit } from './quantities'
import type { Reading } from './reading'
import { measuredStatusOf } from './statuses'
import {
  bloodPressure,
  diastolic,
  codedResult,
  codingsBeside,
  inUnitOf,
  systolic,
  vitalSignOf,
  type VitalSign,
} from './vital-signs'

/**
 * One record has all that was measured at a visit: one Observation each, the two blood pressures as one. Source:
 * reference, "Vitals".
 */
export const vitals: Converter = ({ of, subject, identifier }) => {
  const shared = present({
    resourceType: 'Observation' as const,
    status: measuredStatusOf(of),
    category: [categoryOf('vital-signs')],
    subject,
    effectiveDateTime: of.neededTime('dateTime'),
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

type Content = Pick<Observation, 'code' | 'valueString' | 'valueQuantity' | 'component'>

interface Measured {
  /** Only where the value is one that the vital sign has. */
  sign?: VitalSign
  content?: Content
}

function measuredBy(result: Reading): Measured {
  const [name, value, unit] = [result.text('name'), result.text('value'), result.text('unit')]
  const coding = codingsOf(result.parts('codes'))
  const sign = vitalSignOf(coding, name)
  result.end()
  if (value === undefined) {
    result.warn('value-missing', 'value', 'is missing; the result was left out')
    return {}
  }
  const isPressure = sign === bloodPressure || sign === systolic || sign === diastolic
  const pair = isPressure ? pairOf(value, unit, result) : undefined
  if (pair) {
    const own = codingsBeside(coding, (each) => each === bloodPressure)
    const code = { ...pair.code, ...conceptOf([...bloodPressure.coding, ...own], name) }
    return { sign: bloodPressure, content: { ...pair, code } }
  }
  const content = resultOf(value, unit, unknownUnit(result))
  const coded = codedResult(result, { sign, coding, name }, content)
  if (!coded) {
    result.warn('value-missing', 'name', 'is missing; the result was left out')
    return {}
  }
  const { sign: fitting, ...told } = coded
  return { ...(fitting ? { sign: fitting } : {}), content: told }
}

/** `120/80`: systolic before diastolic. */
const PAIR = /^(\d{2,3})\s*\/\s*(\d{2,3})(?:\s*(mm\s*\[?hg\]?))?$/i

/** More than any blood pressure is in kPa. */
const SURELY_MMHG = 50

function pairOf(value: string, unit: string | undefined, of: Reading): Content | undefined {
  const [, first, second, written] = PAIR.exec(value) ?? []
  const [high, low] = [Number(first), Number(second)]
  // Also where the value is no pair at all.
  if (!(high > low)) return undefined
  const told = unit ?? written
  if (told === undefined && high < SURELY_MMHG) return undefined
  const quantities = [high, low].map((each) => quantityOf(each, told ?? 'mm[Hg]', () => undefined))
  if (!quantities.every((each) => inUnitOf(bloodPressure, each))) return undefined
  if (told === undefined) of.warn('unit-assumed', 'unit', 'is missing; it was taken as mm[Hg]')
  return pressurePanel(quantities[0], quantities[1])
}
