/**
 * npm run scorecard: the checks that flows.nodered.org runs on a package (`node-red-dev validate`), on the tarball as
 * installed and without the catalogue, which the checks for names used elsewhere (P08, N01) would need.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inCache, inRoot, packageJson, readJson } from './lib/paths.mjs'
import { npm, runNode } from './lib/run.mjs'
import { Tally } from './lib/tally.mjs'

const tool = 'node-red-dev@0.1.6'

const names = {
  P01: 'licence',
  P03: 'repository or bugs',
  P04: 'name',
  P05: 'keyword',
  P06: 'supported Node-RED',
  P07: 'supported Node',
  N02: 'an example for each node',
  D01: 'number of dependencies',
  D02: 'known bad dependencies',
}

/** Told, never failed: a release elsewhere must not break this repository. undici 8 needs Node 22.19. */
const remarksOnly = { D03: 'a newer major version exists' }

export async function checkScorecard(tally, { nodeRed }) {
  const card = await scorecard(nodeRed['5']?.red).catch((error) => error)
  if (card instanceof Error) {
    tally.skip(
      'scorecard',
      `${tool} could not run (${card.message.split('\n')[0]}): it needs the npm registry in reach`,
    )
    return
  }
  for (const [code, name] of Object.entries(names)) {
    await tally.check(`${code} ${name}`, () => {
      if (card[code]?.test !== true) throw new Error(JSON.stringify(card[code] ?? 'not checked'))
    })
  }
  for (const [code, meaning] of Object.entries(remarksOnly)) {
    if (card[code]?.test === false)
      console.log(`  note    ${code} ${meaning}: ${card[code].packages?.join(', ')}`)
  }
}

async function scorecard(nodeRed5) {
  const folder = inCache('tools')
  const command = path.join(folder, 'node_modules/node-red-dev/bin/run')
  if (!existsSync(path.join(folder, 'node_modules/.package-lock.json'))) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n')
    await npm(['install', '--ignore-scripts', '--no-package-lock', '--prefer-offline', tool], { cwd: folder })
  }
  const output = inCache('scorecard.json')
  rmSync(output, { force: true })
  const stub = inRoot('scripts/lib/stub-catalogue.cjs')
  const target = inCache('package/node_modules', packageJson().name)
  await runNode(['--require', stub, command, 'validate', '--path', target, '--output', output], {
    env: { ...process.env, HG_NODE_RED_RELEASES: JSON.stringify(releases(nodeRed5)) },
  })
  return readJson(output)
}

/** The two versions of Node-RED that this project tests on, in the form in which the registry tells of them. */
function releases(nodeRed5) {
  const manifests = [inRoot('node_modules/node-red/package.json')]
  if (nodeRed5) manifests.push(path.join(path.dirname(nodeRed5), 'package.json'))
  const known = manifests.map(readJson)
  return {
    'dist-tags': { maintenance: known[0].version, latest: known.at(-1).version },
    versions: Object.fromEntries(known.map(({ version, engines }) => [version, { engines }])),
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const { prepare } = await import('./setup.mjs')
  const tally = new Tally()
  const ready = await prepare({ install: 'package', nodeRed: ['5'], say: console.log })
  await checkScorecard(tally, ready)
  console.log(`\n${tally.line}`)
  process.exitCode = tally.counts.failed > 0 ? 1 : 0
}
