import fc from 'fast-check'
import { firstNotChar } from '../../../../src/documents/xml/characters'
import { ccrSchema, type ChildRule, type TypeRule } from '../../../../src/documents/ccr/schema'

/** Any text that XML can carry, with what needs care in it. */
export const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 5 }),
      fc.constantFrom(
        '&',
        '<',
        '>',
        ']]>',
        '"',
        "'",
        '\r',
        '\n',
        '\r\n',
        '\t',
        ' ',
        '--',
        'é',
        '\u{1F600}',
        '\u0085',
        '\u2028',
        '\uFEFF',
      ),
    ),
    { maxLength: 3 },
  )
  .map((parts) => parts.join(''))
  .filter((joined) => firstNotChar(joined) < 0)

/** An element of this type with children as the schema has them, without `$`. */
function elementOf(type: TypeRule, depth: number): fc.Arbitrary<object> {
  const possible = depth > 0 ? type.children : type.children.filter((rule) => rule.type === 'string')
  return fc
    .subarray([...possible], { maxLength: Math.min(4, possible.length) })
    .chain((rules) =>
      fc.tuple(...rules.map((rule) => child(rule, depth - 1).map((value) => [rule.name, value] as const))),
    )
    .map((entries) => Object.fromEntries(entries))
}

function child({ type, max }: ChildRule, depth: number): fc.Arbitrary<unknown> {
  const one: fc.Arbitrary<unknown> = type === 'string' ? text : elementOf(type, depth)
  return max === 1 ? one : fc.array(one, { minLength: 1, maxLength: 3 })
}

/** Any model that is in schema order. */
export const model = elementOf(ccrSchema, 5)

const escaped = (value: string) => value.replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`)
const attribute = fc.oneof(
  text.map((value) => ` a="${escaped(value)}"`),
  fc.constantFrom(
    ' b=""',
    ' x:a="1"',
    ' xml:lang="de"',
    ' Preferred="1"',
    ' xmlns:y="urn:y" y:b="2"',
    ' xmlns:x="urn:z" x:c=""',
  ),
  fc.constantFrom(
    ' xmlns="urn:other"',
    ' xmlns=""',
    ' xmlns:c="urn:astm-org:CCR"',
    ' xmlns="urn:astm-org:CCR"',
  ),
)
const attributes = fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: attribute })

const draftNames = fc.constantFrom('Insurance', 'Insurer', 'History', 'RiskFactor')

/** XML with CCR's names, and others, where they belong and where they do not. */
function xmlOf(type: TypeRule, depth: number): fc.Arbitrary<string> {
  const rules = type.children.map((rule) =>
    (rule.type === 'string' || depth === 0 ? leafContent : xmlOf(rule.type, depth - 1)).map(
      (inside) => [rule.name, inside] as const,
    ),
  )
  const known =
    rules.length > 0 ? fc.oneof(...rules) : leafContent.map((inside) => ['Unknown', inside] as const)
  const named = fc.oneof(
    { weight: 6, arbitrary: known },
    { weight: 1, arbitrary: leafContent.map((inside) => ['Unknown', inside] as const) },
    { weight: 1, arbitrary: leafContent.map((inside) => ['x:Unknown', inside] as const) },
    { weight: 1, arbitrary: draftNames.map((name) => [name, ''] as const) },
    { weight: 1, arbitrary: leafContent.map((inside) => ['__proto__', inside] as const) },
    { weight: 1, arbitrary: known.map(([name, inside]) => [`p:${name}`, inside] as const) },
  )
  const element = fc
    .tuple(named, attributes)
    .map(([[name, inside], more]) =>
      inside === '' ? `<${name}${more}/>` : `<${name}${more}>${inside}</${name}>`,
    )
  return fc
    .array(fc.oneof({ weight: 8, arbitrary: element }, { weight: 1, arbitrary: beside }), { maxLength: 5 })
    .map((parts) => parts.join(''))
}

const comment = fc.constantFrom('<!---->', '<!-- a & <b> -->', '<?target?>', '<?target  da ta?>')
const beside = fc.oneof(
  text.map(escaped),
  comment,
  fc.constantFrom('\n  ', ' ', '<![CDATA[ & ]]>', '<![CDATA[]]>'),
)
const leafContent = fc.oneof(
  { weight: 5, arbitrary: text.map(escaped) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(beside, fc.constantFrom('<b/>', '<b>1</b>', '<x:b a="1"> </x:b>')), { maxLength: 4 })
      .map((parts) => parts.join('')),
  },
)

/** A whole document: well-formed, a CCR by its root, and anything inside. */
export const xml = fc
  .tuple(
    xmlOf(ccrSchema, 4),
    fc.constantFrom('', 'p:'),
    fc.constantFrom(' xmlns="urn:astm-org:CCR"', ''),
    fc.array(comment, { maxLength: 2 }),
    fc.array(comment, { maxLength: 2 }),
    fc.constantFrom('', '<?xml version="1.0"?>\n'),
  )
  .map(
    ([inside, prefix, namespace, before, after, declaration]) =>
      `${declaration}${before.join('\n')}<${prefix}ContinuityOfCareRecord${namespace} xmlns:p="urn:astm-org:CCR" xmlns:x="urn:x">${inside}</${prefix}ContinuityOfCareRecord>${after.join('\n')}`,
  )
