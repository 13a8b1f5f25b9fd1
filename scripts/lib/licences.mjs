import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot, readJson } from './paths.mjs'

/**
 * The text of THIRD-PARTY.txt: name, version and licence of every package that one of the bundled files belongs to.
 * @param {string[]} files relative to the project, as esbuild's metafile names its inputs
 */
export function licencesOf(files) {
  const folders = [...new Set(files.map(packageFolder).filter(Boolean))].sort()
  const entries = folders.map((folder) => {
    const { name, version, license } = readJson(inRoot(folder, 'package.json'))
    return `${name} ${version} (${license})\n\n${licenceText(folder, name).trim()}\n`
  })
  const rule = `\n${'-'.repeat(80)}\n\n`
  return `This package contains the following software of others.\n${rule}${entries.join(rule)}`
}

function packageFolder(file) {
  const start = file.lastIndexOf('node_modules/')
  if (start < 0) return undefined
  const names = file.slice(start + 'node_modules/'.length).split('/')
  return (
    file.slice(0, start) + ['node_modules', ...names.slice(0, names[0].startsWith('@') ? 2 : 1)].join('/')
  )
}

/** Some packages leave their licence out of what they publish: `scripts/licenses` then has it from their repository. */
function licenceText(folder, name) {
  const own = readdirSync(inRoot(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  if (own.length > 0)
    return own
      .sort()
      .map((file) => readFileSync(inRoot(folder, file), 'utf8'))
      .join('\n')
  const kept = inRoot('scripts/licenses', `${name.replace('/', '__')}.txt`)
  if (existsSync(kept)) return readFileSync(kept, 'utf8')
  throw new Error(
    `${name} is bundled and has no licence file: put its text into scripts/licenses/${path.basename(kept)}`,
  )
}
