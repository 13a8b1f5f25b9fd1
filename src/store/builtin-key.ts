import { hkdfSync, randomBytes } from 'node:crypto'
import { chmod, constants, copyFile, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GatewayError } from '../errors'

/**
 * The key texts of the built-in store, the current one first: derived from Node-RED's `credentialSecret` if there is
 * one, else the content of `store.key` in the directory, 32 random bytes in base64, made when it is first asked for.
 * With both, the store moves from the file's key to the derived one. HG_CONFIG if the file cannot be used.
 */
export async function builtinKeys(directory: string, credentialSecret?: string): Promise<string[]> {
  const path = join(directory, 'store.key')
  try {
    if (!credentialSecret) return [(await keyFrom(path)) ?? (await makeKey(directory, path))]
    const earlier = await keyFrom(path)
    return earlier ? [derived(credentialSecret), earlier] : [derived(credentialSecret)]
  } catch (error) {
    if (error instanceof GatewayError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new GatewayError(
      'HG_CONFIG',
      `The key file ${path} cannot be read, or made for its owner only (${code ?? message}). Let Node-RED's user own the directory, or use a health-store node with a key of its own.`,
      { detail: { reason: code ?? message } },
    )
  }
}

/** HKDF (RFC 5869): the secret itself, which protects Node-RED's credentials, is not used a second time. */
function derived(credentialSecret: string): string {
  const key = hkdfSync('sha256', credentialSecret, '', '@health-gateways/node-red built-in store, key 1', 32)
  return Buffer.from(key).toString('base64')
}

/** Undefined if there is no key file. */
async function keyFrom(path: string): Promise<string | undefined> {
  try {
    await tighten(path)
    // Without hard links, a file that another process is making can be seen half written.
    for (let tries = 0; tries < 10; tries += 1) {
      const text = (await readFile(path, 'utf8')).trim()
      if (/^[A-Za-z0-9+/]{43}=$/.test(text)) return text
      await sleep(20)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  throw new GatewayError(
    'HG_CONFIG',
    `The key file ${path} is damaged. Restore it from a backup; without it, delete it together with the store beside it to begin anew.`,
  )
}

async function tighten(path: string): Promise<void> {
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(path, 0o600)
}

/** Appears whole or not at all; who comes second gets the key of the first. */
async function makeKey(directory: string, path: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const draft = join(directory, `store.key.${randomBytes(8).toString('hex')}`)
  try {
    await writeSynced(draft, `${randomBytes(32).toString('base64')}\n`)
    await publish(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  await syncDirectory(directory)
  const key = await keyFrom(path)
  if (key) return key
  throw new GatewayError('HG_CONFIG', `The key file ${path} was deleted while it was made. Deploy again.`)
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function publish(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
      // No hard links here: a USB stick, Android.
      return copyFile(draft, path, constants.COPYFILE_EXCL)
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** The store must not outlive its key when the power fails. Windows syncs no directories. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
