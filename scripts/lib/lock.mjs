import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { cache, inCache } from './paths.mjs'

const file = inCache('setup.lock')
const turn = inCache('setup.lock.removing')
let held = 0

/** One process at a time builds and installs: two terminals, or a watcher and a test run, share `dist` and `.cache`. */
export async function withLock(work) {
  if (held === 0) await acquire()
  held += 1
  try {
    return await work()
  } finally {
    held -= 1
    if (held === 0) rmSync(file, { force: true })
  }
}

async function acquire() {
  mkdirSync(cache, { recursive: true })
  for (let told = false; ;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const owner = ownerOf(file)
    if (!isAlive(owner)) removeDead()
    else if (owner && !told) {
      told = true
      console.error(
        `Waiting for process ${owner}, which builds or installs (if it is no such thing: remove ${file})…`,
      )
    }
    await sleep(200)
  }
}

/**
 * Only who holds the turn removes a lock, and looks again before: another may have removed the dead one since, and the
 * lock that is there now is its own.
 */
function removeDead() {
  try {
    writeFileSync(turn, '', { flag: 'wx' })
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    // whoever had it was killed in the middle
    if (ageOf(turn) > 5_000) rmSync(turn, { force: true })
    return
  }
  try {
    if (!isAlive(ownerOf(file))) rmSync(file, { force: true })
  } finally {
    rmSync(turn, { force: true })
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return 0
  }
}

/** The owner of a lock just made, or just given back, is not known yet: then the next look decides. */
function isAlive(pid) {
  if (!pid) return ageOf(file) < 5_000
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** In milliseconds; of a file that is not there, 0. */
function ageOf(path) {
  const { mtimeMs = Infinity } = statSync(path, { throwIfNoEntry: false }) ?? {}
  return Math.max(0, Date.now() - mtimeMs)
}
