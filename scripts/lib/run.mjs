import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from './paths.mjs'

/** A command that ended badly; `output` is what it said, where that was collected. */
export class CommandError extends Error {
  constructor(command, code, output = '') {
    super(`${command} ended with code ${code}${output ? `:\n${output.trim()}` : ''}`)
    this.output = output
  }
}

/**
 * Runs this Node with a script. `show` passes its output through; otherwise it is collected, and told only on failure.
 * Resolves to what it wrote to standard output.
 */
export const runNode = (args, options) => run(process.execPath, args, options)

export function run(command, args, { cwd = root, env = process.env, show = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = show ? 'inherit' : ['ignore', 'pipe', 'pipe']
    const child = spawn(command, args, { cwd, env, stdio, shell })
    let standard = ''
    let all = ''
    child.stdout?.on('data', (chunk) => {
      standard += chunk
      all += chunk
    })
    child.stderr?.on('data', (chunk) => (all += chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(standard)
      else reject(new CommandError(`${path.basename(command)} ${args.join(' ')}`, code ?? signal, all))
    })
  })
}

/** npm itself is JavaScript: started with this Node it works on Windows without a shell. */
export function npm(args, options = {}) {
  const script = npmScript()
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  const all = [...args, ...quiet]
  return script
    ? runNode([script, ...all], options)
    : run('npm', all, { ...options, shell: process.platform === 'win32' })
}

function npmScript() {
  const node = path.dirname(process.execPath)
  const candidates = [
    process.env.npm_execpath,
    path.join(node, 'node_modules/npm/bin/npm-cli.js'),
    path.join(node, '../lib/node_modules/npm/bin/npm-cli.js'),
  ]
  return candidates.find((file) => file?.endsWith('npm-cli.js') && existsSync(file))
}
