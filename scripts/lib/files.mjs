import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inCache, root } from './paths.mjs'

/** All files under a folder as paths relative to it with forward slashes, sorted; nothing when it does not exist. */
export function filesUnder(folder) {
  const entries = statSync(folder, { throwIfNoEntry: false })
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : []
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort()
}

/** One hash over names and contents of files and folders of the project; the Node version is part of no build. */
export function hashOf(names) {
  const hash = createHash('sha256')
  for (const name of names) {
    const absolute = path.join(root, name)
    const found = statSync(absolute, { throwIfNoEntry: false })
    if (!found) continue
    for (const file of found.isDirectory() ? filesUnder(absolute) : ['']) {
      hash
        .update(`${name}/${file}\0`)
        .update(readFileSync(path.join(absolute, file)))
        .update('\0')
    }
  }
  return hash.digest('hex').slice(0, 16)
}

const stateFile = inCache('state.json')

/** What each step of the set-up was last done for. A damaged or missing file only means doing the steps again. */
function readState() {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8'))
  } catch {
    return {}
  }
}

export const doneFor = (step) => readState()[step]

export function setDoneFor(step, key) {
  mkdirSync(inCache(), { recursive: true })
  writeFileSync(stateFile, `${JSON.stringify({ ...readState(), [step]: key }, null, 2)}\n`)
}
