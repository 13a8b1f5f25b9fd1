import { GatewayError } from '../../errors'

/** A directory that cannot be made or found: mostly a wrong path, else a disk in trouble. */
export function directoryFailure(path: string, thrown: unknown): GatewayError {
  const { code, message } = asError(thrown)
  if (code && ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE'].includes(code)) return diskFailure(path, thrown)
  const detail = { reason: code ?? message }
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new GatewayError(
      'HG_CONFIG',
      `The path of the store, ${path}, is not a directory. Choose the path of a directory, or one that does not exist yet.`,
      { detail },
    )
  }
  return new GatewayError(
    'HG_CONFIG',
    `The store cannot use the directory ${path} (${code ?? message}). Choose a path that Node-RED's user may write to.`,
    { detail },
  )
}

export function openInAnotherProcess(path: string): GatewayError {
  return new GatewayError(
    'HG_CONFLICT',
    `The store at ${path} is open in another process. Give each Node-RED a path of its own, or stop the other one.`,
  )
}

export function openInThisProcess(path: string): GatewayError {
  return new GatewayError(
    'HG_CONFLICT',
    `The store at ${path} is open in this process already. Use the one that is open, or close it first.`,
  )
}

/** What LevelDB throws on open. */
export function openFailure(path: string, thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown
  const cause = asError(thrown).cause ?? thrown
  switch (asError(cause).code) {
    case 'LEVEL_LOCKED':
      return openInAnotherProcess(path)
    case 'LEVEL_CORRUPTION':
    case 'LEVEL_INVALID_ARGUMENT':
      return damaged(path, cause)
    default:
      return diskFailure(path, cause)
  }
}

/** What LevelDB throws on a read or a write. */
export function operationFailure(path: string, thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown
  return asError(thrown).code === 'LEVEL_CORRUPTION' ? damaged(path, thrown) : diskFailure(path, thrown)
}

export function diskFailure(path: string, thrown: unknown): GatewayError {
  const { code, message } = asError(thrown)
  return new GatewayError(
    'HG_UNAVAILABLE',
    `The store at ${path} cannot be read or written (${message}). See that its disk is in order and has free space, and that Node-RED's user may write there.`,
    { retryable: true, detail: { reason: code ?? message } },
  )
}

function damaged(path: string, thrown: unknown): GatewayError {
  return new GatewayError(
    'HG_CONFIG',
    `The files of the store at ${path} are damaged. Restore the directory from a backup, or move it away to begin with an empty store.`,
    { detail: { reason: asError(thrown).message } },
  )
}

function asError(thrown: unknown): NodeJS.ErrnoException {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
