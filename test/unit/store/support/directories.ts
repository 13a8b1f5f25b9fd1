import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Call in a `describe`: gives new paths, of which nothing is left after its tests. */
export function temporaryPaths(): () => string {
  const made: string[] = []
  after(() => {
    for (const path of made) rmSync(path, { recursive: true, force: true })
  })
  return () => {
    const parent = mkdtempSync(join(tmpdir(), 'hg-'))
    made.push(parent)
    return join(parent, 'store')
  }
}

/** Every byte of every file. */
export function bytesOf(directory: string): Buffer {
  return Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))))
}

/** LevelDB's log: what was written since it was last opened. */
export function newestLog(directory: string): string {
  const logs = readdirSync(directory).filter((name) => /^\d+\.log$/.test(name))
  return join(directory, logs.sort().at(-1)!)
}
