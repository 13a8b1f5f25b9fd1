import { GatewayError } from '../../../errors'
import { CCR_NAMESPACE, ccrSchema } from '../schema'
import type { Lines } from '../tree'
import type { CcrDocument } from '../model'
import { isPlain, type PlainElement } from '../content'
import { atOnce } from './at-once'
import type { CcrFinding } from './finding'
import { leafText } from '../leaf-text'
import { Links } from './links'
import { membersOf, type Visit } from './member'
import type { Place } from './place'
import { Report, type Room } from './report'
import { leafRules, nameRules, typeRules } from './rules'
import { checkStructure } from './structure'

/** As deep as the reader goes; an object that contains itself ends here. */
const DEEPEST = 256

/** What `validateCcr` finds in an object, at once: for documents that are small. HG_INPUT: it is no object. */
export function ccrFindings(ccr: CcrDocument, lines?: Lines): CcrFinding[] {
  if (!isPlain(ccr)) throw new GatewayError('HG_INPUT', 'There is no CCR to validate. Give it as an object.')
  return atOnce(checking(ccr, lines))
}

/** The same in small steps, one for each element, so that other work can get a turn in between. */
export function* checking(
  ccr: CcrDocument,
  lines?: Lines,
  room?: Room,
): Generator<undefined, CcrFinding[], undefined> {
  const report = new Report(room)
  const links = new Links(report)
  const namespace = ccr.$?.namespace ?? CCR_NAMESPACE
  const root: Place = { name: ccrSchema.name, ordinal: 0, line: lines?.get(ccr)?.[0] }
  if (namespace !== CCR_NAMESPACE) {
    report.add('structure.namespace', root, `The namespace is not ${CCR_NAMESPACE}.`)
  }
  const inside = ccr.$?.unqualified === true ? '' : namespace
  if (inside !== namespace) {
    report.add('structure.namespace', root, 'Only the root element has a namespace; those inside have none.')
  }
  const visits: Visit[] = [{ element: ccr as PlainElement, type: ccrSchema, place: root, depth: 1 }]
  for (let visit = visits.pop(); visit; visit = visits.pop()) {
    const { element, type, place, depth } = visit
    const members = membersOf(visit, inside, lines?.get(element))
    checkStructure(element, type, place, members, report)
    checkRules(visit, report, links)
    for (const { rule, value, place: own } of members.reverse()) {
      if (!rule) continue
      if (rule.type === 'string') {
        const text = leafText(value)
        if (text === undefined) continue
        links.leaf(text, own)
        leafRules.get(own.name)?.(text, own, report)
      } else if (isPlain(value)) {
        if (depth < DEEPEST) visits.push({ element: value, type: rule.type, place: own, depth: depth + 1 })
        else report.add('structure.shape', own, `It is nested deeper than ${DEEPEST} elements.`)
      }
    }
    yield
  }
  yield* links.end()
  return yield* report.findings()
}

function checkRules({ element, type, place }: Visit, report: Report, links: Links): void {
  typeRules.get(type.name)?.(element, place, report)
  nameRules.get(place.name)?.(element, place, report)
  if (type.name === 'ActorType' && isPlain(element.Person) && typeof element.ActorObjectID === 'string') {
    links.person(element.ActorObjectID)
  }
}
