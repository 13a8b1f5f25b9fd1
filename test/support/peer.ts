import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

export interface Peer<T> {
  /** What it told once it was ready. */
  told: T
  stop(): Promise<void>
}

const folder = path.join(__dirname, '../peers')

/** Starts a server of test/peers in a process of its own. */
export async function startPeer<T>(script: string, ...args: string[]): Promise<Peer<T>> {
  const { prepare } = await import('../../scripts/setup.mjs')
  const { peers } = await prepare({ peers: true })
  if (peers.unavailable !== undefined) throw new Error(peers.unavailable)
  // Without the options of this process: the loader of TypeScript among them.
  const child = fork(path.join(folder, script), args, { execArgv: [] })
  return { told: (await firstMessage(child, script)) as T, stop: () => stop(child) }
}

async function firstMessage(child: ChildProcess, script: string): Promise<unknown> {
  const ended = new AbortController()
  child.once('exit', (code) => ended.abort(new Error(`${script} ended with code ${code}`)))
  const [message] = (await once(child, 'message', { signal: ended.signal })) as unknown[]
  return message
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}
