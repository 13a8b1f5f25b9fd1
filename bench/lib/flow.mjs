import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const require = createRequire(import.meta.url)

/** A node of the built package in a flow of Node-RED's own runtime, with a node behind it that takes what comes out. */
export async function inFlow(type, settings) {
  const helper = require('node-red-node-test-helper')
  helper.init(require.resolve('node-red'))
  const userDir = mkdtempSync(path.join(os.tmpdir(), 'hg-bench-'))
  process.on('exit', () => rmSync(userDir, { recursive: true, force: true }))
  helper.settings({ userDir })
  await helper.startServer()
  await helper.load(
    [require(`../../dist/nodes/${type}/${type}.js`).default],
    [
      { id: 'tab', type: 'tab' },
      { id: 'node', type, z: 'tab', ...settings, wires: [['out']] },
      { id: 'out', type: 'helper', z: 'tab', wires: [] },
      { id: 'catch-all', type: 'catch', z: 'tab', scope: null, wires: [['caught']] },
      { id: 'caught', type: 'helper', z: 'tab', wires: [] },
    ],
  )
  const waiting = []
  helper.getNode('out').on('input', ({ payload }) => waiting.shift()?.resolve(payload))
  helper.getNode('caught').on('input', ({ error }) => waiting.shift()?.reject(new Error(error.message)))
  return {
    /** What comes out when this goes in. */
    answer: (payload) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        helper.getNode('node').receive({ payload })
      }),
    async stop() {
      await helper.unload()
      await new Promise((resolve) => helper.stopServer(resolve))
    },
  }
}
