import { SaxesParser } from 'saxes'

/** The namespaces in force, by prefix. */
type Scope = ReadonlyMap<string, string>

interface Open {
  name: string
  /** What is inside: text, and markup with a mark in front. */
  parts: { markup: boolean; text: string }[]
  start: string
  scope: Scope
  /** White space alone says nothing in it. */
  holder: boolean
}

/**
 * The elements of E2369-05 that hold text alone, but for those named `…SequencePosition`; the list is the test's own, so
 * that it shares no slip with the schema table of the reader. After a slash: only inside of these.
 */
const leaves = new Map(
  `ActorID ActorObjectID Attribute CCRDataObjectID CCRDocumentObjectID CauseOfDeath City CodingSystem CommentID
  CommentObjectID Country County DisplayName ExactDateTime Family Given ID Line1 Line2 LinkID LinkRelationship Middle
  NickName Number PatientAware PostalCode Priority ReferenceID ReferenceObjectID SeriesNumber SignatureID
  SignatureObjectID State Suffix Text Title Unit Value VariableIdentifier Version Name/Organization,InformationSystem
  Type/InformationSystem BrandName/Fulfillment Signature/CCRSignature`
    .split(/\s+/)
    .map((entry) => entry.split('/'))
    .map(([name = '', around]) => [name, around?.split(',')]),
)

/** Is it an element that the standard has other elements in? */
function mayHold(local: string, around: string): boolean {
  if (local.endsWith('SequencePosition')) return false
  if (!leaves.has(local)) return isOfCcr.test(local)
  return leaves.get(local)?.includes(around) === false
}

/** As the names of elements that hold others begin; those that a test makes up do not. */
const isOfCcr = /^(?!Unknown|Odd|Own)[A-Z]/

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}
const escape = (text: string, what: RegExp): string =>
  text.replace(what, (character) => escapes[character] ?? '')

/**
 * The canonical form of a document (Canonical XML 1.0 with comments), by a parser that is not ours. White space that
 * stands between elements is left out: text of nothing else, in an element that has elements inside, or that is one
 * of CCR's and may have them.
 * `from`: of the elements with this local name only, each with the namespaces that are in force there.
 */
export function canonical(xml: string, from?: string): string {
  const parser = new SaxesParser({ xmlns: true })
  const result: string[] = []
  const open: Open[] = []
  let inside = from === undefined ? 1 : 0
  const none: Scope = new Map([['', '']])
  parser.on('error', (error) => {
    throw error
  })
  const emit = (text: string) => {
    if (inside === 0) return
    const element = open.at(-1)
    if (element) element.parts.push({ markup: true, text })
    else result.push(text)
  }
  parser.on('opentag', ({ name, local, prefix, uri, attributes }) => {
    if (local === from && inside++ === 0) {
      open.push({ name: '', parts: [], start: '', scope: none, holder: false })
    }
    if (inside === 0) return
    const around = open.at(-1)?.scope ?? none
    const scope = new Map(around)
    const apex = from !== undefined && open.length === 1
    const declared = apex
      ? namespacesOf(parser)
      : Object.values(attributes).flatMap((a): [string, string][] =>
          a.name === 'xmlns' ? [['', a.value]] : a.prefix === 'xmlns' ? [[a.local, a.value]] : [],
        )
    for (const [declaredPrefix, namespace] of declared) scope.set(declaredPrefix, namespace)
    // The parser takes namespaces without the white space around them.
    if (scope.get(prefix)?.trim() !== uri && prefix !== 'xml')
      throw new Error(`the test is wrong about the namespace of ${name}`)
    const namespaces = [...scope]
      .filter(([p, namespace]) => around.get(p) !== namespace)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([p, namespace]) => ` ${p === '' ? 'xmlns' : `xmlns:${p}`}="${escape(namespace, /[&<"\t\n\r]/g)}"`)
    const rest = Object.values(attributes)
      .filter((a) => a.name !== 'xmlns' && a.prefix !== 'xmlns')
      .sort((a, b) => (`${a.uri} ${a.local}` < `${b.uri} ${b.local}` ? -1 : 1))
      .map((a) => ` ${a.name}="${escape(a.value, /[&<"\t\n\r]/g)}"`)
    const holder = mayHold(local, open.at(-1)?.name.replace(/^.*:/, '') ?? '')
    open.push({ name, parts: [], holder, start: `<${name}${namespaces.join('')}${rest.join('')}>`, scope })
  })
  parser.on('closetag', ({ local }) => {
    if (inside === 0) return
    const element = open.pop()!
    const holder = element.holder || element.parts.some(({ markup, text }) => markup && /^<[^!?]/.test(text))
    const kept = holder
      ? element.parts.filter(({ markup, text }) => markup || !/^(?:[ \t\n]|&#xD;)*$/.test(text))
      : element.parts
    emit(`${element.start}${kept.map(({ text }) => text).join('')}</${element.name}>`)
    if (local === from && --inside === 0) {
      inside++
      const [apex] = open.splice(0)
      emit(apex!.parts.map(({ text }) => text).join(''))
      inside--
    }
  })
  const text = (characters: string) => {
    const element = open.at(-1)
    if (inside === 0 || !element) return
    const last = element.parts.at(-1)
    const escaped = escape(characters, /[&<>\r]/g)
    if (last && !last.markup) last.text += escaped
    else element.parts.push({ markup: false, text: escaped })
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('comment', (comment) => emit(`<!--${comment}-->`))
  parser.on('processinginstruction', ({ target, body }) =>
    emit(body === '' ? `<?${target}?>` : `<?${target} ${body}?>`),
  )
  parser.write(xml).close()
  return result.join('\n')
}

/** All namespaces in force where the parser stands. */
function namespacesOf(parser: SaxesParser<{ xmlns: true }>): [string, string][] {
  const { tags, topNS } = parser as unknown as { tags: { ns: object }[]; topNS: object }
  return Object.entries(Object.assign({}, ...tags.map(({ ns }) => ns), topNS) as Record<string, string>)
}
