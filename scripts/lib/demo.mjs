import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { filesUnder } from './files.mjs'
import { mergeExamples } from './examples.mjs'
import { inRoot } from './paths.mjs'

const host = '127.0.0.1'

/** `--port N` or PORT, taken as they are; otherwise 1880, or the next free one. */
export async function choosePort(args) {
  const at = args.indexOf('--port')
  const given = at >= 0 ? args[at + 1] : process.env.PORT
  if (given !== undefined) {
    const port = Number(given)
    if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`${given} is not a port`)
    if (!(await isFree(port))) throw new Error(`Port ${port} is in use: choose another with --port`)
    return port
  }
  for (let port = 1880; port < 1980; port += 1) if (await isFree(port)) return port
  throw new Error('No port from 1880 to 1979 is free: choose one with --port')
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

/**
 * Makes a user folder for Node-RED: settings, and on first use (or with `reset`) the examples as its flows. What the
 * user then changes stays.
 */
export function prepareUserFolder(folder, { reset = false } = {}) {
  mkdirSync(folder, { recursive: true })
  const secret = path.join(folder, 'credential-secret')
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(32).toString('hex'), { mode: 0o600 })
  writeFileSync(path.join(folder, 'settings.js'), settingsFile())
  const flows = path.join(folder, 'flows.json')
  if (reset || !existsSync(flows)) writeFileSync(flows, `${JSON.stringify(readExamples(), null, 2)}\n`)
  return { firstTab: firstTab(JSON.parse(readFileSync(flows, 'utf8'))) }
}

function readExamples() {
  const folder = inRoot('examples')
  return mergeExamples(
    filesUnder(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => ({
        name: path.posix.basename(file, '.json'),
        nodes: JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
      })),
  )
}

const firstTab = (flows) => flows.find(({ type }) => type === 'tab')

/** Asks nothing, tells nobody, listens to this machine only. */
const settingsFile = () => `const { readFileSync } = require('node:fs')
const { join } = require('node:path')

module.exports = {
  uiHost: '${host}',
  uiPort: Number(process.env.PORT),
  flowFile: 'flows.json',
  flowFilePretty: true,
  credentialSecret: readFileSync(join(__dirname, 'credential-secret'), 'utf8'),
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: {
    tours: false,
    projects: { enabled: false },
    // The editor asks this list for updates each time it opens.
    palette: { catalogues: [] },
  },
}
`

/** Starts Node-RED on a prepared user folder; it writes to this terminal. */
export function startNodeRed({ node, red }, folder, port) {
  const child = spawn(node, [red, '--userDir', folder, '--settings', path.join(folder, 'settings.js')], {
    cwd: folder,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    child,
    url: `http://${host}:${port}/`,
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))),
    /** Node-RED's own message for a clean end: works on Windows as well, where a signal would kill it. */
    stop: () => child.connected && child.send('shutdown'),
  }
}

/** Resolves when the editor answers, or to false when Node-RED has ended before. */
export async function answers({ url, ended }) {
  let gone = false
  void ended.then(() => (gone = true))
  while (!gone) {
    try {
      const response = await fetch(url)
      await response.arrayBuffer()
      if (response.ok) return true
    } catch {
      // not yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}
