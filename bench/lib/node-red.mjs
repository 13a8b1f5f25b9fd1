import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import http from 'node:http'

const require = createRequire(import.meta.url)

/**
 * Node-RED in this process, without its editor, with one flow.
 * @param {object[]} flow
 * @param {object} [more]
 * @param {Record<string, object>} [more.credentials] of its nodes, by their ids
 * @param {object} [more.settings] of Node-RED
 * @returns {Promise<{through: (first: string, last: string) => (message: object) => Promise<object>, stop: () => Promise<void>}>}
 *   `through` gives messages to one node, and what the last one sends back
 */
export async function startNodeRed(flow, { credentials = {}, settings = {} } = {}) {
  const RED = require('node-red')
  const userDir = mkdtempSync(path.join(os.tmpdir(), 'hg-bench-'))
  writeFileSync(path.join(userDir, 'flows.json'), JSON.stringify(flow))
  writeFileSync(path.join(userDir, 'flows_cred.json'), JSON.stringify(credentials))
  RED.init(http.createServer(), {
    userDir,
    flowFile: 'flows.json',
    httpAdminRoot: false,
    httpNodeRoot: false,
    logging: { fatal: { level: 'error', handler: () => fail } },
    credentialSecret: false,
    telemetry: { enabled: false },
    ...settings,
  })
  const started = new Promise((resolve) => RED.events.once('flows:started', resolve))
  await RED.start()
  await started
  return {
    through: (first, last) => {
      const waiting = new Map()
      const sink = RED.nodes.getNode(last)
      // In place of a wire and another node, which would be measured as well.
      sink.send = (outputs) => {
        const message = Array.isArray(outputs) ? outputs[0] : outputs
        waiting.get(message._msgid)(message)
      }
      const entry = RED.nodes.getNode(first)
      return (message) =>
        new Promise((resolve) => {
          const _msgid = RED.util.generateId()
          waiting.set(_msgid, (answer) => {
            waiting.delete(_msgid)
            resolve(answer)
          })
          // Added, as flows build messages: with Node.js 20, a spread makes a hidden class of its own for each object, and
          // all that reads or fills the message would pay for that.
          message._msgid = _msgid
          entry.receive(message)
        })
    },
    stop: async () => {
      await RED.stop()
      rmSync(userDir, { recursive: true, force: true })
    },
  }
}

/** A message that failed has no answer, and would be waited for without an end. */
function fail({ msg }) {
  console.error(msg)
  process.exit(1)
}
