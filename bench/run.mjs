// Runs every benchmark of this folder, one after the other: `npm run bench`, or `npm run bench -- oauth1` for one.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm } from '../scripts/lib/run.mjs'
import { dependenciesMatch } from '../scripts/setup.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))

if (!existsSync(fileURLToPath(new URL('../dist/src', import.meta.url)))) {
  console.error('The benchmarks measure the built package: run `npm run build` first.')
  process.exit(1)
}

if (!dependenciesMatch(here)) await npm(['ci'], { cwd: here })

const wanted = process.argv.slice(2)
const names = readdirSync(here)
  .filter((name) => name.endsWith('.mjs') && name !== basename(import.meta.url))
  .filter((name) => wanted.length === 0 || wanted.includes(basename(name, '.mjs')))
  .sort()

console.log(`node ${process.version}, ${process.platform} ${process.arch}`)
const failed = names.filter((name) => {
  console.log(`\n## ${basename(name, '.mjs')}\n`)
  return spawnSync(process.execPath, [name], { cwd: here, stdio: 'inherit' }).status !== 0
})
if (names.length === 0 || failed.length > 0) {
  console.error(names.length === 0 ? 'There is no such benchmark.' : `Failed: ${failed.join(', ')}`)
  process.exit(1)
}
