import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { filesUnder } from './files.mjs'

export const nodeTypes = (manifest) => Object.keys(manifest['node-red'].nodes)

/** Everything that a registered node type needs and does not have, and everything there that belongs to none. */
export function findGaps(root, manifest) {
  const types = nodeTypes(manifest)
  const has = (file) => existsSync(path.join(root, file))
  return [
    ...types.flatMap((type) => gapsOf(type, { root, manifest, has })),
    ...unusedIn(root, types),
    ...gapsInExamples(root, types),
  ]
}

function gapsOf(type, { root, manifest, has }) {
  const gaps = []
  const entry = manifest['node-red'].nodes[type]
  const expected = `dist/nodes/${type}/${type}.js`
  if (entry !== expected) gaps.push(`${type}: package.json names ${entry}, not ${expected}`)
  const html = `nodes/${type}/${type}.html`
  const needed = [`nodes/${type}/${type}.ts`, html]
  if (!isConfig(path.join(root, html))) needed.push(`icons/${type}.svg`)
  for (const language of languages(root)) {
    needed.push(`locales/${language}/${type}.json`, `locales/${language}/${type}.html`)
  }
  return [
    ...gaps,
    ...needed.filter((file) => !has(file)).map((file) => `${type}: ${file} is missing`),
    ...languages(root).flatMap((language) => keysTwice(root, language, type)),
  ]
}

/** A node can only name keys of its own catalog: the build puts what all nodes share into each. */
export const catalog = (root, language, type) => ({
  ...readCatalog(root, language, 'common'),
  ...readCatalog(root, language, type),
})

function readCatalog(root, language, name) {
  const file = path.join(root, 'locales', language, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function keysTwice(root, language, type) {
  const common = readCatalog(root, language, 'common')
  return Object.keys(readCatalog(root, language, type))
    .filter((key) => key in common)
    .map(
      (key) => `${type}: locales/${language}/${type}.json has the key ${key}, which common.json has already`,
    )
}

const isConfig = (html) => existsSync(html) && /category:\s*['"]config['"]/.test(readFileSync(html, 'utf8'))

/** en-US is always asked for: it is what Node-RED falls back to. */
export const languages = (root) => [...new Set(['en-US', ...foldersIn(path.join(root, 'locales'))])].sort()

function unusedIn(root, types) {
  const folders = foldersIn(path.join(root, 'nodes')).filter((name) => name !== 'kit')
  const names = [...types, 'common']
  const owned = (file) => names.includes(path.posix.basename(file).replace(/\.\w+$/, ''))
  const files = ['icons', 'locales'].flatMap((top) =>
    filesUnder(path.join(root, top)).map((file) => `${top}/${file}`),
  )
  return [
    ...folders
      .filter((name) => !types.includes(name))
      .map((name) => `nodes/${name} is not registered in package.json (node-red.nodes)`),
    ...files.filter((file) => !owned(file)).map((file) => `${file} belongs to no registered type`),
  ]
}

function gapsInExamples(root, types) {
  const used = new Set()
  const gaps = []
  for (const file of filesUnder(path.join(root, 'examples'))) {
    try {
      for (const node of JSON.parse(readFileSync(path.join(root, 'examples', file), 'utf8')))
        used.add(node.type)
    } catch (error) {
      gaps.push(`examples/${file} is not a flow: ${error.message}`)
    }
  }
  return [
    ...gaps,
    ...types
      .filter((type) => !used.has(type) && !isConfig(path.join(root, `nodes/${type}/${type}.html`)))
      .map((type) => `${type}: no file in examples/ uses it`),
  ]
}

const foldersIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : []
