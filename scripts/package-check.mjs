/** What users get: the packed tarball, as it lies installed. Nothing missing, nothing stray, nothing undeclared. */
import { readFileSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { filesUnder } from './lib/files.mjs'
import { inCache, inRoot, packageJson, readJson } from './lib/paths.mjs'

const expected = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/THIRD-PARTY\.txt$/,
  /^dist\/src\/(?!vendor\/).+\.(js|d\.ts)$/,
  /^dist\/src\/vendor\/.+\.js$/,
  /^dist\/nodes\/kit\/.+\.js$/,
  /^dist\/nodes\/([\w-]+)\/(\1\.html|[\w-]+\.js|icons\/\1\.svg|locales\/[\w-]+\/\1\.(json|html))$/,
  /^docs\/.+\.md$/,
  /^examples\/.+\.json$/,
  /^resources\/[\w-]+\.js$/,
]
const required = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'docs/operating.md',
  'dist/src/index.js',
  'dist/src/index.d.ts',
  'dist/THIRD-PARTY.txt',
]

export async function checkPackage(tally) {
  const manifest = packageJson()
  const folder = inCache('package/node_modules', manifest.name)
  const files = filesUnder(folder).filter((file) => !file.startsWith('node_modules/'))

  await tally.check('the tarball holds what it should and nothing else', () => {
    fail(
      files.filter((file) => !expected.some((pattern) => pattern.test(file))),
      'does not belong there',
    )
    fail(
      required.filter((file) => !files.includes(file)),
      'is missing',
    )
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0)
    return `${files.length} files, ${Math.round(bytes / 1024)} KiB unpacked`
  })
  await tally.check('no source maps', () => {
    fail(
      files.filter((file) => file.endsWith('.map') || /^\/\/# sourceMappingURL/m.test(read(folder, file))),
      'has one',
    )
  })
  await tally.check('every import is a declared dependency', async () => {
    fail(await undeclared(folder, files, manifest), 'is not in dependencies')
  })
  await tally.check('declarations do not name the bundled libraries', () => {
    const declarations = files.filter((file) => file.endsWith('.d.ts'))
    fail(
      declarations.filter((file) => read(folder, file).includes('vendor/')),
      'refers to src/vendor',
    )
  })
  await tally.check('package-lock.json names no host', () => {
    const { packages } = readJson(inRoot('package-lock.json'))
    const resolved = Object.keys(packages).filter((name) => packages[name].resolved?.includes('://'))
    fail(resolved, 'has a download address (npm config set omit-lockfile-registry-resolved true)')
  })
}

const read = (folder, file) => readFileSync(path.join(folder, file), 'utf8')

function fail(items, what) {
  if (items.length > 0) throw new Error(items.map((item) => `${item} ${what}`).join('\n'))
}

/** Follows every import as a bundler does: a lazy one counts too, which running the package may never reach. */
async function undeclared(folder, files, manifest) {
  const esbuild = await import('esbuild')
  const { metafile } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: files.filter((file) => file.startsWith('dist/') && file.endsWith('.js')),
    outdir: 'unused',
    write: false,
    bundle: true,
    platform: 'node',
    packages: 'external',
    metafile: true,
    logLevel: 'error',
  })
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies }
  const imports = Object.entries(metafile.inputs).flatMap(([file, input]) =>
    input.imports.filter(({ external }) => external).map(({ path: name }) => ({ file, name })),
  )
  return imports
    .filter(({ name }) => !builtinModules.includes(name.replace(/^node:/, '')))
    .filter(({ name }) => !(packageOf(name) in declared))
    .map(({ file, name }) => `${name} (imported by ${file})`)
}

const packageOf = (name) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
