import { firstNotChar } from '../../xml/characters'
import { DEEPEST } from '../../xml/tokenizer'
import { contentOf, isPlain, leavesOf, type Content, type Leaves, type PlainElement } from '../content'
import { leafText } from '../leaf-text'
import { CCR_NAMESPACE, ccrSchema, childRule, isDraftName, type TypeRule } from '../schema'
import type { Checker } from './checker'

/** An element on the way through an object. */
interface Visit {
  element: PlainElement
  type: TypeRule
  content: Iterator<Content, void, undefined>
  leaves: Leaves | undefined
}

/** Tells a checker of a CCR that is there as an object, in small steps. */
export function* walk(ccr: PlainElement, checker: Checker): Generator<undefined, void, undefined> {
  const { namespace: given, unqualified } = extraOf(ccr)
  const root = typeof given === 'string' ? given : CCR_NAMESPACE
  checker.begin(root, listOf(extraOf(ccr), 'attributes'), 0)
  const namespace = unqualified === true ? '' : root
  if (unqualified === true) checker.unqualified()
  const open = [yield* begun(ccr, ccrSchema, namespace, checker)]
  for (let visit = open.at(-1); visit; visit = open.at(-1)) {
    yield
    const { done, value: child } = visit.content.next()
    if (done === true) {
      checker.close(visit.element)
      open.pop()
    } else if ('node' in child) {
      if ('element' in child.node && typeof child.node.element === 'string') {
        const written = child.node.element.replace(/^.*:/, '')
        const rule = child.node.namespace === namespace ? childRule(visit.type, written) : undefined
        checker.other(written, rule, 0)
      } else if ('text' in child.node && typeof child.node.text === 'string') checker.text()
    } else if (child.rule.type === 'string') leaf(child, visit.leaves, checker)
    else if (!isPlain(child.value))
      checker.wrong(child.rule, child.index, `${child.rule.name} has to be an object.`)
    else {
      const { name } = extraOf(child.value)
      checker.open(child.rule, child.index, listOf(extraOf(child.value), 'attributes'), 0)
      if (isDraftName(name, child.rule.name)) checker.draft(name)
      // An object that contains itself has no end.
      if (open.length === DEEPEST) checker.close(child.value)
      else open.push(yield* begun(child.value, child.rule.type, namespace, checker))
    }
  }
}

function* begun(
  element: PlainElement,
  type: TypeRule,
  namespace: string,
  checker: Checker,
): Generator<undefined, Visit, undefined> {
  for (const name of Object.keys(element)) {
    const value = element[name]
    if (name === '$' || value === undefined || value === null) continue
    const rule = type.byName.get(name)
    if (rule === undefined || (rule.max === 1 && Array.isArray(value))) checker.property(name, rule)
  }
  const contents = yield* contentOf(element, type, namespace)
  return { element, type, content: contents.items(), leaves: yield* leavesOf(element) }
}

function leaf(
  { rule, index, value }: Extract<Content, { value: unknown }>,
  leaves: Visit['leaves'],
  checker: Checker,
): void {
  const text = leafText(value)
  if (text === undefined) {
    checker.wrong(rule, index, `${rule.name} has to be a string.`)
    return
  }
  if (firstNotChar(text) >= 0) {
    checker.wrong(
      rule,
      index,
      `${rule.name} has a character that XML cannot carry, such as a control character.`,
    )
    return
  }
  const extra = leaves?.get(`${rule.name} ${index}`)
  const attributes = extra ? listOf(extra, 'attributes') : []
  const hasElement =
    extra !== undefined && listOf(extra, 'content').some((node) => typeof node.element === 'string')
  checker.leaf(rule, index, text, 0, attributes, hasElement)
}

const NOTHING: PlainElement = {}

/** `$` as far as it is in order: what a flow made of it is no finding, since the writer passes over it. */
const extraOf = ({ $ }: { readonly $?: unknown }): PlainElement => (isPlain($) ? $ : NOTHING)

const listOf = (extra: PlainElement, name: string): readonly PlainElement[] => {
  const found = extra[name]
  return Array.isArray(found) ? found.filter(isPlain) : []
}
