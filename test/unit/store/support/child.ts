import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const root = join(__dirname, '../../../..')

export interface Child {
  process: ChildProcess
  /** The first line it prints. */
  firstLine: Promise<string>
  /** All it printed, when it is gone. */
  lines: Promise<string[]>
}

const started: ChildProcess[] = []
// A test that fails may leave one behind, and mocha would wait for it.
after(() => Promise.all(started.map(kill)))

/** Runs a script of `children/` in a process of its own; `fileLimit` in units of 512 bytes (RLIMIT_FSIZE). */
export function startChild(script: string, args: string[], fileLimit?: number): Child {
  const path = join(root, 'test/unit/store/children', script)
  const command = [process.execPath, '--import=tsx', path, ...args]
  const limited = ['sh', '-c', `ulimit -f ${fileLimit} && exec "$@"`, 'sh', ...command]
  const [file, ...rest] = fileLimit === undefined ? command : limited
  const child = spawn(file!, rest, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  started.push(child)
  const output = text(child.stdout)
  return {
    process: child,
    firstLine: new Promise((resolve) => {
      let seen = ''
      child.stdout.on('data', (chunk: Buffer) => {
        seen += chunk.toString()
        if (seen.includes('\n')) resolve(seen.slice(0, seen.indexOf('\n')))
      })
      child.on('exit', () => resolve(''))
    }),
    // A line without its end was cut off with the process.
    lines: output.then((all) => all.split('\n').slice(0, -1)),
  }
}

export async function runChild(script: string, args: string[], fileLimit?: number): Promise<string[]> {
  return startChild(script, args, fileLimit).lines
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
