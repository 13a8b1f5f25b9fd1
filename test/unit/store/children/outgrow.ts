// Under a limit on the size of files: writes small records, and twice between them one that no file can hold.
import { writeSync } from 'node:fs'
import { GatewayError } from '../../../../src/errors'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import { connection, KEY, users } from '../support/stores'

const [path = ''] = process.argv.slice(2)

async function main(): Promise<void> {
  const { connections } = await openEmbeddedStore({ path, keys: [KEY] })
  for (const user of users(80)) {
    if (user === 'user-20' || user === 'user-50')
      await connections.put(connection('large', { provider: 'x'.repeat(2 ** 20) })).catch(refused)
    await connections.put(connection(user, { provider: 'x'.repeat(2_000) }))
    writeSync(1, `put ${user}\n`)
  }
  process.kill(process.pid, 'SIGKILL')
}

function refused(error: unknown): void {
  writeSync(1, error instanceof GatewayError ? `${error.code} ${error.message}\n` : `${String(error)}\n`)
}

void main()
