/**
 * npm start: Node-RED with this package, its sandbox and its examples, on this machine only.
 *   --port N   listen there (also PORT)
 *   --reset    load the examples again, in place of the flows of the last time
 */
import { answers, choosePort, prepareUserFolder, startNodeRed } from './lib/demo.mjs'
import { requireNode } from './lib/versions.mjs'

requireNode()
const { newestNodeRed, prepare } = await import('./setup.mjs')

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(process.env.DEBUG ? error : error.message)
  process.exitCode = 1
}

async function main(args) {
  const port = await choosePort(args)
  const version = newestNodeRed()
  console.log('Setting up')
  const ready = await prepare({ install: 'demo', nodeRed: [version], say: console.log })
  const nodeRed = ready.nodeRed[version]
  if (nodeRed.unavailable) throw new Error(nodeRed.unavailable)
  const folder = ready.installed
  const { firstTab } = prepareUserFolder(folder, { reset: args.includes('--reset') })

  const running = startNodeRed(nodeRed, folder, port)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, running.stop)
  if (await answers(running)) {
    console.log(`\n  Open ${running.url}`)
    if (firstTab) console.log(`  First example: ${running.url}#flow/${firstTab.id} (${firstTab.label})`)
    console.log('  Stop with Ctrl-C.\n')
  }
  return running.ended
}
