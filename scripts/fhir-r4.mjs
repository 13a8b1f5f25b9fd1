/**
 * Makes src/documents/fhir/r4/definitions.ts: what FHIR R4 says of every type, as facts that fit into a package. From
 * the package hl7.fhir.r4.core 4.0.1 (HL7, CC0-1.0), unpacked:
 *
 *     node scripts/fhir-r4.mjs <folder with StructureDefinition-Patient.json and so on>
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './lib/paths.mjs'

/** Longer lists of codes are left out: licences, all types of data and resources together. */
const MOST_CODES = 150

/** What a choice of any type may be: more than any other choice has. */
const OPEN_CHOICE = 30

const folder = process.argv[2]
if (!folder) throw new Error('Name the folder of the unpacked package hl7.fhir.r4.core 4.0.1.')

const read = (kind) =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${kind}-`) && file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
    .filter(({ resourceType }) => resourceType === kind)

const byUrl = (resources) => new Map(resources.map((resource) => [resource.url, resource]))
const codeSystems = byUrl(read('CodeSystem'))
const valueSets = byUrl(read('ValueSet'))
const lastPart = (url) => url.split('|')[0].split('/').at(-1)

const sets = new Map()
const types = new Map()
let open = []

const structures = read('StructureDefinition')
  .filter(
    ({ kind, derivation }) => ['resource', 'complex-type'].includes(kind) && derivation !== 'constraint',
  )
  .sort((one, other) =>
    one.kind === other.kind ? (one.name < other.name ? -1 : 1) : one.kind < other.kind ? -1 : 1,
  )
for (const structure of structures) {
  for (const element of structure.snapshot.element) addElement(structure, element)
}

function addElement({ abstract }, element) {
  const at = element.path.lastIndexOf('.')
  const own = at < 0 ? element.path : element.path.slice(0, at)
  if (!types.has(own)) types.set(own, [])
  if (at < 0 || inherited(element)) return
  const name = element.path.slice(at + 1)
  const cardinality = { '0 1': '', '1 1': '!', '0 *': '*' }[`${element.min} ${element.max}`]
  const many = cardinality ?? (element.max === '1' ? '!' : element.min > 0 ? '+' : '*')
  // The definitions have it as a string of FHIRPath: of all ids only a resource's has a form.
  const type = element.path === 'Resource.id' ? 'id' : typeOf(element, abstract)
  types.get(own).push(`  ${name}${many} ${type}${codesOf(element)}`)
}

/** What every element, resource and so on has is told once. */
function inherited({ path: own, base }) {
  return base && base.path !== own && /^(?:Element|BackboneElement|Resource|DomainResource)\./.test(base.path)
}

function typeOf({ contentReference, type = [] }, abstract) {
  if (contentReference) return `@${contentReference.slice(1)}`
  if (type.length > OPEN_CHOICE) {
    open = type.map(({ code }) => code)
    return '*'
  }
  return type
    .map(({ code, targetProfile = [] }) => {
      if (code === 'http://hl7.org/fhirpath/System.String') return 'string'
      if (code === 'BackboneElement' || (code === 'Element' && !abstract)) return '.'
      const targets = targetProfile.map(lastPart).filter((name) => name !== 'Resource')
      return code === 'Reference' && targets.length > 0 ? `Reference(${targets.join('|')})` : code
    })
    .join(' ')
}

function codesOf({ binding, type = [] }) {
  const isCoded = type.some(({ code }) => ['code', 'Coding', 'CodeableConcept'].includes(code))
  if (binding?.strength !== 'required' || !binding.valueSet || !isCoded) return ''
  const name = lastPart(binding.valueSet)
  const groups = valueSets.get(binding.valueSet.split('|')[0])?.compose?.include.map(included)
  if (!groups?.length || groups.includes(undefined)) return ''
  const codes = [...new Set(groups.flatMap(({ concepts }) => concepts))]
  if (codes.length > MOST_CODES) return ''
  sets.set(name, { systems: groups.map(({ system }) => system), codes })
  return ` =${name}`
}

function included({ system, concept, filter, valueSet }) {
  if (filter || valueSet) return undefined
  if (concept) return { system, concepts: concept.map(({ code }) => code) }
  const { content, concept: all } = codeSystems.get(system) ?? {}
  return content === 'complete' && all ? { system, concepts: all.flatMap(selectable) } : undefined
}

function selectable({ code, property = [], concept = [] }) {
  const isAbstract = property.some((one) => one.code === 'notSelectable' && one.valueBoolean)
  return [...(isAbstract ? [] : [code]), ...concept.flatMap(selectable)]
}

const resources = structures.filter(({ kind, abstract }) => kind === 'resource' && !abstract)
const isDomain = ({ baseDefinition }) => lastPart(baseDefinition) === 'DomainResource'
const lines = (entries) => entries.map((line) => `${line}\n`).join('')
const wrapped = (names) => names.join(' ').replace(/(.{1,108})(?: |$)/g, '$1\n')

writeFileSync(
  path.join(root, 'src/documents/fhir/r4/definitions.ts'),
  `/**
 * FHIR R4 (4.0.1): every type with its elements. Made by scripts/fhir-r4.mjs of HL7's package hl7.fhir.r4.core, which is
 * under CC0-1.0. An element is a line: its name, how often it is there (nothing: at most once, !: once, *: any number,
 * +: at least once), its type or types (. has elements of its own, @ those of another place, * any type), of references
 * the types that they may point to, and after = the set that its code has to be of.
 */
export const elements = \`
${lines([...types].map(([name, own]) => [name, ...own].join('\n')))}\`

/** The types of resources: those with narrative and contained resources, and those without. */
export const domainResources = \`
${wrapped(resources.filter(isDomain).map(({ name }) => name))}\`
export const otherResources = \`
${wrapped(resources.filter((one) => !isDomain(one)).map(({ name }) => name))}\`

/** What value[x] of an extension may be. */
export const openTypes = \`
${wrapped(open)}\`

/** Sets of codes: name, code systems, codes. */
export const codeSets = \`
${lines([...sets].sort().map(([name, { systems, codes }]) => `${name} ${systems.join(',')} ${codes.join('|')}`))}\`
`,
)
console.log(`${types.size} types, ${sets.size} sets of codes`)
