/**
 * Builds the package: types checked, `dist` and `resources` made anew, or left as they were when anything is wrong.
 * `node scripts/build.mjs` needs the dependencies installed; everything else in `scripts` sees to that itself.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { catalog, findGaps, languages, nodeTypes } from './lib/completeness.mjs'
import { doneFor, filesUnder, hashOf, setDoneFor } from './lib/files.mjs'
import { licencesOf } from './lib/licences.mjs'
import { withLock } from './lib/lock.mjs'
import { browserScripts, inCache, inRoot, packageJson, root } from './lib/paths.mjs'
import { withRows } from './lib/rows.mjs'
import { CommandError, runNode } from './lib/run.mjs'

/** What the result depends on; the examples, because the build checks them. */
export const buildInput = [
  'src',
  'nodes',
  'icons',
  'locales',
  'examples',
  'scripts/build.mjs',
  'scripts/lib',
  'scripts/licenses',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]

const buildKey = () => hashOf(buildInput)
export const isBuilt = () =>
  existsSync(inRoot('dist')) && existsSync(inRoot('resources')) && doneFor('build') === buildKey()

/** What is wrong with the sources, one line each. */
export class BuildError extends Error {}

export async function build() {
  const key = buildKey()
  const staging = inCache('build')
  rmSync(staging, { recursive: true, force: true })
  const gaps = findGaps(root, packageJson())
  if (gaps.length > 0)
    throw new BuildError(`The package is not complete:\n${gaps.map((gap) => `  - ${gap}`).join('\n')}`)

  const dist = path.join(staging, 'dist')
  await Promise.all([
    typescript(['-p', 'tsconfig.build.json', '--outDir', dist]),
    typescript(['-p', 'nodes/kit/editor', '--noEmit']),
    ...browserScripts.map((folder) => typescript(['-p', folder, '--noEmit'])),
  ])
  const bundled = [...(await bundleVendor(dist)), ...(await bundleEditor(path.join(staging, 'resources')))]
  writeFileSync(path.join(dist, 'THIRD-PARTY.txt'), licencesOf(bundled))
  dropDeclarations(dist)
  copyAssets(dist)
  copyBrowserScripts(dist)

  for (const folder of ['dist', 'resources']) {
    rmSync(inRoot(folder), { recursive: true, force: true })
    renameSync(path.join(staging, folder), inRoot(folder))
  }
  rmSync(staging, { recursive: true, force: true })
  setDoneFor('build', key)
}

async function typescript(args) {
  try {
    await runNode([inRoot('node_modules/typescript/bin/tsc'), ...args])
  } catch (error) {
    if (error instanceof CommandError) throw new BuildError(error.output.trim())
    throw error
  }
}

/** Makes each compiled file of `src/vendor` hold the library that it passes on. Returns the files that went in. */
async function bundleVendor(dist) {
  const folder = path.join(dist, 'src/vendor')
  const entryPoints = filesUnder(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => path.join(folder, file))
  if (entryPoints.length === 0) return []
  return bundle({
    entryPoints,
    outdir: folder,
    allowOverwrite: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
  })
}

const bundleEditor = (resources) =>
  bundle({
    entryPoints: [inRoot('nodes/kit/editor/editor.ts')],
    outdir: resources,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
  })

async function bundle(options) {
  const esbuild = await import('esbuild')
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    charset: 'utf8',
    logLevel: 'error',
    ...options,
  })
  // Its process would stay for as long as this one.
  await esbuild.stop()
  return Object.keys(metafile.inputs)
}

/** The library's declarations are its public face; those of the nodes and of the bundled libraries are nobody's. */
function dropDeclarations(dist) {
  for (const file of filesUnder(dist)) {
    if (!file.endsWith('.d.ts')) continue
    if (file.startsWith('nodes/') || file.startsWith('src/vendor/')) rmSync(path.join(dist, file))
  }
}

/** Node-RED looks for a node's icon, catalogs and help beside its built file and nowhere else. */
function copyAssets(dist) {
  for (const type of nodeTypes(packageJson())) {
    const node = path.join(dist, 'nodes', type)
    const copy = (from, to) => {
      if (!existsSync(inRoot(from))) return
      mkdirSync(path.dirname(path.join(node, to)), { recursive: true })
      cpSync(inRoot(from), path.join(node, to))
    }
    const html = readFileSync(inRoot(`nodes/${type}/${type}.html`), 'utf8')
    writeFileSync(path.join(node, `${type}.html`), withRows(html, inRoot('nodes/kit/editor/rows')))
    copy(`icons/${type}.svg`, `icons/${type}.svg`)
    // For browsers, as it is.
    copy(`nodes/${type}/page.js`, 'page.js')
    for (const language of languages(root)) {
      const folder = `locales/${language}`
      copy(`${folder}/${type}.html`, `${folder}/${type}.html`)
      writeFileSync(
        path.join(node, folder, `${type}.json`),
        `${JSON.stringify(catalog(root, language, type), null, 2)}\n`,
      )
    }
  }
}

/** They go to browsers as they are. */
function copyBrowserScripts(dist) {
  for (const folder of browserScripts) {
    cpSync(inRoot(folder), path.join(dist, folder), {
      recursive: true,
      filter: (file) => !file.endsWith('.json'),
    })
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  try {
    await withLock(build)
  } catch (error) {
    console.error(error instanceof BuildError ? error.message : error)
    process.exitCode = 1
  }
}
