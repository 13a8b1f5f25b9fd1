import { access, constants, mkdir, realpath, stat } from 'node:fs/promises'
import { directoryFailure } from './failures'

/** A directory, however it is spelt: two with the same `identity` are one. */
export interface Directory {
  path: string
  identity: string
}

/** Makes the directory for its owner only, if it is not there, and sees that it can be used; else HG_CONFIG. */
export async function prepareDirectory(path: string): Promise<Directory> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    const { dev, ino } = await stat(path, { bigint: true })
    return { path: await realpath(path), identity: `${dev}:${ino}` }
  } catch (error) {
    throw directoryFailure(path, error)
  }
}
