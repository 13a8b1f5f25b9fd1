/**
 * npm test: does all the set-up and runs every tier.
 *   npm test -- unit nodes             only these tiers
 *   npm test -- unit --grep signature  what begins with a dash is for mocha
 * HG_NODE_RED=4.1 or 5 keeps the runtime and browser tiers to one version of Node-RED.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { findChromium } from './lib/chromium.mjs'
import { browserScripts, inRoot, root } from './lib/paths.mjs'
import { runNode } from './lib/run.mjs'
import { seconds, Tally } from './lib/tally.mjs'
import { requireNode } from './lib/versions.mjs'

requireNode()
const { prepare } = await import('./setup.mjs')

/** No tier of a healthy tree comes near it. */
const longestTierMs = 20 * 60_000

const bin = (name) => inRoot('node_modules', name)
const versions = process.env.HG_NODE_RED ? [process.env.HG_NODE_RED] : ['4.1', '5']

/** In the order in which they run: what fails soonest first. `needs` is what `prepare` must have done. */
const tiers = {
  static: { needs: {}, run: checkSources },
  unit: { needs: {}, run: () => mocha('unit') },
  peers: { needs: { peers: true }, run: peers },
  nodes: { needs: { build: true }, run: () => mocha('nodes') },
  runtime: { needs: { install: 'package', nodeRed: versions }, run: () => onEachVersion('runtime') },
  browser: { needs: { install: 'package', nodeRed: versions }, run: browser },
  package: {
    needs: { install: 'package' },
    run: async () => (await import('./package-check.mjs')).checkPackage(tally),
  },
  scorecard: { needs: { install: 'package', nodeRed: ['5'] }, run: scorecard },
}

const tally = new Tally()
const args = process.argv.slice(2)
const firstOption = args.findIndex((arg) => arg.startsWith('-'))
const named = firstOption < 0 ? args : args.slice(0, firstOption)
const mochaOptions = firstOption < 0 ? [] : args.slice(firstOption)
const unknown = named.filter((name) => !(name in tiers))
if (unknown.length > 0) {
  console.error(`No tier is called ${unknown.join(', ')}: there are ${Object.keys(tiers).join(', ')}`)
  process.exit(1)
}
if (!versions.every((version) => ['4.1', '5'].includes(version))) {
  console.error(`HG_NODE_RED is ${versions[0]}: it can be 4.1 or 5`)
  process.exit(1)
}
const chosen = Object.keys(tiers).filter((name) => named.length === 0 || named.includes(name))

const started = Date.now()
const ready = await setUp()
if (ready) {
  for (const name of chosen) {
    console.log(`\n── ${name}`)
    await tiers[name].run()
  }
}
console.log(`\n${tally.remarks.map((remark) => `${remark}\n`).join('')}${seconds(started)} in all`)
console.log(tally.line)
process.exitCode = tally.counts.failed > 0 ? 1 : 0

async function setUp() {
  console.log('── set-up')
  const needs = chosen.map((name) => tiers[name].needs)
  try {
    return await prepare({
      build: needs.some(({ build }) => build),
      install: needs.find(({ install }) => install)?.install,
      nodeRed: [...new Set(needs.flatMap(({ nodeRed }) => nodeRed ?? []))],
      peers: needs.some(({ peers }) => peers),
      say: console.log,
    })
  } catch (error) {
    tally.counts.failed += 1
    tally.remarks.push('FAILED  set-up')
    console.log(error.message)
    return undefined
  }
}

async function checkSources() {
  const tsc = bin('typescript/bin/tsc')
  await tally.check('lint', () => runNode([bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']))
  await tally.check('format', () =>
    runNode([bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn']),
  )
  await tally.check('types', () => runNode([tsc, '--noEmit', '-p', 'tsconfig.json']))
  await tally.check('types of the editor script', () => runNode([tsc, '--noEmit', '-p', 'nodes/kit/editor']))
  for (const folder of browserScripts) {
    await tally.check(`types of ${folder}`, () => runNode([tsc, '--noEmit', '-p', folder]))
  }
}

async function peers() {
  const { unavailable } = ready.peers
  if (unavailable) tally.skip('peers', unavailable)
  else await mocha('peers')
}

async function onEachVersion(tier, env = {}) {
  for (const version of versions) {
    const nodeRed = ready.nodeRed[version]
    if (nodeRed.unavailable) tally.skip(`${tier} on Node-RED ${version}`, nodeRed.unavailable)
    else await mocha(tier, `on Node-RED ${version}`, { ...env, HG_NODE_RED: version })
  }
}

async function browser() {
  const chromium = findChromium()
  if (chromium) return onEachVersion('browser', { CHROMIUM_PATH: chromium })
  return tally.skip(
    'browser',
    'no Chromium found: install it (Debian: apt install chromium) or set CHROMIUM_PATH',
  )
}

async function scorecard() {
  const { checkScorecard } = await import('./scorecard.mjs')
  await checkScorecard(tally, ready)
}

/** Runs one folder of tests, and takes a run that ends without counts, or later than any should, as one failure. */
async function mocha(tier, suffix = '', env = {}) {
  const name = `${tier} ${suffix}`.trim()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hg-test-'))
  const counts = path.join(folder, 'counts.json')
  const began = Date.now()
  if (suffix) console.log(`\n  ${suffix}`)
  const code = await spawnMocha(
    [
      `test/${tier}/**/*.test.ts`,
      '--ignore',
      `test/${tier}/node_modules/**`,
      '--reporter',
      inRoot('scripts/lib/mocha-reporter.cjs'),
      '--reporter-option',
      `counts=${counts}`,
    ],
    env,
  )
  const result = readCounts(counts)
  if (code !== 0 && result.failed === 0) result.failed = 1
  tally.add(name, result)
  console.log(`  ${name}: ${result.passed} passed, ${result.failed} failed (${seconds(began)})`)
  rmSync(folder, { recursive: true, force: true })
}

function spawnMocha(options, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin('mocha/bin/mocha.js'), ...options, ...mochaOptions], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    })
    const timer = setTimeout(() => {
      console.error(`  No end after ${longestTierMs / 60_000} minutes`)
      child.kill('SIGKILL')
    }, longestTierMs)
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve(code ?? 1)
    })
  })
}

/** A run that ended before its last test has left no counts. */
function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
