/**
 * Makes src/providers/fhir/r4-names.ts of src/documents/fhir/r4/definitions.ts: what R4's types and elements are called,
 * without what they are. Providers do not import documents. To be run after scripts/fhir-r4.mjs:
 *
 *     node scripts/fhir-r4-names.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './lib/paths.mjs'

const definitions = readFileSync(path.join(root, 'src/documents/fhir/r4/definitions.ts'), 'utf8')
const listed = (name) =>
  new RegExp(`export const ${name} = \`([^\`]*)\``).exec(definitions)[1].trim().split('\n')

const lines = listed('elements')
const resources = [...listed('domainResources'), ...listed('otherResources')].join(' ').split(' ')
const elements = lines.filter((line) => line.startsWith('  ')).map((line) => /\w+/.exec(line)[0])
// Of a choice, value[x], the type is a part of the name.
const choices = lines
  .filter((line) => /^ {2}\w+\[x\]/.test(line))
  .flatMap((line) => line.trim().split(' ').slice(1))
  .flatMap((type) => /^\w+/.exec(type) ?? [])
const partsOf = (name) => name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []
const parts = [...elements, ...choices, ...listed('openTypes').join(' ').split(' ')].flatMap(partsOf)
// A letter alone could be any person's initial.
const words = new Set(parts.map((part) => part.toLowerCase()).filter((part) => part.length > 1))
const wrapped = (names) =>
  [...names]
    .sort()
    .join(' ')
    .replace(/(.{1,115})(?: |$)/g, '$1\n')

writeFileSync(
  path.join(root, 'src/providers/fhir/r4-names.ts'),
  `/**
 * What FHIR R4 (4.0.1) calls its types of resources and its elements. Made by scripts/fhir-r4-names.mjs of what
 * scripts/fhir-r4.mjs makes of HL7's package hl7.fhir.r4.core, which is under CC0-1.0.
 */
const resources = \`
${wrapped(resources)}\`

/** The words that the names of elements are made of: \`birth\` and \`date\` of birthDate. */
const parts = \`
${wrapped(words)}\`

export const resourceTypes: ReadonlySet<string> = new Set(resources.trim().split(/\\s+/))
export const elementParts: ReadonlySet<string> = new Set(parts.trim().split(/\\s+/))
`,
)
console.log(`${resources.length} types, ${words.size} words`)
