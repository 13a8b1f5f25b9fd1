// Opens the store, says how that went, and holds it until stdin ends, or, told "leave", ends without closing it.
import { GatewayError } from '../../../../src/errors'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import { KEY } from '../support/stores'

const [path = '', manner] = process.argv.slice(2)

async function main(): Promise<void> {
  // Root may write anywhere, so it cannot see what a user sees.
  if (manner === 'as nobody' && process.getuid?.() === 0) {
    process.setgid?.(65534)
    process.setuid?.(65534)
  }
  await openEmbeddedStore({ path, keys: [KEY] })
  console.log('open')
  if (manner !== 'leave') process.stdin.resume()
}

main().catch((error: unknown) => {
  console.log(error instanceof GatewayError ? `${error.code} ${error.message}` : String(error))
})
