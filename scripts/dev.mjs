/**
 * npm run dev: Node-RED with this package as it is in the source tree. On every save the package is built again, types
 * checked, and Node-RED restarted; what does not build is printed, and the last good build goes on running.
 *   --port N   listen there (also PORT)
 *   --reset    load the examples again
 */
import { existsSync, mkdirSync, rmSync, symlinkSync, watch } from 'node:fs'
import path from 'node:path'
import { answers, choosePort, prepareUserFolder, startNodeRed } from './lib/demo.mjs'
import { inCache, inRoot, packageJson, root } from './lib/paths.mjs'
import { runNode } from './lib/run.mjs'
import { requireNode } from './lib/versions.mjs'

requireNode()
const { newestNodeRed, prepare } = await import('./setup.mjs')

const folder = inCache('dev')
const args = process.argv.slice(2)
const port = await choosePort(args)
const version = newestNodeRed()
// Without a build: a mistake in the sources is told by the first rebuild, and mended while this goes on.
const ready = await prepare({ nodeRed: [version], say: console.log })
const nodeRed = ready.nodeRed[version]
if (nodeRed.unavailable) throw new Error(nodeRed.unavailable)
prepareUserFolder(folder, { reset: args.includes('--reset') })
linkPackage()

let running
let stopping = false
let burst
let work = Promise.resolve()

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop())
const watchers = ['src', 'nodes', 'icons', 'locales', 'examples'].map((name) =>
  watch(inRoot(name), { recursive: true }, saved),
)
// The folder, not the file: an editor that writes a new file in its place would end the watch.
watchers.push(watch(root, (_event, file) => file === 'package.json' && saved()))
rebuildNext()

/** An editor saves in several steps, and a branch switch saves much at once: one build for all of it. */
function saved() {
  clearTimeout(burst)
  burst = setTimeout(rebuildNext, 150)
}

function rebuildNext() {
  work = work.then(rebuild)
}

async function rebuild() {
  if (stopping) return
  const started = Date.now()
  try {
    await runNode([inRoot('scripts/build.mjs')], { show: true })
  } catch {
    console.log(
      `\n  Not built${running ? ': the last good build goes on running' : ''}. Waiting for changes…\n`,
    )
    return
  }
  console.log(`\n  Built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  await end()
  running = startNodeRed(nodeRed, folder, port)
  if (await answers(running)) console.log(`\n  Open ${running.url}\n`)
}

async function end() {
  if (!running) return
  running.stop()
  await running.ended
}

async function stop() {
  if (stopping) return
  stopping = true
  for (const watcher of watchers) watcher.close()
  await end()
  process.exit(0)
}

/** A link, so that a restart sees the newest build; a junction needs no rights on Windows. */
function linkPackage() {
  const link = path.join(folder, 'node_modules', packageJson().name)
  if (existsSync(link)) return
  rmSync(link, { force: true })
  mkdirSync(path.dirname(link), { recursive: true })
  symlinkSync(root, link, 'junction')
}
